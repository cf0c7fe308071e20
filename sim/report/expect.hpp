// Whether what came out is what the scenario says must come out.
#pragma once

#include "report/summary.hpp"

#include <string>
#include <vector>

namespace mailflow {

struct Verification {
    std::size_t met = 0;
    std::vector<std::string> failed; // a sentence for each: what was expected, and what came
};

[[nodiscard]] Verification verify(World const& world, Trace const& trace, Summary const& summary);

} // namespace mailflow
