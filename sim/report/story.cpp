#include "report/story.hpp"

#include "report/chapter.hpp"
#include "report/endings.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

namespace mailflow {

namespace {

/// The message that an event is about.
struct MessageOf {
    Trace const& trace;

    MessageId operator()(MessageSubmitted const& e) const { return e.message; }
    MessageId operator()(ConnectionOpened const& e) const { return of(e.session); }
    MessageId operator()(ConnectionEstablished const& e) const { return of(e.session); }
    MessageId operator()(ConnectionRefused const& e) const { return of(e.session); }
    MessageId operator()(CommandSent const& e) const { return of(e.session); }
    MessageId operator()(DecisionMade const& e) const { return of(trace.decisions[e.decision].session); }
    MessageId operator()(ReplySent const& e) const { return of(e.session); }
    MessageId operator()(SessionClosed const& e) const { return of(e.session); }
    MessageId operator()(LookupSent const& e) const { return trace.lookups[e.lookup].message; }
    MessageId operator()(LookupAnswered const& e) const { return trace.lookups[e.lookup].message; }
    MessageId operator()(MessageQueued const& e) const { return trace.entries[e.entry].message; }
    MessageId operator()(MessageDequeued const& e) const { return trace.entries[e.entry].message; }
    MessageId operator()(MessageFiled const& e) const { return trace.recipients[e.recipient].message; }
    MessageId operator()(BounceWritten const& e) const { return trace.entries[e.about].message; }
    MessageId operator()(RecipientSettled const& e) const { return trace.recipients[e.recipient].message; }

    [[nodiscard]] MessageId of(SessionId session) const { return trace.sessions[session].message; }
};

/// The handed-in message that this one is, or goes back to as a bounce.
MessageId root_of(Trace const& trace, MessageId id) {
    while (is_bounce(trace.messages[id]))
        id = trace.entries[trace.messages[id].about].message;
    return id;
}

/// The events of each handed-in message, in the order in which the messages were sent.
std::vector<std::vector<Event const*>> chapters_of(Trace const& trace) {
    std::vector<std::vector<Event const*>> chapters;
    std::map<MessageId, std::size_t> places;
    for (Event const& event : trace.events) {
        MessageId const root = root_of(trace, std::visit(MessageOf{trace}, event.happening));
        auto const [place, is_new] = places.try_emplace(root, chapters.size());
        if (is_new)
            chapters.emplace_back();
        chapters[place->second].push_back(&event);
    }
    return chapters;
}

void tell_chapter(World const& world, Trace const& trace, Detail detail, Page& page,
                  std::vector<Event const*> const& events) {
    Instant const start = events.front()->at;
    std::size_t time_column = 0;
    for (Event const* event : events)
        time_column = std::max(time_column, character_count(say_duration(event->at - start)));
    Chapter chapter{world, trace, detail, page, start, time_column};
    for (Event const* event : events)
        chapter.tell(*event);
    page.blank();
}

void tell_chapters(World const& world, Trace const& trace, Detail detail, Page& page) {
    auto const chapters = chapters_of(trace);
    for (auto const& events : chapters) {
        Event const& first = *events.front();
        Message const& message =
            trace.messages[root_of(trace, std::visit(MessageOf{trace}, first.happening))];
        bool const at_the_start = first.at == Instant{};
        if (chapters.size() > 1 || !at_the_start)
            page.line(fmt::format("{}: {} to {}{}", world.mail[message.mail].id,
                                  label_of(world, message.origin), recipient_list(world, trace, message),
                                  at_the_start ? "" : fmt::format(", sent at {}", say_instant(first.at))),
                      Tone::strong);
        tell_chapter(world, trace, detail, page, events);
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
        tell_chapters(world, trace, detail, page);
        tell_outcomes(world, trace, summary, page);
        tell_advice(world, trace, page);
    }
    tell_expectations(world, trace, summary, page);
    return page.text();
}

} // namespace mailflow
