#include "viz/draw/icons.hpp"
#include "viz/panels/panels.hpp"
#include "viz/shown/saying_no.hpp"

#include <fmt/format.h>
#include <imgui.h>

#include <optional>

namespace mailflow::viz {

namespace {

using namespace row_spacing;

bool draw_row(Brush& brush, Rect rect, Frame const& frame, std::size_t number, bool happened, bool current) {
    StoryRow const& row = frame.rows.all()[number];
    Press const press = press_area(brush.drawn, "event:" + std::to_string(row.event), rect);
    if (current || press.hovered)
        brush.fill(rect.inset(brush.px(1)), current ? brush.colours.accent_fill : brush.colours.backdrop,
                   brush.px(7));
    bool const says_no = row.mark == Mark::refused || row.mark == Mark::deferred;
    if (current)
        brush.fill({rect.x + brush.px(1), rect.y + brush.px(6), brush.px(4), rect.h - brush.px(12)},
                   says_no ? colour_of(brush.colours, row.mark) : brush.colours.accent, brush.px(2));
    Event const& event = frame.trace.events[row.event];
    float const x = rect.x + brush.px(text_left);
    float const top = rect.y + brush.px(5);
    float const time = brush.px(time_height);
    draw_mark(brush, {rect.x + brush.px(19), top + time / 2}, brush.px(6), row.mark);
    brush.text({x, top, rect.right() - x, time}, brush.fonts.small, brush.colours.quiet, say_clock(event.at));
    Colour const colour = !happened ? brush.colours.quiet
                          : says_no ? colour_of(brush.colours, row.mark)
                                    : brush.colours.ink;
    brush.paragraph({x, top + time}, frame.tops.width, brush.fonts.small, colour, frame.tops.words_of(number),
                    most_lines);
    brush.drawn.shapes.insert_or_assign("told in row:" + frame.tops.words_of(number), rect);
    return press.clicked;
}

constexpr std::size_t most_filter_lines = 3;

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
    std::string const told = words_of(view.filter, frame.world, frame.trace);
    Rect words{rect.x + brush.px(16), y, rect.w - show - brush.px(36), h};
    bool const beside = width_of(brush.fonts.small, told) <= words.w;
    Rect const back{rect.right() - brush.px(14) - show, y, show, h};
    float lower = 0; // the button, where the words take the whole width
    if (beside) {
        brush.text(words, brush.fonts.small, brush.colours.quiet, told);
    } else {
        words.w = rect.w - brush.px(30);
        words.h = brush.paragraph({words.x, y}, words.w, brush.fonts.small, brush.colours.quiet, told,
                                  most_filter_lines);
        lower = words.h + brush.px(4);
    }
    brush.drawn.shapes.insert_or_assign("filtered:" + told, words);
    if (text_button(brush, "show all", {back.x, back.y + lower, show, h}, "Show all", ButtonLook::plain))
        intents.push_back(SetFilter{});
    return brush.px(76) + lower;
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
    std::size_t const happened = frame.rows.happened(frame.state.applied);
    std::optional<std::size_t> const current = current_row(frame.trace, frame.rows, frame.state.applied);
    RowTops const& tops = frame.tops;
    float const more = outer.px(30); // of the lines that lead to what lies before and after the page
    float const above = tops.first > 0 ? more : 0;
    float const height = above + tops.whole() + (tops.end() < rows.size() ? more : 0);
    float const focus = current.value_or(0) <= tops.first ? 0 : above + tops.top(*current);
    int const follow = static_cast<int>(happened * 4) + static_cast<int>(view.detail);
    ScrollArea const scroll{outer, "events list", area, height, follow, focus};
    Brush brush = outer.on(scroll.list());
    Rect row{scroll.origin().x, scroll.origin().y, area.w - outer.px(scroll_bar), more};
    auto const lead_to = [&](char const* name, std::string const& words, StoryRow const& goal) {
        if (text_button(brush, name, row.inset(brush.px(2)), words, ButtonLook::plain))
            intents.push_back(Seek{frame.trace.events[goal.event].at});
    };
    if (tops.first > 0)
        lead_to("earlier events", fmt::format("{} earlier", tops.first), rows[tops.first - 1]);
    float const seen_from = area.y - scroll.origin().y - above;
    for (std::size_t i = tops.at(seen_from); i < tops.end(); ++i) {
        row.y = scroll.origin().y + above + tops.top(i);
        row.h = tops.height(i);
        if (row.y > area.bottom() || (view.predicting.on && i >= happened))
            return; // what comes is not told to somebody who is to predict it
        if (draw_row(brush, row, frame, i, i < happened, i == current)) {
            intents.push_back(Seek{frame.trace.events[rows[i].event].at});
            intents.push_back(Choose{subject_of(frame.world, frame.trace, rows[i].event)});
        }
    }
    row.y = row.bottom();
    row.h = more;
    if (tops.end() < rows.size())
        lead_to("later events", fmt::format("{} later", rows.size() - tops.end()), rows[tops.end()]);
}

} // namespace mailflow::viz
