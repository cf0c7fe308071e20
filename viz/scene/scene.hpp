// The canvas: places, machines, roads, and what is on its way. Each function draws one layer of it.
#pragma once

#include "viz/draw/widgets.hpp"
#include "viz/scene/envelopes.hpp"
#include "viz/scene/hits.hpp"

namespace mailflow::viz {

/// The whole picture at the chosen level of detail, and what the mouse does to it.
void draw_scene(Brush& brush, Rect canvas, Frame const& frame, ViewState const& view, Intents& intents);

void draw_magic(Brush& brush, Frame const& frame, ViewState const& view, Hits& hits);
void draw_places(Brush& brush, Frame const& frame, Hits& hits);
void draw_roads(Brush& brush, Frame const& frame, ViewState const& view);
void draw_machines(Brush& brush, Frame const& frame, ViewState const& view, Hits& hits);
void draw_dns(Brush& brush, Frame const& frame, ViewState const& view);
void draw_envelopes(Brush& brush, Frame const& frame, ViewState const& view, EnvelopesNow const& now,
                    Hits& hits);
/// What waits in queues for its next try.
void draw_queues(Brush& brush, Frame const& frame, ViewState const& view, Hits& hits);
void draw_refusals(Brush& brush, Frame const& frame, ViewState const& view, Hits& hits);
void draw_crossings(Brush& brush, Frame const& frame, ViewState const& view, Hits& hits);

/// A box at `place` that says what was refused, with the reply's code; a stem leads to `points_at`.
void draw_callout(Brush& brush, Rect place, Point points_at, std::string_view title, std::string_view code);
[[nodiscard]] std::pair<float, float> callout_size(Brush const& brush, std::string_view title,
                                                   std::string_view code);

/// The first candidate, kept within `area`, that overlaps no label and none of `obstacles`; else the one that
/// overlaps them least.
[[nodiscard]] Rect free_place(Drawn const& drawn, Rect area, std::vector<Rect> const& candidates,
                              std::vector<Rect> const& obstacles);

/// What must not be covered: the pictures of the machines and what belongs to them.
[[nodiscard]] std::vector<Rect> obstacles_of(CanvasLayout const& layout);

/// The words over a refusal, and its code: "Relaying denied", "554 5.7.1".
struct RefusalWords {
    std::string title;
    std::string code;
};
[[nodiscard]] RefusalWords words_of(Frame const& frame, Refusal const& refusal);

} // namespace mailflow::viz
