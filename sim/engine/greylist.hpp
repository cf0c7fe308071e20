// What greylisting servers remember: when they first saw a client, a sender and a recipient together (RFC
// 6647 section 2.4). The rule itself is policy/rules/greylist.cpp.
#pragma once

#include "trace/trace.hpp"

#include <map>
#include <optional>

namespace mailflow {

struct GreylistKey {
    HostId server;
    IpAddress client;
    AddressId sender;
    AddressId recipient;

    auto operator<=>(GreylistKey const&) const = default;
};

class GreylistMemory {
public:
    /// How long ago the three were seen together first; empty when never.
    [[nodiscard]] std::optional<Duration> known_for(GreylistKey const& key, Instant now) const {
        auto const seen = first_seen_.find(key);
        return seen == first_seen_.end() ? std::nullopt : std::optional{now - seen->second};
    }

    /// Notes that they were seen now; the first time counts.
    void note(GreylistKey const& key, Instant now) { first_seen_.try_emplace(key, now); }

private:
    std::map<GreylistKey, Instant> first_seen_;
};

} // namespace mailflow
