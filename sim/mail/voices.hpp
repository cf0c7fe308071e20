// The voices, one file for each software. mail/voice.cpp chooses among them.
#pragma once

#include "mail/voice.hpp"

namespace mailflow {

/// Postfix 3.7, as Debian 12 ships it.
[[nodiscard]] Reply say_as_postfix(Saying saying, SayingContext const& context);

} // namespace mailflow
