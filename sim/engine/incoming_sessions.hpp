// How many sessions each server has to look after, where it has a limit (RFC 5321 section 3.8).
#pragma once

#include "base/prefetch.hpp"
#include "world/world.hpp"

#include <vector>

namespace mailflow {

class IncomingSessions {
public:
    explicit IncomingSessions(std::size_t hosts) : counts_(hosts) {}

    /// One more, if the server has a place for it.
    [[nodiscard]] bool admit(HostId server, std::optional<std::uint32_t> most) {
        std::uint32_t& count = counts_[server.index];
        if (most && count >= *most)
            return false;
        ++count;
        return true;
    }
    void leave(HostId server) { --counts_[server.index]; }

    /// A session begins or ends there soon.
    void prepare(HostId server) const { prefetch(&counts_[server.index]); }

private:
    std::vector<std::uint32_t> counts_; // by the machine of the server
};

} // namespace mailflow
