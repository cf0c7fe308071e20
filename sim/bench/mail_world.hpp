// The world that the mail workloads play: providers whose people write to the domains of other servers, two
// in a hundred to a name that does not exist there.
#pragma once

#include "world/world.hpp"

namespace mailflow::bench {

struct MailWorld {
    std::uint32_t providers = 1000;
    std::uint32_t destinations = 1000; // servers with a domain each
    std::uint64_t messages = 0;        // at least `providers`, of which it should be a multiple
    Duration interval{};               // on average, from one message to the next
};

/// Everything else follows from these numbers, and from no chance.
[[nodiscard]] World make_world(MailWorld const& wanted);

} // namespace mailflow::bench
