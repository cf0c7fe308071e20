// What a change sets anew at a name in the DNS, a person's program and a network.
#include "report/words/change_parts.hpp"

#include "base/text.hpp"
#include "report/moment.hpp"
#include "trace/event.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace mailflow {

namespace {

using Names = std::vector<std::string>;

/// Collects the parts of one change; the words are empty where a setting is as it was.
template<class Kind>
class Parts {
public:
    /// `before` is the change that would change nothing.
    Parts(Change const& change, Kind before) : change_(change), before_(std::move(before)) {}

    template<class Take>
    void add(std::string words, Take take, bool may_follow = false) {
        if (words.empty())
            return;
        Kind alone = before_;
        take(alone, std::get<Kind>(change_.what));
        found_.push_back({std::move(words), may_follow, {change_.at, change_.note, std::move(alone)}});
    }
    [[nodiscard]] std::vector<ChangePart> result() && { return std::move(found_); }

private:
    Change const& change_;
    Kind before_;
    std::vector<ChangePart> found_;
};

std::string trouble_words(std::string const& name, DnsRecords const& before, DnsRecords const& after) {
    if (before.trouble == after.trouble)
        return {};
    switch (after.trouble) {
    case DnsTrouble::server_failure: return fmt::format("the name servers of {} begin to fail", name);
    case DnsTrouble::no_answer: return fmt::format("the name servers of {} fall silent", name);
    case DnsTrouble::none: break;
    }
    return fmt::format("the name servers of {} answer again", name);
}

std::string mx_words(World const& world, std::string const& name, DnsRecords const& before,
                     DnsRecords const& after) {
    auto const same = [](MxRecord const& one, MxRecord const& other) {
        return one.host == other.host && one.preference == other.preference;
    };
    if (before.exists && !after.exists)
        return fmt::format("{} disappears from the DNS", name);
    if (before.null_mx == after.null_mx &&
        std::equal(before.mx.begin(), before.mx.end(), after.mx.begin(), after.mx.end(), same))
        return {};
    if (after.null_mx)
        return fmt::format("the DNS now says that {} takes no mail", name);
    if (after.mx.empty())
        return fmt::format("the DNS has no MX record for {} any more", name);
    Names hosts;
    for (MxRecord const& record : after.mx)
        hosts.push_back(world.book.name(record.host));
    return fmt::format("the DNS now says that {} {} mail for {}", join_words(hosts),
                       hosts.size() == 1 ? "takes" : "take", name);
}

std::string address_words(World const& world, std::string const& name, DnsRecords const& before,
                          DnsRecords const& after) {
    if (before.address == after.address && before.other_address == after.other_address)
        return {};
    if (!after.address.valid() && !after.other_address)
        return before.exists && !after.exists ? std::string{}
                                              : fmt::format("the DNS has no address for {} any more", name);
    return fmt::format("the DNS now gives {} the address {}", name, to_text(address_in(world, after)));
}

std::vector<ChangePart> parts_of_dns(World const& world, Change const& change, DnsRecords const& before) {
    auto const& whole = std::get<DnsChange>(change.what);
    std::string const& name = world.book.name(whole.name);
    using D = DnsChange;
    Parts<D> parts{change, {whole.name, before}};
    bool const answers = whole.after.trouble == DnsTrouble::none; // else nobody hears what it would say
    auto const if_heard = [&](std::string words) { return answers ? std::move(words) : std::string{}; };
    parts.add(trouble_words(name, before, whole.after),
              [](D& into, D const& from) { into.after.trouble = from.after.trouble; });
    parts.add(if_heard(mx_words(world, name, before, whole.after)), [](D& into, D const& from) {
        into.after.mx = from.after.mx;
        into.after.null_mx = from.after.null_mx;
        into.after.exists = from.after.exists;
    });
    parts.add(if_heard(address_words(world, name, before, whole.after)), [](D& into, D const& from) {
        into.after.address = from.after.address;
        into.after.other_address = from.after.other_address;
        into.after.exists = from.after.exists;
    });
    return std::move(parts).result();
}

std::string if_differs(bool differs, std::string words) {
    return differs ? std::move(words) : std::string{};
}

std::vector<ChangePart> parts_of_person(World const& world, Change const& change, std::uint32_t changes) {
    auto const& whole = std::get<PersonChange>(change.what);
    Person const& before = person_after(world, whole.person, changes);
    Person const& after = whole.after;
    Host const& host_before = host_after(world, after.host, changes);
    using P = PersonChange;
    Parts<P> parts{change, {whole.person, before, host_before}};
    parts.add(if_differs(host_before.network != whole.host_after.network,
                         fmt::format("{} goes to {}", after.name,
                                     network_after(world, whole.host_after.network, changes).label)),
              [](P& into, P const& from) { into.host_after = from.host_after; });
    parts.add(
        if_differs(before.web != after.web, fmt::format("{} writes in {} now", after.name,
                                                        after.web ? "the web mail" : "the mail program")),
        [](P& into, P const& from) {
            into.after.web = from.after.web;
            into.after.port = from.after.port;
            into.after.outgoing = from.after.outgoing;
        });
    parts.add(if_differs(before.outgoing != after.outgoing && after.outgoing.valid(),
                         after.outgoing.valid()
                             ? fmt::format("{} enters {} as the outgoing server", after.name,
                                           world.hosts[world.servers[after.outgoing].host].name)
                             : std::string{}),
              [](P& into, P const& from) { into.after.outgoing = from.after.outgoing; });
    parts.add(if_differs(before.authenticate != after.authenticate,
                         fmt::format("{} turns {} authentication for outgoing mail", after.name,
                                     after.authenticate ? "on" : "off")),
              [](P& into, P const& from) { into.after.authenticate = from.after.authenticate; });
    parts.add(
        if_differs(before.account.user != after.account.user ||
                       before.account.password != after.account.password,
                   fmt::format("{} types the name and password for {} mail anew", after.name,
                               after.authenticate || !after.incoming ? "outgoing" : "incoming")),
        [](P& into, P const& from) { into.after.account = from.after.account; },
        before.outgoing != after.outgoing); // it is another account then
    parts.add(
        if_differs(before.port != after.port, fmt::format("{} sends by port {} now", after.name, after.port)),
        [](P& into, P const& from) { into.after.port = from.after.port; },
        before.authenticate != after.authenticate || before.web != after.web);
    return std::move(parts).result();
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
Names labels_without(World const& world, std::vector<NetworkId> const& networks,
                     std::vector<NetworkId> const& others) {
    Names labels;
    for (NetworkId const id : networks)
        if (std::find(others.begin(), others.end(), id) == others.end())
            labels.push_back(world.networks[id].label);
    return labels;
}

/// Where ways come and go.
std::string route_words(World const& world, NetworkId id, Network const& before, Network const& after) {
    constexpr std::size_t most_named = 4;
    if (before.reaches == after.reaches)
        return {};
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
    Names words;
    if (!gained.empty())
        words.push_back(fmt::format("{} can be reached from {} now", join_words(gained), after.label));
    if (!lost.empty())
        words.push_back(fmt::format("{} can no longer be reached from {}", join_words(lost), after.label));
    return words.empty() ? fmt::format("the routes of {} change", after.label) : join_words(words);
}

std::string port_words(Network const& before, Network const& after) {
    auto const missing = [](std::vector<Port> const& ports, std::vector<Port> const& others) {
        Names names;
        for (Port const port : ports)
            if (std::find(others.begin(), others.end(), port) == others.end())
                names.push_back(fmt::format("port {}", port));
        return names;
    };
    Names words;
    if (Names const closed = missing(after.blocked_ports, before.blocked_ports); !closed.empty())
        words.push_back(fmt::format("{} lets nothing out to {} any more", after.label, join_words(closed)));
    if (Names const opened = missing(before.blocked_ports, after.blocked_ports); !opened.empty())
        words.push_back(fmt::format("{} lets calls out to {} again", after.label, join_words(opened)));
    return join_words(words);
}

std::vector<ChangePart> parts_of_network(World const& world, Change const& change, Network const& before) {
    auto const& whole = std::get<NetworkChange>(change.what);
    Network const& after = whole.after;
    using N = NetworkChange;
    Parts<N> parts{change, {whole.network, before}};
    parts.add(port_words(before, after),
              [](N& into, N const& from) { into.after.blocked_ports = from.after.blocked_ports; });
    parts.add(route_words(world, whole.network, before, after),
              [](N& into, N const& from) { into.after.reaches = from.after.reaches; });
    parts.add(if_differs(before.latency != after.latency,
                         fmt::format("packets to {} take {} now", after.label, say_duration(after.latency))),
              [](N& into, N const& from) { into.after.latency = from.after.latency; });
    return std::move(parts).result();
}

} // namespace

std::vector<ChangePart> parts_of(World const& world, ChangeId id) {
    Change const& change = world.changes[id];
    return std::visit(
        Overloaded{[&](ServerChange const& c) {
                       return parts_of(world, change, server_after(world, c.server, id.index));
                   },
                   [&](DnsChange const& c) {
                       return parts_of_dns(world, change, dns_after(world, c.name, id.index));
                   },
                   [&](PersonChange const&) { return parts_of_person(world, change, id.index); },
                   [&](NetworkChange const& c) {
                       return parts_of_network(world, change, network_after(world, c.network, id.index));
                   }},
        change.what);
}

std::string keeper_of(World const& world, ChangeId id) {
    return std::visit(Overloaded{[&](ServerChange const& c) {
                                     return "the postmaster of " +
                                            world.hosts[world.servers[c.server].host].name;
                                 },
                                 [&](DnsChange const& c) {
                                     return "whoever keeps the DNS records of " + world.book.name(c.name);
                                 },
                                 [&](PersonChange const& c) { return c.after.name; },
                                 [&](NetworkChange const& c) {
                                     return fmt::format("whoever runs the network \"{}\"", c.after.label);
                                 }},
                      world.changes[id].what);
}

} // namespace mailflow
