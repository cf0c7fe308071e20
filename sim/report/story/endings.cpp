#include "report/story/endings.hpp"

#include "base/text.hpp"
#include "report/advice/list.hpp"
#include "report/expect.hpp"
#include "report/spam.hpp"
#include "report/story/chapter.hpp"
#include "report/story/repeats.hpp"
#include "report/words/magic_words.hpp"
#include "report/words/outcome_words.hpp"
#include "report/words/spoken_time.hpp"
#include "report/words/words.hpp"

#include <fmt/format.h>

namespace mailflow {

namespace {

std::string_view mark_of(Outcome outcome) {
    switch (outcome) {
    case Outcome::delivered: return "  ✓ ";
    case Outcome::queued: return "  … ";
    case Outcome::refused:
    case Outcome::bounced:
    case Outcome::discarded: break;
    }
    return "  ✗ ";
}

Tone tone_of(Outcome outcome) {
    return outcome == Outcome::delivered ? Tone::good : outcome == Outcome::queued ? Tone::plain : Tone::bad;
}

/// The devices that have it.
std::vector<std::string> fetchers(World const& world, RecipientSummary const& came) {
    std::vector<std::string> names;
    for (Fetch const& fetch : came.fetches)
        names.push_back(label_of(world, fetch.device));
    return names;
}

/// "After 3 h ": what happens at the start needs no time.
std::string later(Instant at) {
    return at.since_start < std::chrono::minutes{1} ? std::string{}
                                                    : fmt::format("After {} ", say_roughly(at.since_start));
}

/// "Maya → mail.isp.example → mx1.shop.example"; where a message went in a circle:
/// "Maya → (mx.a.example → mx.b.example) × 12".
std::string way_of(World const& world, RecipientSummary const& came) {
    std::vector<std::uint32_t> hosts;
    for (HostId const host : came.path)
        hosts.push_back(host.index);
    std::vector<std::string> steps;
    auto const tell = [&](std::size_t first, std::size_t last, std::vector<std::string>& into) {
        for (std::size_t i = first; i < last; ++i)
            into.push_back(label_of(world, came.path[i]));
    };
    std::size_t told = 0;
    for (Repeat const& repeat : repeats_in(hosts)) {
        tell(told, repeat.first, steps);
        std::vector<std::string> circle;
        tell(repeat.first, repeat.first + repeat.period, circle);
        steps.push_back(fmt::format("({}) × {}", fmt::join(circle, " → "), repeat.rounds));
        told = repeat.first + repeat.period * repeat.rounds;
    }
    tell(told, came.path.size(), steps);
    return fmt::format("{}", fmt::join(steps, " → "));
}

/// When the queue tries again, counted like everything that is told of the message.
std::string next_try(World const& world, Trace const& trace, RecipientSummary const& came) {
    Deferral const& deferral = trace.deferrals[came.deferral];
    if (HostId const holder = stopped_holder(world, trace, came); holder.valid())
        return fmt::format("no next try before {} is up again", label_of(world, holder));
    if (is_frozen(deferral))
        return "frozen: not tried again until the postmaster looks at it";
    return "next try after " + say_roughly(deferral.next_try - came.submitted_at);
}

/// " after 3 h": what comes at once needs no time.
std::string waited(RecipientSummary const& came, Instant until) {
    Duration const time = until - came.submitted_at;
    return time < std::chrono::minutes{1} ? std::string{} : " after " + say_roughly(time);
}

/// When the writer comes to know of it: as the mail program fetches it, if one looks into the mailbox.
std::optional<Instant> seen_at(World const& world, Trace const& trace, RecipientSummary const& came,
                               Tidings const& notice) {
    Message const& message = trace.messages[trace.recipients[came.recipient].message];
    bool const is_fetched = world.people[world.mail[message.mail].from].incoming.has_value();
    return is_fetched ? notice.fetched : notice.filed;
}

/// The same for somebody who sees no servers.
std::string_view magic_reason_words(World const& world, Trace const& trace, Summary const& summary,
                                    RecipientSummary const& came) {
    std::string_view const why = reason_words(world, trace, summary, came);
    std::string_view const plain = came.settled ? plain_words(*came.settled) : plain_words(came.reason);
    if (why != plain)
        return why;
    return came.settled ? magic_reason(*came.settled) : magic_reason(came.reason);
}

/// Of a message of which a bounce has come back.
std::string back_words(World const& world, Trace const& trace, RecipientSummary const& came,
                       std::string_view why) {
    auto const seen = seen_at(world, trace, came, *came.returned);
    return fmt::format("It comes back{}: a bounce{} tells {} that it did not reach {} ({}).",
                       waited(came, seen.value_or(came.returned->filed)),
                       seen ? "" : ", which nobody has fetched so far,", label_of(world, came.path.front()),
                       world.book.text(trace.recipients[came.recipient].address), why);
}

/// How the outcome looks to somebody who sees no servers.
std::string magic_ending(World const& world, Trace const& trace, Summary const& summary,
                         RecipientSummary const& came) {
    Recipient const& recipient = trace.recipients[came.recipient];
    std::string const& writer = label_of(world, trace.messages[recipient.message].origin);
    std::string const& whom = world.book.text(recipient.address);
    std::string_view const why = magic_reason_words(world, trace, summary, came);
    switch (came.outcome) {
    case Outcome::delivered: {
        AddressId const mailbox = summary.index.settling[came.recipient.index].address;
        if (!came.fetches.empty())
            return fmt::format("It arrives in the mailbox of {}{}, and is fetched by {}.",
                               world.book.text(mailbox), waited(came, *came.settled_at),
                               join_words(fetchers(world, came)));
        return magic_arrival(world, trace, came.recipient, mailbox, waited(came, *came.settled_at)) + '.';
    }
    case Outcome::refused: return magic_refusal(world, trace, came.recipient, why) + '.';
    case Outcome::bounced:
        if (came.bounce == Outcome::delivered)
            return back_words(world, trace, came, why);
        if (came.bounce == Outcome::queued)
            return magic_return(world, trace, came.recipient, why) + '.';
        return fmt::format("It is lost: it did not reach {} ({}), and the bounce never found {}.", whom, why,
                           writer);
    case Outcome::queued:
        if (stopped_holder(world, trace, came).valid())
            return fmt::format("It is held up on its way to {}: the server that has it is down.", whom);
        if (came.deferral.valid())
            return fmt::format("It is still on its way to {}, and has to wait ({}).", whom, why);
        return fmt::format("It is still on its way to {}.", whom);
    case Outcome::discarded: return magic_loss(world, trace, came.recipient, why) + '.';
    }
    return {};
}

} // namespace

void tell_magic(World const& world, Trace const& trace, Summary const& summary, Page& page) {
    MessageId current;
    std::uint32_t told_changes = 0;
    // What somebody does meanwhile, if the author has words for it: others would speak of servers.
    auto const tell_changes = [&](Instant until, std::string_view mark) {
        for (; told_changes < world.changes.size() && world.changes[ChangeId{told_changes}].at <= until;
             ++told_changes)
            if (Change const& change = world.changes[ChangeId{told_changes}];
                !change.note.empty() && change.at <= trace.ended_at)
                page.item(std::string{mark},
                          fmt::format("{}{}.", later(change.at),
                                      later(change.at).empty() ? with_capital(change.note) : change.note));
    };
    for (RecipientSummary const& came : summary.recipients) {
        Recipient const& recipient = trace.recipients[came.recipient];
        Message const& message = trace.messages[recipient.message];
        if (recipient.message != current) {
            if (current.valid())
                page.blank();
            current = recipient.message;
            std::uint32_t const before = told_changes;
            tell_changes(came.submitted_at, "");
            if (told_changes > before)
                page.blank();
            std::string const& subject = world.mail[message.mail].subject;
            page.line(fmt::format("{}{} writes {} to {}.", later(came.submitted_at),
                                  label_of(world, message.origin),
                                  subject.empty() ? "a message" : fmt::format("\"{}\"", subject),
                                  recipient_list(world, trace, message)));
            page.line("    · · · magic · · ·", Tone::faint);
        }
        for (Tidings const& warning : came.warnings)
            if (auto const seen = seen_at(world, trace, came, warning))
                page.item("  … ",
                          fmt::format("After {} a letter warns {} that it has not reached {} so far.",
                                      say_roughly(*seen - came.submitted_at), label_of(world, message.origin),
                                      world.book.text(recipient.address)));
        tell_changes(came.settled_at.value_or(trace.ended_at), "  * ");
        page.item(mark_of(came.outcome), magic_ending(world, trace, summary, came), tone_of(came.outcome));
    }
    if (current.valid())
        page.blank();
    std::uint32_t const before = told_changes;
    tell_changes(trace.ended_at, "");
    if (told_changes > before)
        page.blank();
}

void tell_outcomes(World const& world, Trace const& trace, Summary const& summary, Page& page) {
    if (summary.recipients.empty())
        return;
    auto const message_of = [&](RecipientSummary const& came) -> Message const& {
        return trace.messages[trace.recipients[came.recipient].message];
    };
    bool const several =
        message_of(summary.recipients.front()).mail != message_of(summary.recipients.back()).mail;
    page.line("What became of it", Tone::strong);
    for (RecipientSummary const& came : summary.recipients) {
        bool const delivered = came.outcome == Outcome::delivered;
        std::string const words =
            fmt::format("{}: {}", whose_words(world, trace, came, several ? Named::yes : Named::no),
                        outcome_words(world, trace, summary, came));
        page.item(mark_of(came.outcome), words, tone_of(came.outcome));
        if (auto const reply = last_reply(world, trace, summary, came); reply && !delivered)
            page.item("    ", fmt::format("by {}: {}", speaker_of(world, trace, came), to_line(*reply)));
        if (came.deferral.valid() && !came.settled)
            page.item("    ", next_try(world, trace, came));
        page.item("    ", "way: " + way_of(world, came));
        for (Fetch const& fetch : came.fetches)
            page.item("    ", fmt::format("fetched by {} after {}{}", label_of(world, fetch.device),
                                          say_roughly(fetch.at - came.submitted_at),
                                          fetch.deleted ? ", and deleted on the server" : ""));
        if (came.bounce == Outcome::discarded)
            page.item("    ", "The bounce about it could not be delivered either.");
        if (came.bounce == Outcome::queued)
            page.item("    ", "The bounce about it is still on its way.");
    }
    page.blank();
}

/// Each piece of advice once, however many recipients it would help.
void tell_advice(World const& world, Trace const& trace, Summary const& summary, Page& page) {
    Adviser const adviser{world, trace};
    AdviceList list;
    auto const add = [&](RecipientSettled const& settled, Instant at, bool in_stopped_queue) {
        auto const advice = adviser.advise(settled, at);
        // A queue that stands still does not try again, so that nobody has just to wait.
        if (advice && !(in_stopped_queue && advice->culprit == "nobody"))
            list.add(*advice);
    };
    for (Event const& event : trace.events)
        if (auto const* settled = std::get_if<RecipientSettled>(&event.happening))
            add(*settled, event.at, false);
    for (RecipientSummary const& came : summary.recipients) {
        HostId const holder = stopped_holder(world, trace, came);
        if (!came.settled && came.deferral.valid())
            add(as_if_settled(trace.deferrals[came.deferral]),
                summary.index.deferring[came.deferral.index].at, holder.valid());
        if (holder.valid())
            list.add(advise_on_stopped_queue(world, holder));
    }
    for (Advice const& advice : advise_on_looks(world, trace))
        list.add(advice);
    for (Advice const& advice : advise_on_spam(world, trace, summary))
        list.add(advice);
    auto const lines = list.lines();
    if (lines.empty())
        return;
    page.line("Who has to mend it", Tone::strong);
    for (std::string const& line : lines)
        page.item("  • ", line);
    page.blank();
}

void tell_expectations(World const& world, Trace const& trace, Summary const& summary, Page& page) {
    Verification const result = verify(world, trace, summary);
    std::size_t const all = result.met + result.failed.size();
    if (all == 0)
        return;
    if (result.failed.empty()) {
        page.item("✓ ",
                  all == 1   ? "It came out as expected."
                  : all == 2 ? "Both expectations are met."
                             : fmt::format("All {} expectations are met.", all),
                  Tone::good);
        return;
    }
    page.item(
        "✗ ",
        fmt::format("{} not met, of {}:", count_of(result.failed.size(), "expectation", "expectations"), all),
        Tone::bad);
    for (std::string const& sentence : result.failed)
        page.item("  • ", sentence);
}

} // namespace mailflow
