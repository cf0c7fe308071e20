// What is left out is not spoken of: not in the panel, not above the picture.
#include "stage.hpp"

using namespace mailflow;
using namespace mailflow::viz;

namespace {

constexpr char const* backscatter = "34-open-relay-abused";

} // namespace

TEST_CASE("Whoever looks at one person alone sees what comes into the mailbox") {
    Stage stage{backscatter};
    Filter only;
    only.machine = host_named(stage.app.world(), "vera");
    stage.app.carry_out(SetFilter{only});
    stage.key(Key::end);
    stage.frames(2);
    std::size_t filed = 0;
    for (StoryRow const& row : stage.app.rows().all())
        filed += std::holds_alternative<MessageFiled>(stage.app.trace().events[row.event].happening) ? 1 : 0;
    CHECK(filed >= 40);
}

TEST_CASE("The panel keeps silent about spam that the filter hides") {
    Stage stage{backscatter};
    for (int refusals = 0; refusals < 3; ++refusals)
        stage.key(Key::n);
    stage.frames(2);
    REQUIRE(stage.shows("ladder"));
    Filter no_spam;
    no_spam.spam = false;
    stage.app.carry_out(SetFilter{no_spam});
    stage.frames(3);
    CHECK_FALSE(stage.shows("ladder"));
    CHECK_FALSE(stage.shows("advice"));
    CHECK(stage.shows("on the way: nothing on the way"));
    stage.app.carry_out(SetFilter{});
    stage.frames(3);
    CHECK(stage.shows("ladder"));
}

TEST_CASE("Predicting opens the magic up to the servers, which are what is asked about") {
    Stage stage{denied};
    stage.app.carry_out(SetDetail{Detail::magic});
    stage.key(Key::q);
    CHECK(stage.app.view().predicting.on);
    CHECK(stage.app.view().detail == Detail::servers);
    stage.key(Key::right);
    for (int steps = 0; steps < 200 && !stage.app.view().predicting.is_asking(); ++steps)
        stage.key(Key::right);
    CHECK(stage.app.view().predicting.is_asking());
    stage.key(Key::q);
    CHECK(stage.app.view().detail == Detail::servers);
}
