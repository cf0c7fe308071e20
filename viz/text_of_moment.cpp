#include "viz/text_of_moment.hpp"

#include "report/story/story.hpp"
#include "run/run.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace mailflow::viz {

namespace {

static_assert(longest_line == Page::width);

/// So many are played and told within the time of a few frames.
constexpr std::size_t most_events = 20'000;

std::string story_until(World world, Heading const& heading, Detail detail, Instant at, bool is_whole,
                        std::size_t characters) {
    world.title = heading.title;
    world.summary = heading.summary;
    world.until = at.since_start;
    if (!is_whole)
        world.expectations = {}; // they speak of the whole run
    return story(world, run(world), detail, mailflow::Colour::off, characters);
}

} // namespace

std::string const& TextOfMoment::tell(World const& world, Trace const& trace, Heading const& heading,
                                      Detail detail, Instant at, std::size_t characters) {
    characters = std::min(characters, longest_line);
    if (told_ && heading == heading_ && detail == detail_ && at == at_ && characters == characters_)
        return text_;
    told_ = true;
    heading_ = heading;
    detail_ = detail;
    at_ = at;
    characters_ = characters;
    text_ = trace.events.size() <= most_events
                ? story_until(world, heading, detail, at, at >= trace.ended_at, characters)
                : fmt::format(
                      "This run has {} events, too many to be told here; \"mailflow run FILE --until {}\" "
                      "tells it.\n",
                      trace.events.size(), write_duration(at.since_start));
    return text_;
}

} // namespace mailflow::viz
