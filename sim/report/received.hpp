// The Received lines of a message (RFC 5321 section 4.4): what every server on its way has put on top of it.
// They are not stored anywhere: who handed it to whom is in the trace.
#pragma once

#include "report/trace_index.hpp"
#include "world/present.hpp"

#include <optional>
#include <string>
#include <vector>

namespace mailflow {

/// One trace line: from whom a server took the message, and when, in the form that its software gives it.
struct ReceivedLine {
    QueueEntryId entry;              // the message in the hands of the server that wrote the line
    std::vector<std::string> folded; // the header field, "Received: " included; continued lines are indented
    bool names_login = false;        // of the client; what a line does not tell, the server's log does
};

/// The lines on messages of one run. Borrows all three.
class ReceivedLines {
public:
    ReceivedLines(World const& world, Trace const& trace, TraceIndex const& index);

    /// Those on a message as that entry's server keeps it, from the top: the newest first. The lowest is that
    /// of the server where it got in.
    [[nodiscard]] std::vector<ReceivedLine> on(QueueEntryId entry) const;

private:
    World const& world_;
    Trace const& trace_;
    TraceIndex const& index_;
    std::optional<Present> always_; // where names of addresses do not change
};

/// The same for one message; for many it is slow.
[[nodiscard]] inline std::vector<ReceivedLine> received_lines(World const& world, Trace const& trace,
                                                              TraceIndex const& index, QueueEntryId entry) {
    return ReceivedLines{world, trace, index}.on(entry);
}

/// The line without its line breaks (RFC 5322 section 2.2.3).
[[nodiscard]] std::string unfolded(ReceivedLine const& line);

} // namespace mailflow
