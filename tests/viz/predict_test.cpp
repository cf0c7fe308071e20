// Predicting: the run stops before a server decides, takes an answer, and shows whether it was right.
#include "change_stage.hpp"
#include "frame_of.hpp"

#include "viz/heading.hpp"
#include "viz/panels/facts.hpp"
#include "viz/predicting.hpp"

#include <imgui.h>

using namespace mailflow;
using namespace mailflow::viz;

namespace {

using namespace std::chrono_literals;

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

TEST_CASE("An answer to which there is no question is told why it does nothing") {
    Stage stage{denied};
    auto const said = [&](Key key) {
        stage.app.carry_out(Tell{});
        stage.key(key);
        return stage.app.view().presenting.notice;
    };
    CHECK(said(Key::y).find("Q lets the run stop") != std::string::npos);
    stage.key(Key::q);
    CHECK(said(Key::x).find("Nothing is asked yet") == 0);
    play_to_question(stage);
    CHECK(said(Key::x).empty()); // it is an answer now
    CHECK(said(Key::z).find("This is answered") == 0);
    CHECK(stage.app.view().predicting.answered == 1);
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

TEST_CASE("What a server relays by is seen below the question without scrolling") {
    Stage stage{denied};
    stage.key(Key::q);
    play_to_question(stage);
    for (char const* fact :
         {"Who asks", "Logged in", "Handles mail for", "Trusts without a login", "Open relay"}) {
        INFO(fact);
        CHECK(stage.shape("prediction").contains(stage.shape(std::string{"fact:"} + fact)));
    }
}

TEST_CASE("What a server may refuse or trust by is told beside the question") {
    struct Told {
        char const* lesson;
        char const* server;
        char const* fact;
    };
    Told const told =
        GENERATE(Told{"39-bot-on-a-blocklist", "mx1.club.example", "Refuses who is listed by"},
                 Told{"31-pop-before-smtp", "mail.isp.example", "Trusts who fetched mail within"});
    Stage stage{told.lesson};
    Present const present = present_in(stage.app.world(), stage.app.state());
    Facts const about = facts_about(frame_of(stage, present), host_named(stage.app.world(), told.server));
    CHECK(std::any_of(about.facts.begin(), about.facts.end(),
                      [&](Fact const& fact) { return fact.name == told.fact; }));
}

TEST_CASE("As long as something is to be predicted neither title nor summary tells it") {
    ChangeStage stage{denied};
    auto const heading = [&] {
        App const& app = stage.app;
        return heading_of(app.world(), app.trace(), app.shown().lists, app.view());
    };
    Heading const usual{stage.app.world().title, stage.app.world().summary};
    CHECK(heading() == usual);
    stage.key(Key::q);
    CHECK(heading().title == "What will the servers say?"); // the first question lies ahead
    stage.key(Key::one);
    CHECK(heading().title == "What will the servers say?"); // it is asked when the magic is opened
    stage.key(Key::three);
    play_to_question(stage);
    REQUIRE(stage.app.view().predicting.is_asking());
    CHECK(heading().title == "What will the servers say?");
    CHECK(stage.app.title() == "What will the servers say? - mailflow");
    stage.key(Key::t);
    stage.frames(2);
    stage.click("copy text");
    std::string const copied = ImGui::GetClipboardText();
    CHECK(copied.starts_with("What will the servers say?"));
    stage.key(Key::t);
    stage.key(Key::x);
    stage.frames(2);
    CHECK(heading() == usual);
    CHECK(stage.app.title() == "Relaying denied (02-relaying-denied.json) - mailflow");
    stage.key(Key::home);
    CHECK(heading().title == "What will the servers say?");
    stage.key(Key::q);
    CHECK(heading() == usual);
}

TEST_CASE("A question is asked whatever the window is used for, and its outcome told there") {
    ChangeStage stage{denied};
    stage.click("mode:what if");
    stage.key(Key::q);
    play_to_question(stage);
    REQUIRE(stage.app.view().predicting.is_asking());
    CHECK(stage.shows("prediction"));
    stage.click("foretell:refuse");
    CHECK(stage.app.view().presenting.notice == "You said: it refuses it. Right.");
}

TEST_CASE("Where the panel has no place it is brought out to tell the outcome, and put away after it") {
    Stage stage{denied, {800, 600}};
    stage.key(Key::q);
    play_to_question(stage);
    stage.click("foretell:refuse");
    stage.frames(2);
    CHECK(stage.shows("foretold:right"));
    CHECK(stage.shows("rung:0"));
    stage.key(Key::space);
    stage.frames(2);
    CHECK_FALSE(stage.shows("foretold:right"));
    CHECK(stage.app.drawn().widgets.contains("machine:mail.isp.example"));
}

TEST_CASE("To the next refusal means to the next question, also where all is accepted") {
    Stage stage{"03-authenticated"};
    stage.key(Key::q);
    stage.key(Key::n);
    CHECK(stage.app.view().predicting.is_asking());
    CHECK(stage.app.view().presenting.notice.find("refuses") == std::string::npos);
}

TEST_CASE("What the world has a server say to everybody is asked, too, and told with its own conversation") {
    Stage stage{"22-mailbox-full"};
    stage.key(Key::q);
    auto const questions = stage.app.shown().lists.questions();
    auto const asked = std::find_if(questions.begin(), questions.end(), [&](RecipientQuestion const& one) {
        return stage.app.world().book.text(one.recipient) == "leo@shop.example" && !one.decides.valid();
    });
    REQUIRE(asked != questions.end());
    stage.seek(stage.app.trace().events[asked->decision].at - Duration{1ms});
    play_to_question(stage);
    REQUIRE(stage.app.view().predicting.is_asking());
    CHECK(&questions[*stage.app.view().predicting.question] == &*asked);
    CHECK(stage.shows("prediction"));
    stage.click("foretell:later");
    stage.frames(2);
    CHECK(stage.shows("foretold:right"));
    CHECK(stage.app.view().now == stage.app.trace().events[asked->reply].at);
}

TEST_CASE("Whoever predicts is not told by gaps and signs how long somebody will wait") {
    Stage stage{"21-greylisting"};
    auto const waits = [&] {
        return std::count_if(stage.app.drawn().shapes.begin(), stage.app.drawn().shapes.end(),
                             [](auto const& shape) { return shape.first.starts_with("wait:"); });
    };
    REQUIRE(waits() > 0);
    REQUIRE(stage.shows("legend:put off"));
    stage.key(Key::q);
    stage.frames(2);
    CHECK(waits() == 0);
    CHECK_FALSE(stage.shows("legend:put off"));
    stage.key(Key::q);
    stage.frames(2);
    CHECK(waits() > 0);
}
