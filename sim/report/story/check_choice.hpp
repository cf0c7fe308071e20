// Which looks into a mailbox are worth telling: mail programs look every few minutes, and mostly nothing has
// changed.
#pragma once

#include "report/detail.hpp"
#include "trace/trace.hpp"

#include <vector>

namespace mailflow {

/// By look, whether a story of that detail tells it in a chapter of its own. What is fetched the messages'
/// chapters tell anyway.
[[nodiscard]] std::vector<bool> checks_worth_telling(World const& world, Trace const& trace, Detail detail);

} // namespace mailflow
