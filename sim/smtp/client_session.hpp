// The client's half of an SMTP session, sans-I/O: a reply goes in, the next command and what became of the
// recipients come out. A person's mail program and a sending server are the same client with another plan.
#pragma once

#include "mail/command.hpp"
#include "mail/saying.hpp"

#include <optional>

namespace mailflow {

/// What the client wants of this session.
struct ClientPlan {
    Port port = port_smtp;
    bool authenticate = false;
    bool is_too_big_for_server = false; // larger than its EHLO says it takes, for clients that heed it
    std::uint32_t recipient_count = 0;
    AddressId next_recipient{}; // the one in the place ClientSession::next_recipient, as long as there is one
};

/// How far the session has come: the command whose reply is awaited. It begins by awaiting the greeting.
struct ClientSession {
    enum class Awaits : std::uint8_t {
        greeting,
        ehlo,
        helo,
        starttls,
        tls_handshake,
        auth,
        mail,
        rcpt,
        data,
        content,
        quit
    };

    Awaits awaits = Awaits::greeting;
    bool under_tls = false;
    bool has_accepted_recipient = false;
    Verb greets_with = Verb::ehlo; // or HELO, to which no extension is offered (RFC 5321 section 3.2)
    std::uint32_t next_recipient = 0;
};

/// What the last reply meant for the recipients.
enum class ClientNews : std::uint8_t {
    none,
    recipient_accepted, // the one that was asked last
    recipient_refused,  // the same
    session_refused,    // all that are not refused yet: the server wants nothing of this session
    message_taken,      // all accepted recipients are the server's business now
};

/// What the client says; from whom the message is and how large, its owner knows.
struct ClientCommand {
    Verb verb = Verb::quit;
    AddressId address{}; // of RCPT

    bool operator==(ClientCommand const&) const = default;
};

struct ClientStep {
    std::optional<ClientCommand> command; // none: hang up
    ClientNews news = ClientNews::none;
    std::uint32_t recipient = 0;           // its place, for news of one recipient
    std::optional<Saying> own_diagnosis{}; // the news rests on this, not on the reply
};

/// The state of a session on that port at its start, for a client that greets with EHLO, or with HELO.
[[nodiscard]] ClientSession begin_client_session(Port port, Verb greets_with = Verb::ehlo);

/// Takes the reply to the last command (first: the greeting) and says what comes next.
[[nodiscard]] ClientStep proceed(ClientSession& session, ClientPlan const& plan, Saying reply);

} // namespace mailflow
