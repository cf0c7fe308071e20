// Two runs and what comes out differently, recipient by recipient.
#include "catch.hpp"
#include "library.hpp"

#include "report/changed_outcomes.hpp"
#include "run/run.hpp"
#include "scenario/load.hpp"

using namespace mailflow;

namespace {

World changed_lesson(std::string const& name, std::vector<Override> const& changes) {
    auto loaded = load_scenario(text_of(MAILFLOW_SOURCE_DIR "/scenarios/" + name + ".json"), changes);
    REQUIRE(std::holds_alternative<World>(loaded));
    return std::get<World>(std::move(loaded));
}

ChangedOutcomes changes_by(std::string const& name, std::vector<Override> const& changes) {
    World const before = changed_lesson(name, {});
    World const now = changed_lesson(name, changes);
    Trace const a = run(before);
    Trace const b = run(now);
    return changed_outcomes({before, a}, {now, b});
}

} // namespace

TEST_CASE("A refusal that becomes a delivery is told with who refused and how long it took") {
    auto const outcomes =
        changes_by("02-relaying-denied", {{"/servers/mail.isp.example/open_relay", "true"}});
    REQUIRE(outcomes.changed.size() == 1);
    ChangedOutcome const& one = outcomes.changed.front();
    CHECK(one.whose == "Maya to leo@shop.example");
    CHECK(one.before == "refused after 0.6 s (relaying denied), by mail.isp.example");
    CHECK(one.now.starts_with("delivered after "));
    CHECK(one.message_before.valid());
    CHECK(one.message_now.valid());
    CHECK(outcomes.others == 0);
    CHECK(say_others(outcomes).empty());
}

TEST_CASE("Where only the words of the refusal differ they are told") {
    auto const outcomes =
        changes_by("02-relaying-denied", {{"/servers/mail.isp.example/software", "\"sendmail\""}});
    REQUIRE(outcomes.changed.size() == 1);
    CHECK(outcomes.changed.front().before.ends_with(
        "by mail.isp.example: 554 5.7.1 <leo@shop.example>: Relay access denied"));
    CHECK(outcomes.changed.front().now.find("Relaying denied") != std::string::npos);
}

TEST_CASE("What comes out as before is counted, also where the runs differ on the way") {
    auto const same = changes_by("02-relaying-denied", {{"/title", "Another title"}});
    CHECK(same.changed.empty());
    CHECK(same.others == 1);
    CHECK(say_others(same) == "It ends as before.");
}

TEST_CASE("A message that only one of the runs has is told as not written in the other") {
    std::string const both = R"([{"id": "hello", "from": "maya", "to": ["leo@shop.example"]},
                                 {"id": "second", "from": "maya", "to": ["leo@shop.example"], "at": "10s"}])";
    auto const outcomes = changes_by("02-relaying-denied", {{"/mail", both}});
    REQUIRE(outcomes.changed.size() == 1);
    CHECK(outcomes.changed.front().whose == "Maya to leo@shop.example (second)");
    CHECK(outcomes.changed.front().before == "not written");
    CHECK(outcomes.changed.front().now.starts_with("refused"));
    CHECK_FALSE(outcomes.changed.front().message_before.valid());
    CHECK(say_others(outcomes) == "1 other as before");
}

TEST_CASE("Spam and the mail of crowds is compared, too, behind people's mail") {
    for (auto const& [lesson, key] :
         {std::pair{"34-open-relay-abused", "/seed"}, {"45-a-town-writes", "/seed"}}) {
        auto const outcomes = changes_by(lesson, {{key, "4711"}});
        INFO(lesson);
        CHECK(outcomes.changed.size() + outcomes.others > 10);
    }
}
