#include "viz/program/options.hpp"

#include "base/standard_error.hpp"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <charconv>

namespace mailflow::viz {

namespace {

constexpr int bad_usage = 2;

/// What stood on the command line, not yet understood.
struct Words {
    std::string at = "0s";
    std::string from = "0s";
    std::string to = "end";
    std::string speed;
    std::string size;
    std::string detail = "protocol";
    std::string theme;
    float ui_scale = 0;
};

std::optional<PictureSize> parse_size(std::string const& text) {
    PictureSize size;
    char const* const end = text.data() + text.size();
    auto const width = std::from_chars(text.data(), end, size.width);
    if (width.ec != std::errc{} || width.ptr == end || *width.ptr != 'x')
        return std::nullopt;
    auto const height = std::from_chars(width.ptr + 1, end, size.height);
    bool const sane = size.width >= 320 && size.height >= 240 && size.width <= 8192 && size.height <= 8192;
    if (height.ec != std::errc{} || height.ptr != end || !sane)
        return std::nullopt;
    return size;
}

std::optional<AskedMoment> parse_moment(std::string const& text) {
    if (text == "end")
        return AskedMoment{};
    auto const duration = parse_duration(text);
    return duration ? std::optional{AskedMoment{Instant{*duration}}} : std::nullopt;
}

/// "1/20" or "5".
std::optional<Speed> parse_speed(std::string const& text) {
    Speed speed;
    char const* const end = text.data() + text.size();
    auto read = std::from_chars(text.data(), end, speed.times);
    if (read.ec == std::errc{} && read.ptr != end && *read.ptr == '/')
        read = std::from_chars(read.ptr + 1, end, speed.divided_by);
    bool const sane = speed.times >= 1 && speed.times <= 1'000'000 && speed.divided_by >= 1 &&
                      speed.divided_by <= 1'000'000;
    return read.ec == std::errc{} && read.ptr == end && sane ? std::optional{speed} : std::nullopt;
}

Detail parse_detail(std::string const& name) {
    return name == "magic" ? Detail::magic : name == "servers" ? Detail::servers : Detail::protocol;
}

ThemeName parse_theme(std::string const& name) {
    return name == "dark" ? ThemeName::dark : name == "projector" ? ThemeName::projector : ThemeName::light;
}

/// Understands the words; a sentence about the first that means nothing.
std::optional<std::string> understand(Words const& words, Options& options) {
    constexpr char const* a_moment = "a time such as 200ms, 1.5s, 5m or 2h, or end";
    struct Moment {
        char const* name;
        std::string const& text;
        AskedMoment& into;
    };
    for (Moment const& moment :
         {Moment{"--at", words.at, options.at}, Moment{"--from", words.from, options.from},
          Moment{"--to", words.to, options.to}}) {
        auto const parsed = parse_moment(moment.text);
        if (!parsed)
            return fmt::format("{} {}: expected {}", moment.name, moment.text, a_moment);
        moment.into = *parsed;
    }
    if (!words.size.empty() && !(options.size = parse_size(words.size)))
        return fmt::format("--size {}: expected WIDTHxHEIGHT, such as 1280x720 (320x240 to 8192x8192)",
                           words.size);
    if (options.from.at && options.to.at && *options.from.at >= *options.to.at)
        return fmt::format("--from {} does not lie before --to {}", words.from, words.to);
    if (!words.speed.empty() && !(options.speed = parse_speed(words.speed)))
        return fmt::format("--speed {}: expected simulated seconds per second, such as 1/20 or 5",
                           words.speed);
    if (!options.record.empty() && !film_format_of(options.record))
        return fmt::format("--record {}: the name must end in .mp4 or .gif", options.record);
    options.detail = parse_detail(words.detail);
    if (!words.theme.empty())
        options.theme = parse_theme(words.theme);
    if (words.ui_scale > 0)
        options.ui_scale = words.ui_scale;
    return std::nullopt;
}

} // namespace

std::variant<Options, Finished> parse_options(int argc, char** argv) {
    Options options;
    Words words;
    CLI::App arguments{
        "Shows the run of a scenario in a window, or paints one moment of it, or makes a film."};
    arguments.name("mailflow-viz");
    arguments.set_version_flag("--version", "mailflow-viz " MAILFLOW_VERSION);
    arguments.add_option(
        "FILE", options.file,
        "the scenario (JSON), or a saved trace (default: a gallery of lessons to choose from)");
    auto* const screenshot = arguments.add_option("--screenshot", options.screenshot,
                                                  "paint one moment into this PNG file and exit");
    arguments.add_option("--at", words.at, "the moment: 200ms, 1.5s, 5m, 2h, end (default: 0s)");
    auto* const record = arguments.add_option("--record", options.record,
                                              "make a film of the run, OUT.mp4 or OUT.gif (needs ffmpeg)");
    record->excludes(screenshot);
    arguments.add_option("--from", words.from, "where the film begins (default: 0s)")->needs(record);
    arguments.add_option("--to", words.to, "where it ends (default: end)")->needs(record);
    arguments
        .add_option("--speed", words.speed,
                    "simulated seconds per second of the film: 1/20, 5 (default: calm)")
        ->needs(record);
    arguments.add_option("--size", words.size,
                         "width x height in pixels (default: 1280x720, or as it was last)");
    arguments.add_option("--detail", words.detail, "magic, servers or protocol (default: protocol)")
        ->check(CLI::IsMember({"magic", "servers", "protocol"}));
    arguments
        .add_option("--theme", words.theme, "light, dark or projector (default: light, or as it was last)")
        ->check(CLI::IsMember({"light", "dark", "projector"}));
    arguments
        .add_option("--ui-scale", words.ui_scale,
                    "how large text and spacing are: 0.7 to 2 (default: 1, or as it was last)")
        ->check(CLI::Range(least_ui_scale, most_ui_scale));
    std::optional<std::string> trouble;
    try {
        arguments.parse(argc, argv);
        if (screenshot->count() > 0 && options.screenshot.empty())
            trouble = "--screenshot needs the name of a file";
        else if (record->count() > 0 && options.record.empty())
            trouble = "--record needs the name of a file";
        else if (options.file.empty() && screenshot->count() + record->count() > 0)
            trouble = "FILE is required for a picture or a film";
        else
            trouble = understand(words, options);
    } catch (CLI::ParseError const& error) {
        int const status = arguments.exit(error);
        return Finished{status == 0 ? 0 : bad_usage};
    }
    if (!trouble)
        return options;
    say_on_stderr("mailflow-viz: {}\n", *trouble);
    return Finished{bad_usage};
}

} // namespace mailflow::viz
