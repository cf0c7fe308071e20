// What an event is like, without times and numbers: two tries of a queue, or two rounds of a message that
// goes in a circle, are alike when their events are.
#pragma once

#include "trace/trace.hpp"

#include <string>

namespace mailflow {

/// Empty for what is no part of a try: for all but dialogues, questions to the DNS and deferrals. "-" for a
/// question to the DNS that leads on, since those are answered from a cache now and then.
[[nodiscard]] std::string signature_of(Trace const& trace, Event const& event);

} // namespace mailflow
