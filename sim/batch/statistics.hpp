// What many runs of the same world say together: mean, how sure that is, and how they spread.
#pragma once

#include <cstddef>
#include <optional>
#include <vector>

namespace mailflow::batch {

struct Spread {
    std::size_t count = 0;
    double mean = 0;
    // Half the width of the 95 % confidence interval of the mean (Student's t); none for a single value.
    std::optional<double> margin;
    double least = 0;
    double p5 = 0; // nearest rank
    double p50 = 0;
    double p95 = 0;
    double most = 0;

    bool operator==(Spread const&) const = default;
};

/// Sorts them on the way. There must be one value at least.
[[nodiscard]] Spread spread_of(std::vector<double>& values);

/// Student's t below which 97.5 % lie, to three decimals or better. `degrees` must not be 0.
[[nodiscard]] double student_t_975(std::size_t degrees);

} // namespace mailflow::batch
