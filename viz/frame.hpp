// Everything that a moment on the screen is drawn from. All of it is borrowed, nothing of it changes.
#pragma once

#include "trace/replay.hpp"
#include "viz/layout.hpp"
#include "viz/pace.hpp"
#include "viz/story_rows.hpp"

namespace mailflow::viz {

struct Frame {
    World const& world;
    Trace const& trace;
    ReplayState const& state; // at ViewState::now
    Pace const& pace;
    StoryRows const& rows;
    CanvasLayout const& layout;
    Present const& present;  // the world as it stands at that moment
    std::string const& text; // the moment in words; empty where nobody reads it
};

} // namespace mailflow::viz
