// Before mistakes are left behind it is asked: when a good file would be written over, and when a thing is
// removed of which others speak.
#include "change_stage.hpp"

using namespace mailflow;
using namespace mailflow::viz;

namespace {

constexpr char const* server = "/servers/mail.isp.example";

struct DoubtStage : ChangeStage {
    DoubtStage() : ChangeStage(denied) {
        click("mode:build");
        frames(2);
    }

    void spoil() {
        press(std::string{"thing:"} + server);
        press(std::string{"remove:"} + server);
        frames(2);
        click("doubt:yes");
        frames(2);
        REQUIRE(app.work().diagnostics().size() == 2);
    }

    [[nodiscard]] Sheet sheet() const { return app.view().work.sheet; }
};

} // namespace

TEST_CASE("Removing what others speak of says who does, and is done once that is wanted") {
    DoubtStage stage;
    stage.press(std::string{"thing:"} + server);
    stage.press(std::string{"remove:"} + server);
    REQUIRE(stage.sheet() == Sheet::doubt);
    CHECK_FALSE(stage.app.work().is_changed());
    std::string words;
    for (std::string const& paragraph : stage.app.view().work.doubt.words)
        words += paragraph + "\n";
    CHECK(words.find("maya, outgoing server: ") != std::string::npos);
    CHECK(words.find("Expectation 1, by: ") != std::string::npos);
    stage.frames(2);
    stage.click("doubt:no");
    CHECK(stage.sheet() == Sheet::none);
    CHECK_FALSE(stage.app.work().is_changed());
    CHECK(stage.app.view().work.thing == server);
    stage.spoil();
    CHECK(stage.sheet() == Sheet::none);
    CHECK(stage.app.view().work.thing.empty());
    stage.click("undo");
    CHECK_FALSE(stage.app.work().is_changed());
}

TEST_CASE("What nobody speaks of is removed without a question") {
    DoubtStage stage;
    stage.press("add:/networks");
    stage.frames(2);
    stage.press("remove:/networks/place");
    CHECK(stage.sheet() == Sheet::none);
    CHECK_FALSE(stage.app.work().is_changed());
}

TEST_CASE("A world with mistakes is written over a good file only after a question") {
    DoubtStage stage;
    std::string const good = text_of(stage.file);
    stage.spoil();
    stage.key(Key::s, control);
    REQUIRE(stage.sheet() == Sheet::doubt);
    CHECK(text_of(stage.file) == good);
    stage.frames(2);
    stage.click("doubt:no");
    CHECK(stage.sheet() == Sheet::none);
    CHECK(text_of(stage.file) == good);
    CHECK(stage.app.work().is_changed());
    stage.key(Key::s, control);
    stage.frames(2);
    stage.click("doubt:yes");
    CHECK(stage.sheet() == Sheet::none);
    CHECK(text_of(stage.file) == stage.text());
    CHECK(stage.app.view().presenting.notice.ends_with(", with 2 mistakes in it"));
    // They stand in the file now: nothing is lost any more.
    stage.press("add:/networks");
    stage.key(Key::s, control);
    CHECK(stage.sheet() == Sheet::none);
    CHECK_FALSE(stage.app.work().is_changed());
}

TEST_CASE("Saving before leaving asks about mistakes, too, and leaves when they are wanted") {
    for (bool const wanted : {false, true}) {
        DoubtStage stage;
        std::string const good = text_of(stage.file);
        stage.spoil();
        stage.event(CloseAsked{});
        stage.frames(2);
        stage.click("answer:save");
        REQUIRE(stage.sheet() == Sheet::doubt);
        CHECK_FALSE(stage.app.wants_to_close());
        stage.frames(2);
        stage.click(wanted ? "doubt:yes" : "doubt:no");
        CHECK(stage.app.wants_to_close() == wanted);
        CHECK((text_of(stage.file) == good) == !wanted);
    }
}

TEST_CASE("A new file with mistakes is asked about before it is written") {
    DoubtStage stage;
    stage.spoil();
    stage.key(Key::s, {true, true});
    stage.frames(3);
    stage.type("mine");
    stage.key(Key::enter);
    REQUIRE(stage.sheet() == Sheet::doubt);
    CHECK_FALSE(fs::exists(stage.folder / "mine.json"));
    stage.frames(2);
    stage.click("doubt:yes");
    CHECK(fs::exists(stage.folder / "mine.json"));
    CHECK(stage.app.work().path() == (stage.folder / "mine.json").string());
}
