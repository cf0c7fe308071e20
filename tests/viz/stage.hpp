// A real window with a run in it, driven by injected input and a fixed clock.
#pragma once

#include "catch.hpp"

#include "run/run.hpp"
#include "scenario/load.hpp"
#include "viz/app.hpp"
#include "viz/glue/window.hpp"

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>

namespace mailflow::viz {

/// The lesson that the product exists for; most tests look at it.
inline constexpr char const* denied = "02-relaying-denied";

inline constexpr Modifiers control{false, true};

inline World world_of(std::string const& text) {
    auto loaded = load_scenario(text);
    REQUIRE(std::holds_alternative<World>(loaded));
    return std::get<World>(std::move(loaded));
}

inline World load_lesson(std::string const& name) {
    std::ifstream file{std::string{MAILFLOW_SOURCE_DIR} + "/scenarios/" + name + ".json"};
    REQUIRE(file);
    return world_of({std::istreambuf_iterator<char>{file}, {}});
}

inline HostId host_named(World const& world, std::string_view name) {
    for (std::size_t i = 0; i < world.hosts.size(); ++i)
        if (world.hosts[world.hosts.id_at(i)].name == name)
            return world.hosts.id_at(i);
    FAIL("no machine " << name);
    return {};
}

/// The key of a letter of a to z, or of the space.
inline Key key_of(char letter) {
    return letter == ' ' ? Key::space : static_cast<Key>(static_cast<int>(Key::a) + (letter - 'a'));
}

/// An empty folder for one test.
inline std::filesystem::path fresh_folder(std::string const& name) {
    std::filesystem::path const folder = std::filesystem::path{MAILFLOW_WORK_DIR} / name;
    std::filesystem::remove_all(folder);
    std::filesystem::create_directories(folder);
    return folder;
}

inline FontFiles installed_fonts() {
    auto fonts = find_fonts();
    REQUIRE(std::holds_alternative<FontFiles>(fonts));
    return std::get<FontFiles>(std::move(fonts));
}

inline constexpr PictureSize small_size{1280, 720};
inline constexpr PictureSize large_size{1920, 1080};
inline constexpr float tick_s = 1.0F / 60;

struct Stage {
    explicit Stage(World const& world, PictureSize wanted = small_size)
        : size(wanted)
        , window("test", wanted)
        , ui(installed_fonts(), texts_of(world))
        , app(world, run(world)) {
        frames(3);
    }
    explicit Stage(std::string const& lesson, PictureSize wanted = small_size)
        : Stage(load_lesson(lesson), wanted) {}

    void frames(int count) {
        for (int i = 0; i < count; ++i)
            app.frame(ui, size.width, size.height, tick_s);
    }

    [[nodiscard]] Rect widget(std::string const& name) const {
        INFO("widget " << name);
        REQUIRE(app.drawn().widgets.count(name) == 1);
        return app.drawn().widgets.at(name);
    }

    void event(InputEvent const& input) {
        app.on_event(input, ui);
        frames(1);
    }

    void press_at(Point at) {
        event(MouseMoved{at});
        event(MousePressed{at});
        event(MouseReleased{at});
        frames(2);
    }

    void click(std::string const& name) { press_at(widget(name).centre()); }
    void key(Key key, Modifiers with = {}) { event(KeyPressed{key, with}); }
    void drag(Point from, Point to) {
        event(MouseMoved{from});
        event(MousePressed{from});
        for (int step = 1; step <= 4; ++step)
            event(MouseMoved{from + (to - from) * (static_cast<float>(step) / 4)});
        event(MouseReleased{to});
        frames(2);
    }
    void scroll(Point at, float notches) {
        event(MouseMoved{at});
        frames(1);
        event(MouseScrolled{notches});
        frames(2);
    }
    void resize(PictureSize wanted) {
        size = wanted;
        event(Resized{size.width, size.height});
        frames(2);
    }
    void mouse_away() { event(MouseMoved{{1, static_cast<float>(size.height) - 1}}); }

    void seek(Instant to) {
        app.seek(to);
        frames(3);
    }

    /// What the window shows.
    [[nodiscard]] Picture picture() {
        frames(3);
        window.show(ui);
        return window.capture();
    }

    [[nodiscard]] bool shows(std::string const& shape) const { return app.drawn().shapes.count(shape) == 1; }
    [[nodiscard]] Rect shape(std::string const& name) const {
        INFO("shape " << name);
        REQUIRE(shows(name));
        return app.drawn().shapes.at(name);
    }

    PictureSize size;
    Window window;
    Ui ui;
    App app;
};

/// How many pixels of the rectangle have this colour, within a few shades.
inline int count_pixels(Picture const& picture, Rect rect, std::uint32_t rgb_wanted) {
    int count = 0;
    auto const near = [](std::uint32_t a, std::uint32_t b) { return (a > b ? a - b : b - a) <= 6; };
    for (auto y = static_cast<unsigned>(std::max(0.0F, rect.y)); y < static_cast<unsigned>(rect.bottom());
         ++y)
        for (auto x = static_cast<unsigned>(std::max(0.0F, rect.x)); x < static_cast<unsigned>(rect.right());
             ++x) {
            std::uint32_t const seen = picture.rgb_at(x, y);
            if (near(seen >> 16U, rgb_wanted >> 16U) && near(seen >> 8U & 0xFFU, rgb_wanted >> 8U & 0xFFU) &&
                near(seen & 0xFFU, rgb_wanted & 0xFFU))
                ++count;
        }
    return count;
}

inline constexpr std::uint32_t vermillion_rgb = 0xD55E00;
inline constexpr std::uint32_t green_rgb = 0x009E73;
inline constexpr std::uint32_t blue_rgb = 0x0072B2;
inline constexpr std::uint32_t purple_rgb = 0xB0578D;
inline constexpr std::uint32_t ink_rgb = 0x16202C;

/// The moment of the first event that the predicate picks.
template<class Kind, class Predicate>
Instant moment_of(Trace const& trace, Predicate const& picks) {
    for (Event const& event : trace.events)
        if (auto const* happening = std::get_if<Kind>(&event.happening))
            if (picks(*happening))
                return event.at;
    FAIL("the trace has no such event");
    return {};
}

inline Instant refusal_moment(Trace const& trace) {
    return moment_of<ReplySent>(trace,
                                [](ReplySent const& sent) { return sent.saying == Saying::relay_denied; });
}

} // namespace mailflow::viz
