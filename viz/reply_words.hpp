// The words of a reply, "554 5.7.1 <leo@shop.example>: Relay access denied", where there is no room for all.
#pragma once

#include <string_view>

namespace mailflow::viz {

/// Where it begins what is said of the address in angle brackets; npos: there is no address, or nothing is
/// said of it. "354 End data with <CR><LF>.<CR><LF>" is about none.
[[nodiscard]] constexpr std::size_t said_of_address(std::string_view words) {
    std::size_t const from = words.find('<');
    std::size_t const to = from == std::string_view::npos ? from : words.find('>', from);
    if (to == std::string_view::npos || words.substr(from, to - from).find('@') == std::string_view::npos)
        return std::string_view::npos;
    return words.find_first_not_of(" :.", to + 1);
}
static_assert(said_of_address("354 End data with <CR><LF>.<CR><LF>") == std::string_view::npos);
static_assert(said_of_address("5.7.1 <leo@shop.example>: Relay access denied") == 26);

} // namespace mailflow::viz
