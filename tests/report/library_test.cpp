#include "library.hpp"

#include "engine/same_numbers.hpp"
#include "report/expect.hpp"
#include "report/json_report.hpp"
#include "report/lines/jsonl.hpp"
#include "report/story/story.hpp"
#include "run/count.hpp"
#include "trace/tally.hpp"

#include <algorithm>
#include <cstdlib>

using namespace mailflow;

namespace {

struct Level {
    Detail detail;
    std::string_view name;
};

constexpr Level levels[] = {
    {Detail::magic, "magic"}, {Detail::servers, "servers"}, {Detail::protocol, "protocol"}};

} // namespace

TEST_CASE("every scenario meets its own expectations") {
    REQUIRE(library_files().size() >= 7);
    for (auto const& file : library_files()) {
        CAPTURE(file.filename().string());
        World const world = world_of(text_of(file));
        Trace const trace = run(world);
        Verification const verification = verify(world, trace, summarize(world, trace));
        CHECK(verification.failed == std::vector<std::string>{});
        CHECK(verification.met == world.expectations.size());
        CHECK(verification.met > 0);
    }
}

TEST_CASE("the story of every scenario is the one that was read and approved") {
    // UPDATE_GOLDEN=1 writes the stories anew; read the difference before you commit it.
    bool const update = std::getenv("UPDATE_GOLDEN") != nullptr;
    for (auto const& file : library_files()) {
        World const world = world_of(text_of(file));
        Trace const trace = run(world);
        for (Level const& level : levels) {
            std::string const name = file.stem().string() + "." + std::string{level.name} + ".txt";
            std::filesystem::path const golden =
                std::filesystem::path{MAILFLOW_SOURCE_DIR} / "tests" / "golden" / name;
            std::string const told = story(world, trace, level.detail, Colour::off);
            if (update)
                std::ofstream{golden, std::ios::binary} << told;
            CAPTURE(name);
            CHECK(told == text_of(golden));
        }
    }
}

TEST_CASE("every golden story belongs to a scenario") {
    std::size_t count = 0;
    for (auto const& entry : std::filesystem::directory_iterator{MAILFLOW_SOURCE_DIR "/tests/golden"})
        count += entry.path().extension() == ".txt" ? 1U : 0U;
    CHECK(count == library_files().size() * std::size(levels));
}

TEST_CASE("every scenario gives the same bytes twice") {
    for (auto const& file : library_files()) {
        CAPTURE(file.filename().string());
        World const one = world_of(text_of(file));
        World const two = world_of(text_of(file));
        Trace const first = run(one);
        Trace const second = run(two);
        for (Level const& level : levels)
            CHECK(story(one, first, level.detail, Colour::on) ==
                  story(two, second, level.detail, Colour::on));
        CHECK(report_json(one, first) == report_json(two, second));
        CHECK(trace_jsonl(one, first) == trace_jsonl(two, second));
    }
}

TEST_CASE("no line of a story is wider than the page") {
    for (auto const& file : library_files()) {
        World const world = world_of(text_of(file));
        Trace const trace = run(world);
        for (Level const& level : levels) {
            std::istringstream lines{story(world, trace, level.detail, Colour::off)};
            for (std::string line; std::getline(lines, line);) {
                CAPTURE(file.filename().string(), line);
                CHECK(character_count(line) <= Page::width);
                CHECK((line.empty() || line.back() != ' '));
            }
        }
    }
}

TEST_CASE("whatever is put in comes out") {
    for (auto const& file : library_files()) {
        CAPTURE(file.filename().string());
        World const world = world_of(text_of(file));
        Trace const trace = run(world);
        Totals const totals = summarize(world, trace).totals;
        std::size_t handed_in = 0;
        for (Mail const& mail : world.mail)
            handed_in += mail.to.size() + mail.bcc.size();
        for (Message const& message : trace.messages)
            handed_in += is_one_of_many(message) ? message.recipient_count : 0;
        CHECK(totals.recipients == handed_in);
        CHECK(totals.recipients ==
              totals.delivered + totals.refused + totals.bounced + totals.queued + totals.discarded);
    }
}

TEST_CASE("the numbers of a counted scenario are those folded from its trace") {
    for (auto const& file : library_files()) {
        CAPTURE(file.filename().string());
        World const world = world_of(text_of(file));
        Trace const trace = run(world);
        bool const on_its_own = trace.ended_at.since_start < world.until;
        Numbers counted = count(world);
        CHECK(counted.expectations.met == world.expectations.size());
        CHECK(counted.expectations.failed == 0);
        Numbers folded = numbers_of(world, trace, on_its_own ? EndedBy::itself : EndedBy::until);
        // At whom a prober aims with what it writes, the report alone knows.
        if (std::any_of(world.spammers.begin(), world.spammers.end(),
                        [](Spammer const& spammer) { return spammer.probe.has_value(); }))
            folded.expectations = counted.expectations;
        check_same(counted, folded);
    }
}
