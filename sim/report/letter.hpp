// The letter that a bounce or a delay warning is: a delivery status notification (RFC 3464) in the words of
// the server that wrote it. Put together from the trace when somebody reads it; nothing of it is stored.
#pragma once

#include "report/trace_index.hpp"

#include <string>
#include <vector>

namespace mailflow {

class ReceivedLines;

struct Field {
    std::string name;
    std::string value;

    bool operator==(Field const&) const = default;
};

/// How the parts of the letter are put together: multipart/report (RFC 6522); multipart/mixed with the same
/// parts; one text (QSBMF, "the qmail-send bounce message format").
enum class LetterForm : std::uint8_t { report, mixed, text };

/// How much of the message comes back with the letter.
enum class Returned : std::uint8_t { headers, whole };

struct Letter {
    LetterForm form = LetterForm::report;
    Returned returned = Returned::headers;
    std::string boundary{};
    std::uint64_t message_bytes = 0;  // of the message that it is about
    std::uint64_t returned_bytes = 0; // of these, unless it is the headers alone
    std::vector<Field> headers;
    std::string human;                             // the part for people, lines ended by "\n"
    std::vector<Field> per_message;                // RFC 3464 section 2.2
    std::vector<std::vector<Field>> per_recipient; // RFC 3464 section 2.3, one group a recipient
    std::vector<Field> returned_headers;           // of the message that it is about
};

/// The header fields that the message was written with: of one that a server wrote, its own; of one that a
/// person wrote, theirs. "Date" is the last of those of people and servers.
[[nodiscard]] std::vector<Field> headers_of(World const& world, TraceIndex const& index, MessageId id,
                                            Message const& message);

/// The letter; `written` must be a bounce or a delay warning of the trace. Without the lines of the servers
/// or an index, both are made for it: good for one, not for many.
[[nodiscard]] Letter letter_of(World const& world, Trace const& trace, TraceIndex const& index,
                               ReceivedLines const& received, MessageId written);
[[nodiscard]] Letter letter_of(World const& world, Trace const& trace, TraceIndex const& index,
                               MessageId written);
[[nodiscard]] Letter letter_of(World const& world, Trace const& trace, MessageId written);

/// What the letter says about each recipient, on one line as in "<a@b.example>: connect to ...: Connection
/// refused".
[[nodiscard]] std::vector<std::string> explanations_of(World const& world, Trace const& trace,
                                                       TraceIndex const& index, MessageId written);

/// The whole message, lines ended by "\n".
[[nodiscard]] std::string to_text(Letter const& letter);

} // namespace mailflow
