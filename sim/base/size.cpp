#include "base/size.hpp"

#include <fmt/format.h>

#include <array>

namespace mailflow {

namespace {

struct Unit {
    std::string_view name;
    std::uint64_t bytes;
};

constexpr std::array<Unit, 4> units{{{"GB", 1'000'000'000}, {"MB", 1'000'000}, {"kB", 1'000}, {"B", 1}}};

/// No size has more digits, and with them no product below overflows.
constexpr std::size_t most_digits = 11;

} // namespace

std::optional<std::uint64_t> parse_size(std::string_view text) {
    std::size_t const number_length = text.find_first_not_of("0123456789.");
    if (number_length == std::string_view::npos)
        return std::nullopt;
    std::string_view const number = text.substr(0, number_length);
    std::size_t const point = number.find('.');
    std::string_view const whole = number.substr(0, point);
    bool const has_fraction = point != std::string_view::npos;
    std::string_view const fraction = has_fraction ? number.substr(point + 1) : std::string_view{};
    if (whole.empty() || (has_fraction && fraction.empty()) || whole.size() + fraction.size() > most_digits ||
        fraction.find('.') != std::string_view::npos)
        return std::nullopt;

    for (Unit const& unit : units) {
        if (text.substr(number_length) != unit.name)
            continue;
        std::uint64_t bytes = 0;
        for (char const digit : whole)
            bytes = bytes * 10 + static_cast<std::uint64_t>(digit - '0');
        if (bytes > largest_size_bytes / unit.bytes)
            return std::nullopt;
        bytes *= unit.bytes;
        std::uint64_t step = unit.bytes;
        for (char const digit : fraction) {
            if (step % 10 != 0 && digit != '0')
                return std::nullopt;
            step /= 10;
            bytes += step * static_cast<std::uint64_t>(digit - '0');
        }
        return bytes <= largest_size_bytes ? std::optional{bytes} : std::nullopt;
    }
    return std::nullopt;
}

std::string write_size(std::uint64_t bytes) {
    for (Unit const& unit : units)
        if (bytes % unit.bytes == 0 && (bytes != 0 || unit.bytes == 1))
            return fmt::format("{}{}", bytes / unit.bytes, unit.name);
    return fmt::format("{}B", bytes);
}

} // namespace mailflow
