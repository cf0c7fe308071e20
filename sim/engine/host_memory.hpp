// What a server that keeps its retry times for each host (Exim's retry database) remembers of the hosts that
// it could not talk to: since when they fail, and before which moment they are not called again.
#pragma once

#include "engine/retry.hpp"

#include <map>
#include <optional>

namespace mailflow {

struct FailingHost {
    Instant since;
    Instant next_call;
    std::uint32_t failures = 0;
};

class HostMemory {
public:
    /// The host, when it is not yet to be called again.
    [[nodiscard]] std::optional<FailingHost> resting(HostId sender, DomainId host, Instant now) const {
        auto const found = hosts_.find({sender, host});
        bool const rests = found != hosts_.end() && now < found->second.next_call;
        return rests ? std::optional{found->second} : std::nullopt;
    }

    /// Notes that nobody could talk to the host now. Failures of calls that were under way together count
    /// once.
    FailingHost note_failure(HostId sender, Server const& settings, DomainId host, Instant now) {
        FailingHost& failing = hosts_.try_emplace({sender, host}, FailingHost{now, now, 0}).first->second;
        if (now >= failing.next_call) {
            ++failing.failures;
            failing.next_call = next_call(settings, {failing.since, now, failing.failures});
        }
        return failing;
    }

    void note_success(HostId sender, DomainId host) { hosts_.erase({sender, host}); }

private:
    std::map<std::pair<HostId, DomainId>, FailingHost> hosts_;
};

} // namespace mailflow
