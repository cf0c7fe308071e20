#include "viz/scene/scene.hpp"

#include "viz/draw/icons.hpp"

#include <cmath>
#include <limits>

namespace mailflow::viz {

namespace {

constexpr float zoom_a_notch = 1.18F;

/// The mouse on the canvas: the wheel zooms where it points, a drag moves a machine, a place, or the picture.
void take_mouse(Frame const& frame, ViewState const& view, Press const& mouse, Intents& intents) {
    Rect const area = frame.picture;
    if (mouse.wheel != 0)
        intents.push_back(
            SetCamera{zoomed(view.camera, std::pow(zoom_a_notch, mouse.wheel), mouse.at, area)});
    if (!mouse.held || !mouse.dragged || (mouse.moved.x == 0 && mouse.moved.y == 0))
        return;
    // What lies under the mouse moves with it, so it is the same in each frame of the drag.
    Point const grip = mouse.at - mouse.moved;
    for (Spot const& spot : frame.layout.spots)
        if (spot.host.valid() && united(spot.icon, spot.name).contains(grip)) {
            Point const centre = spot.cell.centre() + mouse.moved;
            intents.push_back(PutMachine{spot.host, in_picture(view.camera, centre, area)});
            return;
        }
    for (Place const& place : frame.layout.places)
        if (place.box.contains(grip)) {
            Point const centre = place.box.centre() + mouse.moved;
            intents.push_back(PutPlace{place.network, in_picture(view.camera, centre, area)});
            return;
        }
    intents.push_back(SetCamera{panned(view.camera, mouse.moved, area)});
}

/// The cloud that opens up: two halves draw aside, as a curtain does.
void draw_opening(Brush& brush, Rect area, float opened) {
    float const w = area.w * 1.1F;
    float const h = area.h * 1.2F;
    float const eased = opened * opened * (3 - 2 * opened);
    for (float const side : {-1.0F, 1.0F}) {
        float const away = side * (area.w * 0.3F + area.w * 0.85F * eased);
        draw_cloud(brush, around({area.centre().x + away, area.centre().y}, w, h), brush.colours.place,
                   brush.colours.place_line);
    }
}

} // namespace

Rect free_place(Drawn const& drawn, Rect area, std::vector<Rect> const& candidates,
                std::vector<Rect> const& obstacles) {
    Rect best = kept_within(candidates.front(), area);
    float least = std::numeric_limits<float>::max();
    for (Rect const& candidate : candidates) {
        Rect const rect = kept_within(candidate, area);
        float covered = 0;
        for (Label const& label : drawn.labels)
            covered += 4 * area_shared(rect, label.rect);
        for (Rect const& obstacle : obstacles)
            covered += area_shared(rect, obstacle);
        if (covered < least) {
            least = covered;
            best = rect;
        }
        if (least <= 0)
            break;
    }
    return best;
}

std::vector<Rect> obstacles_of(CanvasLayout const& layout) {
    std::vector<Rect> obstacles;
    for (Spot const& spot : layout.spots) {
        if (!spot.host.valid())
            continue;
        obstacles.push_back(spot.icon);
        if (spot.mailbox)
            obstacles.push_back(*spot.mailbox);
    }
    return obstacles;
}

void draw_scene(Brush& window_brush, Rect canvas, Frame const& frame, ViewState const& view,
                Intents& intents) {
    Press const mouse = press_area(window_brush.drawn, "canvas", canvas, Reach::mouse);
    Hits hits{window_brush.drawn, canvas, mouse};
    window_brush.clip(canvas);
    if (view.detail == Detail::magic) {
        draw_magic(window_brush, frame, view, hits);
    } else {
        take_mouse(frame, view, mouse, intents);
        Brush brush = window_brush.sized(frame.layout.unit / window_brush.px(1));
        EnvelopesNow const now = envelopes_at(frame, view.now, view.filter);
        draw_places(brush, frame, hits);
        draw_roads(brush, frame, view);
        draw_machines(brush, frame, view, hits);
        draw_dns(brush, frame, view);
        draw_refusals(brush, frame, view, hits);
        draw_queues(brush, frame, view, hits);
        draw_crossings(brush, frame, view, hits);
        draw_envelopes(brush, frame, view, now, hits);
    }
    if (view.opened < 1)
        draw_opening(window_brush, frame.picture,
                     view.detail == Detail::magic ? 1 - view.opened : view.opened);
    window_brush.unclip();
    if (Intent const* const intent = hits.clicked())
        intents.push_back(*intent);
}

} // namespace mailflow::viz
