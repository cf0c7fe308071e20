// The looks of the window as plain values: colours, type sizes, spacing. What is drawn takes them from the
// brush; no other file names a colour. What a colour says is always said by a shape or a word as well.
#pragma once

#include <cstdint>
#include <string_view>

namespace mailflow::viz {

/// 0xAABBGGRR, as ImGui packs colours.
using Colour = std::uint32_t;

[[nodiscard]] constexpr Colour faded(Colour colour, float opacity) {
    return (colour & 0x00FFFFFFU) | static_cast<Colour>(opacity * 255.0F) << 24U;
}

/// By what they mean. In all themes the hues are those of Okabe and Ito, which people of every colour vision
/// tell apart.
struct Palette {
    Colour accent;    // what can be pressed; servers
    Colour on_accent; // on a ground of any of the strong colours
    Colour dns;       // the DNS; time gone by
    Colour accepted;
    Colour refused;
    Colour bounce; // and advice
    Colour deferred;
    Colour ink;
    Colour quiet; // at least 4.5:1 on every ground that carries text
    Colour line;
    Colour road;
    Colour surface;  // panels
    Colour backdrop; // behind the panels
    Colour canvas;
    Colour place;
    Colour place_line;
    Colour track;
    Colour refused_fill;
    Colour accepted_fill;
    Colour accent_fill;
    Colour advice_fill;
    Colour shade; // over everything, behind a card
};

/// Heights of type in pixels at scale 1.
struct TextSizes {
    float small = 15;
    float body = 16;
    float head = 18;
    float title = 21;
    float mono = 15;

    bool operator==(TextSizes const&) const = default;
};

enum class ThemeName : std::uint8_t { light, dark, projector };

struct Theme {
    ThemeName name = ThemeName::light;
    std::string_view words; // for people
    Palette colours;
    TextSizes sizes;
    float scale = 1; // of everything, text and spacing
};

[[nodiscard]] Theme const& theme_of(ThemeName name);

/// What the person has chosen of the looks.
struct Looks {
    ThemeName theme = ThemeName::light;
    float ui_scale = 1; // on top of what the window's size gives

    bool operator==(Looks const&) const = default;
};

inline constexpr float least_ui_scale = 0.7F;
inline constexpr float most_ui_scale = 2.0F;
inline constexpr float ui_scale_step = 0.1F;

/// How much larger than at 1280x720 text and spacing are: larger windows get larger text, but not as fast, so
/// that they also show more. The one place where the scale of the window is made.
[[nodiscard]] float scale_of(unsigned width, unsigned height, Looks const& looks = {});
/// Whether the window is too small for what was wished: it is drawn smaller.
[[nodiscard]] bool is_held_back(unsigned width, unsigned height, Looks const& looks);

} // namespace mailflow::viz
