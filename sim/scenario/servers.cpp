#include "scenario/assembly.hpp"
#include "scenario/forms.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <unordered_map>

namespace mailflow {

namespace {

constexpr std::array<std::string_view, 1> softwares{"postfix"};
constexpr std::array<std::string_view, 5> softwares_not_built{"exim", "sendmail", "opensmtpd", "qmail",
                                                              "exchange"};

std::optional<Software> read_software(Value at, Complaints& complaints) {
    auto const place = read_word(at, softwares, softwares_not_built, complaints);
    return place ? std::optional{static_cast<Software>(*place)} : std::nullopt;
}

/// A local part, or "*".
std::optional<std::string> read_mailbox_name(Value at, Complaints& complaints) {
    if (!expect_kind(at, Kind::text, complaints))
        return std::nullopt;
    if (at.text() == "*" || parse_mailbox(at.text() + "@example"))
        return at.text();
    auto const address = parse_mailbox(at.text());
    complaints.add(at, fmt::format("\"{}\" is no name of a mailbox", at.text()),
                   address ? fmt::format("write what stands before the @: \"{}\"", address->local_part)
                           : "it reads like maya, or * for every name");
    return std::nullopt;
}

std::optional<std::vector<std::string>> read_mailboxes(Value at, Complaints& complaints) {
    if (at.kind() != Kind::text)
        return list_of<read_mailbox_name>(at, complaints);
    if (at.text() == "*")
        return std::vector<std::string>{"*"};
    complaints.add(at, fmt::format("{} must be a list of names, or \"*\" for every name", subject_of(at)),
                   fmt::format("write [\"{}\"]", at.text()));
    return std::nullopt;
}

std::optional<std::vector<Account>> read_accounts(Value at, Complaints& complaints) {
    if (!expect_kind(at, Kind::object, complaints))
        return std::nullopt;
    std::vector<Account> accounts;
    for (Value const member : at) {
        bool const named = expect_name_in_key(member, "an account", complaints);
        if (auto password = read_line(member, complaints); password && named)
            accounts.push_back({member.key(), std::move(*password)});
    }
    return accounts;
}

constexpr std::array<Key<ServerDraft>, 8> keys{{
    {"network", into<&ServerDraft::network, located<read_line>>},
    {"software", into<&ServerDraft::software, read_software>},
    {"handles", into<&ServerDraft::handles, list_of<read_domain_name>>},
    {"mailboxes", into<&ServerDraft::mailboxes, read_mailboxes>},
    {"accounts", into<&ServerDraft::accounts, read_accounts>},
    {"trusts", into<&ServerDraft::trusts, list_of<located<read_line>>>},
    {"relays_for", into<&ServerDraft::relays_for, list_of<read_domain_name>>},
    {"open_relay", into<&ServerDraft::open_relay, read_bool>},
}};
constexpr std::array<std::string_view, 10> not_built{
    "aliases",    "smarthost", "routes", "smarthost_account", "pop_before_smtp", "max_size", "greylist",
    "blocklists", "retry",     "up"};

template<class T>
void sort_and_deduplicate(std::vector<T>& values) {
    std::sort(values.begin(), values.end());
    values.erase(std::unique(values.begin(), values.end()), values.end());
}

std::vector<DomainId> domains_of(AddressBook& book, std::vector<std::string> const& names) {
    std::vector<DomainId> domains;
    for (std::string const& name : names)
        domains.push_back(book.add_domain(name));
    sort_and_deduplicate(domains);
    return domains;
}

std::vector<IpRange> trusted_ranges(Assembly& assembly, ServerDraft const& server) {
    std::vector<IpRange> ranges;
    for (Name const& trusted : server.trusts) {
        if (auto const network = assembly.networks.find(trusted.value)) {
            ranges.push_back(assembly.world.networks[NetworkId{*network}].range);
        } else if (auto const range = parse_range(trusted.value)) {
            ranges.push_back(*range);
        } else if (parse_ip(trusted.value.substr(0, trusted.value.find('/')))) {
            auto trouble = trouble_with_range(trusted.value);
            assembly.complaints.add(trusted.at, std::move(trouble.what), std::move(trouble.hint));
        } else {
            assembly.complaints.add(
                trusted.at, fmt::format("\"{}\" is neither a network nor an address range", trusted.value),
                assembly.networks.hint(trusted.value));
        }
    }
    return ranges;
}

/// Accounts for the people whose addresses the servers handle, on the servers whose file names none.
void make_accounts(Assembly& assembly) {
    World& world = assembly.world;
    std::vector<std::unordered_map<std::string, std::uint32_t>> users(world.servers.size());
    assembly.own_account.resize(assembly.draft.people.size());
    for (std::size_t p = 0; p < assembly.draft.people.size(); ++p) {
        PersonDraft const& person = assembly.draft.people[p];
        if (!person.address)
            continue;
        Mailbox const& address = person.address->value;
        auto const domain = world.book.find_domain(address.domain);
        if (!domain)
            continue;
        for (ServerId const server : handlers_of(assembly, *domain)) {
            if (assembly.draft.servers[server.index].accounts)
                continue;
            // Two people may have the same name at different domains of one server.
            auto const number = static_cast<std::uint32_t>(p);
            bool const is_free = users[server.index].try_emplace(address.local_part, number).second;
            std::string const user = is_free ? address.local_part : address.local_part + "@" + address.domain;
            if (!is_free && !users[server.index].try_emplace(user, number).second)
                continue;
            world.servers[server].policy.accounts.push_back(
                {user, person.password.value_or(fmt::format("secret of {}", user))});
            assembly.own_account[p] = user;
        }
    }
}

} // namespace

Form<ServerDraft> const server_form{"server", keys, not_built};

void read_servers(Value at, ScenarioDraft& scenario, Complaints& complaints) {
    if (!expect_kind(at, Kind::object, complaints))
        return;
    for (Value const member : at) {
        ServerDraft server;
        server.at = member;
        server.name = member.key();
        if (!is_domain_name(member.key()))
            complaints.add_at_key(member, fmt::format("\"{}\" is no host name", member.key()),
                                  "a server is named like mail.isp.example");
        read_object(member, server_form, server, complaints);
        scenario.servers.push_back(std::move(server));
    }
}

void set_up_servers(Assembly& assembly) {
    World& world = assembly.world;
    for (std::size_t n = 0; n < assembly.draft.servers.size(); ++n) {
        ServerDraft const& draft = assembly.draft.servers[n];
        ServerId const id = world.servers.id_at(n);
        Server& server = world.servers[id];
        server.name = world.book.add_domain(draft.name);
        ServerPolicy& policy = server.policy;
        policy.software = draft.software;
        policy.handles = domains_of(world.book, draft.handles);
        policy.relays_for = domains_of(world.book, draft.relays_for);
        policy.trusts = trusted_ranges(assembly, draft);
        policy.open_relay = draft.open_relay;
        policy.accounts = draft.accounts.value_or(std::vector<Account>{});
        if (draft.mailboxes) {
            auto const& names = *draft.mailboxes;
            policy.any_mailbox = std::find(names.begin(), names.end(), "*") != names.end();
            for (std::string const& name : names)
                if (name != "*")
                    policy.mailboxes.push_back(world.book.add_local_part(name));
            sort_and_deduplicate(policy.mailboxes);
        }
        assembly.handlers.resize(world.book.domain_count());
        for (DomainId const domain : policy.handles)
            assembly.handlers[domain.index].push_back(id);
    }
    make_accounts(assembly);
    for (Server& server : world.servers)
        std::sort(server.policy.accounts.begin(), server.policy.accounts.end(),
                  [](Account const& a, Account const& b) { return a.user < b.user; });
}

} // namespace mailflow
