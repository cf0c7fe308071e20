// What servers with POP-before-SMTP remember: when somebody last logged in to fetch mail, by address. The
// rule itself is policy/rules/pop_before_smtp.cpp.
#pragma once

#include "trace/trace.hpp"

#include <map>
#include <optional>
#include <utility>

namespace mailflow {

class FetchMemory {
public:
    /// Somebody has logged in from that address now.
    void note(HostId server, IpAddress client, Instant now) {
        last_login_.insert_or_assign({server, client}, now);
    }

    /// How long ago that was last; empty when never.
    [[nodiscard]] std::optional<Duration> ago(HostId server, IpAddress client, Instant now) const {
        auto const last = last_login_.find({server, client});
        return last == last_login_.end() ? std::nullopt : std::optional{now - last->second};
    }

private:
    std::map<std::pair<HostId, IpAddress>, Instant> last_login_;
};

} // namespace mailflow
