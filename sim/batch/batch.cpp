#include "batch/batch.hpp"

#include "batch/player.hpp"

#include <thread>

namespace mailflow::batch {

namespace {

constexpr std::chrono::milliseconds between_looks{100};
/// So that a long run holds nobody up for a while.
constexpr std::size_t open_pieces_of_thread = 32;

} // namespace

void work(Plan const& plan, Dispatch& dispatch) {
    Player player{plan, dispatch.stopped()};
    while (auto const work = dispatch.next())
        dispatch.put(*work, player.play(work->piece));
}

void play(Plan const& plan, Pieces const& pieces, Spool& spool, std::size_t threads, Watch const& watch) {
    Dispatch dispatch{pieces, spool, threads * open_pieces_of_thread};
    std::vector<std::jthread> workers;
    for (std::size_t i = 0; i < threads; ++i)
        workers.emplace_back([&] { work(plan, dispatch); });
    while (!dispatch.wait_for_end(between_looks))
        if (!watch(dispatch.rows_done()))
            dispatch.stop();
}

} // namespace mailflow::batch
