#include "smtp/habits.hpp"

#include <array>

namespace mailflow {

namespace {

/// In the order of Software.
constexpr std::array<Habits const*, software_names.size()> all_habits{
    &habits_of_postfix,   &habits_of_exim,  &habits_of_sendmail,
    &habits_of_opensmtpd, &habits_of_qmail, &habits_of_exchange};

} // namespace

Habits const& habits_of(Software software) {
    return *all_habits[static_cast<std::size_t>(software)];
}

std::optional<std::uint64_t> size_limit_of(ServerPolicy const& server) {
    std::uint64_t const usual = habits_of(server.software).usual_max_size;
    if (server.max_size_bytes)
        return server.max_size_bytes;
    return usual > 0 ? std::optional{usual} : std::nullopt;
}

std::optional<std::uint64_t> announced_limit(ServerPolicy const& server) {
    return habits_of(server.software).announces_size ? server.max_size_bytes : std::nullopt;
}

} // namespace mailflow
