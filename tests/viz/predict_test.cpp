// Predicting: the run stops before a server decides, takes an answer, and shows whether it was right.
#include "stage.hpp"

#include "viz/predicting.hpp"

using namespace mailflow;
using namespace mailflow::viz;

namespace {

using namespace std::chrono_literals;

constexpr char const* denied = "02-relaying-denied";

void play_to_question(Stage& stage) {
    stage.key(Key::space);
    for (int i = 0; i < 5'000 && stage.app.view().playing; ++i)
        stage.frames(1);
    stage.frames(2);
}

} // namespace

TEST_CASE("Playing stops just before a server decides, and what it will decide is not shown") {
    Stage stage{denied};
    Instant const decided = refusal_moment(stage.app.trace());
    stage.click("predict");
    CHECK(stage.app.view().predicting.on);
    play_to_question(stage);
    CHECK(stage.app.view().now == decided - Duration{1});
    CHECK(stage.app.view().predicting.is_asking());
    CHECK(stage.shows("prediction"));
    CHECK_FALSE(stage.shows("refused:mail.isp.example"));
    EventNumber const cross = stage.app.rows().marked(Mark::refused).front();
    CHECK_FALSE(stage.shows("mark:" + std::to_string(cross)));
    CHECK(stage.app.drawn().widgets.count("event:" + std::to_string(cross)) == 0);
    stage.click("foretell:refuse");
    stage.frames(2);
    CHECK(stage.app.view().now == decided);
    CHECK_FALSE(stage.shows("prediction"));
    CHECK(stage.shows("foretold:right"));
    CHECK(stage.shows("mark:" + std::to_string(cross)));
    CHECK(stage.shows("rung:0"));
    CHECK(stage.shows("refused:mail.isp.example"));
    CHECK(stage.app.view().predicting.right == 1);
    play_to_question(stage); // nothing more is decided
    CHECK(stage.app.view().now == stage.app.pace().end());
    CHECK_FALSE(stage.shows("foretold:right"));
}

TEST_CASE("Keys switch predicting on and answer, and right and wrong answers are counted") {
    Stage stage{"03-authenticated"};
    stage.key(Key::q);
    play_to_question(stage);
    REQUIRE(stage.app.view().predicting.is_asking());
    stage.key(Key::x);
    stage.frames(2);
    CHECK(stage.shows("foretold:wrong"));
    play_to_question(stage);
    REQUIRE(stage.app.view().predicting.is_asking());
    stage.key(Key::y);
    stage.frames(2);
    CHECK(stage.shows("foretold:right"));
    CHECK(stage.app.view().predicting.answered == 2);
    CHECK(stage.app.view().predicting.right == 1);
    stage.key(Key::q);
    CHECK_FALSE(stage.app.view().predicting.on);
    stage.key(Key::home);
    play_to_question(stage);
    CHECK(stage.app.view().now == stage.app.pace().end());
}

TEST_CASE("A server that puts off is foretold by Z") {
    Stage stage{"21-greylisting"};
    stage.key(Key::q);
    bool put_off = false;
    for (int i = 0; i < 8 && !put_off; ++i) {
        play_to_question(stage);
        if (!stage.app.view().predicting.is_asking())
            break;
        RecipientQuestion const& question =
            stage.app.shown().lists.questions()[*stage.app.view().predicting.question];
        put_off = truth_of(stage.app.trace(), question) == Foretold::later;
        stage.key(put_off ? Key::z : Key::y);
        stage.frames(2);
        CHECK(stage.shows("foretold:right"));
    }
    CHECK(put_off);
}

TEST_CASE("A step on stops at the question, a further one passes it, and a step back asks it again") {
    Stage stage{denied};
    Instant const asked = refusal_moment(stage.app.trace()) - Duration{1};
    stage.key(Key::q);
    stage.seek(asked - 200ms);
    for (int i = 0; i < 20 && stage.app.view().now < asked; ++i)
        stage.key(Key::right);
    CHECK(stage.app.view().now == asked);
    CHECK(stage.app.view().predicting.is_asking());
    stage.key(Key::right);
    CHECK(stage.app.view().now > asked);
    CHECK_FALSE(stage.app.view().predicting.is_asking());
    CHECK(stage.app.view().predicting.answered == 0);
    stage.seek(asked - 1ms);
    stage.key(Key::right);
    CHECK(stage.app.view().now == asked);
    CHECK(stage.app.view().predicting.is_asking());
}

TEST_CASE("With the picture alone the question lies over it, and its outcome is told there") {
    Stage stage{denied};
    stage.key(Key::f5);
    stage.key(Key::q);
    play_to_question(stage);
    CHECK(Rect{0, 0, 1280, 720}.contains(stage.shape("prediction")));
    stage.click("foretell:accept");
    CHECK(stage.app.view().presenting.notice == "You said: it accepts it. No, it refuses it.");
}
