#include "report/words.hpp"
#include "viz/draw/icons.hpp"
#include "viz/panels/panels.hpp"

#include <imgui.h>

#include <algorithm>

namespace mailflow::viz {

namespace {

using namespace row_spacing;

bool draw_row(Brush& brush, Rect rect, Frame const& frame, StoryRow const& row, bool happened, bool current) {
    Press const press = press_area(brush.drawn, "event:" + std::to_string(row.event), rect);
    if (current || press.hovered)
        brush.fill(rect.inset(brush.px(1)), current ? brush.colours.accent_fill : brush.colours.backdrop,
                   brush.px(7));
    if (current)
        brush.fill({rect.x + brush.px(1), rect.y + brush.px(6), brush.px(4), rect.h - brush.px(12)},
                   row.mark == Mark::refused ? brush.colours.refused : brush.colours.accent, brush.px(2));
    Event const& event = frame.trace.events[row.event];
    float const x = rect.x + brush.px(text_left);
    float const top = rect.y + brush.px(5);
    float const time = brush.px(time_height);
    draw_mark(brush, {rect.x + brush.px(19), top + time / 2}, brush.px(6), row.mark);
    brush.text({x, top, rect.right() - x, time}, brush.fonts.small, brush.colours.quiet,
               say_instant(event.at));
    bool const refused = row.mark == Mark::refused;
    Colour const colour = !happened ? brush.colours.quiet
                          : refused ? brush.colours.refused
                                    : brush.colours.ink;
    brush.paragraph({x, top + time}, frame.tops.width, brush.fonts.small, colour,
                    sentence(frame.world, frame.trace, event), most_lines);
    return press.clicked;
}

/// The button that opens the filter; what is left out stands below it, with a way back to everything.
float draw_filter_line(Brush& brush, Rect rect, Frame const& frame, ViewState const& view, Intents& intents) {
    float const h = brush.px(26);
    float const w = brush.px(62);
    Rect const button{rect.right() - brush.px(12) - w, rect.y + brush.px(11), w, h};
    bool const all = view.filter.shows_all();
    if (text_button(brush, "filter", button, "Filter", all ? ButtonLook::plain : ButtonLook::chosen))
        intents.push_back(ShowCard{Card::filter});
    brush.text({rect.x + brush.px(16), rect.y + brush.px(8), button.x - rect.x - brush.px(20), brush.px(32)},
               brush.fonts.head, brush.colours.ink, "What happens");
    if (all)
        return brush.px(44);
    float const y = rect.y + brush.px(44);
    float const show = brush.px(78);
    Rect const words{rect.x + brush.px(16), y, rect.w - show - brush.px(36), h};
    brush.text(words, brush.fonts.small, brush.colours.quiet,
               words_of(view.filter, frame.world, frame.trace));
    if (text_button(brush, "show all", {words.right() + brush.px(6), y, show, h}, "Show all",
                    ButtonLook::plain))
        intents.push_back(SetFilter{});
    return brush.px(76);
}

} // namespace

void draw_events(Panel& panel, Rect rect, Frame const& frame, ViewState const& view, Intents& intents) {
    Brush& outer = panel.brush;
    outer.fill(rect, outer.colours.surface, outer.px(9));
    outer.outline(rect, outer.colours.line, outer.px(1.2F), outer.px(9));
    float const top = draw_filter_line(outer, rect, frame, view, intents);

    std::vector<StoryRow> const& rows = frame.rows.all();
    Rect const area{rect.x + outer.px(sides / 2), rect.y + top, rect.w - outer.px(sides),
                    rect.h - top - outer.px(8)};
    if (rows.empty()) {
        outer.paragraph({area.x + outer.px(11), area.y + outer.px(8)}, area.w - outer.px(22),
                        outer.fonts.small, outer.colours.quiet, "Nothing of what is shown happens here.");
        return;
    }
    std::size_t const current = frame.rows.happened(frame.state.applied); // the row after the current one
    float const height = frame.tops.top(rows.size());
    float const focus = current == 0 ? 0 : frame.tops.top(current - 1);
    int const follow = static_cast<int>(current * 4) + static_cast<int>(view.detail);
    ScrollArea const scroll{outer, "events list", area, height, follow, focus};
    Brush brush = outer.on(scroll.list());
    float const seen_from = area.y - scroll.origin().y;
    for (std::size_t i = frame.tops.at(seen_from); i < rows.size(); ++i) {
        Rect const row{scroll.origin().x, scroll.origin().y + frame.tops.top(i),
                       area.w - outer.px(scroll_bar), frame.tops.height(i)};
        if (row.y > area.bottom())
            break;
        if (draw_row(brush, row, frame, rows[i], i < current, i + 1 == current)) {
            intents.push_back(Seek{frame.trace.events[rows[i].event].at});
            intents.push_back(Choose{subject_of(frame.world, frame.trace, rows[i].event)});
        }
    }
}

} // namespace mailflow::viz
