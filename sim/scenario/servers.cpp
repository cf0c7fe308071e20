// A server's settings with the names in them looked up.
#include "scenario/assembly.hpp"
#include "world/queue_times.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace mailflow {

namespace {

std::vector<DomainId> domains_of(AddressBook& book, std::vector<std::string> const& names) {
    std::vector<DomainId> domains;
    for (std::string const& name : names)
        domains.push_back(book.add_domain(name));
    sort_and_deduplicate(domains);
    return domains;
}

std::vector<IpRange> trusted_ranges(Assembly const& assembly, ServerDraft const& server,
                                    Complaints& complaints) {
    std::vector<IpRange> ranges;
    for (Name const& trusted : server.trusts) {
        if (auto const network = assembly.networks.find(trusted.value)) {
            ranges.push_back(assembly.world.networks[NetworkId{*network}].range);
        } else if (auto const range = parse_range(trusted.value)) {
            ranges.push_back(*range);
        } else if (parse_ip(trusted.value.substr(0, trusted.value.find('/')))) {
            auto trouble = trouble_with_range(trusted.value);
            complaints.add(trusted.at, std::move(trouble.what), std::move(trouble.hint));
        } else {
            complaints.add(trusted.at,
                           fmt::format("\"{}\" is neither a network nor an address range", trusted.value),
                           assembly.networks.hint(trusted.value));
        }
    }
    return ranges;
}

/// There may be very many: they are copied only where a change may ask for them again.
std::vector<Account> made_accounts(Assembly& assembly, ServerId id) {
    std::vector<Account>& made = assembly.made_accounts[id.index];
    if (!assembly.changed_servers[id.index])
        return std::move(made);
    return {made.begin(), made.begin() + static_cast<std::ptrdiff_t>(assembly.accounts_by_now[id.index])};
}

ServerPolicy to_policy(Assembly& assembly, ServerId id, ServerDraft const& draft, Complaints& complaints) {
    AddressBook& book = assembly.world.book;
    ServerPolicy policy;
    policy.software = draft.software;
    policy.own_name = assembly.world.servers[id].name;
    auto const handles = domains_of(book, draft.handles);
    policy.handles = {handles.begin(), handles.end()};
    policy.relays_for = domains_of(book, draft.relays_for);
    policy.trusts = trusted_ranges(assembly, draft, complaints);
    if (draft.software == Software::opensmtpd) { // "from local" is every address of the machine itself
        World const& world = assembly.world;
        if (auto const own = parse_range(to_text(world.hosts[world.servers[id].host].address)))
            policy.trusts.push_back(*own);
    }
    policy.open_relay = draft.open_relay;
    policy.accounts = draft.accounts ? *draft.accounts : made_accounts(assembly, id);
    std::sort(policy.accounts.begin(), policy.accounts.end(), stands_before);
    if (draft.mailboxes) {
        auto const& names = *draft.mailboxes;
        policy.any_mailbox = std::find(names.begin(), names.end(), "*") != names.end();
        for (std::string const& name : names)
            if (name != "*")
                policy.mailboxes.push_back(book.add_local_part(name));
        sort_and_deduplicate(policy.mailboxes);
    }
    for (AliasDraft const& alias : draft.aliases)
        policy.alias_names.push_back(book.add_local_part(alias.local_part));
    sort_and_deduplicate(policy.alias_names);
    policy.max_size_bytes = draft.max_size_bytes;
    policy.greylist = draft.greylist;
    policy.pop_before_smtp = draft.pop_before_smtp;
    for (std::string const& list : draft.blocklists)
        policy.blocklists.push_back(book.add_domain(list));
    policy.answers = draft.answers;
    return policy;
}

std::vector<Alias> to_aliases(Assembly& assembly, ServerDraft const& draft, Complaints& complaints) {
    AddressBook& book = assembly.world.book;
    std::vector<Alias> aliases;
    for (AliasDraft const& alias : draft.aliases) {
        Mailbox target = alias.target.value;
        if (target.domain.empty() && draft.handles.empty()) {
            complaints.add(
                alias.target.at,
                fmt::format("\"{}\" needs a domain, for this server handles none", target.local_part),
                fmt::format("write \"{}@shop.example\"", target.local_part));
            continue;
        }
        if (target.domain.empty())
            target.domain = draft.handles.front();
        aliases.push_back({book.add_local_part(alias.local_part), book.add_address(target)});
    }
    std::sort(aliases.begin(), aliases.end(),
              [](Alias const& a, Alias const& b) { return a.local_part < b.local_part; });
    return aliases;
}

/// The alias of that name; null when it is none.
Alias const* find_alias(Server const& server, LocalPartId name) {
    auto const place =
        std::lower_bound(server.aliases.begin(), server.aliases.end(), name,
                         [](Alias const& alias, LocalPartId wanted) { return alias.local_part < wanted; });
    return place != server.aliases.end() && place->local_part == name ? &*place : nullptr;
}

bool is_mailbox(ServerPolicy const& policy, AddressBook const& book, LocalPartId name) {
    return policy.any_mailbox || std::binary_search(policy.mailboxes.begin(), policy.mailboxes.end(), name) ||
           book.name(name) == "postmaster";
}

/// By the place of each alias whether it leads to a mailbox here or to another server, and not in a circle or
/// to a name that there is not. With Exim a circle leads to the mailbox of the name at which it is entered,
/// with Sendmail to any mailbox in it (engine/sending.hpp: AliasCircle).
std::vector<bool> which_lead_somewhere(Server const& server, AddressBook const& book) {
    enum class Seen : std::uint8_t { no, on_this_way, before };
    std::vector<Seen> seen(server.aliases.size(), Seen::no);
    std::vector<bool> lead(server.aliases.size(), false);
    for (std::size_t start = 0; start < server.aliases.size(); ++start) {
        std::vector<std::size_t> way;
        bool leads = false;
        std::size_t entry = server.aliases.size(); // of a circle
        for (std::size_t at = start;;) {
            if (seen[at] != Seen::no) {
                leads = seen[at] == Seen::before && lead[at];
                entry = seen[at] == Seen::before ? entry : at;
                break;
            }
            seen[at] = Seen::on_this_way;
            way.push_back(at);
            AddressBook::Address const& target = book[server.aliases[at].target];
            Alias const* const next = find_alias(server, target.local_part);
            bool const is_own_name = target.local_part == server.aliases[at].local_part;
            if (!handled_at(server.policy, target.domain) || next == nullptr || is_own_name) {
                leads = !handled_at(server.policy, target.domain) ||
                        is_mailbox(server.policy, book, target.local_part);
                break;
            }
            at = static_cast<std::size_t>(next - server.aliases.data());
        }
        auto const circle = std::find(way.begin(), way.end(), entry);
        auto const is_mailbox_too = [&](std::size_t alias) {
            return is_mailbox(server.policy, book, server.aliases[alias].local_part);
        };
        if (server.policy.software == Software::sendmail)
            leads = leads || std::any_of(circle, way.end(), is_mailbox_too);
        else if (server.policy.software == Software::exim && circle != way.end())
            leads = is_mailbox_too(entry);
        for (std::size_t const passed : way) {
            seen[passed] = Seen::before;
            lead[passed] = leads;
        }
        if (server.policy.software == Software::exim)
            for (auto alias = circle; alias != way.end(); ++alias)
                lead[*alias] = is_mailbox_too(*alias);
    }
    return lead;
}

/// Some softwares follow aliases while the client still waits for the answer to RCPT: those that lead nowhere
/// are no mailboxes to them.
void forget_dead_aliases(Server& server, AddressBook const& book) {
    Software const software = server.policy.software;
    if (software != Software::exim && software != Software::opensmtpd && software != Software::sendmail)
        return;
    std::vector<bool> const lead = which_lead_somewhere(server, book);
    auto& names = server.policy.alias_names;
    auto const dead = std::stable_partition(names.begin(), names.end(), [&](LocalPartId name) {
        Alias const* const alias = find_alias(server, name);
        return alias == nullptr || lead[static_cast<std::size_t>(alias - server.aliases.data())];
    });
    server.policy.dead_alias_names.assign(dead, names.end());
    names.erase(dead, names.end());
}

/// The host name of the server that is meant.
std::optional<DomainId> host_of(Assembly const& assembly, Name const& name, Complaints& complaints) {
    auto const number = look_up(assembly.servers, name, "server", complaints);
    return number ? std::optional{assembly.world.servers[ServerId{*number}].name} : std::nullopt;
}

} // namespace

void number_handlers(Assembly& assembly) {
    World& world = assembly.world;
    for (std::size_t n = 0; n < assembly.draft.servers.size(); ++n) {
        ServerDraft const& draft = assembly.draft.servers[n];
        ServerId const id = world.servers.id_at(n);
        world.servers[id].name = world.book.add_domain(draft.name);
        auto const handles = domains_of(world.book, draft.handles);
        assembly.handlers.resize(world.book.domain_count());
        for (DomainId const domain : handles)
            assembly.handlers[domain.index].push_back(id);
    }
}

namespace {

/// What the postmaster leaves out stays as it is in the software.
RetrySchedule to_schedule(RetryDraft const& draft, Software software, Complaints& complaints) {
    QueueTimes const& usual = queue_times(software);
    RetrySchedule schedule{.back_off = {}, .give_up = usual.give_up, .warn = usual.warn};
    if (draft.first || draft.most) {
        BackOff waits = waits_of(software);
        if (draft.first)
            waits = {draft.first->value, std::max(waits.most, draft.first->value)};
        if (draft.most)
            waits = {std::min(waits.first, draft.most->value), draft.most->value};
        schedule.back_off = waits;
    }
    if (draft.give_up)
        schedule.give_up = draft.give_up->value;
    else if (draft.warn && draft.warn->value >= usual.give_up)
        complaints.add(draft.warn->at,
                       fmt::format("\"warn\", {}, must be shorter than {}, after which {} gives up",
                                   write_duration(draft.warn->value), write_duration(usual.give_up),
                                   software_names[static_cast<std::size_t>(software)]),
                       "name a longer \"give_up\", too");
    if (draft.warn)
        schedule.warn = draft.warn->value;
    return schedule;
}

} // namespace

Server to_server(Assembly& assembly, ServerId id, ServerDraft const& draft, Complaints& complaints) {
    AddressBook& book = assembly.world.book;
    Server server{.policy = to_policy(assembly, id, draft, complaints),
                  .host = assembly.world.servers[id].host,
                  .name = assembly.world.servers[id].name};
    server.aliases = to_aliases(assembly, draft, complaints);
    forget_dead_aliases(server, book);
    if (draft.smarthost)
        server.smarthost = host_of(assembly, *draft.smarthost, complaints);
    for (RouteDraft const& route : draft.routes)
        if (auto const host = host_of(assembly, route.server, complaints))
            server.routes.push_back({book.add_domain(route.domain), *host});
    std::sort(server.routes.begin(), server.routes.end(),
              [](Route const& a, Route const& b) { return a.domain < b.domain; });
    if (draft.smarthost_account) {
        if (!draft.smarthost)
            complaints.add(
                draft.smarthost_account->at, "\"smarthost_account\" needs a \"smarthost\"",
                "name the server that takes this server's mail, or leave the account out (null, in a "
                "change)");
        server.smarthost_account = draft.smarthost_account->value;
    }
    server.max_sessions = draft.max_sessions;
    if (draft.retry)
        server.retry = to_schedule(*draft.retry, draft.software, complaints);
    server.concurrency = draft.concurrency;
    server.up = draft.up;
    return server;
}

void set_up_servers(Assembly& assembly) {
    make_accounts(assembly);
    for (std::size_t n = 0; n < assembly.draft.servers.size(); ++n) {
        ServerId const id = assembly.world.servers.id_at(n);
        assembly.world.servers[id] = to_server(assembly, id, assembly.draft.servers[n], assembly.complaints);
    }
}

} // namespace mailflow
