// What else is in the way of a recipient, once that is gone which it fell over. Part of
// report/advice/advice.cpp and the files beside it; nobody else needs it.
#pragma once

#include "report/advice/case.hpp"

namespace mailflow {

/// Where the message would be stopped, and how far it would have come.
struct Stop {
    RecipientSettled settled; // as if it was settled there, in the same session or in none
    Bound bound;
    HostId caller{}; // of the server that stops it; none: that found out by itself
};

/// What the server that did not answer to the call of another one would say to it if it was up; none: it
/// would take the message.
[[nodiscard]] std::optional<Saying> refusal_if_up(Case const& c, Present const& then);

/// What would stop the message of the case in that world: where it waits, from that machine on; where its
/// writer has to send it again, from the mail program on. None: the recipient would be served. Greylists,
/// servers that are busy and prescribed answers that pass stop nothing here: they are over in the end.
[[nodiscard]] std::optional<Stop> stop_in(Case const& c, Present const& then);

} // namespace mailflow
