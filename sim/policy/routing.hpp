// Reading out of an address where its mail is really to go: "user%there@here" asks the host `here` to pass
// the mail on to `there` (RFC 1123 section 5.2.16). A server that does so resolves the address before it
// decides, or everybody could relay through it (RFC 2505 section 2.1). Source routes are taken off earlier,
// where the path is read.
#pragma once

#include "policy/server_policy.hpp"

namespace mailflow {

/// The ways in which a local part can hold an address of its own; `tag` is the odd one, which stays here.
enum class Routing : std::uint8_t { inner, bang, percent, tag };

/// The address that the server takes the written one for: as long as the domain is its own, it follows what
/// the local part asks for, in the order of its software.
[[nodiscard]] AddressId resolve(ServerPolicy const& server, AddressBook const& book, AddressId written);

/// The same, followed through the domains that the server relays for as well: where the mail would end that
/// is passed on to them.
[[nodiscard]] AddressId resolve_beyond(ServerPolicy const& server, AddressBook const& book,
                                       AddressId written);

/// Whether the local part still holds characters that another server could take for routing.
[[nodiscard]] bool asks_for_routing(AddressBook const& book, AddressId address);

} // namespace mailflow
