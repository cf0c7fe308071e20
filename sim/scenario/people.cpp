#include "scenario/assembly.hpp"
#include "scenario/forms.hpp"

#include <fmt/format.h>

#include <array>

namespace mailflow {

namespace {

constexpr std::array<Key<OutgoingDraft>, 4> outgoing_keys{{
    {"server", into<&OutgoingDraft::server, located<read_line>>},
    {"port", into<&OutgoingDraft::port, read_port>},
    {"authenticate", into<&OutgoingDraft::authenticate, read_bool>},
    {"web", into<&OutgoingDraft::web, read_bool>},
}};

void read_outgoing(Value at, PersonDraft& person, Complaints& complaints) {
    read_object(at, outgoing_form, person.outgoing, complaints);
    if (person.outgoing.web && !person.outgoing.authenticate)
        complaints.add(at, "web mail knows its users: they log in there", R"(remove "authenticate": false)");
    if (person.outgoing.web && person.outgoing.port.value_or(port_https) != port_https)
        complaints.add(at, fmt::format("web mail is reached by HTTPS, on port {}", port_https),
                       fmt::format(R"(remove "port": {})", *person.outgoing.port));
}

constexpr std::array<std::string_view, 2> protocols{"pop3", "imap"};

std::optional<Service> read_protocol(Value at, Complaints& complaints) {
    auto const place = read_word(at, protocols, {}, complaints);
    return place ? std::optional{*place == 0 ? Service::pop3 : Service::imap} : std::nullopt;
}

/// Looks that follow each other faster would fill a run with nothing else.
constexpr Duration shortest_every = std::chrono::seconds{1};
constexpr Duration usual_every = std::chrono::minutes{10};

std::optional<Duration> read_every(Value at, Complaints& complaints) {
    auto const every = read_duration(at, complaints);
    if (!every || *every >= shortest_every)
        return every;
    complaints.add(at,
                   fmt::format("{} must be at least \"{}\"", subject_of(at), write_duration(shortest_every)));
    return std::nullopt;
}

constexpr std::array<Key<IncomingDraft>, 4> incoming_keys{{
    {"server", into<&IncomingDraft::server, located<read_line>>},
    {"protocol", into<&IncomingDraft::protocol, read_protocol>},
    {"port", into<&IncomingDraft::port, located<read_port>>},
    {"every", into<&IncomingDraft::every, read_every>},
}};

void read_incoming(Value at, PersonDraft& person, Complaints& complaints) {
    person.incoming.emplace();
    read_object(at, incoming_form, *person.incoming, complaints);
}

constexpr std::array<Key<PersonDraft>, 7> person_keys{{
    {"name", into<&PersonDraft::name, read_line>},
    {"address", into<&PersonDraft::address, located<read_mailbox>>, R"("maya@isp.example")"},
    {"network", into<&PersonDraft::network, located<read_line>>},
    {"password", into<&PersonDraft::password, read_line>},
    {"outgoing", read_outgoing},
    {"incoming", read_incoming},
    {"at", into<&PersonDraft::shown_at, read_picture_spot>},
}};

/// The server that the settings name, or the first that handles the domain of the person's address. The
/// settings are those under `key`.
ServerId server_of(Assembly const& assembly, PersonDraft const& person, std::optional<Name> const& named,
                   std::string_view key, Complaints& complaints) {
    if (named) {
        auto const number = look_up(assembly.servers, *named, "server", complaints);
        return number ? ServerId{*number} : ServerId{};
    }
    if (!person.address)
        return {};
    std::string const& name = person.address->value.domain;
    auto const domain = assembly.world.book.find_domain(name);
    if (domain && !handlers_of(assembly, *domain).empty())
        return handlers_of(assembly, *domain).front();
    if (assembly.complaints.are_about("servers", "handles"))
        return {}; // who handles what is not known, and was complained about
    complaints.add(person.address->at, fmt::format("no server handles {}", name),
                   fmt::format("name the person's server in \"{}\": {{ \"server\": ... }}", key));
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

/// What the person logs in with on a server.
Account login_on(Assembly const& assembly, PersonId id, PersonDraft const& draft, ServerId on) {
    if (!assembly.draft.servers[on.index].accounts)
        if (auto made = made_account(assembly, on, id)) {
            if (draft.password)
                made->password = *draft.password;
            return *std::move(made);
        }
    ServerPolicy const& server = assembly.world.servers[on].policy;
    Account login;
    login.user = user_of(server, draft);
    auto const account = account_at(server, login.user);
    login.password = draft.password.value_or(account ? server.accounts[*account].password : "a guess");
    return login;
}

Port usual_port(OutgoingDraft const& outgoing) {
    if (outgoing.web)
        return port_https;
    return outgoing.authenticate ? port_submission : port_smtp;
}

/// The settings for looking into the mailbox, of those who have any.
std::optional<Incoming> to_incoming(Assembly const& assembly, PersonId id, PersonDraft const& draft,
                                    Complaints& complaints) {
    if (!draft.incoming)
        return std::nullopt;
    Incoming incoming;
    incoming.server = server_of(assembly, draft, draft.incoming->server, "incoming", complaints);
    if (!draft.address || !incoming.server.valid())
        return std::nullopt;
    incoming.protocol = draft.incoming->protocol.value_or(Service::imap);
    Port const usual = incoming.protocol == Service::pop3 ? port_pop3 : port_imap;
    incoming.port = draft.incoming->port ? draft.incoming->port->value : usual;
    incoming.every = draft.incoming->every.value_or(usual_every);
    Account login = login_on(assembly, id, draft, incoming.server);
    incoming.user = std::move(login.user);
    incoming.password = std::move(login.password);
    return incoming;
}

} // namespace

Form<OutgoingDraft> const outgoing_form{"outgoing", outgoing_keys, {}};
Form<IncomingDraft> const incoming_form{"incoming", incoming_keys, {}};
Form<PersonDraft> const person_form{"person", person_keys, {}};

void read_people(Value at, ScenarioDraft& scenario, Complaints& complaints) {
    if (!expect_kind(at, Kind::object, complaints))
        return;
    for (Value const member : at) {
        expect_name_in_key(member, "a person", complaints);
        scenario.people.push_back(member);
    }
}

PersonDraft named_person(Value member) {
    PersonDraft person;
    person.at = member;
    person.key = member.key();
    return person;
}

PersonDraft read_person(Value member, Complaints& complaints) {
    PersonDraft person = named_person(member);
    read_object(member, person_form, person, complaints);
    return person;
}

Person to_person(Assembly& assembly, PersonId id, PersonDraft const& draft, Complaints& complaints) {
    World& world = assembly.world;
    Person person = world.people[id];
    person.outgoing = server_of(assembly, draft, draft.outgoing.server, "outgoing", complaints);
    person.authenticate = draft.outgoing.authenticate;
    person.web = draft.outgoing.web;
    person.port = draft.outgoing.port.value_or(usual_port(draft.outgoing));
    if (!draft.address || !person.outgoing.valid())
        return person;
    person.account = login_on(assembly, id, draft, person.outgoing);
    person.incoming = to_incoming(assembly, id, draft, complaints);
    return person;
}

void set_up_people(Assembly& assembly) {
    World& world = assembly.world;
    for (std::size_t n = 0; n < assembly.draft.people.size(); ++n) {
        PersonId const id = world.people.id_at(n);
        Complaints told_before; // when the person was placed
        PersonDraft const draft = read_person(assembly.draft.people[n], told_before);
        world.people[id] = to_person(assembly, id, draft, assembly.complaints);
    }
}

} // namespace mailflow
