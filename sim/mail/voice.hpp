// The words of each mail server software. A voice turns a saying into a reply; it never decides anything.
#pragma once

#include "base/time.hpp"
#include "mail/address.hpp"
#include "mail/command.hpp"
#include "mail/reply.hpp"
#include "mail/saying.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace mailflow {

/// What the DNS says of the name of a client's address: it leads back to the address, it does not, there is
/// none, or the DNS does not tell.
enum class ReverseName : std::uint8_t { confirmed, forged, missing, unsure };

enum class Software : std::uint8_t { postfix, exim, sendmail, opensmtpd, qmail, exchange };

/// The last of them.
inline constexpr Software last_software = Software::exchange;

inline constexpr auto software_names =
    std::to_array<std::string_view>({"postfix", "exim", "sendmail", "opensmtpd", "qmail", "exchange"});
static_assert(software_names.size() == static_cast<std::size_t>(last_software) + 1);

/// What the words of a reply may mention. All text is borrowed for the call.
struct SayingContext {
    std::string_view server_name{}; // the host that speaks
    std::string_view address{};     // the mailbox that the reply is about, without brackets
    std::string_view queue_id{};    // of the message just taken
    std::string_view blocklist{};   // the list on which it stands
    std::string_view remote_name{}; // diagnoses: the host that was tried
    std::string_view remote_address{};
    std::string_view domain{};          // diagnoses: the recipient's domain
    std::string_view sought_host{};     // diagnoses: the host whose address the DNS was asked for; empty: the
                                        // domain's MX records
    std::optional<Verb> last_command{}; // diagnoses: what the client had said last
    std::optional<std::uint64_t> size_limit{}; // of the server that speaks or was tried; none: the software's
    std::uint64_t message_size = 0;            // in octets
    int port = 25;                             // of the session
    bool offers_starttls = false;
    bool offers_auth = false;
    bool authenticated = false;
    Instant at{};                                 // when it is said
    std::string_view client_name{};               // in the DNS; empty where it has none there
    std::string_view client_address{};            // of the client, as text
    ReverseName reverse = ReverseName::confirmed; // what the DNS says of the client's name
    std::string_view helo{};                      // what the client calls itself
    std::string_view line{};                      // all that was typed
    std::string_view command{};                   // the verb of it, in upper case
    std::string_view given{};                     // all that was typed after the verb, or after FROM: and TO:
    std::string_view argument{};                  // the part of it that the reply is about
    std::string_view before{};                    // what stands before that part
    std::string_view resolved{};                  // of VRFY and EXPN: the mailbox that the path leads to
    Flaw flaw = Flaw::none;
    std::string_view parameter{};       // of MAIL or RCPT, in upper case: the one that is wrong
    std::string_view last_refusal{};    // of RCPT: the text of the last one in this transaction; where it was
                                        // not for a policy, its code stands before it
    bool was_offered_auth = false;      // in the last answer to EHLO
    bool has_asked_for_content = false; // the client, once in the session
    bool follows_recipient = false;     // the last command was RCPT, from a client that may pipeline
    bool refusals_differ = false;       // of RCPT: not all had that text
    std::uint64_t length = 0;           // of the line that is too long, or the size of a chunk
    bool hangs_up = false;              // the server closes the connection after it
    Reply const* scripted = nullptr;    // the words that the world prescribes, for sayings that are scripted
};

/// What a server of that software greets with where it sends. qmail-remote knows no EHLO (RFC 5321 section
/// 2.2.1 has that be said by all); only where it has been patched to log in it says that.
[[nodiscard]] Verb greeting_verb(Software software, Port port);

/// The reply in the software's own words. Diagnoses come back with code 0.
[[nodiscard]] Reply say(Software software, Saying saying, SayingContext const& context);

/// Whether the reply over a connection mentions nothing but the server itself, so that it says the same to
/// any other client, about any other address and at any other time. Found out by asking it about others.
[[nodiscard]] bool is_common(Software software, Saying saying, SayingContext const& context);

} // namespace mailflow
