#include "smtp/habits.hpp"

namespace mailflow {

std::optional<std::uint64_t> announced_limit(ServerPolicy const& server) {
    return habits_of(server.software).announces_size ? server.max_size_bytes : std::nullopt;
}

} // namespace mailflow
