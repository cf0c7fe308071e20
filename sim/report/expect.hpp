// Whether what came out is what the scenario says must come out.
#pragma once

#include "report/summary.hpp"

#include <cstddef>
#include <string>
#include <vector>

namespace mailflow {

struct Verification {
    std::size_t met = 0;
    std::vector<std::string> failed;    // a sentence for each: what was expected, and what came
    std::vector<std::size_t> failed_at; // their places among the scenario's expectations
};

[[nodiscard]] Verification verify(World const& world, Trace const& trace, Summary const& summary);

} // namespace mailflow
