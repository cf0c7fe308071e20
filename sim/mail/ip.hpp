// Internet addresses and address ranges of both families. Not sockets: nothing here opens anything.
#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace mailflow {

/// An IPv4 or IPv6 address. IPv4 is held in the mapped form ::ffff:a.b.c.d (RFC 4291 section 2.5.5.2).
struct IpAddress {
    std::array<std::uint8_t, 16> octets{};

    constexpr auto operator<=>(IpAddress const&) const = default;
    [[nodiscard]] bool is_v4() const;
};

/// Reads "192.0.2.7" or "2001:db8::7"; empty when it is neither.
[[nodiscard]] std::optional<IpAddress> parse_ip(std::string_view text);
[[nodiscard]] std::string to_text(IpAddress const& address);

/// Why no machine can have the address as its own: "is the broadcast address (RFC 1122 section 3.2.1.3)";
/// empty when one can. Loopback addresses are not among them: every machine has those.
[[nodiscard]] std::string_view why_no_machine(IpAddress const& address);

/// The address `steps` further on. The caller stays within the family.
[[nodiscard]] IpAddress offset(IpAddress address, std::uint64_t steps);

/// A block of addresses in CIDR notation (RFC 4632).
struct IpRange {
    IpAddress first;
    int fixed_bits = 128; // of 128, also for IPv4: a /24 holds 96 + 24

    constexpr bool operator==(IpRange const&) const = default;
    /// Addresses of the other family are never contained.
    [[nodiscard]] bool contains(IpAddress const& address) const;
    [[nodiscard]] bool overlaps(IpRange const& other) const;

    /// How many machines fit: network and broadcast address of an IPv4 block larger than /31 are not counted.
    [[nodiscard]] std::uint64_t room() const;
    /// The address of the `n`-th machine (from 0) in the block; `n` must be below `room()`.
    [[nodiscard]] IpAddress machine(std::uint64_t n) const;
};

/// Reads "192.0.2.0/24" or a single address. Empty when it is neither or when bits after the prefix are set.
[[nodiscard]] std::optional<IpRange> parse_range(std::string_view text);
/// "192.0.2.0/24"; a single address without the prefix.
[[nodiscard]] std::string to_text(IpRange const& range);

} // namespace mailflow
