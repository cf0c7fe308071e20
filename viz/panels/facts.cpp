#include "viz/panels/facts.hpp"

#include "base/text.hpp"
#include "report/words/spoken_time.hpp"
#include "report/words/words.hpp"
#include "viz/scene/waiting.hpp"

#include <fmt/format.h>

#include <span>

namespace mailflow::viz {

namespace {

std::string or_nothing(std::string words, std::string_view nothing) {
    return words.empty() ? std::string{nothing} : words;
}

std::string domains(World const& world, std::span<DomainId const> ids) {
    std::vector<std::string> names;
    for (DomainId const id : ids)
        names.push_back(world.book.name(id));
    return join_words(names);
}

std::string where(Present const& present, Host const& host) {
    return fmt::format("{}, {}", to_text(host.address), present.network(host.network).label);
}

Facts facts_about_server(Present const& present, Host const& host) {
    World const& world = present.world();
    Server const& server = present.server(host.server);
    ServerPolicy const& policy = server.policy;
    std::vector<std::string> accounts;
    for (Account const& account : policy.accounts)
        accounts.push_back(account.user);
    std::vector<std::string> mailboxes;
    for (LocalPartId const mailbox : policy.mailboxes)
        mailboxes.push_back(world.book.name(mailbox));
    std::vector<std::string> trusts;
    for (IpRange const& range : policy.trusts) {
        std::string name = to_text(range);
        for (Network const& network : world.networks)
            if (network.range == range)
                name = fmt::format("{} ({})", network.label, to_text(range));
        trusts.push_back(std::move(name));
    }
    Facts about{.title = host.name,
                .subtitle = (server.up ? "mail server · " : "mail server, down · ") + where(present, host),
                .facts = {}};
    about.facts.push_back({"Handles mail for", or_nothing(domains(world, policy.handles), "no domain")});
    // What decides whether it relays comes first: whoever is to predict that sees it without scrolling.
    about.facts.push_back({"Trusts without a login", or_nothing(join_words(trusts), "no network")});
    about.facts.push_back({"Open relay", policy.open_relay ? "yes: passes on anything from anyone" : "no"});
    if (!policy.relays_for.empty())
        about.facts.push_back({"Relays for", domains(world, policy.relays_for)});
    if (server.smarthost)
        about.facts.push_back({"Sends on through", world.book.name(*server.smarthost)});
    if (policy.pop_before_smtp)
        about.facts.push_back({"Trusts who fetched mail within", say_duration(*policy.pop_before_smtp)});
    if (!policy.blocklists.empty())
        about.facts.push_back({"Refuses who is listed by", domains(world, policy.blocklists)});
    if (policy.greylist)
        about.facts.push_back({"Greylists strangers for", say_duration(*policy.greylist)});
    about.facts.push_back(
        {"Mailboxes", policy.any_mailbox ? "every name has one" : or_nothing(join_words(mailboxes), "none")});
    about.facts.push_back({"May log in", or_nothing(join_words(accounts), "nobody")});
    return about;
}

Facts facts_about_person(Present const& present, Host const& host) {
    World const& world = present.world();
    Person const& person = present.person(host.person);
    Facts about{.title = person.name, .subtitle = "at " + where(present, host), .facts = {}};
    about.facts.push_back({"Address", person.address.valid() ? world.book.text(person.address) : "none"});
    if (person.outgoing.valid()) {
        Host const& server = world.hosts[world.servers[person.outgoing].host];
        about.facts.push_back({"Sends through", fmt::format("{}, port {}", server.name, person.port)});
        about.facts.push_back(
            {"Logs in when sending",
             person.authenticate ? "yes, as " + or_nothing(person.account.user, "nobody") : "no"});
    }
    if (person.incoming) {
        Host const& server = world.hosts[world.servers[person.incoming->server].host];
        about.facts.push_back(
            {"Fetches mail", fmt::format("by {} from {}, every {}", name_of(person.incoming->protocol),
                                         server.name, say_duration(person.incoming->every))});
    }
    return about;
}

/// What is written beside a population ends with a number only if the people's own mail does.
std::string messages_of(Spammer const& spammer) {
    if (!spammer.is_drawn)
        return std::to_string(spammer.count);
    std::string const until = spammer.end.since_start < longest_run ? say_instant(spammer.end) : "the end";
    std::string const most = spammer.most_drawn ? fmt::format(", {} at most", *spammer.most_drawn) : "";
    return fmt::format("one in {} on average, until {}{}", say_roughly(spammer.interval), until, most);
}

Facts facts_about_spammer(Present const& present, Host const& host) {
    World const& world = present.world();
    Spammer const& spammer = world.spammers[host.spammer];
    Facts about{.title = spammer.name, .subtitle = "at " + where(present, host), .facts = {}};
    about.facts.push_back({"Names as the sender", world.book.text(spammer.from)});
    std::string const server =
        spammer.server.valid() ? world.hosts[world.servers[spammer.server].host].name : std::string{};
    switch (spammer.way) {
    case SpamWay::through: about.facts.push_back({"Sends through", server + ", port 25"}); break;
    case SpamWay::account:
        about.facts.push_back(
            {"Sends with a stolen account", fmt::format("{} of {}", spammer.account.user, server)});
        break;
    case SpamWay::direct: about.facts.push_back({"Sends", "straight to the servers that DNS names"}); break;
    case SpamWay::probe: about.facts.push_back({"Looks for", "a server that relays for strangers"}); break;
    }
    about.facts.push_back({"Messages", messages_of(spammer)});
    return about;
}

Facts facts_about_population(Present const& present, Host const& host) {
    World const& world = present.world();
    Population const& population = world.populations[host.population];
    Facts about{.title = population.name, .subtitle = "at " + where(present, host), .facts = {}};
    about.facts.push_back({"People", std::to_string(population.people)});
    about.facts.push_back({"Hand in at", world.hosts[world.servers[population.outgoing].host].name});
    return about;
}

/// What the machine has done so far, counted.
std::string deeds(Frame const& frame, HostId host) {
    Tally const tally = frame.lists.tally(host, frame.state.applied);
    std::vector<std::string> words;
    auto const add = [&words](std::uint32_t count, std::string_view one, std::string_view many,
                              std::string_view verb) {
        if (count > 0)
            words.push_back(fmt::format("{} {}", verb, count_of(count, one, many)));
    };
    add(tally.sent, "call", "calls", "made");
    add(tally.taken, "message", "messages", "took");
    add(tally.refused, "refusal", "refusals", "gave");
    add(tally.put_off, "try that failed", "tries that failed", "saw");
    add(tally.filed, "message", "messages", "filed");
    add(tally.written, "letter to a sender", "letters to senders", "wrote");
    return join_words(words);
}

/// What waits there, the first few one by one.
std::string queue_of(Frame const& frame, HostId host) {
    constexpr std::size_t most_told = 4;
    std::string words;
    std::size_t count = 0;
    for (QueuedMessage const& queued : frame.state.queued) {
        QueueEntry const& entry = frame.trace.entries[queued.entry];
        if (entry.server != host || ++count > most_told)
            continue;
        std::string const to =
            entry.recipients.empty() ? "nobody" : frame.world.book.text(entry.recipients.front().address);
        words += (words.empty() ? "to " : "\nto ") + to;
        if (queued.deferral.valid())
            words +=
                fmt::format(": {}, {}", count_of(queued.deferrals, "try failed", "tries failed"),
                            next_try_words(frame.trace.deferrals[queued.deferral].next_try, frame.state.at));
    }
    return count > most_told ? words + fmt::format("\nand {} more", count - most_told) : words;
}

std::string sender_of_newest(Frame const& frame, MailboxFill const& mailbox) {
    Message const& message = frame.trace.messages[frame.trace.recipients[mailbox.newest].message];
    return is_handed_in(message) ? label_of(frame.world, message.origin)
                                 : fmt::format("a server: a {}", thing(message));
}

std::string filled_mailboxes(Frame const& frame, HostId host) {
    constexpr std::size_t most_told = 8;
    std::vector<std::string> words;
    for (MailboxFill const& mailbox : frame.state.mailboxes)
        if (mailbox.server == host && mailbox.count > 0 && words.size() < most_told)
            words.push_back(fmt::format("{}: {}, {}from {}", frame.world.book.text(mailbox.address),
                                        mailbox.count, mailbox.count == 1 ? "" : "the newest ",
                                        sender_of_newest(frame, mailbox)));
    return join_words(words);
}

void add_present(Frame const& frame, HostId host, Facts& about) {
    std::vector<Fact> now;
    if (is_server(frame.world, host)) {
        now.push_back({"In its queue now", or_nothing(queue_of(frame, host), "nothing")});
        if (std::string const filled = filled_mailboxes(frame, host); !filled.empty())
            now.push_back({"In its mailboxes now", filled});
    }
    now.push_back({"So far", or_nothing(deeds(frame, host), "nothing yet")});
    about.facts.insert(about.facts.begin(), now.begin(), now.end());
}

} // namespace

Facts facts_about(Frame const& frame, HostId id) {
    Host const& host = frame.present.host(id);
    Facts about = host.spammer.valid()      ? facts_about_spammer(frame.present, host)
                  : host.population.valid() ? facts_about_population(frame.present, host)
                  : host.person.valid()     ? facts_about_person(frame.present, host)
                                            : facts_about_server(frame.present, host);
    add_present(frame, id, about);
    return about;
}

Subject subject_of_mailboxes(Frame const& frame, HostId server) {
    MessageId only;
    std::uint32_t count = 0;
    for (MailboxFill const& mailbox : frame.state.mailboxes)
        if (mailbox.server == server && mailbox.count > 0) {
            count += mailbox.count;
            only = frame.trace.recipients[mailbox.newest].message;
        }
    return count == 1 ? Subject{only} : Subject{server};
}

Facts facts_about(Frame const& frame, LookupId id) {
    Lookup const& lookup = frame.trace.lookups[id];
    bool const mx = lookup.type == RecordType::mx;
    Facts about{.title = "A question to the DNS",
                .subtitle = label_of(frame.world, lookup.asker) + " asks",
                .facts = {}};
    std::string const& name = frame.world.book.name(lookup.name);
    about.facts.push_back(
        {"Question", mx ? fmt::format("Which server takes the mail for {}? (MX records)", name)
                        : fmt::format("What is the address of {}?", name)});
    bool const is_known = frame.lists.answering(id) < frame.state.applied;
    about.facts.push_back({"Answer", is_known ? answer_of(frame.world, lookup) : "not yet"});
    about.facts.push_back({"Way", say_duration(lookup.one_way) + " to the DNS, and as long back"});
    return about;
}

} // namespace mailflow::viz
