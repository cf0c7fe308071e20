// What is on its way: envelopes, letters, the words of commands and replies, questions to the DNS.
#include "report/words.hpp"
#include "viz/draw/icons.hpp"
#include "viz/scene/scene.hpp"
#include "viz/scene/signs.hpp"
#include "viz/scene/tags.hpp"

#include <algorithm>
#include <cmath>
#include <optional>
#include <unordered_set>
#include <utility>

namespace mailflow::viz {

namespace {

constexpr std::size_t most_tags = 24;       // more words at a time nobody reads: dots are left
constexpr std::size_t most_heard_close = 5; // of talks where machines stand close
constexpr std::size_t most_short_tags = 8;  // more talks than that are dots, but for the newest
constexpr std::size_t most_lookup_tags_in_crowd = 2;
constexpr std::size_t most_named = 400; // a crowd's envelopes have no names

float screen_direction(Point from, Point to, Direction direction) {
    float const to_right = to.x >= from.x ? 1.0F : -1.0F;
    return direction == Direction::to_server ? to_right : -to_right;
}

/// What the event on the wire says, at the level of the protocol; empty where a dot is enough.
Tag tag_of(Brush const& brush, Frame const& frame, std::size_t number) {
    Event const& event = frame.trace.events[number];
    Tag tag{.at = {},
            .words = {},
            .code = {},
            .colour = brush.colours.accent,
            .font = brush.fonts.mono,
            .direction = 1,
            .mark = Mark::none,
            .subject = EventSubject{static_cast<EventNumber>(number)}};
    if (auto const* sent = std::get_if<CommandSent>(&event.happening)) {
        tag.words = command_line(frame.world, frame.trace, *sent);
    } else if (auto const* reply = std::get_if<ReplySent>(&event.happening)) {
        Reply const said = reply_of(frame.world, frame.trace, *reply, event.at);
        tag.words = to_line(said);
        tag.colour = said.permanent()   ? brush.colours.refused
                     : said.transient() ? brush.colours.deferred
                                        : brush.colours.accepted;
        split_code(tag);
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

/// Whether anything comes back for the call: yes, or a refusal; a call into the void has no answer.
bool is_answered(Frame const& frame, Conversation const& talk) {
    for (EventNumber const number : frame.lists.of(talk.session)) {
        Happening const& happening = frame.trace.events[number].happening;
        if (std::holds_alternative<ConnectionEstablished>(happening))
            return true;
        if (auto const* failed = std::get_if<ConnectionFailed>(&happening))
            return failed->saying == Saying::connection_refused;
    }
    return false;
}

/// What the newest thing on the wire is by now: the answer to a call comes back as long after it.
std::optional<Crossing> crossing_now(Frame const& frame, Conversation const& talk, Instant now) {
    Crossing crossing = talk.crossing;
    bool const calling =
        std::holds_alternative<ConnectionOpened>(frame.trace.events[crossing.event].happening);
    if (calling && !crossing.on_the_way(now)) {
        if (!is_answered(frame, talk))
            return std::nullopt;
        Duration const way = crossing.arrives - crossing.sent;
        crossing = {crossing.event, Direction::to_client, crossing.arrives, crossing.arrives + way};
    }
    return crossing.on_the_way(now) ? std::optional{crossing} : std::nullopt;
}

/// Letters that a mail program is given, on their way to it.
void draw_fetched(Brush& brush, Frame const& frame, Conversation const& talk, Way const& way, double part) {
    auto const* const sent = std::get_if<AccessReplySent>(&frame.trace.events[talk.crossing.event].happening);
    if (sent == nullptr || sent->copies == 0)
        return;
    float const size = envelope_size(frame.layout);
    Rect const icon = around(way.at(1 - part), brush.px(30) * size, brush.px(22) * size);
    draw_envelope(brush, icon, brush.colours.accepted, EnvelopeKind::message);
    brush.drawn.shapes.insert_or_assign("fetched:" + std::to_string(talk.session.index), icon);
}

/// Whether there is no room for the words of more talks than a few: machines stand close, or very many talk.
bool is_close(Frame const& frame) {
    return frame.layout.crowded() || frame.layout.standing != Standing::upright ||
           frame.state.conversations.size() > most_short_tags;
}

/// In a crowd of talks the words of all of them would cover the machines: only the newest one is heard, and
/// those of the machine or message that was chosen. The others are dots.
bool is_heard(Talks const& talks, Conversation const& talk) {
    Frame const& frame = talks.frame;
    ViewState const& view = talks.view;
    if (!is_close(frame) || frame.state.conversations.size() <= most_heard_close)
        return true;
    Session const& session = frame.trace.sessions[talk.session];
    if (auto const* machine = std::get_if<HostId>(&view.subject))
        return *machine == session.client || *machine == session.server;
    if (auto const* message = std::get_if<MessageId>(&view.subject))
        return *message == session.message;
    return talk.crossing.event == talks.newest;
}

void draw_crossing(Brush& brush, Talks const& talks, Conversation const& talk, Hits& hits) {
    Frame const& frame = talks.frame;
    ViewState const& view = talks.view;
    Way const way = way_of(frame, talk.session);
    if (way.road == nullptr || talk.stage == ConversationStage::closed)
        return;
    std::optional<Crossing> const crossing = crossing_now(frame, talk, view.now);
    if (!crossing)
        return;
    bool const forth = crossing->direction == Direction::to_server;
    double const gone = crossing->progress(view.now);
    if (!forth)
        draw_fetched(brush, frame, talk, way, gone);
    if (view.detail != Detail::protocol)
        return;
    Point const at = way.at(forth ? gone : 1 - gone);
    bool const calling =
        std::holds_alternative<ConnectionOpened>(frame.trace.events[crossing->event].happening);
    if (!is_heard(talks, talk) || (calling && !forth)) {
        draw_unheard(brush, at, frame.layout.crowded() ? Unheard::in_a_crowd : Unheard::said);
        return;
    }
    Tag tag = tag_of(brush, frame, crossing->event);
    if (tag.words.empty()) {
        draw_unheard(brush, at, Unheard::said);
        return;
    }
    if (talks.live > most_whole_tags && !is_close(frame) && talk.crossing.event != talks.newest)
        shorten(tag);
    tag.at = at;
    tag.direction = screen_direction(way.begin(), way.end(), crossing->direction);
    draw_tag(brush, talks, "tag:" + std::to_string(talk.session.index), tag, hits);
}

void draw_lookup(Brush& brush, Talks const& talks, LookupOnTheWay const& asked, Hits& hits) {
    Frame const& frame = talks.frame;
    ViewState const& view = talks.view;
    Lookup const& lookup = frame.trace.lookups[asked.lookup];
    DnsRoad const* const road = frame.layout.dns_road(lookup.asker);
    if (road == nullptr || !asked.crossing.on_the_way(view.now))
        return;
    double const gone = asked.crossing.progress(view.now);
    bool const question = asked.crossing.direction == Direction::to_server;
    Point const at = along(road->path, question ? gone : 1 - gone);
    if (frame.layout.crowded())
        brush.dashes(road->path, brush.colours.dns, brush.px(2), brush.px(2), brush.px(8));
    std::size_t const most = frame.layout.crowded() ? most_lookup_tags_in_crowd : most_tags;
    if (frame.state.lookups.size() > most) {
        draw_diamond(brush, at, brush.px(7), brush.colours.dns);
        return;
    }
    Tag tag{.at = at,
            .words = {},
            .code = {},
            .colour = brush.colours.dns,
            .font = brush.fonts.small,
            .direction = screen_direction(road->path.front(), road->path.back(), asked.crossing.direction),
            .mark = Mark::dns,
            .subject = asked.lookup};
    if (question)
        tag.words = (lookup.type == RecordType::mx ? "who takes mail for " : "address of ") +
                    frame.world.book.name(lookup.name) + "?";
    else
        tag.words = answer_of(frame.world, lookup);
    draw_tag(brush, talks, "dns:" + std::to_string(asked.lookup.index), tag, hits);
}

std::string name_of(Frame const& frame, MessageId id) {
    Message const& message = frame.trace.messages[id];
    if (is_handed_in(message))
        return message_id(frame.world, message);
    return (is_bounce(message) ? "bounce" : "warning") + std::to_string(id.index);
}

struct Stamp {
    Colour colour = 0;
    EnvelopeKind kind = EnvelopeKind::message;
};

Stamp stamp_of(Brush const& brush, Frame const& frame, EnvelopePlace const& place) {
    Message const& message = frame.trace.messages[place.message];
    bool const bounce = !is_handed_in(message);
    bool const spam = message.kind == MessageKind::spam;
    Colour const colour = place.state == EnvelopeState::stopped ? brush.colours.refused
                          : bounce                              ? brush.colours.bounce
                          : spam                                ? brush.colours.deferred
                                                                : brush.colours.ink;
    return {colour, bounce ? EnvelopeKind::bounce : spam ? EnvelopeKind::spam : EnvelopeKind::message};
}

/// Pixels of the same envelope; a thousand in one place are one picture.
std::uint64_t place_key(Point at) {
    return static_cast<std::uint64_t>(static_cast<std::uint32_t>(std::lround(at.x * 2))) << 32U |
           static_cast<std::uint32_t>(std::lround(at.y * 2));
}

/// An envelope that was stopped keeps its mark at the server; on a short road it gives way to those that came
/// after it.
bool gives_way(EnvelopePlace const& place, EnvelopesNow const& now, Rect const& icon) {
    if (place.state != EnvelopeState::stopped)
        return false;
    return std::any_of(now.envelopes.begin(), now.envelopes.end(), [&](EnvelopePlace const& other) {
        bool const is_live = other.state != EnvelopeState::stopped && !other.put_off;
        return is_live && area_shared(icon, around(other.centre, icon.w, icon.h)) > 0.2F * icon.w * icon.h;
    });
}

} // namespace

void draw_envelopes(Brush& brush, Frame const& frame, ViewState const& view, EnvelopesNow const& now,
                    Hits& hits) {
    float const size = envelope_size(frame.layout);
    for (LetterPlace const& letter : now.letters)
        draw_letter(brush, around(letter.centre, brush.px(24) * size, brush.px(30) * size),
                    brush.colours.ink);
    std::unordered_set<std::uint64_t> drawn;
    bool const named = now.envelopes.size() <= most_named;
    for (EnvelopePlace const& place : now.envelopes) {
        if (place.put_off && place.state == EnvelopeState::waiting)
            continue; // it is part of its server's stack
        if (!drawn.insert(place_key(place.centre)).second)
            continue;
        Rect const icon =
            around(place.centre, brush.px(envelope_width) * size, brush.px(envelope_height) * size);
        if (named && gives_way(place, now, icon))
            continue;
        auto const [colour, kind] = stamp_of(brush, frame, place);
        if (view.subject == Subject{place.message} || view.filter.message == place.message)
            draw_chosen(brush, icon);
        draw_envelope(brush, icon, colour, kind);
        if (named) {
            std::string const name = "envelope:" + name_of(frame, place.message);
            brush.drawn.shapes.insert_or_assign(name, icon);
            if (brush.drawn.widgets.count(name) == 0)
                hits.add(name, icon, Choose{place.message});
        } else {
            hits.add(icon, Choose{place.message});
        }
    }
}

void draw_crossings(Brush& brush, Frame const& frame, ViewState const& view, EnvelopesNow const& now,
                    Hits& hits) {
    Talks talks{.frame = frame,
                .view = view,
                .obstacles = obstacles_of(frame.layout, now),
                .machines = obstacles_of(frame.layout)};
    add_decided(talks.obstacles, brush, frame);
    add_decided(talks.machines, brush, frame);
    for (Conversation const& conversation : frame.state.conversations)
        if (conversation.stage != ConversationStage::closed) {
            talks.newest = std::max(talks.newest, conversation.crossing.event);
            ++talks.live;
        }
    bool const dns = view.filter.kinds[static_cast<std::size_t>(Kind::dns)];
    for (LookupOnTheWay const& lookup : frame.state.lookups)
        if (Lookup const& asked = frame.trace.lookups[lookup.lookup];
            dns && passes(view.filter, frame.trace, asked.message, asked.asker))
            draw_lookup(brush, talks, lookup, hits);
    for (Conversation const& conversation : frame.state.conversations) {
        Session const& session = frame.trace.sessions[conversation.session];
        bool const shown = session.check.valid()
                               ? view.filter.background &&
                                     (!view.filter.machine.valid() || view.filter.machine == session.client ||
                                      view.filter.machine == session.server)
                               : passes(view.filter, frame.trace, session);
        if (shown)
            draw_crossing(brush, talks, conversation, hits);
    }
}

} // namespace mailflow::viz
