// What holds in every world, whatever stands in it: each property looks at a whole run and says where it is
// broken.
#pragma once

#include "trace/trace.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace mailflow::worlds {

/// A scenario that was loaded and played.
struct Played {
    std::string scenario;
    World world;
    Trace trace;
};

struct Property {
    std::string_view name; // a sentence
    /// What is wrong with the run; empty: nothing.
    std::string (*trouble)(Played const&);
};

/// All of them.
[[nodiscard]] std::vector<Property> const& properties();

// Of these, by subject; each is a file.
[[nodiscard]] std::vector<Property> references_properties();
[[nodiscard]] std::vector<Property> order_properties();
[[nodiscard]] std::vector<Property> accounting_properties();
[[nodiscard]] std::vector<Property> relaying_properties();
[[nodiscard]] std::vector<Property> reach_properties();
[[nodiscard]] std::vector<Property> report_properties();
[[nodiscard]] std::vector<Property> replay_properties();

/// A property that does not hold.
struct Violation {
    std::string property;
    std::string trouble;

    bool operator==(Violation const&) const = default;
};

/// What the loader does not take is a violation of this.
inline constexpr std::string_view loader_takes_it = "the loader takes it";

/// Loads and plays the scenario, and holds the run to every property.
[[nodiscard]] std::optional<Violation> first_violation(std::string const& scenario);

} // namespace mailflow::worlds
