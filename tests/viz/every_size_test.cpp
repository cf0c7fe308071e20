// On a projector the type is larger; the panels keep their places all the same.
#include "change_stage.hpp"

using namespace mailflow;
using namespace mailflow::viz;

namespace {

constexpr char const* denied = "02-relaying-denied";

void project(ChangeStage& stage) {
    stage.app.carry_out(SetTheme{ThemeName::projector});
    stage.frames(3);
}

} // namespace

TEST_CASE("On a projector of 1920x1080 all panels stand beside the picture") {
    ChangeStage stage{denied, large_size};
    project(stage);
    CHECK(stage.has("filter"));
    stage.click("mode:build");
    CHECK(stage.has("add:/networks"));
    CHECK(stage.has("machine:mail.isp.example"));
}

TEST_CASE("On a projector of 1280x720 the list that is built from stands beside the form") {
    ChangeStage stage{denied};
    project(stage);
    stage.click("mode:build");
    stage.press("add:/networks");
    CHECK(stage.app.work().is_changed());
    CHECK(stage.has("remove:" + stage.app.view().work.thing));
    CHECK(stage.has("machine:mail.isp.example"));
}
