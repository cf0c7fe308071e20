// The run that the window shows, and what is worked out from it once. It never changes: whoever changes the
// world shows another one.
#pragma once

#include "report/trace_index.hpp"
#include "trace/replay.hpp"
#include "viz/shown/lists.hpp"
#include "viz/shown/pace.hpp"

namespace mailflow::viz {

struct Shown {
    Shown(World a_world, Trace a_trace)
        : world(std::move(a_world))
        , trace(std::move(a_trace))
        , replay(trace)
        , pace(trace)
        , lists(world, trace)
        , index(index_of(world, trace)) {}
    Shown(Shown const&) = delete; // the others borrow from the trace
    Shown& operator=(Shown const&) = delete;

    World const world;
    Trace const trace;
    Replay const replay;
    Pace const pace;
    Lists const lists;
    TraceIndex const index; // for the words of replies
};

} // namespace mailflow::viz
