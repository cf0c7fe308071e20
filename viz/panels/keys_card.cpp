#include "viz/panels/panels.hpp"

#include <array>

namespace mailflow::viz {

void draw_keys_card(Brush& brush, Rect window, Intents& intents) {
    struct Line {
        char const* keys;
        char const* words;
    };
    constexpr std::array<Line, 7> lines{{{"Space or .", "play, pause"},
                                         {"← →", "a step back, a step on"},
                                         {"Home End", "to the beginning, to the end"},
                                         {"– +", "slower, faster (buttons below)"},
                                         {"1 2 3", "Magic, Servers, Protocol"},
                                         {"click", "a machine, an envelope, an event: its details"},
                                         {"H", "shows and hides this card"}}};
    float const step = brush.px(32);
    Rect const card =
        around(window.centre(), brush.px(520), brush.px(76) + step * static_cast<float>(lines.size()));
    brush.fill(window, faded(colour::ink, 0.35F));
    if (press_area(brush.drawn, "keys card", window).clicked)
        intents.push_back(ToggleKeysCard{});
    brush.fill(card, colour::white, brush.px(14));
    float y = card.y + brush.px(18);
    float const left = card.x + brush.px(28);
    brush.text({left, y, card.w - brush.px(56), brush.px(30)}, brush.fonts.title, colour::ink, "Keys");
    y += brush.px(40);
    for (Line const& line : lines) {
        brush.text({left, y, brush.px(110), step}, brush.fonts.bold, colour::blue, line.keys);
        brush.text({left + brush.px(122), y, card.right() - left - brush.px(150), step}, brush.fonts.body,
                   colour::ink, line.words);
        y += step;
    }
}

} // namespace mailflow::viz
