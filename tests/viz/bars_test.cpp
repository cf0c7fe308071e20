// The header and the bar of time at every size: the title and the clock have room.
#include "change_stage.hpp"

#include "viz/panels/controls.hpp"

#include <array>

using namespace mailflow;
using namespace mailflow::viz;

namespace {

constexpr std::array odd_sizes{PictureSize{1900, 300}, PictureSize{1900, 200}, PictureSize{300, 1000},
                               PictureSize{640, 400},  PictureSize{800, 600},  PictureSize{320, 240},
                               PictureSize{480, 360},  PictureSize{560, 400},  PictureSize{1280, 720}};

bool shows_title(Stage const& stage) {
    return stage.shows("title:" + stage.app.world().title);
}

} // namespace

TEST_CASE("The clock is seen at every size, in every look, and covers no control") {
    for (char const* const lesson : {denied, "45-a-town-writes"}) {
        Stage stage{lesson};
        for (PictureSize const size : odd_sizes)
            for (ThemeName const theme : {ThemeName::light, ThemeName::projector}) {
                INFO(lesson << ' ' << size.width << 'x' << size.height << ' ' << theme_of(theme).words);
                stage.app.carry_out(SetTheme{theme});
                stage.resize(size);
                stage.seek(stage.app.pace().end());
                REQUIRE(stage.shows("clock"));
                Rect const clock = stage.shape("clock");
                CHECK(Rect{0, 0, static_cast<float>(size.width), static_cast<float>(size.height)}.contains(
                    clock));
                CHECK(width_of(stage.ui.ink().fonts.small, longest_clock(stage.app.pace().end())) <= clock.w);
                for (auto const& [name, rect] : stage.app.drawn().widgets) {
                    INFO(name);
                    CHECK_FALSE(clock.overlaps(rect));
                }
                CHECK_FALSE(clock.overlaps(stage.shape("track")));
            }
    }
}

TEST_CASE("The longest clock is as long as any of a run") {
    using namespace std::chrono_literals;
    CHECK(longest_clock(Instant{690ms}) == "59.999 s");
    CHECK(longest_clock(Instant{5min}) == "59 min 59.999 s");
    CHECK(longest_clock(Instant{5h}) == "23 h 59 min 59.999 s");
    CHECK(longest_clock(Instant{51h}) == "2 d 23 h 59 min 59.999 s");
}

TEST_CASE("The title of every lesson is whole in windows of usual sizes, also while it is changed") {
    for (auto const& entry : fs::directory_iterator{fs::path{MAILFLOW_SOURCE_DIR} / "scenarios"}) {
        if (entry.path().extension() != ".json")
            continue;
        ChangeStage stage{entry.path().stem().string()};
        for (PictureSize const size : {small_size, large_size, PictureSize{800, 600}, PictureSize{640, 400},
                                       PictureSize{1024, 768}, PictureSize{1366, 768}})
            for (ThemeName const theme : {ThemeName::light, ThemeName::projector}) {
                INFO(stage.app.world().title << ' ' << size.width << 'x' << size.height << ' '
                                             << theme_of(theme).words);
                stage.app.carry_out(SetTheme{theme});
                stage.resize(size);
                for (Mode const mode : {Mode::watch, Mode::what_if, Mode::build}) {
                    stage.app.carry_out(SetMode{mode});
                    stage.frames(2);
                    CHECK(shows_title(stage));
                }
            }
    }
}

TEST_CASE("In a low and wide window a form shows several lines") {
    ChangeStage stage{denied, {1900, 200}};
    stage.app.carry_out(SetMode{Mode::build});
    stage.app.carry_out(WorkIntent{ShowThing{"/people/maya"}});
    stage.frames(3);
    float const line = stage.ui.ink().fonts.body.size;
    CHECK(stage.shape("form").h > 5 * line);
    CHECK(stage.shape("form").bottom() <= stage.widget("save as").y);
}
