// A window open on a copy of a scenario that may be changed, with a configuration directory of its own.
#pragma once

#include "stage.hpp"

#include "viz/workbench/workbench.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

namespace mailflow::viz {

namespace fs = std::filesystem;

inline std::string text_of(fs::path const& path) {
    std::ifstream file{path, std::ios::binary};
    REQUIRE(file);
    return {std::istreambuf_iterator<char>{file}, {}};
}

inline void write(fs::path const& path, std::string const& text) {
    std::ofstream file{path, std::ios::binary | std::ios::trunc};
    file << text;
    REQUIRE(file.good());
}

/// Of the n-th stage of this file: several files are tested at a time, each by a process of its own.
inline std::string folder_name(int stage) {
    std::string name = Catch::getResultCapture().getCurrentTestName();
    std::replace_if(name.begin(), name.end(), [](char c) { return c == '/' || c == '\0'; }, '-');
    return "change/" + name + "-" + std::to_string(stage);
}

struct ChangeStage : Stage {
    explicit ChangeStage(std::string const& lesson, PictureSize wanted = small_size)
        : Stage(lesson, wanted)
        , folder(fresh_folder(folder_name(++count)))
        , file(folder / (lesson + ".json")) {
        write(file, text_of(fs::path{MAILFLOW_SOURCE_DIR} / "scenarios" / (lesson + ".json")));
        app.set_config(folder / "config");
        REQUIRE(app.open_file(file.string()).empty());
        frames(3);
    }

    void type(std::string const& text) {
        for (char const c : text)
            event(TextTyped{static_cast<char32_t>(c)});
        frames(2);
    }

    /// Clicks into the field and writes another text over what it holds.
    void fill_in(std::string const& field, std::string const& text) {
        reveal(field);
        click(field);
        event(KeyPressed{Key::a, {false, true}});
        event(KeyPressed{Key::del});
        type(text);
    }

    /// Turns the wheel over the panel until the widget lies where it can be pressed.
    void reveal(std::string const& name) {
        for (int turn = 0; turn < 200; ++turn) {
            Rect const rect = widget(name);
            float const top = static_cast<float>(size.height) * 0.15F;
            float const bottom = static_cast<float>(size.height) * 0.60F;
            if (rect.centre().y > top && rect.centre().y < bottom)
                return;
            event(MouseMoved{{rect.centre().x, static_cast<float>(size.height) * 0.4F}});
            event(MouseScrolled{rect.centre().y >= bottom ? -1.0F : 1.0F});
            frames(1);
            if (widget(name) == rect)
                return; // it does not scroll any further
        }
    }

    void press(std::string const& name) {
        reveal(name);
        click(name);
    }

    [[nodiscard]] std::string const& text() const { return app.work().scenario().text(); }
    [[nodiscard]] bool says(std::string const& passage) const {
        return text().find(passage) != std::string::npos;
    }
    [[nodiscard]] bool has(std::string const& name) const { return app.drawn().widgets.contains(name); }
    [[nodiscard]] ServerPolicy const& policy(std::string const& server) const {
        World const& world = app.world();
        for (std::size_t n = 0; n < world.servers.size(); ++n)
            if (world.book.name(world.servers[world.servers.id_at(n)].name) == server)
                return world.servers[world.servers.id_at(n)].policy;
        FAIL("no server " << server);
        std::abort();
    }

    fs::path folder;
    fs::path file;

private:
    static inline int count = 0;
};

} // namespace mailflow::viz
