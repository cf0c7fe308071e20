#include "viz/panels/facts.hpp"

#include "base/text.hpp"
#include "report/words.hpp"

#include <fmt/format.h>

namespace mailflow::viz {

namespace {

std::string or_nothing(std::string words, std::string_view nothing) {
    return words.empty() ? std::string{nothing} : words;
}

std::string domains(World const& world, std::vector<DomainId> const& ids) {
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
    about.facts.push_back(
        {"Mailboxes", policy.any_mailbox ? "every name has one" : or_nothing(join_words(mailboxes), "none")});
    about.facts.push_back({"May log in", or_nothing(join_words(accounts), "nobody")});
    about.facts.push_back({"Trusts without a login", or_nothing(join_words(trusts), "no network")});
    if (!policy.relays_for.empty())
        about.facts.push_back({"Relays for", domains(world, policy.relays_for)});
    about.facts.push_back({"Open relay", policy.open_relay ? "yes: passes on anything from anyone" : "no"});
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
        about.facts.push_back({"Logs in when sending",
                               person.authenticate ? "yes, as " + or_nothing(person.user, "nobody") : "no"});
    }
    return about;
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
    }
    about.facts.push_back({"Messages", std::to_string(spammer.count)});
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

std::string fate(Frame const& frame, RecipientId recipient) {
    EventNumber const number = frame.lists.settling(recipient);
    return number < frame.state.applied ? sentence(frame.world, frame.trace, frame.trace.events[number])
                                        : "on the way";
}

} // namespace

Facts facts_about(Frame const& frame, HostId id) {
    Host const& host = frame.present.host(id);
    if (host.spammer.valid())
        return facts_about_spammer(frame.present, host);
    if (host.population.valid())
        return facts_about_population(frame.present, host);
    return host.person.valid() ? facts_about_person(frame.present, host)
                               : facts_about_server(frame.present, host);
}

Facts facts_about(Frame const& frame, MessageId id) {
    World const& world = frame.world;
    Message const& message = frame.trace.messages[id];
    bool const from_person = message.kind == MessageKind::mail;
    Facts about{.title = message.kind == MessageKind::bounce          ? "A bounce"
                         : message.kind == MessageKind::delay_warning ? "A delay warning"
                         : message.kind == MessageKind::spam          ? "A spam message"
                                                                      : "A message",
                .subtitle = message.kind == MessageKind::bounce
                                ? "the report that a message could not be delivered"
                            : message.kind == MessageKind::delay_warning
                                ? "the report that a message is late, and still on its way"
                            : !from_person ? "sent by " + label_of(world, message.origin)
                                           : "“" + world.mail[message.mail].subject + "”",
                .facts = {}};
    if (from_person && world.mail[message.mail].subject.empty())
        about.subtitle = "written by " + label_of(world, message.origin);
    about.facts.push_back({"From", message.reverse_path.valid()
                                       ? world.book.text(message.reverse_path)
                                       : "<> (nobody: a bounce is never answered by a bounce)"});
    for (std::uint32_t i = 0; i < message.recipient_count; ++i) {
        RecipientId const recipient{message.first_recipient.index + i};
        about.facts.push_back(
            {"To " + world.book.text(frame.trace.recipients[recipient].address), fate(frame, recipient)});
    }
    about.facts.push_back({"Size", fmt::format("{} bytes", message.size_bytes)});
    return about;
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
    about.facts.push_back({"Answer", answer_of(frame.world, lookup)});
    about.facts.push_back({"Way", say_duration(lookup.one_way) + " to the DNS, and as long back"});
    return about;
}

} // namespace mailflow::viz
