// Counting a run without its trace.
#include "engine/play.hpp"
#include "engine/random_world.hpp"
#include "engine/same_numbers.hpp"
#include "run/count.hpp"
#include "run/run.hpp"
#include "trace/tally.hpp"

#include <atomic>

using namespace mailflow;

namespace {

/// A spammer's thousand messages for a shop that knows one of two names.
World flood() {
    return play_text(R"({ "format": 1,
        "networks": { "core": {} },
        "servers": { "mx.shop.example": { "network": "core", "handles": ["shop.example"],
                                          "mailboxes": ["leo"] } },
        "spammers": { "bulk": { "network": "core", "direct": true, "from": "win@offer.example",
                                "to": ["leo@shop.example", "zoe@shop.example"],
                                "count": 1000, "rate": "10/s" } } })")
        .world;
}

} // namespace

TEST_CASE("in every world the numbers of a counted run are those folded from its trace") {
    for (std::uint64_t seed = 1; seed <= 400; ++seed) {
        std::string const text = RandomWorld{seed}.text();
        CAPTURE(seed, text);
        Play const play = play_text(text);
        EndedBy const end =
            play.trace.ended_at.since_start < play.world.until ? EndedBy::itself : EndedBy::until;
        check_same(count(play.world), numbers_of(play.world, play.trace, end));
    }
}

TEST_CASE("a counted run ends at the first of its limits and says which it was") {
    World const world = flood();
    Numbers const all = count(world);
    CHECK(all.ended_by == EndedBy::itself);
    CHECK(all.messages == 1000);
    CHECK(all.spam.of(Outcome::delivered) == 1000);
    CHECK(all.spam.of(Outcome::refused, Reason::unknown_user) == 1000);
    CHECK(all.spam_delays.count() == 1000);
    CHECK(all.people_delays.count() == 0);
    CHECK((all.delays() == all.spam_delays));

    Numbers const few = count(world, {.events = 5000});
    CHECK(few.ended_by == EndedBy::events);
    CHECK(few.events == 5000);
    for (std::uint64_t most = 1; most <= 100; ++most)
        CHECK(count(world, {.events = most}).events == most);
    CHECK(count(world, {.events = all.events - 1}).ended_by == EndedBy::events);
    check_same(count(world, {.events = all.events}), all); // exactly enough

    Numbers const brief = count(world, {.simulated_time = std::chrono::seconds{10}});
    CHECK(brief.ended_by == EndedBy::simulated_time);
    CHECK((brief.ended_at == Instant{std::chrono::seconds{10}}));
    CHECK(brief.messages < 110);

    CHECK(count(world, {.bytes = 100}).ended_by == EndedBy::memory);
}

TEST_CASE("a run that somebody stops is broken off soon, and says so") {
    World const world = flood();
    std::atomic<bool> stop = true;
    Numbers const stopped = count(world, {.stop = &stop});
    CHECK(stopped.ended_by == EndedBy::stop);
    CHECK(stopped.events < 1000);
    stop = false;
    CHECK(count(world, {.stop = &stop}).ended_by == EndedBy::itself);
}

TEST_CASE("of a run that is cut off there is no trace, but word of where it was") {
    World const world = flood();
    auto const cut_off = run_within(world, {.events = 5000});
    REQUIRE(std::holds_alternative<CutOff>(cut_off));
    CHECK(std::get<CutOff>(cut_off).by == EndedBy::events);
    CHECK(std::get<CutOff>(cut_off).messages > 50);
    CHECK(std::get<CutOff>(cut_off).messages < 1000);
    auto const whole = run_within(world, {.events = 1'000'000});
    REQUIRE(std::holds_alternative<Trace>(whole));
    CHECK(std::get<Trace>(whole).messages.size() == 1000);
}

TEST_CASE("the world's own end comes before a later limit") {
    World world = flood();
    world.until = std::chrono::seconds{5};
    CHECK(count(world, {.simulated_time = std::chrono::seconds{10}}).ended_by == EndedBy::until);
}
