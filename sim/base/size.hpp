// Sizes of messages as scenario files write them: whole bytes, in powers of 1000.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace mailflow {

/// The largest size that `parse_size` reads.
inline constexpr std::uint64_t largest_size_bytes = 10'000'000'000;

/// Reads "500B", "4kB", "1.5MB" or "2GB" (a whole or decimal number and one unit; no sign, no blank) into
/// bytes. Empty when the text is anything else, is not a whole number of bytes, or more than 10 GB.
[[nodiscard]] std::optional<std::uint64_t> parse_size(std::string_view text);

/// The shortest text without a decimal point that `parse_size` reads back to the same value.
[[nodiscard]] std::string write_size(std::uint64_t bytes);

} // namespace mailflow
