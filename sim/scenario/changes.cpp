// What somebody does while the clock runs.
#include "scenario/assembly.hpp"
#include "scenario/forms.hpp"
#include "world/client_name.hpp"
#include "world/present.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <set>

namespace mailflow {

namespace {

/// What changes, and something that can be set of it.
struct Changing {
    std::string_view what;
    std::string_view example;
};
constexpr std::array<Changing, 4> kinds_of_change{{{"server", R"("up": false)"},
                                                   {"dns", R"("mx": [ { "host": "mx2.shop.example" } ])"},
                                                   {"person", R"("network": "home")"},
                                                   {"network", R"("up": false)"}}};

bool says_what_changes(Value member) {
    return std::any_of(kinds_of_change.begin(), kinds_of_change.end(),
                       [&](Changing const& kind) { return kind.what == member.key(); });
}

/// Of what the change names, or else of a server.
std::string_view example_for(Value change) {
    for (Value const member : change)
        for (Changing const& kind : kinds_of_change)
            if (kind.what == member.key())
                return kind.example;
    return kinds_of_change.front().example;
}

std::string example_of_set(Value change) {
    return fmt::format("{{ {} }}", example_for(change));
}

std::optional<Value> read_set(Value at, Complaints& complaints) {
    if (!expect_kind(at, Kind::object, complaints))
        return std::nullopt;
    if (at.begin() != at.end())
        return at;
    complaints.add(at, "nothing is changed here",
                   fmt::format("name a key and its new value, such as {}", example_for(at.parent())));
    return std::nullopt;
}

constexpr std::array<Key<ChangeDraft>, 7> change_keys{{
    {"at", into<&ChangeDraft::time, located<read_duration>>, R"("2h")"},
    {"server", into<&ChangeDraft::server, located<read_line>>},
    {"dns", into<&ChangeDraft::dns, located<read_domain_name>>},
    {"person", into<&ChangeDraft::person, located<read_line>>},
    {"network", into<&ChangeDraft::network, located<read_line>>},
    {"set", into<&ChangeDraft::set, read_set>, R"({ "up": false })", example_of_set},
    {"note", into<&ChangeDraft::note, read_line>},
}};

void expect_one_thing(Value item, Complaints& complaints) {
    std::vector<std::string> named;
    Value last;
    for (Value const member : item)
        if (says_what_changes(member)) {
            named.emplace_back(member.key());
            last = member;
        }
    if (named.empty())
        complaints.add(item, "it is not said what changes",
                       R"(add "server", "dns", "person" or "network" with a name)");
    else if (named.size() > 1)
        complaints.add_at_key(last,
                              fmt::format("a change is of one thing, but \"{}\" is named already", named[0]),
                              "write a change for each");
}

/// What DNS says while the clock runs. The default MX records follow the servers: they name those that handle
/// the domain. A domain that the last of them lets go keeps its records, for nobody has taken them out.
class Zones {
public:
    explicit Zones(Assembly& assembly) : assembly_{assembly} {
        if (assembly.steps.empty())
            return; // nobody will ask
        for (DnsDraft const& entry : assembly.draft.dns)
            entries_[assembly.world.book.add_domain(entry.name)] = &entry;
    }

    /// The entry of the file, or of a change of it, is this from now on.
    DnsChange enter(DnsDraft const& entry) {
        DomainId const domain = assembly_.world.book.add_domain(entry.name);
        entries_[domain] = &entry;
        return {domain, to_records(assembly_, entry, handlers_of(domain))};
    }

    /// The server handles other domains than before: what that changes in the DNS.
    std::vector<DnsChange> hand_over(ServerId server, ServerPolicy const& before, ServerPolicy const& after) {
        std::vector<DomainId> moved;
        std::set_symmetric_difference(before.handles.begin(), before.handles.end(), after.handles.begin(),
                                      after.handles.end(), std::back_inserter(moved));
        std::vector<DnsChange> changes;
        for (DomainId const domain : moved) {
            bool const begun = std::binary_search(after.handles.begin(), after.handles.end(), domain);
            bool const differs = begun ? begins(server, domain) : ceases(server, domain);
            DnsDraft const entry = entry_of(domain);
            if (differs && follows_servers(entry))
                changes.push_back({domain, to_records(assembly_, entry, handlers_of(domain))});
        }
        return changes;
    }

private:
    /// Whether the exchangers of the name are the default ones, and can be asked for.
    [[nodiscard]] static bool follows_servers(DnsDraft const& entry) {
        return !entry.mx && !(entry.null_mx && entry.null_mx->value) && !entry.fails;
    }

    std::vector<ServerId>& handlers_of(DomainId domain) {
        auto const [handlers, is_first] = handlers_.try_emplace(domain);
        if (is_first)
            handlers->second = mailflow::handlers_of(assembly_, domain);
        return handlers->second;
    }

    /// Whether that changes the default records.
    bool begins(ServerId server, DomainId domain) {
        std::vector<ServerId>& handlers = handlers_of(domain);
        bool const was_let_go = let_go_.erase(domain) > 0;
        if (was_let_go && handlers.front() == server)
            return false;
        if (was_let_go)
            handlers.clear();
        handlers.insert(std::lower_bound(handlers.begin(), handlers.end(), server), server);
        return true;
    }

    /// Whether that changes the default records.
    bool ceases(ServerId server, DomainId domain) {
        std::vector<ServerId>& handlers = handlers_of(domain);
        if (handlers.size() > 1)
            return std::erase(handlers, server) > 0;
        let_go_.insert(domain);
        return false;
    }

    /// As the file, or the last change, has it; an empty one for a name that neither names.
    [[nodiscard]] DnsDraft entry_of(DomainId domain) const {
        auto const entry = entries_.find(domain);
        if (entry != entries_.end())
            return *entry->second;
        DnsDraft none;
        none.name = assembly_.world.book.name(domain);
        none.is_entry = false;
        return none;
    }

    Assembly& assembly_;
    /// Of the domains that a change touches: those that their default records name, by rising number.
    std::map<DomainId, std::vector<ServerId>> handlers_;
    std::set<DomainId> let_go_; // domains which the last of those handles no longer
    std::map<DomainId, DnsDraft const*> entries_;
};

Change to_change(Assembly& assembly, Zones& zones, ChangeStep const& step, Complaints& complaints) {
    Change change{Instant{step.draft->time.value}, step.draft->note, {}};
    if (auto const* server = std::get_if<ServerDraft>(&step.after)) {
        ServerId const id{step.number};
        change.what = ServerChange{id, to_server(assembly, id, *server, complaints)};
    } else if (auto const* dns = std::get_if<DnsDraft>(&step.after)) {
        change.what = zones.enter(*dns);
    } else if (auto const* person = std::get_if<PersonDraft>(&step.after)) {
        PersonId const id{step.number};
        change.what = PersonChange{id, to_person(assembly, id, *person, complaints),
                                   to_host(assembly, id, *person, complaints)};
    } else if (auto const* network = std::get_if<NetworkDraft>(&step.after)) {
        NetworkId const id{step.number};
        change.what = NetworkChange{id, to_network(assembly, id, *network, complaints)};
    }
    return change;
}

/// Adds the change, and what follows from it in the DNS at the same moment.
void add_change(World& world, Zones& zones, Change change) {
    std::vector<DnsChange> following;
    if (auto const* server = std::get_if<ServerChange>(&change.what)) {
        ServerPolicy const& before =
            server_after(world, server->server, static_cast<std::uint32_t>(world.changes.size())).policy;
        following = zones.hand_over(server->server, before, server->after.policy);
    }
    Instant const at = change.at;
    world.changes.add(std::move(change));
    for (DnsChange& records : following)
        world.changes.add({at, {}, std::move(records)});
}

/// The names of addresses of which the DNS is told anything, now or later.
void note_reverse_entries(World& world) {
    for (std::uint32_t i = 0; i < world.book.domain_count(); ++i)
        if (auto const address = address_of_reverse_name(world.book.name(DomainId{i})))
            world.reverse_entries.push_back({*address, DomainId{i}});
    std::sort(world.reverse_entries.begin(), world.reverse_entries.end(),
              [](ReverseEntry const& a, ReverseEntry const& b) { return a.address < b.address; });
}

} // namespace

Form<ChangeDraft> const change_form{"change", change_keys, {}};

void read_changes(Value at, ScenarioDraft& scenario, Complaints& complaints) {
    if (!expect_kind(at, Kind::list, complaints))
        return;
    for (Value const item : at) {
        ChangeDraft change;
        change.at = item;
        read_object(item, change_form, change, complaints);
        if (item.kind() == Kind::object)
            expect_one_thing(item, complaints);
        scenario.changes.push_back(std::move(change));
    }
}

void set_up_changes(Assembly& assembly) {
    World& world = assembly.world;
    Zones zones{assembly};
    std::size_t accounts = 0;
    for (ChangeStep const& step : assembly.steps) {
        if (auto const* server = std::get_if<ServerDraft>(&step.after)) {
            assembly.accounts_by_now[step.number] = step.accounts;
            accounts += server->accounts ? 0 : step.accounts;
        }
        if (accounts > most_made_accounts) {
            assembly.complaints.add(
                step.draft->at,
                fmt::format("up to here the changes of servers repeat more than {} accounts of people: each "
                            "keeps all that its server has",
                            most_made_accounts),
                "make fewer changes of the large servers");
            break;
        }
        Complaints found = assembly.complaints.with_same_room();
        add_change(world, zones, to_change(assembly, zones, step, found));
        assembly.complaints.add_from_change(found, *step.draft->set);
    }
    complete_dns(assembly);
    note_reverse_entries(world);
}

} // namespace mailflow
