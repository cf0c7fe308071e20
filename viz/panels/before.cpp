// The run before the changes, beside the one that is shown: the same scene at the same moment.
#include "viz/panels/work_panels.hpp"
#include "viz/scene/scene.hpp"
#include "viz/workbench/things.hpp"

#include <imgui.h>

namespace mailflow::viz {

void draw_before(Panel& panel, Rect rect, Frame const& frame, ViewState const& view, Intents& intents) {
    if (frame.before == nullptr)
        return;
    Drawn apart; // the names of its things would be those of the other scene
    Intents asked;
    ViewState there = view;
    there.subject = frame.before->chosen->subject;
    there.positions.held = {}; // the hand is in the other picture
    there.filter = frame.before->chosen->filter;
    {
        Brush brush{
            *ImGui::GetWindowDrawList(), {panel.brush.fonts, panel.brush.colours, panel.brush.px(1)}, apart};
        draw_canvas(brush, rect, *frame.before, there, asked, "Before");
    }
    for (auto const& [name, place] : apart.widgets)
        panel.brush.drawn.widgets.emplace("before/" + name, place);
    for (auto const& [name, place] : apart.shapes)
        panel.brush.drawn.shapes.emplace("before/" + name, place);
    // Numbers of that run mean nothing in the other one; what has a name is found there by its name.
    for (Intent const& intent : asked)
        if (std::holds_alternative<SetCamera>(intent))
            intents.push_back(intent); // one camera looks at both
        else if (auto const* choose = std::get_if<Choose>(&intent))
            if (auto const* host = std::get_if<HostId>(&choose->subject))
                intents.push_back(WorkIntent{ShowThing{thing_of(frame.before->world, *host)}});
}

} // namespace mailflow::viz
