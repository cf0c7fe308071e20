// What holds where nothing is said is seen in the empty field, in What if as in Build.
#include "change_stage.hpp"

using namespace mailflow;
using namespace mailflow::viz;

TEST_CASE("An empty field of What if shows what holds, as the form of the same thing does") {
    ChangeStage stage{denied};
    stage.click("mode:what if");
    stage.press("thing:/people/maya");
    std::string const port = "hint:/people/maya/outgoing/port=587 when authenticating, 25 when not";
    CHECK(stage.shows(port));
    CHECK(stage.shows("hint:/people/maya/password=the right one"));
    stage.fill_in("field:/people/maya/outgoing/port", "2525");
    stage.frames(2);
    CHECK_FALSE(stage.shows(port)); // what was said holds
    stage.press("all things");
    stage.press("thing:/servers/mx1.shop.example");
    CHECK(stage.shows("hint:/servers/mx1.shop.example/greylist=no greylisting"));
    CHECK(stage.shows("default:/servers/mx1.shop.example/accounts"));
    CHECK_FALSE(stage.shows("default:/servers/mx1.shop.example/open_relay")); // its button is lit
    stage.click("mode:build");
    stage.frames(2);
    CHECK(stage.shows("hint:/servers/mx1.shop.example/greylist=no greylisting"));
    CHECK_FALSE(stage.shows("default:/servers/mx1.shop.example/accounts")); // its description says it
}
