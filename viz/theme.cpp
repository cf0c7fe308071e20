#include "viz/theme.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace mailflow::viz {

namespace {

constexpr Colour rgb(std::uint32_t hex) {
    return 0xFF000000U | (hex & 0xFFU) << 16U | (hex & 0xFF00U) | hex >> 16U;
}

/// Smaller than this nobody reads it: small windows show less instead.
constexpr float least_by_size = 0.78F;

constexpr Palette light{.accent = rgb(0x0072B2),
                        .on_accent = rgb(0xFFFFFF),
                        .dns = rgb(0x56B4E9),
                        .accepted = rgb(0x009E73),
                        .refused = rgb(0xD55E00),
                        .bounce = rgb(0xE69F00),
                        .deferred = rgb(0xB0578D), // reddish purple, darker for white
                        .ink = rgb(0x16202C),
                        .quiet = rgb(0x566370), // 5.9:1 on white
                        .line = rgb(0xCDD5DD),
                        .road = rgb(0xAEBAC6),
                        .surface = rgb(0xFFFFFF),
                        .backdrop = rgb(0xF4F6F8),
                        .canvas = rgb(0xFBFCFD),
                        .place = rgb(0xE9EEF3),
                        .place_line = rgb(0xC3CED8),
                        .track = rgb(0xE1E7ED),
                        .refused_fill = rgb(0xFDF1EA),
                        .accepted_fill = rgb(0xE9F6F1),
                        .accent_fill = rgb(0xEEF6FC),
                        .advice_fill = rgb(0xFFF8E6),
                        .shade = faded(rgb(0x16202C), 0.35F)};

constexpr Palette dark{.accent = rgb(0x58B2E8),
                       .on_accent = rgb(0x0C1319),
                       .dns = rgb(0x7CC7F2),
                       .accepted = rgb(0x34C795),
                       .refused = rgb(0xFF8A4A),
                       .bounce = rgb(0xF2B632),
                       .deferred = rgb(0xDD94C3),
                       .ink = rgb(0xEDF2F6),
                       .quiet = rgb(0xA7B4C0), // 6.6:1 on the places
                       .line = rgb(0x34414D),
                       .road = rgb(0x5F7080),
                       .surface = rgb(0x1B232B),
                       .backdrop = rgb(0x10161B),
                       .canvas = rgb(0x151C23),
                       .place = rgb(0x212B35),
                       .place_line = rgb(0x35434F),
                       .track = rgb(0x33404C),
                       .refused_fill = rgb(0x3A2418),
                       .accepted_fill = rgb(0x15332A),
                       .accent_fill = rgb(0x1C3142),
                       .advice_fill = rgb(0x35290E),
                       .shade = faded(rgb(0x05080A), 0.60F)};

/// For a projector in a lit room: nothing pale, nothing thin.
constexpr Palette projected() {
    Palette palette = light;
    palette.ink = rgb(0x000000);
    palette.quiet = rgb(0x36424D);
    palette.line = rgb(0x9AA8B5);
    palette.road = rgb(0x7B8A98);
    palette.place = rgb(0xE3EAF0);
    palette.place_line = rgb(0x8D9DAC);
    palette.track = rgb(0xC9D3DC);
    palette.accepted = rgb(0x007F5C);
    palette.refused = rgb(0xC24E00);
    palette.accent = rgb(0x005F96);
    palette.deferred = rgb(0x98437A);
    palette.backdrop = rgb(0xFFFFFF);
    palette.canvas = rgb(0xFFFFFF);
    return palette;
}

constexpr std::array<Theme, 3> themes{
    {{ThemeName::light, "Light", light, {}, 1},
     {ThemeName::dark, "Dark", dark, {}, 1},
     {ThemeName::projector, "Projector", projected(), {16.5F, 17.5F, 19.5F, 22, 16}, 1.16F}}};

} // namespace

Theme const& theme_of(ThemeName name) {
    return themes[static_cast<std::size_t>(name)];
}

namespace {

float by_size(unsigned width, unsigned height) {
    float const ratio = std::min(static_cast<float>(width) / 1280.0F, static_cast<float>(height) / 720.0F);
    return std::clamp(std::pow(ratio, ratio < 1.0F ? 1.0F : 0.85F), least_by_size, 6.0F);
}

float wished_scale(unsigned width, unsigned height, Looks const& looks) {
    return by_size(width, height) * std::clamp(looks.ui_scale, least_ui_scale, most_ui_scale) *
           theme_of(looks.theme).scale;
}

} // namespace

float scale_of(unsigned width, unsigned height, Looks const& looks) {
    // Never so large that the parts of the window have no room.
    float const room = std::min(static_cast<float>(width) / 820.0F, static_cast<float>(height) / 500.0F);
    return std::min(wished_scale(width, height, looks), std::max(by_size(width, height), room));
}

bool is_held_back(unsigned width, unsigned height, Looks const& looks) {
    return scale_of(width, height, looks) < wished_scale(width, height, looks);
}

} // namespace mailflow::viz
