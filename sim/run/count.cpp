#include "run/count.hpp"

#include "engine/loop.hpp"
#include "report/expect.hpp"
#include "run/run.hpp"
#include "trace/tally.hpp"

#include <algorithm>

namespace mailflow {

namespace {

/// Whether only the report can tell if an expectation is met: it has the words of replies, and knows at whom
/// a prober aims with what it writes.
bool asks_the_report(World const& world) {
    return std::any_of(world.expectations.begin(), world.expectations.end(),
                       [&](Expectation const& expected) {
                           return !expected.reply.empty() ||
                                  (expected.spammer.valid() && world.spammers[expected.spammer].probe);
                       });
}

} // namespace

Numbers count(World const& world, Limits const& limits) {
    return count(world, world.seed, limits);
}

Numbers count(World const& world, std::uint64_t seed, Limits const& limits) {
    if (!asks_the_report(world))
        return play_for_numbers(world, seed, limits).numbers;
    Limits with_story = limits;
    with_story.bytes = std::min(limits.bytes.value_or(longest_story_bytes), longest_story_bytes);
    Played const played = play(world, seed, with_story);
    Numbers numbers = numbers_of(world, played.trace, played.ended_by);
    Verification const verification = verify(world, played.trace, summarize(world, played.trace));
    numbers.expectations = {.met = verification.met, .failed = verification.failed.size()};
    return numbers;
}

Effort effort_of(World const& world, Limits const& limits) {
    return play_for_numbers(world, world.seed, limits).effort;
}

} // namespace mailflow
