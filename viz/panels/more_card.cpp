// What the header and the bar of time have no room for, in a window of this size.
#include "viz/draw/fields.hpp"
#include "viz/panels/controls.hpp"

#include <algorithm>

namespace mailflow::viz {

namespace {

// At scale 1.
constexpr float card_width = 264;
constexpr float more_pad = 14;
constexpr float more_row = 34;
constexpr float between_cards = 6;
constexpr float heading = 24;
constexpr float between_groups = 8;

std::vector<ControlGroup> groups_of(Brush const& brush, Frame const& frame, ViewState const& view) {
    std::vector<ControlGroup> groups = plan_header(brush, frame, view).left_out;
    for (ControlGroup const& group : plan_transport(brush, frame.screen.transport, frame, view).left_out)
        groups.push_back(group);
    std::erase_if(groups, [](ControlGroup const& group) { return group.controls.empty(); });
    return groups;
}

float height_of(std::vector<ControlGroup> const& groups) {
    float height = 0;
    for (ControlGroup const& group : groups)
        height += (group.words.empty() ? 0 : heading) + between_groups +
                  (more_row + between_cards) * static_cast<float>(group.controls.size());
    return height;
}

void draw_groups(Brush& brush, Point at, float across, std::vector<ControlGroup> const& groups,
                 Intents& intents) {
    for (ControlGroup const& group : groups) {
        if (!group.words.empty()) {
            brush.text({at.x, at.y, across, brush.px(heading)}, brush.fonts.small_bold, brush.colours.quiet,
                       group.words);
            at.y += brush.px(heading);
        }
        for (Control const& control : group.controls) {
            std::string const& words = control.words_on_card.empty() ? control.words : control.words_on_card;
            if (text_button(brush, control.name, {at.x, at.y, across, brush.px(more_row)}, words,
                            control.chosen ? ButtonLook::chosen : ButtonLook::plain)) {
                if (!control.repeats)
                    intents.push_back(ShowCard{}); // it has done what it was called for
                intents.push_back(control.pressed);
            }
            at.y += brush.px(more_row + between_cards);
        }
        at.y += brush.px(between_groups);
    }
}

} // namespace

void draw_more_card(Panel& panel, Rect window, Frame const& frame, ViewState const& view, Intents& intents) {
    Brush& brush = panel.brush;
    std::vector<ControlGroup> const groups = groups_of(brush, frame, view);
    if (groups.empty()) { // the window has become larger, and all has its place again
        intents.push_back(ShowCard{});
        return;
    }
    float const length = brush.px(height_of(groups));
    float const margin = brush.px(8);
    float const top = frame.screen.header.bottom();
    Rect card{0, top, std::min(brush.px(card_width), window.w - 2 * margin),
              std::min(length + 2 * brush.px(more_pad), std::max(window.bottom() - margin - top, 1.0F))};
    card.x = window.right() - margin - card.w;
    brush.fill(window, brush.colours.shade);
    brush.fill(card, brush.colours.surface, brush.px(14));
    brush.drawn.shapes.insert_or_assign("more", card);
    Rect const inside{card.x + brush.px(more_pad), card.y + brush.px(more_pad),
                      card.w - 2 * brush.px(more_pad), card.h - 2 * brush.px(more_pad)};
    if (length > inside.h + 1) {
        FlowArea area{brush, "more list", {inside.x, inside.y, card.right() - inside.x, inside.h}};
        Brush scrolled = area.brush();
        draw_groups(scrolled, area.origin(), inside.w, groups, intents);
        area.end_at(area.origin().y + length);
    } else {
        draw_groups(brush, {inside.x, inside.y}, inside.w, groups, intents);
    }
    // What lies on the card was first to be asked; a press beside it takes it away.
    (void)press_area(brush.drawn, "more card", card);
    if (press_area(brush.drawn, "more shade", window).clicked)
        intents.push_back(ShowCard{});
}

} // namespace mailflow::viz
