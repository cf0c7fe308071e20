#include "trace/numbers.hpp"

#include <numeric>

namespace mailflow {

std::uint64_t Outcomes::of(Outcome outcome) const {
    auto const& row = counts_[static_cast<std::size_t>(outcome)];
    return std::accumulate(row.begin(), row.end(), std::uint64_t{0});
}

std::uint64_t Outcomes::of(Reason reason) const {
    std::uint64_t sum = 0;
    for (auto const& row : counts_)
        sum += row[static_cast<std::size_t>(reason)];
    return sum;
}

std::uint64_t Outcomes::all() const {
    std::uint64_t sum = 0;
    for (auto const& row : counts_)
        sum = std::accumulate(row.begin(), row.end(), sum);
    return sum;
}

Outcomes& Outcomes::operator+=(Outcomes const& other) {
    for (std::size_t outcome = 0; outcome < counts_.size(); ++outcome)
        for (std::size_t reason = 0; reason < counts_[outcome].size(); ++reason)
            counts_[outcome][reason] += other.counts_[outcome][reason];
    return *this;
}

void Refusals::count(Reason reason) {
    auto const place = static_cast<std::size_t>(reason);
    if (counts_.size() <= place)
        counts_.resize(place + 1);
    ++counts_[place];
}

std::uint64_t Refusals::of(Reason reason) const {
    auto const place = static_cast<std::size_t>(reason);
    return place < counts_.size() ? counts_[place] : 0;
}

} // namespace mailflow
