#include "viz/text_of_moment.hpp"

#include "report/story.hpp"
#include "run/run.hpp"

#include <fmt/format.h>

namespace mailflow::viz {

namespace {

/// So many are played and told within the time of a few frames.
constexpr std::size_t most_events = 20'000;

std::string story_until(World world, Heading const& heading, Detail detail, Instant at, bool is_whole) {
    world.title = heading.title;
    world.summary = heading.summary;
    world.until = at.since_start;
    if (!is_whole)
        world.expectations = {}; // they speak of the whole run
    return story(world, run(world), detail, mailflow::Colour::off);
}

} // namespace

std::string const& TextOfMoment::tell(World const& world, Trace const& trace, Heading const& heading,
                                      Detail detail, Instant at) {
    if (told_ && heading == heading_ && detail == detail_ && at == at_)
        return text_;
    told_ = true;
    heading_ = heading;
    detail_ = detail;
    at_ = at;
    text_ = trace.events.size() <= most_events
                ? story_until(world, heading, detail, at, at >= trace.ended_at)
                : fmt::format(
                      "This run has {} events, too many to be told here; \"mailflow run FILE --until {}\" "
                      "tells it.\n",
                      trace.events.size(), write_duration(at.since_start));
    return text_;
}

} // namespace mailflow::viz
