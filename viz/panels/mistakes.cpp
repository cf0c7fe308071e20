// What is wrong with the scenario as it is now, while the last good world is still shown; and the choice when
// its file was changed by somebody else, too.
#include "edit/format.hpp"
#include "viz/forms/form_pen.hpp"
#include "viz/panels/work_panels.hpp"

#include <fmt/format.h>

namespace mailflow::viz {

namespace {

constexpr std::size_t most_told = 20;

/// The thing whose form has the field that is meant.
std::string thing_at(Workbench const& work, std::string pointer) {
    auto const root = work.scenario().root();
    while (!pointer.empty() && form_at(root, pointer) == nullptr)
        pointer.erase(pointer.rfind('/'));
    return pointer;
}

void draw_disk_choice(FormPen& pen, Intents& intents) {
    pen.heading("The file was changed outside, and you have changed it here");
    pen.begin_chips();
    if (pen.chip("take from disk", "Take the file's (undo brings yours back)", ButtonLook::plain))
        intents.push_back(WorkIntent{TakeFromDisk{}});
    if (pen.chip("keep mine", "Keep mine", ButtonLook::plain))
        intents.push_back(WorkIntent{KeepMine{}});
    pen.end_chips();
}

} // namespace

void draw_mistakes(Panel& panel, Rect rect, Frame const& frame, ViewState const& view, Intents& intents) {
    Brush& outer = panel.brush;
    Workbench const& work = frame.work;
    outer.fill(rect, outer.colours.surface, outer.px(9));
    outer.outline(rect, outer.colours.refused, outer.px(2), outer.px(9));
    outer.drawn.shapes.insert_or_assign("mistakes", rect);
    FlowArea area{outer, "mistakes list", rect.inset(outer.px(10))};
    FormPen pen{area.brush(), {area.origin().x, area.origin().y, area.width(), 0}, work, view, intents};
    if (work.disk_differs())
        draw_disk_choice(pen, intents);
    if (!work.trouble().empty())
        pen.words(work.trouble(), outer.colours.refused);
    std::vector<Diagnostic> const& wrong = work.diagnostics();
    if (!wrong.empty()) {
        pen.heading(wrong.size() == 1
                        ? "One mistake; the last good world is still shown"
                        : fmt::format("{} mistakes; the last good world is still shown", wrong.size()));
        for (std::size_t n = 0; n < wrong.size() && n < most_told; ++n) {
            Diagnostic const& one = wrong[n];
            pen.words(fmt::format("Line {}: {}: {}{}{}", one.line, one.pointer.empty() ? "/" : one.pointer,
                                  one.what, one.hint.empty() ? "" : "; ", one.hint),
                      outer.colours.ink);
            pen.begin_chips();
            if (work.scenario().root() && pen.chip("mend:" + one.pointer, "Mend it", ButtonLook::plain)) {
                intents.push_back(WorkIntent{ShowThing{thing_at(work, one.pointer)}});
                intents.push_back(SetMode{Mode::build});
            }
            pen.end_chips();
        }
    }
    area.end_at(pen.y());
}

} // namespace mailflow::viz
