// The replies of a run as JSON, each worded once where a server says the same to everybody.
#pragma once

#include "report/lines/json_text.hpp"
#include "trace/trace.hpp"

#include <optional>
#include <string>
#include <unordered_map>

namespace mailflow {

/// Follows a run in the order of its events. It keeps at most one text for each server, port and saying.
class ReplyMemory {
public:
    ReplyMemory(World const& world, Trace const& trace);

    /// Writes the members "code" and "lines" of the reply, which leaves the server at that moment.
    void write(JsonText& line, ReplySent const& sent, Instant at);

private:
    /// The world as it stood when the session of the reply was opened.
    [[nodiscard]] Present const& opening_of(ReplySent const& sent);

    World const& world_;
    Trace const& trace_;
    Present now_;
    std::optional<Present> earlier_; // of sessions that were opened before the last change
    std::unordered_map<std::uint64_t, std::string> common_; // empty: it is not the same for everybody
};

} // namespace mailflow
