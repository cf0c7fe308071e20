// Lines that a change of the world cuts while somebody speaks on them. A packet that does not get through is
// sent again after a second, then after two, four, eight (RFC 6298 sections 2.1 and 5.5), until it does or
// whoever waits for a reply has no patience left, or TCP has none with what the client has said. Of a call,
// the caller's own gateway says at the second packet that there is no route (RFC 5461).
#pragma once

#include "base/flat_map.hpp"
#include "engine/effects.hpp"
#include "engine/event_queue.hpp"
#include "world/present.hpp"

namespace mailflow {

class CutLines {
public:
    CutLines(Present const& present, Records const& records, Effects& effects)
        : present_(present)
        , records_(records)
        , effects_(effects) {}

    /// From now on a line may be cut, or the machine at its end moved to another network, where it has
    /// another address: what it spoke from its old one is lost.
    void network_changed() { may_be_cut_ = true; }
    [[nodiscard]] bool may_be_cut() const { return may_be_cut_; }

    enum class Fate : std::uint8_t { arrives, is_sent_again, is_given_up, has_no_address };
    /// What becomes of the packet of a session that should arrive now, whose client waits that long for a
    /// reply; it is sent again where that is its fate.
    Fate fate_of(Wakeup const& packet, Duration patience);

private:
    struct Repeating {
        Instant since;
        Duration pause{}; // until it is sent once more
    };

    Present const& present_;
    Records const& records_;
    Effects& effects_;
    bool may_be_cut_ = false;
    FlatMap<Repeating> repeating_; // by session, of which never more than one packet is under way
};

/// What its client finds when a packet of that kind has met that fate; none: it goes on.
[[nodiscard]] std::optional<Saying> trouble_from(CutLines::Fate fate, WakeKind packet);

} // namespace mailflow
