// The parts of the window around the canvas, one file each. Each is given what it shows and a rectangle, and
// answers with what the person asked for.
#pragma once

#include "report/advice/advice.hpp"
#include "report/ladder.hpp"
#include "viz/draw/widgets.hpp"
#include "viz/focus.hpp"
#include "viz/frame.hpp"
#include "viz/screen.hpp"
#include "viz/view_state.hpp"

#include <span>

namespace mailflow::viz {

/// One panel of the window. It is handed what happens and what was chosen, and answers with what the person
/// asks for.
struct PanelSpec {
    char const* name;
    Rect Screen::*place;
    Layer layer;
    bool (*shown)(ViewState const& view);
    void (*draw)(Panel& panel, Rect rect, Frame const& frame, ViewState const& view, Intents& intents);
};
[[nodiscard]] std::span<PanelSpec const> panel_table();

/// One thing that the window is used for, with its button in the header; a single one has none.
struct ModeSpec {
    Mode mode;
    char const* name; // of the button
    char const* words;
};
[[nodiscard]] std::span<ModeSpec const> mode_table();

/// What the view wants to be seen of the window's parts.
[[nodiscard]] Wishes wishes_of(ViewState const& view);

/// Title, summary, what the window is used for, and the switch between the levels of detail: as far as there
/// is room; the rest is on the card of what has no place.
void draw_header(Brush& brush, Rect rect, Frame const& frame, ViewState const& view, Intents& intents);

/// The list of events: a click goes to the moment and opens the details.
void draw_events(Panel& panel, Rect rect, Frame const& frame, ViewState const& view, Intents& intents);

/// What happens now, in plain words, over the canvas.
void draw_caption(Brush& brush, Rect canvas, Frame const& frame, ViewState const& view);

/// The right side: what the view's subject is, or else what is being decided and said now.
void draw_details(Panel& panel, Rect rect, Frame const& frame, ViewState const& view, Intents& intents);

/// What is said of the rules that did not decide.
enum class Rungs : std::uint8_t {
    with_reasons, // the rule, and why it did not match
    as_names,     // the rule alone, where there is too little room
};
/// A decision as a ladder of rules; the height it takes.
[[nodiscard]] float ladder_height(Brush const& brush, float width, Frame const& frame, DecisionId decision,
                                  Rungs rungs);
float draw_ladder(Brush& brush, Rect rect, Frame const& frame, DecisionId decision, Rungs rungs);

/// What was said in a session up to now. In a rectangle: as much of the end as fits; or whole, from the top.
struct SaidLine {
    std::string words;
    Direction direction = Direction::to_server;
    Mark says_no = Mark::none; // or refused, or deferred: "come back later"
    EventNumber event = 0;
};
[[nodiscard]] std::vector<SaidLine> said_in(Frame const& frame, SessionId session);
void draw_dialogue(Brush& brush, Rect rect, Frame const& frame, Focus const& focus, Intents& intents);
float draw_whole_dialogue(Brush& brush, Rect rect, Frame const& frame, Focus const& focus, Intents& intents);
/// What `draw_dialogue` needs to show at least the line that matters, or else the newest, and the one before.
[[nodiscard]] float least_dialogue_height(Brush const& brush, float width, Frame const& frame,
                                          Focus const& focus);
[[nodiscard]] float dialogue_height(Brush const& brush, float width, Frame const& frame, SessionId session);

/// "Who has to mend it?" In a rectangle lower than its height its words are scrolled.
float advice_height(Brush const& brush, float width, Advice const& advice);
void draw_advice(Brush& brush, Rect rect, Advice const& advice);
/// How much of the words is to be seen at least where they are scrolled.
enum class Least : std::uint8_t { all, sentence, lines, name }; // two lines, or the culprit alone
[[nodiscard]] float least_advice_height(Brush const& brush, float width, Advice const& advice, Least least);
/// The height of its box where that is at most so much: no line is seen by half.
[[nodiscard]] float advice_height_within(Brush const& brush, float width, Advice const& advice, float most);

/// A decision with all that belongs to it. The ladder with what made each rule match or not comes first;
/// below it as much of the end of the dialogue as fits, and the yellow box. Where there is too little room,
/// the heading of the dialogue gives way first, then the size of large letters; then the end of the advice
/// or, in large letters, as much of the ladder as `least` allows; then both. Where that does not help, ladder
/// and dialogue are one column that is scrolled, above the box.
void draw_decision(Brush& brush, Rect rect, Frame const& frame, Focus const& focus, Rungs least,
                   Intents& intents);

/// Buttons, clock, speed, timeline.
/// The moment on the clock, to the millisecond however late it is: "11 min 49.213 s".
[[nodiscard]] std::string say_clock(Instant now);
/// "×10", "1/20".
[[nodiscard]] std::string say_speed(Speed speed);
inline constexpr float transport_left = 342; // where the timeline begins, at scale 1
void draw_timeline(Brush& brush, Rect rect, Frame const& frame, ViewState const& view, Intents& intents);
/// What the marks mean, as far as there is room.
void draw_legend(Brush& brush, Rect rect, Frame const& frame, ViewState const& view, Intents& intents);
void draw_transport(Brush& brush, Rect rect, Frame const& frame, ViewState const& view, Intents& intents);

/// The controls for which the window has no room, over everything.
void draw_more_card(Panel& panel, Rect window, Frame const& frame, ViewState const& view, Intents& intents);

/// What helps in front of a class: looks, the picture alone, pictures and films.
void draw_present_card(Brush& brush, Rect window, ViewState const& view, Intents& intents);

/// What will the server answer? While that is asked.
void draw_predict(Panel& panel, Rect rect, Frame const& frame, ViewState const& view, Intents& intents);

/// How far a film is, or else what came of the last order: at the foot of the canvas.
void draw_notice(Brush& brush, Rect rect, Presenting const& presenting, Intents& intents);

/// The moment in words, over the canvas; with the notice, where there is one, at its foot.
/// How many characters a line of the sheet of words has.
[[nodiscard]] std::size_t characters_of_text(Ink const& ink, Rect sheet);
void draw_text_view(Panel& panel, Rect rect, Frame const& frame, ViewState const& view, Intents& intents);

/// What is shown and what is not, over everything.
void draw_filter_card(Brush& brush, Rect window, Frame const& frame, ViewState const& view, Intents& intents);

/// The signs of the picture and what they mean, over everything: drawn as the picture draws them.
void draw_signs_card(Brush& brush, Rect window, Intents& intents);

/// The keys, over everything.
void draw_keys_card(Brush& brush, Rect window, Intents& intents);

} // namespace mailflow::viz
