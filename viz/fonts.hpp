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

struct Fonts {
    ImFont* small = nullptr;
    ImFont* small_bold = nullptr;
    ImFont* body = nullptr;
    ImFont* bold = nullptr;
    ImFont* head = nullptr;  // bold
    ImFont* title = nullptr; // bold
    ImFont* mono = nullptr;
    ImFont* mono_bold = nullptr;
};

/// Bakes the fonts into the atlas at this scale. `texts` is every text of people that may be shown (UTF-8).
[[nodiscard]] Fonts bake_fonts(ImFontAtlas& atlas, FontFiles const& files, TextSizes const& sizes,
                               float scale, std::string_view texts);

} // namespace mailflow::viz
