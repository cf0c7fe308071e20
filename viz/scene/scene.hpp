// The canvas: places, machines, roads, and what is on its way. Each function draws one layer of it.
#pragma once

#include "viz/draw/widgets.hpp"
#include "viz/scene/envelopes.hpp"
#include "viz/scene/hits.hpp"
#include "viz/scene/signs.hpp"

namespace mailflow::viz {

/// The whole picture at the chosen level of detail, and what the mouse does to it.
void draw_scene(Brush& brush, Rect canvas, Frame const& frame, ViewState const& view, Intents& intents);

/// Where the closed picture stands: who sends, the cloud, the mailbox.
struct MagicStage {
    Rect sender;
    Rect cloud;
    Rect mailbox;
    float middle = 0;
};
[[nodiscard]] MagicStage set_magic_stage(Brush const& brush, Rect area);
/// The message that it tells of: the one that is followed, else the newest one that somebody has sent by now,
/// else the first of all. The event of its submission; `never` where there is none.
[[nodiscard]] EventNumber told_submission(Frame const& frame, Filter const& filter);

/// The picture while the cloud opens: all layers of it, each as far as it has come out. And the way on.
void draw_opening(Brush& window_brush, Brush& brush, Frame const& frame, ViewState const& view, Hits& hits);
void draw_way_on(Brush& brush, Frame const& frame, ViewState const& view, Hits& hits);

void draw_magic(Brush& brush, Frame const& frame, ViewState const& view, Hits& hits);
/// The place that the hand holds lies over all the others with what stands in it, so that it is drawn last;
/// none while none is held.
enum class Lying : std::uint8_t { on_the_ground, in_the_hand };
[[nodiscard]] bool is_held(ViewState const& view, NetworkId place);
void draw_places(Brush& brush, Frame const& frame, ViewState const& view, Lying which);
/// The roads at rest; those to the DNS; and those on which somebody talks.
void draw_roads(Brush& brush, Frame const& frame, ViewState const& view);
void draw_dns_roads(Brush& brush, Frame const& frame, ViewState const& view);
void draw_busy_roads(Brush& brush, Frame const& frame, ViewState const& view);
/// Who sits at the machine, with the device that the mail program runs on.
void draw_user(Brush& brush, Frame const& frame, HostId machine, Rect icon);
void draw_machines(Brush& brush, Frame const& frame, ViewState const& view, Lying which, Hits& hits);
void draw_dns(Brush& brush, Frame const& frame, ViewState const& view, Hits& hits);
/// Beside a person's road, whether the server knows who is sending.
void draw_login_notes(Brush& brush, Frame const& frame, ViewState const& view, EnvelopesNow const& now);
void draw_envelopes(Brush& brush, Frame const& frame, ViewState const& view, EnvelopesNow const& now,
                    Hits& hits);
/// What waits in queues for its next try.
void draw_queues(Brush& brush, Frame const& frame, ViewState const& view, Hits& hits);
void draw_refusals(Brush& brush, Frame const& frame, ViewState const& view, Hits& hits);
/// What is said, beside the envelopes.
void draw_crossings(Brush& brush, Frame const& frame, ViewState const& view, EnvelopesNow const& now,
                    Hits& hits);

/// One mark for each server that has refused somebody, however many, with the count of all its refusals.
[[nodiscard]] std::vector<Refusal> refusal_marks(Frame const& frame, Filter const& filter);

/// The same of those who said "come back later" and have refused nobody.
[[nodiscard]] std::vector<Refusal> put_off_marks(Frame const& frame, Filter const& filter);

/// The words over a refusal, and its code: "Relaying denied", "554 5.7.1".
struct RefusalWords {
    std::string title;
    std::string code;
    std::string brief;   // the title where there is little room: "on a blocklist"
    std::string number;  // of the code, the reply's alone: "554"; empty where there was none
    std::string times{}; // how often, in short: "×3"; empty where once
    Decided decided = Decided::refused;
};
[[nodiscard]] RefusalWords words_of(Frame const& frame, Refusal const& refusal);

/// A box that says what was refused, with the reply's code; a stem leads to `points_at`.
struct Callout {
    std::vector<std::string> lines;
    std::string code;
    Decided decided = Decided::refused;
    float w = 0;
    float h = 0;
};
inline constexpr float widest_callout = 290; // of its words, at scale 1
[[nodiscard]] Callout callout_of(Brush const& brush, RefusalWords const& words,
                                 float most_width = widest_callout);
void draw_callout(Brush& brush, Point corner, Point points_at, Callout const& callout);

/// The first candidate, kept within `area`, that overlaps no label and none of `obstacles`; else the one that
/// overlaps them least.
[[nodiscard]] Rect free_place(Drawn const& drawn, Rect area, std::vector<Rect> const& candidates,
                              std::vector<Rect> const& obstacles);

/// Whether a rectangle overlaps no label and none of `obstacles`.
[[nodiscard]] bool is_free(Drawn const& drawn, Rect place, std::vector<Rect> const& obstacles);

/// What must not be covered: the pictures of the machines and what belongs to them.
[[nodiscard]] std::vector<Rect> obstacles_of(CanvasLayout const& layout);
/// The same, and the envelopes.
[[nodiscard]] std::vector<Rect> obstacles_of(CanvasLayout const& layout, EnvelopesNow const& now);

} // namespace mailflow::viz
