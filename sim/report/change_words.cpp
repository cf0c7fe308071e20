// What somebody did while the clock ran, in words: report/words.hpp.
#include "base/text.hpp"
#include "report/moment.hpp"
#include "report/words.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace mailflow {

namespace {

std::vector<std::string> names_of(World const& world, std::vector<DomainId> const& domains) {
    std::vector<std::string> names;
    for (DomainId const domain : domains)
        names.push_back(world.book.name(domain));
    return names;
}

/// What is in `list` and not in `other`; both sorted.
std::vector<DomainId> without(std::span<DomainId const> list, std::span<DomainId const> other) {
    std::vector<DomainId> rest;
    std::set_difference(list.begin(), list.end(), other.begin(), other.end(), std::back_inserter(rest));
    return rest;
}

void add_if(std::vector<std::string>& words, bool holds, std::string text) {
    if (holds)
        words.push_back(std::move(text));
}

std::string of_server(World const& world, Server const& before, Server const& after) {
    std::string const& name = world.hosts[after.host].name;
    std::vector<std::string> words;
    add_if(words, before.up && !after.up, fmt::format("{} goes down", name));
    add_if(words, !before.up && after.up, fmt::format("{} comes up again", name));
    auto const handled = without(after.policy.handles, before.policy.handles);
    auto const dropped = without(before.policy.handles, after.policy.handles);
    add_if(words, !handled.empty(),
           fmt::format("{} now handles {}", name, join_words(names_of(world, handled))));
    add_if(words, !dropped.empty(),
           fmt::format("{} no longer handles {}", name, join_words(names_of(world, dropped))));
    auto const relayed = without(after.policy.relays_for, before.policy.relays_for);
    add_if(words, !relayed.empty(),
           fmt::format("{} now relays for {}", name, join_words(names_of(world, relayed))));
    add_if(words, before.policy.open_relay && !after.policy.open_relay,
           fmt::format("{} is no open relay any more", name));
    add_if(words, !before.policy.open_relay && after.policy.open_relay,
           fmt::format("{} becomes an open relay", name));
    add_if(words, !before.policy.greylist && after.policy.greylist,
           fmt::format("{} begins to greylist", name));
    add_if(words, before.policy.greylist && !after.policy.greylist,
           fmt::format("{} stops greylisting", name));
    add_if(words, !before.policy.answers && after.policy.answers,
           fmt::format("{} has another answer for everybody", name));
    add_if(words, before.policy.answers && !after.policy.answers,
           fmt::format("{} answers as usual again", name));
    add_if(words, before.policy.max_size_bytes != after.policy.max_size_bytes,
           fmt::format("{} takes messages of another size", name));
    add_if(words, before.smarthost != after.smarthost,
           after.smarthost
               ? fmt::format("{} sends its mail through {} now", name, world.book.name(*after.smarthost))
               : fmt::format("{} needs no other server for its mail any more", name));
    return words.empty() ? fmt::format("the postmaster of {} changes its settings", name) : join_words(words);
}

std::string of_dns(World const& world, DnsChange const& change, DnsRecords const& before) {
    std::string const& name = world.book.name(change.name);
    DnsRecords const& after = change.after;
    if (after.trouble == DnsTrouble::server_failure && before.trouble != after.trouble)
        return fmt::format("the name servers of {} begin to fail", name);
    if (after.trouble == DnsTrouble::no_answer)
        return fmt::format("the name servers of {} fall silent", name);
    if (before.trouble != DnsTrouble::none)
        return fmt::format("the name servers of {} answer again", name);
    if (before.exists && !after.exists)
        return fmt::format("{} disappears from the DNS", name);
    if (!after.mx.empty()) {
        std::vector<std::string> hosts;
        for (MxRecord const& record : after.mx)
            hosts.push_back(world.book.name(record.host));
        return fmt::format("the DNS now says that {} takes mail for {}", join_words(hosts), name);
    }
    return fmt::format("the DNS records of {} change", name);
}

std::string of_person(World const& world, PersonChange const& change, Host const& host_before,
                      std::uint32_t changes) {
    std::string const& name = change.after.name;
    if (host_before.network != change.host_after.network)
        return fmt::format("{} goes to {}", name,
                           network_after(world, change.host_after.network, changes).label);
    return fmt::format("{} changes the settings of the mail program", name);
}

/// The other networks to which a way leads.
std::vector<NetworkId> reached_from(World const& world, NetworkId id, Network const& network) {
    std::vector<NetworkId> reached;
    for (std::size_t i = 0; i < world.networks.size(); ++i) {
        NetworkId const other = world.networks.id_at(i);
        auto const& known = network.reaches;
        if (other != id && (!known || std::find(known->begin(), known->end(), other) != known->end()))
            reached.push_back(other);
    }
    return reached;
}

/// Those in `networks` and not in `others`; both in the order of the world.
std::vector<std::string> labels_without(World const& world, std::vector<NetworkId> const& networks,
                                        std::vector<NetworkId> const& others) {
    std::vector<std::string> labels;
    for (NetworkId const id : networks)
        if (std::find(others.begin(), others.end(), id) == others.end())
            labels.push_back(world.networks[id].label);
    return labels;
}

/// Where ways come and go.
std::string of_routes(World const& world, NetworkId id, Network const& before, Network const& after) {
    constexpr std::size_t most_named = 4;
    auto const old_ones = reached_from(world, id, before);
    auto const new_ones = reached_from(world, id, after);
    if (new_ones.empty())
        return fmt::format("{} is cut off and can no longer be reached", after.label);
    if (old_ones.empty() || !after.reaches)
        return fmt::format("{} can be reached again", after.label);
    auto const gained = labels_without(world, new_ones, old_ones);
    auto const lost = labels_without(world, old_ones, new_ones);
    if (gained.size() + lost.size() > most_named)
        return fmt::format("the routes of {} change", after.label);
    std::vector<std::string> words;
    add_if(words, !gained.empty(),
           fmt::format("{} can be reached from {} now", join_words(gained), after.label));
    add_if(words, !lost.empty(),
           fmt::format("{} can no longer be reached from {}", join_words(lost), after.label));
    return words.empty() ? fmt::format("the routes of {} change", after.label) : join_words(words);
}

std::string of_network(World const& world, NetworkId id, Network const& before, Network const& after) {
    std::vector<std::string> words;
    auto const closed = [&](Port port) {
        return std::find(before.blocked_ports.begin(), before.blocked_ports.end(), port) ==
               before.blocked_ports.end();
    };
    for (Port const port : after.blocked_ports)
        add_if(words, closed(port),
               fmt::format("{} lets nothing out to port {} any more", after.label, port));
    add_if(words, before.blocked_ports.size() > after.blocked_ports.size(),
           fmt::format("{} blocks fewer ports", after.label));
    if (before.reaches != after.reaches)
        words.push_back(of_routes(world, id, before, after));
    add_if(words, before.latency != after.latency,
           fmt::format("packets to {} take {} now", after.label, say_duration(after.latency)));
    return words.empty() ? fmt::format("{} changes", after.label) : join_words(words);
}

} // namespace

std::string change_words(World const& world, ChangeId id) {
    Change const& change = world.changes[id];
    if (!change.note.empty())
        return change.note;
    return std::visit(
        Overloaded{[&](ServerChange const& c) {
                       return of_server(world, server_after(world, c.server, id.index), c.after);
                   },
                   [&](DnsChange const& c) { return of_dns(world, c, dns_after(world, c.name, id.index)); },
                   [&](PersonChange const& c) {
                       return of_person(world, c, host_after(world, c.after.host, id.index), id.index);
                   },
                   [&](NetworkChange const& c) {
                       return of_network(world, c.network, network_after(world, c.network, id.index),
                                         c.after);
                   }},
        change.what);
}

} // namespace mailflow
