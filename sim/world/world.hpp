// The immutable description of one scenario: what stands where, who is who, what DNS says, what is sent, and
// what must come out. It is made by scenario/ from text (or by a test by hand) and never changes during a
// run.
#pragma once

#include "base/time.hpp"
#include "mail/command.hpp"
#include "mail/outcome.hpp"
#include "policy/server_policy.hpp"

#include <optional>
#include <string>
#include <vector>

namespace mailflow {

using NetworkId = Id<struct NetworkTag>;
using HostId = Id<struct HostTag>;
using ServerId = Id<struct ServerTag>;
using PersonId = Id<struct PersonTag>;
using MailId = Id<struct MailTag>;

/// A place where machines stand: a home, a hotel, a provider.
struct Network {
    std::string name;  // the key in the file
    std::string label; // for people; the name when the file gives none
    IpRange range;
    Duration latency{}; // one way, between a machine here and the middle of the internet
};

/// A machine with an address: a person's computer, or a server.
struct Host {
    std::string name; // the person's key, or the server's host name
    NetworkId network;
    IpAddress address;
    PersonId person; // whose computer it is; one of the two is valid
    ServerId server;
};

struct Server {
    HostId host;
    DomainId name; // its host name as a domain
    ServerPolicy policy;
};

struct Person {
    HostId host;
    std::string key;
    std::string name;
    AddressId address;
    // The settings of the mail program for outgoing mail.
    ServerId outgoing;
    Port port = port_submission;
    bool authenticate = true;
    std::string user;
    std::string password;
};

/// One MX record (RFC 5321 section 5.1).
struct MxRecord {
    DomainId host;
    std::uint16_t preference = 0;
};

/// What DNS knows of one name. A name that is not `exists` gets NXDOMAIN.
struct DnsRecords {
    bool exists = false;
    bool null_mx = false;     // "MX 0 ." (RFC 7505)
    std::vector<MxRecord> mx; // by rising preference; equals in the order of the file
    HostId address;           // the machine that its address record leads to
};

/// One message that a person writes.
struct Mail {
    std::string id;
    Instant at;
    PersonId from;
    std::vector<AddressId> to;
    std::string subject;
    std::uint64_t size_bytes = 4000;
};

/// What must come out for one recipient, or for all recipients of a message.
struct Expectation {
    MailId mail;
    AddressId to; // none: every recipient
    std::optional<Outcome> outcome;
    std::optional<Reason> reason;
    HostId by;
    std::string reply; // what the reply begins with
};

struct World {
    std::string title;
    std::string summary;
    std::uint64_t seed = 1;
    Duration until = longest_run;

    AddressBook book;
    Table<NetworkId, Network> networks;
    Table<HostId, Host> hosts;
    Table<ServerId, Server> servers;
    Table<PersonId, Person> people;
    Table<DomainId, DnsRecords> dns; // a row for each domain of the book
    Table<MailId, Mail> mail;        // in the order of the file
    std::vector<Expectation> expectations;
};

/// How long a packet takes from one machine to the other, one way.
[[nodiscard]] Duration one_way(World const& world, HostId from, HostId to);

/// How long a question takes to the DNS, one way.
[[nodiscard]] Duration one_way_to_dns(World const& world, HostId from);

/// What DNS knows of the name; a name outside the world does not exist.
[[nodiscard]] DnsRecords const& dns_of(World const& world, DomainId name);

/// The person's name, or the server's host name.
[[nodiscard]] std::string const& label_of(World const& world, HostId host);

[[nodiscard]] inline bool is_server(World const& world, HostId host) {
    return world.hosts[host].server.valid();
}

} // namespace mailflow
