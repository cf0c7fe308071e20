// What the person at the window has chosen, and what they can ask for. The panels look at the first and
// answer with the second; only `apply` changes anything.
#pragma once

#include "report/detail.hpp"
#include "viz/presenting.hpp"
#include "viz/shown.hpp"
#include "viz/theme.hpp"

#include <variant>
#include <vector>

namespace mailflow::viz {

/// What the window is used for; each has its row in `mode_table`.
enum class Mode : std::uint8_t { watch };

struct ViewState {
    Mode mode = Mode::watch;
    Looks looks;
    Instant now;
    Detail detail = Detail::protocol;
    bool playing = false;
    std::size_t speed = 0; // in `speeds`
    Subject subject;       // whose details are shown; none: whatever happens now
    bool keys_card = false;
    bool present_card = false;
    Presenting presenting;
    bool leaving = false; // the window is to close
};

struct SetMode {
    Mode mode = Mode::watch;
};
struct SetTheme {
    ThemeName theme = ThemeName::light;
};
struct SetUiScale {
    float scale = 1;
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
/// So many steps faster; negative: slower.
struct ChangeSpeed {
    int steps = 0;
};
struct Choose {
    Subject subject;
};
struct ToggleKeysCard {};
struct TogglePresentCard {};
/// Hides the panels, and brings them back.
struct ToggleCanvasAlone {};
struct ToggleFullScreen {};
struct ToggleText {};
/// Where the film begins, and where it ends; none: where the run does.
struct SetFilmFrom {
    std::optional<Instant> at{};
};
struct SetFilmTo {
    std::optional<Instant> at{};
};
/// How far a film in the making is, from 0 to 1; none: there is none.
struct FilmAt {
    std::optional<double> done{};
};
/// Shows a sentence for a while.
struct Tell {
    std::string words;
};
/// Takes away what lies on top; with nothing left, leaves.
struct GoBack {};
struct Leave {};

using Intent =
    std::variant<SetMode, SetTheme, SetUiScale, Seek, TogglePlay, StepBack, StepForward, SetDetail,
                 ChangeSpeed, Choose, ToggleKeysCard, TogglePresentCard, ToggleCanvasAlone, ToggleFullScreen,
                 ToggleText, SetFilmFrom, SetFilmTo, FilmAt, Tell, Order, GoBack, Leave>;
using Intents = std::vector<Intent>;

/// The view as a picture shows it: without what lies over it for a moment.
[[nodiscard]] ViewState without_overlays(ViewState view);

/// How it looks: the picture alone is drawn larger, for the last row.
[[nodiscard]] Looks looks_of(ViewState const& view);

/// The view after the intent.
[[nodiscard]] ViewState apply(ViewState view, Intent const& intent, Shown const& shown);

} // namespace mailflow::viz
