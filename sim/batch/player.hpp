// Plays runs of a plan and writes a row for each. One for each thread.
#pragma once

#include "batch/pieces.hpp"
#include "batch/scenes.hpp"

#include <atomic>
#include <memory>

namespace mailflow::batch {

class Player {
public:
    /// Borrows all three. A run that is being played when `stop` is set is broken off.
    Player(Plan const& plan, Scenes& scenes, std::atomic<bool> const& stop);

    /// The row of that run, from 0: CSV in the columns of batch/columns.hpp, with a line feed at its end and
    /// none elsewhere. Whatever goes wrong is told by the row. Empty when it was broken off.
    [[nodiscard]] std::string play(std::uint64_t run);
    /// The rows of a piece, one after the other; fewer than it has runs when it was broken off.
    [[nodiscard]] std::string play(Piece const& piece);

private:
    Plan const& plan_;
    Scenes& scenes_;
    Limits limits_;
    std::shared_ptr<Scene const> scene_; // of the last run
};

/// Every complaint, a line each, when no variation of no file is a valid scenario, up to a number that
/// somebody may want to read; else empty.
[[nodiscard]] std::string complaints_when_nothing_is_valid(Plan const& plan);

} // namespace mailflow::batch
