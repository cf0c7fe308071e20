// The moments to which a person steps: the next event of the list, decision, hop, message or refusal, and the
// next time that a machine acts.
#pragma once

#include "viz/shown/shown.hpp"
#include "viz/shown/story_rows.hpp"

namespace mailflow::viz {

/// hop: a message comes into other hands. message: one sets out.
enum class Step : std::uint8_t { event, decision, hop, message, refusal };
enum class Towards : std::uint8_t { past, future };

[[nodiscard]] std::string_view words_of(Step step);

/// The nearest such moment after or before `now`, of what the filter shows; where there is none the end or
/// the beginning of the run, but of refusals nothing: there is nothing to be looked for in that direction.
/// Events are those of the list; refusals what says no there (saying_no.hpp).
[[nodiscard]] std::optional<Instant> step_from(Instant now, Step step, Towards towards, Shown const& shown,
                                               StoryRows const& rows, Filter const& filter);

/// When the machine first acts among the events from one count to the other; none: it does not.
[[nodiscard]] std::optional<Instant> acts_within(Shown const& shown, HostId machine, std::size_t from,
                                                 std::size_t to);

} // namespace mailflow::viz
