// The card of signs: what each sign of the picture means, drawn by the code that draws the picture.
#include "viz/draw/fields.hpp"
#include "viz/panels/panels.hpp"
#include "viz/panels/time_signs.hpp"
#include "viz/scene/scene.hpp"
#include "viz/scene/signs.hpp"

#include <algorithm>
#include <array>
#include <span>

namespace mailflow::viz {

namespace {

/// One sign: how it is drawn around a point, and what it means.
struct Sign {
    void (*draw)(Brush& brush, Point at);
    char const* words;
};

struct SignGroup {
    char const* title;
    std::span<Sign const> signs;
};

Rect box(Brush const& brush, Point at, float w, float h) {
    return around(at, brush.px(w), brush.px(h));
}

std::vector<Point> sample_road(Brush const& brush, Point at) {
    return {{at.x - brush.px(42), at.y}, {at.x + brush.px(42), at.y}};
}

void envelope(Brush& brush, Point at, Colour colour, EnvelopeKind kind) {
    draw_envelope(brush, box(brush, at, 38, 26), colour, kind);
}

void say(Brush& brush, Point at, TagLook const& tag, float width) {
    draw_tag_box(brush, box(brush, at, width, tag_height), tag);
}

constexpr std::array who{
    Sign{[](Brush& brush, Point at) { draw_person(brush, box(brush, at, 36, 36)); },
         "a person with a mail program"},
    Sign{[](Brush& brush, Point at) { draw_person(brush, box(brush, at, 36, 36), Device::phone); },
         "the same with a phone"},
    Sign{[](Brush& brush, Point at) { draw_people(brush, box(brush, at, 36, 36)); },
         "a population: many people who write"},
    Sign{[](Brush& brush, Point at) { draw_server(brush, box(brush, at, 34, 34), brush.colours.accent); },
         "a mail server"},
    Sign{[](Brush& brush, Point at) { draw_relay(brush, box(brush, at, 34, 34), brush.colours.accent); },
         "a relay: mail passes through it"},
    Sign{[](Brush& brush, Point at) { draw_spammer(brush, box(brush, at, 36, 36)); }, "a spammer"},
    Sign{[](Brush& brush, Point at) {
             draw_server(brush, box(brush, at, 34, 34), brush.colours.road);
             draw_down(brush, box(brush, at, 34, 34));
         },
         "a server that is down"},
    Sign{[](Brush& brush, Point at) {
             draw_cloud(brush, box(brush, at, 66, 38), brush.colours.place, brush.colours.place_line);
             brush.text(box(brush, at + Point{0, brush.px(5)}, 50, 20), brush.fonts.small_bold,
                        brush.colours.ink, "DNS", Align::centre);
         },
         "the DNS: who takes mail for a domain"}};

constexpr std::array under_way{
    Sign{[](Brush& brush, Point at) { envelope(brush, at, brush.colours.ink, EnvelopeKind::message); },
         "a message; on its envelope: from whom, to whom"},
    Sign{[](Brush& brush, Point at) {
             draw_chosen(brush, box(brush, at, 38, 26));
             envelope(brush, at, brush.colours.ink, EnvelopeKind::message);
         },
         "the message that was chosen"},
    Sign{[](Brush& brush, Point at) { draw_letter(brush, box(brush, at, 24, 30), brush.colours.ink); },
         "what is inside: header lines and text"},
    Sign{[](Brush& brush, Point at) { envelope(brush, at, brush.colours.deferred, EnvelopeKind::spam); },
         "spam"},
    Sign{[](Brush& brush, Point at) { envelope(brush, at, brush.colours.bounce, EnvelopeKind::bounce); },
         "a bounce: back to the sender"},
    Sign{[](Brush& brush, Point at) { envelope(brush, at, brush.colours.accepted, EnvelopeKind::message); },
         "a message on its way to its reader"},
    Sign{[](Brush& brush, Point at) {
             say(brush, at, {{}, "DATA", brush.colours.accent, brush.fonts.mono, 1}, 76);
         },
         "a command: its arrow points to the server"},
    Sign{[](Brush& brush, Point at) {
             say(brush, at, {"250", "Ok", brush.colours.accepted, brush.fonts.mono, -1}, 96);
         },
         "a reply: first its code, arrow to the client"},
    Sign{[](Brush& brush, Point at) { draw_unheard(brush, at, Unheard::said); },
         "something said, without room for its words"},
    Sign{[](Brush& brush, Point at) { draw_diamond(brush, at, brush.px(11), brush.colours.dns); },
         "a question to the DNS, or its answer"}};

constexpr std::array roads{
    Sign{[](Brush& brush, Point at) {
             draw_road(brush, sample_road(brush, at), RoadState::at_rest, brush.px(3));
         },
         "a way on which nobody talks"},
    Sign{[](Brush& brush, Point at) {
             draw_road(brush, sample_road(brush, at), RoadState::anonymous, brush.px(3));
         },
         "a connection without a login"},
    Sign{[](Brush& brush, Point at) {
             draw_road(brush, sample_road(brush, at), RoadState::logged_in, brush.px(3));
             (void)draw_padlock_on(brush, at);
         },
         "logged in: the server knows who sends"},
    Sign{[](Brush& brush, Point at) {
             draw_road(brush, sample_road(brush, at), RoadState::refused, brush.px(3));
         },
         "what was sent here was refused"},
    Sign{[](Brush& brush, Point at) {
             draw_road(brush, sample_road(brush, at), RoadState::refused_logged_in, brush.px(3));
         },
         "refused, though logged in"}};

constexpr std::array decisions{
    Sign{[](Brush& brush, Point at) {
             Rect const icon = box(brush, at, 24, 24);
             draw_server(brush, icon, brush.colours.accent);
             (void)draw_decided(brush, icon, Decided::accepted, 0.7F);
         },
         "the server says yes"},
    Sign{[](Brush& brush, Point at) {
             Rect const icon = box(brush, at, 24, 24);
             draw_server(brush, icon, brush.colours.accent);
             (void)draw_decided(brush, icon, Decided::refused, 0.7F);
         },
         "the server refuses, until it takes mail"},
    Sign{[](Brush& brush, Point at) {
             Rect const icon = box(brush, at, 24, 24);
             draw_server(brush, icon, brush.colours.accent);
             (void)draw_decided(brush, icon, Decided::put_off, 0.7F);
         },
         "\"come back later\", until the next try"},
    Sign{[](Brush& brush, Point at) { envelope(brush, at, brush.colours.refused, EnvelopeKind::message); },
         "an envelope stopped at the door"},
    Sign{[](Brush& brush, Point at) {
             Rect const place = box(brush, at, 100, 38);
             brush.fill(place, brush.colours.place, brush.px(8));
             brush.outline(place, brush.colours.place_line, brush.px(1.2F), brush.px(8));
             brush.text(place, brush.fonts.small, brush.colours.accepted, "trusted network", Align::centre);
         },
         "who is here needs no login at some server"}};

template<Mark mark>
void draw_sample_mark(Brush& brush, Point at) {
    (void)draw_time_mark(brush, at, mark);
}

/// A piece of the line, for what stands on it.
Rect sample_track(Brush& brush, Point at) {
    Rect const track = box(brush, at, 84, 12);
    brush.fill(track, brush.colours.track, track.h / 2);
    return track;
}

constexpr std::array signs_of_time{
    Sign{[](Brush& brush, Point at) {
             (void)sample_track(brush, at);
             (void)draw_moment(brush, at);
         },
         "the moment that is seen"},
    Sign{[](Brush& brush, Point at) { draw_gap(brush, sample_track(brush, at), at.x); },
         "waiting that is passed over"},
    Sign{draw_sample_mark<Mark::accepted>, "accepted, or filed in a mailbox"},
    Sign{draw_sample_mark<Mark::refused>, "refused, or given up"},
    Sign{draw_sample_mark<Mark::deferred>, "put off: it is tried again later"},
    Sign{draw_sample_mark<Mark::bounce>, "a bounce or a delay warning"},
    Sign{draw_sample_mark<Mark::dns>, "the DNS is asked, or answers"},
    Sign{draw_sample_mark<Mark::changed>, "somebody changes a setting"},
    Sign{[](Brush& brush, Point at) { (void)draw_stacked_marks(brush, at, Mark::refused, Mark::bounce); },
         "two of them at about the same time"},
    Sign{[](Brush& brush, Point at) { draw_parting_line(brush, sample_track(brush, at), at.x); },
         "the first difference of two runs"}};

constexpr std::array rest{
    Sign{
        [](Brush& brush, Point at) {
            Rect const front = box(brush, at, 36, 24);
            draw_stack(brush, front, 3);
            draw_countdown(brush, {front.right(), front.bottom()}, brush.px(9), 0.7F, brush.colours.deferred);
        },
        "a queue; the ring runs down to the next try"},
    Sign{[](Brush& brush, Point at) { draw_mailbox_of(brush, box(brush, at, 38, 28), 0); },
         "an empty mailbox"},
    Sign{[](Brush& brush, Point at) { draw_full_mailbox(brush, box(brush, at, 38, 28), brush.colours.ink); },
         "a full mailbox: no more goes in"},
    Sign{[](Brush& brush, Point at) { draw_mailbox_of(brush, box(brush, at, 38, 28), 2); },
         "a mailbox with two messages"}};

constexpr std::array<SignGroup, 6> groups{{{"Who", who},
                                           {"On the way", under_way},
                                           {"Roads", roads},
                                           {"Decisions", decisions},
                                           {"Waiting, arrived", rest},
                                           {"On the timeline", signs_of_time}}};
constexpr std::size_t with_callout = 3; // the decisions: what stays over a server that refused
constexpr std::size_t most_columns = 3;

/// Which groups stand in which column, where there are so many.
std::size_t column_of(std::size_t group, std::size_t columns) {
    constexpr std::array<std::size_t, 6> of_three{0, 1, 1, 0, 2, 2};
    constexpr std::array<std::size_t, 6> of_two{0, 1, 0, 1, 1, 0};
    return columns == 3 ? of_three[group] : columns == 2 ? of_two[group] : 0;
}

constexpr float row_height = 42;
constexpr float group_title_height = 36;
constexpr float column_width = 372;
constexpr float sample_width = 104;
constexpr float signs_head = 58;
constexpr float callout_height = 74; // of each of the two boxes
constexpr float signs_pad = 28;

void draw_group(Brush& brush, Point corner, SignGroup const& group) {
    brush.text({corner.x, corner.y, brush.px(column_width), brush.px(group_title_height)}, brush.fonts.head,
               brush.colours.quiet, group.title);
    float y = corner.y + brush.px(group_title_height);
    for (Sign const& sign : group.signs) {
        Rect const line{corner.x, y, brush.px(column_width - 18), brush.px(row_height)};
        sign.draw(brush, {line.x + brush.px(sample_width / 2), line.centre().y});
        Rect const words{line.x + brush.px(sample_width + 12), line.y, line.w - brush.px(sample_width + 12),
                         line.h};
        float const h = brush.paragraph_height(words.w, brush.fonts.body, sign.words, 2);
        brush.paragraph({words.x, words.centre().y - h / 2}, words.w, brush.fonts.body, brush.colours.ink,
                        sign.words, 2);
        brush.drawn.shapes.insert_or_assign("sign:" + std::string{sign.words}, line);
        y = line.bottom();
    }
}

float height_of(SignGroup const& group) {
    return group_title_height + row_height * static_cast<float>(group.signs.size()) + 8;
}

/// A box that says why, as it stands over a server, and what it means.
void draw_sample_callout(Brush& brush, Point corner, RefusalWords const& says, char const* meaning) {
    Callout const callout = callout_of(brush, says);
    Point const at{corner.x + brush.px(8), corner.y + brush.px(6)};
    draw_callout(brush, at, {at.x + callout.w / 2, at.y + callout.h + brush.px(12)}, callout);
    Rect const words{at.x + callout.w + brush.px(14), at.y, brush.px(column_width - 40) - callout.w,
                     callout.h};
    brush.paragraph({words.x, words.y + brush.px(4)}, words.w, brush.fonts.body, brush.colours.ink, meaning,
                    3);
    brush.drawn.shapes.insert_or_assign(
        "sign:" + std::string{meaning},
        Rect{corner.x, corner.y, brush.px(column_width - 18), brush.px(callout_height - 8)});
}

void draw_sample_callouts(Brush& brush, Point corner) {
    draw_sample_callout(brush, corner,
                        {.title = "Relaying denied", .code = "554 5.7.1", .brief = {}, .number = {}},
                        "why, and the code of the reply");
    draw_sample_callout(
        brush, {corner.x, corner.y + brush.px(callout_height)},
        {.title = "Greylisted", .code = "450 4.2.0", .brief = {}, .number = {}, .decided = Decided::put_off},
        "why it has to wait, and the code");
}

void draw_groups(Brush& brush, Point corner, std::size_t columns) {
    std::array<float, most_columns> used{};
    for (std::size_t i = 0; i < groups.size(); ++i) {
        std::size_t const column = column_of(i, columns);
        float& y = used[column];
        float const x = corner.x + brush.px(column_width * static_cast<float>(column));
        draw_group(brush, {x, corner.y + brush.px(y)}, groups[i]);
        y += height_of(groups[i]);
        if (i == with_callout) {
            draw_sample_callouts(brush, {x, corner.y + brush.px(y - 8)});
            y += 2 * callout_height;
        }
    }
}

} // namespace

void draw_signs_card(Brush& window_brush, Rect window, Intents& intents) {
    // As many columns as have room at the size of everything else; what is longer than the window scrolls.
    float const margin = window_brush.px(8);
    float const width = window.w - 2 * margin;
    std::size_t const columns = std::clamp<std::size_t>(
        static_cast<std::size_t>(std::max(0.0F, width - window_brush.px(2 * signs_pad)) /
                                 window_brush.px(column_width)),
        1, most_columns);
    float const across = column_width * static_cast<float>(columns) + 2 * signs_pad;
    Brush brush = window_brush.sized(std::min(width / window_brush.px(across), 1.0F));
    std::array<float, most_columns> lengths{};
    for (std::size_t i = 0; i < groups.size(); ++i)
        lengths[column_of(i, columns)] += height_of(groups[i]) + (i == with_callout ? 2 * callout_height : 0);
    float const length = *std::max_element(lengths.begin(), lengths.end());
    Rect const card = around(window.centre(), brush.px(across),
                             std::min(brush.px(signs_head + length + signs_pad / 2), window.h - 2 * margin));
    brush.fill(window, brush.colours.shade);
    brush.fill(card, brush.colours.surface, brush.px(14));
    brush.drawn.shapes.insert_or_assign("signs", card);
    float const left = card.x + brush.px(signs_pad);
    brush.text({left, card.y + brush.px(16), card.w / 2, brush.px(34)}, brush.fonts.title, brush.colours.ink,
               "Signs");
    Rect const close{card.right() - brush.px(signs_pad + 34), card.y + brush.px(16), brush.px(34),
                     brush.px(34)};
    if (text_button(brush, "close signs", close, "×", ButtonLook::plain))
        intents.push_back(ShowCard{Card::signs});
    Rect const inside{left, card.y + brush.px(signs_head), card.w - brush.px(signs_pad + 4),
                      std::max(card.h - brush.px(signs_head + 4), 1.0F)};
    if (brush.px(length) > inside.h) {
        FlowArea area{brush, "signs list", inside};
        Brush scrolled = area.brush();
        draw_groups(scrolled, area.origin(), columns);
        area.end_at(area.origin().y + brush.px(length));
    } else {
        draw_groups(brush, {inside.x, inside.y}, columns);
    }
    // What lies on the card was first to be asked; a press anywhere takes it away.
    if (press_area(brush.drawn, "signs card", window).clicked)
        intents.push_back(ShowCard{Card::signs});
}

} // namespace mailflow::viz
