// What greylisting servers remember: when they first saw a client, a sender and a recipient together (RFC
// 6647 section 2.4). The rule itself is policy/rules/greylist.cpp.
#pragma once

#include "trace/trace.hpp"

#include <algorithm>
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
    /// How long ago the three were seen together first; empty when never, or not as `note` keeps it.
    [[nodiscard]] std::optional<Duration> known_for(GreylistKey const& key, Duration wait,
                                                    Instant now) const {
        auto const entry = entries_.find(key);
        if (entry == entries_.end() || is_forgotten(entry->second, wait, now))
            return std::nullopt;
        return now - entry->second.first_seen;
    }

    /// Notes that they were seen now; the first time counts. Who does not come back within a day is a
    /// stranger again, and so is who has passed and was not seen for a week (RFC 6647 section 5).
    void note(GreylistKey const& key, Duration wait, Instant now) {
        auto const [entry, is_new] = entries_.try_emplace(key, Entry{now, now, false});
        if (is_new)
            return;
        Entry& known = entry->second;
        if (is_forgotten(known, wait, now))
            known = {now, now, false};
        known.last_seen = now;
        known.passed = known.passed || now - known.first_seen >= wait;
    }

private:
    struct Entry {
        Instant first_seen;
        Instant last_seen;
        bool passed = false;
    };

    [[nodiscard]] static bool is_forgotten(Entry const& entry, Duration wait, Instant now) {
        constexpr Duration retry_window = std::chrono::hours{24};
        constexpr Duration kept_unused = std::chrono::hours{24 * 7};
        return entry.passed ? now - entry.last_seen > kept_unused
                            : now - entry.first_seen > std::max(retry_window, 2 * wait);
    }

    std::map<GreylistKey, Entry> entries_;
};

} // namespace mailflow
