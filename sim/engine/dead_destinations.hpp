// What Postfix's queue manager remembers of a destination while it has mail for it (qmgr_queue.c): after some
// deliveries in a row that failed as a whole it declares the destination dead, and for a while puts off
// whatever is for it without a try, with the words of the last one. It begins with five deliveries at a time
// (initial_destination_concurrency); one less with each that fails makes a cohort of failures out of four
// (default_destination_concurrency_failed_cohort_limit is 1). That it would bear more of them after a long
// time without any is left out.
#pragma once

#include "engine/settlement.hpp"

#include <map>
#include <optional>
#include <utility>

namespace mailflow {

class DeadDestinations {
public:
    /// The trouble that is held against it.
    struct Trouble {
        Source source;
        Saying saying = Saying::connection_refused;
    };

    /// Whether there is nothing to remember.
    [[nodiscard]] bool empty() const { return destinations_.empty(); }

    /// Why nobody is to try it now; none: it may be tried.
    [[nodiscard]] std::optional<Trouble> dead(HostId sender, DomainId destination, Instant now) const {
        if (destinations_.empty())
            return std::nullopt;
        auto const found = destinations_.find({sender, destination});
        bool const is_dead = found != destinations_.end() && now < found->second.dead_until;
        return is_dead ? std::optional{found->second.trouble} : std::nullopt;
    }

    /// A delivery failed as a whole. When so many have, the destination is dead until then.
    void note_failure(HostId sender, DomainId destination, Trouble const& trouble, std::uint32_t so_many,
                      Instant then) {
        State& state = destinations_[{sender, destination}];
        state.trouble = trouble;
        if (++state.failures == so_many) {
            state.failures = 0;
            state.dead_until = then;
        }
    }

    /// Somebody talked to it, or there is no mail for it any more: failures begin to count anew.
    void forget_failures(HostId sender, DomainId destination, Instant now) {
        if (destinations_.empty())
            return;
        auto const found = destinations_.find({sender, destination});
        if (found == destinations_.end())
            return;
        found->second.failures = 0;
        if (found->second.dead_until <= now)
            destinations_.erase(found);
    }

private:
    struct State {
        Trouble trouble;
        std::uint32_t failures = 0;
        Instant dead_until{}; // never dead so far: the beginning
    };

    std::map<std::pair<HostId, DomainId>, State> destinations_;
};

} // namespace mailflow
