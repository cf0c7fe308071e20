// What a server finds in the DNS about those who write to it: the host name of a client's address (RFC 1912
// section 2.1), and whether a sender's domain can be written to. An address of which the scenario says
// nothing has a name that leads back to it, as it should be.
#pragma once

#include "policy/question.hpp"
#include "world/present.hpp"

namespace mailflow {

/// The address that "25.113.0.203.in-addr.arpa", or a name under ip6.arpa, stands for; empty for other names.
[[nodiscard]] std::optional<IpAddress> address_of_reverse_name(std::string_view name);

[[nodiscard]] ReverseName reverse_name_status(Present const& present, IpAddress const& client);

/// The host name; meant to be shown, and empty where there is none.
[[nodiscard]] std::string reverse_name(Present const& present, IpAddress const& client);

[[nodiscard]] DomainStatus sender_domain_status(Present const& present, DomainId domain);

} // namespace mailflow
