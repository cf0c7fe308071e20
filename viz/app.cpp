#include "viz/app.hpp"

#include "viz/panels/panels.hpp"
#include "viz/scene/scene.hpp"

#include <utility>

namespace mailflow::viz {

App::App(World world, Trace trace)
    : world_(std::move(world))
    , trace_(std::move(trace))
    , replay_(trace_)
    , pace_(trace_)
    , rows_(world_, trace_) {
    view_.speed = pace_.calm_speed();
    state_ = replay_.at(view_.now);
}

void App::carry_out(Intent const& intent) {
    view_ = apply(view_, intent, pace_, rows_);
}

void App::seek(Instant to) {
    carry_out(Seek{to});
}

void App::set_detail(Detail detail) {
    carry_out(SetDetail{detail});
}

void App::press_key(Key key) {
    switch (key) {
    case Key::space:
    case Key::period: carry_out(TogglePlay{}); return;
    case Key::left:
    case Key::up: carry_out(StepBack{}); return;
    case Key::right:
    case Key::down: carry_out(StepForward{}); return;
    case Key::home: carry_out(Seek{Instant{}}); return;
    case Key::end: carry_out(Seek{pace_.end()}); return;
    case Key::one: carry_out(SetDetail{Detail::magic}); return;
    case Key::two: carry_out(SetDetail{Detail::servers}); return;
    case Key::three: carry_out(SetDetail{Detail::protocol}); return;
    case Key::h: carry_out(ToggleKeysCard{}); return;
    case Key::escape:
        // Escape takes away what lies on top; only with nothing left does it leave.
        if (view_.keys_card)
            carry_out(ToggleKeysCard{});
        else if (!std::holds_alternative<std::monostate>(view_.subject))
            carry_out(Choose{});
        else
            wants_to_close_ = true;
        return;
    }
}

void App::on_event(InputEvent const& event, Ui& ui) {
    if (auto const* key = std::get_if<KeyPressed>(&event))
        press_key(key->key);
    else if (std::holds_alternative<CloseAsked>(event))
        wants_to_close_ = true;
    else
        ui.on_event(event);
}

void App::plan(unsigned width, unsigned height, float scale, Present const& present) {
    bool const same_size = width == planned_width_ && height == planned_height_;
    if (same_size && present.changes_applied() == planned_changes_)
        return;
    planned_width_ = width;
    planned_height_ = height;
    planned_changes_ = present.changes_applied();
    screen_ = plan_screen(static_cast<float>(width), static_cast<float>(height), scale);
    layout_ = plan_canvas(present, trace_, screen_.picture, scale);
}

void App::frame(Ui& ui, unsigned width, unsigned height, float seconds) {
    if (view_.playing) {
        view_.now = pace_.advance(view_.now, seconds, speeds[view_.speed]);
        view_.playing = view_.now < pace_.end();
    }
    state_ = replay_.at(view_.now);
    ui.begin_frame(width, height, seconds);
    Present const present = present_in(world_, state_);
    plan(width, height, ui.scale(), present);
    drawn_ = {};
    Frame const frame{world_, trace_, state_, pace_, rows_, layout_, present};
    Fonts const& fonts = ui.fonts();
    float const scale = ui.scale();
    Intents intents;
    {
        Panel panel{"canvas", screen_.canvas, fonts, scale, drawn_};
        panel.brush.fill(screen_.canvas, colour::canvas, panel.brush.px(9));
        panel.brush.outline(screen_.canvas, colour::line, panel.brush.px(1.2F), panel.brush.px(9));
        draw_caption(panel.brush, screen_.canvas, frame, view_);
        draw_scene(panel.brush, frame, view_, intents);
    }
    {
        Panel panel{"header", screen_.header, fonts, scale, drawn_};
        draw_header(panel.brush, screen_.header, world_, view_, intents);
    }
    {
        Panel panel{"events", screen_.events, fonts, scale, drawn_};
        draw_events(panel, screen_.events, frame, view_, intents);
    }
    {
        Panel panel{"details", screen_.details, fonts, scale, drawn_};
        draw_details(panel, screen_.details, frame, view_, intents);
    }
    {
        Panel panel{"transport", screen_.transport, fonts, scale, drawn_};
        draw_transport(panel.brush, screen_.transport, frame, view_, intents);
    }
    if (view_.keys_card) {
        Rect const whole{0, 0, static_cast<float>(width), static_cast<float>(height)};
        Panel panel{"keys", whole, fonts, scale, drawn_, Layer::over_all};
        draw_keys_card(panel.brush, whole, intents);
    }
    ui.end_frame();
    for (Intent const& intent : intents)
        carry_out(intent);
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
