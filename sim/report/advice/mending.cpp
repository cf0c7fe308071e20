#include "report/advice/mending.hpp"

#include "report/words/spoken_time.hpp"
#include "report/words/words.hpp"

#include <fmt/format.h>

namespace mailflow {

Mending mending_of(World const& world, ChangeId change) {
    return {world.changes[change].at, change_words(world, change), keeper_of(world, change)};
}

std::string say_mended(std::string const& culprit, Mending const& mending) {
    if (mending.by == "nobody")
        return fmt::format("{} ({}).", with_capital(mending.how), say_after(mending.at));
    std::string const when = fmt::format("({}: {})", say_after(mending.at), mending.how);
    if (culprit == "nobody")
        return fmt::format("It has been mended {}.", when);
    if (mending.by.empty() || mending.by == culprit)
        return fmt::format("It was for {} to mend, and has been mended {}.", culprit, when);
    return fmt::format("{} has mended it {}.", with_capital(mending.by), when);
}

World world_until(World const& world, ChangeId change, ChangePart const& part) {
    World trial = world;
    trial.changes = {};
    for (std::uint32_t i = 0; i < change.index; ++i)
        trial.changes.add(world.changes[ChangeId{i}]);
    trial.changes.add(part.alone);
    return trial;
}

} // namespace mailflow
