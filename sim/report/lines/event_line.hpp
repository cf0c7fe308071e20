// One event of a trace as a JSON object in one line, every number replaced by its name or words.
#pragma once

#include "report/lines/event_names.hpp"
#include "report/lines/json_text.hpp"
#include "report/lines/reply_memory.hpp"
#include "report/trace_index.hpp"

#include <vector>

namespace mailflow {

/// Follows a run in the order of its events.
class EventLines {
public:
    EventLines(World const& world, Trace const& trace);

    /// Writes the next event, without the end of the line.
    void write(JsonText& line, Event const& event);

private:
    struct Fields;

    World const& world_;
    Trace const& trace_;
    TraceIndex const index_;
    EventNames const names_;
    ReplyMemory replies_;
    std::vector<AddressId> destinations_; // of each recipient: where the copy goes, as far as it has come
};

} // namespace mailflow
