// A population in the window, and the spam that is written beside it without having an entry of its own.
#include "change_stage.hpp"
#include "frame_of.hpp"

#include "viz/panels/facts.hpp"

using namespace mailflow;
using namespace mailflow::viz;

namespace {

constexpr char const* half_spam = "46-half-of-it-is-spam";

std::string fact(Stage const& stage, std::string_view machine, std::string_view name) {
    Present const present = present_in(stage.app.world(), stage.app.state());
    for (Fact const& one :
         facts_about(frame_of(stage, present), host_named(stage.app.world(), machine)).facts)
        if (one.name == name)
            return one.words;
    return {};
}

} // namespace

TEST_CASE("The spam beside a population comes at gaps, without a number that ends it") {
    CHECK(fact(Stage{half_spam}, "office-spam", "Messages") == "one in 1 min 25 s on average, until 5 h");
    CHECK(fact(Stage{"42-too-many-at-once"}, "flood", "Messages") == "1000");
}

TEST_CASE("A click on the spammer beside a population leads to the population, which has its switches") {
    ChangeStage stage{half_spam};
    stage.click("mode:what if");
    stage.click("machine:office-spam");
    CHECK(stage.app.view().work.thing == "/populations/office");
    stage.frames(2);
    stage.fill_in("field:/populations/office/spam", "10%");
    CHECK(stage.says("\"spam\": \"10%\""));
    CHECK(stage.app.work().diagnostics().empty());
    CHECK_FALSE(stage.says("office-spam\": {")); // no spammer of its own came of it
}
