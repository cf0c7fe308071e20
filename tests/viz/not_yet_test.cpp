// What has been asked about and then lies ahead again, since somebody steps back: nothing of it is shown.
#include "frame_of.hpp"

#include "viz/panels/facts.hpp"

using namespace mailflow;
using namespace mailflow::viz;

namespace {

using namespace std::chrono_literals;

bool lights_up(Stage const& stage) {
    auto const& shapes = stage.app.drawn().shapes;
    return std::any_of(shapes.begin(), shapes.end(),
                       [](auto const& shape) { return shape.first.starts_with("lit:"); });
}

std::string answer_told(Stage const& stage, LookupId lookup) {
    Present const present = present_in(stage.app.world(), stage.app.state());
    for (Fact const& fact : facts_about(frame_of(stage, present), lookup).facts)
        if (fact.name == "Answer")
            return fact.words;
    return {};
}

} // namespace

TEST_CASE("A bounce that has not been written yet shows nothing, and a button leads to its writing") {
    Stage stage{"13-domain-not-set-up"};
    MessageId bounce;
    Instant const written = moment_of<BounceWritten>(stage.app.trace(), [&](BounceWritten const& made) {
        bounce = made.bounce;
        return true;
    });
    stage.seek(written);
    stage.app.carry_out(Choose{bounce});
    stage.frames(2);
    CHECK(stage.shows("envelope outside"));
    CHECK_FALSE(stage.shows("not yet"));
    stage.click("bounce:0:0");
    stage.frames(2);
    CHECK(lights_up(stage));
    stage.key(Key::left);
    stage.frames(2);
    REQUIRE(stage.app.view().now < written);
    CHECK(stage.shows("not yet"));
    CHECK_FALSE(stage.shows("envelope outside"));
    CHECK_FALSE(lights_up(stage));
    CHECK_FALSE(stage.shows("advice"));
    stage.click("to its beginning");
    CHECK(stage.app.view().now == written);
    stage.frames(2);
    CHECK(stage.shows("envelope outside"));
}

TEST_CASE("A decision that lies ahead shows no ladder and no advice") {
    Stage stage{"02-relaying-denied"};
    DecisionId refusal;
    Instant const decided = moment_of<DecisionMade>(stage.app.trace(), [&](DecisionMade const& made) {
        refusal = made.decision;
        return stage.app.trace().decisions[made.decision].decision.verdict == Verdict::refuse;
    });
    stage.seek(decided);
    stage.app.carry_out(Choose{refusal});
    stage.frames(2);
    CHECK(stage.shows("rung:0"));
    CHECK(stage.shows("advice"));
    stage.seek(decided - 1ms);
    CHECK(stage.shows("not yet"));
    CHECK_FALSE(stage.shows("rung:0"));
    CHECK_FALSE(stage.shows("advice"));
}

TEST_CASE("What the DNS will answer is told when it has answered") {
    Stage stage{"02-relaying-denied"};
    LookupId lookup;
    Instant const answered = moment_of<LookupAnswered>(stage.app.trace(), [&](LookupAnswered const& told) {
        lookup = told.lookup;
        return true;
    });
    stage.seek(answered - 1ms);
    CHECK(answer_told(stage, lookup) == "not yet");
    stage.seek(answered);
    CHECK(answer_told(stage, lookup).find("203.0.113.1") != std::string::npos);
}
