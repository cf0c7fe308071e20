#include "viz/panels/panels.hpp"
#include "viz/workbench/workbench.hpp"

#include <array>

namespace mailflow::viz {

namespace {

struct LevelChoice {
    Detail detail;
    char const* name;
    char const* words;
};
constexpr std::array<LevelChoice, 3> levels{{{Detail::magic, "detail:magic", "Magic"},
                                             {Detail::servers, "detail:servers", "Servers"},
                                             {Detail::protocol, "detail:protocol", "Protocol"}}};

// The least widths, at scale 1, at which a group of buttons leaves room for the others. What is left out can
// still be done with the keyboard.
constexpr float least_for_open = 420;
constexpr float least_for_cards = 560;
constexpr float least_for_modes = 720;
constexpr float least_for_wide_levels = 900;
constexpr float least_title = 110;

struct HeaderButton {
    std::string name;
    std::string_view words;
    float width = 0;
    bool chosen = false;
    bool begins_group = false;
    Intent pressed;
};

/// Those at the right side for which there is room, from left to right.
std::vector<HeaderButton> buttons_of(Brush const& brush, float room, ViewState const& view) {
    std::vector<HeaderButton> buttons;
    if (room >= brush.px(least_for_modes))
        for (ModeSpec const& mode : mode_table())
            buttons.push_back({mode.name, mode.words, width_of(brush.fonts.bold, mode.words) + brush.px(20),
                               view.mode == mode.mode, false, SetMode{mode.mode}});
    std::size_t const first_level = buttons.size();
    float const level_width = brush.px(room < brush.px(least_for_wide_levels) ? 74.0F : 86.0F);
    for (LevelChoice const& level : levels)
        buttons.push_back({level.name, level.words, level_width, view.detail == level.detail, false,
                           SetDetail{level.detail}});
    buttons[first_level].begins_group = true;
    std::size_t const first_card = buttons.size();
    if (room >= brush.px(least_for_cards)) {
        buttons.push_back({"present", "Present", brush.px(80), false, false, ShowCard{Card::present}});
        buttons.push_back({"signs", "Signs", brush.px(64), false, false, ShowCard{Card::signs}});
    }
    buttons.push_back({"keys", "?", brush.px(34), false, false, ShowCard{Card::keys}});
    buttons[first_card].begins_group = true;
    return buttons;
}

void draw_title(Brush& brush, Rect room, Frame const& frame) {
    World const& world = frame.world;
    if (room.w < brush.px(least_title))
        return;
    std::string const words = frame.work.is_changed() ? "• " + world.title : world.title;
    bool const alone = width_of(brush.fonts.title, words) > room.w * 0.6F;
    Rect const title = brush.text({room.x, room.y, alone ? room.w : room.w * 0.6F, room.h}, brush.fonts.title,
                                  brush.colours.ink, words);
    float const after = title.right() + brush.px(18);
    if (room.right() - after > brush.px(80))
        brush.text({after, room.y + brush.px(1), room.right() - after, room.h}, brush.fonts.body,
                   brush.colours.quiet, world.summary);
}

} // namespace

void draw_header(Brush& brush, Rect rect, Frame const& frame, ViewState const& view, Intents& intents) {
    brush.fill(rect, brush.colours.surface);
    brush.line({rect.x, rect.bottom()}, {rect.right(), rect.bottom()}, brush.colours.line, brush.px(1.2F));
    float const y = rect.y + brush.px(8);
    float const height = rect.h - brush.px(16);
    float left = rect.x + brush.px(12);
    if (rect.w >= brush.px(least_for_open)) {
        float const width = brush.px(66);
        if (text_button(brush, "open", {left, y, width, height}, "Open", ButtonLook::plain))
            intents.push_back(WorkIntent{ShowSheet{Sheet::open}});
        left += width + brush.px(14);
    }
    std::vector<HeaderButton> const buttons = buttons_of(brush, rect.w, view);
    float const gap = brush.px(4);
    float const group_gap = brush.px(14);
    float x = rect.right() - brush.px(14) + gap;
    for (HeaderButton const& button : buttons)
        x -= button.width + gap + (button.begins_group ? group_gap : 0);
    draw_title(brush, {left, rect.y, x - brush.px(10) - left, rect.h}, frame);
    for (HeaderButton const& button : buttons) {
        x += button.begins_group ? group_gap : 0;
        if (text_button(brush, button.name, {x, y, button.width, height}, button.words,
                        button.chosen ? ButtonLook::chosen : ButtonLook::plain))
            intents.push_back(button.pressed);
        x += button.width + gap;
    }
}

} // namespace mailflow::viz
