// Worlds made up from a seed, over every feature of the scenario format: what stands in them makes no sense,
// but all of it is allowed. As JSON, so that the loader is part of what is tested, and so that a world in
// which something goes wrong can be shrunk and run.
#pragma once

#include <nlohmann/json.hpp>

#include <cstdint>

namespace mailflow::worlds {

using Json = nlohmann::ordered_json;

/// The same seed gives the same scenario. The loader must take it.
[[nodiscard]] Json random_world(std::uint64_t seed);

} // namespace mailflow::worlds
