// What the panels of a stage's window are handed, for tests of the words that they make of it.
#pragma once

#include "stage.hpp"

#include "viz/frame.hpp"

namespace mailflow::viz {

inline Frame frame_of(Stage const& stage, Present const& present) {
    static StoryRows const no_rows;
    static RowTops const no_tops;
    static Screen const no_screen;
    static std::string const no_text;
    static std::vector<std::size_t> const none_found;
    App const& app = stage.app;
    return {app.world(), app.trace(), app.state(),  app.pace(),    app.shown().lists, app.shown().index,
            no_rows,     no_tops,     app.layout(), app.picture(), no_screen,         present,
            no_text,     none_found,  app.work(),   nullptr};
}

} // namespace mailflow::viz
