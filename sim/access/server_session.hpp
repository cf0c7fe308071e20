// The server's half of a POP3 session (RFC 1939), an IMAP session (RFC 3501) or a visit to its web mail,
// sans-I/O: a command goes in, what to answer and what follows come out. It neither keeps mailboxes nor
// parses lines.
#pragma once

#include "mail/access.hpp"
#include "policy/server_policy.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace mailflow {

/// A message that lies in a mailbox, as the session sees it. UIDs rise in the order of filing (RFC 3501
/// section 2.3.1.1).
struct StoredMessage {
    std::uint32_t uid = 0;
    std::uint64_t size_bytes = 0;
};

struct AccessCredentials {
    std::string_view user;
    std::string_view password;
};

/// What does not change during the session.
struct AccessSetting {
    ServerPolicy const& policy;
    Service service = Service::pop3;
    std::span<StoredMessage const> mailbox; // as it was when it was opened; empty before
};

/// How far the session has come. A default-constructed one has just been connected.
struct AccessServerSession {
    std::optional<std::uint32_t> account{}; // in the server's list of accounts
    bool named = false;                     // USER was given
    bool selected = false;                  // IMAP: a mailbox is open
    std::vector<std::uint32_t> marked{};    // POP3: UIDs to be deleted at QUIT (RFC 1939 section 6)
};

/// What follows from a command beside the answer.
enum class AccessEffect : std::uint8_t {
    none,
    open_mailbox,   // before the answer: POP3 locks it, IMAP looks at it
    hand_over,      // the messages with UIDs from `first_uid` to `last_uid` go with the answer
    delete_marked,  // and the session is over
    submit_message, // web mail: the server hands it to its own queue
    hang_up,
};

struct AccessResponse {
    AccessAnswer answer = AccessAnswer::pop3_bad_state;
    AccessEffect effect = AccessEffect::none;
    std::uint32_t first_uid = 0;
    std::uint32_t last_uid = 0;
};

/// The answer that opens the session, where the server speaks first.
[[nodiscard]] AccessAnswer greeting_of(Service service);

/// Answers one command and moves the session on. `credentials` are looked at for logins only, `size_bytes`
/// when a message is sent.
[[nodiscard]] AccessResponse respond(AccessServerSession& session, AccessSetting const& setting,
                                     AccessCommand const& command, AccessCredentials const& credentials,
                                     std::uint64_t size_bytes = 0);

} // namespace mailflow
