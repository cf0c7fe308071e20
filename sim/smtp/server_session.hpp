// The server's half of an SMTP session (RFC 5321 section 4, RFC 3207, RFC 4954), sans-I/O: a command goes in,
// what to answer and what follows come out. It knows nothing of sockets, of the event queue or of time, so
// that the simulated world and a live conversation drive the very same code. It is not a parser: commands
// come as values. What differs between softwares is in smtp/habits.
#pragma once

#include "mail/command.hpp"
#include "policy/decide.hpp"

#include <optional>
#include <span>
#include <string_view>

namespace mailflow {

/// What an AUTH command hands over (RFC 4616).
struct Credentials {
    std::string_view user;
    std::string_view password;
};

/// What does not change during the session: who the server is, and who talks to it from where.
struct ServerSetting {
    ServerPolicy const& policy;
    AddressBook const& book;
    IpAddress client;
    Port port = port_smtp;
    std::optional<std::uint32_t> listed_on{}; // of RCPT: the server's blocklist on which the client stands
    std::optional<Duration>
        known_for{}; // of RCPT: since when client, sender and recipient are known together
    std::optional<Duration> fetched_ago{}; // since somebody last fetched mail from the client's address
    ReverseName reverse = ReverseName::confirmed;      // of the client
    DomainStatus sender_domain = DomainStatus::exists; // of MAIL: what the DNS says of it
    bool storage_full = false;                         // it can take no more messages
    bool script_is_over = false;                       // nothing is prescribed, or has been said often enough
};

/// What the client has said for a greeting.
enum class Greeted : std::uint8_t { no, helo, ehlo };

/// A place in the list of accounts that a server had at the login.
using AccountId = Id<struct AccountTag>;

/// How far the session has come. A default-constructed one has just been connected. The counts of what wears
/// out a server's patience stay at their most, which no software's limit comes near.
struct ServerSession {
    AccountId account{}; // none: not logged in
    AddressId reverse_path{};
    std::uint16_t accepted_recipients = 0; // of this transaction
    std::uint16_t refused_recipients = 0;  // the same
    std::uint16_t unknown_commands = 0;    // so far
    std::uint16_t errors = 0;              // so far, as the software counts them
    std::uint16_t other_commands = 0;      // so far, that send no mail
    std::uint8_t excused = 0;              // a bit for each kind of them that has been let pass once
    Greeted greeted = Greeted::no;
    bool under_tls = false;
    bool in_transaction = false; // MAIL was accepted (RFC 5321 section 3.3)
    bool awaits_content = false; // DATA was answered by 354
};

static_assert(sizeof(ServerSession) == 24, "there is one for each session that goes on");

/// Who is logged in, as a place in that list; empty: nobody.
[[nodiscard]] inline std::optional<std::uint32_t> account_of(ServerSession const& session) {
    return session.account.valid() ? std::optional{session.account.index} : std::nullopt;
}

/// What follows from a command beside the reply.
enum class Effect : std::uint8_t { none, recipient_accepted, content_accepted, hang_up };

struct Response {
    Saying saying = Saying::goodbye;
    Effect effect = Effect::none;
    AddressId recipient{}; // of an accepted recipient: whom the server takes the written address for
    BoundedList<Decision, 3> kept{};

    /// The decisions behind the reply, in the order in which they were taken.
    [[nodiscard]] std::span<Decision const> decisions() const { return kept; }
};

/// The state of a session on that port at its start: 465 is under TLS from the first octet (RFC 8314
/// section 3.3).
[[nodiscard]] ServerSession begin_session(Port port);

/// Forgets the transaction that goes on, if one does.
void end_transaction(ServerSession& session);

/// Answers one command and moves the session on. `credentials` are looked at for AUTH only.
[[nodiscard]] Response respond(ServerSession& session, ServerSetting const& setting, Command const& command,
                               Credentials const& credentials = {});

} // namespace mailflow
