// DNS blocklists (RFC 5782): the name under which a list is asked for an address. Not who stands on a list.
#pragma once

#include "mail/ip.hpp"

#include <string>
#include <string_view>

namespace mailflow {

/// What a list answers for an address that stands on it (RFC 5782 section 2.1).
inline constexpr std::string_view dnsbl_listed = "127.0.0.2";

/// "103.113.0.203.dnsbl.example" for 203.0.113.103: the octets of an IPv4 address backwards (RFC 5782 section
/// 2.1), the nibbles of an IPv6 address (section 2.4), before the name of the list.
[[nodiscard]] std::string dnsbl_name(IpAddress const& address, std::string_view list);

} // namespace mailflow
