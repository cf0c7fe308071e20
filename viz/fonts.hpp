// The fonts: found on the machine, baked at a theme's sizes with the glyphs that the texts need.
#pragma once

#include "viz/theme.hpp"

#include <string>
#include <string_view>
#include <variant>

struct ImFont;
struct ImFontAtlas;

namespace mailflow::viz {

/// Where the fonts lie. Empty paths: not installed, another stands in.
struct FontFiles {
    std::string text; // Inter Medium; stands in: DejaVu Sans
    std::string bold; // Inter Bold
    std::string mono; // DejaVu Sans Mono
    std::string mono_bold;
    std::string more; // glyphs that the others lack: DejaVu Sans
    std::string cjk;  // Noto Sans CJK, where it is installed
};

/// The files, or one sentence that says what to install.
[[nodiscard]] std::variant<FontFiles, std::string> find_fonts();

/// A font at the size at which it is drawn.
struct Face {
    ImFont* font = nullptr;
    float size = 0; // in pixels
};

struct Fonts {
    Face small;
    Face small_bold;
    Face body;
    Face bold;
    Face head;  // bold
    Face title; // bold
    Face mono;
    Face mono_bold;
    ImFont* large = nullptr; // for what is enlarged: baked so large that it stays sharp
    ImFont* large_bold = nullptr;
};

/// The same, so many times as large.
[[nodiscard]] Fonts enlarged(Fonts fonts, float by);

/// Bakes the fonts into the atlas at this scale. `texts` is every text of people that may be shown (UTF-8).
[[nodiscard]] Fonts bake_fonts(ImFontAtlas& atlas, FontFiles const& files, TextSizes const& sizes,
                               float scale, std::string_view texts);

} // namespace mailflow::viz
