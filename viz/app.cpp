#include "viz/app.hpp"

#include "viz/panels/panels.hpp"
#include "viz/shortcuts.hpp"

#include <utility>

namespace mailflow::viz {

App::App(World world, Trace trace)
    : shown_(std::make_unique<Shown const>(std::move(world), std::move(trace))) {
    view_.speed = pace().calm_speed();
    state_ = shown_->replay.at(view_.now);
}

void App::show(World world, Trace trace) {
    shown_ = std::make_unique<Shown const>(std::move(world), std::move(trace));
    planned_.reset();
    text_.forget();
    view_.subject = {}; // its number may mean something else there
    view_.now = std::min(view_.now, pace().end());
    state_ = shown_->replay.at(view_.now);
}

void App::carry_out(Intent const& intent) {
    if (auto const* order = std::get_if<Order>(&intent))
        orders_.push_back(*order);
    view_ = apply(view_, intent, *shown_);
}

void App::on_event(InputEvent const& event, Ui& ui) {
    if (std::holds_alternative<CloseAsked>(event)) {
        carry_out(Leave{});
        return;
    }
    if (auto const* key = std::get_if<KeyPressed>(&event); key != nullptr && !ui.wants_text()) {
        if (Intent const* const intent = intent_of(*key)) {
            carry_out(*intent);
            return;
        }
    }
    ui.on_event(event);
}

void App::plan(Present const& present, float scale) {
    Planned const wanted{screen_.picture, scale, present.changes_applied()};
    if (planned_ == wanted)
        return;
    planned_ = wanted;
    layout_ = plan_canvas(present, trace(), screen_.picture, scale);
}

void App::frame(Ui& ui, unsigned width, unsigned height, float seconds) {
    if (view_.playing) {
        view_.now = pace().advance(view_.now, seconds, speeds[view_.speed]);
        view_.playing = view_.now < pace().end();
    }
    view_.presenting.notice_left_s = std::max(0.0F, view_.presenting.notice_left_s - seconds);
    for (Intent const& intent : draw(ui, width, height, seconds, view_, Ui::Input::taken))
        carry_out(intent);
}

void App::draw_apart(Ui& ui, unsigned width, unsigned height, ViewState const& view) {
    Drawn own = std::move(drawn_); // what can be pressed is what the window shows, not the picture
    (void)draw(ui, width, height, 1.0F / 60, without_overlays(view), Ui::Input::left);
    drawn_ = std::move(own);
}

Intents App::draw(Ui& ui, unsigned width, unsigned height, float seconds, ViewState const& view,
                  Ui::Input input) {
    state_ = shown_->replay.at(view.now);
    ui.begin_frame(width, height, seconds, looks_of(view), input);
    Ink const ink = ui.ink();
    screen_ = plan_screen(static_cast<float>(width), static_cast<float>(height), ink.scale,
                          view.presenting.canvas_alone ? Rooms::canvas_alone : Rooms::all);
    Present const present = present_in(world(), state_);
    plan(present, ink.scale);
    drawn_ = {};
    static std::string const no_text;
    std::string const& text =
        view.presenting.text ? text_.tell(world(), trace(), view.detail, view.now) : no_text;
    Frame const frame{world(), trace(), state_, pace(), rows(), layout_, present, text};
    Intents intents;
    for (PanelSpec const& spec : panel_table())
        if (spec.shown(view)) {
            Rect const place = screen_.*spec.place;
            Panel panel{spec.name, place, ink, drawn_, spec.layer};
            spec.draw(panel, place, frame, view, intents);
        }
    ui.end_frame();
    return intents;
}

std::string texts_of(World const& world) {
    std::string texts = world.title + world.summary;
    for (Network const& network : world.networks)
        texts += network.label + network.name;
    for (Host const& host : world.hosts)
        texts += host.name;
    for (Person const& person : world.people)
        texts += person.name + person.user;
    for (Spammer const& spammer : world.spammers)
        texts += spammer.name;
    for (Change const& change : world.changes)
        texts += change.note;
    for (Mail const& mail : world.mail)
        texts += mail.subject + mail.id;
    return texts;
}

} // namespace mailflow::viz
