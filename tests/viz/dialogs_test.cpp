// Fields keep the keyboard, what lies over the window keeps it from what lies behind, and a question about
// unsaved work stays until it is answered.
#include "change_stage.hpp"

#include "viz/desk/desk.hpp"

using namespace mailflow;
using namespace mailflow::viz;

namespace {

/// As a keyboard sends it: each letter as a key, which may mean something, and as what it types.
void type_keys(ChangeStage& stage, std::string const& letters) {
    for (char const letter : letters) {
        stage.event(KeyPressed{key_of(letter)});
        stage.event(TextTyped{static_cast<char32_t>(letter)});
    }
    stage.frames(2);
}

void add_place(ChangeStage& stage) {
    stage.key(Key::b);
    stage.frames(2);
    stage.press("add:/networks");
    REQUIRE(stage.app.work().is_changed());
}

} // namespace

TEST_CASE("The question about unsaved work stays, whatever asks to leave meanwhile") {
    for (bool const never_saved : {false, true}) {
        ChangeStage stage{denied};
        if (never_saved) {
            stage.key(Key::n, control);
            stage.frames(2);
            REQUIRE(stage.app.work().path().empty());
        }
        add_place(stage);
        std::string const mine = stage.text();
        stage.key(Key::n, control);
        REQUIRE(stage.app.view().work.sheet == Sheet::question);
        stage.key(Key::q, control);
        CHECK_FALSE(stage.app.wants_to_close());
        CHECK(stage.app.view().work.sheet == Sheet::question);
        stage.event(CloseAsked{});
        CHECK_FALSE(stage.app.wants_to_close());
        CHECK(stage.app.view().work.sheet == Sheet::question);
        stage.key(Key::o, control);
        CHECK(stage.app.view().work.sheet == Sheet::question);
        CHECK(stage.text() == mine);
        stage.frames(2);
        stage.click("answer:cancel");
        CHECK_FALSE(stage.app.wants_to_close());
        CHECK(stage.text() == mine);
        stage.event(CloseAsked{});
        stage.frames(2);
        stage.click("answer:discard");
        CHECK(stage.app.wants_to_close());
    }
}

TEST_CASE("A list takes one entry after the other from the keyboard") {
    ChangeStage stage{denied};
    stage.key(Key::b);
    stage.frames(2);
    stage.press("thing:/mail/0");
    stage.reveal("new:/mail/0/to");
    stage.click("new:/mail/0/to");
    Instant const now = stage.app.view().now;
    type_keys(stage, "leo");
    stage.key(Key::enter);
    stage.frames(2);
    type_keys(stage, "bim");
    CHECK(stage.app.view().work.draft("new:/mail/0/to") == "bim");
    stage.key(Key::enter);
    stage.frames(2);
    CHECK(stage.app.view().mode == Mode::build);
    CHECK(stage.app.view().now == now);
    CHECK(stage.says("\"leo\""));
    CHECK(stage.says("\"bim\""));
    CHECK(stage.app.view().work.draft("new:/mail/0/to").empty());
}

TEST_CASE("A switch of What if takes names one after the other, and no sign is shown meanwhile") {
    ChangeStage stage{denied};
    stage.click("mode:what if");
    stage.press("thing:/servers/mail.isp.example");
    stage.reveal("new:/servers/mail.isp.example/trusts");
    stage.click("new:/servers/mail.isp.example/trusts");
    type_keys(stage, "hotel");
    stage.key(Key::enter);
    stage.frames(2);
    type_keys(stage, "isp");
    CHECK(stage.app.view().card == Card::none);
    CHECK(stage.app.view().work.draft("new:/servers/mail.isp.example/trusts") == "isp");
}

TEST_CASE("A name that cannot be saved under stays to be typed on") {
    for (std::string const& name : {std::string{"there"}, std::string{"nodir/x"}}) {
        ChangeStage stage{denied};
        write(stage.folder / "there.json", "{}");
        stage.key(Key::s, {true, true});
        stage.frames(3);
        stage.type(name);
        stage.key(Key::enter);
        stage.frames(2);
        REQUIRE(stage.app.view().work.sheet == Sheet::save_as);
        type_keys(stage, "wb");
        CHECK(stage.app.view().work.draft("save as name") == name + "wb.json");
        CHECK(stage.app.view().mode == Mode::watch);
        stage.key(Key::escape);
        CHECK(stage.app.view().work.sheet == Sheet::none);
        CHECK(text_of(stage.folder / "there.json") == "{}");
    }
}

TEST_CASE("Letters mean nothing behind what lies over the window, and Escape closes what is on top") {
    ChangeStage stage{denied};
    Instant const now = stage.app.view().now;
    for (Key const opens : {Key::o, Key::s}) {
        stage.key(opens, opens == Key::o ? control : Modifiers{true, true});
        stage.frames(2);
        Sheet const sheet = stage.app.view().work.sheet;
        REQUIRE(sheet != Sheet::none);
        for (Key const key : {Key::t, Key::h, Key::s, Key::f, Key::b, Key::right, Key::space, Key::one})
            stage.key(key);
        CHECK_FALSE(stage.app.view().presenting.text);
        CHECK(stage.app.view().card == Card::none);
        CHECK(stage.app.view().mode == Mode::watch);
        CHECK(stage.app.view().now == now);
        CHECK_FALSE(stage.app.view().playing);
        CHECK(stage.app.view().detail == Detail::protocol);
        CHECK(stage.app.view().work.sheet == sheet);
        stage.key(Key::escape);
        CHECK(stage.app.view().work.sheet == Sheet::none);
        stage.frames(2);
    }
    stage.key(Key::s);
    stage.key(Key::right);
    stage.key(Key::t);
    CHECK(stage.app.view().now == now);
    CHECK_FALSE(stage.app.view().presenting.text);
    CHECK(stage.app.view().card == Card::signs);
    stage.key(Key::o, control); // one of them at a time
    CHECK(stage.app.view().card == Card::none);
    CHECK(stage.app.view().work.sheet == Sheet::open);
    stage.key(Key::escape);
    stage.key(Key::t);
    stage.key(Key::h);
    stage.key(Key::escape);
    CHECK(stage.app.view().card == Card::none);
    CHECK(stage.app.view().presenting.text);
    stage.key(Key::escape);
    CHECK_FALSE(stage.app.view().presenting.text);
}

TEST_CASE("The form of a thing that was taken back goes with it") {
    ChangeStage stage{denied};
    stage.key(Key::b);
    stage.frames(2);
    stage.press("add:/mail");
    std::string const made = stage.app.view().work.thing;
    REQUIRE(made.starts_with("/mail/"));
    stage.frames(2);
    REQUIRE(stage.has("remove:" + made));
    stage.key(Key::z, control);
    stage.frames(2);
    CHECK(stage.app.view().work.thing.empty());
    CHECK_FALSE(stage.has("remove:" + made));
    CHECK(stage.has("field:/title"));
}

TEST_CASE("The window says under which name its world is kept") {
    ChangeStage stage{denied};
    stage.key(Key::b);
    stage.frames(2);
    CHECK(stage.shows("file:02-relaying-denied.json"));
    add_place(stage);
    stage.key(Key::s, {true, true});
    stage.frames(3);
    stage.type("mine");
    stage.key(Key::enter);
    stage.frames(2);
    CHECK(stage.app.view().presenting.notice == "Saved as mine.json in " + stage.folder.string());
    CHECK(stage.app.view().presenting.notice_left_s > 0);
    CHECK(stage.shows("file:mine.json"));
}

TEST_CASE("A new world is not called saved before it has a name") {
    ChangeStage stage{denied};
    stage.key(Key::n, control);
    stage.frames(2);
    CHECK(stage.shows("file:Not saved under any name yet"));
    stage.click("save");
    CHECK(stage.app.view().work.sheet == Sheet::save_as);
}

TEST_CASE("What waited until a new world had a name goes on once it is saved") {
    ChangeStage stage{denied};
    stage.key(Key::n, control);
    add_place(stage);
    stage.event(CloseAsked{});
    stage.frames(2);
    stage.key(Key::enter); // saves: the keyboard is at what loses nothing
    stage.frames(2);
    REQUIRE(stage.app.view().work.sheet == Sheet::save_as);
    CHECK_FALSE(stage.app.wants_to_close());
    stage.app.carry_out(WorkIntent{SaveFileAs{(stage.folder / "kept.json").string()}});
    CHECK(fs::exists(stage.folder / "kept.json"));
    CHECK(stage.app.wants_to_close());
}

TEST_CASE("A picture's name has a time that people read") {
    ChangeStage stage{"22-mailbox-full"};
    Desk desk{stage.folder, "trace"};
    stage.seek(Instant{std::chrono::nanoseconds{365'566'945'468}});
    stage.key(Key::f12);
    desk.attend(stage.app, stage.ui, stage.size);
    CHECK(fs::exists(stage.folder / (stage.file.stem().string() + "-6m05s567ms.png")));
}

TEST_CASE("A picture is called like the scenario that is shown now") {
    ChangeStage stage{"02-relaying-denied"};
    Desk desk{stage.folder, "trace"};
    auto const save = [&] {
        stage.seek(Instant{std::chrono::seconds{1}});
        stage.key(Key::f12);
        desk.attend(stage.app, stage.ui, stage.size);
    };
    REQUIRE(stage.app.open_file(MAILFLOW_SOURCE_DIR "/scenarios/03-authenticated.json").empty());
    stage.frames(3);
    save();
    CHECK(fs::exists(stage.folder / "03-authenticated-1s.png"));
    stage.app.carry_out(WorkIntent{NewScenario{}});
    stage.frames(3);
    REQUIRE(stage.app.work().path().empty());
    save();
    CHECK(fs::exists(stage.folder / "new-world-0ms.png"));
}
