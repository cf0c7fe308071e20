// What a server calls a message that it has taken: in its reply, its Received line, its log.
#pragma once

#include "mail/voice.hpp"

#include <cstdint>
#include <string>

namespace mailflow {

/// The queue id of the n-th message that the servers of a run take, from 0, in the form that the software
/// gives it. Real ones are made of clocks, processes and inodes; these only look so, and differ (qmail's,
/// which are numbers of processes, after some thirty thousand).
[[nodiscard]] std::string queue_id(Software software, std::uint32_t number);

} // namespace mailflow
