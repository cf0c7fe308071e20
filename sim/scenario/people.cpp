#include "scenario/assembly.hpp"
#include "scenario/forms.hpp"

#include <fmt/format.h>

#include <array>

namespace mailflow {

namespace {

constexpr std::array<Key<OutgoingDraft>, 3> outgoing_keys{{
    {"server", into<&OutgoingDraft::server, located<read_line>>},
    {"port", into<&OutgoingDraft::port, read_port>},
    {"authenticate", into<&OutgoingDraft::authenticate, read_bool>},
}};

void read_outgoing(Value at, PersonDraft& person, Complaints& complaints) {
    read_object(at, outgoing_form, person.outgoing, complaints);
}

constexpr std::array<Key<PersonDraft>, 5> keys{{
    {"name", into<&PersonDraft::name, read_line>},
    {"address", into<&PersonDraft::address, located<read_mailbox>>, R"("maya@isp.example")"},
    {"network", into<&PersonDraft::network, located<read_line>>},
    {"password", into<&PersonDraft::password, read_line>},
    {"outgoing", read_outgoing},
}};
constexpr std::array<std::string_view, 1> not_built{"incoming"};

/// The server that the settings name, or the first that handles the domain of the person's address.
ServerId outgoing_server(Assembly const& assembly, PersonDraft const& person, Complaints& complaints) {
    if (person.outgoing.server) {
        auto const number = look_up(assembly.servers, *person.outgoing.server, "server", complaints);
        return number ? ServerId{*number} : ServerId{};
    }
    if (!person.address)
        return {};
    std::string const& name = person.address->value.domain;
    auto const domain = assembly.world.book.find_domain(name);
    if (domain && !handlers_of(assembly, *domain).empty())
        return handlers_of(assembly, *domain).front();
    complaints.add(person.address->at, fmt::format("no server handles {}", name),
                   "name the person's server in \"outgoing\": { \"server\": ... }");
    return {};
}

/// The account that the mail program uses: the first of those named like the local part, the address, the
/// person; where there is none, the local part, which the server will not know.
std::string user_of(ServerPolicy const& server, PersonDraft const& person) {
    Mailbox const& address = person.address->value;
    for (std::string const& user :
         {address.local_part, address.local_part + "@" + address.domain, person.key})
        if (account_at(server, user))
            return user;
    return address.local_part;
}

} // namespace

Form<OutgoingDraft> const outgoing_form{"outgoing", outgoing_keys, {}};
Form<PersonDraft> const person_form{"person", keys, not_built};

void read_people(Value at, ScenarioDraft& scenario, Complaints& complaints) {
    if (!expect_kind(at, Kind::object, complaints))
        return;
    for (Value const member : at) {
        PersonDraft person;
        person.at = member;
        person.key = member.key();
        expect_name_in_key(member, "a person", complaints);
        read_object(member, person_form, person, complaints);
        scenario.people.push_back(std::move(person));
    }
}

Person to_person(Assembly& assembly, PersonId id, PersonDraft const& draft, Complaints& complaints) {
    World& world = assembly.world;
    Person person = world.people[id];
    person.outgoing = outgoing_server(assembly, draft, complaints);
    person.authenticate = draft.outgoing.authenticate;
    person.port = draft.outgoing.port.value_or(person.authenticate ? port_submission : port_smtp);
    if (!draft.address || !person.outgoing.valid())
        return person;
    person.address = world.book.add_address(draft.address->value);
    ServerPolicy const& server = world.servers[person.outgoing].policy;
    auto const made = assembly.made_users.find({person.outgoing, id});
    bool const has_made =
        made != assembly.made_users.end() && !assembly.draft.servers[person.outgoing.index].accounts;
    person.user = has_made ? made->second : user_of(server, draft);
    auto const account = account_at(server, person.user);
    person.password = draft.password.value_or(account ? server.accounts[*account].password : "a guess");
    return person;
}

void set_up_people(Assembly& assembly) {
    World& world = assembly.world;
    for (std::size_t n = 0; n < assembly.draft.people.size(); ++n) {
        PersonId const id = world.people.id_at(n);
        world.people[id] = to_person(assembly, id, assembly.draft.people[n], assembly.complaints);
    }
}

} // namespace mailflow
