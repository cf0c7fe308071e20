// A scenario that fails, made small: whatever can be left out, so that it still fails, is left out. Greedy
// and ignorant of the format: what it must not leave out shows in that the scenario does not fail any more.
#pragma once

#include "worlds/random_world.hpp"

#include <functional>

namespace mailflow::worlds {

/// Whether the scenario still fails in the way that is looked into.
using StillFails = std::function<bool(Json const&)>;

/// No more than so many smaller scenarios are tried.
inline constexpr std::size_t most_tries = 5000;

/// A scenario from which no member, no item and no half of a list can be taken, and in which no number can be
/// lowered, without that it fails no more. `scenario` must fail.
[[nodiscard]] Json shrink(Json scenario, StillFails const& still_fails);

} // namespace mailflow::worlds
