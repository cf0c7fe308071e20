// A batch that several processes play together, on one machine or many: rank 0 hands out the pieces and puts
// the rows in order, as it does for its own threads; the others ask for pieces and send rows.
#pragma once

#include "batch/batch.hpp"
#include "batch/ranks.hpp"

namespace mailflow::batch {

/// What play() does, with the help of the other ranks. For rank 0.
void lead(Plan const& plan, Pieces const& pieces, Spool& spool, Ranks const& ranks, Watch const& watch);

/// For the other ranks: plays what rank 0 hands out until that is all, or `end_wanted` is set.
void follow(Plan const& plan, Ranks const& ranks, std::atomic<bool> const& end_wanted);

} // namespace mailflow::batch
