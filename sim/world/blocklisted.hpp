// Who stands on a blocklist without having sent spam in this run: because the list's description says so, or
// because the DNS has a record for it (RFC 5782 section 2.1). What lists learn meanwhile is the engine's to
// know.
#pragma once

#include "world/present.hpp"

#include <optional>
#include <vector>

namespace mailflow {

/// Whether the list names the address now, whatever it has heard.
[[nodiscard]] bool is_named_by(Present const& present, Blocklist const& list, IpAddress const& address);

/// The place in `zones` of the first list that does.
[[nodiscard]] std::optional<std::uint32_t>
first_naming(Present const& present, std::vector<DomainId> const& zones, IpAddress const& address);

} // namespace mailflow
