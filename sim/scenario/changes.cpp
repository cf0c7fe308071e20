// What somebody does while the clock runs.
#include "scenario/assembly.hpp"
#include "scenario/forms.hpp"
#include "world/client_name.hpp"

#include <fmt/format.h>

#include <array>

namespace mailflow {

namespace {

/// Of the people of servers that change, in all changes together.
constexpr std::size_t most_made_accounts = 3'000'000;

std::optional<Value> read_set(Value at, Complaints& complaints) {
    if (!expect_kind(at, Kind::object, complaints))
        return std::nullopt;
    if (at.begin() != at.end())
        return at;
    complaints.add(at, "nothing is changed here", R"(name a key and its new value, such as "up": false)");
    return std::nullopt;
}

constexpr std::array<Key<ChangeDraft>, 7> keys{{
    {"at", into<&ChangeDraft::time, located<read_duration>>, R"("2h")"},
    {"server", into<&ChangeDraft::server, located<read_line>>},
    {"dns", into<&ChangeDraft::dns, located<read_domain_name>>},
    {"person", into<&ChangeDraft::person, located<read_line>>},
    {"network", into<&ChangeDraft::network, located<read_line>>},
    {"set", into<&ChangeDraft::set, read_set>, R"({ "up": false })"},
    {"note", into<&ChangeDraft::note, read_line>},
}};

void expect_one_thing(Value item, Complaints& complaints) {
    std::vector<std::string> named;
    Value last;
    for (Value const member : item)
        if (member.key() == "server" || member.key() == "dns" || member.key() == "person" ||
            member.key() == "network") {
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

Change to_change(Assembly& assembly, ChangeStep const& step, Complaints& complaints) {
    Change change{Instant{step.draft->time.value}, step.draft->note, {}};
    if (auto const* server = std::get_if<ServerDraft>(&step.after)) {
        ServerId const id{step.number};
        change.what = ServerChange{id, to_server(assembly, id, *server, complaints)};
    } else if (auto const* dns = std::get_if<DnsDraft>(&step.after)) {
        change.what = DnsChange{assembly.world.book.add_domain(dns->name), to_records(assembly, *dns)};
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

/// The names of addresses of which the DNS is told anything, now or later.
void note_reverse_entries(World& world) {
    for (std::uint32_t i = 0; i < world.book.domain_count(); ++i)
        if (auto const address = address_of_reverse_name(world.book.name(DomainId{i})))
            world.reverse_entries.push_back({*address, DomainId{i}});
    std::sort(world.reverse_entries.begin(), world.reverse_entries.end(),
              [](ReverseEntry const& a, ReverseEntry const& b) { return a.address < b.address; });
}

} // namespace

Form<ChangeDraft> const change_form{"change", keys, {}};

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
    std::size_t accounts = 0;
    for (ChangeStep const& step : assembly.steps) {
        if (auto const* server = std::get_if<ServerDraft>(&step.after);
            server != nullptr && !server->accounts)
            accounts += assembly.made_accounts[step.number].size();
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
        world.changes.add(to_change(assembly, step, found));
        assembly.complaints.add_from_change(found, *step.draft->set);
    }
    while (world.dns.size() < world.book.domain_count())
        world.dns.add({});
    note_reverse_entries(world);
}

} // namespace mailflow
