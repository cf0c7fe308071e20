// Lines that a change of the world cuts while somebody speaks on them. A packet that does not get through is
// sent again after a second, then after two, four, eight (RFC 6298 sections 2.1 and 5.5), until it does or
// whoever waits for a reply has no patience left. Of a call, the caller's own gateway says at the second
// packet that there is no route (RFC 5461).
#pragma once

#include "base/flat_map.hpp"
#include "engine/effects.hpp"
#include "engine/event_queue.hpp"
#include "world/present.hpp"

#include <optional>

namespace mailflow {

class CutLines {
public:
    CutLines(Present const& present, Records const& records, Effects& effects)
        : present_(present)
        , records_(records)
        , effects_(effects) {}

    /// From now on a line may be cut.
    void network_changed() { may_be_cut_ = true; }
    [[nodiscard]] bool may_be_cut() const { return may_be_cut_; }

    enum class Fate : std::uint8_t { arrives, is_sent_again, is_given_up };
    /// What becomes of the packet of a session that should arrive now; it is sent again where that is its
    /// fate.
    Fate fate_of(Wakeup const& packet);

private:
    struct Repeating {
        Instant since;
        Duration pause{}; // until it is sent once more
    };

    [[nodiscard]] Instant patience_ends(Wakeup const& packet, Repeating const& repeating) const;

    Present const& present_;
    Records const& records_;
    Effects& effects_;
    bool may_be_cut_ = false;
    FlatMap<Repeating> repeating_; // by session, of which never more than one packet is under way
};

} // namespace mailflow
