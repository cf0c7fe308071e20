#include "report/story.hpp"

#include "report/chapter.hpp"
#include "report/endings.hpp"
#include "report/episode.hpp"
#include "report/words.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

namespace mailflow {

namespace {

/// The message that an event is about; none for changes of the world.
struct MessageOf {
    Trace const& trace;

    MessageId operator()(MessageSubmitted const& e) const { return e.message; }
    MessageId operator()(ConnectionOpened const& e) const { return of(e.session); }
    MessageId operator()(ConnectionEstablished const& e) const { return of(e.session); }
    MessageId operator()(ConnectionFailed const& e) const { return of(e.session); }
    MessageId operator()(CommandSent const& e) const { return of(e.session); }
    MessageId operator()(DecisionMade const& e) const { return of(trace.decisions[e.decision].session); }
    MessageId operator()(ReplySent const& e) const { return of(e.session); }
    MessageId operator()(SessionClosed const& e) const { return of(e.session); }
    MessageId operator()(LookupSent const& e) const { return trace.lookups[e.lookup].message; }
    MessageId operator()(LookupAnswered const& e) const { return trace.lookups[e.lookup].message; }
    MessageId operator()(LookupTimedOut const& e) const { return trace.lookups[e.lookup].message; }
    MessageId operator()(MessageQueued const& e) const { return held_as(e.entry); }
    MessageId operator()(AliasFollowed const& e) const { return held_as(e.entry); }
    MessageId operator()(MessageDeferred const& e) const {
        return held_as(trace.deferrals[e.deferral].entry);
    }
    MessageId operator()(MessageDequeued const& e) const { return held_as(e.entry); }
    MessageId operator()(MessageFiled const& e) const { return trace.recipients[e.recipient].message; }
    MessageId operator()(BounceWritten const& e) const { return held_as(e.about); }
    MessageId operator()(DelayWarningWritten const& e) const { return held_as(e.about); }
    MessageId operator()(WorldChanged const&) const { return {}; }
    MessageId operator()(RecipientSettled const& e) const { return trace.recipients[e.recipient].message; }

    [[nodiscard]] MessageId of(SessionId session) const { return trace.sessions[session].message; }
    [[nodiscard]] MessageId held_as(QueueEntryId entry) const { return trace.entries[entry].message; }
};

/// The handed-in message that this one is, or goes back to as a bounce or a warning.
MessageId root_of(Trace const& trace, MessageId id) {
    while (trace.messages[id].kind != MessageKind::mail)
        id = trace.entries[trace.messages[id].about].message;
    return id;
}

/// What belongs together: a message with all that came of it, or (without one) a change of the world that
/// happened while nothing else did.
struct Section {
    MessageId message;
    std::vector<Event const*> events; // in the order of the trace
};

/// Puts each change into every section that goes on before and after it, or else into one of its own.
void place_changes(std::vector<Section>& sections, std::vector<Event const*> const& changes) {
    std::size_t const messages = sections.size();
    for (Event const* change : changes) {
        bool placed = false;
        for (std::size_t i = 0; i < messages; ++i) {
            std::vector<Event const*>& events = sections[i].events;
            if (events.front() > change || events.back() < change)
                continue;
            events.insert(std::upper_bound(events.begin(), events.end(), change), change);
            placed = true;
        }
        if (!placed)
            sections.push_back({{}, {change}});
    }
    std::sort(sections.begin(), sections.end(), [](Section const& one, Section const& other) {
        return one.events.front() < other.events.front();
    });
}

/// The sections in the order of their first events.
std::vector<Section> sections_of(Trace const& trace) {
    std::vector<Section> sections;
    std::vector<Event const*> changes;
    std::map<MessageId, std::size_t> places;
    for (Event const& event : trace.events) {
        MessageId const about = std::visit(MessageOf{trace}, event.happening);
        if (!about.valid()) {
            changes.push_back(&event);
            continue;
        }
        MessageId const root = root_of(trace, about);
        auto const [place, is_new] = places.try_emplace(root, sections.size());
        if (is_new)
            sections.push_back({root, {}});
        sections[place->second].events.push_back(&event);
    }
    place_changes(sections, changes);
    return sections;
}

void tell_chapter(World const& world, Trace const& trace, TraceIndex const& index, Detail detail, Page& page,
                  std::vector<Event const*> const& events) {
    Instant const start = events.front()->at;
    std::size_t time_column = 0;
    for (Event const* event : events)
        time_column = std::max(time_column, character_count(say_duration(event->at - start)));
    Chapter chapter{world, trace, index, detail, page, start, time_column};
    for (Episode const& episode : episodes_of(trace, events)) {
        if (episode.repeated_tries > 0)
            chapter.tell_repetition(episode.repeated_tries, *episode.events.back());
        else
            for (Event const* event : episode.events)
                chapter.tell(*event);
    }
    page.blank();
}

void tell_chapters(World const& world, Trace const& trace, TraceIndex const& index, Detail detail,
                   Page& page) {
    std::vector<Section> const sections = sections_of(trace);
    for (Section const& section : sections) {
        Event const& first = *section.events.front();
        if (!section.message.valid()) {
            auto const& changed = std::get<WorldChanged>(first.happening);
            page.line(fmt::format("At {}: {}", say_instant(first.at), change_words(world, changed.change)),
                      Tone::strong);
            page.blank();
            continue;
        }
        Message const& message = trace.messages[section.message];
        bool const at_the_start = first.at == Instant{};
        if (sections.size() > 1 || !at_the_start)
            page.line(fmt::format("{}: {} to {}{}", world.mail[message.mail].id,
                                  label_of(world, message.origin), recipient_list(world, trace, message),
                                  at_the_start ? "" : fmt::format(", sent at {}", say_instant(first.at))),
                      Tone::strong);
        tell_chapter(world, trace, index, detail, page, section.events);
    }
}

} // namespace

std::string story(World const& world, Trace const& trace, Detail detail, Colour colour) {
    Page page{colour};
    page.line(world.title, Tone::strong);
    if (!world.summary.empty())
        page.line(world.summary);
    page.blank();
    Summary const summary = summarize(world, trace);
    if (detail == Detail::magic) {
        tell_magic(world, trace, summary, page);
    } else {
        tell_chapters(world, trace, summary.index, detail, page);
        tell_outcomes(world, trace, summary, page);
        tell_advice(world, trace, summary, page);
    }
    tell_expectations(world, trace, summary, page);
    return page.text();
}

} // namespace mailflow
