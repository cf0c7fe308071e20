// Colours and sizes of the window, in one place. The colours are those of Okabe and Ito, which people of
// every colour vision tell apart; what a colour says is always said by a shape or a word as well.
#pragma once

#include <cstdint>

namespace mailflow::viz {

/// 0xAABBGGRR, as ImGui packs colours.
using Colour = std::uint32_t;

[[nodiscard]] constexpr Colour rgb(std::uint32_t hex) {
    return 0xFF000000U | (hex & 0xFFU) << 16U | (hex & 0xFF00U) | hex >> 16U;
}
[[nodiscard]] constexpr Colour faded(Colour colour, float opacity) {
    return (colour & 0x00FFFFFFU) | static_cast<Colour>(opacity * 255.0F) << 24U;
}

namespace colour {
inline constexpr Colour blue = rgb(0x0072B2);       // servers, what can be pressed
inline constexpr Colour sky = rgb(0x56B4E9);        // DNS, time gone by
inline constexpr Colour green = rgb(0x009E73);      // accepted, arrived
inline constexpr Colour vermillion = rgb(0xD55E00); // refused
inline constexpr Colour orange = rgb(0xE69F00);     // bounces, advice
inline constexpr Colour purple = rgb(0xB0578D);     // put off: reddish purple, darker for white
inline constexpr Colour ink = rgb(0x16202C);
inline constexpr Colour quiet = rgb(0x566370); // 5.9:1 on white
inline constexpr Colour line = rgb(0xCDD5DD);
inline constexpr Colour road = rgb(0xAEBAC6);
inline constexpr Colour white = rgb(0xFFFFFF);
inline constexpr Colour backdrop = rgb(0xF4F6F8);
inline constexpr Colour canvas = rgb(0xFBFCFD);
inline constexpr Colour place = rgb(0xE9EEF3);
inline constexpr Colour place_line = rgb(0xC3CED8);
inline constexpr Colour track = rgb(0xE1E7ED);
inline constexpr Colour refused_fill = rgb(0xFDF1EA);
inline constexpr Colour accepted_fill = rgb(0xE9F6F1);
inline constexpr Colour chosen_fill = rgb(0xEEF6FC);
inline constexpr Colour advice_fill = rgb(0xFFF8E6);
} // namespace colour

/// How much larger than at 1280x720 text and spacing are: larger windows get larger text, but not as fast, so
/// that they also show more.
[[nodiscard]] float scale_of(unsigned width, unsigned height);

/// Text sizes in pixels at scale 1.
namespace text_size {
inline constexpr float small = 15.0F;
inline constexpr float body = 16.0F;
inline constexpr float head = 18.0F;
inline constexpr float title = 21.0F;
inline constexpr float mono = 15.0F;
} // namespace text_size

} // namespace mailflow::viz
