#include "viz/view_state.hpp"

#include "report/words/words.hpp"
#include "trace/events_by.hpp"
#include "viz/notice.hpp"
#include "viz/workbench/things.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace mailflow::viz {

namespace {

constexpr float notice_s = 6;
constexpr double narrowest_window = 1e-7;

/// Each intent has its own line here; what it means for the view, and nothing else.
struct Apply {
    ViewState& view;
    Shown const& shown;
    StoryRows const& rows;

    void operator()(SetMode const& set) const {
        view.mode = set.mode;
        as_usual();
    }
    void operator()(SetTheme const& set) const { view.looks.theme = set.theme; }
    void operator()(SetUiScale const& set) const {
        view.looks.ui_scale = std::clamp(set.scale, least_ui_scale, most_ui_scale);
    }
    void operator()(Seek const& seek) const { go_to(seek.to); }
    void operator()(TogglePlay const&) const {
        view.playing = !view.playing;
        view.run_until = {};
        leave_question(); // what was answered has been seen; what was not is passed by
        if (!view.playing)
            return;
        view.subject = {};
        moves_on();
        if (view.now >= shown.pace.end())
            view.now = {};
    }
    void operator()(StepBack const&) const { (*this)(StepTo{view.step, Towards::past}); }
    void operator()(StepForward const&) const { (*this)(StepTo{view.step, Towards::future}); }
    void operator()(StepTo const& step) const {
        Instant const from = view.now;
        auto to = step_from(view.now, step.step, step.towards, shown, rows, view.filter);
        if (!to && view.predicting.on && step.towards == Towards::future)
            to = shown.pace.end(); // or to the next question: it is not told how that is answered
        if (!to) {
            (*this)(Tell{words_of_no_refusal(step.towards), NoticeAbout::moment});
            return;
        }
        go_to(*to);
        if (view.now > from)
            view = stopped_at_question(std::move(view), from, shown);
    }
    void operator()(SetStep const& set) const { view.step = set.step; }
    void operator()(RunUntil const& run) const {
        HostId machine = run.machine;
        if (auto const* chosen = std::get_if<HostId>(&view.subject); chosen != nullptr && !machine.valid())
            machine = *chosen;
        if (!machine.valid()) {
            (*this)(Tell{"Click a machine first: U runs until that one acts.", NoticeAbout::choice});
            return;
        }
        std::size_t const done = events_by(shown.trace, view.now);
        bool const acts = acts_within(shown, machine, done, shown.trace.events.size()).has_value();
        if (!acts && !view.predicting.on) { // whoever predicts is not told what lies ahead
            (*this)(Tell{label_of(shown.world, machine) + " does nothing more in this run.",
                         NoticeAbout::moment});
            return;
        }
        moves_on();
        view.run_until = machine;
        view.playing = view.now < shown.pace.end();
    }
    void operator()(SetDetail const& set) const {
        view.detail = set.detail;
        view.open_to = opening::whole;
    }
    void operator()(OpenCloud const& open) const {
        bool const further = open.towards == Towards::future;
        auto const& stops = opening::stops;
        std::size_t const at = static_cast<std::size_t>(
            std::lower_bound(stops.begin(), stops.end(), opening_end(view)) - stops.begin());
        std::size_t const last = stops.size() - 1;
        if (at == last && (further || view.detail == Detail::protocol)) {
            view.detail = further ? Detail::protocol : Detail::servers;
            return;
        }
        std::size_t const next = further ? at + 1 : at == 0 ? 0 : at - 1;
        view.detail = next == 0 ? Detail::magic : Detail::servers;
        view.open_to = next == 0 ? opening::whole : stops[next];
    }
    void operator()(ChangeSpeed const& change) const {
        auto const last = static_cast<int>(speeds.size()) - 1;
        view.speed =
            static_cast<std::size_t>(std::clamp(static_cast<int>(view.speed) + change.steps, 0, last));
    }
    void operator()(Choose const& choose) const {
        view.subject = choose.subject;
        if (auto const* host = std::get_if<HostId>(&choose.subject))
            view.work.thing = thing_of(shown.world, *host);
        view.lit.reset();
        silence(view.presenting, NoticeAbout::choice);
        as_usual();
    }
    void operator()(LightUp const& wanted) const { view.lit = wanted.line; }
    void operator()(TogglePredicting const&) const {
        if (!view.predicting.on && view.work.sees_both())
            return (*this)(Tell{"Two runs are seen, and one would give the other away: C shows one of them "
                                "alone, for Q to predict."});
        view.predicting = {.on = !view.predicting.on};
        bool const was_magic = view.predicting.on && view.detail == Detail::magic;
        if (was_magic) // where no server is seen, none can be asked about
            (*this)(SetDetail{Detail::servers});
        (*this)(Tell{was_magic ? "Magic is opened up to its servers: the run stops before one decides, and "
                                 "asks what it will say."
                     : view.predicting.on
                         ? "The run stops before a server decides, and asks what it will say."
                         : "The run stops no more before a server decides."});
    }
    void operator()(Foretell const& foretell) const {
        Predicting& predicting = view.predicting;
        if (!predicting.is_asking() || *predicting.question >= shown.lists.questions().size())
            return (*this)(Tell{words_of_no_question(), NoticeAbout::moment});
        RecipientQuestion const& question = shown.lists.questions()[*predicting.question];
        std::size_t const number = *predicting.question;
        go_to(shown.trace.events[question.decision].at);
        view.subject = {};
        predicting.question = number;
        predicting.said = foretell.answer;
        ++predicting.answered;
        if (truth_of(shown.trace, question) == foretell.answer)
            ++predicting.right;
        if (view.presenting.canvas_alone || view.mode != Mode::watch)
            (*this)(Tell{say_outcome(shown.trace, shown.lists, predicting), NoticeAbout::moment});
        else
            view.swapped = true; // the panel that tells it is brought out where it has no place
    }
    void operator()(ToggleCanvasAlone const&) const {
        view.presenting.canvas_alone = !view.presenting.canvas_alone;
        view.card = Card::none;
        if (view.presenting.canvas_alone)
            (*this)(Tell{"F5 brings the panels back; Space plays; H shows all keys."});
        else
            view.presenting.notice_left_s = 0; // how to bring them back
    }
    void operator()(ToggleFullScreen const&) const {
        view.presenting.full_screen = !view.presenting.full_screen;
    }
    void operator()(ToggleText const&) const {
        view.presenting.text = !view.presenting.text;
        view.card = Card::none;
    }
    void operator()(SetFilmFrom const& set) const { view.presenting.film_from = set.at; }
    void operator()(SetFilmTo const& set) const { view.presenting.film_to = set.at; }
    void operator()(FilmAt const& film) const {
        if (!view.presenting.film_done)
            view.presenting.notice_left_s = 0; // what was said before it began
        view.presenting.film_done = film.done;
    }
    void operator()(Tell const& tell) const {
        view.presenting.notice = tell.words;
        view.presenting.notice_about = tell.about;
        view.presenting.notice_left_s = tell.words.empty() ? 0 : notice_s;
    }
    void operator()(Order const&) const { view.card = Card::none; } // the program around the window does it
    void operator()(SetFilter const& set) const {
        view.filter = set.filter;
        view.presenting.notice_left_s = 0; // what was said of what another filter shows
    }
    void operator()(Follow const& follow) const {
        MessageId message = follow.message;
        if (auto const* chosen = std::get_if<MessageId>(&view.subject); chosen != nullptr && !message.valid())
            message = *chosen;
        if (message.valid())
            message = root_of(shown.trace, message);
        else if (!view.filter.message.valid())
            return (*this)(Tell{"Click a message first: L follows that one.", NoticeAbout::choice});
        Filter filter = view.filter;
        filter.message = filter.message == message ? MessageId{} : message;
        (*this)(SetFilter{filter});
    }
    void operator()(SetCamera const& set) const { view.camera = set.camera; }
    void operator()(MoveCamera const& move) const {
        Camera& camera = view.camera;
        camera.zoom = std::clamp(camera.zoom * move.zoom, least_zoom, most_zoom);
        camera.centre.x = std::clamp(camera.centre.x + move.by.x / camera.zoom, 0.0F, 1.0F);
        camera.centre.y = std::clamp(camera.centre.y + move.by.y / camera.zoom, 0.0F, 1.0F);
    }
    void operator()(TakeUp const& take) const { view.in_hand = take.what; }
    void operator()(PutPlace const& put) const {
        view.positions.places[put.network] = put.centre;
        view.positions.held = put.network;
    }
    void operator()(PutMachine const& put) const {
        view.positions.machines[put.machine] = put.centre;
        view.positions.held = put.machine;
    }
    void operator()(SetTimeWindow const& set) const { view.timeline = kept_sane(set.window); }
    void operator()(ZoomTime const& zoom) const {
        view.timeline = zoomed(view.timeline, zoom.by, shown.pace.axis_of(view.now));
    }
    void operator()(ShowMessages const& show) const { view.messages_from = show.from; }
    void operator()(SearchMessages const& search) const {
        view.messages_with = search.words;
        view.messages_from.reset();
    }
    void operator()(ShowCard const& show) const {
        (*this)(SearchMessages{});
        view.card = view.card == show.card ? Card::none : show.card;
    }
    /// Neither its details nor its form or switches are shown any more.
    void let_go_of_thing() const {
        view.subject = {};
        if (view.mode != Mode::watch)
            view.work.thing.clear();
    }
    void operator()(GoBack const&) const {
        if (view.work.sheet != Sheet::none)
            view.work.sheet = Sheet::none;
        else if (view.card != Card::none)
            view.card = Card::none;
        else if (view.presenting.text)
            view.presenting.text = false;
        else if (view.list_out)
            view.list_out = false;
        else if (view.swapped)
            view.swapped = false;
        else if (view.presenting.canvas_alone)
            (*this)(ToggleCanvasAlone{});
        else if (!std::holds_alternative<std::monostate>(view.subject) ||
                 (view.mode != Mode::watch && !view.work.thing.empty()))
            let_go_of_thing();
        else if (!view.filter.shows_all())
            (*this)(SetFilter{});
        else if (view.mode != Mode::watch)
            view.mode = Mode::watch;
        else if (has_notice(view.presenting) && !view.presenting.film_done)
            view.presenting.notice_left_s = 0;
        else
            (*this)(Tell{"Nothing lies on top; Ctrl+Q leaves."});
    }
    void operator()(ToggleList const&) const { view.list_out = !view.list_out; }
    void operator()(TogglePanel const&) const {
        bool const asked = !std::holds_alternative<std::monostate>(view.subject);
        if (view.mode != Mode::watch || !asked)
            view.swapped = !view.swapped;
        else
            (*this)(Choose{}); // its details are seen
    }
    void operator()(WorkIntent const& intent) const {
        if (std::holds_alternative<NextRuns>(intent) && !view.work.comparing)
            return (*this)(Tell{"There is one run only; What if makes a second one."});
        view.work = apply(view.work, intent);
        if (std::holds_alternative<ShowThing>(intent))
            as_usual();
    }
    void operator()(Leave const&) const { view.leaving = true; }

    /// Whether there is none in that direction, or none that the filter shows.
    [[nodiscard]] std::string words_of_no_refusal(Towards towards) const {
        bool const after = towards == Towards::future;
        bool const hidden =
            !view.filter.shows_all() && step_from(view.now, Step::refusal, towards, shown,
                                                  StoryRows{shown.world, shown.trace, view.detail, {}}, {})
                                            .has_value();
        if (hidden)
            return after ? "The filter hides what is refused after this moment; A shows all."
                         : "The filter hides what was refused before this moment; A shows all.";
        if (view.work.sees_both()) // the steps go by one of them
            return fmt::format(
                "In the run as it is now no server {} this moment; C shows the one before alone.",
                after ? "refuses anything or gives up after" : "has refused anything or given up before");
        return after ? "No server refuses anything or gives up after this moment."
                     : "No server has refused anything or given up before this moment.";
    }

    /// Why there is nothing to foretell.
    [[nodiscard]] std::string words_of_no_question() const {
        if (!view.predicting.on)
            return "Nothing is asked: Q lets the run stop before servers decide, for you to say what they "
                   "will.";
        if (view.predicting.question)
            return "This is answered; the next question comes as the run goes on.";
        return "Nothing is asked yet: the run stops at the next question as it goes on.";
    }

    /// What was brought out goes away once something is chosen.
    void as_usual() const {
        view.list_out = false;
        view.swapped = false;
    }

    void leave_question() const {
        if (view.predicting.said && view.mode == Mode::watch)
            view.swapped = false;
        view.predicting.question.reset();
        view.predicting.said.reset();
    }

    /// Another moment is chosen.
    void moves_on() const {
        view.meant.reset();
        silence(view.presenting, NoticeAbout::moment);
    }

    void go_to(Instant to) const {
        leave_question();
        moves_on();
        view.now = std::clamp(to, Instant{}, shown.pace.end());
        std::optional<std::size_t>& left = view.predicting.left;
        if (left && *left < shown.lists.questions().size() &&
            view.now < just_before(shown.trace, shown.lists.questions()[*left]))
            left.reset(); // it lies ahead again
        view.playing = false;
        view.run_until = {};
        TimeWindow& window = view.timeline;
        double const place = shown.pace.axis_of(view.now);
        if (place < window.from || place > window.to) { // the present moment stays in sight
            double const half = (window.to - window.from) / 2;
            window = kept_sane({place - half, place + half});
        }
    }
};

} // namespace

ViewState stopped_at_question(ViewState view, Instant from, Shown const& shown) {
    if (!view.predicting.on || view.detail == Detail::magic || view.work.sees_both())
        return view;
    auto const question = question_between(shown, view.filter, from, view.now, view.predicting.left);
    if (!question)
        return view;
    view.now = just_before(shown.trace, shown.lists.questions()[*question]);
    view.playing = false;
    view.run_until = {};
    view.subject = {};
    view.predicting.question = view.predicting.left = question;
    view.predicting.said.reset();
    return view;
}

float opened_after(ViewState const& view, float seconds) {
    float const end = opening_end(view);
    return view.opened < end ? std::min(view.opened + seconds / opening::takes_s, end)
                             : std::max(view.opened - seconds / opening::closing_takes_s, end);
}

Looks looks_of(ViewState const& view) {
    Looks looks = view.looks;
    if (view.presenting.canvas_alone)
        looks.ui_scale = std::min(looks.ui_scale * 1.25F, most_ui_scale);
    return looks;
}

ViewState without_overlays(ViewState view) {
    view.card = Card::none;
    view.list_out = false;
    view.presenting.notice_left_s = 0;
    view.presenting.film_done.reset();
    return view;
}

TimeWindow kept_sane(TimeWindow window) {
    double const width = std::clamp(window.to - window.from, narrowest_window, 1.0);
    double const from = std::clamp(window.from, 0.0, 1.0 - width);
    return {from, from + width};
}

TimeWindow zoomed(TimeWindow window, double by, double at) {
    double const part = (at - window.from) / (window.to - window.from);
    double const width = std::clamp((window.to - window.from) / by, narrowest_window, 1.0);
    return kept_sane({at - part * width, at - part * width + width});
}

ViewState apply(ViewState view, Intent const& intent, Shown const& shown, StoryRows const& rows) {
    std::visit(Apply{view, shown, rows}, intent);
    return view;
}

} // namespace mailflow::viz
