#include "scenario/long_time.hpp"

#include "scenario/reader.hpp"

#include <fmt/format.h>

namespace mailflow {

bool is_too_long_time(std::string_view text) {
    if (auto const duration = parse_duration(text))
        return *duration > longest_time;
    // What is more than can be read at all reads well with a small whole number in the same place.
    std::size_t const digits = text.find_first_not_of("0123456789");
    return digits != 0 && digits != std::string_view::npos &&
           parse_duration(fmt::format("1{}", text.substr(digits))).has_value();
}

} // namespace mailflow
