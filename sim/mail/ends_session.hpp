// Which words are the last of their connection.
#pragma once

#include "mail/saying.hpp"

namespace mailflow {

/// Whether the server closes the connection with these words, so that nobody is left to say QUIT to (RFC 5321
/// section 3.8).
[[nodiscard]] constexpr bool ends_session(Saying saying) {
    return saying == Saying::too_many_sessions || saying == Saying::too_many_errors;
}

} // namespace mailflow
