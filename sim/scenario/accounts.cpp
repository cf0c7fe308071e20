// The accounts that people have where the file names none: on the servers that handle their domain from the
// start, and on those that do so later.
#include "base/flat_map.hpp"
#include "base/text.hpp"
#include "base/text_index.hpp"
#include "scenario/assembly.hpp"
#include "scenario/generate.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

namespace mailflow {

namespace {

/// In small letters, as Dovecot makes them of what is typed (policy/server_policy.hpp).
std::string user_name(World const& world, MadeUser const& made) {
    std::string const& address = world.book.text(world.people[made.owner].address);
    return lower_case(made.by_address ? address : address.substr(0, address.rfind('@')));
}

std::string usual_password(std::string_view user) {
    return fmt::format("secret of {}", user);
}

MadeUser const* find_user(std::vector<MadeUser> const& users, PersonId person) {
    auto const place =
        std::lower_bound(users.begin(), users.end(), person,
                         [](MadeUser const& made, PersonId wanted) { return made.person < wanted; });
    return place != users.end() && place->person == person ? &*place : nullptr;
}

/// Makes the accounts one after the other, in the order of the people.
class Making {
public:
    explicit Making(Assembly& assembly) : assembly_{assembly}, names_(assembly.world.servers.size()) {}

    void make(PersonId id) {
        World const& world = assembly_.world;
        if (!world.people[id].address.valid())
            return;
        PersonId const other = first_with_address_of(id);
        for (ServerId const server : handlers_of(assembly_, world.book[world.people[id].address].domain))
            make(id, other, server, assembly_.made_users[server.index]);
    }

    /// On a server that comes to handle the domain of these people.
    void make_later(std::vector<PersonId> const& people, ServerId server) {
        std::vector<MadeUser> fresh;
        for (PersonId const id : people)
            make(id, first_with_address_of(id), server, fresh);
        std::vector<MadeUser>& users = assembly_.made_users[server.index];
        auto const middle = static_cast<std::ptrdiff_t>(users.size());
        users.insert(users.end(), fresh.begin(), fresh.end());
        std::inplace_merge(users.begin(), users.begin() + middle, users.end(),
                           [](MadeUser const& a, MadeUser const& b) { return a.person < b.person; });
    }

private:
    /// Several devices of one person use the same account: the first of them; none: it is the first itself.
    PersonId first_with_address_of(PersonId id) {
        auto const& address = assembly_.world.book[assembly_.world.people[id].address];
        PersonId& first =
            first_with_[(std::uint64_t{address.local_part.index} << 32U) | address.domain.index];
        if (!first.valid())
            first = id;
        return first == id ? PersonId{} : first;
    }

    void make(PersonId id, PersonId other, ServerId server, std::vector<MadeUser>& users) {
        if (MadeUser const* shared = other.valid() ? find_user(users, other) : nullptr)
            users.push_back({id, shared->owner, shared->by_address});
        // Two people may have the same name at different domains of one server.
        else if (MadeUser const made{id, id, false}; add_account(server, made))
            users.push_back(made);
        else if (MadeUser const full{id, id, true}; add_account(server, full))
            users.push_back(full);
    }

    /// False when somebody else has the name.
    bool add_account(ServerId server, MadeUser const& made) {
        std::vector<Account>& accounts = assembly_.made_accounts[server.index];
        std::string user = user_name(assembly_.world, made);
        auto const fresh = static_cast<std::uint32_t>(accounts.size());
        auto const text_of = [&](std::uint32_t n) -> std::string const& { return accounts[n].user; };
        if (names_[server.index].find_or_add(user, fresh, text_of) != fresh)
            return false;
        std::string const& own = assembly_.first_passwords[made.owner.index];
        std::string password = own.empty() ? usual_password(user) : own;
        accounts.push_back({std::move(user), std::move(password)});
        return true;
    }

    Assembly& assembly_;
    FlatMap<PersonId> first_with_; // by the address
    std::vector<TextIndex> names_; // by server: the users that there are
};

std::map<DomainId, std::vector<PersonId>> people_by_domain(World const& world) {
    std::map<DomainId, std::vector<PersonId>> people;
    for (std::size_t p = 0; p < world.people.size(); ++p)
        if (PersonId const id = world.people.id_at(p); world.people[id].address.valid())
            people[world.book[world.people[id].address].domain].push_back(id);
    return people;
}

/// Those on servers that gain a domain while the clock runs. Whoever has an account keeps it.
void make_later_accounts(Assembly& assembly, Making& making) {
    std::map<DomainId, std::vector<PersonId>> people;
    std::set<std::pair<std::uint32_t, DomainId>> served; // by server, apart from what it handles at the start
    std::size_t made = 0;
    for (ChangeStep& step : assembly.steps) {
        auto const* const server = std::get_if<ServerDraft>(&step.after);
        if (server == nullptr)
            continue;
        std::vector<Account> const& accounts = assembly.made_accounts[step.number];
        std::size_t const before = accounts.size();
        for (std::string const& name : server->handles) {
            auto const domain = assembly.world.book.find_domain(name);
            if (!domain || made > most_made_accounts)
                continue;
            std::vector<ServerId> const& from_start = handlers_of(assembly, *domain);
            ServerId const id{step.number};
            if (std::find(from_start.begin(), from_start.end(), id) != from_start.end() ||
                !served.insert({step.number, *domain}).second)
                continue;
            if (people.empty())
                people = people_by_domain(assembly.world);
            if (auto const there = people.find(*domain); there != people.end())
                making.make_later(there->second, id);
        }
        step.accounts = accounts.size();
        made += accounts.size() - before;
    }
}

} // namespace

void make_accounts(Assembly& assembly) {
    World const& world = assembly.world;
    assembly.made_accounts.resize(world.servers.size());
    assembly.made_users.resize(world.servers.size());
    Making making{assembly};
    for (std::size_t p = 0; p < world.people.size(); ++p)
        making.make(world.people.id_at(p));
    for (PopulationDraft const& population : assembly.draft.populations)
        if (auto const server =
                population.server ? assembly.servers.find(population.server->value) : std::nullopt)
            assembly.made_accounts[*server].push_back(account_of(population));
    for (std::vector<Account> const& accounts : assembly.made_accounts)
        assembly.accounts_by_now.push_back(accounts.size());
    make_later_accounts(assembly, making);
}

std::optional<Account> made_account(Assembly const& assembly, ServerId server, PersonId person) {
    MadeUser const* const made = find_user(assembly.made_users[server.index], person);
    if (made == nullptr)
        return std::nullopt;
    std::string user = user_name(assembly.world, *made);
    std::string const& owners = assembly.first_passwords[made->owner.index];
    std::string password = owners.empty() ? usual_password(user) : owners;
    return Account{std::move(user), std::move(password)};
}

} // namespace mailflow
