// The magic cloud opens: it swells over the picture and drifts apart; the machines that took part come out of
// it, then the DNS, then what they say and carry. All of it follows from one number, so that a film of it is
// exact.
#include "viz/draw/icons.hpp"
#include "viz/scene/scene.hpp"

#include <algorithm>

namespace mailflow::viz {

namespace {

// Parts of the opening; see viz/opening.hpp for its stops.
constexpr float swollen = 0.2F;

/// How far a part of the opening has come, from 0 to 1, with a gentle start and end.
float part_of(float opened, float from, float to) {
    float const part = std::clamp((opened - from) / (to - from), 0.0F, 1.0F);
    return part * part * (3 - 2 * part);
}

Rect between(Rect const& a, Rect const& b, float part) {
    auto const mix = [part](float from, float to) { return from + (to - from) * part; };
    return {mix(a.x, b.x), mix(a.y, b.y), mix(a.w, b.w), mix(a.h, b.h)};
}

void draw_cloud_apart(Brush& brush, Frame const& frame, float opened) {
    Rect const small = set_magic_stage(brush, frame.picture).cloud;
    Rect const area = frame.picture;
    Rect const large = around(area.centre(), area.w * 1.02F, area.h * 1.08F);
    Rect const cloud = between(small, large, part_of(opened, 0, swollen));
    float const gone = part_of(opened, swollen, opening::machines_stand);
    if (gone < 1)
        draw_cloud(brush, cloud, brush.colours.place, brush.colours.place_line, gone);
}

/// Who sends, on the way from where the closed picture shows them to where they stand.
void draw_sender_gliding(Brush& brush, Frame const& frame, ViewState const& view) {
    float const way = part_of(view.opened, 0, opening::machines_stand);
    EventNumber const submission = told_submission(frame, view.filter);
    if (submission == never || way >= 1)
        return;
    MessageId const told = std::get<MessageSubmitted>(frame.trace.events[submission].happening).message;
    Message const& message = frame.trace.messages[told];
    Spot const& spot = frame.layout.spot(message.origin);
    if (!spot.host.valid())
        return;
    Rect const icon = between(set_magic_stage(brush, frame.picture).sender, spot.icon, way);
    brush.drawn.shapes.insert_or_assign("gliding:" + frame.world.hosts[spot.host].name, icon);
    if (message.kind == MessageKind::spam)
        draw_spammer(brush, icon);
    else
        draw_user(brush, frame, message.origin, icon);
}

void draw_traffic(Brush& brush, Frame const& frame, ViewState const& view, Hits& hits) {
    EnvelopesNow const now = envelopes_at(frame, view.now, view.filter);
    draw_busy_roads(brush, frame, view);
    draw_machines(brush, frame, view, Lying::on_the_ground, hits);
    draw_dns(brush, frame, view, hits);
    draw_queues(brush, frame, view, hits);
    draw_envelopes(brush, frame, view, now, hits);
    draw_refusals(brush, frame, view, hits); // over what moves
    draw_login_notes(brush, frame, view, now);
    draw_crossings(brush, frame, view, now, hits);
}

/// Over what it is dragged across.
void draw_held(Brush& brush, Frame const& frame, ViewState const& view, Hits& hits) {
    if (!std::holds_alternative<NetworkId>(view.positions.held))
        return;
    draw_places(brush, frame, view, Lying::in_the_hand);
    draw_machines(brush, frame, view, Lying::in_the_hand, hits);
}

} // namespace

void draw_opening(Brush& window_brush, Brush& brush, Frame const& frame, ViewState const& view, Hits& hits) {
    float const opened = view.opened;
    int drawn = brush.drawn_so_far();
    draw_places(brush, frame, view, Lying::on_the_ground);
    draw_roads(brush, frame, view);
    if (opened >= opening::whole) {
        draw_dns_roads(brush, frame, view);
        draw_traffic(brush, frame, view, hits);
        draw_held(brush, frame, view, hits);
        return;
    }
    draw_machines(brush, frame, view, Lying::on_the_ground, hits);
    brush.fade_since(drawn, part_of(opened, swollen, opening::machines_stand));
    if (opened > opening::machines_stand) {
        drawn = brush.drawn_so_far();
        draw_dns_roads(brush, frame, view);
        draw_dns(brush, frame, view, hits);
        brush.fade_since(drawn, part_of(opened, opening::machines_stand, opening::dns_stands));
    }
    if (opened > opening::dns_stands) {
        drawn = brush.drawn_so_far();
        draw_traffic(brush, frame, view, hits);
        brush.fade_since(drawn, part_of(opened, opening::dns_stands, opening::whole));
    }
    draw_held(brush, frame, view, hits);
    draw_cloud_apart(window_brush, frame, opened);
    draw_sender_gliding(window_brush, frame, view);
}

void draw_way_on(Brush& brush, Frame const& frame, ViewState const& view, Hits& hits) {
    float const end = opening_end(view);
    if (end >= opening::whole)
        return;
    char const* const words = end == opening::closed      ? "Open the cloud"
                              : end < opening::dns_stands ? "Next: whom they ask"
                                                          : "Next: the mail";
    Rect const area = frame.picture;
    float const w = width_of(brush.fonts.bold, words) + brush.px(52);
    float const h = brush.px(34);
    float const y = area.bottom() - h - brush.px(6);
    std::vector<Rect> obstacles = obstacles_of(frame.layout);
    obstacles.push_back(frame.layout.dns);
    for (Place const& place : frame.layout.places)
        obstacles.push_back(place.box);
    if (end == opening::closed)
        obstacles.clear();
    Rect const pill = free_place(brush.drawn, area,
                                 {{area.centre().x - w / 2, y, w, h},
                                  {area.right() - w, y, w, h},
                                  {area.x, y, w, h},
                                  {area.centre().x - w / 2, area.y - h - brush.px(4), w, h}},
                                 obstacles);
    bool const over = hits.is_over(pill);
    brush.fill(pill, over ? brush.colours.accent_fill : brush.colours.surface, h / 2);
    brush.outline(pill, brush.colours.accent, brush.px(2), h / 2);
    brush.label({pill.x + brush.px(8), pill.y, pill.w - brush.px(36), pill.h}, brush.fonts.bold,
                brush.colours.accent, words);
    draw_arrow(brush, {pill.right() - brush.px(22), pill.centre().y}, brush.px(14), 1, brush.colours.accent,
               brush.px(2.2F));
    hits.add("open cloud", pill, OpenCloud{});
}

} // namespace mailflow::viz
