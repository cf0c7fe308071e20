// Everything that a moment on the screen is drawn from. All of it is borrowed, nothing of it changes.
#pragma once

#include "viz/layout/layout.hpp"
#include "viz/row_tops.hpp"
#include "viz/screen.hpp"
#include "viz/shown/shown.hpp"
#include "viz/shown/story_rows.hpp"

#include <string>
#include <vector>

namespace mailflow::viz {

class Workbench;

/// What was chosen, as it is called in one of two runs.
struct Chosen {
    Subject subject;
    Filter filter;
};

struct Frame {
    World const& world;
    Trace const& trace;
    ReplayState const& state; // at ViewState::now
    Pace const& pace;
    Lists const& lists;
    TraceIndex const& index;
    StoryRows const& rows;      // what the level of detail and the filter let through
    RowTops const& tops;        // where they stand in their list
    CanvasLayout const& layout; // as the camera sees it
    Rect picture;               // where on the screen the picture is
    Screen const& screen;       // how that is divided
    Present const& present;     // the world as it stands at that moment
    std::string const& text;    // the moment in words; empty where nobody reads it
    // Of Lists::submissions, those that the card of the filter is searched for; empty where it is not.
    std::vector<std::size_t> const& messages_found;
    Workbench const& work; // the scenario that it came from
    Chosen const* chosen =
        nullptr; // of the run before the changes: what is chosen there; else that of the view
    Frame const* before = nullptr; // the same moment before the changes; null where one run is seen
};

} // namespace mailflow::viz
