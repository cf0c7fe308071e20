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

std::string where(World const& world, Host const& host) {
    return fmt::format("{}, {}", to_text(host.address), world.networks[host.network].label);
}

Facts facts_about_server(World const& world, Host const& host) {
    ServerPolicy const& policy = world.servers[host.server].policy;
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
    Facts about{.title = host.name, .subtitle = "mail server · " + where(world, host), .facts = {}};
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

Facts facts_about_person(World const& world, Host const& host) {
    Person const& person = world.people[host.person];
    Facts about{.title = person.name, .subtitle = "at " + where(world, host), .facts = {}};
    about.facts.push_back({"Address", person.address.valid() ? world.book.text(person.address) : "none"});
    if (person.outgoing.valid()) {
        Host const& server = world.hosts[world.servers[person.outgoing].host];
        about.facts.push_back({"Sends through", fmt::format("{}, port {}", server.name, person.port)});
        about.facts.push_back({"Logs in when sending",
                               person.authenticate ? "yes, as " + or_nothing(person.user, "nobody") : "no"});
    }
    return about;
}

std::string fate(Frame const& frame, RecipientId recipient) {
    for (SettledRecipient const& settled : frame.state.settled)
        if (settled.recipient == recipient)
            return sentence(frame.world, frame.trace, frame.trace.events[settled.event]);
    return "on the way";
}

} // namespace

Facts facts_about(Frame const& frame, HostId id) {
    Host const& host = frame.world.hosts[id];
    return host.person.valid() ? facts_about_person(frame.world, host)
                               : facts_about_server(frame.world, host);
}

Facts facts_about(Frame const& frame, MessageId id) {
    World const& world = frame.world;
    Message const& message = frame.trace.messages[id];
    bool const bounce = is_bounce(message);
    Facts about{.title = bounce ? "A bounce" : "A message",
                .subtitle = bounce ? "the report that a message could not be delivered"
                                   : "“" + world.mail[message.mail].subject + "”",
                .facts = {}};
    if (!bounce && world.mail[message.mail].subject.empty())
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
