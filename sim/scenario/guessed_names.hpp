// The names that a spammer tries at a domain: what stands before the @ most often, then variations. Not the
// mailboxes of any server; some of them happen to exist.
#pragma once

#include <string>
#include <vector>

namespace mailflow {

/// The first `count` names of one fixed list, each different from the others: common given names and words,
/// then the same with initials and numbers. The list has no end.
[[nodiscard]] std::vector<std::string> guessed_names(std::size_t count);

} // namespace mailflow
