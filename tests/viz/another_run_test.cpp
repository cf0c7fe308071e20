// What goes and what stays where another run comes to be shown.
#include "change_stage.hpp"

using namespace mailflow;
using namespace mailflow::viz;

namespace {

constexpr float past_a_look_s = 1;
constexpr char const* slow = "02-relaying-denied";
constexpr char const* fast = "46-half-of-it-is-spam";

/// Opens a lesson as a person does: the library, a word to search it with, Enter.
void choose_lesson(ChangeStage& stage, std::string const& name) {
    stage.key(Key::o, control);
    stage.frames(2);
    stage.type(name);
    stage.key(Key::enter);
    stage.frames(3);
    REQUIRE(stage.app.work().path().ends_with(name + ".json"));
}

std::size_t calm_speed_of(std::string const& lesson) {
    World const world = load_lesson(lesson);
    return Shown{world, run(world)}.pace.calm_speed();
}

void let_maya_log_in(ChangeStage& stage) {
    stage.key(Key::i);
    stage.frames(2);
    stage.click("machine:maya");
    stage.press("set:/people/maya/outgoing/authenticate=true");
    stage.frames(2);
    REQUIRE(stage.app.view().work.comparing);
}

} // namespace

TEST_CASE("Each lesson opens at its own calm speed, whatever was watched before it") {
    std::size_t const calm = calm_speed_of(slow);
    REQUIRE(calm_speed_of(fast) > calm + 3);
    ChangeStage stage{fast};
    CHECK(stage.app.view().speed == calm_speed_of(fast));
    choose_lesson(stage, slow);
    CHECK(stage.app.view().speed == calm);
    stage.key(Key::plus);
    choose_lesson(stage, fast);
    CHECK(stage.app.view().speed == calm_speed_of(fast));
    stage.key(Key::minus);
    choose_lesson(stage, fast); // the same once more is begun anew
    CHECK(stage.app.view().speed == calm_speed_of(fast));
    stage.key(Key::n, control);
    stage.frames(3);
    choose_lesson(stage, slow);
    CHECK(stage.app.view().speed == calm);
}

TEST_CASE("The speed that was chosen stays in every run of the same scenario") {
    ChangeStage stage{slow};
    stage.key(Key::plus);
    stage.key(Key::plus);
    std::size_t const chosen = stage.app.view().speed;
    REQUIRE(chosen == calm_speed_of(slow) + 2);
    write(stage.file, text_of(stage.file) + "\n"); // in an editor
    REQUIRE(stage.app.look_at_disk(past_a_look_s));
    stage.frames(2);
    CHECK(stage.app.view().speed == chosen);
    let_maya_log_in(stage);
    CHECK(stage.app.view().speed == chosen);
    stage.key(Key::c);
    stage.key(Key::c);
    CHECK(stage.app.view().speed == chosen);
    stage.key(Key::s, {true, true});
    stage.fill_in("save as name", "mine");
    stage.click("save here");
    REQUIRE(stage.app.work().path().ends_with("mine.json"));
    stage.press("set:/people/maya/outgoing/authenticate=false");
    stage.frames(2);
    CHECK(stage.app.view().speed == chosen); // under another name it is still the same
}

TEST_CASE("A file that is opened while its scenario has mistakes is begun when they are mended") {
    ChangeStage stage{fast};
    std::size_t const before = stage.app.view().speed;
    fs::path const other = stage.folder / "other.json";
    write(other, "{ \"format\": 1, \"titel\": \"x\" }");
    stage.app.carry_out(WorkIntent{OpenScenario{other.string()}});
    stage.frames(2);
    CHECK(stage.app.view().speed == before); // that of the run that is still shown
    write(other, text_of(fs::path{MAILFLOW_SOURCE_DIR} / "scenarios" / (std::string{slow} + ".json")));
    REQUIRE(stage.app.look_at_disk(past_a_look_s));
    stage.frames(2);
    CHECK(stage.app.view().speed == calm_speed_of(slow));
}

TEST_CASE("A window that was started with a file keeps its filter in the first run of a what-if") {
    fs::path const folder = fresh_folder("started with a file");
    fs::path const file = folder / "one.json";
    write(file, text_of(fs::path{MAILFLOW_SOURCE_DIR} / "scenarios" / (std::string{slow} + ".json")));
    auto work = std::make_unique<Workbench>();
    REQUIRE(work->open(file.string()).empty());
    App app{std::move(work)};
    Filter wanted;
    wanted.machine = host_named(app.world(), "mail.isp.example");
    app.carry_out(SetFilter{wanted});
    app.carry_out(ChangeSpeed{1});
    std::size_t const speed = app.view().speed;
    app.carry_out(WorkIntent{MakeEdits{{SetValue{"/servers/mail.isp.example/open_relay", "true"}}, {}}});
    CHECK(app.view().filter.machine == wanted.machine);
    CHECK(app.view().speed == speed);
}

TEST_CASE("The moment that was chosen stays, whichever of two runs is looked at") {
    ChangeStage stage{slow};
    stage.key(Key::n);
    let_maya_log_in(stage);
    stage.key(Key::end);
    Instant const end = stage.app.view().now;
    REQUIRE(end == stage.app.pace().end());
    stage.key(Key::c); // side by side
    CHECK(stage.app.view().now == end);
    stage.key(Key::c); // before, which ends sooner
    stage.frames(2);
    CHECK(stage.app.view().now == stage.app.pace().end());
    REQUIRE(stage.app.view().now < end);
    stage.key(Key::c); // now
    stage.frames(2);
    CHECK(stage.app.view().now == end);
    for (int turn = 0; turn < 4; ++turn)
        stage.key(Key::c);
    stage.frames(2);
    CHECK(stage.app.view().now == end);
}

TEST_CASE("A moment that is chosen in the shorter of two runs takes the place of the one before") {
    ChangeStage stage{slow};
    let_maya_log_in(stage);
    stage.key(Key::end);
    for (bool const plays : {false, true}) {
        INFO(plays);
        stage.click("runs:now");
        stage.key(Key::end);
        stage.click("runs:before");
        stage.frames(2);
        stage.key(plays ? Key::space : Key::left);
        if (plays)
            stage.key(Key::space); // from the beginning, for a moment
        Instant const chosen = stage.app.view().now;
        REQUIRE(chosen < stage.app.pace().end());
        stage.click("runs:now");
        stage.frames(2);
        CHECK(stage.app.view().now == chosen);
    }
    stage.click("runs:before");
    stage.key(Key::end); // the end of this one is what is meant
    Instant const sooner = stage.app.view().now;
    stage.click("runs:now");
    stage.frames(2);
    CHECK(stage.app.view().now == sooner);
}
