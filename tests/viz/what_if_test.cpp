// What if: a switch is flipped, the world runs again, and both runs stand side by side.
#include "change_stage.hpp"

using namespace mailflow;
using namespace mailflow::viz;

namespace {

using namespace std::chrono_literals;

constexpr char const* denied = "02-relaying-denied";
constexpr char const* server = "/servers/mail.isp.example";

void open_what_if(ChangeStage& stage) {
    stage.click("mode:what if");
    stage.press(std::string{"thing:"} + server);
    CHECK(stage.app.view().work.thing == server);
}

} // namespace

TEST_CASE("A switch makes the world run again, and the cursor stays where it was") {
    ChangeStage stage{denied};
    Instant const moment{400ms};
    stage.seek(moment);
    open_what_if(stage);
    CHECK_FALSE(stage.policy("mail.isp.example").open_relay);
    stage.press("set:/servers/mail.isp.example/open_relay=true");
    CHECK(stage.policy("mail.isp.example").open_relay);
    CHECK(stage.app.view().now == moment);
    CHECK(stage.says("\"open_relay\": true"));
    CHECK(text_of(stage.file).find("open_relay") == std::string::npos); // the file is as it was
}

TEST_CASE("Both runs stand side by side, and the first difference is said and can be gone to") {
    ChangeStage stage{denied};
    open_what_if(stage);
    CHECK_FALSE(stage.app.view().work.comparing);
    stage.press("set:/servers/mail.isp.example/open_relay=true");
    REQUIRE(stage.app.view().work.comparing);
    REQUIRE(stage.app.work().difference());
    CHECK(stage.app.work().difference()->before ==
          "mail.isp.example refuses leo@shop.example: relaying denied");
    stage.click("to difference");
    CHECK(stage.app.view().now == stage.app.work().difference()->at);
    stage.seek(stage.app.pace().end());
    CHECK(stage.has("before/machine:mail.isp.example"));
    CHECK(stage.has("machine:mail.isp.example"));
    Rect const left = stage.widget("before/machine:mail.isp.example");
    Rect const right = stage.widget("machine:mail.isp.example");
    CHECK(left.right() < right.x);
    Picture const picture = stage.picture();
    Rect const before{0, 60, left.right() + 40, 500};
    CHECK(count_pixels(picture, before, vermillion_rgb) > 100); // refused there
}

TEST_CASE("Changes are taken back and made again, by button and by key") {
    ChangeStage stage{denied};
    open_what_if(stage);
    stage.press("set:/servers/mail.isp.example/open_relay=true");
    stage.press("add:/servers/mail.isp.example/trusts=hotel");
    CHECK(stage.policy("mail.isp.example").trusts.size() == 2);
    stage.click("undo");
    CHECK(stage.policy("mail.isp.example").trusts.size() == 1);
    CHECK(stage.policy("mail.isp.example").open_relay);
    stage.event(KeyPressed{Key::z, {false, true}});
    CHECK_FALSE(stage.policy("mail.isp.example").open_relay);
    CHECK_FALSE(stage.app.work().is_changed());
    stage.frames(2);
    CHECK_FALSE(stage.has("undo")); // there is nothing left to take back
    stage.click("redo");
    stage.event(KeyPressed{Key::y, {false, true}});
    CHECK(stage.policy("mail.isp.example").trusts.size() == 2);
    stage.frames(2);
    stage.click("back to saved");
    CHECK_FALSE(stage.app.work().is_changed());
    CHECK(stage.text() == text_of(stage.file));
}

TEST_CASE("Every kind of machine has its switches") {
    ChangeStage stage{denied};
    open_what_if(stage);
    for (char const* key : {"handles", "relays_for"})
        CHECK(stage.has(std::string{"new:"} + server + "/" + key));
    CHECK(stage.has(std::string{"set:"} + server + "/up=false"));
    CHECK(stage.has(std::string{"field:"} + server + "/greylist"));
    CHECK(stage.has(std::string{"set:"} + server + "/smarthost=mx1.shop.example"));
    stage.press("all things");
    stage.press("thing:/people/maya");
    stage.press("set:/people/maya/outgoing/authenticate=true");
    CHECK(stage.says("\"authenticate\": true"));
    stage.press("set:/people/maya/network=home");
    CHECK(stage.says("\"network\": \"home\""));
    stage.fill_in("field:/people/maya/outgoing/port", "587");
    CHECK(stage.says("\"port\": 587"));
    stage.fill_in("field:/people/maya/password", "blue-bicycle");
    CHECK(stage.says("\"password\": \"blue-bicycle\""));
    CHECK(stage.app.work().diagnostics().empty());
    stage.press("all things");
    stage.press("thing:/dns/shop.example");
    stage.press("set:/dns/shop.example/null_mx=true");
    CHECK(stage.says("\"shop.example\": { \"null_mx\": true }"));
    CHECK(stage.app.work().diagnostics().empty());
}

TEST_CASE("A click on a machine in the picture shows its switches") {
    ChangeStage stage{denied};
    stage.click("mode:what if");
    stage.click("machine:mx1.shop.example");
    CHECK(stage.app.view().work.thing == "/servers/mx1.shop.example");
    stage.frames(1);
    CHECK(stage.has("set:/servers/mx1.shop.example/up=false"));
}

TEST_CASE("What was changed is saved as a new scenario, and the old file stays as it was") {
    ChangeStage stage{denied};
    std::string const before = text_of(stage.file);
    open_what_if(stage);
    stage.press("set:/servers/mail.isp.example/open_relay=true");
    stage.click("save as");
    stage.fill_in("save as name", "open");
    stage.click("save here");
    CHECK(text_of(stage.file) == before);
    CHECK(text_of(stage.folder / "open.json").find("\"open_relay\": true") != std::string::npos);
    CHECK(stage.app.work().path() == (stage.folder / "open.json").string());
    CHECK_FALSE(stage.app.work().is_changed());
    CHECK(stage.app.view().work.sheet == Sheet::none);
}
