// The letter that a bounce is: a delivery status notification (RFC 3464) in the words of the server that
// wrote it. Put together from the trace when somebody reads it; nothing of it is stored.
#pragma once

#include "trace/trace.hpp"

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
    std::vector<Field> returned_headers;           // of the message that could not be delivered
};

/// The letter; `bounce` must be a bounce of the trace.
[[nodiscard]] Letter letter_of(World const& world, Trace const& trace, MessageId bounce);

/// The whole message as multipart/report (RFC 6522), lines ended by "\n".
[[nodiscard]] std::string to_text(Letter const& letter);

} // namespace mailflow
