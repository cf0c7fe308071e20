// The numbers of places in a table that may be used again: a bit for each place, above them a bit for each
// word of those that is not zero, and so on up to a single word. A place costs an eighth of an octet, whether
// it is free or not, and the lowest one is found in as many steps as there are levels.
#pragma once

#include <array>
#include <bit>
#include <cassert>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace mailflow {

class FreePlaces {
public:
    [[nodiscard]] bool empty() const { return count_ == 0; }

    /// The place must not be free yet.
    void add(std::uint32_t place) {
        while (capacity() <= place)
            grow();
        std::size_t at = place;
        for (std::size_t level = 0; level < height_; ++level) {
            std::uint64_t& word = levels_[level][at / word_bits];
            bool const was_empty = word == 0;
            word |= std::uint64_t{1} << (at % word_bits);
            at /= word_bits;
            if (!was_empty)
                break;
        }
        ++count_;
    }

    /// The lowest of them, which is free no longer. There must be one.
    std::uint32_t take() {
        assert(count_ > 0);
        std::size_t lowest = 0;
        for (std::size_t level = height_; level-- > 0;)
            lowest = lowest * word_bits + static_cast<std::size_t>(std::countr_zero(levels_[level][lowest]));
        std::size_t at = lowest;
        for (std::size_t level = 0; level < height_; ++level) {
            std::uint64_t& word = levels_[level][at / word_bits];
            word &= word - 1; // its lowest bit
            at /= word_bits;
            if (word != 0)
                break;
        }
        --count_;
        return static_cast<std::uint32_t>(lowest);
    }

    /// Memory for all places up to the highest that was ever free.
    [[nodiscard]] std::uint64_t bytes() const {
        std::size_t words = 0;
        for (auto const& level : levels_)
            words += level.size();
        return words * sizeof(std::uint64_t);
    }

private:
    static constexpr std::size_t word_bits = 64;
    static constexpr std::size_t most_levels = 6; // enough for 32-bit numbers

    [[nodiscard]] std::size_t capacity() const { return height_ == 0 ? 0 : levels_[0].size() * word_bits; }

    /// Room for twice as many.
    void grow() {
        std::size_t words = height_ == 0 ? 1 : levels_[0].size() * 2;
        for (std::size_t level = 0; level == 0 || levels_[level - 1].size() > 1; ++level) {
            levels_[level].resize(words);
            if (level == height_) { // a new one on top
                ++height_;
                if (level > 0 && levels_[level - 1][0] != 0)
                    levels_[level][0] = 1;
            }
            words = (words + word_bits - 1) / word_bits;
        }
    }

    std::array<std::vector<std::uint64_t>, most_levels> levels_;
    std::size_t height_ = 0; // levels in use; the uppermost has one word
    std::size_t count_ = 0;
};

} // namespace mailflow
