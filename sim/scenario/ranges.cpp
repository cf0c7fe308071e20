// The choice of address ranges for networks that have none.
#include "scenario/assembly.hpp"

#include <algorithm>
#include <array>
#include <tuple>

namespace mailflow {

namespace {

// RFC 5737 section 3.
constexpr std::array<std::string_view, 3> v4_blocks{"203.0.113.0/24", "198.51.100.0/24", "192.0.2.0/24"};
constexpr std::string_view v6_block = "2001:db8::/32"; // RFC 3849

constexpr std::size_t slots_per_block = 16; // of a /28 each
constexpr std::uint64_t addresses_per_slot = 16;
constexpr std::uint64_t v4_reserved = 2; // the addresses of the network itself and of its broadcast
constexpr int v4_slot_bits = 96 + 28;
constexpr int v6_network_bits = 64;

/// The ranges without those that lie within others, in order.
std::vector<IpRange> outermost(std::vector<IpRange> ranges) {
    std::sort(ranges.begin(), ranges.end(), lies_before);
    std::vector<IpRange> kept;
    for (IpRange const& range : ranges)
        if (kept.empty() || !kept.back().overlaps(range))
            kept.push_back(range);
    return kept;
}

/// Hands out pieces of the blocks for examples, each address once.
class FreeRanges {
public:
    explicit FreeRanges(std::vector<IpRange> const& taken) : taken_{outermost(taken)} {
        for (std::size_t slot = 0; slot < slot_taken_.size(); ++slot) {
            IpRange const range = slots(slot, 1);
            slot_taken_[slot] = std::any_of(taken_.begin(), taken_.end(),
                                            [&range](IpRange const& t) { return t.overlaps(range); });
        }
    }

    std::optional<IpRange> take(std::uint64_t machines) {
        std::uint64_t count = 1;
        while (count <= slots_per_block && count * addresses_per_slot - v4_reserved < machines)
            count *= 2;
        for (std::size_t slot = 0; count <= slots_per_block && slot < slot_taken_.size(); slot += count) {
            auto const first = slot_taken_.begin() + static_cast<std::ptrdiff_t>(slot);
            auto const last = first + static_cast<std::ptrdiff_t>(count);
            if (std::find(first, last, true) != last)
                continue;
            std::fill(first, last, true);
            return slots(slot, count);
        }
        return take_v6();
    }

private:
    static IpRange slots(std::size_t slot, std::uint64_t count) {
        IpRange const block = *parse_range(v4_blocks[slot / slots_per_block]);
        int narrowing = 0;
        while ((std::uint64_t{1} << narrowing) < count)
            ++narrowing;
        return {offset(block.first, slot % slots_per_block * addresses_per_slot), v4_slot_bits - narrowing};
    }

    static IpRange v6_network(std::uint64_t number) {
        static IpRange const block = *parse_range(v6_block);
        IpRange range = block;
        for (std::size_t octet = 7; octet >= 4; --octet, number >>= 8)
            range.first.octets[octet] = static_cast<std::uint8_t>(number & 0xff);
        range.fixed_bits = v6_network_bits;
        return range;
    }

    std::optional<IpRange> take_v6() {
        constexpr std::uint64_t networks = std::uint64_t{1} << 32;
        while (next_v6_ < networks) {
            IpRange const range = v6_network(next_v6_);
            while (next_taken_ < taken_.size() && !taken_[next_taken_].overlaps(range) &&
                   taken_[next_taken_].first < range.first)
                ++next_taken_;
            if (next_taken_ == taken_.size() || !taken_[next_taken_].overlaps(range)) {
                ++next_v6_;
                return range;
            }
            int const free_bits = v6_network_bits - taken_[next_taken_].fixed_bits;
            next_v6_ += free_bits >= 32 ? networks : free_bits > 0 ? std::uint64_t{1} << free_bits : 1;
        }
        return std::nullopt;
    }

    std::vector<IpRange> taken_;
    std::array<bool, v4_blocks.size() * slots_per_block> slot_taken_{};
    std::uint64_t next_v6_ = 0;
    std::size_t next_taken_ = 0;
};

/// The first address of an IPv6 network means "any router here" (RFC 4291 section 2.6.1).
bool skips_first(IpRange const& range) {
    return !range.first.is_v4() && range.fixed_bits < 127;
}

} // namespace

bool lies_before(IpRange const& a, IpRange const& b) {
    auto const place = [](IpRange const& range) {
        return std::tuple{range.first.is_v4(), range.first, range.fixed_bits};
    };
    return place(a) < place(b);
}

bool choose_ranges(std::vector<std::optional<IpRange>>& ranges, std::vector<std::uint64_t> const& machines,
                   std::vector<IpRange> const& taken) {
    FreeRanges free_ranges{taken};
    for (std::size_t n = 0; n < ranges.size(); ++n) {
        if (!ranges[n])
            ranges[n] = free_ranges.take(machines[n]);
        if (!ranges[n])
            return false;
    }
    return true;
}

std::uint64_t machine_room(IpRange const& range) {
    return range.room() - (skips_first(range) ? 1 : 0);
}

IpAddress machine_address(IpRange const& range, std::uint64_t n) {
    return range.machine(n + (skips_first(range) ? 1 : 0));
}

} // namespace mailflow
