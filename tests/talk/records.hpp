// The recorded sessions of tests/facts/replies.jsonl and more_replies.jsonl: what real servers answered to
// whom. The first line tells of the world and holds what is said often; every other line is one session.
#pragma once

#include <optional>
#include <string>
#include <vector>

namespace mailflow::test {

struct RecordedSession {
    std::string voice; // "postfix"
    std::string name;  // "b_foreign"
    std::string client;
    int port = 25;
    std::string what;                  // it is about
    std::vector<std::string> commands; // contents as "<message with 25 Received>" and its like
    std::vector<std::string> replies;  // the greeting, and one for each command; lines parted by "\n"
    // The reply that the session is about; 0 where it is about all of them.
    int code = 0;
    std::optional<std::string> enhanced;
    std::string text; // lines parted by "\n", without codes; with {addr} {id} {client_ip} {client_name} {me}
};

/// `name` is that of the file.
[[nodiscard]] std::vector<RecordedSession> recorded_sessions(std::string const& name);

/// The scenario of the records, with that software on its server.
[[nodiscard]] std::string world_of_records(std::string const& software);

/// What a client sends for a command of the records: a line with its end, or the whole content.
[[nodiscard]] std::string octets_of(std::string const& command);

/// Replies without what differs from run to run: dates, the numbers of messages, challenges.
[[nodiscard]] std::string without_chance(std::string const& reply);

/// A reply taken apart.
struct ParsedReply {
    int code = 0;
    std::optional<std::string> enhanced;
    std::string text;
};

[[nodiscard]] ParsedReply parse_reply(std::string const& reply);

/// Parts replies that stand one behind the other, with CRLF, into replies with "\n" between lines.
[[nodiscard]] std::vector<std::string> split_replies(std::string const& octets);

} // namespace mailflow::test
