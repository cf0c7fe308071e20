#include "viz/layout/columns.hpp"

#include "policy/server_policy.hpp"

#include <algorithm>
#include <utility>

namespace mailflow::viz {

namespace {

enum Rank : int { sender_rank, outgoing_rank, destination_rank };

bool sends_mail(World const& world, PersonId person) {
    return std::any_of(world.mail.begin(), world.mail.end(),
                       [person](Mail const& mail) { return mail.from == person; });
}

/// Whether it is so in the beginning or after some change.
template<class Predicate>
bool ever(World const& world, Predicate const& holds) {
    Present present{world};
    while (!holds(std::as_const(present))) {
        if (present.changes_applied() == world.changes.size())
            return false;
        present.apply_next();
    }
    return true;
}

bool trusts_network(Server const& server, Network const& network) {
    return std::any_of(server.policy.trusts.begin(), server.policy.trusts.end(),
                       [&](IpRange const& range) { return range.contains(network.range.first); });
}

bool is_outgoing(World const& world, ServerId server) {
    for (std::size_t i = 0; i < world.people.size(); ++i)
        if (world.people[world.people.id_at(i)].outgoing == server &&
            sends_mail(world, world.people.id_at(i)))
            return true;
    return false;
}

int rank_of(World const& world, Trace const& trace, HostId host) {
    Host const& machine = world.hosts[host];
    if (machine.person.valid())
        return sends_mail(world, machine.person) ? sender_rank : destination_rank;
    if (machine.spammer.valid() || machine.population.valid())
        return sender_rank;
    if (is_outgoing(world, machine.server))
        return outgoing_rank;
    bool const calls = std::any_of(trace.sessions.begin(), trace.sessions.end(),
                                   [host](Session const& session) { return session.client == host; });
    return calls ? outgoing_rank : destination_rank;
}

int rank_of(World const& world, Trace const& trace, NetworkId network) {
    std::vector<HostId> const machines = machines_in(world, network);
    if (machines.empty())
        return sender_rank;
    int rank = destination_rank;
    for (HostId const host : machines)
        rank = std::min(rank, rank_of(world, trace, host));
    return rank;
}

} // namespace

std::vector<HostId> machines_in(World const& world, NetworkId network) {
    std::vector<HostId> machines;
    for (bool const servers : {true, false})
        for (std::size_t i = 0; i < world.hosts.size(); ++i)
            if (HostId const host = world.hosts.id_at(i);
                is_server(world, host) == servers &&
                ever(world, [&](Present const& present) { return present.host(host).network == network; }))
                machines.push_back(host);
    return machines;
}

bool is_empty(Present const& present, NetworkId network) {
    Table<HostId, Host> const& hosts = present.world().hosts;
    for (std::size_t i = 0; i < hosts.size(); ++i)
        if (present.host(hosts.id_at(i)).network == network)
            return false;
    return true;
}

bool is_trusted(Present const& present, NetworkId network) {
    Table<ServerId, Server> const& servers = present.world().servers;
    for (std::size_t i = 0; i < servers.size(); ++i)
        if (trusts_network(present.server(servers.id_at(i)), present.network(network)))
            return true;
    return false;
}

bool ever_trusted(World const& world, NetworkId network) {
    return ever(world, [network](Present const& present) { return is_trusted(present, network); });
}

bool shows_mailbox(World const& world, Trace const& trace, HostId host) {
    if (!is_server(world, host))
        return false;
    // An address may become another one on its way, by an alias or by a way that is written into the name:
    // what the server had in its queue counts, too.
    constexpr std::size_t most_looked_at = 10'000;
    return ever(world, [&](Present const& present) {
        ServerPolicy const& policy = present.server_on(host).policy;
        auto const handles = [&](auto const& recipient) {
            return handled_at(policy, world.book[recipient.address].domain).has_value();
        };
        if (std::any_of(trace.recipients.begin(), trace.recipients.end(), handles))
            return true;
        for (std::size_t i = 0; i < std::min(trace.entries.size(), most_looked_at); ++i)
            if (QueueEntry const& entry = trace.entries[trace.entries.id_at(i)];
                entry.server == host &&
                std::any_of(entry.recipients.begin(), entry.recipients.end(), handles))
                return true;
        return false;
    });
}

Columns arrange_columns(World const& world, Trace const& trace) {
    std::vector<std::vector<NetworkId>> ranks(destination_rank + 1);
    // Places with machines first: an empty one is only what somebody's rule speaks of.
    for (bool const empty : {false, true})
        for (std::size_t i = 0; i < world.networks.size(); ++i) {
            NetworkId const network = world.networks.id_at(i);
            if (machines_in(world, network).empty() == empty)
                ranks[static_cast<std::size_t>(rank_of(world, trace, network))].push_back(network);
        }
    Columns columns;
    std::size_t middle_rank = outgoing_rank;
    if (ranks[middle_rank].empty())
        middle_rank = ranks[destination_rank].empty() ? sender_rank : destination_rank;
    for (std::size_t rank = 0; rank < ranks.size(); ++rank) {
        if (ranks[rank].empty())
            continue;
        if (rank == middle_rank)
            columns.middle = columns.networks.size();
        columns.networks.push_back(std::move(ranks[rank]));
    }
    return columns;
}

} // namespace mailflow::viz
