// What is on its way: envelopes, letters, the words of commands and replies, questions to the DNS.
#include "report/words.hpp"
#include "viz/draw/icons.hpp"
#include "viz/scene/envelopes.hpp"
#include "viz/scene/scene.hpp"

#include <algorithm>
#include <cmath>

namespace mailflow::viz {

namespace {

struct Tag {
    Point at;
    std::string words;
    Colour colour = 0;
    ImFont* font = nullptr;
    float direction = 1; // to the right or left on the screen
    Mark mark = Mark::none;
};

constexpr float tag_height = 27;
constexpr float tag_arrow = 26;    // room for the arrow before the words
constexpr float tag_distance = 47; // from the road: clear of the machines' pictures

Rect place_tag(Brush const& brush, Frame const& frame, Tag const& tag, float most) {
    float const arrow = brush.px(tag_arrow);
    float const pad = brush.px(10);
    float const w = std::min(width_of(tag.font, tag.words) + 1, most - arrow - pad) + arrow + pad;
    float const up = brush.px(tag_distance);
    std::vector<Rect> candidates;
    for (float const y : {-up, up, -up * 1.6F, up * 1.6F, -up * 2.2F, up * 2.2F, -up * 0.6F, up * 0.6F})
        for (float const aside : {0.0F, -0.25F, 0.25F, -0.5F, 0.5F, -0.68F, 0.68F, -0.9F, 0.9F})
            candidates.push_back(around({tag.at.x + aside * w, tag.at.y + y}, w, brush.px(tag_height)));
    return free_place(brush.drawn, frame.layout.area, candidates, obstacles_of(frame.layout));
}

/// Words with an arrow, just above the place on the road where they are; a dot marks the place itself. Where
/// the whole words would have to stand far off, shortened ones stay near.
void draw_tag(Brush& brush, Frame const& frame, std::string const& name, Tag const& tag) {
    auto const is_near = [&](Rect const& box) {
        return std::abs(box.centre().y - tag.at.y) < brush.px(tag_distance * 1.1F) && box.y < tag.at.y;
    };
    Rect box = place_tag(brush, frame, tag, std::min(brush.px(300), frame.layout.area.w * 0.46F));
    for (float const most : {230.0F, 170.0F})
        if (!is_near(box))
            if (Rect const shorter = place_tag(brush, frame, tag, brush.px(most)); is_near(shorter))
                box = shorter;
    if (is_near(box)) {
        float const foot = held_between(tag.at.x, box.x + brush.px(6), box.right() - brush.px(6));
        brush.line({foot, box.bottom()}, tag.at, tag.colour, brush.px(1.8F));
    }
    if (tag.mark == Mark::dns)
        draw_diamond(brush, tag.at, brush.px(10), tag.colour);
    else
        brush.disc(tag.at, brush.px(6), tag.colour);
    brush.fill(box, brush.colours.surface, brush.px(7));
    brush.outline(box, tag.colour, brush.px(1.8F), brush.px(7));
    draw_arrow(brush, {box.x + brush.px(15), box.centre().y}, brush.px(13), tag.direction, tag.colour,
               brush.px(2.2F));
    float const arrow = brush.px(tag_arrow);
    brush.text({box.x + arrow, box.y, box.w - arrow - brush.px(8), box.h}, tag.font, brush.colours.ink,
               tag.words);
    brush.drawn.labels.push_back({tag.words, box});
    brush.drawn.shapes.insert_or_assign(name, box);
}

float screen_direction(std::vector<Point> const& road, Direction direction) {
    float const to_right = road.back().x >= road.front().x ? 1.0F : -1.0F;
    return direction == Direction::to_server ? to_right : -to_right;
}

/// What the event on the wire says, at the level of the protocol; empty where a dot is enough.
Tag tag_of(Brush const& brush, Frame const& frame, Event const& event) {
    Tag tag{.at = {},
            .words = {},
            .colour = brush.colours.accent,
            .font = brush.fonts.mono,
            .direction = 1,
            .mark = Mark::none};
    if (auto const* sent = std::get_if<CommandSent>(&event.happening)) {
        tag.words = command_line(frame.world, frame.trace, *sent);
    } else if (auto const* reply = std::get_if<ReplySent>(&event.happening)) {
        Reply const said = reply_of(frame.world, frame.trace, *reply, event.at);
        tag.words = to_line(said);
        tag.colour = said.transient() || said.permanent() ? brush.colours.refused : brush.colours.accepted;
    } else if (auto const* asked = std::get_if<AccessCommandSent>(&event.happening)) {
        tag.words = command_line(frame.world, frame.trace, *asked);
    } else if (auto const* answered = std::get_if<AccessReplySent>(&event.happening)) {
        tag.words = reply_lines(frame.trace, *answered).front();
        tag.colour = is_refusal(answered->answer) ? brush.colours.refused : brush.colours.accepted;
    } else if (std::holds_alternative<ConnectionOpened>(event.happening)) {
        tag.words = "opens a connection";
        tag.font = brush.fonts.small;
    }
    return tag;
}

void draw_crossing(Brush& brush, Frame const& frame, ViewState const& view, Conversation const& talk) {
    std::vector<Point> const road = road_of(frame, talk.session);
    if (road.empty() || talk.stage == ConversationStage::closed)
        return;
    Crossing crossing = talk.crossing;
    Event const& event = frame.trace.events[crossing.event];
    bool const calling = std::holds_alternative<ConnectionOpened>(event.happening);
    if (calling && !crossing.on_the_way(view.now)) { // the answer to the call comes back as long after it
        Duration const way = crossing.arrives - crossing.sent;
        crossing = {crossing.event, Direction::to_client, crossing.arrives, crossing.arrives + way};
    }
    if (!crossing.on_the_way(view.now))
        return;
    double const gone = crossing.progress(view.now);
    bool const forth = crossing.direction == Direction::to_server;
    Point const at = along(road, forth ? gone : 1 - gone);
    Tag tag = tag_of(brush, frame, event);
    if (calling && !forth)
        tag.words.clear();
    if (tag.words.empty() || view.detail != Detail::protocol) {
        if (view.detail == Detail::protocol)
            brush.disc(at, brush.px(6), brush.colours.accent);
        return;
    }
    tag.at = at;
    tag.direction = screen_direction(road, crossing.direction);
    draw_tag(brush, frame, "tag:" + std::to_string(talk.session.index), tag);
}

void draw_lookup(Brush& brush, Frame const& frame, ViewState const& view, LookupOnTheWay const& asked) {
    Lookup const& lookup = frame.trace.lookups[asked.lookup];
    DnsRoad const* const road = frame.layout.dns_road(lookup.asker);
    if (road == nullptr || !asked.crossing.on_the_way(view.now))
        return;
    double const gone = asked.crossing.progress(view.now);
    bool const question = asked.crossing.direction == Direction::to_server;
    Tag tag{.at = along(road->path, question ? gone : 1 - gone),
            .words = {},
            .colour = brush.colours.dns,
            .font = brush.fonts.small,
            .direction = screen_direction(road->path, asked.crossing.direction),
            .mark = Mark::dns};
    if (question)
        tag.words = (lookup.type == RecordType::mx ? "who takes mail for " : "address of ") +
                    frame.world.book.name(lookup.name) + "?";
    else
        tag.words = answer_of(frame.world, lookup);
    draw_tag(brush, frame, "dns:" + std::to_string(asked.lookup.index), tag);
}

std::string name_of(Frame const& frame, MessageId id) {
    Message const& message = frame.trace.messages[id];
    if (is_handed_in(message))
        return message_id(frame.world, message);
    return (is_bounce(message) ? "bounce" : "warning") + std::to_string(id.index);
}

bool is_put_off(Frame const& frame, EnvelopePlace const& place) {
    return std::any_of(
        frame.state.queued.begin(), frame.state.queued.end(), [&](QueuedMessage const& queued) {
            QueueEntry const& entry = frame.trace.entries[queued.entry];
            return queued.deferral.valid() && entry.server == place.held_by &&
                   entry.message == place.message && !frame.state.in_conversation(frame.trace, queued.entry);
        });
}

Rect icon_of(Brush const& brush, EnvelopePlace const& place) {
    return around(place.centre, brush.px(envelope_width), brush.px(envelope_height));
}

} // namespace

void press_envelopes(Brush& brush, Frame const& frame, ViewState const& view, Intents& intents) {
    for (EnvelopePlace const& place : envelopes_at(frame, view.now, brush.px(1)).envelopes) {
        std::string const name = "envelope:" + name_of(frame, place.message);
        if (brush.drawn.widgets.count(name) == 0 &&
            press_area(brush.drawn, name, icon_of(brush, place)).clicked)
            intents.push_back(Choose{place.message});
    }
}

void draw_envelopes(Brush& brush, Frame const& frame, ViewState const& view) {
    EnvelopesNow const now = envelopes_at(frame, view.now, brush.px(1));
    for (LetterPlace const& letter : now.letters)
        draw_letter(brush, around(letter.centre, brush.px(24), brush.px(30)), brush.colours.ink);
    std::vector<Rect> drawn;
    for (EnvelopePlace const& place : now.envelopes) {
        Rect const icon = icon_of(brush, place);
        // A thousand envelopes in one place are one picture.
        if (std::find(drawn.begin(), drawn.end(), icon) != drawn.end())
            continue;
        drawn.push_back(icon);
        if (place.state == EnvelopeState::waiting && is_put_off(frame, place))
            continue; // it is part of its server's stack
        Message const& message = frame.trace.messages[place.message];
        bool const bounce = !is_handed_in(message);
        bool const spam = message.kind == MessageKind::spam;
        Colour const colour = place.state == EnvelopeState::stopped ? brush.colours.refused
                              : bounce                              ? brush.colours.bounce
                              : spam                                ? brush.colours.deferred
                                                                    : brush.colours.ink;
        draw_envelope(brush, icon, colour,
                      bounce ? EnvelopeKind::bounce
                      : spam ? EnvelopeKind::spam
                             : EnvelopeKind::message);
        brush.drawn.shapes.insert_or_assign("envelope:" + name_of(frame, place.message), icon);
    }
}

void draw_crossings(Brush& brush, Frame const& frame, ViewState const& view) {
    for (LookupOnTheWay const& lookup : frame.state.lookups)
        draw_lookup(brush, frame, view, lookup);
    for (Conversation const& conversation : frame.state.conversations)
        draw_crossing(brush, frame, view, conversation);
}

} // namespace mailflow::viz
