#include "viz/scene/scene.hpp"

#include "report/words/words.hpp"
#include "viz/draw/icons.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

namespace mailflow::viz {

namespace {

constexpr float zoom_a_notch = 1.18F;

InHand thing_at(Frame const& frame, Point at) {
    for (Spot const& spot : frame.layout.spots)
        if (spot.host.valid() && united(spot.icon, spot.name).contains(at))
            return spot.host;
    for (Place const& place : frame.layout.places)
        if (place.box.contains(at))
            return place.network;
    return Ground{};
}

/// What it has hold of moves with the mouse, whatever else it passes on its way.
struct Carry {
    Frame const& frame;
    ViewState const& view;
    Press const& mouse;
    Intents& intents;

    void operator()(std::monostate) const {}
    void operator()(HostId machine) const {
        if (machine.index >= frame.layout.spots.size() || !frame.layout.spot(machine).host.valid())
            return;
        Point const centre = frame.layout.spot(machine).cell.centre() + mouse.moved;
        intents.push_back(PutMachine{machine, in_picture(view.camera, centre, frame.picture)});
    }
    void operator()(NetworkId network) const {
        for (Place const& place : frame.layout.places)
            if (place.network == network)
                intents.push_back(PutPlace{
                    network, in_picture(view.camera, place.box.centre() + mouse.moved, frame.picture)});
    }
    void operator()(Ground) const {
        intents.push_back(SetCamera{panned(view.camera, mouse.moved, frame.picture)});
    }
};

/// What is said when a machine is let go of in a place that is not its own: it is still where it was.
struct LetGo {
    Frame const& frame;
    Point at;
    Intents& intents;

    void operator()(HostId machine) const {
        if (machine.index >= frame.layout.spots.size() || !frame.layout.spot(machine).host.valid())
            return;
        NetworkId const own = frame.present.host(machine).network;
        bool const in_other =
            std::any_of(frame.layout.places.begin(), frame.layout.places.end(),
                        [&](Place const& place) { return place.network != own && place.box.contains(at); });
        if (in_other)
            intents.push_back(
                Tell{fmt::format("Dragging only arranges the picture: {} is still in {}. Build "
                                 "has the Network of each among its settings.",
                                 label_of(frame.world, machine), frame.present.network(own).label)});
    }
    template<class Other>
    void operator()(Other const&) const {}
};

/// The mouse on the canvas: the wheel zooms where it points, a drag moves a machine, a place, or the picture.
void take_mouse(Frame const& frame, ViewState const& view, Press const& mouse, Intents& intents) {
    if (mouse.wheel != 0)
        intents.push_back(
            SetCamera{zoomed(view.camera, std::pow(zoom_a_notch, mouse.wheel), mouse.at, frame.picture)});
    bool const has_hold = !std::holds_alternative<std::monostate>(view.in_hand);
    if (mouse.began)
        intents.push_back(TakeUp{thing_at(frame, mouse.at)});
    else if (!mouse.held && has_hold) {
        if (mouse.dragged)
            std::visit(LetGo{frame, mouse.at, intents}, view.in_hand);
        intents.push_back(TakeUp{});
    } else if (mouse.held && mouse.dragged && (mouse.moved.x != 0 || mouse.moved.y != 0))
        std::visit(Carry{frame, view, mouse, intents}, view.in_hand);
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

bool is_free(Drawn const& drawn, Rect place, std::vector<Rect> const& obstacles) {
    auto const covers = [&](Rect const& rect) { return area_shared(place, rect) > 1; };
    return std::none_of(obstacles.begin(), obstacles.end(), covers) &&
           std::none_of(drawn.labels.begin(), drawn.labels.end(),
                        [&](Label const& label) { return covers(label.rect); });
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

std::vector<Rect> obstacles_of(CanvasLayout const& layout, EnvelopesNow const& now) {
    constexpr std::size_t most = 400; // among more than that nothing keeps clear of them
    std::vector<Rect> obstacles = obstacles_of(layout);
    float const size = layout.unit * envelope_size(layout);
    for (std::size_t i = 0; i < std::min(now.envelopes.size(), most); ++i)
        obstacles.push_back(around(now.envelopes[i].centre, envelope_width * size, envelope_height * size));
    return obstacles;
}

void draw_scene(Brush& window_brush, Rect canvas, Frame const& frame, ViewState const& view,
                Intents& intents) {
    Press const mouse = press_area(window_brush.drawn, "canvas", canvas, Reach::mouse);
    Hits hits{window_brush.drawn, canvas, mouse};
    float const top = frame.picture.y - window_brush.px(3); // the caption above stays as it is
    window_brush.clip({canvas.x, top, canvas.w, canvas.bottom() - top});
    if (view.opened <= opening::closed) {
        draw_magic(window_brush, frame, view, hits);
    } else {
        take_mouse(frame, view, mouse, intents);
        float const size = frame.layout.unit / window_brush.px(1);
        bool const in_rows = frame.layout.standing == Standing::line && view.camera.zoom >= 1;
        Brush brush = window_brush.sized(size, in_rows ? std::max(size, legible_in_crowd) : size);
        draw_opening(window_brush, brush, frame, view, hits);
    }
    if (view.opened == opening_end(view))
        draw_way_on(window_brush, frame, view, hits);
    window_brush.unclip();
    if (Intent const* const intent = hits.clicked())
        intents.push_back(*intent);
}

} // namespace mailflow::viz
