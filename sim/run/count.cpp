#include "run/count.hpp"

#include "engine/loop.hpp"
#include "report/expect.hpp"
#include "trace/tally.hpp"

#include <algorithm>

namespace mailflow {

namespace {

bool quotes_replies(World const& world) {
    return std::any_of(world.expectations.begin(), world.expectations.end(),
                       [](Expectation const& expected) { return !expected.reply.empty(); });
}

} // namespace

Numbers count(World const& world, Limits const& limits) {
    if (!quotes_replies(world))
        return play_for_numbers(world, limits).numbers;
    Played const played = play(world, limits);
    Numbers numbers = numbers_of(world, played.trace, played.ended_by);
    Verification const verification = verify(world, played.trace, summarize(world, played.trace));
    numbers.expectations = {.met = verification.met, .failed = verification.failed.size()};
    return numbers;
}

Effort effort_of(World const& world, Limits const& limits) {
    return play_for_numbers(world, limits).effort;
}

} // namespace mailflow
