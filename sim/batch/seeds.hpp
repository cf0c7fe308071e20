// The seeds of a batch: "1..1000", "1,2,5..9". Not the chance that comes of them: that is base/random.hpp.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace mailflow::batch {

/// Seeds in an order, of which a long range takes no memory.
class SeedList {
public:
    /// Reads whole numbers and ranges FIRST..LAST, both included, with commas between them; or says what is
    /// wrong with the text. No seed may be given twice: its runs would be the same, and count double.
    [[nodiscard]] static std::variant<SeedList, std::string> parse(std::string_view text);

    [[nodiscard]] std::uint64_t size() const { return size_; }
    [[nodiscard]] bool empty() const { return size_ == 0; }
    /// The seed at that place, from 0.
    [[nodiscard]] std::uint64_t at(std::uint64_t place) const;

    struct Range {
        std::uint64_t first = 0;
        std::uint64_t last = 0;
    };
    [[nodiscard]] std::vector<Range> const& ranges() const { return ranges_; }

private:
    std::vector<Range> ranges_;
    std::uint64_t size_ = 0;
};

} // namespace mailflow::batch
