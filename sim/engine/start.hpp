// What a world gives a run to start with.
#pragma once

#include "engine/effects.hpp"
#include "world/world.hpp"

namespace mailflow {

/// The messages and recipients of World::mail, under the same numbers.
void hand_in_mail(World const& world, Records& records);

/// Whatever is to happen at a time that the world knows from the start.
void schedule(World const& world, Effects& effects);

} // namespace mailflow
