// The part of the window's life that has to do with the run before the changes, while both are seen.
#include "viz/app.hpp"
#include "viz/carrying.hpp"
#include "viz/workbench/kept_positions.hpp"
#include "viz/workbench/workbench.hpp"

#include <algorithm>

namespace mailflow::viz {

void App::prepare_beside(ViewState const& view, float scale) {
    if (drawing_.beside.shown != work_->before()) {
        drawing_.beside = {};
        drawing_.beside.shown = work_->before();
    }
    Shown const& shown = *drawing_.beside.shown;
    if (drawing_.beside.listed != view.detail) {
        drawing_.beside.listed = view.detail;
        drawing_.beside.rows = StoryRows{shown.world, shown.trace, view.detail, {}};
    }
    drawing_.beside.state = shown.replay.at(std::min(view.now, shown.trace.ended_at));
    Present const present = present_in(shown.world, drawing_.beside.state);
    Planned const wanted{drawing_.screen.picture_before, scale, present.changes_applied(),
                         carried_over(positions_in(world(), view.positions), world(), shown.world),
                         usual_picture(view, scale)};
    if (drawing_.beside.planned != wanted) {
        drawing_.beside.planned = wanted;
        drawing_.beside.plan = plan_canvas(present, shown.trace, wanted.picture, scale, wanted.positions,
                                           wanted.usual, drawing_.plan.ground.get());
    }
    if (auto const asked = std::pair{view.subject, view.filter}; drawing_.beside.asked != asked) {
        drawing_.beside.asked = asked;
        drawing_.beside.chosen = {carried_over(view.subject, *shown_, shown),
                                  carried_over(view.filter, *shown_, shown)};
    }
    drawing_.beside.layout = seen_through(view.camera, drawing_.beside.plan);
}

} // namespace mailflow::viz
