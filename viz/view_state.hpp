// What the person at the window has chosen, and what they can ask for. The panels look at the first and
// answer with the second; only `apply` changes anything.
#pragma once

#include "report/detail.hpp"
#include "viz/camera.hpp"
#include "viz/opening.hpp"
#include "viz/predicting.hpp"
#include "viz/presenting.hpp"
#include "viz/shown/steps.hpp"
#include "viz/theme.hpp"
#include "viz/workbench/intents.hpp"

#include <variant>
#include <vector>

namespace mailflow::viz {

/// What the window is used for; each has its row in `mode_table`.
enum class Mode : std::uint8_t { watch, what_if, build };

/// The part of the timeline that is seen, in places on the pace's axis.
struct TimeWindow {
    double from = 0;
    double to = 1;

    bool operator==(TimeWindow const&) const = default;
};

/// A line of the bounce whose details are shown: of the group of a recipient, or of the whole letter.
struct LitLine {
    static constexpr std::size_t whole_letter = static_cast<std::size_t>(-1);
    std::size_t group = whole_letter;
    std::size_t field = 0;

    bool operator==(LitLine const&) const = default;
};

/// What lies over the window.
enum class Card : std::uint8_t { none, keys, signs, filter, present, more };

/// The picture itself, where the mouse has hold of nothing in it.
struct Ground {
    bool operator==(Ground const&) const = default;
};
/// What the mouse has hold of in the picture, from the press to the release.
using InHand = std::variant<std::monostate, HostId, NetworkId, Ground>;

struct ViewState {
    Mode mode = Mode::watch;
    Looks looks;
    Instant now;
    std::optional<Instant> meant{}; // the moment that was chosen, where the run that is seen ends before it
    Detail detail = Detail::protocol;
    float opened = opening::whole;  // how far the magic cloud has opened up by now; closed at `magic`
    float open_to = opening::whole; // at which stop its opening ends, at the other levels
    bool playing = false;
    HostId run_until{};    // playing stops when this machine acts; none: at the end
    std::size_t speed = 0; // in `speeds`
    Step step = Step::event;
    Subject subject;              // whose details are shown; none: whatever happens now
    std::optional<LitLine> lit{}; // the line of its letter that was asked about
    Filter filter;
    Camera camera;
    Positions positions; // what was moved by hand
    InHand in_hand{};
    TimeWindow timeline;
    Card card = Card::none;
    bool list_out = false;     // the list lies over the rest, where it has no place beside it
    bool swapped = false;      // of picture and panel the other one is seen, where only one of them has room
    std::string messages_with; // words of the messages that the filter offers; none: of all
    std::optional<std::size_t> messages_from{}; // the first that the filter offers; none: those around now
    Presenting presenting;
    Predicting predicting;
    bool leaving = false; // the window is to close
    WorkView work;        // where it is changed
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
/// A step of the kind that is chosen.
struct StepBack {};
struct StepForward {};
struct StepTo {
    Step step = Step::event;
    Towards towards = Towards::future;
};
struct SetStep {
    Step step = Step::event;
};
/// Plays until the machine acts; without a machine, until the one whose details are shown does.
struct RunUntil {
    HostId machine{};
};
struct SetDetail {
    Detail detail = Detail::protocol;
};
/// Opens the magic cloud a stop further, or closes it by one; behind the last stop lies the protocol.
struct OpenCloud {
    Towards towards = Towards::future;
};
/// So many steps faster; negative: slower.
struct ChangeSpeed {
    int steps = 0;
};
struct Choose {
    Subject subject;
};
/// Stops before each server answers about a recipient and asks what it will say; or no longer.
struct TogglePredicting {};
/// What the server will answer to what is asked.
struct Foretell {
    Foretold answer = Foretold::accept;
};
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
/// Shows a sentence for a while; none: nothing more of the one before.
struct Tell {
    std::string words;
    NoticeAbout about = NoticeAbout::nothing;
};
/// Shows who said that line of the bounce, and why.
struct LightUp {
    std::optional<LitLine> line;
};
struct SetFilter {
    Filter filter;
};
/// Offers the messages from that one on, of those that are found, to be followed.
struct ShowMessages {
    std::size_t from = 0;
};
/// Offers those in which all these words stand.
struct SearchMessages {
    std::string words;
};
/// Shows only the chosen message and what comes of it; everything again when it is followed already.
struct Follow {
    MessageId message{}; // none: the one whose details are shown
};
struct SetCamera {
    Camera camera;
};
/// Closer by that factor, and moved by that part of what is seen.
struct MoveCamera {
    float zoom = 1;
    Point by;
};
/// Takes hold of it, or lets go.
struct TakeUp {
    InHand what;
};
struct PutPlace {
    NetworkId network;
    Point centre; // in parts of the picture
};
struct PutMachine {
    HostId machine;
    Point centre;
};
struct SetTimeWindow {
    TimeWindow window;
};
/// Closer by that factor, around the present moment.
struct ZoomTime {
    double by = 1;
};
struct ShowCard {
    Card card = Card::none; // the same again takes it away
};
/// Brings out the list, where it has no place beside the rest, and puts it away.
struct ToggleList {};
/// Of the picture and the panel at its right shows the other one, where only one of them has room.
struct TogglePanel {};
/// Takes away what lies on top, a film in the making first; with nothing left, says how to leave.
struct GoBack {};
struct Leave {};

using Intent = std::variant<SetMode, SetTheme, SetUiScale, Seek, TogglePlay, StepBack, StepForward, StepTo,
                            SetStep, RunUntil, SetDetail, OpenCloud, ChangeSpeed, Choose, LightUp, SetFilter,
                            ShowMessages, SearchMessages, Follow, SetCamera, MoveCamera, TakeUp, PutPlace,
                            PutMachine, SetTimeWindow, ZoomTime, ShowCard, ToggleList, TogglePanel,
                            TogglePredicting, Foretell, ToggleCanvasAlone, ToggleFullScreen, ToggleText,
                            SetFilmFrom, SetFilmTo, FilmAt, Tell, Order, GoBack, Leave, WorkIntent>;
using Intents = std::vector<Intent>;

/// The view as a picture shows it: without what lies over it for a moment.
[[nodiscard]] ViewState without_overlays(ViewState view);

/// The view at a question on its way from an earlier moment to where it is now; as it is where there is none.
[[nodiscard]] ViewState stopped_at_question(ViewState view, Instant from, Shown const& shown);

/// Where the opening of the cloud ends.
[[nodiscard]] constexpr float opening_end(ViewState const& view) {
    return view.detail == Detail::magic ? opening::closed : view.open_to;
}
/// The opening so many seconds later.
[[nodiscard]] float opened_after(ViewState const& view, float seconds);

/// How it looks: the picture alone is drawn larger, for the last row.
[[nodiscard]] Looks looks_of(ViewState const& view);

/// The view after the intent. `rows` are those that the view shows.
[[nodiscard]] ViewState apply(ViewState view, Intent const& intent, Shown const& shown,
                              StoryRows const& rows);

/// A window on the timeline that lies within it and is neither too narrow nor turned round.
[[nodiscard]] TimeWindow kept_sane(TimeWindow window);
/// So many times closer, with what is at `at` staying in its place.
[[nodiscard]] TimeWindow zoomed(TimeWindow window, double by, double at);

} // namespace mailflow::viz
