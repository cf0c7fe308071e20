// What the person at the window has chosen, and what they can ask for. The panels look at the first and
// answer with the second; only `apply` changes anything.
#pragma once

#include "report/detail.hpp"
#include "trace/trace.hpp"
#include "viz/pace.hpp"
#include "viz/story_rows.hpp"

#include <variant>
#include <vector>

namespace mailflow::viz {

struct ViewState {
    Instant now;
    Detail detail = Detail::protocol;
    bool playing = false;
    std::size_t speed = 0; // in `speeds`
    Subject subject;       // whose details are shown; none: whatever happens now
    bool keys_card = false;
};

struct Seek {
    Instant to;
};
struct TogglePlay {};
struct StepBack {};
struct StepForward {};
struct SetDetail {
    Detail detail = Detail::protocol;
};
struct SetSpeed {
    std::size_t speed = 0;
};
struct Choose {
    Subject subject;
};
struct ToggleKeysCard {};

using Intent =
    std::variant<Seek, TogglePlay, StepBack, StepForward, SetDetail, SetSpeed, Choose, ToggleKeysCard>;
using Intents = std::vector<Intent>;

/// The view after the intent.
[[nodiscard]] ViewState apply(ViewState view, Intent const& intent, Pace const& pace, StoryRows const& rows);

} // namespace mailflow::viz
