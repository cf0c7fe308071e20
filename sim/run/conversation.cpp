#include "run/conversation.hpp"

#include "base/text.hpp"
#include "mail/decoded_words.hpp"
#include "mail/queue_id.hpp"
#include "smtp/dialogue.hpp"
#include "world/blocklisted.hpp"
#include "world/client_name.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

namespace mailflow {

namespace {

/// More than anybody types; beyond it the server has no room left.
constexpr std::size_t most_messages = 10'000;
constexpr std::size_t most_recipients = 100'000;

bool is_taken(World const& world, IpAddress const& address) {
    return std::any_of(world.hosts.begin(), world.hosts.end(),
                       [&](Host const& host) { return host.address == address; });
}

NetworkId network_around(World const& world, IpAddress const& address) {
    for (std::size_t i = 0; i < world.networks.size(); ++i)
        if (world.networks[world.networks.id_at(i)].range.contains(address))
            return world.networks.id_at(i);
    return {};
}

/// Addresses in brackets lead to the machine that has them, without any record in the DNS.
void add_literals(World& world) {
    for (std::size_t i = world.dns.size(); i < world.book.domain_count(); ++i) {
        std::string const& name = world.book.name(DomainId{static_cast<std::uint32_t>(i)});
        DnsRecords records{};
        auto const address = name.size() > 2 && name.front() == '['
                                 ? parse_ip(std::string_view{name}.substr(1, name.size() - 2))
                                 : std::nullopt;
        for (std::size_t host = 0; address && host < world.hosts.size(); ++host)
            if (world.hosts[world.hosts.id_at(host)].address == *address) {
                records.exists = true;
                records.address = world.hosts.id_at(host);
            }
        world.dns.add(std::move(records));
    }
}

/// Each once: a recipient who is named twice gets one copy.
InlineList<AddressId, 2> without_repetitions(std::vector<AddressId> recipients) {
    std::sort(recipients.begin(), recipients.end());
    recipients.erase(std::unique(recipients.begin(), recipients.end()), recipients.end());
    return {recipients.begin(), recipients.end()};
}

/// Whoever typed, as a person of the world.
PersonId add_typist(World& world, Caller const& caller) {
    NetworkId network = network_around(world, caller.address);
    if (!network.valid())
        network = world.networks.add({.name = "elsewhere",
                                      .label = "elsewhere",
                                      .range = *parse_range(to_text(caller.address)),
                                      .latency = std::chrono::milliseconds{10},
                                      .blocked_ports = {},
                                      .reaches = std::nullopt});
    PersonId const person = world.people.id_at(world.people.size());
    HostId const host = world.hosts.add(
        {.name = "you", .network = network, .address = caller.address, .person = person, .server = {}});
    return world.people.add({.host = host,
                             .key = "you",
                             .name = "The caller",
                             .address = world.book.add_address({"you", "keyboard.example"}),
                             .outgoing = caller.server,
                             .port = caller.port,
                             .authenticate = false,
                             .account = {}});
}

} // namespace

IpAddress address_in(World const& world, NetworkId network) {
    IpRange const& range = world.networks[network].range;
    std::uint64_t const room = range.room();
    for (std::uint64_t n = 1; n < std::min<std::uint64_t>(room, world.hosts.size() + 2); ++n)
        if (IpAddress const address = range.machine(n); !is_taken(world, address))
            return address;
    return range.machine(room - 1);
}

IpAddress address_of_stranger(World const& world) {
    constexpr std::uint64_t usual = 100;
    for (char const* const block : {"203.0.113.0/24", "198.51.100.0/24", "192.0.2.0/24"}) {
        IpRange const range = *parse_range(block);
        for (std::uint64_t n = 0; n < range.room(); ++n) {
            IpAddress const address = range.machine((usual - 1 + n) % range.room());
            if (!network_around(world, address).valid() && !is_taken(world, address))
                return address;
        }
    }
    return *parse_ip("2001:db8:ffff::100");
}

std::optional<Unreachable> trouble_on_the_way(World world, Caller const& caller) {
    NetworkId const from = network_around(world, caller.address);
    HostId const here = world.people[add_typist(world, caller)].host;
    HostId const there = world.servers[caller.server].host;
    Present const present{world};
    if (from.valid() && !present.routed(here, there))
        return Unreachable{Saying::no_route, from};
    if (from.valid() && present.blocked(here, there, caller.port))
        return Unreachable{Saying::connection_blocked, from};
    if (!present.server(caller.server).up)
        return Unreachable{Saying::connection_refused, from};
    return std::nullopt;
}

struct TypedConversation::State {
    State(World start, Caller const& from, Explain explain_to)
        : world(std::move(start))
        , present(world)
        , caller(from)
        , explain(std::move(explain_to)) {
        Server const& server = present.server(caller.server);
        dialogue.emplace(
            DialogueSetting{.policy = server.policy,
                            .book = world.book,
                            .host_name = world.hosts[server.host].name,
                            .host_address = world.hosts[server.host].address,
                            .client = caller.address,
                            .client_name = reverse_name(present, caller.address),
                            .reverse = reverse_name_status(present, caller.address),
                            .port = caller.port,
                            .listed_on = first_naming(present, server.policy.blocklists, caller.address)},
            DialogueOwner{
                .status_of = [this](DomainId domain) { return sender_domain_status(present, domain); },
                .decided = [this](Response const& response,
                                  Question const& question) { tell(response, question); },
                .accepted = [this](AcceptedMessage message) { return keep(std::move(message)); },
                .storage_full =
                    [this] { return messages.size() >= most_messages || recipients >= most_recipients; },
                .alias_target = [this](AddressId mailbox) { return target_of(mailbox); }});
    }

    void tell(Response const& response, Question const& question) {
        if (explain)
            for (Decision const& decision : response.decisions())
                explain(world.servers[caller.server].host, question, decision);
    }

    AddressId target_of(AddressId mailbox) const {
        Server const& server = present.server(caller.server);
        AddressBook::Address const& address = world.book[mailbox];
        if (!handled_at(server.policy, address.domain))
            return {};
        auto const alias =
            std::find_if(server.aliases.begin(), server.aliases.end(),
                         [&](Alias const& known) { return known.local_part == address.local_part; });
        return alias == server.aliases.end() ? AddressId{} : alias->target;
    }

    std::string keep(AcceptedMessage message) {
        recipients += message.recipients.size();
        messages.push_back(std::move(message));
        return queue_id(present.server(caller.server).policy.software,
                        static_cast<std::uint32_t>(messages.size() - 1));
    }

    World world;
    Present present; // as the world is at its start
    Caller caller;
    Explain explain;
    std::vector<AcceptedMessage> messages;
    std::size_t recipients = 0;
    std::optional<Dialogue> dialogue;
};

TypedConversation::TypedConversation(World world, Caller const& caller, Explain explain)
    : state_(std::make_unique<State>(std::move(world), caller, std::move(explain))) {}

TypedConversation::~TypedConversation() = default;

std::string TypedConversation::greeting() {
    return state_->dialogue->greeting();
}

std::string TypedConversation::hear(std::string_view octets) {
    return state_->dialogue->hear(octets);
}

bool TypedConversation::is_over() const {
    return state_->dialogue->is_over();
}

std::size_t TypedConversation::accepted() const {
    return state_->messages.size();
}

World TypedConversation::leave() {
    World world = std::move(state_->world);
    world.mail = {}; // the people of the scenario keep silent
    world.expectations.clear();
    if (!state_->messages.empty()) {
        PersonId const typist = add_typist(world, state_->caller);
        std::size_t number = 0;
        for (AcceptedMessage& message : state_->messages)
            world.mail.add({.id = fmt::format("typed-{}", ++number),
                            .at = {},
                            .from = typist,
                            .to = without_repetitions(std::move(message.recipients)),
                            .subject = printable(with_decoded_words(message.subject)),
                            .size_bytes = message.size_bytes,
                            .taken_by = state_->caller.server,
                            .reverse_path = message.reverse_path,
                            .received_lines = message.received_lines});
    }
    add_literals(world);
    return world;
}

} // namespace mailflow
