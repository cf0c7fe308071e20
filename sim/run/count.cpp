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
    Played const played = play(world, limits);
    Numbers numbers = numbers_of(world, played.trace, played.ended_by);
    if (quotes_replies(world)) {
        Verification const verification = verify(world, played.trace, summarize(world, played.trace));
        numbers.expectations = {.met = verification.met, .failed = verification.failed.size()};
    }
    return numbers;
}

} // namespace mailflow
