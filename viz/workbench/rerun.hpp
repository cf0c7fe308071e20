// Plays changed worlds beside the window, on a thread of its own, so that whoever types never waits for a
// run. Of what is asked for while one is playing only the latest is played after it. It shows nothing and
// keeps nothing: what has been played is fetched once.
#pragma once

#include "report/changed_outcomes.hpp"
#include "viz/shown/shown.hpp"

#include <chrono>
#include <future>
#include <memory>
#include <optional>
#include <string>

namespace mailflow::viz {

/// A text of a scenario and its run; null: it has none, or it has not been played yet.
struct Played {
    std::string text;
    std::shared_ptr<Shown const> shown;
};

class Rerun {
public:
    struct Wish {
        std::string text; // that the world was read from
        World world;
        std::optional<Played> before; // what to compare it with; played as well where that has not been done
    };
    struct Result {
        Played now;
        std::optional<Played> before;
        std::optional<Difference> difference;
        ChangedOutcomes outcomes;
    };

    /// Begins with it at once, or as soon as what is playing has come to its end.
    void ask(Wish wish);
    /// What was asked for until now means nothing any more.
    void forget();
    /// The latest run that is finished, and was not fetched before. Waits for it this long at most; without a
    /// limit until all that was asked for has been played.
    [[nodiscard]] std::optional<Result> fetch(std::optional<std::chrono::milliseconds> patience);
    [[nodiscard]] bool is_running() const { return running_.valid(); }

private:
    std::future<Result> running_; // its end is waited for when the window closes
    std::optional<Wish> next_;
    bool forgotten_ = false; // what is running
};

} // namespace mailflow::viz
