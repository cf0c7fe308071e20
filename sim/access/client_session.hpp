// The client's half of a session with a mailbox or with web mail, sans-I/O: an answer goes in, the next
// command and what it meant come out. POP3 takes everything home and deletes it on the server; IMAP fetches
// what this device has not seen yet and leaves it there.
#pragma once

#include "mail/access.hpp"

#include <cstdint>
#include <optional>

namespace mailflow {

/// What the client wants of this session.
struct AccessPlan {
    Service service = Service::pop3;
    Port port = port_pop3;
    std::uint32_t next_uid = 1; // IMAP: what lies before it this device has already
};

/// An answer, with the numbers that it tells.
struct AccessReply {
    AccessAnswer answer = AccessAnswer::pop3_bad_state;
    std::uint32_t messages = 0; // in the mailbox: of STAT and SELECT
    std::uint32_t uid_next = 1; // of SELECT: the UID that the next message filed will have
};

/// How far the session has come.
struct AccessClientSession {
    std::uint32_t messages = 0; // in the mailbox
    std::uint32_t current = 0;  // POP3: the message that is dealt with
    bool leaving = false;       // QUIT or LOGOUT was said
};

/// What the last answer meant.
enum class AccessNews : std::uint8_t {
    none,
    messages_came,
    login_failed,
    message_taken, // web mail: the server's business from here on
    message_too_big,
};

struct AccessStep {
    std::optional<AccessCommand> command; // none: hang up
    AccessNews news = AccessNews::none;
};

/// What the client says as soon as it is connected; none: it waits for the greeting.
[[nodiscard]] std::optional<AccessCommand> opening_of(AccessPlan const& plan);

/// Takes the answer to the last command (first: the greeting) and says what comes next.
[[nodiscard]] AccessStep proceed(AccessClientSession& session, AccessPlan const& plan,
                                 AccessReply const& reply);

} // namespace mailflow
