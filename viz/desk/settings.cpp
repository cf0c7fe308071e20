#include "viz/desk/settings.hpp"

#include "base/files.hpp"
#include "base/numbers.hpp"
#include "base/text.hpp"

#include <fmt/format.h>

#include <cstdlib>

namespace mailflow::viz {

namespace {

namespace fs = std::filesystem;

constexpr std::string_view file_name = "window.conf";
constexpr unsigned least_width = 320;
constexpr unsigned least_height = 240;
constexpr unsigned most_pixels = 8192;

constexpr std::array theme_names{std::pair{ThemeName::light, std::string_view{"light"}},
                                 std::pair{ThemeName::dark, std::string_view{"dark"}},
                                 std::pair{ThemeName::projector, std::string_view{"projector"}}};

/// The whole number within the bounds that the text is; else `otherwise`.
unsigned number_within(std::string_view text, unsigned least, unsigned most, unsigned otherwise) {
    auto const number = number_in<unsigned>(text);
    return number && *number >= least && *number <= most ? *number : otherwise;
}

void take(Settings& settings, std::string_view name, std::string_view value) {
    auto const percent = static_cast<unsigned>(settings.looks.ui_scale * 100.0F + 0.5F);
    if (name == "theme") {
        for (auto const& [theme, words] : theme_names)
            if (words == value)
                settings.looks.theme = theme;
    } else if (name == "text_size_percent") {
        settings.looks.ui_scale =
            static_cast<float>(number_within(value, static_cast<unsigned>(least_ui_scale * 100.0F + 0.5F),
                                             static_cast<unsigned>(most_ui_scale * 100.0F + 0.5F), percent)) /
            100.0F;
    } else if (name == "width") {
        settings.size.width = number_within(value, least_width, most_pixels, settings.size.width);
    } else if (name == "height") {
        settings.size.height = number_within(value, least_height, most_pixels, settings.size.height);
    } else if (name == "full_screen") {
        settings.full_screen = value == "yes";
    }
}

std::string_view words_of(ThemeName theme) {
    for (auto const& [name, words] : theme_names)
        if (name == theme)
            return words;
    return theme_names.front().second;
}

} // namespace

fs::path config_directory() {
    // The specification takes absolute paths alone.
    if (char const* const config = std::getenv("XDG_CONFIG_HOME"); config != nullptr && *config == '/')
        return fs::path{config} / "mailflow";
    if (char const* const home = std::getenv("HOME"); home != nullptr && *home == '/')
        return fs::path{home} / ".config" / "mailflow";
    return {};
}

Settings settings_in(std::string_view text) {
    Settings settings;
    while (!text.empty()) {
        auto const end = text.find('\n');
        std::string_view line = text.substr(0, end);
        if (line.ends_with('\r'))
            line.remove_suffix(1);
        text = end == std::string_view::npos ? std::string_view{} : text.substr(end + 1);
        if (auto const equals = line.find('='); equals != std::string_view::npos)
            take(settings, trimmed(line.substr(0, equals)), trimmed(line.substr(equals + 1)));
    }
    return settings;
}

std::string text_of(Settings const& settings) {
    return fmt::format("theme = {}\ntext_size_percent = {:.0f}\nwidth = {}\nheight = {}\nfull_screen = {}\n",
                       words_of(settings.looks.theme), settings.looks.ui_scale * 100.0F, settings.size.width,
                       settings.size.height, settings.full_screen ? "yes" : "no");
}

Settings read_settings(fs::path const& directory) {
    if (directory.empty())
        return {};
    auto const text = read_file((directory / file_name).string());
    auto const* const found = std::get_if<std::string>(&text);
    return found == nullptr ? Settings{} : settings_in(*found);
}

std::optional<std::string> keep_settings(Settings const& settings, fs::path const& directory) {
    if (directory.empty())
        return "there is no place to keep settings: HOME is not set";
    std::error_code error;
    fs::create_directories(directory, error);
    if (error)
        return fmt::format("cannot make {}: {}", directory.string(), error.message());
    std::string trouble = write_file((directory / file_name).string(), text_of(settings));
    return trouble.empty() ? std::nullopt : std::optional{std::move(trouble)};
}

} // namespace mailflow::viz
