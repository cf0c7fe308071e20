// Small words about numbers: reading one that is the whole of a text, and ranks in what is sorted.
#pragma once

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <optional>
#include <string_view>
#include <system_error>

namespace mailflow {

/// The number that the whole text is, as std::from_chars reads it: no blanks, no "+", and "-" only where
/// `Number` has a sign. None when there is anything else in the text, or when it is beyond a `Number`.
template<class Number>
[[nodiscard]] std::optional<Number> number_in(std::string_view text) {
    Number number{};
    char const* const end = text.data() + text.size();
    auto const read = std::from_chars(text.data(), end, number);
    return read.ec == std::errc{} && read.ptr == end ? std::optional{number} : std::nullopt;
}

/// The rank, from 1, of the value among `count` sorted ones below which that share (0 to 1) of them lies, by
/// the method of the nearest rank. `count` must not be 0.
[[nodiscard]] inline std::uint64_t nearest_rank(double share, std::uint64_t count) {
    auto const rank = static_cast<std::uint64_t>(std::ceil(share * static_cast<double>(count)));
    return std::clamp<std::uint64_t>(rank, 1, count);
}

} // namespace mailflow
