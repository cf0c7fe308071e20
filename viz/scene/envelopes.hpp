// Where every envelope and letter is at a moment: a fold of the replayed state over the layout, nothing
// stored.
#pragma once

#include "viz/frame.hpp"
#include "viz/shown/filter.hpp"

#include <vector>

namespace mailflow::viz {

enum class EnvelopeState : std::uint8_t { waiting, travelling, at_the_door, stopped };

struct EnvelopePlace {
    MessageId message;
    Point centre;
    EnvelopeState state = EnvelopeState::waiting;
    HostId held_by;       // the machine at which it waits or was stopped
    QueueEntryId entry{}; // which copy waits there
    bool put_off = false; // it waits for its next try: part of the stack
    SessionId session{};  // on which it travels
};

struct LetterPlace {
    MessageId message;
    Point centre;
};

struct EnvelopesNow {
    std::vector<EnvelopePlace> envelopes;
    std::vector<LetterPlace> letters;
};

/// The envelopes on the canvas at `now`, which is the moment of `frame.state`, of what the filter shows.
[[nodiscard]] EnvelopesNow envelopes_at(Frame const& frame, Instant now, Filter const& filter = {});

/// The way between two machines, seen from the client.
struct Way {
    Road const* road = nullptr; // null: the layout has none
    bool reversed = false;      // the road was laid from the server

    [[nodiscard]] Point at(double part) const { return along(road->path, reversed ? 1 - part : part); }
    /// The same, but so far from both ends that what is drawn there covers no machine.
    [[nodiscard]] Point at(double part, float keep_off) const;
    [[nodiscard]] Point begin() const { return reversed ? road->path.back() : road->path.front(); }
    [[nodiscard]] Point end() const { return reversed ? road->path.front() : road->path.back(); }
};
[[nodiscard]] Way way_between(CanvasLayout const& layout, HostId client, HostId server);
[[nodiscard]] Way way_of(Frame const& frame, SessionId session);

/// How large an envelope is drawn, in pixels at scale 1, and where the stack of a server stands.
inline constexpr float envelope_width = 44;
inline constexpr float envelope_height = 30;
[[nodiscard]] float envelope_size(CanvasLayout const& layout); // of the above
[[nodiscard]] Rect stack_of(CanvasLayout const& layout, Spot const& spot);

} // namespace mailflow::viz
