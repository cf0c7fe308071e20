#include "batch/dispatch.hpp"

#include <algorithm>
#include <utility>

namespace mailflow::batch {

Dispatch::Dispatch(Pieces const& pieces, Spool& spool, std::size_t most_open)
    : pieces_{pieces}
    , spool_{spool}
    , most_open_{most_open}
    , rows_done_{spool.resumed()} {
    std::uint64_t left = spool.resumed();
    while (out_ < pieces.size() && left >= pieces.at(out_).count)
        left -= pieces.at(out_++).count;
    written_ = out_;
    skipped_ = left;
}

Work Dispatch::hand_out() {
    Work work{out_, pieces_.at(out_)};
    if (skipped_ > 0) {
        work.piece.first += skipped_;
        work.piece.count -= std::exchange(skipped_, 0);
    }
    ++out_;
    ++in_hand_;
    return work;
}

std::optional<Work> Dispatch::next() {
    std::unique_lock lock{mutex_};
    changed_.wait(lock, [&] { return no_more() || may_hand_out(); });
    return no_more() ? std::nullopt : std::optional{hand_out()};
}

std::optional<Work> Dispatch::next_now() {
    std::lock_guard const lock{mutex_};
    return no_more() || !may_hand_out() ? std::nullopt : std::optional{hand_out()};
}

bool Dispatch::over() const {
    std::lock_guard const lock{mutex_};
    return no_more();
}

void Dispatch::put(Work const& work, std::string rows) {
    std::lock_guard const lock{mutex_};
    if (closed_)
        return;
    auto const count = static_cast<std::uint64_t>(std::count(rows.begin(), rows.end(), '\n'));
    rows_done_ += count;
    --in_hand_;
    bool const whole = count == work.piece.count;
    if (!whole)
        stopped_ = true;
    waiting_.emplace(work.place, Returned{std::move(rows), whole});
    // Nothing that comes behind a piece which was broken off can be kept.
    while (!waiting_.empty() && waiting_.begin()->first == written_) {
        Returned const& ready = waiting_.begin()->second;
        spool_.append(ready.rows);
        written_ += ready.whole ? 1 : 0;
        waiting_.erase(waiting_.begin());
    }
    if (!spool_.trouble().empty())
        stopped_ = true;
    changed_.notify_all();
}

void Dispatch::stop() {
    std::lock_guard const lock{mutex_};
    stopped_ = true;
    changed_.notify_all();
}

void Dispatch::close() {
    std::lock_guard const lock{mutex_};
    stopped_ = true;
    closed_ = true;
    changed_.notify_all();
}

void Dispatch::flush() {
    std::lock_guard const lock{mutex_};
    spool_.flush();
}

std::uint64_t Dispatch::rows_done() const {
    std::lock_guard const lock{mutex_};
    return rows_done_;
}

bool Dispatch::wait_for_end(std::chrono::milliseconds longest) {
    std::unique_lock lock{mutex_};
    bool const ended = changed_.wait_for(lock, longest, [&] { return no_more() && in_hand_ == 0; });
    spool_.flush();
    return ended;
}

} // namespace mailflow::batch
