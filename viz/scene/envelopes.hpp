// Where every envelope and letter is at a moment: a fold of the replayed state over the layout, nothing
// stored.
#pragma once

#include "viz/frame.hpp"

#include <vector>

namespace mailflow::viz {

enum class EnvelopeState : std::uint8_t { waiting, travelling, at_the_door, stopped };

struct EnvelopePlace {
    MessageId message;
    Point centre;
    EnvelopeState state = EnvelopeState::waiting;
    HostId held_by; // the machine at which it waits or was stopped
};

struct LetterPlace {
    MessageId message;
    Point centre;
};

struct EnvelopesNow {
    std::vector<EnvelopePlace> envelopes;
    std::vector<LetterPlace> letters;
};

/// The envelopes on the canvas at `now`, which is the moment of `frame.state`.
[[nodiscard]] EnvelopesNow envelopes_at(Frame const& frame, Instant now, float scale);

/// The road of the session from its client to its server; empty when the layout has none.
[[nodiscard]] std::vector<Point> road_of(Frame const& frame, SessionId session);

/// How large an envelope is drawn, in pixels at scale 1.
inline constexpr float envelope_width = 44;
inline constexpr float envelope_height = 30;

} // namespace mailflow::viz
