// The accounts that people have where the file names none.
#include "base/flat_map.hpp"
#include "base/text_index.hpp"
#include "scenario/assembly.hpp"
#include "scenario/generate.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace mailflow {

namespace {

std::string user_name(World const& world, MadeUser const& made) {
    std::string const& address = world.book.text(world.people[made.owner].address);
    return made.by_address ? address : address.substr(0, address.rfind('@'));
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
        auto const& address = world.book[world.people[id].address];
        // Several devices of one person use the same account.
        PersonId& first =
            first_with_[(std::uint64_t{address.local_part.index} << 32U) | address.domain.index];
        PersonId const other = std::exchange(first, first.valid() ? first : id);
        for (ServerId const server : handlers_of(assembly_, address.domain)) {
            auto& users = assembly_.made_users[server.index];
            if (MadeUser const* shared = other.valid() ? find_user(users, other) : nullptr)
                users.push_back({id, shared->owner, shared->by_address});
            // Two people may have the same name at different domains of one server.
            else if (MadeUser const made{id, id, false}; add_account(server, made))
                users.push_back(made);
            else if (MadeUser const full{id, id, true}; add_account(server, full))
                users.push_back(full);
        }
    }

private:
    /// False when somebody else has the name.
    bool add_account(ServerId server, MadeUser const& made) {
        std::vector<Account>& accounts = assembly_.made_accounts[server.index];
        std::string user = user_name(assembly_.world, made);
        auto const fresh = static_cast<std::uint32_t>(accounts.size());
        auto const text_of = [&](std::uint32_t n) -> std::string const& { return accounts[n].user; };
        if (names_[server.index].find_or_add(user, fresh, text_of) != fresh)
            return false;
        std::string const& own = assembly_.world.people[made.owner].account.password;
        std::string password = own.empty() ? usual_password(user) : own;
        accounts.push_back({std::move(user), std::move(password)});
        return true;
    }

    Assembly& assembly_;
    FlatMap<PersonId> first_with_; // by the address
    std::vector<TextIndex> names_; // by server: the users that there are
};

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
}

std::optional<Account> made_account(Assembly const& assembly, ServerId server, PersonId person) {
    MadeUser const* const made = find_user(assembly.made_users[server.index], person);
    if (made == nullptr)
        return std::nullopt;
    std::string user = user_name(assembly.world, *made);
    std::string const& owners = assembly.world.people[made->owner].account.password;
    std::string password = owners.empty() ? usual_password(user) : owners;
    return Account{std::move(user), std::move(password)};
}

} // namespace mailflow
