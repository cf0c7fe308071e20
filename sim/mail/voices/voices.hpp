// The voices: for each software one file with what it answers over a connection, and one with what it finds
// out for itself as a sender. mail/voice.cpp chooses among them.
#pragma once

#include "mail/voice.hpp"

namespace mailflow {

/// Postfix 3.7, as Debian 12 ships it.
[[nodiscard]] Reply say_as_postfix(Saying saying, SayingContext const& context);
[[nodiscard]] Reply diagnose_as_postfix(Saying saying, SayingContext const& context);

} // namespace mailflow
