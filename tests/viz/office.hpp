// The window together with the desk that saves its pictures and films.
#pragma once

#include "stage.hpp"

#include "viz/desk/desk.hpp"

#include <algorithm>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace mailflow::viz {

inline std::vector<std::string> names_in(std::filesystem::path const& folder) {
    std::vector<std::string> names;
    for (std::filesystem::directory_entry const& entry : std::filesystem::directory_iterator{folder})
        names.push_back(entry.path().filename().string());
    std::sort(names.begin(), names.end());
    return names;
}

/// The window with a desk, whose files go into a folder of the test's own.
struct Office : Stage {
    Office(std::string const& lesson, std::filesystem::path const& folder)
        : Stage(lesson)
        , desk(folder, lesson) {}

    void attend() { desk.attend(app, ui, size); }

    /// As the program does it: what the user did, a frame of the window, a picture of the film.
    void turn(std::optional<InputEvent> const& input = {}) {
        if (input)
            app.on_event(*input, ui);
        frames(1);
        attend();
    }
    void begin_film(std::string const& button) {
        click("present");
        click(button);
        for (int i = 0; i < 5; ++i)
            turn();
        INFO(app.view().presenting.notice);
        REQUIRE(desk.is_filming());
    }
    /// One slow click on Cancel, between the film's pictures.
    void cancel_film() {
        Point const cancel = widget("give up film").centre();
        turn(MouseMoved{cancel});
        turn(MousePressed{cancel});
        turn();
        turn(MouseReleased{cancel});
        turn();
    }

    Desk desk;
};

} // namespace mailflow::viz
