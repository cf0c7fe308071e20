#include "report/mending.hpp"

#include "report/spoken_time.hpp"
#include "report/words.hpp"

#include <fmt/format.h>

namespace mailflow {

Mending mending_of(World const& world, ChangeId change) {
    return {world.changes[change].at, change_words(world, change)};
}

std::string say_mended(std::string const& culprit, Mending const& mending) {
    return fmt::format("{} has been mended since, {} ({}).",
                       culprit == "nobody" ? "That" : fmt::format("That was for {} to mend, and", culprit),
                       say_after(mending.at), mending.how);
}

} // namespace mailflow
