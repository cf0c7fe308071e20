// What is on its way: envelopes, letters, the words of commands and replies, questions to the DNS.
#include "report/words/words.hpp"
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
constexpr std::size_t most_obstacles = 600; // of words; more than that there are only in a crowd
constexpr std::size_t most_named = 400;     // a crowd's envelopes have no names

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

/// A dot with a little room around it.
Rect mark_at(Brush const& brush, Point at) {
    return around(at, brush.px(14), brush.px(14));
}

/// No words are to cover what is there; among very many nothing can keep clear of them.
void keep_clear(Brush const& brush, Talks& talks, Point at) {
    if (talks.obstacles.size() < most_obstacles)
        talks.obstacles.push_back(mark_at(brush, at));
}

/// Something on the wire at this moment, and where it is by now.
struct Said {
    Conversation const* talk = nullptr;
    Way way;
    Crossing crossing;
    Point at;
    std::optional<Tag> words{}; // none: a dot is all that is drawn of it
};

/// The words of what is said there; none where nobody could read them, or it has none.
std::optional<Tag> words_of(Brush const& brush, Talks const& talks, Said const& said) {
    Frame const& frame = talks.frame;
    bool const forth = said.crossing.direction == Direction::to_server;
    bool const calling =
        std::holds_alternative<ConnectionOpened>(frame.trace.events[said.crossing.event].happening);
    if (!is_heard(talks, *said.talk) || (calling && !forth))
        return std::nullopt;
    Tag tag = tag_of(brush, frame, said.crossing.event);
    if (tag.words.empty())
        return std::nullopt;
    if (talks.live > most_whole_tags && !is_close(frame) && said.talk->crossing.event != talks.newest)
        shorten(tag);
    tag.at = said.at;
    tag.direction = screen_direction(said.way.begin(), said.way.end(), said.crossing.direction);
    return tag;
}

std::optional<Said> said_by(Brush const& brush, Talks const& talks, Conversation const& talk) {
    Way const way = way_of(talks.frame, talk.session);
    if (way.road == nullptr || talk.stage == ConversationStage::closed)
        return std::nullopt;
    std::optional<Crossing> const crossing = crossing_now(talks.frame, talk, talks.view.now);
    if (!crossing)
        return std::nullopt;
    double const gone = crossing->progress(talks.view.now);
    Point const at = way.at(crossing->direction == Direction::to_server ? gone : 1 - gone);
    Said said{.talk = &talk, .way = way, .crossing = *crossing, .at = at};
    if (talks.view.detail == Detail::protocol)
        said.words = words_of(brush, talks, said);
    return said;
}

/// What the filter shows of it.
std::vector<Said> said_now(Brush const& brush, Talks const& talks) {
    Frame const& frame = talks.frame;
    Filter const& filter = talks.view.filter;
    std::vector<Said> all;
    for (Conversation const& conversation : frame.state.conversations) {
        Session const& session = frame.trace.sessions[conversation.session];
        bool const shown = session.check.valid() ? filter.background && (!filter.machine.valid() ||
                                                                         filter.machine == session.client ||
                                                                         filter.machine == session.server)
                                                 : passes(filter, frame.trace, session);
        if (!shown)
            continue;
        if (std::optional<Said> said = said_by(brush, talks, conversation))
            all.push_back(std::move(*said));
    }
    return all;
}

/// The letters that are fetched, and the dots; no words are to cover one of these, nor the place that other
/// words speak of.
void draw_said(Brush& brush, Talks& talks, std::vector<Said> const& all) {
    bool const crowded = talks.frame.layout.crowded();
    for (Said const& said : all) {
        if (said.crossing.direction == Direction::to_client)
            draw_fetched(brush, talks.frame, *said.talk, said.way, said.crossing.progress(talks.view.now));
        if (talks.view.detail != Detail::protocol)
            continue;
        keep_clear(brush, talks, said.at);
        if (said.words)
            continue; // its dot comes with them
        draw_unheard(brush, said.at,
                     crowded && !is_heard(talks, *said.talk) ? Unheard::in_a_crowd : Unheard::said);
        if (all.size() <= most_tags)
            brush.drawn.shapes.insert_or_assign("said:" + std::to_string(said.talk->session.index),
                                                mark_at(brush, said.at));
    }
}

/// What is asked of the DNS or answered, where it is by now; none where nothing is on its way.
std::optional<Point> place_of(Frame const& frame, ViewState const& view, LookupOnTheWay const& asked) {
    DnsRoad const* const road = frame.layout.dns_road(frame.trace.lookups[asked.lookup].asker);
    if (road == nullptr || !asked.crossing.on_the_way(view.now))
        return std::nullopt;
    double const gone = asked.crossing.progress(view.now);
    return along(road->path, asked.crossing.direction == Direction::to_server ? gone : 1 - gone);
}

void draw_lookup(Brush& brush, Talks const& talks, LookupOnTheWay const& asked, Hits& hits) {
    Frame const& frame = talks.frame;
    ViewState const& view = talks.view;
    Lookup const& lookup = frame.trace.lookups[asked.lookup];
    std::optional<Point> const place = place_of(frame, view, asked);
    if (!place)
        return;
    DnsRoad const* const road = frame.layout.dns_road(lookup.asker);
    bool const question = asked.crossing.direction == Direction::to_server;
    Point const at = *place;
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

/// What the filter shows of the questions and answers that are on their way.
std::vector<LookupOnTheWay> lookups_now(Frame const& frame, ViewState const& view) {
    std::vector<LookupOnTheWay> lookups;
    if (!view.filter.kinds[static_cast<std::size_t>(Kind::dns)])
        return lookups;
    for (LookupOnTheWay const& lookup : frame.state.lookups)
        if (Lookup const& asked = frame.trace.lookups[lookup.lookup];
            passes(view.filter, frame.trace, asked.message, asked.asker) && place_of(frame, view, lookup))
            lookups.push_back(lookup);
    return lookups;
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
    talks.obstacles.push_back(frame.layout.dns);
    add_decided(talks.obstacles, brush, frame);
    add_decided(talks.machines, brush, frame);
    for (Conversation const& conversation : frame.state.conversations)
        if (conversation.stage != ConversationStage::closed) {
            talks.newest = std::max(talks.newest, conversation.crossing.event);
            ++talks.live;
        }
    std::vector<Said> const said = said_now(brush, talks);
    std::vector<LookupOnTheWay> const lookups = lookups_now(frame, view);
    draw_said(brush, talks, said);
    for (LookupOnTheWay const& lookup : lookups)
        if (std::optional<Point> const at = place_of(frame, view, lookup))
            keep_clear(brush, talks, *at);
    for (LookupOnTheWay const& lookup : lookups)
        draw_lookup(brush, talks, lookup, hits);
    for (Said const& one : said)
        if (one.words)
            draw_tag(brush, talks, "tag:" + std::to_string(one.talk->session.index), *one.words, hits);
}

} // namespace mailflow::viz
