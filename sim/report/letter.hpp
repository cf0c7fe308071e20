// The letter that a bounce or a delay warning is: a delivery status notification (RFC 3464) in the words of
// the server that wrote it. Put together from the trace when somebody reads it; nothing of it is stored.
#pragma once

#include "report/trace_index.hpp"

#include <string>
#include <vector>

namespace mailflow {

struct Field {
    std::string name;
    std::string value;

    bool operator==(Field const&) const = default;
};

struct Letter {
    std::vector<Field> headers;
    std::string human;                             // the part for people, lines ended by "\n"
    std::vector<Field> per_message;                // RFC 3464 section 2.2
    std::vector<std::vector<Field>> per_recipient; // RFC 3464 section 2.3, one group a recipient
    std::vector<Field> returned_headers;           // of the message that it is about
};

/// The letter; `written` must be a bounce or a delay warning of the trace. Without an index the whole trace
/// is walked for it: good for one, not for many.
[[nodiscard]] Letter letter_of(World const& world, Trace const& trace, TraceIndex const& index,
                               MessageId written);
[[nodiscard]] Letter letter_of(World const& world, Trace const& trace, MessageId written);

/// What stands in the letter about one recipient, as in "<a@b.example>: connect to ...: Connection refused".
[[nodiscard]] std::vector<std::string> explanations_of(World const& world, Trace const& trace,
                                                       TraceIndex const& index, MessageId written);

/// The whole message as multipart/report (RFC 6522), lines ended by "\n".
[[nodiscard]] std::string to_text(Letter const& letter);

} // namespace mailflow
