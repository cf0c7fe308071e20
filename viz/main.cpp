// mailflow-viz: opens the window on a scenario, or paints one moment of it into a file.
#include "run/run.hpp"
#include "scenario/load.hpp"
#include "viz/app.hpp"
#include "viz/film/film.hpp"
#include "viz/glue/display.hpp"
#include "viz/glue/window.hpp"

#include <CLI/CLI.hpp>
#include <SFML/System/Clock.hpp>
#include <SFML/System/Err.hpp>
#include <SFML/System/Sleep.hpp>
#include <fmt/format.h>

#include <charconv>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <unistd.h>

namespace {

using namespace mailflow;
using namespace mailflow::viz;

/// The exit statuses of both programs.
constexpr int bad_usage = 2;
constexpr int cannot_read_or_show = 3;

struct Options {
    std::string file;
    std::string screenshot;
    std::string at = "0s";
    std::string record;
    std::string from = "0s";
    std::string to = "end";
    std::string speed; // empty: calm
    std::string size = "1280x720";
    std::string detail = "protocol";
    std::string theme = "light";
    float ui_scale = 1;
};

int complain(int status, std::string const& words) {
    fmt::print(stderr, "mailflow-viz: {}\n", words);
    return status;
}

std::optional<PictureSize> parse_size(std::string const& text) {
    PictureSize size;
    char const* const end = text.data() + text.size();
    auto const width = std::from_chars(text.data(), end, size.width);
    if (width.ec != std::errc{} || width.ptr == end || *width.ptr != 'x')
        return std::nullopt;
    auto const height = std::from_chars(width.ptr + 1, end, size.height);
    bool const sane = size.width >= 640 && size.height >= 360 && size.width <= 8192 && size.height <= 8192;
    if (height.ec != std::errc{} || height.ptr != end || !sane)
        return std::nullopt;
    return size;
}

std::optional<Instant> parse_moment(std::string const& text, Instant end) {
    if (text == "end")
        return end;
    if (auto const duration = parse_duration(text))
        return Instant{*duration};
    return std::nullopt;
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

std::optional<std::string> read_file(std::string const& file) {
    std::error_code error;
    if (std::filesystem::is_directory(file, error))
        return std::nullopt;
    std::ifstream stream{file, std::ios::binary};
    if (!stream)
        return std::nullopt;
    std::string text{std::istreambuf_iterator<char>{stream}, {}};
    return stream.bad() ? std::nullopt : std::optional{std::move(text)};
}

int take_picture(App& app, Ui& ui, PictureSize size, std::string const& file) {
    // Scrolled lists settle in the frame after the one that moved them.
    for (int i = 0; i < 3; ++i)
        app.frame(ui, size.width, size.height, 1.0F / 60);
    std::optional<Picture> const picture = paint(ui, size);
    if (!picture)
        return complain(cannot_read_or_show,
                        fmt::format("the graphics here cannot paint {}x{}", size.width, size.height));
    if (auto const trouble = write_png(*picture, file))
        return complain(cannot_read_or_show, *trouble);
    return 0;
}

int make_film(App& app, Ui& ui, PictureSize size, FilmPlan const& plan, std::string const& file) {
    auto begun = Film::begin(plan, app.pace(), size, file);
    if (auto const* trouble = std::get_if<std::string>(&begun))
        return complain(cannot_read_or_show, *trouble);
    Film& film = std::get<Film>(begun);
    bool const watched = ::isatty(STDERR_FILENO) != 0;
    while (!film.done()) {
        if (auto const trouble = film.step(app, ui))
            return complain(cannot_read_or_show, *trouble);
        if (watched)
            fmt::print(stderr, "\r{}: {:3.0f} %{}", file, film.progress() * 100, film.done() ? "\n" : "");
    }
    return 0;
}

int open_window(App& app, Ui& ui, PictureSize size) {
    Window window{app.world().title + " - mailflow", size};
    sf::Clock clock;
    int frames_to_draw = 3;
    while (!app.wants_to_close()) {
        std::vector<InputEvent> const events = window.poll();
        for (InputEvent const& event : events)
            app.on_event(event, ui);
        if (!events.empty())
            frames_to_draw = 4;
        float const seconds = std::min(clock.restart().asSeconds(), 0.1F);
        // A window in which nothing moves costs nothing.
        if (frames_to_draw == 0 && !app.view().playing && !ui.has_pending()) {
            sf::sleep(sf::milliseconds(15));
            continue;
        }
        frames_to_draw = std::max(frames_to_draw - 1, 0);
        if (PictureSize const now = window.size(); now.width > 0 && now.height > 0) {
            app.frame(ui, now.width, now.height, seconds);
            window.show(ui);
        }
    }
    return 0;
}

int show(Options const& options) {
    std::optional<PictureSize> const size = parse_size(options.size);
    if (!size)
        return complain(bad_usage,
                        fmt::format("--size {}: expected WIDTHxHEIGHT, such as 1280x720 (640x360 to "
                                    "8192x8192)",
                                    options.size));
    if (!parse_moment(options.at, {}))
        return complain(
            bad_usage,
            fmt::format("--at {}: expected a time such as 200ms, 1.5s, 5m or 2h, or end", options.at));
    for (auto const& [name, moment] : {std::pair{"--from", options.from}, std::pair{"--to", options.to}})
        if (!parse_moment(moment, {}))
            return complain(
                bad_usage,
                fmt::format("{} {}: expected a time such as 200ms, 1.5s, 5m or 2h, or end", name, moment));
    if (!options.speed.empty() && !parse_speed(options.speed))
        return complain(bad_usage,
                        fmt::format("--speed {}: expected simulated seconds per second, such as 1/20 or 5",
                                    options.speed));
    if (!options.record.empty() && !film_format_of(options.record))
        return complain(bad_usage,
                        fmt::format("--record {}: the name must end in .mp4 or .gif", options.record));
    std::optional<std::string> const text = read_file(options.file);
    if (!text)
        return complain(cannot_read_or_show, fmt::format("cannot read {}", options.file));
    auto loaded = load_scenario(*text);
    if (auto const* diagnostics = std::get_if<std::vector<Diagnostic>>(&loaded)) {
        for (Diagnostic const& diagnostic : *diagnostics)
            fmt::print(stderr, "{}\n", to_line(diagnostic, options.file));
        return bad_usage;
    }
    auto fonts = find_fonts();
    if (auto const* trouble = std::get_if<std::string>(&fonts))
        return complain(cannot_read_or_show, *trouble);
    auto const display = mailflow::viz::Display::open();
    if (auto const* trouble = std::get_if<std::string>(&display))
        return complain(cannot_read_or_show, *trouble);

    World& world = std::get<World>(loaded);
    std::string const texts = texts_of(world);
    Trace trace = run(world);
    App app{std::move(world), std::move(trace)};
    app.set_detail(parse_detail(options.detail));
    app.carry_out(SetTheme{parse_theme(options.theme)});
    app.carry_out(SetUiScale{options.ui_scale});
    app.seek(*parse_moment(options.at, app.pace().end()));
    Ui ui{std::get<FontFiles>(fonts), texts};
    if (!options.screenshot.empty())
        return take_picture(app, ui, *size, options.screenshot);
    if (!options.record.empty()) {
        Instant const end = app.pace().end();
        FilmPlan const plan{std::min(*parse_moment(options.from, end), end),
                            std::min(*parse_moment(options.to, end), end),
                            options.speed.empty() ? speeds[app.view().speed] : *parse_speed(options.speed)};
        if (plan.from >= plan.to)
            return complain(bad_usage,
                            fmt::format("--from {} --to {}: nothing lies between them; the run ends at {}",
                                        options.from, options.to, say_instant(end)));
        return make_film(app, ui, *size, plan, options.record);
    }
    return open_window(app, ui, *size);
}

} // namespace

int main(int argc, char** argv) {
    Options options;
    CLI::App arguments{"Shows the run of a scenario in a window, or paints one moment of it."};
    arguments.name("mailflow-viz");
    arguments.set_version_flag("--version", "mailflow-viz " MAILFLOW_VERSION);
    arguments.add_option("FILE", options.file, "the scenario (JSON)")->required();
    auto* const screenshot = arguments.add_option("--screenshot", options.screenshot,
                                                  "paint one moment into this PNG file and exit");
    arguments.add_option("--at", options.at, "the moment: 200ms, 1.5s, 5m, 2h, end (default: 0s)");
    auto* const record = arguments.add_option("--record", options.record,
                                              "make a film of the run, OUT.mp4 or OUT.gif (needs ffmpeg)");
    arguments.add_option("--from", options.from, "where the film begins (default: 0s)")->needs(record);
    arguments.add_option("--to", options.to, "where it ends (default: end)")->needs(record);
    arguments
        .add_option("--speed", options.speed,
                    "simulated seconds per second of the film: 1/20, 5 (default: calm)")
        ->needs(record);
    record->excludes(screenshot);
    arguments.add_option("--size", options.size, "width x height in pixels (default: 1280x720)");
    arguments.add_option("--detail", options.detail, "magic, servers or protocol (default: protocol)")
        ->check(CLI::IsMember({"magic", "servers", "protocol"}));
    arguments.add_option("--theme", options.theme, "light, dark or projector (default: light)")
        ->check(CLI::IsMember({"light", "dark", "projector"}));
    arguments
        .add_option("--ui-scale", options.ui_scale, "how large text and spacing are: 0.7 to 2 (default: 1)")
        ->check(CLI::Range(least_ui_scale, most_ui_scale));
    try {
        arguments.parse(argc, argv);
        if (screenshot->count() > 0 && options.screenshot.empty())
            return complain(bad_usage, "--screenshot needs the name of a file");
        if (record->count() > 0 && options.record.empty())
            return complain(bad_usage, "--record needs the name of a file");
    } catch (CLI::ParseError const& error) {
        return error.get_exit_code() == 0 ? arguments.exit(error) : (arguments.exit(error), bad_usage);
    }
    sf::err().rdbuf(nullptr); // what goes wrong is said once, in our own words
    return show(options);
}
