// Two runs that are compared: what comes out differently for whom.
#include "change_stage.hpp"

#include "report/words/words.hpp"

#include <fmt/format.h>

using namespace mailflow;
using namespace mailflow::viz;

namespace {

using namespace std::chrono_literals;

/// In which the provider's server has become an open relay.
void open_relay(ChangeStage& stage) {
    stage.click("mode:what if");
    stage.press("thing:/servers/mail.isp.example");
    stage.press("set:/servers/mail.isp.example/open_relay=true");
    stage.frames(2);
    REQUIRE(stage.app.view().work.comparing);
}

} // namespace

TEST_CASE("Each recipient that comes out differently has a line, and a click chooses it in both runs") {
    ChangeStage stage{denied, GENERATE(small_size, large_size)};
    open_relay(stage);
    ChangedOutcomes const& outcomes = stage.app.work().outcomes();
    REQUIRE(outcomes.changed.size() == 1);
    CHECK(outcomes.changed.front().before == "refused after 0.6 s (relaying denied), by mail.isp.example");
    CHECK(outcomes.changed.front().now.starts_with("delivered after"));
    stage.seek(Instant{450ms}); // on its way to the door
    auto const marked = [&](Picture const& picture, std::string const& name) {
        return count_pixels(picture, stage.shape(name).inset(-6), blue_rgb);
    };
    std::string const envelope =
        "envelope:" +
        message_id(stage.app.world(), stage.app.trace().messages[outcomes.changed.front().message_now]);
    stage.mouse_away();
    Picture const plain = stage.picture();
    stage.press("changed:0");
    CHECK(stage.app.view().subject == Subject{outcomes.changed.front().message_now});
    CHECK(stage.app.view().mode == Mode::what_if); // the list stays
    stage.mouse_away();
    Picture const chosen = stage.picture();
    for (std::string const& name : {envelope, "before/" + envelope}) {
        INFO(name);
        CHECK(marked(chosen, name) > marked(plain, name) + 40);
    }
    stage.press("changed:0");
    CHECK(stage.app.view().subject == Subject{});
}

TEST_CASE("Where the run before is seen alone, a line chooses the message there") {
    ChangeStage stage{denied};
    open_relay(stage);
    stage.click("runs:before");
    stage.frames(2);
    stage.press("changed:0");
    CHECK(stage.app.view().subject == Subject{stage.app.work().outcomes().changed.front().message_before});
}

TEST_CASE("Every recipient that comes out differently can be listed, however many they are") {
    ChangeStage stage{denied};
    std::string mail;
    for (int n = 0; n < 230; ++n)
        mail += fmt::format(R"({}{{ "from": "maya", "to": ["leo@shop.example"], "at": "{}s" }})",
                            n == 0 ? "" : ", ", n);
    std::string text = stage.text();
    std::size_t const from = text.find("\"mail\": [") + 9;
    text.replace(from, text.find(']', text.find('}', from)) - from, mail);
    text.erase(text.find("\"expect\""), std::string::npos);
    text.erase(text.rfind(','), std::string::npos);
    write(stage.file, text + "}");
    REQUIRE(stage.app.open_file(stage.file.string()).empty());
    stage.frames(2);
    open_relay(stage);
    REQUIRE(stage.app.work().outcomes().changed.size() == 230);
    CHECK_FALSE(stage.has("changed:100"));
    for (char const* const next : {"changed:199", "changed:229"}) {
        REQUIRE(stage.has("more changed"));
        for (int turn = 0; turn < 400 && stage.widget("more changed").bottom() > 560; ++turn)
            stage.scroll({static_cast<float>(stage.size.width) - 150, 300}, -10); // over the panel
        INFO(stage.widget("more changed").y << " of " << stage.widget("changed:0").y);
        stage.click("more changed");
        CHECK(stage.has(next));
    }
    CHECK_FALSE(stage.has("more changed"));
}

TEST_CASE("What can be changed is called as in the picture") {
    ChangeStage stage{denied};
    stage.click("mode:what if");
    CHECK(stage.shows("choice:Hotel Wi-Fi"));
    CHECK(stage.shows("choice:Maya"));
}

TEST_CASE("Of many recipients those that come out differently come first, and the others are counted") {
    ChangeStage stage{"45-a-town-writes"};
    stage.app.carry_out(WorkIntent{MakeEdits{{SetValue{"/seed", "4711"}}, {}}});
    stage.click("mode:what if");
    stage.frames(3);
    ChangedOutcomes const& outcomes = stage.app.work().outcomes();
    REQUIRE(outcomes.changed.size() > 1);
    CHECK(stage.has("changed:0"));
    CHECK(stage.has("changed:1"));
    stage.reveal("changed:1");
    CHECK(stage.widget("changed:0").bottom() <= stage.widget("changed:1").y);
    CHECK(stage.shows("others as before") == (outcomes.others > 0));
}

TEST_CASE("Where two runs are seen, the keys that need one of them say so") {
    ChangeStage stage{denied};
    open_relay(stage);
    stage.seek({});
    stage.key(Key::n); // an open relay refuses nothing
    CHECK(stage.app.view().presenting.notice ==
          "In the run as it is now no server refuses anything or gives up "
          "after this moment; C shows the one before alone.");
    stage.key(Key::p);
    CHECK(
        stage.app.view().presenting.notice ==
        "In the run as it is now no server has refused anything or given up before this moment; C shows the "
        "one before alone.");
    CHECK(stage.shows("notice"));
    stage.key(Key::q);
    CHECK_FALSE(stage.app.view().predicting.on);
    CHECK(stage.app.view().presenting.notice ==
          "Two runs are seen, and one would give the other away: C shows "
          "one of them alone, for Q to predict.");
    stage.click("runs:now");
    stage.key(Key::q);
    CHECK(stage.app.view().predicting.on);
    stage.seek(Instant{530ms});
    stage.key(Key::space);
    stage.frames(60);
    REQUIRE(stage.app.view().predicting.is_asking());
    stage.key(Key::y);
    stage.click("runs:before"); // and both again: nothing is asked beside the answer
    stage.click("runs:beside");
    stage.seek({});
    stage.seek(Instant{530ms});
    stage.key(Key::space);
    stage.frames(60);
    CHECK(stage.app.view().now > Instant{541ms});
    CHECK_FALSE(stage.app.view().predicting.is_asking());
}

TEST_CASE("The moment in words says of which run it is, where there are two") {
    ChangeStage stage{denied};
    stage.key(Key::t);
    stage.frames(2);
    CHECK(stage.shows("text of:This moment in words"));
    stage.key(Key::t);
    stage.key(Key::i);
    stage.frames(2);
    stage.app.carry_out(
        WorkIntent{MakeEdits{{SetValue{"/servers/mail.isp.example/open_relay", "true"}}, {}}});
    stage.frames(3);
    stage.key(Key::t);
    stage.frames(2);
    CHECK(stage.shows("text of:Now, with the changes, in words"));
    stage.app.carry_out(WorkIntent{ShowRuns{Runs::before}});
    stage.frames(2);
    CHECK(stage.shows("text of:Before the changes, in words"));
}
