// What a line of the dialogue means, for somebody who hears of the protocol for the first time: why it is
// said, not what stands in it (report/words/words.hpp has that).
#pragma once

#include "trace/event.hpp"

#include <string_view>

namespace mailflow {

/// A sentence or two on the command or on the kind of reply (RFC 5321 sections 3 and 4.2.1; RFC 4954, RFC
/// 3207, RFC 1939, RFC 3501). Empty for an event that is no line of a dialogue.
[[nodiscard]] std::string_view meaning_of_line(Event const& event);

} // namespace mailflow
