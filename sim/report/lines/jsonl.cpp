#include "report/lines/jsonl.hpp"

#include "report/lines/event_line.hpp"

namespace mailflow {

namespace {

void write_header(JsonText& line, World const& world, Trace const& trace) {
    line.raw("{\"format\":\"mailflow-trace\",\"version\":1");
    line.key("scenario");
    line.text(world.title);
    line.key("seed");
    line.number(world.seed);
    line.key("ended_at_s");
    line.seconds(trace.ended_at.since_start);
    line.raw("}\n");
}

} // namespace

bool write_jsonl(World const& world, Trace const& trace, Sink const& sink) {
    JsonText text;
    write_header(text, world, trace);
    EventLines lines{world, trace};
    for (Event const& event : trace.events) {
        lines.write(text, event);
        text.raw("\n");
        if (text.size() < io_chunk_bytes)
            continue;
        if (!sink(text.view()))
            return false;
        text.clear();
    }
    return sink(text.view());
}

std::string trace_jsonl(World const& world, Trace const& trace) {
    std::string text;
    (void)write_jsonl(world, trace, [&text](std::string_view chunk) {
        text += chunk;
        return true;
    });
    return text;
}

} // namespace mailflow
