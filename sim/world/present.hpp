// The world as it stands at some moment of a run: the description with the changes so far applied. Cheap to
// make and to carry on; it borrows from the World.
#pragma once

#include "base/prefetch.hpp"
#include "world/world.hpp"

namespace mailflow {

/// What is asked of a machine at every step, in few bytes: large worlds would else be read from slow memory.
struct HostSketch {
    Server const* server = nullptr; // null: no server runs there
    NetworkId network;
    bool up = false;          // of the server; the same for what follows
    bool is_scripted = false; // the world prescribes answers to it
    bool limits_sessions = false;
};

static_assert(sizeof(HostSketch) == 16);

/// Of a name outside the world.
extern DnsRecords const no_dns_records;

/// The rows of one table as they stand now: those of the world, as long as none of them has changed.
template<class RowId, class Row>
class RowsNow {
public:
    explicit RowsNow(Table<RowId, Row> const& first) : first_(first) {}

    [[nodiscard]] Row const& operator[](RowId id) const { return now_.empty() ? first_[id] : *now_[id]; }
    [[nodiscard]] std::size_t size() const { return first_.size(); }

    /// From now on the row is that one, which is borrowed.
    void change(RowId id, Row const& row) {
        if (now_.empty())
            for (Row const& unchanged : first_)
                now_.add(&unchanged);
        now_[id] = &row;
    }

    /// A row will be asked for soon.
    void prepare_place(RowId id) const {
        if (!now_.empty())
            prefetch(now_.place_of(id));
    }

private:
    Table<RowId, Row> const& first_;
    Table<RowId, Row const*> now_; // empty: all as at first
};

class Present {
public:
    explicit Present(World const& world);

    /// The next change of World::changes comes into force.
    void apply_next();
    [[nodiscard]] std::uint32_t changes_applied() const { return applied_; }

    [[nodiscard]] World const& world() const { return world_; }
    [[nodiscard]] Server const& server(ServerId id) const { return servers_[id]; }
    [[nodiscard]] Person const& person(PersonId id) const { return people_[id]; }
    [[nodiscard]] Network const& network(NetworkId id) const { return networks_[id]; }
    [[nodiscard]] Host const& host(HostId id) const { return hosts_[id]; }
    [[nodiscard]] IpAddress const& address(HostId id) const { return addresses_[id]; }

    /// The server that runs on the machine; the machine must be a server.
    [[nodiscard]] Server const& server_on(HostId id) const { return *sketches_[id].server; }
    [[nodiscard]] HostSketch const& sketch_of(HostId id) const { return sketches_[id]; }
    /// What DNS would answer for the name now; a name outside the world does not exist.
    [[nodiscard]] DnsRecords const& dns(DomainId name) const {
        return name.index < dns_.size() ? dns_[name] : no_dns_records;
    }

    /// Whether there is a route between the two machines: each network must reach the other.
    [[nodiscard]] bool routed(HostId from, HostId to) const;
    /// Whether the client's network lets calls to that port out.
    [[nodiscard]] bool blocked(HostId from, HostId to, Port port) const;
    /// How long a packet takes from one machine to the other, one way.
    [[nodiscard]] Duration one_way(HostId from, HostId to) const;
    /// How long a question takes to the DNS, one way.
    [[nodiscard]] Duration one_way_to_dns(HostId from) const;

    /// The machine will make a call soon.
    void prepare_address(HostId id) const { prefetch(addresses_.place_of(id)); }
    /// The machine's server will be asked for something soon, or for all that it goes by; and before that,
    /// where it is.
    void prepare_place(HostId id) const { prefetch(sketches_.place_of(id)); }
    void prepare(HostId id) const {
        if (Server const* const server = sketches_[id].server)
            prefetch(&server->policy);
    }
    void prepare_lists(HostId id) const;
    /// The machine's server will be asked who it is, or where it sends mail, soon.
    void prepare_server(HostId id) const;
    /// What DNS would answer for the name will be asked for soon; and before that, where it is.
    void prepare(DomainId id) const { prefetch_all(&dns(id)); }
    void prepare_place(DomainId id) const { dns_.prepare_place(id); }
    /// The server will be asked for its machine or its name soon; and before that, where it is.
    void prepare(ServerId id) const {
        prefetch(&servers_[id].host);
        prefetch(&servers_[id].name);
    }
    void prepare_place(ServerId id) const { servers_.prepare_place(id); }

private:
    World const& world_;
    std::uint32_t applied_ = 0;
    RowsNow<ServerId, Server> servers_;
    Table<HostId, HostSketch> sketches_;
    Table<HostId, IpAddress> addresses_;
    RowsNow<PersonId, Person> people_;
    RowsNow<NetworkId, Network> networks_;
    RowsNow<HostId, Host> hosts_;
    RowsNow<DomainId, DnsRecords> dns_;
};

/// One server, or what DNS knows of one name, after that many changes.
[[nodiscard]] Server const& server_after(World const& world, ServerId id, std::uint32_t changes);
[[nodiscard]] DnsRecords const& dns_after(World const& world, DomainId name, std::uint32_t changes);

/// The world at a moment; changes of that very moment are in force.
[[nodiscard]] Present present_at(World const& world, Instant at);

} // namespace mailflow
