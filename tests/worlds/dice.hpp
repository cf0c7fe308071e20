// Chance for what tests make up: draws from one stream of a seed, in the small words that generators need.
#pragma once

#include "base/random.hpp"

#include <cstdint>
#include <initializer_list>
#include <vector>

namespace mailflow::worlds {

class Dice {
public:
    explicit Dice(std::uint64_t seed) : stream_{seed, 0} {}

    /// From 0 to below the bound, which must be positive.
    std::size_t below(std::size_t bound) { return static_cast<std::size_t>(stream_.below(bound)); }
    /// Both ends included.
    std::size_t between(std::size_t least, std::size_t most) { return least + below(most - least + 1); }
    bool one_in(std::size_t n) { return below(n) == 0; }
    bool flip() { return one_in(2); }

    template<class T>
    T const& pick(std::vector<T> const& from) {
        return from[below(from.size())];
    }
    template<class T>
    T pick(std::initializer_list<T> from) {
        return from.begin()[below(from.size())];
    }

private:
    RandomStream stream_;
};

} // namespace mailflow::worlds
