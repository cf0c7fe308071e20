// The grounds that the picture of a scenario had, while that is changed step by step.
#pragma once

#include "viz/layout/ground.hpp"

#include <memory>
#include <vector>

namespace mailflow::viz {

/// The last grounds of one scenario: after a step back its picture is what it was, and not only like it.
class GroundMemory {
public:
    /// The last ground of just these machines; else the last one; null: there was none.
    [[nodiscard]] GroundPlan const* find(World const& world) const;
    /// In the place of one of the same machines in the same places.
    void keep(std::shared_ptr<GroundPlan const> ground);

private:
    static constexpr std::size_t most = 32;

    std::vector<std::shared_ptr<GroundPlan const>> kept_;
};

} // namespace mailflow::viz
