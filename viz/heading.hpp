// What is written over the run that is shown.
#pragma once

#include "viz/shown/lists.hpp"
#include "viz/view_state.hpp"

#include <string>

namespace mailflow::viz {

struct Heading {
    std::string title;
    std::string summary;

    bool operator==(Heading const&) const = default;
};

/// The title and the summary of the world. They tell how it goes on: while somebody is to predict that, as
/// long as a question is open or lies ahead, they give way to what is asked.
[[nodiscard]] Heading heading_of(World const& world, Trace const& trace, Lists const& lists,
                                 ViewState const& view);

} // namespace mailflow::viz
