// Worlds played in a process of their own: one that crashes or never ends is a finding like any other, and
// can be shrunk.
#pragma once

#include "worlds/properties.hpp"

#include <cstdint>
#include <functional>

namespace mailflow::worlds {

/// What looks at one scenario and may find something.
using Look = std::function<std::optional<Violation>(std::string const& scenario)>;

/// One scenario may take so much processor time.
inline constexpr unsigned most_seconds = 60;

/// What `look` finds in the scenario; a crash and a run without end are violations, too.
[[nodiscard]] std::optional<Violation> look_apart(std::string const& scenario, Look const& look);

struct Finding {
    std::uint64_t seed = 0;
    Violation violation;
};

/// Looks at the made-up worlds from `first` on, so many; stops at the first finding.
[[nodiscard]] std::optional<Finding> look_at_worlds(std::uint64_t first, std::uint64_t count,
                                                    Look const& look);

/// The finding with its world shrunk, as a text that says how to run it.
[[nodiscard]] std::string shrunk(Finding const& finding, Look const& look);

} // namespace mailflow::worlds
