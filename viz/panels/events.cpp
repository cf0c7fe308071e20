#include "viz/draw/icons.hpp"
#include "viz/panels/panels.hpp"

#include <imgui.h>

#include <algorithm>

namespace mailflow::viz {

namespace {

constexpr std::size_t most_lines = 3;
constexpr float text_left = 32;
constexpr float text_right = 2;

struct RowPlace {
    float y = 0;
    float h = 0;
};

float time_height(Brush const& brush) {
    return brush.px(20);
}

std::vector<RowPlace> place_rows(Brush const& brush, std::vector<StoryRow> const& rows, float text_width) {
    std::vector<RowPlace> places;
    places.reserve(rows.size());
    float y = 0;
    for (StoryRow const& row : rows) {
        float const h = time_height(brush) + brush.px(13) +
                        brush.paragraph_height(text_width, brush.fonts.small, row.sentence, most_lines);
        places.push_back({y, h});
        y += h;
    }
    return places;
}

/// The last row that has happened; -1 before the first.
int current_row(std::vector<StoryRow> const& rows, Instant now) {
    auto const later = std::upper_bound(rows.begin(), rows.end(), now,
                                        [](Instant at, StoryRow const& row) { return at < row.at; });
    return static_cast<int>(later - rows.begin()) - 1;
}

bool draw_row(Brush& brush, Rect rect, StoryRow const& row, bool happened, bool current) {
    Press const press = press_area(brush.drawn, "event:" + std::to_string(row.event), rect);
    if (current || press.hovered)
        brush.fill(rect.inset(brush.px(1)), current ? brush.colours.accent_fill : brush.colours.backdrop,
                   brush.px(7));
    if (current)
        brush.fill({rect.x + brush.px(1), rect.y + brush.px(6), brush.px(4), rect.h - brush.px(12)},
                   row.mark == Mark::refused ? brush.colours.refused : brush.colours.accent, brush.px(2));
    float const x = rect.x + brush.px(text_left);
    float const top = rect.y + brush.px(5);
    draw_mark(brush, {rect.x + brush.px(19), top + time_height(brush) / 2}, brush.px(6), row.mark);
    brush.text({x, top, rect.right() - x, time_height(brush)}, brush.fonts.small, brush.colours.quiet,
               say_instant(row.at));
    bool const refused = row.mark == Mark::refused;
    Colour const colour = !happened ? brush.colours.quiet
                          : refused ? brush.colours.refused
                                    : brush.colours.ink;
    brush.paragraph({x, top + time_height(brush)}, rect.right() - brush.px(text_right) - x,
                    refused && happened ? brush.fonts.small_bold : brush.fonts.small, colour, row.sentence,
                    most_lines);
    return press.clicked;
}

} // namespace

void draw_events(Panel& panel, Rect rect, Frame const& frame, ViewState const& view, Intents& intents) {
    Brush& outer = panel.brush;
    outer.fill(rect, outer.colours.surface, outer.px(9));
    outer.outline(rect, outer.colours.line, outer.px(1.2F), outer.px(9));
    outer.text({rect.x + outer.px(16), rect.y + outer.px(8), rect.w - outer.px(32), outer.px(32)},
               outer.fonts.head, outer.colours.ink, "What happens");

    std::vector<StoryRow> const& rows = frame.rows.at(view.detail);
    Rect const area{rect.x + outer.px(5), rect.y + outer.px(44), rect.w - outer.px(10),
                    rect.h - outer.px(52)};
    float const row_width = area.w - outer.px(10);
    std::vector<RowPlace> const places =
        place_rows(outer, rows, row_width - outer.px(text_left + text_right));
    int const current = current_row(rows, view.now);
    float const height = places.empty() ? 0 : places.back().y + places.back().h;
    float const focus = current < 0 ? 0 : places[static_cast<std::size_t>(current)].y;
    int const follow = (current + 1) * 4 + static_cast<int>(view.detail);

    ScrollArea const scroll{outer, "events list", area, height, follow, focus};
    Brush brush = outer.on(scroll.list());
    for (std::size_t i = 0; i < rows.size(); ++i) {
        Rect const row{scroll.origin().x, scroll.origin().y + places[i].y, row_width, places[i].h};
        if (row.bottom() < area.y || row.y > area.bottom())
            continue;
        bool const happened = rows[i].at <= view.now;
        if (draw_row(brush, row, rows[i], happened, static_cast<int>(i) == current)) {
            intents.push_back(Seek{rows[i].at});
            intents.push_back(Choose{rows[i].subject});
        }
    }
}

} // namespace mailflow::viz
