#include "mail/ip.hpp"

#include "base/numbers.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <arpa/inet.h>
#include <cassert>

namespace mailflow {

namespace {

constexpr int family_bits = 128;
constexpr int v4_prefix_bits = 96;

bool bit_of(IpAddress const& address, int bit) {
    return (address.octets[static_cast<std::size_t>(bit / 8)] >> (7 - bit % 8) & 1) != 0;
}

} // namespace

bool IpAddress::is_v4() const {
    return std::all_of(octets.begin(), octets.begin() + 10, [](std::uint8_t octet) { return octet == 0; }) &&
           octets[10] == 0xff && octets[11] == 0xff;
}

std::optional<IpAddress> parse_ip(std::string_view text) {
    std::string const terminated{text};
    if (terminated.find('\0') != std::string::npos)
        return std::nullopt;
    IpAddress address;
    if (inet_pton(AF_INET, terminated.c_str(), address.octets.data() + 12) == 1) {
        address.octets[10] = address.octets[11] = 0xff;
        return address;
    }
    if (inet_pton(AF_INET6, terminated.c_str(), address.octets.data()) == 1)
        return address;
    return std::nullopt;
}

std::string to_text(IpAddress const& address) {
    std::array<char, INET6_ADDRSTRLEN> text{};
    if (!address.is_v4()) {
        inet_ntop(AF_INET6, address.octets.data(), text.data(), text.size());
        return text.data();
    }
    // Of a trace each session has one, and inet_ntop takes its time.
    char* end = text.data();
    for (std::size_t i = 12; i < address.octets.size(); ++i) {
        if (i > 12)
            *end++ = '.';
        end = std::to_chars(end, text.data() + text.size(), std::uint32_t{address.octets[i]}).ptr;
    }
    return {text.data(), end};
}

std::string_view why_no_machine(IpAddress const& address) {
    std::uint8_t const first = address.octets[address.is_v4() ? 12 : 0];
    if (!address.is_v4() && address == IpAddress{})
        return "is the unspecified address (RFC 4291 section 2.5.2)";
    if (!address.is_v4())
        return first == 0xff ? "is a multicast address (RFC 4291 section 2.7)" : std::string_view{};
    if (first == 0)
        return "stands for a machine on \"this\" network that does not know its own address yet (RFC 1122 "
               "section 3.2.1.3)";
    if (std::all_of(address.octets.begin() + 12, address.octets.end(), [](auto o) { return o == 0xff; }))
        return "is the broadcast address (RFC 1122 section 3.2.1.3)";
    if (first >= 240)
        return "is reserved for future use (RFC 1112 section 4)";
    return first >= 224 ? "is a multicast address (RFC 1112 section 4)" : std::string_view{};
}

IpAddress offset(IpAddress address, std::uint64_t steps) {
    for (std::size_t i = address.octets.size(); i-- > 0 && steps > 0;) {
        steps += address.octets[i];
        address.octets[i] = static_cast<std::uint8_t>(steps & 0xff);
        steps >>= 8;
    }
    return address;
}

bool IpRange::contains(IpAddress const& address) const {
    // In the mapped form every IPv4 address lies below ::/0, which nobody who writes "::/0" means.
    if (first.is_v4() != address.is_v4())
        return false;
    for (int bit = 0; bit < fixed_bits; ++bit)
        if (bit_of(first, bit) != bit_of(address, bit))
            return false;
    return true;
}

bool IpRange::overlaps(IpRange const& other) const {
    return fixed_bits <= other.fixed_bits ? contains(other.first) : other.contains(first);
}

std::uint64_t IpRange::room() const {
    int const free_bits = family_bits - fixed_bits;
    if (free_bits >= 64)
        return ~std::uint64_t{0};
    std::uint64_t const all = std::uint64_t{1} << free_bits;
    return first.is_v4() && free_bits > 1 ? all - 2 : all;
}

IpAddress IpRange::machine(std::uint64_t n) const {
    assert(n < room());
    return offset(first, first.is_v4() && family_bits - fixed_bits > 1 ? n + 1 : n);
}

std::optional<IpRange> parse_range(std::string_view text) {
    std::size_t const slash = text.find('/');
    auto const address = parse_ip(text.substr(0, slash));
    if (!address)
        return std::nullopt;
    IpRange range{*address, family_bits};
    if (slash != std::string_view::npos) {
        std::string_view const digits = text.substr(slash + 1);
        auto const prefix = number_in<int>(digits);
        int const longest = address->is_v4() ? 32 : 128;
        if (!prefix || *prefix < 0 || *prefix > longest)
            return std::nullopt;
        range.fixed_bits = address->is_v4() ? v4_prefix_bits + *prefix : *prefix;
    }
    for (int bit = range.fixed_bits; bit < family_bits; ++bit)
        if (bit_of(range.first, bit))
            return std::nullopt;
    return range;
}

std::string to_text(IpRange const& range) {
    if (range.fixed_bits == family_bits)
        return to_text(range.first);
    return fmt::format("{}/{}", to_text(range.first),
                       range.first.is_v4() ? range.fixed_bits - v4_prefix_bits : range.fixed_bits);
}

} // namespace mailflow
