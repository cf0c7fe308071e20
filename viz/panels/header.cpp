#include "viz/panels/panels.hpp"
#include "viz/workbench/workbench.hpp"

#include <array>

namespace mailflow::viz {

void draw_header(Brush& brush, Rect rect, Frame const& frame, ViewState const& view, Intents& intents) {
    World const& world = frame.world;
    brush.fill(rect, brush.colours.surface);
    brush.line({rect.x, rect.bottom()}, {rect.right(), rect.bottom()}, brush.colours.line, brush.px(1.2F));

    struct Choice {
        Detail detail;
        char const* name;
        char const* words;
    };
    constexpr std::array<Choice, 3> choices{{{Detail::magic, "detail:magic", "Magic"},
                                             {Detail::servers, "detail:servers", "Servers"},
                                             {Detail::protocol, "detail:protocol", "Protocol"}}};
    float const width = brush.px(rect.w < brush.px(620) ? 76.0F : 92.0F);
    float const keys = brush.px(34);
    float x = rect.right() - brush.px(14) - keys;
    Rect const keys_rect = {x, rect.y + brush.px(8), keys, rect.h - brush.px(16)};
    if (text_button(brush, "keys", keys_rect, "?", ButtonLook::plain))
        intents.push_back(ShowCard{Card::keys});
    float const present = brush.px(84);
    x -= brush.px(6) + present;
    if (text_button(brush, "present", {x, keys_rect.y, present, keys_rect.h}, "Present", ButtonLook::plain))
        intents.push_back(ShowCard{Card::present});
    x -= brush.px(14) + 3 * width;
    float const detail_left = x;
    for (Choice const& choice : choices) {
        bool const chosen = view.detail == choice.detail;
        Rect const button{x, rect.y + brush.px(8), width - brush.px(4), rect.h - brush.px(16)};
        if (text_button(brush, choice.name, button, choice.words,
                        chosen ? ButtonLook::chosen : ButtonLook::plain))
            intents.push_back(SetDetail{choice.detail});
        x += width;
    }

    auto const width_of_mode = [&](ModeSpec const& mode) {
        return width_of(brush.fonts.bold, mode.words) + brush.px(24);
    };
    x = detail_left - brush.px(14);
    for (ModeSpec const& mode : mode_table())
        x -= width_of_mode(mode);
    float const switch_left = x;
    for (ModeSpec const& mode : mode_table()) {
        float const w = width_of_mode(mode);
        Rect const button{x, rect.y + brush.px(8), w - brush.px(4), rect.h - brush.px(16)};
        if (text_button(brush, mode.name, button, mode.words,
                        view.mode == mode.mode ? ButtonLook::chosen : ButtonLook::plain))
            intents.push_back(SetMode{mode.mode});
        x += w;
    }

    float const open = brush.px(66);
    if (text_button(brush, "open", {rect.x + brush.px(12), rect.y + brush.px(8), open, rect.h - brush.px(16)},
                    "Open", ButtonLook::plain))
        intents.push_back(WorkIntent{ShowSheet{Sheet::open}});
    float const left = rect.x + brush.px(12) + open + brush.px(14);
    float const room = switch_left - brush.px(24) - left;
    Rect const title = brush.text({left, rect.y, room * 0.6F, rect.h}, brush.fonts.title, brush.colours.ink,
                                  frame.work.is_changed() ? "• " + world.title : world.title);
    float const after = title.right() + brush.px(18);
    if (left + room - after > brush.px(80))
        brush.text({after, rect.y + brush.px(1), left + room - after, rect.h}, brush.fonts.body,
                   brush.colours.quiet, world.summary);
}

} // namespace mailflow::viz
