#include "viz/app.hpp"

#include "viz/draw/fields.hpp"
#include "viz/heading.hpp"
#include "viz/layout/elbow_room.hpp"
#include "viz/notice.hpp"
#include "viz/panels/work_panels.hpp"
#include "viz/scene/scene.hpp"
#include "viz/shortcuts.hpp"
#include "viz/shown/next.hpp"
#include "viz/workbench/doubts.hpp"
#include "viz/workbench/naming.hpp"
#include "viz/workbench/workbench.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <utility>

namespace mailflow::viz {

namespace {

/// Whether what can be followed at one of the speeds stands still, or flies past, at the other.
bool is_of_another_scale(std::size_t speed, std::size_t other) {
    constexpr std::size_t steps_apart = 3; // each some twofold
    return std::max(speed, other) - std::min(speed, other) >= steps_apart;
}

/// Ctrl+Z, Ctrl+Y: the fields of text have them, too.
bool is_about_history(KeyPressed const& key) {
    return key.with.control && (key.key == Key::z || key.key == Key::y);
}

} // namespace

App::App(World world, Trace trace)
    : now_(std::make_shared<Shown const>(std::move(world), std::move(trace)))
    , shown_(now_)
    , work_(std::make_unique<Workbench>()) {
    begin();
}

void App::begin() {
    shown_number_ = work_->shown_number();
    view_.speed = pace().calm_speed();
    drawing_.state = shown_->replay.at(view_.now);
    list_rows(view_);
}

void App::show(World world, Trace trace) {
    now_ = std::make_shared<Shown const>(std::move(world), std::move(trace));
    show(now_);
}

void App::show(std::shared_ptr<Shown const> shown) {
    carry_positions(shown->world);
    std::size_t const calm = pace().calm_speed();
    bool const is_another = std::exchange(shown_number_, work_->shown_number()) != work_->shown_number();
    carry_filter(*shown, is_another);
    if (is_another)
        drawing_.grounds = {}; // nobody was there before
    shown_ = std::move(shown);
    drawing_.planned.reset();
    drawing_.text.forget();
    drawing_.search.forget();
    apart_ = {};
    apart_.grounds = drawing_.grounds;
    drawing_.listed.reset();
    view_.subject = {}; // its number may mean something else there
    view_.in_hand = {};
    view_.run_until = {};
    view_.predicting.question.reset();
    view_.predicting.left.reset();
    keep_moment(is_another);
    silence(view_.presenting, NoticeAbout::moment);
    if (is_another)
        silence(view_.presenting, NoticeAbout::file);
    if (is_another || (view_.speed == calm && is_of_another_scale(pace().calm_speed(), calm)))
        view_.speed = pace().calm_speed();
    drawing_.state = shown_->replay.at(view_.now);
    list_rows(view_);
}

void App::keep_moment(bool is_another) {
    Instant const meant = is_another ? view_.now : view_.meant.value_or(view_.now);
    view_.now = std::min(meant, pace().end());
    view_.meant = view_.now < meant ? std::optional{meant} : std::nullopt;
}

void App::carry_out(Intent const& intent) {
    auto const* const work = std::get_if<WorkIntent>(&intent);
    if (std::holds_alternative<SetMode>(intent) || std::holds_alternative<Choose>(intent) ||
        std::holds_alternative<Leave>(intent) || (work != nullptr && is_done_with_name(*work)))
        take_typed_name();
    if (ask_before(intent))
        return;
    if (auto const* order = std::get_if<Order>(&intent))
        orders_.push_back(*order);
    std::string const thing = view_.work.thing;
    view_ = apply(view_, intent, *shown_, drawing_.rows);
    if (std::holds_alternative<Choose>(intent) && work_->shows_another())
        view_.work.thing = thing; // what was chosen is no part of the scenario that is worked on
    work_on(intent);
    show_what_is_seen();
    if (!view_.presenting.film_done && is_about_film(view_.work))
        view_.work.sheet = Sheet::none; // it is ready by now
    if (view_.work.sheet == Sheet::none)
        waiting_.reset(); // the question was put away
    else
        view_.card = Card::none; // one of them at a time lies over the window
    list_rows(view_);
}

void App::list_rows(ViewState const& view) {
    Listed const wanted{view.detail, view.filter};
    if (drawing_.listed == wanted)
        return;
    drawing_.listed = wanted;
    drawing_.rows = StoryRows{world(), trace(), wanted.detail, wanted.filter};
    drawing_.tops = {};
}

void App::on_event(InputEvent const& event, Ui& ui) {
    if (std::holds_alternative<CloseAsked>(event)) {
        carry_out(Leave{});
        return;
    }
    if (std::holds_alternative<MousePressed>(event)) {
        focus_.clear();
        seeks_field_ = false;
    }
    if (auto const* typed = std::get_if<TextTyped>(&event); typed != nullptr && !ui.wants_text())
        if (auto const key = key_of_sign(*typed)) {
            on_event(*key, ui);
            return;
        }
    if (auto const* typed = std::get_if<TextTyped>(&event); typed != nullptr && search_with(*typed))
        return;
    if (auto const* key = std::get_if<KeyPressed>(&event);
        key != nullptr && is_about_history(*key) && ui.wants_text() && !ui.remembers_typing(*key))
        ui.leave_field(); // what is taken back is a change that was made elsewhere
    if (auto const* key = std::get_if<KeyPressed>(&event);
        key != nullptr && move_focus(*key, ui.wants_text()))
        return;
    if (auto const* key = std::get_if<KeyPressed>(&event)) {
        Intent const* const intent = intent_of(*key);
        bool const closes_sheet = key->key == Key::escape && view_.work.sheet != Sheet::none;
        bool const meant = !ui.wants_text() || works_while_typing(*key) || closes_sheet;
        if (intent != nullptr && meant && is_within_reach(*intent, view_)) {
            carry_out(*intent);
            return;
        }
    }
    ui.on_event(event);
}

bool App::search_with(TextTyped const& typed) {
    bool const is_text = typed.character > U' ' && typed.character != 127; // the space presses a card
    if (view_.work.sheet != Sheet::open || drawing_.drawn.in_field || !is_text)
        return false;
    std::string const search = view_.work.draft(library_search) + utf8_of(typed.character);
    carry_out(WorkIntent{ShowTab{OpenTab::library}}); // which brings the keyboard to the field
    carry_out(WorkIntent{SetDraft{library_search, search}});
    is_typed_ahead_ = true;
    return true;
}

Rect App::usual_picture(ViewState const& view, float scale) const {
    if (view.presenting.canvas_alone)
        return drawing_.screen.picture;
    Rect const& whole = drawing_.screen.whole;
    return plan_screen(whole.w, whole.h, scale).picture;
}

void App::plan(Present const& present, float scale, ViewState const& view) {
    Planned const wanted{drawing_.screen.picture, scale, present.changes_applied(),
                         positions_in(world(), view.positions), usual_picture(view, scale)};
    if (drawing_.planned != wanted) {
        drawing_.planned = wanted;
        drawing_.plan = plan_canvas(present, trace(), drawing_.screen.picture, scale, wanted.positions,
                                    wanted.usual, drawing_.grounds.find(world()));
        drawing_.grounds.keep(drawing_.plan.ground);
    }
    drawing_.layout = seen_through(view.camera, drawing_.plan);
}

void App::advance(float seconds) {
    view_.opened = opened_after(view_, seconds);
    if (view_.playing) {
        std::size_t const before = drawing_.state.applied;
        Instant const from = view_.now;
        view_.now = pace().advance(view_.now, seconds, speeds[view_.speed]);
        view_.playing = view_.now < pace().end();
        view_ = stopped_at_question(std::move(view_), from, *shown_);
        shown_->replay.carry_on(drawing_.state, view_.now);
        if (view_.run_until.valid())
            if (auto const acts = acts_within(*shown_, view_.run_until, before, drawing_.state.applied)) {
                view_.now = *acts;
                view_.playing = false;
                view_.run_until = {};
            }
        double const place = pace().axis_of(view_.now);
        double const width = view_.timeline.to - view_.timeline.from;
        if (place > view_.timeline.to || place < view_.timeline.from) // the present moment stays in sight
            view_.timeline = kept_sane({place - width * 0.1, place + width * 0.9});
    }
}

void App::tell_held_back(unsigned width, unsigned height) {
    bool const is_so = view_.looks.ui_scale > 1 && is_held_back(width, height, view_.looks);
    if (is_so && !std::exchange(is_held_back_, true))
        carry_out(
            Tell{fmt::format("This window is too small for {:.0f} %: all is as large as it has room for.",
                             view_.looks.ui_scale * 100)});
    is_held_back_ = is_so;
}

void App::frame(Ui& ui, unsigned width, unsigned height, float seconds) {
    view_.presenting.notice_left_s = std::max(0.0F, view_.presenting.notice_left_s - seconds);
    advance(seconds);
    go_on_working(ui);
    tell_held_back(width, height);
    Intents const intents = draw(ui, width, height, seconds, view_, Ui::Input::taken);
    is_typed_ahead_ = is_typed_ahead_ && !drawing_.drawn.in_field;
    // Nothing is brought out where all has its place; but the list with which a world begins stays when that
    // place is lost.
    bool const begins = view_.mode == Mode::build && world().hosts.empty();
    view_.list_out = view_.list_out && (drawing_.screen.list_out.w >= 1 || begins);
    view_.swapped = view_.swapped && !drawing_.screen.has_panel_beside && !view_.presenting.canvas_alone;
    for (Intent const& intent : intents)
        carry_out(intent);
}

void App::draw_apart(Ui& ui, unsigned width, unsigned height, ViewState const& view) {
    if (!apart_.listed) // nothing was drawn of this run yet
        apart_.state = shown_->replay.at(view.now);
    std::swap(drawing_, apart_); // what can be pressed is what the window shows, not the picture
    (void)draw(ui, width, height, 1.0F / 60, without_overlays(view), Ui::Input::left);
    std::swap(drawing_, apart_);
}

namespace {

/// A notice covers no mistakes, and of the picture as little as can be: it is as wide as its words, and
/// stands at the foot, at the head or between, wherever nothing is that has to be seen. Where a panel stands
/// in the picture's place, it leaves the ways to save and to take back free, as they were drawn `last`.
void put_notice(Screen& screen, CanvasLayout const& layout, Drawn const& last, ViewState const& view,
                Ink const& ink) {
    if (!has_notice(view.presenting))
        return;
    Rect const widest = screen.notice;
    Rect& notice = screen.notice;
    if (!view.presenting.film_done) {
        notice.w = std::min(widest.w, width_of(ink.fonts.body, view.presenting.notice) + 34 * ink.scale);
        notice.x = std::round(widest.centre().x - notice.w / 2);
    }
    float const gap = std::round(8 * ink.scale);
    if (view.work.mistaken && screen.mistakes.h >= 1)
        notice.y = std::max(0.0F, screen.mistakes.y - gap - notice.h);
    std::vector<Rect> seen{layout.dns};
    for (Place const& place : layout.places)
        if (place.titled)
            seen.push_back({place.box.x, place.box.y, place.box.w, place.title});
    for (Spot const& spot : layout.spots)
        if (spot.host.valid())
            seen.push_back(body_of(layout, spot));
    Rect const& panel = screen.panel;
    bool const in_its_place = screen.canvas.h < 1 && panel.h >= 1;
    float const head = std::min(notice.y, in_its_place ? panel.y + gap : screen.picture.y + gap);
    std::vector<Rect> candidates;
    if (auto const buttons = last.shapes.find("history"); buttons != last.shapes.end()) {
        seen.push_back(buttons->second);
        candidates.push_back(
            {notice.x, std::min(notice.y, buttons->second.y - gap - notice.h), notice.w, notice.h});
    }
    for (float const part : {0.0F, 1.0F, 0.9F, 0.1F, 0.2F, 0.8F, 0.3F, 0.7F, 0.4F, 0.6F, 0.5F})
        for (float const x : {notice.x, widest.x, widest.right() - notice.w})
            candidates.push_back({x, std::round(notice.y + part * (head - notice.y)), notice.w, notice.h});
    // Where machines fill the picture, over the words above it: their next line at least.
    float const over_next = screen.picture.y - notice.h;
    if (over_next > screen.canvas.y && over_next < notice.y)
        for (float const x : {notice.x, widest.x, widest.right() - notice.w})
            candidates.push_back({x, over_next, notice.w, notice.h});
    notice = free_place(Drawn{}, screen.whole, candidates, seen);
}

} // namespace

Intents App::draw(Ui& ui, unsigned width, unsigned height, float seconds, ViewState const& view,
                  Ui::Input input) {
    shown_->replay.carry_on(drawing_.state, view.now);
    list_rows(view);
    ui.begin_frame(width, height, seconds, looks_of(view), input);
    Ink const ink = ui.ink();
    drawing_.screen =
        plan_screen(static_cast<float>(width), static_cast<float>(height), ink.scale, wishes_of(view));
    if (view.work.mistaken) {
        Rect& box = drawing_.screen.mistakes;
        float const high = mistakes_height(ink, box, *work_, world(), view);
        box = {box.x, box.bottom() - high, box.w, high};
    }
    Present const present = present_in(world(), drawing_.state);
    plan(present, ink.scale, view);
    put_notice(drawing_.screen, drawing_.layout, drawing_.drawn, view, ink);
    drawing_.drawn = {};
    if (input == Ui::Input::taken) {
        drawing_.drawn.focus = focus_;
        drawing_.drawn.focus_moved = std::exchange(focus_moved_, false);
        drawing_.drawn.focus_pressed = std::exchange(focus_pressed_, false);
        drawing_.drawn.typed_ahead = is_typed_ahead_;
    }
    static std::string const no_text;
    std::string const& text =
        view.presenting.text
            ? drawing_.text.tell(world(), trace(), heading_of(world(), trace(), shown_->lists, view),
                                 view.detail, view.now, characters_of_text(ink, drawing_.screen.text))
            : no_text;
    std::vector<std::size_t> const& found = drawing_.search.find(
        world(), trace(), shown_->lists, view.card == Card::filter ? view.messages_with : no_text,
        drawing_.state.applied);
    Screen const& screen = drawing_.screen;
    measure_rows(drawing_.tops, ink, screen.list_out.w > 0 ? screen.list_out : screen.list, *shown_,
                 drawing_.rows, drawing_.rows.happened(drawing_.state.applied));
    Frame frame{world(),       trace(),       drawing_.state,  pace(),         shown_->lists, shown_->index,
                drawing_.rows, drawing_.tops, drawing_.layout, screen.picture, screen,        present,
                text,          found,         *work_,          nullptr,        nullptr};
    Intents intents;
    if (view.work.sees_both() && work_->before() != nullptr) {
        prepare_beside(view, ink.scale);
        Shown const& other = *drawing_.beside.shown;
        Present const there = present_in(other.world, drawing_.beside.state);
        Frame const before{other.world,
                           other.trace,
                           drawing_.beside.state,
                           other.pace,
                           other.lists,
                           other.index,
                           drawing_.beside.rows,
                           drawing_.tops,
                           drawing_.beside.layout,
                           screen.picture_before,
                           screen,
                           there,
                           no_text,
                           found,
                           *work_,
                           &drawing_.beside.chosen,
                           nullptr};
        frame.before = &before;
        intents = draw_panels(frame, view, ink);
    } else {
        intents = draw_panels(frame, view, ink);
    }
    ui.end_frame();
    return intents;
}

Intents App::draw_panels(Frame const& frame, ViewState const& view, Ink const& ink) {
    Intents intents;
    for (PanelSpec const& spec : panel_table())
        if (spec.shown(view)) {
            Rect const place = drawing_.screen.*spec.place;
            if (place.w < 1 || place.h < 1)
                continue;
            if (spec.place == &Screen::whole) // what lies over all keeps the keyboard to itself
                drawing_.drawn.order.clear();
            Panel panel{spec.name, place, ink, drawing_.drawn, spec.layer};
            spec.draw(panel, place, frame, view, intents);
        }
    return intents;
}

std::string App::next() const {
    return next_words(world(), trace(), shown_->lists, drawing_.rows, view_.filter, drawing_.state.applied);
}

std::string texts_of(World const& world) {
    std::string texts = world.title + world.summary;
    for (Network const& network : world.networks)
        texts += network.label + network.name;
    for (Host const& host : world.hosts)
        texts += host.name;
    for (Person const& person : world.people)
        texts += person.name + person.account.user;
    for (Spammer const& spammer : world.spammers)
        texts += spammer.name;
    for (Change const& change : world.changes)
        texts += change.note;
    for (Mail const& mail : world.mail)
        texts += mail.subject + mail.id;
    return texts;
}

} // namespace mailflow::viz
