#include "report/story/story.hpp"

#include "report/crowds.hpp"
#include "report/spam.hpp"
#include "report/story/chapter.hpp"
#include "report/story/check_choice.hpp"
#include "report/story/concern.hpp"
#include "report/story/endings.hpp"
#include "report/story/episode.hpp"
#include "report/story/section.hpp"
#include "report/words/spoken_time.hpp"
#include "report/words/words.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <map>

namespace mailflow {

namespace {

/// What an event is about: a message, or somebody looking for mail, or both; neither for changes of the
/// world.
struct About {
    MessageId message;
    MailCheckId check;
};

struct AboutOf {
    Trace const& trace;

    About operator()(MessageSubmitted const& e) const { return {e.message, {}}; }
    About operator()(ConnectionOpened const& e) const { return of(e.session); }
    About operator()(ConnectionEstablished const& e) const { return of(e.session); }
    About operator()(ConnectionFailed const& e) const { return of(e.session); }
    About operator()(CommandSent const& e) const { return of(e.session); }
    About operator()(DecisionMade const& e) const { return of(trace.decisions[e.decision].session); }
    About operator()(ReplySent const& e) const { return of(e.session); }
    About operator()(SessionClosed const& e) const { return of(e.session); }
    About operator()(LookupSent const& e) const { return of(e.lookup); }
    About operator()(LookupAnswered const& e) const { return of(e.lookup); }
    About operator()(LookupTimedOut const& e) const { return of(e.lookup); }
    About operator()(MessageQueued const& e) const { return of(e.entry); }
    About operator()(AliasFollowed const& e) const { return of(e.entry); }
    About operator()(MessageDeferred const& e) const { return of(trace.deferrals[e.deferral].entry); }
    About operator()(MessageDequeued const& e) const { return of(e.entry); }
    About operator()(MessageFiled const& e) const { return of(e.recipient); }
    About operator()(BounceWritten const& e) const { return of(e.about); }
    About operator()(DelayWarningWritten const& e) const { return of(e.about); }
    About operator()(AddressListed const&) const { return {}; }
    About operator()(AddressDelisted const&) const { return {}; }
    About operator()(WorldChanged const&) const { return {}; }
    About operator()(RecipientSettled const& e) const { return of(e.recipient); }
    About operator()(MailCheckStarted const& e) const { return {{}, e.check}; }
    About operator()(AccessCommandSent const& e) const { return of(e.session); }
    About operator()(AccessReplySent const& e) const { return of(e.session); }
    About operator()(MessageFetched const& e) const { return {of(e.recipient).message, e.check}; }
    About operator()(MessageRemoved const& e) const { return {of(e.recipient).message, e.check}; }
    About operator()(MailCheckEnded const& e) const { return {{}, e.check}; }

    [[nodiscard]] About of(SessionId id) const {
        return {trace.sessions[id].message, trace.sessions[id].check};
    }
    [[nodiscard]] About of(LookupId id) const { return {trace.lookups[id].message, trace.lookups[id].check}; }
    [[nodiscard]] About of(QueueEntryId id) const { return {trace.entries[id].message, {}}; }
    [[nodiscard]] About of(RecipientId id) const { return {trace.recipients[id].message, {}}; }
};

bool is_about_one_of_many(Trace const& trace, Section const& section) {
    return section.message.valid() && is_one_of_many(trace.messages[section.message]);
}

/// Whether the spam of the section was on its way when an address came to stand on a blocklist, and is then
/// refused for it: the refusal is not to be understood before the listing is told.
bool is_refused_for(Trace const& trace, Section const& section, Event const& change) {
    auto const* const listed = std::get_if<AddressListed>(&change.happening);
    if (listed == nullptr)
        return false;
    Listing const& listing = trace.listings[listed->listing];
    return std::any_of(section.events.begin(), section.events.end(), [&](Event const* event) {
        auto const* const made = std::get_if<DecisionMade>(&event->happening);
        if (made == nullptr || event < &change)
            return false;
        DecisionRecord const& record = trace.decisions[made->decision];
        return record.listed_on && trace.sessions[record.session].client_address == listing.address;
    });
}

/// So often at most is it asked whether a change has to do with a message. With more of them than anybody
/// reads, each has a section of its own.
constexpr std::size_t most_changes_weighed = 200'000;

/// Puts each change into every section that goes on before and after it and has to do with it, or else into
/// one of its own. What a blocklist does has one of its own in any case; the spam that brought it about is
/// told before, and such spam as the listing met on its way has it within, too.
void place_changes(World const& world, Trace const& trace, std::vector<Section>& sections,
                   std::vector<Event const*> const& changes) {
    auto const begins_before = [](Section const& one, Section const& other) {
        return one.events.front() < other.events.front();
    };
    std::sort(sections.begin(), sections.end(), begins_before);
    std::vector<std::vector<Event const*>> within(sections.size());
    std::vector<Section> alone;
    std::vector<std::size_t> going_on;       // sections, as of the change that is being placed
    std::map<std::size_t, Concern> concerns; // of those that go on while something changes
    std::size_t begun = 0;
    std::size_t weighed = 0;
    for (Event const* change : changes) {
        bool const is_change = std::holds_alternative<WorldChanged>(change->happening);
        bool placed = false;
        while (begun < sections.size() && sections[begun].events.front() < change)
            going_on.push_back(begun++);
        std::erase_if(going_on, [&](std::size_t i) { return sections[i].events.back() < change; });
        if (weighed + going_on.size() > most_changes_weighed)
            going_on.clear();
        for (std::size_t const i : going_on) {
            if (!is_change && is_about_one_of_many(trace, sections[i]) &&
                !is_refused_for(trace, sections[i], *change))
                continue;
            ++weighed;
            if (!concerns.try_emplace(i, world, trace, sections[i]).first->second.in(*change))
                continue;
            within[i].push_back(change);
            placed = is_change;
        }
        if (!placed)
            alone.push_back({.message = {}, .events = {change}});
    }
    for (std::size_t i = 0; i < within.size(); ++i) {
        std::vector<Event const*>& events = sections[i].events;
        auto const own = static_cast<std::ptrdiff_t>(events.size());
        events.insert(events.end(), within[i].begin(), within[i].end());
        std::inplace_merge(events.begin(), events.begin() + own, events.end());
    }
    std::move(alone.begin(), alone.end(), std::back_inserter(sections));
    std::sort(sections.begin(), sections.end(), begins_before);
}

/// The sections in the order of their first events.
std::vector<Section> sections_of(World const& world, Trace const& trace, Summary const& summary,
                                 Detail detail) {
    std::vector<Section> sections;
    std::vector<Event const*> changes;
    std::map<MessageId, std::size_t> places;
    std::map<MailCheckId, std::size_t> check_places;
    std::vector<bool> const told = checks_worth_telling(world, trace, detail);
    for (Event const& event : trace.events) {
        About const about = std::visit(AboutOf{trace}, event.happening);
        if (about.check.valid() && told[about.check.index]) {
            auto const [place, is_new] = check_places.try_emplace(about.check, sections.size());
            if (is_new)
                sections.push_back({.message = {}, .check = about.check, .events = {}});
            sections[place->second].events.push_back(&event);
        }
        if (about.message.valid()) {
            MessageId const root = root_of(trace, about.message);
            auto const [place, is_new] = places.try_emplace(root, sections.size());
            if (is_new)
                sections.push_back({.message = root, .events = {}});
            sections[place->second].events.push_back(&event);
        }
        if (std::holds_alternative<WorldChanged>(event.happening) ||
            std::holds_alternative<AddressListed>(event.happening) ||
            std::holds_alternative<AddressDelisted>(event.happening))
            changes.push_back(&event);
    }
    fold_spam(world, trace, summary, sections);
    place_changes(world, trace, sections, changes);
    return sections;
}

/// The line above a section; empty where none is needed.
std::string heading(World const& world, Trace const& trace, Section const& section, bool is_only_one) {
    Instant const start = section.events.front()->at;
    std::string const when = start == Instant{} ? "" : ", " + say_after(start);
    if (section.check.valid()) {
        std::string const& who = label_of(world, trace.checks[section.check].device);
        return fmt::format("{} looks for mail{}", who, when);
    }
    if (is_only_one && when.empty())
        return {};
    Message const& message = trace.messages[section.message];
    return fmt::format("{} to {}{} ({})", label_of(world, message.origin),
                       recipient_list(world, trace, message), when, message_id(world, message));
}

void tell_chapter(World const& world, Trace const& trace, TraceIndex const& index, Detail detail, Page& page,
                  SlowNetworks& slow, std::vector<Event const*> const& events) {
    Instant const start = events.front()->at;
    std::size_t time_column = 0;
    for (Event const* event : events)
        time_column = std::max(time_column, character_count(say_clock(event->at - start)));
    Chapter chapter{world, trace, index, detail, page, slow, start, time_column};
    for (Episode const& episode : episodes_of(trace, events)) {
        if (episode.rounds)
            chapter.tell_rounds(*episode.rounds);
        else if (episode.repeated_tries > 0)
            chapter.tell_repetition(episode.repeated_tries, episode.side_by_side, *episode.events.back());
        else
            for (Event const* event : episode.events)
                chapter.tell(*event);
    }
    page.blank();
}

/// The spam for which the section stands.
void tell_alike(Section const& section, Page& page) {
    if (section.alike == 0 && section.others == 0)
        return;
    if (section.alike > 0)
        page.line(fmt::format("{} more went the same way{}; the last was sent {}.", section.alike,
                              section.ends_differ ? ", each to the server of its recipient" : "",
                              say_after(section.last_alike)),
                  Tone::strong);
    if (section.others > 0)
        page.line(fmt::format("{} more went other ways.", section.others), Tone::strong);
    page.blank();
}

void tell_chapters(World const& world, Trace const& trace, Summary const& summary, Detail detail,
                   Page& page) {
    TraceIndex const& index = summary.index;
    std::vector<Section> const sections = sections_of(world, trace, summary, detail);
    SlowNetworks slow;
    for (Section const& section : sections) {
        Event const& first = *section.events.front();
        if (!section.message.valid() && !section.check.valid()) {
            page.line(fmt::format("After {}: {}", say_roughly(first.at.since_start),
                                  with_capital(sentence(world, trace, first))),
                      Tone::strong);
            page.blank();
            continue;
        }
        std::string const above = heading(world, trace, section, sections.size() == 1);
        if (!above.empty())
            page.line(above, Tone::strong);
        tell_chapter(world, trace, index, detail, page, slow, section.events);
        tell_alike(section, page);
    }
}

} // namespace

std::string story(World const& world, Trace const& trace, Detail detail, Colour colour,
                  std::size_t characters) {
    Page page{colour, characters};
    page.line(world.title, Tone::strong);
    if (!world.summary.empty())
        page.line(world.summary);
    page.blank();
    Summary const summary = summarize(world, trace);
    if (detail == Detail::magic) {
        tell_magic(world, trace, summary, page);
        tell_spam_magic(world, trace, summary, page);
        tell_crowds(world, trace, summary, page);
    } else {
        tell_chapters(world, trace, summary, detail, page);
        tell_outcomes(world, trace, summary, page);
        tell_spam(world, trace, summary, page);
        tell_crowds(world, trace, summary, page);
        tell_origins(world, trace, summary, page);
        tell_advice(world, trace, summary, page);
    }
    tell_expectations(world, trace, summary, page);
    return page.text();
}

} // namespace mailflow
