// Who plays what: hands out pieces in their order, takes their rows in whatever order they come, and puts
// them into the spool in the order of the runs. What came early waits; how much may wait is limited.
#pragma once

#include "batch/spool.hpp"

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <map>
#include <mutex>

namespace mailflow::batch {

/// A piece on its way, by its place in Pieces.
struct Work {
    std::uint64_t place = 0;
    Piece piece;
};

class Dispatch {
public:
    /// Borrows both; goes on behind the rows that the spool has. At most so many pieces are out, or back and
    /// waiting, at a time.
    Dispatch(Pieces const& pieces, Spool& spool, std::size_t most_open);

    /// The next piece, when one may be had; waits for that. Empty when there is no more to be done.
    [[nodiscard]] std::optional<Work> next();
    /// The same without waiting: whether it should be asked again is told by `over`.
    [[nodiscard]] std::optional<Work> next_now();
    [[nodiscard]] bool over() const;

    /// The rows of a piece; fewer than it has runs only after stop().
    void put(Work const& work, std::string rows);

    /// No more work is handed out.
    void stop();
    /// The same, and what comes back from now on is dropped: what was borrowed may go.
    void close();
    /// Whether it was called, or something went wrong; true from then on.
    [[nodiscard]] std::atomic<bool> const& stopped() const { return stopped_; }

    /// What is done and in order is in the file.
    void flush();
    /// How many rows are done, those from before included, in order or not.
    [[nodiscard]] std::uint64_t rows_done() const;
    /// Waits until everything handed out has come back and nothing more will be, or for that long; whether it
    /// has. What is done so far is in the file then.
    [[nodiscard]] bool wait_for_end(std::chrono::milliseconds longest);

private:
    struct Returned {
        std::string rows;
        bool whole = true; // no row of the piece is missing
    };

    [[nodiscard]] bool may_hand_out() const { return out_ - written_ < most_open_; }
    [[nodiscard]] bool no_more() const { return stopped_ || out_ == pieces_.size(); }
    [[nodiscard]] Work hand_out();

    Pieces const& pieces_;
    Spool& spool_;
    std::size_t most_open_;
    mutable std::mutex mutex_;
    std::condition_variable changed_;
    std::map<std::uint64_t, Returned> waiting_; // by the place of the piece
    std::uint64_t out_ = 0;                     // the next place to be handed out
    std::uint64_t written_ = 0;                 // the next place to be written
    std::uint64_t skipped_ = 0;                 // runs of the piece `written_` that the spool had
    std::uint64_t in_hand_ = 0;                 // pieces out and not yet back
    std::uint64_t rows_done_ = 0;
    bool closed_ = false;
    std::atomic<bool> stopped_ = false; // asked again and again during each run, so without the lock
};

} // namespace mailflow::batch
