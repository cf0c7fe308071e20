#include "viz/fonts.hpp"

#include <imgui.h>

#include <array>
#include <filesystem>
#include <span>

namespace mailflow::viz {

namespace {

constexpr float large_size = 32; // at scale 1

using Paths = std::span<std::string_view const>;

constexpr std::array<std::string_view, 4> inter_medium{
    "/usr/share/fonts/opentype/inter/Inter-Medium.otf", "/usr/share/fonts/truetype/inter/Inter-Medium.ttf",
    "/usr/local/share/fonts/Inter-Medium.otf", "/usr/share/fonts/inter/Inter-Medium.otf"};
constexpr std::array<std::string_view, 4> inter_bold{
    "/usr/share/fonts/opentype/inter/Inter-Bold.otf", "/usr/share/fonts/truetype/inter/Inter-Bold.ttf",
    "/usr/local/share/fonts/Inter-Bold.otf", "/usr/share/fonts/inter/Inter-Bold.otf"};
constexpr std::array<std::string_view, 3> dejavu{"/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf",
                                                 "/usr/share/fonts/dejavu/DejaVuSans.ttf",
                                                 "/usr/share/fonts/TTF/DejaVuSans.ttf"};
constexpr std::array<std::string_view, 3> dejavu_bold{"/usr/share/fonts/truetype/dejavu/DejaVuSans-Bold.ttf",
                                                      "/usr/share/fonts/dejavu/DejaVuSans-Bold.ttf",
                                                      "/usr/share/fonts/TTF/DejaVuSans-Bold.ttf"};
constexpr std::array<std::string_view, 3> dejavu_mono{"/usr/share/fonts/truetype/dejavu/DejaVuSansMono.ttf",
                                                      "/usr/share/fonts/dejavu/DejaVuSansMono.ttf",
                                                      "/usr/share/fonts/TTF/DejaVuSansMono.ttf"};
constexpr std::array<std::string_view, 3> dejavu_mono_bold{
    "/usr/share/fonts/truetype/dejavu/DejaVuSansMono-Bold.ttf",
    "/usr/share/fonts/dejavu/DejaVuSansMono-Bold.ttf", "/usr/share/fonts/TTF/DejaVuSansMono-Bold.ttf"};
constexpr std::array<std::string_view, 2> noto_cjk{"/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc",
                                                   "/usr/share/fonts/noto-cjk/NotoSansCJK-Regular.ttc"};

std::string first_of(Paths paths) {
    std::error_code ignored;
    for (std::string_view const path : paths)
        if (std::filesystem::is_regular_file(path, ignored))
            return std::string{path};
    return {};
}

std::string or_else(std::string path, std::string const& fallback) {
    return path.empty() ? fallback : path;
}

bool has_cjk(ImVector<ImWchar> const& ranges) {
    for (int i = 0; i + 1 < ranges.Size && ranges[i] != 0; i += 2)
        if (ranges[i + 1] >= 0x2E80)
            return true;
    return false;
}

} // namespace

Fonts enlarged(Fonts fonts, float by) {
    constexpr float sharp_up_to = 1.1F;
    for (Face* const face : {&fonts.small, &fonts.small_bold, &fonts.body, &fonts.bold, &fonts.head,
                             &fonts.title, &fonts.mono, &fonts.mono_bold})
        face->size *= by;
    if (by > sharp_up_to) {
        fonts.small.font = fonts.body.font = fonts.large;
        fonts.small_bold.font = fonts.bold.font = fonts.head.font = fonts.title.font = fonts.large_bold;
    }
    return fonts;
}

std::variant<FontFiles, std::string> find_fonts() {
    FontFiles files;
    files.more = first_of(dejavu);
    files.text = or_else(first_of(inter_medium), files.more);
    files.bold = or_else(or_else(first_of(inter_bold), first_of(dejavu_bold)), files.text);
    files.mono = or_else(first_of(dejavu_mono), files.text);
    files.mono_bold = or_else(first_of(dejavu_mono_bold), files.mono);
    files.cjk = first_of(noto_cjk);
    if (files.text.empty())
        return std::string{"no usable font is installed; install fonts-inter and fonts-dejavu-core"};
    return files;
}

Fonts bake_fonts(ImFontAtlas& atlas, FontFiles const& files, TextSizes const& sizes, float scale,
                 std::string_view texts) {
    // The atlas reads the ranges when it is built, which happens at the end of this function.
    ImFontGlyphRangesBuilder builder;
    builder.AddRanges(atlas.GetGlyphRangesDefault());
    builder.AddText("…–—·‘’“”‹›←↑→↓×✓✗✕•");
    builder.AddText(texts.data(), texts.data() + texts.size());
    builder.UsedChars[0] &= ~1U; // a file may hold zeros, and a zero ends the ranges
    ImVector<ImWchar> ranges;
    builder.BuildRanges(&ranges);

    auto const add = [&](std::string const& file, float size) {
        ImFontConfig config;
        config.OversampleH = 2;
        config.OversampleV = 1;
        float const pixels = static_cast<float>(static_cast<int>(size * scale + 0.5F));
        ImFont* font = atlas.AddFontFromFileTTF(file.c_str(), pixels, &config, ranges.Data);
        config.MergeMode = true;
        if (!files.more.empty() && files.more != file)
            atlas.AddFontFromFileTTF(files.more.c_str(), pixels, &config, ranges.Data);
        if (!files.cjk.empty() && has_cjk(ranges))
            atlas.AddFontFromFileTTF(files.cjk.c_str(), pixels, &config, ranges.Data);
        return Face{font, pixels};
    };

    atlas.Clear();
    Fonts fonts;
    fonts.body = add(files.text, sizes.body);
    fonts.bold = add(files.bold, sizes.body);
    fonts.small = add(files.text, sizes.small);
    fonts.small_bold = add(files.bold, sizes.small);
    fonts.head = add(files.bold, sizes.head);
    fonts.title = add(files.bold, sizes.title);
    fonts.mono = add(files.mono, sizes.mono);
    fonts.mono_bold = add(files.mono_bold, sizes.mono);
    fonts.large = add(files.text, large_size).font;
    fonts.large_bold = add(files.bold, large_size).font;
    atlas.Build();
    return fonts;
}

} // namespace mailflow::viz
