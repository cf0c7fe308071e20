#include "bench/mail_world.hpp"

#include <fmt/format.h>

namespace mailflow::bench {

namespace {

constexpr std::uint32_t network_count = 16;
constexpr std::uint32_t people_of_each = 10;
constexpr std::uint32_t mistyped_percent = 2;

class Builder {
public:
    explicit Builder(MailWorld const& wanted) : wanted_(wanted) {}

    World build() && {
        world_.title = "Mail for benchmarks";
        for (std::uint32_t i = 0; i < network_count; ++i)
            world_.networks.add({.name = fmt::format("n{}", i),
                                 .label = fmt::format("Network {}", i),
                                 .range = {},
                                 .latency = std::chrono::milliseconds{5 + 2 * i},
                                 .blocked_ports = {},
                                 .reaches = {}});
        for (std::uint32_t i = 0; i < wanted_.destinations; ++i)
            add_destination(i);
        add_addresses();
        for (std::uint32_t i = 0; i < wanted_.providers; ++i)
            add_provider(i);
        return std::move(world_);
    }

private:
    HostId add_host(std::string name) {
        std::uint64_t const number = world_.hosts.size();
        return world_.hosts.add({.name = std::move(name),
                                 .network = {static_cast<std::uint32_t>(number % network_count)},
                                 .address = offset(*parse_ip("2001:db8::1"), number),
                                 .person = {},
                                 .server = {}});
    }

    /// A server that is the final destination for the domain.
    ServerId add_server(std::string const& domain_name) {
        HostId const host = add_host("mx." + domain_name);
        Server server;
        server.host = host;
        server.name = add_domain("mx." + domain_name);
        world_.dns[server.name].address = host;
        DomainId const domain = add_domain(domain_name);
        world_.dns[domain].mx = {{server.name, 10}};
        server.policy.own_name = server.name;
        server.policy.handles = {domain};
        ServerId const id = world_.servers.add(std::move(server));
        world_.hosts[host].server = id;
        return id;
    }

    DomainId add_domain(std::string const& name) {
        DomainId const domain = world_.book.add_domain(name);
        while (world_.dns.size() < world_.book.domain_count())
            world_.dns.add({});
        world_.dns[domain].exists = true;
        return domain;
    }

    void add_destination(std::uint32_t number) {
        ServerPolicy& policy = world_.servers[add_server(fmt::format("d{}.example", number))].policy;
        policy.any_mailbox = false;
        policy.mailboxes = {world_.book.add_local_part("box")};
    }

    /// One good name in each domain, all one behind the other, and then one wrong one in each.
    void add_addresses() {
        for (std::uint32_t i = 0; i < 2 * wanted_.destinations; ++i) {
            AddressId const address =
                world_.book.add_address({i < wanted_.destinations ? "box" : "bxo",
                                         fmt::format("d{}.example", i % wanted_.destinations)});
            if (i == 0)
                good_ = address;
            if (i == wanted_.destinations)
                wrong_ = address;
        }
    }

    void add_provider(std::uint32_t number) {
        std::string const domain = fmt::format("p{}.example", number);
        Population people;
        people.key = fmt::format("p{}", number);
        people.name = fmt::format("The people of {}", domain);
        people.outgoing = add_server(domain);
        people.account = {"all", "secret"};
        world_.servers[people.outgoing].policy.accounts = {people.account};
        people.people = people_of_each;
        for (std::uint32_t i = 0; i < people_of_each; ++i) {
            AddressId const person = world_.book.add_address({fmt::format("u{}", i), domain});
            if (i == 0)
                people.first_person = person;
        }
        people.host = add_host(people.key);
        people.interval = wanted_.interval * wanted_.providers;
        people.to = {{good_, wanted_.destinations, 100 - mistyped_percent},
                     {wrong_, wanted_.destinations, mistyped_percent}};
        people.sizes = {{2000, 5}, {10'000, 4}, {1'000'000, 1}};
        people.most_mail = wanted_.messages / wanted_.providers;
        world_.hosts[people.host].population = world_.populations.id_at(world_.populations.size());
        world_.populations.add(std::move(people));
    }

    MailWorld wanted_;
    World world_;
    AddressId good_;
    AddressId wrong_;
};

} // namespace

World make_world(MailWorld const& wanted) {
    return Builder{wanted}.build();
}

} // namespace mailflow::bench
