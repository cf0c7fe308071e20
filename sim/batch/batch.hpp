// Plays a plan on the cores of this machine.
#pragma once

#include "batch/dispatch.hpp"

#include <functional>

namespace mailflow::batch {

/// Told now and then, from the calling thread, how many rows are done; false ends the batch with what is
/// done.
using Watch = std::function<bool(std::uint64_t rows_done)>;

/// Plays what the spool has not got yet, on so many threads; the spool then has the same bytes with any
/// number of them. When it is ended early the spool has the rows up to the first one that is missing.
void play(Plan const& plan, Pieces const& pieces, Spool& spool, std::size_t threads, Watch const& watch);

/// What each of the threads does: takes pieces until there are none.
void work(Plan const& plan, Dispatch& dispatch);

} // namespace mailflow::batch
