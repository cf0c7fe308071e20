// The list of mistakes: the way from each to the field where it is mended, and the room that the list takes.
#include "change_stage.hpp"

#include <fmt/format.h>

using namespace mailflow;
using namespace mailflow::viz;

namespace {

/// A window in Watch, open on that text.
struct MendStage : ChangeStage {
    explicit MendStage(std::string const& text, PictureSize wanted = small_size)
        : ChangeStage(denied, wanted) {
        write(file, text);
        REQUIRE(app.open_file(file.string()).empty());
        frames(3);
    }

    /// Presses the button of that mistake, having brought it into the list's sight.
    void mend(std::string const& pointer) {
        std::string const name = "mend:" + pointer;
        Rect const box = shape("mistakes");
        scroll(box.centre(), 1000);
        for (int n = 0; n < 100 && !box.contains(widget(name)); ++n)
            scroll(box.centre(), -0.5F);
        click(name);
        frames(4);
    }

    /// The box of what was asked for, which has to be whole in the form.
    [[nodiscard]] Rect asked(std::string const& pointer) const { return shape("asked:" + pointer); }
    [[nodiscard]] Rect form() const {
        return plan_screen(static_cast<float>(size.width), static_cast<float>(size.height), 1,
                           {.rooms = Rooms::build, .front = Front::panel})
            .panel;
    }
};

/// A scenario of many people, each with a mail; `wrong`: how many of them have a bad address.
std::string crowd(int people, int wrong) {
    std::string text = R"({ "format": 1, "servers": { "mail.isp.example": { "handles": ["isp.example"] } },
  "people": {)";
    for (int n = 0; n < people; ++n)
        text += fmt::format("{}\n    \"person{}\": {{ \"address\": \"{}\" }}", n > 0 ? "," : "", n,
                            n >= people - wrong ? "nothing at all" : fmt::format("p{}@isp.example", n));
    return text + "\n  } }\n";
}

} // namespace

TEST_CASE("Mend it leads to the field, which is seen, marked, and has the keyboard") {
    MendStage stage{R"({ "format": 1,
  "servers": { "mail.isp.example": { "handles": ["isp.example"], "accounts": { "maya": "x" },
    "answers": { "rcpt": "no" }, "max_size": "huge" } } })"};
    std::string const pointer = "/servers/mail.isp.example/max_size";
    stage.click("mend:" + pointer);
    stage.frames(4);
    CHECK(stage.app.view().mode == Mode::build);
    CHECK(stage.app.view().work.thing == "/servers/mail.isp.example");
    CHECK(stage.form().contains(stage.widget("field:" + pointer)));
    CHECK(stage.asked(pointer).contains(stage.widget("field:" + pointer)));
    CHECK(stage.asked(pointer).contains(stage.shape("wrong:" + pointer)));
    CHECK(stage.app.drawn().focus == "field:" + pointer);
    stage.event(KeyPressed{Key::a, {false, true}});
    stage.event(KeyPressed{Key::del});
    stage.type("10MB");
    CHECK(stage.says(R"("max_size": "10MB")"));
}

TEST_CASE("Mend it is reached and pressed with the keyboard alone") {
    MendStage stage{crowd(3, 1)};
    stage.key(Key::b);
    stage.frames(2);
    std::string const wanted = "mend:/people/person2/address";
    for (int n = 0; n < 200 && stage.app.drawn().focus != wanted; ++n)
        stage.key(Key::tab);
    REQUIRE(stage.app.drawn().focus == wanted);
    stage.key(Key::enter);
    stage.frames(4);
    stage.event(KeyPressed{Key::a, {false, true}});
    stage.event(KeyPressed{Key::del});
    stage.type("p2@isp.example");
    CHECK(stage.app.work().diagnostics().empty());
    CHECK_FALSE(stage.shows("mistakes"));
}

TEST_CASE("Mend it brings the thing into sight in a long outline, and another one after it") {
    MendStage stage{crowd(40, 2)};
    for (std::string const person : {"/people/person38", "/people/person39"}) {
        INFO(person);
        stage.mend(person + "/address");
        Rect const outline = plan_screen(1280, 720, 1, {.rooms = Rooms::build}).list;
        CHECK(outline.contains(stage.widget("thing:" + person)));
        CHECK(stage.app.drawn().focus == "field:" + person + "/address");
    }
}

TEST_CASE("What is missing, what nobody knows and what stands in a list are led to, too") {
    MendStage stage{R"({ "format": 1, "colour": 3, "networks": 5,
  "servers": { "mail.isp.example": { "handles": ["isp.example", 7], "shoe": 4 } },
  "people": { "maya": { "network": "nowhere" }, "leo": { "address": "leo@isp.example",
    "outgoing": { "port": "many" } } } })"};
    std::map<std::string, std::string> const leads{
        {"/colour", "remove:/colour"},
        {"/networks", "new:/networks"},
        {"/servers/mail.isp.example/handles/1", "remove:/servers/mail.isp.example/handles/1"},
        {"/servers/mail.isp.example/shoe", "remove:/servers/mail.isp.example/shoe"},
        {"/people/maya", "field:/people/maya/address"},
        {"/people/leo/outgoing/port", "field:/people/leo/outgoing/port"}};
    for (auto const& [pointer, widget] : leads) {
        INFO(pointer);
        stage.mend(pointer);
        CHECK(stage.app.drawn().focus == widget);
        CHECK(stage.form().contains(stage.widget(widget)));
        CHECK(stage.shows("wrong:" + pointer));
    }
    // What nobody knows is taken away.
    stage.mend("/colour");
    stage.key(Key::enter);
    stage.frames(2);
    CHECK_FALSE(stage.says("colour"));
}

TEST_CASE("The list of mistakes is as high as its words, up to half of the body, and scrolls then") {
    Rect const most = plan_screen(1280, 720, 1, {.rooms = Rooms::build}).mistakes;
    float before = 0;
    for (int const wrong : {1, 3}) {
        MendStage stage{crowd(5, wrong)};
        Rect const box = stage.shape("mistakes");
        CHECK(box.h > before);
        CHECK(box.h < most.h);
        CHECK(box.contains(stage.widget("mend:/people/person4/address")));
        CHECK(box.bottom() - stage.widget("mend:/people/person4/address").bottom() < 40); // no empty room
        before = box.h;
    }
    MendStage stage{crowd(30, 30)};
    Rect const box = stage.shape("mistakes");
    CHECK(box.h == most.h);
    CHECK(stage.widget("mend:/people/person29/address").y > box.bottom());
    stage.scroll(box.centre(), -1000);
    CHECK(box.contains(stage.widget("mend:/people/person29/address")));
}

TEST_CASE("The list of mistakes folds up to one line, and the picture behind it can be pressed") {
    MendStage stage{crowd(9, 9)};
    Rect const whole = stage.shape("mistakes");
    stage.click("fold mistakes");
    Rect const folded = stage.shape("mistakes");
    CHECK(folded.h < 60);
    CHECK(folded.bottom() == whole.bottom());
    CHECK_FALSE(stage.has("mend:/people/person8/address"));
    stage.click("fold mistakes");
    CHECK(stage.shape("mistakes") == whole);
}

TEST_CASE("A notice stands above the list of mistakes, and saving says that there are some") {
    MendStage stage{crowd(9, 9)};
    stage.key(Key::s, {true, true});
    stage.frames(3);
    stage.type("mine");
    stage.key(Key::enter);
    stage.frames(2);
    CHECK(stage.app.view().presenting.notice.ends_with(", with 9 mistakes in it"));
    REQUIRE(stage.shows("notice"));
    CHECK(stage.shape("notice").bottom() <= stage.shape("mistakes").y);
}

TEST_CASE("The frame around what was asked for is whole, and goes once that is mended") {
    MendStage stage{crowd(3, 1)};
    std::string const pointer = "/people/person2/address";
    stage.mend(pointer);
    Rect const frame = stage.asked(pointer);
    Rect const left{frame.x - 1, frame.y + 10, 4, frame.h - 20};
    CHECK(count_pixels(stage.picture(), left, vermillion_rgb) > static_cast<int>(left.h / 2));
    stage.event(KeyPressed{Key::a, {false, true}});
    stage.event(KeyPressed{Key::del});
    stage.type("p2@isp.example");
    CHECK_FALSE(stage.shows("asked:" + pointer));
    CHECK(count_pixels(stage.picture(), left, vermillion_rgb) == 0);
}

TEST_CASE("A misspelt key is renamed to the one that was meant, and keeps its value") {
    MendStage stage{R"({ "format": 1,
  "servers": { "mail.isp.example": { "handels": ["isp.example"] } } })"};
    std::string const pointer = "/servers/mail.isp.example/handels";
    stage.mend(pointer);
    CHECK(stage.app.drawn().focus == "rename:" + pointer);
    CHECK(stage.widget("rename:" + pointer).x < stage.widget("remove:" + pointer).x);
    stage.key(Key::enter);
    stage.frames(2);
    CHECK(stage.says(R"("handles": ["isp.example"])"));
    CHECK(stage.app.work().diagnostics().empty());
}
