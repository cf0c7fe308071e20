#include "viz/workbench/rerun.hpp"

#include "run/run.hpp"
#include "scenario/load.hpp"

#include <utility>

namespace mailflow::viz {

namespace {

std::shared_ptr<Shown const> run_of(World world) {
    Trace trace = run(world);
    return std::make_shared<Shown const>(std::move(world), std::move(trace));
}

Rerun::Result play(Rerun::Wish wish) {
    Rerun::Result result;
    result.now = {std::move(wish.text), run_of(std::move(wish.world))};
    result.before = std::move(wish.before);
    if (!result.before)
        return result;
    Played& before = *result.before;
    if (before.shown == nullptr) {
        auto loaded = load_scenario(before.text);
        if (auto* world = std::get_if<World>(&loaded))
            before.shown = run_of(std::move(*world));
    }
    if (before.shown == nullptr)
        return result;
    Run const was{before.shown->world, before.shown->trace};
    Run const is{result.now.shown->world, result.now.shown->trace};
    result.difference = first_difference(was, is);
    if (result.difference)
        result.outcomes = changed_outcomes(was, is);
    return result;
}

} // namespace

void Rerun::ask(Wish wish) {
    if (running_.valid())
        next_ = std::move(wish);
    else
        running_ = std::async(std::launch::async, play, std::move(wish));
}

void Rerun::forget() {
    next_.reset();
    forgotten_ = running_.valid();
}

std::optional<Rerun::Result> Rerun::fetch(std::optional<std::chrono::milliseconds> patience) {
    std::optional<Result> latest;
    while (running_.valid()) {
        if (patience && running_.wait_for(*patience) != std::future_status::ready)
            break;
        Result result = running_.get();
        if (!std::exchange(forgotten_, false))
            latest = std::move(result);
        if (next_)
            ask(*std::exchange(next_, std::nullopt));
    }
    return latest;
}

} // namespace mailflow::viz
