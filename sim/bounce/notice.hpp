// A returned letter as somebody pasted it: a delivery status notification (RFC 3464), the text for people of
// one of the six softwares, both, or a single line out of a window. Nothing in it is trusted; what it does
// not say is empty.
#pragma once

#include "mail/reply.hpp"
#include "mail/voice.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace mailflow {

/// A line "Name: value" of the part for programs, unfolded.
struct NoticeField {
    std::string name;
    std::string value;

    bool operator==(NoticeField const&) const = default;
};

/// What the letter says about one recipient.
struct NoticeRecipient {
    std::string address;    // the one that failed
    std::string written_to; // the one that was written to, if an alias led on
    std::string action;     // "failed", "delayed" ... (RFC 3464 section 2.3.3), in lower case; of a letter
                        // without a part for programs one of these two or "delivered", as its text says; of
                        // a line out of a server's log too
    std::optional<EnhancedCode> status;
    std::string remote_server;  // whose words they are; empty: the reporting server's own, or nobody knows
    std::string remote_address; // of that server
    std::string words;          // the reply or the diagnosis, in one line
    std::string caller;         // of a line out of a server's log: the client that this server refused
    std::vector<NoticeField> fields;

    bool operator==(NoticeRecipient const&) const = default;
};

/// Whether it says that the message came through: "delivered", "relayed" or "expanded".
[[nodiscard]] bool is_success(NoticeRecipient const& recipient);

struct Notice {
    std::string reporting_server;    // who wrote the letter, or keeps the log; empty: it does not say
    std::vector<NoticeField> fields; // about the whole message (RFC 3464 section 2.2)
    std::vector<NoticeRecipient> recipients;

    bool letter = false; // more than a line out of a window: a server wrote it, whether it says which or not
    std::optional<Software> log_of; // whose log the lines are from; none: they are from none

    bool operator==(Notice const&) const = default;
};

/// Reads what was pasted, however it came through mail programs and clipboards (bounce/pasted.hpp). No
/// recipients: there is nothing in it that looks like a bounce or a reply. At most the first 1 MB is read,
/// and 1,000 recipients.
[[nodiscard]] Notice read_notice(std::string_view pasted);

} // namespace mailflow
