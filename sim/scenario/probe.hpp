// The spammers who look for open relays, while a world is put together.
#pragma once

#include "scenario/assembly.hpp"

namespace mailflow {

/// The tries of such a spammer, whose `from` and `to` are set up already.
void set_up_probe(Assembly& assembly, ProbeDraft const& draft, Spammer& spammer);

/// Once all tries are written.
void sort_typed_paths(World& world);

} // namespace mailflow
