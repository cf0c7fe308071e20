// The accounts that people have where the file names none.
#include "base/text.hpp"
#include "scenario/assembly.hpp"
#include "scenario/generate.hpp"

#include <fmt/format.h>

namespace mailflow {

void make_accounts(Assembly& assembly) {
    World& world = assembly.world;
    assembly.made_accounts.resize(world.servers.size());
    std::vector<std::unordered_map<std::string, PersonId>> users(world.servers.size());
    std::vector<std::unordered_map<std::string, PersonId>> addresses(world.servers.size());
    for (std::size_t p = 0; p < assembly.draft.people.size(); ++p) {
        PersonDraft const& person = assembly.draft.people[p];
        auto const domain =
            person.address ? world.book.find_domain(person.address->value.domain) : std::nullopt;
        if (!domain)
            continue;
        Mailbox const& address = person.address->value;
        PersonId const id = world.people.id_at(p);
        for (ServerId const server : handlers_of(assembly, *domain)) {
            // Several devices of one person use the same account.
            auto const [same, is_first] = addresses[server.index].try_emplace(
                lower_case(address.local_part + "@" + address.domain), id);
            auto const shared = assembly.made_users.find({server, same->second});
            if (!is_first && shared != assembly.made_users.end()) {
                assembly.made_users[{server, id}] = shared->second;
                continue;
            }
            // Two people may have the same name at different domains of one server.
            bool const is_free = users[server.index].try_emplace(address.local_part, id).second;
            std::string const user = is_free ? address.local_part : address.local_part + "@" + address.domain;
            if (!is_free && !users[server.index].try_emplace(user, id).second)
                continue;
            assembly.made_accounts[server.index].push_back(
                {user, person.password.value_or(fmt::format("secret of {}", user))});
            assembly.made_users[{server, id}] = user;
        }
    }
    for (PopulationDraft const& population : assembly.draft.populations)
        if (auto const server =
                population.server ? assembly.servers.find(population.server->value) : std::nullopt)
            assembly.made_accounts[*server].push_back(account_of(population));
}

} // namespace mailflow
