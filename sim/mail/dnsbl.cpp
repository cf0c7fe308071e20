#include "mail/dnsbl.hpp"

#include <fmt/format.h>

namespace mailflow {

std::string dnsbl_name(IpAddress const& address, std::string_view list) {
    std::string name;
    auto const& octets = address.octets;
    if (address.is_v4()) {
        for (std::size_t i = octets.size(); i > octets.size() - 4; --i)
            name += fmt::format("{}.", octets[i - 1]);
    } else {
        for (std::size_t i = octets.size(); i > 0; --i)
            name += fmt::format("{:x}.{:x}.", octets[i - 1] & 0xfU, octets[i - 1] >> 4U);
    }
    return name.append(list);
}

} // namespace mailflow
