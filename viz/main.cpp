// mailflow-viz: opens the window on a scenario, paints one moment of it into a file, or makes a film of it.
#include "base/files.hpp"
#include "base/standard_error.hpp"
#include "saved/open_run.hpp"
#include "scenario/library.hpp"
#include "viz/app.hpp"
#include "viz/desk/desk.hpp"
#include "viz/desk/settings.hpp"
#include "viz/film/film.hpp"
#include "viz/glue/display.hpp"
#include "viz/glue/window.hpp"
#include "viz/notice.hpp"
#include "viz/program/ending.hpp"
#include "viz/program/options.hpp"
#include "viz/workbench/workbench.hpp"

#include <SFML/System/Clock.hpp>
#include <SFML/System/Err.hpp>
#include <SFML/System/Sleep.hpp>
#include <fmt/format.h>

#include <csignal>
#include <filesystem>
#include <memory>
#include <new>
#include <unistd.h>
#include <variant>

namespace {

using namespace mailflow;
using namespace mailflow::viz;

/// The exit statuses of both programs.
constexpr int bad_usage = 2;
constexpr int cannot_read_or_show = 3;

/// What lies behind the gallery when no file is named.
constexpr char const* first_lesson = "02-relaying-denied";

int complain(int status, std::string const& words) {
    say_on_stderr("mailflow-viz: {}\n", words);
    return status;
}

int take_picture(App& app, Ui& ui, PictureSize size, std::string const& file) {
    // Scrolled lists settle in the frame after the one that moved them.
    for (int i = 0; i < 3; ++i)
        app.frame(ui, size.width, size.height, 1.0F / 60);
    if (has_notice(app.view().presenting)) { // words of the window, and not of what it shows
        say_on_stderr("mailflow-viz: {}\n", app.view().presenting.notice);
        app.carry_out(Tell{});
        app.frame(ui, size.width, size.height, 0);
    }
    std::optional<Picture> const picture = paint(ui, size);
    if (!picture)
        return complain(cannot_read_or_show,
                        fmt::format("the graphics here cannot paint {}x{}", size.width, size.height));
    if (auto const trouble = write_png(*picture, file))
        return complain(cannot_read_or_show, *trouble);
    return 0;
}

int make_film(App& app, Ui& ui, PictureSize size, Options const& options) {
    Instant const end = app.pace().end();
    FilmPlan const plan{options.from.within(end), options.to.within(end),
                        options.speed.value_or(speeds[app.view().speed])};
    if (plan.from >= plan.to)
        return complain(bad_usage,
                        fmt::format("--from: nothing lies behind {}, where the run ends", say_instant(end)));
    if (PictureSize const film_is = film_size(*film_format_of(options.record), size); film_is != size)
        say_on_stderr("mailflow-viz: an MP4 film has an even width and height: this one is {}x{}\n",
                      film_is.width, film_is.height);
    if (options.to.at > end)
        say_on_stderr("mailflow-viz: the run, and the film, ends at {}, before --to\n", say_instant(end));
    auto begun = Film::begin(plan, app, size, options.record);
    if (auto const* trouble = std::get_if<std::string>(&begun))
        return complain(cannot_read_or_show, *trouble);
    Film& film = std::get<Film>(begun);
    bool const watched = ::isatty(STDERR_FILENO) != 0;
    while (!film.done()) {
        auto const trouble = film.step(app, ui);
        if (told_to_end() && (trouble || !film.done()))
            return complain(cannot_read_or_show, "the film was given up; nothing was kept of it");
        if (trouble)
            return complain(cannot_read_or_show, *trouble);
        if (watched)
            say_on_stderr("\r{}: {:3.0f} %{}", options.record, film.progress() * 100,
                          film.done() ? "\n" : "");
    }
    return 0;
}

/// Runs the window until it is closed; what it looked like is kept for the next time.
int open_window(App& app, Ui& ui, Settings settings, std::string const& file) {
    Window window{app.title(), settings.size};
    Desk desk{std::filesystem::path{}, std::filesystem::path{file}.stem().string()};
    if (settings.full_screen)
        app.carry_out(ToggleFullScreen{});
    app.set_patience(std::chrono::milliseconds{8}); // half a frame: small worlds change without a flicker
    sf::Clock clock;
    constexpr int frames_to_settle = 6; // a form that comes, its field in sight, the keyboard there
    int frames_to_draw = frames_to_settle;
    while (!app.wants_to_close() && !told_to_end()) {
        std::vector<InputEvent> const events = window.poll();
        for (InputEvent const& event : events)
            app.on_event(event, ui);
        if (!events.empty())
            frames_to_draw = frames_to_settle;
        window.fill_screen(app.view().presenting.full_screen);
        float const seconds = std::min(clock.restart().asSeconds(), 0.1F);
        if (app.look_at_disk(seconds))
            frames_to_draw = frames_to_settle;
        // A window in which nothing moves costs nothing.
        if (frames_to_draw == 0 && !app.is_moving() && !app.goes_on() && !ui.has_pending() &&
            !desk.is_filming()) {
            sf::sleep(sf::milliseconds(15));
            continue;
        }
        frames_to_draw = std::max(frames_to_draw - 1, 0);
        if (PictureSize const now = window.size(); now.width > 0 && now.height > 0) {
            app.frame(ui, now.width, now.height, seconds);
            window.show(ui);
            desk.attend(app, ui, now);
            window.set_title(app.title());
        }
    }
    settings.full_screen = app.view().presenting.full_screen;
    if (!settings.full_screen)
        settings.size = window.size();
    settings.looks = app.view().looks;
    // Whoever closes the window has no use for the news that its size was not kept.
    (void)keep_settings(settings, config_directory());
    return 0;
}

/// The window's life on the file, whatever it is; or the status after the complaints have been printed.
std::variant<std::unique_ptr<App>, int> open_app(std::string const& file,
                                                 std::filesystem::path const& config) {
    auto work = std::make_unique<Workbench>();
    work->set_config(config);
    std::string const unread = work->open(file);
    if (unread.empty() && work->diagnostics().empty())
        return std::make_unique<App>(std::move(work));
    auto bytes = read_file(file);
    if (auto const* trouble = std::get_if<FileTrouble>(&bytes))
        return complain(cannot_read_or_show, trouble->words);
    auto opened = open_run({.scenario = std::get<std::string>(std::move(bytes))}, file);
    auto const* const trouble = std::get_if<CannotOpen>(&opened);
    if (trouble == nullptr) // somebody has mended it in this moment
        return complain(cannot_read_or_show, unread);
    for (std::string const& line : trouble->lines)
        say_on_stderr("{}\n", line);
    return trouble->why == CannotOpen::Why::damaged ? cannot_read_or_show : bad_usage;
}

int show(Options const& options) {
    // A picture or a film is the same whoever makes it: only the window looks as its user left it.
    bool const in_window = options.screenshot.empty() && options.record.empty();
    std::string const file = options.file.empty() ? resolve(first_lesson) : options.file;
    auto opened = open_app(file, in_window ? config_directory() : std::filesystem::path{});
    if (auto const* status = std::get_if<int>(&opened))
        return *status;
    App& app = *std::get<std::unique_ptr<App>>(opened);
    auto fonts = find_fonts();
    if (auto const* trouble = std::get_if<std::string>(&fonts))
        return complain(cannot_read_or_show, *trouble);
    auto const display = mailflow::viz::Display::open();
    if (auto const* trouble = std::get_if<std::string>(&display))
        return complain(cannot_read_or_show, *trouble);

    Settings settings = in_window ? read_settings(config_directory()) : Settings{};
    settings.looks.theme = options.theme.value_or(settings.looks.theme);
    settings.looks.ui_scale = options.ui_scale.value_or(settings.looks.ui_scale);
    settings.size = options.size.value_or(settings.size);
    app.set_detail(options.detail);
    app.carry_out(SetTheme{settings.looks.theme});
    app.carry_out(SetUiScale{settings.looks.ui_scale});
    app.seek(options.at.within(app.pace().end()));
    Ui ui{std::get<FontFiles>(fonts), texts_of(app.world())};
    if (!options.screenshot.empty())
        return take_picture(app, ui, settings.size, options.screenshot);
    if (!options.record.empty())
        return make_film(app, ui, settings.size, options);
    if (options.file.empty())
        app.carry_out(WorkIntent{ShowSheet{Sheet::open}});
    return open_window(app, ui, settings, file);
}

} // namespace

int main(int argc, char** argv) {
    keep_standard_error();
    std::signal(SIGXFSZ, SIG_IGN); // a file that may not grow is told of like a full disk
    auto const options = parse_options(argc, argv);
    if (auto const* finished = std::get_if<Finished>(&options))
        return finished->status;
    sf::err().rdbuf(nullptr); // what goes wrong is said once, in our own words
    listen_for_ending();
    try {
        return show(std::get<Options>(options));
    } catch (std::bad_alloc const&) {
        return complain(cannot_read_or_show, std::string{no_memory_words});
    }
}
