// Names of things: typed, taken, taken back, and followed by all that speaks of them.
#include "change_stage.hpp"

#include "viz/workbench/place_words.hpp"

using namespace mailflow;
using namespace mailflow::viz;

TEST_CASE("A thing gets another name, and all that speaks of it follows") {
    ChangeStage stage{"02-relaying-denied"};
    stage.click("mode:build");
    stage.press("thing:/networks/hotel");
    stage.fill_in("name:/networks/hotel", "inn");
    stage.press("rename:/networks/hotel");
    CHECK(stage.says("\"network\": \"inn\""));
    CHECK(stage.app.view().work.thing == "/networks/inn");
    CHECK(stage.app.work().diagnostics().empty());
}

TEST_CASE("A name that was typed is taken when its field is left, by whatever way") {
    ChangeStage stage{"02-relaying-denied"};
    stage.click("mode:build");
    stage.press("thing:/networks/hotel");
    stage.fill_in("name:/networks/hotel", "inn");
    std::string keyboard_at; // follows the name
    SECTION("with Tab") {
        stage.key(Key::tab);
        keyboard_at = "remove:/networks/inn/label"; // the first control below the name
    }
    SECTION("with Shift and Tab") {
        stage.key(Key::tab, {true, false});
    }
    SECTION("by a click into another field") {
        stage.press_at(stage.widget("field:/networks/hotel/label").centre());
        keyboard_at = "field:/networks/inn/label";
    }
    SECTION("by a click onto nothing") {
        stage.press_at({4, 4});
    }
    SECTION("by a click onto another thing") {
        stage.press("thing:/people/maya"); // which the hint of the keys has pushed down
        CHECK(stage.app.view().work.thing == "/people/maya");
        stage.press("thing:/networks/inn");
    }
    SECTION("by saving") {
        stage.event(KeyPressed{Key::s, {false, true}});
        CHECK(text_of(stage.file).find("\"network\": \"inn\"") != std::string::npos);
    }
    stage.frames(3);
    CHECK(stage.says("\"network\": \"inn\""));
    CHECK(stage.app.view().work.thing == "/networks/inn");
    CHECK(stage.app.view().work.drafts.empty());
    CHECK(stage.app.work().diagnostics().empty());
    if (!keyboard_at.empty())
        CHECK(stage.app.drawn().focus == keyboard_at);
    stage.app.carry_out(WorkIntent{Undo{}}); // in one step
    CHECK(stage.says("\"network\": \"hotel\""));
}

TEST_CASE("Escape takes a typed name back, and so does an empty field that is left") {
    ChangeStage stage{"02-relaying-denied"};
    std::string const before = stage.text();
    stage.click("mode:build");
    stage.press("thing:/networks/hotel");
    bool const by_escape = GENERATE(true, false);
    stage.fill_in("name:/networks/hotel", by_escape ? "inn" : "");
    if (by_escape)
        stage.key(Key::escape);
    stage.frames(2);
    stage.key(Key::tab);
    stage.frames(3);
    CHECK(stage.text() == before);
    CHECK(stage.app.view().work.thing == "/networks/hotel");
    CHECK(stage.app.view().work.drafts.empty());
    CHECK(stage.app.view().mode == Mode::build);
}

TEST_CASE("The name of another thing is not taken, and stays to be typed on") {
    ChangeStage stage{"02-relaying-denied"};
    std::string const before = stage.text();
    stage.click("mode:build");
    stage.press("thing:/networks/hotel");
    stage.fill_in("name:/networks/hotel", "home");
    CHECK_FALSE(stage.has("rename:/networks/hotel"));
    stage.key(Key::enter);
    stage.frames(2);
    CHECK(stage.text() == before);
    CHECK(stage.app.view().work.thing == "/networks/hotel"); // not the other one's form
    stage.type("2");
    stage.key(Key::tab);
    stage.frames(3);
    CHECK(stage.says("\"network\": \"home2\""));
}

TEST_CASE("The address that a person has by their name goes with the name, and all that writes to it") {
    ChangeStage stage{"02-relaying-denied"};
    stage.click("mode:build");
    stage.press("thing:/people/maya");
    std::string const before = stage.text();
    stage.fill_in("name:/people/maya", "mia");
    stage.press("rename:/people/maya");
    CHECK(stage.app.view().work.thing == "/people/mia");
    CHECK(stage.says("mia@isp.example"));
    CHECK_FALSE(stage.says("maya@isp.example"));
    CHECK_FALSE(stage.says("\"maya\""));
    CHECK(stage.app.work().diagnostics().empty());
    stage.click("undo"); // in one step
    CHECK(stage.text() == before);
}

TEST_CASE("An address that is not that of the name stays, and so does one that the new name cannot have") {
    ChangeStage stage{"02-relaying-denied"};
    stage.click("mode:build");
    stage.press("thing:/people/maya");
    SECTION("of another name") {
        stage.fill_in("field:/people/maya/address", "m.hill@isp.example");
        stage.fill_in("name:/people/maya", "mia");
        stage.press("rename:/people/maya");
        CHECK(stage.says("m.hill@isp.example"));
    }
    SECTION("with a space") {
        stage.fill_in("name:/people/maya", "Mia Hill");
        stage.press("rename:/people/maya");
        CHECK(stage.says("maya@isp.example"));
    }
}

TEST_CASE("What is wrong is told by the labels of the forms, not by names of the format") {
    ChangeStage stage{"02-relaying-denied"};
    stage.app.carry_out(
        WorkIntent{MakeEdits{{SetValue{"/servers/mail.isp.example/relays_for", R"(["no domain"])"}}, {}}});
    stage.frames(3);
    REQUIRE(stage.app.work().diagnostics().size() == 1);
    std::string const& pointer = stage.app.work().diagnostics().front().pointer;
    CHECK(pointer == "/servers/mail.isp.example/relays_for/0");
    CHECK(place_words(pointer) == "mail.isp.example, relays for 1");
    CHECK(place_words("/mail/0/to/1") == "Message 1, to 2");
    CHECK(place_words("/networks") == "Places");
    bool told = false;
    for (auto const& [name, rect] : stage.app.drawn().shapes)
        told = told || (name.starts_with("mistake:") &&
                        name.find("mail.isp.example, relays for 1: ") != std::string::npos);
    CHECK(told);
}
