#include "viz/view_state.hpp"

#include <algorithm>

namespace mailflow::viz {

namespace {

constexpr float notice_s = 6;

/// Each intent has its own line here; what it means for the view, and nothing else.
struct Apply {
    ViewState& view;
    Shown const& shown;

    void operator()(SetMode const& set) const { view.mode = set.mode; }
    void operator()(SetTheme const& set) const { view.looks.theme = set.theme; }
    void operator()(SetUiScale const& set) const {
        view.looks.ui_scale = std::clamp(set.scale, least_ui_scale, most_ui_scale);
    }
    void operator()(Seek const& seek) const {
        view.now = std::clamp(seek.to, Instant{}, shown.pace.end());
        view.playing = false;
    }
    void operator()(TogglePlay const&) const {
        view.playing = !view.playing;
        if (!view.playing)
            return;
        view.subject = {};
        if (view.now >= shown.pace.end())
            view.now = {};
    }
    void operator()(StepBack const&) const {
        view.now = shown.rows.before(view.detail, view.now);
        view.playing = false;
    }
    void operator()(StepForward const&) const {
        view.now = shown.rows.after(view.detail, view.now, shown.pace.end());
        view.playing = false;
    }
    void operator()(SetDetail const& set) const { view.detail = set.detail; }
    void operator()(ChangeSpeed const& change) const {
        auto const last = static_cast<int>(speeds.size()) - 1;
        view.speed =
            static_cast<std::size_t>(std::clamp(static_cast<int>(view.speed) + change.steps, 0, last));
    }
    void operator()(Choose const& choose) const { view.subject = choose.subject; }
    void operator()(ToggleKeysCard const&) const { view.keys_card = !view.keys_card; }
    void operator()(TogglePresentCard const&) const { view.present_card = !view.present_card; }
    void operator()(ToggleCanvasAlone const&) const {
        view.presenting.canvas_alone = !view.presenting.canvas_alone;
        view.present_card = false;
        if (view.presenting.canvas_alone)
            (*this)(Tell{"F5 brings the panels back; Space plays; H shows all keys."});
    }
    void operator()(ToggleFullScreen const&) const {
        view.presenting.full_screen = !view.presenting.full_screen;
    }
    void operator()(ToggleText const&) const {
        view.presenting.text = !view.presenting.text;
        view.present_card = false;
    }
    void operator()(SetFilmFrom const& set) const { view.presenting.film_from = set.at; }
    void operator()(SetFilmTo const& set) const { view.presenting.film_to = set.at; }
    void operator()(FilmAt const& film) const { view.presenting.film_done = film.done; }
    void operator()(Tell const& tell) const {
        view.presenting.notice = tell.words;
        view.presenting.notice_left_s = notice_s;
    }
    void operator()(Order const&) const {
        view.present_card = false;
    } // the program around the window does it
    void operator()(GoBack const&) const {
        if (view.keys_card)
            view.keys_card = false;
        else if (view.present_card)
            view.present_card = false;
        else if (view.presenting.text)
            view.presenting.text = false;
        else if (view.presenting.canvas_alone)
            view.presenting.canvas_alone = false;
        else if (!std::holds_alternative<std::monostate>(view.subject))
            view.subject = {};
        else
            view.leaving = true;
    }
    void operator()(Leave const&) const { view.leaving = true; }
};

} // namespace

Looks looks_of(ViewState const& view) {
    Looks looks = view.looks;
    if (view.presenting.canvas_alone)
        looks.ui_scale = std::min(looks.ui_scale * 1.25F, most_ui_scale);
    return looks;
}

ViewState without_overlays(ViewState view) {
    view.keys_card = false;
    view.present_card = false;
    view.presenting.notice_left_s = 0;
    view.presenting.film_done.reset();
    return view;
}

ViewState apply(ViewState view, Intent const& intent, Shown const& shown) {
    std::visit(Apply{view, shown}, intent);
    return view;
}

} // namespace mailflow::viz
