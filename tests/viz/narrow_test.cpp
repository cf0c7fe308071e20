// What gives way where there is little room: never what is said, and nothing lies over what is asked for.
#include "change_stage.hpp"

using namespace mailflow;
using namespace mailflow::viz;
using namespace std::chrono_literals;

namespace {

constexpr char const* provider = "/servers/mail.isp.example";

} // namespace

TEST_CASE("The caption of each of two runs says in a narrow canvas what was answered") {
    for (PictureSize const size : {PictureSize{1280, 720}, PictureSize{1024, 768}}) {
        INFO(size.width);
        ChangeStage stage{denied, size};
        stage.app.carry_out(SetTheme{ThemeName::projector});
        stage.seek(Instant{545ms});
        stage.click("mode:what if");
        stage.press(std::string{"thing:"} + provider);
        stage.press(std::string{"set:"} + provider + "/open_relay=true");
        REQUIRE(stage.app.view().work.comparing);
        CHECK(stage.shows("caption whole"));
        CHECK_FALSE(stage.shows("caption cut"));
    }
}

TEST_CASE(
    "What is chosen in the list of Build is marked in the picture, and nothing where it is no machine") {
    ChangeStage stage{denied};
    stage.click("mode:build");
    stage.press(std::string{"thing:"} + provider);
    auto const* const host = std::get_if<HostId>(&stage.app.view().subject);
    REQUIRE(host != nullptr);
    CHECK(stage.app.world().hosts[*host].name == "mail.isp.example");
    stage.press("thing:/networks/hotel");
    CHECK(stage.app.view().subject == Subject{});
}

TEST_CASE("The list of mistakes folds where it would lie over the field that it leads to") {
    for (PictureSize const size : {small_size, PictureSize{500, 400}}) {
        INFO(size.width);
        ChangeStage stage{denied, size};
        write(stage.file, R"({ "format": 1,
          "servers": { "mail.isp.example": { "handles": ["isp.example"], "max_size": "huge" } } })");
        REQUIRE(stage.app.open_file(stage.file.string()).empty());
        stage.frames(3);
        stage.click(std::string{"mend:"} + provider + "/max_size");
        stage.frames(4);
        CHECK(stage.app.view().work.mistakes_folded == (size.width == 500));
        Rect const field = stage.widget(std::string{"field:"} + provider + "/max_size");
        CHECK(area_shared(field, stage.shape("mistakes")) < 1);
    }
}

TEST_CASE("A changed world can be saved as another in the smallest window") {
    ChangeStage stage{denied, {400, 300}};
    stage.app.carry_out(WorkIntent{MakeEdits{{SetValue{std::string{provider} + "/open_relay", "true"}}, {}}});
    stage.frames(3);
    stage.event(KeyPressed{Key::s, {true, true}});
    stage.frames(4);
    REQUIRE(stage.has("leave out failing")); // with the longest form
    stage.press("save here");
    stage.frames(4);
    CHECK(stage.app.view().work.sheet == Sheet::none);
    CHECK(text_of(stage.folder / "02-relaying-denied-changed.json").find("Relaying denied, changed") !=
          std::string::npos);
}

TEST_CASE("Escape takes a notice away when nothing else lies on top") {
    Stage stage{denied};
    stage.app.carry_out(Tell{"Saved"});
    stage.key(Key::end);
    REQUIRE(stage.app.view().presenting.notice_left_s > 0);
    stage.app.carry_out(ShowCard{Card::keys});
    stage.key(Key::escape);
    CHECK(stage.app.view().presenting.notice_left_s > 0);
    stage.key(Key::escape);
    CHECK(stage.app.view().presenting.notice_left_s == 0);
}

TEST_CASE("Where all is magic the advice waits until it is told what became of the message") {
    Stage stage{denied};
    stage.app.carry_out(SetDetail{Detail::magic});
    stage.seek(Instant{545ms}); // the server has said no, and nobody there knows of it
    CHECK_FALSE(stage.shows("advice"));
    stage.key(Key::end);
    stage.frames(3);
    CHECK(stage.shows("advice"));
}

TEST_CASE("An address is broken at its joints") {
    Stage stage{denied};
    Face const font = stage.ui.ink().fonts.body;
    std::string const address = "maya@isp.example>";
    float const most = width_of(font, address) - width_of(font, "e>") + 1;
    CHECK(wrapped(font, address, most, 3) == std::vector<std::string>{"maya@isp", ".example>"});
    CHECK(wrapped(font, "abcdefghijklmnop", width_of(font, "abcdefgh") + 1, 3) ==
          std::vector<std::string>{"abcdefgh", "ijklmnop"});
}

TEST_CASE("In a low panel the rule that decided, and who has to mend it, are seen without scrolling") {
    Stage stage{denied};
    stage.app.carry_out(SetTheme{ThemeName::projector});
    stage.app.carry_out(SetUiScale{1.5F});
    stage.key(Key::end);
    stage.frames(4);
    Rect const panel = stage.shape("details");
    Rect const decided = stage.shape("rung:3");
    CHECK(decided.y >= panel.y);
    CHECK(decided.bottom() <= stage.shape("advice").y);
    CHECK(stage.shape("advice").bottom() <= panel.bottom());
}

TEST_CASE("What is said in the moment is read whole in large letters, too") {
    for (ThemeName const theme : {ThemeName::light, ThemeName::projector})
        for (float const scale : {1.0F, 1.25F, 1.5F}) {
            INFO(theme_of(theme).words << ' ' << scale);
            Stage stage{denied};
            stage.app.carry_out(SetTheme{theme});
            stage.app.carry_out(SetUiScale{scale});
            stage.seek(refusal_moment(stage.app.trace()));
            CHECK(stage.shows("caption whole"));
            CHECK_FALSE(stage.shows("caption cut"));
        }
}

TEST_CASE("Escape in Build and What if closes the form of a thing first") {
    for (char const* const mode : {"mode:build", "mode:what if"}) {
        INFO(mode);
        ChangeStage stage{denied};
        stage.click(mode);
        stage.press(std::string{"thing:"} + provider);
        stage.key(Key::escape);
        stage.frames(2);
        CHECK(stage.app.view().mode != Mode::watch);
        CHECK(stage.app.view().work.thing.empty());
        stage.key(Key::escape);
        stage.frames(2);
        CHECK(stage.app.view().mode == Mode::watch);
    }
}
