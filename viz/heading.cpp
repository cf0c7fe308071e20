#include "viz/heading.hpp"

namespace mailflow::viz {

namespace {

bool has_to_be_predicted(Trace const& trace, Lists const& lists, ViewState const& view) {
    if (!view.predicting.on || view.predicting.is_asking())
        return view.predicting.is_asking();
    auto const questions = lists.questions();
    return !questions.empty() && trace.events[questions.back().decision].at > view.now;
}

} // namespace

Heading heading_of(World const& world, Trace const& trace, Lists const& lists, ViewState const& view) {
    if (has_to_be_predicted(trace, lists, view))
        return {"What will the servers say?",
                "What this is about is told again when nothing is left to predict."};
    return {world.title, world.summary};
}

} // namespace mailflow::viz
