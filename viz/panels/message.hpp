// A message that was asked about: the envelope and what is in it side by side, its journey, the Received
// lines so far; of a bounce the letter, whose lines light up who said what and by which rule.
#pragma once

#include "viz/draw/flow.hpp"
#include "viz/frame.hpp"
#include "viz/view_state.hpp"

namespace mailflow::viz {

void tell_message(Flow& flow, Frame const& frame, ViewState const& view, MessageId message, Intents& intents);

/// What a line of a bounce points at.
struct Lit {
    HostId machine;            // that said it, or that wrote the letter
    EventNumber reply = never; // the words themselves; never: the machine found out by itself
    DecisionId decision;       // the rules that made it; none: no rule decided
};

/// What the chosen line of the chosen bounce points at; empty where no line is.
[[nodiscard]] std::optional<Lit> lit_by(Frame const& frame, ViewState const& view);

} // namespace mailflow::viz
