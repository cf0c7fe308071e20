// The well-known ways of writing an address so that a careless server passes mail on to somebody else's
// domain (RFC 2505 section 2.1, RFC 1123 section 5.2.16): what those who probe servers for open relays try,
// one after the other. Not what a server makes of it: that is smtp/path.hpp.
#pragma once

#include "mail/address.hpp"
#include "mail/ip.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace mailflow {

enum class Trick : std::uint8_t {
    plain,             // to the address as it is
    null_sender,       // the same, as if it were a bounce
    own_sender,        // the same, from the server's own name
    literal_sender,    // the same, from the server's own address
    percent_literal,   // user%there@[here]
    percent,           // user%there@here
    quoted,            // "user@there"
    quoted_percent,    // "user%there"
    at_literal,        // user@there@[here]
    quoted_literal,    // "user@there"@[here]
    at,                // user@there@here
    route_literal,     // @[here]:user@there
    route,             // @here:user@there
    bang,              // there!user
    bang_literal,      // there!user@[here]
    bang_host,         // there!user@here
    route_and_percent, // @here:user%there@here
    percent_domain,    // user%there@a domain whose mail the server takes
    bang_domain        // there!user@a domain whose mail the server takes
};

/// The last of them.
inline constexpr Trick last_trick = Trick::bang_domain;

inline constexpr auto trick_names = std::to_array<std::string_view>(
    {"plain", "null-sender", "own-sender", "literal-sender", "percent-literal", "percent", "quoted",
     "quoted-percent", "at-literal", "quoted-literal", "at", "route-literal", "route", "bang", "bang-literal",
     "bang-host", "route-and-percent", "percent-domain", "bang-domain"});
static_assert(trick_names.size() == static_cast<std::size_t>(last_trick) + 1);

/// The server that is to be tricked; `domain` is one whose mail it takes, for the tricks that need one.
struct TrickTarget {
    std::string_view host;
    IpAddress address;
    std::string_view domain;
};

/// An address as it is typed, without the brackets around it.
struct WovenPath {
    std::string text;
    Mailbox reading; // source route taken off, last "@" outside quotes; here, where there is none
};

[[nodiscard]] constexpr std::string_view name_of(Trick trick) {
    return trick_names[static_cast<std::size_t>(trick)];
}

[[nodiscard]] constexpr bool needs_domain(Trick trick) {
    return trick == Trick::percent_domain || trick == Trick::bang_domain;
}

/// The recipient, `aim`, as the trick has it written.
[[nodiscard]] WovenPath weave_recipient(Trick trick, Mailbox const& aim, TrickTarget const& target);

/// The sender, `usual`, as the trick has it; none: the null path.
[[nodiscard]] std::optional<WovenPath> weave_sender(Trick trick, Mailbox const& usual,
                                                    TrickTarget const& target);

} // namespace mailflow
