// What the panels on the right speak of at a moment: one session, one decision in it, one recipient. Ladder,
// dialogue and advice all take it from here, so that they never speak of different recipients.
#pragma once

#include "report/advice/advice.hpp"
#include "viz/frame.hpp"
#include "viz/view_state.hpp"

#include <optional>

namespace mailflow::viz {

struct Focus {
    SessionId session{};
    DecisionId decision{};
    EventNumber line = never; // of the dialogue, to be seen in any case; never: its newest
    MessageId message{};
    EventNumber settling = never; // what settled the recipient; never: nothing has
    std::optional<Advice> advice{};
    bool silent = false; // something has begun of which nobody has said a word
};

/// What the person has chosen, or else what matters at the moment.
[[nodiscard]] Focus focus_of(Frame const& frame, ViewState const& view);

/// The event that brings the subject about, where it lies ahead: until then nobody in the world knows
/// anything of it, and nothing of it may be shown.
[[nodiscard]] std::optional<EventNumber> still_to_come(Frame const& frame, Subject const& subject);

} // namespace mailflow::viz
