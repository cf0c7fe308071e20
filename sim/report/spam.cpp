#include "report/spam.hpp"

#include "base/text.hpp"
#include "report/probe.hpp"
#include "report/received.hpp"
#include "report/words/magic_words.hpp"
#include "report/words/spoken_time.hpp"
#include "report/words/words.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <compare>
#include <map>
#include <set>

namespace mailflow {

namespace {

SpammerId spammer_of(Trace const& trace, RecipientSummary const& came) {
    return trace.messages[trace.recipients[came.recipient].message].spammer;
}

/// "100 messages to leo@shop.example", "20 messages, each to 3 addresses", "200 messages to 200 guessed names
/// at shop.example".
std::string mail_and_targets(World const& world, Spammer const& spammer, std::size_t count,
                             Detail detail = Detail::servers) {
    std::string const messages = count_of(count, "message", "messages");
    if (spammer.to.empty())
        return fmt::format("{} to {}, its own drop box", messages, world.book.text(spammer.probe->drop));
    if (guesses_names(spammer))
        return detail == Detail::magic
                   ? fmt::format("{} to {} at {}, which it makes up", messages,
                                 count_of(spammer.to.size(), "address", "addresses"),
                                 world.book.name(world.book[spammer.to.front()].domain))
                   : fmt::format("{} to {} at {}", messages,
                                 count_of(spammer.to.size(), "guessed name", "guessed names"),
                                 world.book.name(world.book[spammer.to.front()].domain));
    if (spammer.to.size() == 1)
        return fmt::format("{} to {}", messages, world.book.text(spammer.to.front()));
    if (spammer.is_drawn)
        return fmt::format("{}, each to one of {} addresses", messages, spammer.to.size());
    std::size_t const each = spammer.to.size();
    if (spammer.guesses || count == 1)
        return fmt::format("{} to {} addresses", messages, each);
    return fmt::format("{}, each to {} addresses: {} copies", messages, each, count * each);
}

std::string way_words(World const& world, Trace const& trace, SpammerId id) {
    Spammer const& spammer = world.spammers[id];
    switch (spammer.way) {
    case SpamWay::probe:
        if (ProbeTry const* const relay = relay_found(world, trace, id))
            return fmt::format("through {}", world.hosts[world.servers[relay->server].host].name);
        break;
    case SpamWay::through:
        return fmt::format("through {}", world.hosts[world.servers[spammer.server].host].name);
    case SpamWay::account:
        return fmt::format("with the account {} of {}", spammer.account.user,
                           world.hosts[world.servers[spammer.server].host].name);
    case SpamWay::direct: break;
    }
    return "straight to the servers of its victims";
}

/// The domain that does not exist may be the sender's.
struct Kind {
    Outcome outcome;
    Reason reason;
    bool about_sender;

    auto operator<=>(Kind const&) const = default;
};

Kind kind_of(RecipientSummary const& came) {
    return {came.outcome, came.reason, came.settled && is_about_sender(came.settled->saying)};
}

/// Whether each of its messages goes to several addresses, so that more arrives than it sends.
bool sends_copies(Spammer const& spammer) {
    return spammer.to.size() > 1 && !spammer.guesses && !spammer.is_drawn && !guesses_names(spammer);
}

/// " (no such domain)"; nothing where there was no trouble.
std::string why(Kind const& kind) {
    if (kind.reason == Reason::none)
        return {};
    return fmt::format(" ({}{})", kind.about_sender ? "the sender's domain: " : "", plain_words(kind.reason));
}

/// The same for somebody who sees no servers.
std::string magic_why(Kind const& kind) {
    return kind.about_sender || kind.reason == Reason::none ? why(kind)
                                                            : fmt::format(" ({})", magic_reason(kind.reason));
}

using OutcomeCounts = std::map<Kind, std::size_t>;

OutcomeCounts count_outcomes(Trace const& trace, Summary const& summary, SpammerId id) {
    OutcomeCounts counts;
    for (RecipientSummary const& came : summary.spam)
        if (spammer_of(trace, came) == id)
            ++counts[kind_of(came)];
    return counts;
}

/// How it looks to somebody who sees no servers.
std::string magic_words(Outcome outcome, std::size_t count, bool are_copies) {
    bool const one = count == 1;
    std::string const spam = fmt::format("{}{}", count, !are_copies ? "" : one ? " copy" : " copies");
    switch (outcome) {
    case Outcome::delivered: return fmt::format("✓ {} {}", spam, one ? "arrives" : "arrive");
    case Outcome::refused: return fmt::format("✗ {} {} refused", spam, one ? "is" : "are");
    case Outcome::bounced: return fmt::format("✗ {} {} not arrive", spam, one ? "does" : "do");
    case Outcome::queued: return fmt::format("… {} {} still on the way", spam, one ? "is" : "are");
    case Outcome::discarded: return fmt::format("✗ {} {} gone", spam, one ? "is" : "are");
    }
    return {};
}

/// When the first message after so many was sent.
Instant first_spam(Trace const& trace, SpammerId id, std::size_t before) {
    for (Event const& event : trace.events)
        if (auto const* const sent = std::get_if<MessageSubmitted>(&event.happening)) {
            Message const& message = trace.messages[sent->message];
            if (message.kind == MessageKind::spam && message.spammer == id && message.number == before + 1)
                return event.at;
        }
    return {};
}

/// A line for each outcome and reason: "990 bounced (the sending machine is on a blocklist)".
std::vector<std::string> outcome_lines(OutcomeCounts const& counts, bool are_copies) {
    std::vector<std::string> lines;
    for (auto const& [kind, count] : counts)
        lines.push_back(fmt::format("{}{} {}{}", count,
                                    !are_copies  ? ""
                                    : count == 1 ? " copy"
                                                 : " copies",
                                    name_of(kind.outcome), why(kind)));
    return lines;
}

/// The servers that have refused the spammer names which they do not know. One that takes them all and
/// returns them later tells it nothing, for its address is not on them.
std::set<HostId> servers_that_tell(Trace const& trace, Summary const& summary, SpammerId id) {
    std::set<HostId> telling;
    for (RecipientSummary const& came : summary.spam)
        if (spammer_of(trace, came) == id && came.outcome == Outcome::refused &&
            came.reason == Reason::unknown_user)
            telling.insert(came.by);
    return telling;
}

/// The first of the guessed names that were right: "leo, maya and 3 more".
std::string names_found(World const& world, Trace const& trace, Summary const& summary, SpammerId id) {
    constexpr std::size_t most_named = 5;
    std::set<AddressId> found;
    std::vector<std::string> names;
    std::set<HostId> const telling = servers_that_tell(trace, summary, id);
    for (RecipientSummary const& came : summary.spam) {
        AddressId const to = trace.recipients[came.recipient].address;
        if (spammer_of(trace, came) == id && came.outcome == Outcome::delivered && !came.hops.empty() &&
            telling.contains(came.hops.front().server) && found.insert(to).second &&
            names.size() < most_named)
            names.push_back(world.book.name(world.book[to].local_part));
    }
    if (found.size() > names.size())
        names.push_back(fmt::format("{} more", found.size() - names.size()));
    return join_words(names);
}

/// Of a prober's: the spam without the tries.
OutcomeCounts count_spam_itself(World const& world, Trace const& trace, Summary const& summary,
                                SpammerId id) {
    OutcomeCounts counts = count_outcomes(trace, summary, id);
    if (world.spammers[id].probe)
        for (RecipientSummary const* const came : tries_of(trace, summary, world, id))
            if (auto const place = counts.find(kind_of(*came)); --place->second == 0)
                counts.erase(place);
    return counts;
}

void tell_sent(World const& world, Trace const& trace, Summary const& summary, SpammerId id, Page& page) {
    Spammer const& spammer = world.spammers[id];
    SpammerNumbers const& counts = summary.spammers[id];
    Host const& host = world.hosts[spammer.host];
    std::size_t const tries = spammer.probe ? spammer.probe->tries.size() : 0;
    if (tries > 0)
        tell_probe(world, trace, summary, id, page);
    if (counts.messages <= tries)
        return;
    Instant const from = first_spam(trace, id, tries);
    std::string const span = say_after(counts.last_sent) == say_after(from)
                                 ? say_after(from)
                                 : fmt::format("from {} to {}", say_roughly(from.since_start),
                                               say_roughly(counts.last_sent.since_start));
    page.item("  • ", fmt::format("{} ({}, {}) sent {}, {}, {}:", spammer.name, to_text(host.address),
                                  within_sentence(world.networks[host.network].label),
                                  mail_and_targets(world, spammer, counts.messages - tries),
                                  way_words(world, trace, id), span));
    for (std::string const& line :
         outcome_lines(count_spam_itself(world, trace, summary, id), sends_copies(spammer)))
        page.item("      ", line);
    if (guesses_names(spammer))
        if (std::string const hits = names_found(world, trace, summary, id); !hits.empty())
            page.item("      ", fmt::format("Now the spammer knows who is there: {}.", hits));
}

/// The servers that had spam, or bounces about it, to pass on, and in whose queues it piled up.
void tell_queues(World const& world, Trace const& trace, Summary const& summary, Page& page) {
    constexpr std::size_t worth_telling = 5;
    std::set<HostId> passing_on;
    for (Session const& session : trace.sessions)
        if (session.entry.valid() &&
            trace.messages[root_of(trace, session.message)].kind == MessageKind::spam)
            passing_on.insert(session.client);
    for (HostId const host : passing_on) {
        std::size_t const peak = summary.servers[world.hosts[host].server].queued_peak;
        if (peak >= worth_telling)
            page.item("  • ", fmt::format("The queue of {} grew to {} messages, spam and bounces about it "
                                          "included.",
                                          world.hosts[host].name, peak));
    }
}

void tell_listings(World const& world, Trace const& trace, Page& page) {
    for (Event const& event : trace.events)
        if (std::holds_alternative<AddressListed>(event.happening) ||
            std::holds_alternative<AddressDelisted>(event.happening))
            page.item("  • ", fmt::format("After {}: {}.", say_roughly(event.at.since_start),
                                          sentence(world, trace, event)));
}

void tell_honest_mail(World const& world, Trace const& trace, Summary const& summary, Page& page) {
    for (RecipientSummary const& came : summary.recipients) {
        if (came.reason != Reason::blocklisted || !came.settled)
            continue;
        Session const& session = trace.sessions[came.settled->session];
        bool const is_own = !session.entry.valid();
        page.item("  • ",
                  fmt::format("Honest mail suffers for it: {} refused a message of {} to {} {}, "
                              "because it came from {}.",
                              world.hosts[came.by].name, label_of(world, came.path.front()),
                              world.book.text(trace.recipients[came.recipient].address),
                              say_after(*came.settled_at),
                              is_own ? to_text(session.client_address) : world.hosts[session.client].name));
    }
}

void tell_backscatter(World const& world, Summary const& summary, SpammerId id, Page& page) {
    Totals const bounces = totals_of(summary.spammers[id].backscatter);
    if (bounces.recipients == 0)
        return;
    std::string const& whom = world.book.text(world.spammers[id].from);
    std::vector<std::string> parts;
    if (bounces.delivered > 0)
        parts.push_back(fmt::format("{} in that mailbox", bounces.delivered));
    if (bounces.queued > 0)
        parts.push_back(fmt::format("{} still on the way", bounces.queued));
    if (bounces.discarded > 0)
        parts.push_back(fmt::format("{} could not be delivered", bounces.discarded));
    page.item("  • ",
              fmt::format("Backscatter: {} about this spam went to {}, whose address the spammer had "
                          "put on it: {}.",
                          count_of(bounces.recipients, "bounce", "bounces"), whom, join_words(parts)));
}

/// Where a reader finds who had logged in, if the line does not name the account itself. The A of ESMTPSA
/// (RFC 3848) tells that somebody had.
std::string words_about_login(ReceivedLine const& line) {
    if (line.names_login)
        return {};
    bool const tells = std::any_of(line.folded.begin(), line.folded.end(), [](std::string const& text) {
        return lower_case(text).find(" esmtpsa ") != std::string::npos;
    });
    return tells ? " (the A in ESMTPSA: with a login), and its log tells who" : ", as its log tells";
}

void tell_origin(World const& world, Trace const& trace, Summary const& summary, RecipientSummary const& came,
                 Page& page) {
    Recipient const& recipient = trace.recipients[came.recipient];
    Message const& message = trace.messages[recipient.message];
    std::vector<ReceivedLine> const lines =
        received_lines(world, trace, summary.index, summary.index.settling[came.recipient.index].holder);
    page.line(fmt::format("Where {} came from, as its Received lines tell", message_id(world, message)),
              Tone::strong);
    for (ReceivedLine const& line : lines)
        for (std::string const& text : line.folded)
            page.item("    " + text.substr(0, text.find_first_not_of(' ')),
                      text.substr(text.find_first_not_of(' ')), Tone::command);
    HostId const first = trace.entries[lines.back().entry].server;
    SessionId const way_in = trace.entries[lines.back().entry].from;
    Session const& session = trace.sessions[way_in];
    std::string text =
        lines.size() > 1
            ? "Read from the top, as far as you trust the servers: each names who handed it over. "
              "Here the lowest line is true (a spammer can add false ones below), and names the "
              "machine where it got in: "
            : "The line names the machine where it got in: ";
    text += fmt::format("{} took it from {} ({}).", world.hosts[first].name, to_text(session.client_address),
                        within_sentence(world.networks[world.hosts[session.client].network].label));
    if (summary.index.logged_in[way_in.index])
        text += fmt::format(" And that server knew who was sending{}: whoever has the password of {}.",
                            words_about_login(lines.back()), login_of(world, session));
    if (message.reverse_path.valid())
        text += fmt::format(" The sender that the message names, {}, proves nothing.",
                            world.book.text(message.reverse_path));
    page.item("  ", text);
    page.blank();
}

void tell_probe_magic(World const& world, Trace const& trace, SpammerId id, std::size_t tries, Page& page) {
    page.item("", fmt::format("{} looks for a server that passes on anybody's mail, and tries {}.",
                              world.spammers[id].name, tries == 1 ? "once" : fmt::format("{} times", tries)));
    page.line("    · · · magic · · ·", Tone::faint);
    ProbeTry const* const relay = relay_found(world, trace, id);
    page.line(
        relay ? fmt::format("  ! One of them does: {}.", world.hosts[world.servers[relay->server].host].name)
              : "  ✗ None of them does.");
}

void tell_sent_magic(World const& world, Spammer const& spammer, std::size_t count, Page& page) {
    page.line(
        fmt::format("{} sends {}.", spammer.name, mail_and_targets(world, spammer, count, Detail::magic)));
    page.line("    · · · magic · · ·", Tone::faint);
}

} // namespace

void tell_spam_magic(World const& world, Trace const& trace, Summary const& summary, Page& page) {
    for (std::size_t i = 0; i < world.spammers.size(); ++i) {
        SpammerId const id = world.spammers.id_at(i);
        Spammer const& spammer = world.spammers[id];
        std::size_t const tries = tries_of(trace, summary, world, id).size();
        if (tries > 0)
            tell_probe_magic(world, trace, id, tries, page);
        if (summary.spammers[id].messages > tries || tries == 0)
            tell_sent_magic(world, spammer, summary.spammers[id].messages - tries, page);
        for (auto const& [kind, count] : count_spam_itself(world, trace, summary, id))
            page.item("  ", magic_words(kind.outcome, count, sends_copies(spammer)) + magic_why(kind) + ".");
        if (std::size_t const rain = summary.spammers[id].backscatter.of(Outcome::delivered); rain > 0)
            page.item("  ", fmt::format("! {} in the mailbox of {}, who has nothing to do with it.",
                                        count_of(rain, "bounce about them lies", "bounces about them lie"),
                                        world.book.text(spammer.from)));
        page.blank();
    }
}

void tell_spam(World const& world, Trace const& trace, Summary const& summary, Page& page) {
    if (summary.spam.empty())
        return;
    page.line("What the spam did", Tone::strong);
    for (std::size_t i = 0; i < world.spammers.size(); ++i)
        if (summary.spammers[world.spammers.id_at(i)].messages > 0)
            tell_sent(world, trace, summary, world.spammers.id_at(i), page);
    tell_queues(world, trace, summary, page);
    tell_listings(world, trace, page);
    tell_honest_mail(world, trace, summary, page);
    for (std::size_t i = 0; i < world.spammers.size(); ++i)
        tell_backscatter(world, summary, world.spammers.id_at(i), page);
    page.blank();
}

void tell_origins(World const& world, Trace const& trace, Summary const& summary, Page& page) {
    std::vector<bool> told(world.spammers.size());
    for (RecipientSummary const& came : summary.spam) {
        SpammerId const spammer = spammer_of(trace, came);
        if (came.outcome != Outcome::delivered || told[spammer.index])
            continue;
        told[spammer.index] = true;
        tell_origin(world, trace, summary, came, page);
    }
}

} // namespace mailflow
