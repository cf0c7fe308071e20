#include "viz/scene/scene.hpp"

#include <limits>

namespace mailflow::viz {

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
        obstacles.push_back(spot.icon);
        if (spot.mailbox)
            obstacles.push_back(*spot.mailbox);
    }
    return obstacles;
}

void draw_scene(Brush& brush, Frame const& frame, ViewState const& view, Intents& intents) {
    if (view.detail == Detail::magic) {
        draw_magic(brush, frame, view, intents);
        return;
    }
    draw_places(brush, frame);
    draw_roads(brush, frame, view);
    press_envelopes(brush, frame, view, intents);
    draw_machines(brush, frame, view, intents);
    draw_dns(brush, frame, view);
    draw_refusals(brush, frame, intents);
    draw_queues(brush, frame, view);
    draw_crossings(brush, frame, view);
    draw_envelopes(brush, frame, view);
}

} // namespace mailflow::viz
