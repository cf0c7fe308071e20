#include "batch/mpi_batch.hpp"

#include "batch/player.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <deque>
#include <thread>

namespace mailflow::batch {

namespace {

/// Each rank has one piece to play and one to begin with at once.
constexpr int pieces_ahead = 2;
constexpr std::size_t open_pieces_of_rank = 32;
constexpr std::chrono::microseconds between_looks{300};
constexpr std::chrono::milliseconds between_watches{100};

/// "PLACE FIRST COUNT\n", then its rows on their way back; an empty text asks for work, or says that there
/// is none.
std::string to_text(Work const& work) {
    return fmt::format("{} {} {}\n", work.place, work.piece.first, work.piece.count);
}

/// Takes the first line off the text.
Work parse_work(std::string& text) {
    Work work;
    char const* at = text.data();
    char const* const end = at + text.size();
    for (std::uint64_t* const number : {&work.place, &work.piece.first, &work.piece.count})
        at = std::min(std::from_chars(at, end, *number).ptr + 1, end);
    text.erase(0, static_cast<std::size_t>(at - text.data()));
    return work;
}

/// The other ranks, as rank 0 sees them.
class Followers {
public:
    Followers(Ranks const& ranks, Dispatch& dispatch) : ranks_{ranks}, dispatch_{dispatch} {}

    /// Takes what they have sent and gives them what they ask for; whether anything was said.
    bool serve() {
        bool said = false;
        while (auto message = ranks_.receive_now()) {
            if (!message->text.empty()) {
                Work const work = parse_work(message->text);
                dispatch_.put(work, std::move(message->text));
            }
            waiting_.push_back(message->from);
            said = true;
        }
        while (!waiting_.empty()) {
            auto const work = dispatch_.next_now();
            if (!work && !dispatch_.over())
                break; // too much is open: they wait
            ranks_.send(waiting_.front(), work ? to_text(*work) : std::string{});
            waiting_.pop_front();
            released_ += work ? 0 : 1;
            said = true;
        }
        return said;
    }

    [[nodiscard]] bool all_released() const { return released_ == (ranks_.size() - 1) * pieces_ahead; }

private:
    Ranks const& ranks_;
    Dispatch& dispatch_;
    std::deque<int> waiting_; // ranks, once for each piece that they ask for
    int released_ = 0;        // how often it was said that there is no more
};

} // namespace

void lead(Plan const& plan, Pieces const& pieces, Spool& spool, Ranks const& ranks, Watch const& watch) {
    Dispatch dispatch{pieces, spool, static_cast<std::size_t>(ranks.size()) * open_pieces_of_rank};
    Followers followers{ranks, dispatch};
    Scenes scenes{plan};
    std::jthread const own{[&] { work(plan, scenes, dispatch); }};
    auto watched = std::chrono::steady_clock::now();
    while (!followers.all_released() || !dispatch.wait_for_end(std::chrono::milliseconds{1})) {
        if (!followers.serve())
            std::this_thread::sleep_for(between_looks);
        if (auto const now = std::chrono::steady_clock::now(); now - watched >= between_watches) {
            watched = now;
            dispatch.flush();
            if (!watch(dispatch.rows_done()))
                dispatch.stop();
        }
    }
}

void follow(Plan const& plan, Ranks const& ranks, std::atomic<bool> const& end_wanted) {
    Scenes scenes{plan};
    Player player{plan, scenes, end_wanted};
    for (int i = 0; i < pieces_ahead; ++i)
        ranks.send(0, {});
    for (int released = 0; released < pieces_ahead;) {
        std::string text = ranks.receive().text;
        if (text.empty()) {
            ++released;
            continue;
        }
        Work const work = parse_work(text);
        ranks.send(0, to_text(work) + player.play(work.piece));
    }
}

} // namespace mailflow::batch
