#include "batch/batch.hpp"

#include "batch/player.hpp"

#include <memory>
#include <system_error>
#include <thread>
#include <vector>

namespace mailflow::batch {

namespace {

constexpr std::chrono::milliseconds between_looks{100};
/// Before threads that do not heed the end are left to themselves.
constexpr int looks_after_end = 6;
/// So that a long run holds nobody up for a while.
constexpr std::size_t open_pieces_of_thread = 32;

/// So many threads, or as many as the machine has room for; the first must be.
template<class Work>
std::vector<std::thread> begin(std::size_t threads, Work const& work) {
    std::vector<std::thread> begun;
    begun.reserve(threads);
    try {
        while (begun.size() < threads)
            begun.emplace_back(work);
    } catch (std::system_error const&) {
        if (begun.empty())
            throw;
    }
    return begun;
}

} // namespace

void work(Plan const& plan, Scenes& scenes, Dispatch& dispatch) {
    Player player{plan, scenes, dispatch.stopped()};
    while (auto const work = dispatch.next())
        dispatch.put(*work, player.play(work->piece));
}

Left play(Plan const& plan, Pieces const& pieces, Spool& spool, std::size_t threads, Watch const& watch) {
    // The threads hold both, too: they outlive what the threads are left to themselves with.
    auto const scenes = std::make_shared<Scenes>(plan);
    auto const dispatch = std::make_shared<Dispatch>(pieces, spool, threads * open_pieces_of_thread);
    std::vector<std::thread> workers =
        begin(threads, [&plan, scenes, dispatch] { work(plan, *scenes, *dispatch); });
    bool ended = false;
    for (int looks = 0; looks < looks_after_end && !ended;) {
        ended = dispatch->wait_for_end(between_looks);
        if (!ended && looks > 0)
            ++looks;
        else if (!ended && !watch(dispatch->rows_done())) {
            dispatch->stop();
            looks = 1;
        }
    }
    dispatch->close();
    for (std::thread& worker : workers)
        ended ? worker.join() : worker.detach();
    return ended ? Left::nobody : Left::busy_threads;
}

} // namespace mailflow::batch
