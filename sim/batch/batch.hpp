// Plays a plan on the cores of this machine.
#pragma once

#include "batch/dispatch.hpp"
#include "batch/scenes.hpp"

#include <cstdint>
#include <functional>

namespace mailflow::batch {

/// Told now and then, from the calling thread, how many rows are done; false ends the batch with what is
/// done.
using Watch = std::function<bool(std::uint64_t rows_done)>;

/// Who is still at work when play() is over.
enum class Left : std::uint8_t {
    nobody,
    busy_threads, // in something that cannot be broken off, such as reading a large scenario
};

/// Plays what the spool has not got yet, on so many threads; the spool then has the same bytes with any
/// number of them. When it is ended early the spool has the rows up to the first one that is missing. Nobody
/// waits long for that: threads that do not heed it within half a second are left to themselves, and as they
/// still read the plan, the program must end without giving that up.
[[nodiscard]] Left play(Plan const& plan, Pieces const& pieces, Spool& spool, std::size_t threads,
                        Watch const& watch);

/// What each of the threads does: takes pieces until there are none.
void work(Plan const& plan, Scenes& scenes, Dispatch& dispatch);

} // namespace mailflow::batch
