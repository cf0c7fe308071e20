#include "batch/statistics.hpp"

#include "base/numbers.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace mailflow::batch {

double student_t_975(std::size_t degrees) {
    constexpr std::array exact{12.7062, 4.3027, 3.1824, 2.7764, 2.5706};
    if (degrees <= exact.size())
        return exact[degrees - 1];
    // Cornish and Fisher's expansion around the normal distribution (Abramowitz and Stegun 26.7.5).
    constexpr double z = 1.9599639845;
    constexpr double z3 = z * z * z;
    constexpr double z5 = z3 * z * z;
    constexpr double z7 = z5 * z * z;
    constexpr double z9 = z7 * z * z;
    auto const n = static_cast<double>(degrees);
    return z + (z3 + z) / (4 * n) + (5 * z5 + 16 * z3 + 3 * z) / (96 * n * n) +
           (3 * z7 + 19 * z5 + 17 * z3 - 15 * z) / (384 * n * n * n) +
           (79 * z9 + 776 * z7 + 1482 * z5 - 1920 * z3 - 945 * z) / (92160 * n * n * n * n);
}

Spread spread_of(std::vector<double>& values) {
    auto const count = static_cast<double>(values.size());
    double sum = 0;
    for (double const value : values)
        sum += value;
    auto const [least, most] = std::minmax_element(values.begin(), values.end());
    double const mean = *least == *most ? *least : sum / count; // what is always the same stays exactly that
    double squares = 0;
    for (double const value : values)
        squares += (value - mean) * (value - mean);
    std::sort(values.begin(), values.end());
    auto const at_share = [&values](double share) { return values[nearest_rank(share, values.size()) - 1]; };
    Spread spread{.count = values.size(),
                  .mean = mean,
                  .margin = {},
                  .least = values.front(),
                  .p5 = at_share(0.05),
                  .p50 = at_share(0.5),
                  .p95 = at_share(0.95),
                  .most = values.back()};
    if (values.size() > 1)
        spread.margin = student_t_975(values.size() - 1) * std::sqrt(squares / (count - 1) / count);
    return spread;
}

} // namespace mailflow::batch
