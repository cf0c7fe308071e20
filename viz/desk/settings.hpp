// What the window remembers from one time to the next: its looks and its size. It is kept in the user's own
// configuration directory (XDG Base Directory Specification), a line each, never beside a scenario.
#pragma once

#include "viz/glue/window.hpp"
#include "viz/theme.hpp"

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

namespace mailflow::viz {

struct Settings {
    Looks looks;
    PictureSize size;
    bool full_screen = false;

    bool operator==(Settings const&) const = default;
};

/// $XDG_CONFIG_HOME/mailflow, or $HOME/.config/mailflow; empty where the user has neither.
[[nodiscard]] std::filesystem::path config_directory();

/// Reads "name = value" lines. What it does not know, or what cannot be, is passed over: another version
/// wrote it.
[[nodiscard]] Settings settings_in(std::string_view text);
[[nodiscard]] std::string text_of(Settings const& settings);

/// The settings kept in the directory; the usual ones where there are none.
[[nodiscard]] Settings read_settings(std::filesystem::path const& directory);
/// Keeps them there; makes the directory. One sentence when it cannot.
[[nodiscard]] std::optional<std::string> keep_settings(Settings const& settings,
                                                       std::filesystem::path const& directory);

} // namespace mailflow::viz
