// What the list is filtered for stays, whichever run of the scenario is looked at.
#include "change_stage.hpp"

#include "viz/carrying.hpp"

using namespace mailflow;
using namespace mailflow::viz;

namespace {

MessageId first_message(ChangeStage const& stage) {
    REQUIRE(stage.app.trace().messages.size() > 0);
    return stage.app.trace().messages.id_at(0);
}

} // namespace

TEST_CASE("The filter for a machine and a message stays in both runs, and falls in another scenario") {
    ChangeStage stage{denied};
    Filter wanted;
    wanted.machine = host_named(stage.app.world(), "mail.isp.example");
    wanted.message = first_message(stage);
    wanted.spam = false;
    stage.app.carry_out(SetFilter{wanted});
    stage.click("mode:what if");
    stage.press("thing:/servers/mail.isp.example");
    stage.press("set:/servers/mail.isp.example/open_relay=true");
    CHECK(stage.app.view().filter == wanted); // the world ran again
    for (char const* const run : {"runs:before", "runs:now", "runs:before", "runs:both"}) {
        INFO(run);
        stage.click(run);
        stage.frames(2);
        Filter const kept = stage.app.view().filter;
        CHECK(kept == wanted); // here the two runs number them alike
        CHECK(stage.app.world().hosts[kept.machine].name == "mail.isp.example");
    }
    stage.click("undo");
    CHECK(stage.app.view().filter == wanted);
    std::string const other = (stage.folder / "other.json").string();
    write(other, text_of(fs::path{MAILFLOW_SOURCE_DIR} / "scenarios/03-authenticated.json"));
    REQUIRE(stage.app.open_file(other).empty());
    stage.frames(3);
    CHECK_FALSE(stage.app.view().filter.machine.valid());
    CHECK_FALSE(stage.app.view().filter.message.valid());
    CHECK_FALSE(stage.app.view().filter.spam); // what is no thing of a scenario stays
}

TEST_CASE("A machine that is filtered for is found by its name where its number is another one") {
    World const few = load_lesson("03-authenticated");
    World const many = load_lesson("18-hours-of-waiting");
    Shown const from{few, run(few)};
    Shown const to{many, run(many)};
    Filter filter;
    filter.machine = host_named(few, "mx1.shop.example");
    HostId const there = host_named(many, "mx1.shop.example");
    CHECK(carried_over(filter, from, to).machine == there);
    filter.machine = host_named(few, "maya");
    Filter const gone = carried_over(filter, to, from); // of that number there, no machine of that name here
    CHECK((!gone.machine.valid() || few.hosts[gone.machine].name == many.hosts[filter.machine].name));
}
