// What if: a switch is flipped, the world runs again, and both runs stand side by side.
#include "change_stage.hpp"

#include <fmt/format.h>

#include <cmath>

using namespace mailflow;
using namespace mailflow::viz;

namespace {

using namespace std::chrono_literals;

constexpr char const* server = "/servers/mail.isp.example";

void open_what_if(ChangeStage& stage) {
    stage.click("mode:what if");
    stage.press(std::string{"thing:"} + server);
    CHECK(stage.app.view().work.thing == server);
}

/// The same within a pixel: what is kept is kept in thousandths of the picture.
bool near(Rect const& a, Rect const& b) {
    return std::abs(a.x - b.x) < 2 && std::abs(a.y - b.y) < 2;
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

TEST_CASE("Both runs are seen, and the first difference is said and can be gone to") {
    bool const beside = GENERATE(false, true);
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
    if (beside)
        stage.click("runs:beside");
    Rect const before = stage.widget("before/machine:mail.isp.example");
    Rect const now = stage.widget("machine:mail.isp.example");
    if (beside) {
        CHECK(before.right() < now.x);
        CHECK(stage.app.layout().standing == Standing::upright); // as large as there is room
        CHECK(stage.shape("icon:mail.isp.example").w > 50);
    } else {
        CHECK(before.bottom() < now.y); // where two beside each other would be tiny
    }
    Picture const picture = stage.picture();
    CHECK(count_pixels(picture, before.inset(-60), vermillion_rgb) > 100); // refused there
}

TEST_CASE("The first difference is marked on the timeline, and a click on it goes there") {
    ChangeStage stage{denied};
    open_what_if(stage);
    CHECK_FALSE(stage.has("first difference"));
    stage.press("set:/servers/mail.isp.example/open_relay=true");
    REQUIRE(stage.app.work().difference());
    Instant const parting = stage.app.work().difference()->at;
    stage.seek(parting);
    CHECK(std::abs(stage.shape("parting").centre().x - stage.shape("knob").centre().x) < 2);
    for (auto const& [name, rect] : stage.app.drawn().shapes)
        if (name.starts_with("wait:"))
            CHECK_FALSE(rect.overlaps(stage.widget("first difference")));
    stage.seek({});
    stage.click("first difference");
    CHECK(stage.app.view().now == parting);
    stage.click("undo");
    stage.frames(2);
    CHECK_FALSE(stage.has("first difference"));
}

TEST_CASE("One of two runs can have all the room, by button and by key") {
    ChangeStage stage{denied};
    open_what_if(stage);
    stage.press("set:/servers/mail.isp.example/open_relay=true");
    stage.frames(2);
    std::string const mine = "machine:mail.isp.example";
    auto const see = [&](bool before, bool now) {
        stage.frames(2);
        bool const both = before && now;
        CHECK(stage.has("before/" + mine) == both);
        CHECK(stage.has(mine));
        CHECK(stage.shows("run:Before") == (before && !now));
    };
    see(true, true);
    float const small = stage.widget(mine).h;
    stage.click("runs:now");
    see(false, true);
    CHECK(stage.widget(mine).h > small);
    stage.click("runs:before");
    see(true, false);
    stage.key(Key::c);
    see(false, true);
    stage.key(Key::c);
    see(true, true);
    CHECK(stage.widget("before/" + mine).bottom() < stage.widget(mine).y);
    stage.key(Key::c);
    see(true, true);
    CHECK(stage.widget("before/" + mine).right() < stage.widget(mine).x);
    stage.key(Key::f5); // both fill the window
    see(true, true);
    CHECK_FALSE(stage.has("undo"));
    stage.key(Key::f5);
    stage.click("undo");
    see(false, true); // there is but one again
}

TEST_CASE("A server's switches lead to the MX records of its domains") {
    ChangeStage stage{denied};
    stage.click("mode:what if");
    stage.click("machine:mx1.shop.example");
    stage.frames(2);
    stage.press("mx of:shop.example");
    CHECK(stage.app.view().work.thing == "/dns/shop.example");
    stage.frames(1);
    CHECK(stage.has("set:/dns/shop.example/null_mx=true"));
}

TEST_CASE("A long run is waited for beside the window, and only the latest change counts in the end") {
    ChangeStage stage{"46-half-of-it-is-spam"};
    stage.app.set_patience(0ms);
    std::string const title = stage.app.world().title;
    for (char const* words : {"A", "Ab", "Abc"})
        stage.app.carry_out(
            WorkIntent{MakeEdits{{SetValue{"/title", fmt::format("\"{}\"", words)}}, "title"}});
    CHECK(stage.says("\"title\": \"Abc\""));
    bool const waited = stage.app.work().is_running();
    CHECK((waited || stage.app.world().title == "Abc"));
    CHECK(stage.app.goes_on() == waited);
    while (stage.app.work().is_running())
        stage.frames(1);
    stage.frames(1);
    CHECK(stage.app.world().title == "Abc");
    CHECK(stage.app.work().before() != nullptr);
    CHECK_FALSE(stage.app.work().difference()); // a title changes nothing that happens
    stage.key(Key::z, {false, true});
    while (stage.app.work().is_running())
        stage.frames(1);
    stage.frames(1);
    CHECK(stage.app.world().title == title);
    CHECK_FALSE(stage.app.work().is_changed());
}

TEST_CASE("While two runs are compared the window is resized, another scenario opened, and it closes") {
    ChangeStage stage{denied};
    open_what_if(stage);
    stage.press("set:/servers/mail.isp.example/open_relay=true");
    for (PictureSize const size :
         {PictureSize{320, 200}, PictureSize{3000, 300}, PictureSize{500, 1400}, large_size, small_size}) {
        stage.resize(size);
    }
    REQUIRE(stage.app.view().work.comparing);
    fs::path const other = stage.folder / "other.json";
    write(other, text_of(fs::path{MAILFLOW_SOURCE_DIR} / "scenarios" / "05-handled-domain.json"));
    stage.app.carry_out(WorkIntent{OpenScenario{other.string()}});
    stage.frames(2);
    stage.click("answer:discard");
    stage.frames(2);
    CHECK_FALSE(stage.app.view().work.comparing);
    CHECK(stage.app.work().path() == other.string());
    CHECK_FALSE(stage.has("first difference"));
    stage.app.set_patience(0ms);
    stage.app.carry_out(WorkIntent{MakeEdits{{SetValue{"/seed", "7"}}, {}}});
    stage.event(CloseAsked{});
    stage.frames(2);
    stage.click("answer:discard");
    CHECK(stage.app.wants_to_close()); // with a run still on its way, perhaps
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

TEST_CASE("Where the run before is seen alone, the timeline is its own") {
    ChangeStage stage{denied};
    open_what_if(stage);
    stage.press("set:/servers/mail.isp.example/open_relay=true");
    stage.frames(3);
    stage.mouse_away();
    auto const crosses = [&stage] {
        Rect const marks = stage.widget("marks");
        return count_pixels(stage.picture(), {marks.x, marks.y, marks.w, marks.h}, vermillion_rgb);
    };
    stage.click("runs:before");
    CHECK(crosses() > 20);
    stage.click("runs:now"); // an open relay refuses nothing
    CHECK(crosses() == 0);
}

TEST_CASE("Where the run before is seen alone, steps, clock and list are its own") {
    ChangeStage stage{denied, PictureSize{1100, 720}};
    Instant const end = stage.app.pace().end();
    Instant const refused = refusal_moment(stage.app.trace());
    std::size_t const rows = stage.app.rows().all().size();
    open_what_if(stage);
    stage.press("set:/servers/mail.isp.example/open_relay=true");
    REQUIRE(stage.app.pace().end() > end);
    stage.seek({});
    stage.key(Key::n);
    CHECK(stage.app.view().now == Instant{}); // an open relay refuses nothing
    stage.click("runs:before");
    stage.key(Key::n);
    CHECK(stage.app.view().now == refused);
    CHECK(stage.app.rows().all().size() == rows);
    stage.key(Key::v);
    stage.frames(2);
    EventNumber const cross = stage.app.rows().marked(Mark::refused).front();
    stage.click("event:" + std::to_string(cross)); // the list is that of the run that is seen
    CHECK(stage.app.view().now == refused);
    stage.key(Key::end);
    CHECK(stage.app.view().now == end);
    CHECK(stage.app.pace().end() == end);
    stage.key(Key::w); // only what is compared is seen so
    stage.frames(2);
    CHECK(stage.app.pace().end() > end);
    stage.key(Key::i);
    stage.frames(2);
    CHECK(stage.app.pace().end() == end);
    stage.click("undo");
    CHECK_FALSE(stage.app.view().work.comparing);
    CHECK(stage.app.pace().end() == end);
}

TEST_CASE("A change is seen at once, whatever was seen of the comparison before it") {
    ChangeStage stage{denied};
    stage.key(Key::c);
    CHECK(stage.app.view().presenting.notice == "There is one run only; What if makes a second one.");
    CHECK(stage.app.view().work.runs == Runs::both);
    open_what_if(stage);
    stage.press("set:/servers/mail.isp.example/open_relay=true");
    stage.click("runs:before");
    stage.click("undo");
    stage.press("set:/servers/mail.isp.example/open_relay=true");
    stage.frames(2);
    CHECK(stage.app.view().work.seen() == Runs::both);
    stage.click("runs:now"); // which shows every change
    stage.click("undo");
    stage.press("set:/servers/mail.isp.example/open_relay=true");
    stage.frames(2);
    CHECK(stage.app.view().work.seen() == Runs::now);
}

TEST_CASE("What was dragged stands there in the run before, too, and back again") {
    ChangeStage stage{denied};
    open_what_if(stage);
    stage.press("set:/servers/mail.isp.example/open_relay=true");
    stage.click("runs:now");
    Point const from = stage.widget("machine:mx1.shop.example").centre();
    stage.drag(from, from + Point{-60, 40});
    stage.frames(3);
    Rect const put = stage.widget("machine:mx1.shop.example");
    std::string const text = stage.text();
    stage.click("runs:before");
    stage.frames(2);
    CHECK(near(stage.widget("machine:mx1.shop.example"), put));
    stage.click("runs:now");
    stage.frames(2);
    CHECK(near(stage.widget("machine:mx1.shop.example"), put));
    CHECK(stage.text() == text); // nothing more was written down
    stage.click("runs:before");
    stage.frames(2);
    stage.drag(put.centre(), put.centre() + Point{50, 0});
    stage.frames(3);
    Rect const there = stage.widget("machine:mx1.shop.example");
    CHECK_FALSE(near(there, put));
    CHECK(stage.text() != text);
    stage.click("runs:now");
    stage.frames(2);
    CHECK(near(stage.widget("machine:mx1.shop.example"), there));
}

TEST_CASE("Whoever stays at the question about unsaved work finds both runs as they were") {
    ChangeStage stage{denied};
    open_what_if(stage);
    stage.press("set:/servers/mail.isp.example/open_relay=true");
    stage.click("runs:beside");
    stage.seek(Instant{600ms});
    stage.frames(2);
    auto const run = stage.app.work().before();
    std::string const said = stage.app.work().difference()->before;
    auto const widgets = stage.app.drawn().widgets;
    stage.click("open");
    for (int n = 0; n < 400 && stage.app.goes_on(); ++n)
        stage.frames(1);
    stage.click("open:01-magic");
    REQUIRE(stage.app.view().work.sheet == Sheet::question);
    stage.click("answer:cancel");
    stage.mouse_away();
    CHECK(stage.app.view().work.sheet == Sheet::none);
    CHECK(stage.app.view().mode == Mode::what_if);
    CHECK(stage.app.work().before() == run);
    CHECK(stage.app.work().difference()->before == said);
    CHECK(stage.app.view().work.seen() == Runs::beside);
    CHECK(stage.app.view().now == Instant{600ms});
    CHECK(stage.app.drawn().widgets == widgets);
    CHECK(text_of(stage.file).find("open_relay") == std::string::npos);
}

TEST_CASE("The timeline's closer look ends with the scenario that it was at") {
    ChangeStage stage{denied};
    Rect const track = stage.shape("track");
    stage.scroll({track.right() - 20, track.centre().y}, 6);
    REQUIRE(stage.app.view().timeline != TimeWindow{});
    stage.app.carry_out(
        WorkIntent{OpenScenario{std::string{MAILFLOW_SOURCE_DIR} + "/scenarios/46-half-of-it-is-spam.json"}});
    stage.frames(3);
    CHECK(stage.app.view().timeline == TimeWindow{});
    CHECK(stage.shows("knob"));
}
