// The immutable description of one scenario: what stands where, who is who, what DNS says, what is sent, and
// what must come out. It is made by scenario/ from text (or by a test by hand) and never changes during a
// run.
#pragma once

#include "base/inline_list.hpp"
#include "base/time.hpp"
#include "mail/access.hpp"
#include "mail/command.hpp"
#include "mail/outcome.hpp"
#include "mail/trick.hpp"
#include "policy/server_policy.hpp"

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace mailflow {

using NetworkId = Id<struct NetworkTag>;
using HostId = Id<struct HostTag>;
using ServerId = Id<struct ServerTag>;
using PersonId = Id<struct PersonTag>;
using MailId = Id<struct MailTag>;
using ChangeId = Id<struct ChangeTag>;
using SpammerId = Id<struct SpammerTag>;
using BlocklistId = Id<struct BlocklistTag>;
using PopulationId = Id<struct PopulationTag>;

/// Where a picture of the world shows something: thousandths of its width, from the left, and of its height,
/// from the top. Nothing that happens depends on it.
struct PictureSpot {
    std::uint16_t across = 0;
    std::uint16_t down = 0;

    bool operator==(PictureSpot const&) const = default;
};
inline constexpr std::uint16_t picture_thousandths = 1000;

/// A place where machines stand: a home, a hotel, a provider.
struct Network {
    std::string name;  // the key in the file
    std::string label; // for people; the name when the file gives none
    IpRange range;
    Duration latency{};              // one way, between a machine here and the middle of the internet
    std::vector<Port> blocked_ports; // calls from here to these ports elsewhere get no answer
    std::optional<std::vector<NetworkId>>
        reaches;                           // the only other networks that it has a route to; none: all
    std::optional<PictureSpot> shown_at{}; // none: wherever there is room
};

/// A machine with an address: a person's computer, a server, what a spammer sends with, or one that stands
/// for all computers of a population.
struct Host {
    std::string name; // the person's key, or the server's host name
    NetworkId network;
    IpAddress address;
    PersonId person; // whose computer it is; one of the four is valid
    ServerId server;
    SpammerId spammer{};
    PopulationId population{};
    std::optional<PictureSpot> shown_at{}; // none: wherever there is room in its network
};

/// What becomes of mail to a local part that is no mailbox: it goes on to one address.
struct Alias {
    LocalPartId local_part;
    AddressId target;
};

/// Where a server sends mail for one domain, instead of asking for its MX.
struct Route {
    DomainId domain;
    DomainId host;
};

/// The waits between the tries of a queue: the first, then twice as long each time, up to the longest.
struct BackOff {
    Duration first{};
    Duration most{};
};

/// When a queue tries again, and when it gives up, as far as the postmaster has set it.
struct RetrySchedule {
    std::optional<BackOff> back_off; // none: as the software does
    Duration give_up{};              // the age at which a message is returned
    std::optional<Duration> warn;    // the age at which its sender is told of the delay
};

/// What is asked most stands first, in few lines of the cache.
struct alignas(cache_line_bytes) Server {
    ServerPolicy policy; // of which the same holds
    HostId host;
    DomainId name;                               // its host name as a domain
    bool up = true;                              // down: the machine answers, but nobody listens
    std::optional<std::uint32_t> max_sessions{}; // incoming ones at a time; none: any number
    std::optional<std::uint32_t>
        concurrency{};                    // sessions to one destination at a time; none: as its software
    std::optional<DomainId> smarthost{};  // all mail that is not for here goes to this host ...
    std::vector<Route> routes{};          // ... except to these domains; sorted by domain
    std::vector<Alias> aliases{};         // sorted by local part
    std::optional<RetrySchedule> retry{}; // none: as its software does
    std::optional<Account> smarthost_account{}; // with which it logs in at the smarthost
};

/// The settings of a mail program for looking into the mailbox.
struct Incoming {
    ServerId server;
    Service protocol = Service::imap; // or pop3
    Port port = port_imap;
    Duration every{}; // from one look to the next
    std::string user;
    std::string password;
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
    bool web = false;                   // the message is written in a browser, at the provider's web mail
    Account account;                    // with which it logs in
    std::optional<Incoming> incoming{}; // none: nobody looks into the mailbox
};

/// How a spammer's mail gets into the world.
enum class SpamWay : std::uint8_t {
    through, // a server on port 25, without a login: an open relay, if it is one
    direct,  // straight to the servers that DNS names for each recipient
    account, // a provider's submission port, with somebody's name and password
    probe    // through the first of several servers that turns out to relay
};

/// One try to have a server relay a test message.
struct ProbeTry {
    ServerId server;
    Trick trick;
    AddressId from;                 // none: the null path
    AddressId recipient;            // the drop box, as the trick has it written
    std::vector<AddressId> targets; // the same for those whom the spam is to reach
};

/// The search for an open relay. What arrives in the drop box was relayed.
struct Probe {
    std::vector<ProbeTry> tries; // one server after the other
    AddressId drop;
    ServerId drop_server; // that has the mailbox
    Duration interval{};  // between two tries
    Duration wait{};      // from the last try until the spammer looks into the drop box
};

/// What a server makes of a path that a prober types to it (smtp/path.hpp).
struct TypedPath {
    ServerId server;
    AddressId written;
    bool is_sender = false;
    AddressId heard;        // the mailbox; none where the server can make none of it
    Flaw flaw = Flaw::none; // what is wrong with it
    // For the words of the reply:
    std::string given;    // the path with its brackets
    std::string shown;    // how the server speaks of it
    std::string argument; // what is wrong ...
    std::string before;   // ... and what stands before that
};

/// Somebody who sends the same to many. Not a mail server: what is refused or put off is not tried again.
struct Spammer {
    HostId host;
    std::string key;
    std::string name; // for people
    SpamWay way = SpamWay::direct;
    ServerId server{}; // of `through` and `account`
    std::optional<Probe> probe{};
    Account account{};
    AddressId from; // whom the mail pretends to come from
    std::vector<AddressId> to;
    bool guesses = false;    // each message goes to the next of `to`; else each to all of them
    bool is_drawn = false;   // beside a population: to any of `to`, at gaps that are drawn
    Duration interval{};     // between two messages; if drawn, on average
    std::uint32_t count = 0; // of messages; of a drawn one as many as are to be expected, which ends nothing
    std::optional<std::uint64_t>
        most_drawn{}; // but this does: its share, where the people's own mail ends so
    Instant start;
    Instant end{Duration::max()}; // nothing is sent later
    std::uint64_t size_bytes = 4000;
};

/// Addresses that a population writes to: so many that stand one behind the other in the book, all equally
/// often.
struct Destination {
    AddressId first;
    std::uint32_t names = 1;
    std::uint32_t weight = 1; // of all of them together, among the population's destinations
};

struct MailSize {
    std::uint64_t bytes = 4000;
    std::uint32_t weight = 1; // among the population's sizes
};

/// People by the thousand, of whom nothing is told one by one. Their mail is drawn from the seed when it is
/// due; there is no list of it.
struct Population {
    HostId host; // stands for all of their computers
    std::string key;
    std::string name; // for people
    ServerId outgoing;
    Port port = port_submission;                  // of those who log in; the others hand in on port 25
    Account account;                              // stands for the accounts of all
    std::uint32_t logged_in_millionths = 1000000; // of the mail, handed in with a login
    AddressId first_person;                       // their addresses stand one behind the other in the book
    std::uint32_t people = 1;
    Duration interval{};                // on average, from one message of them all to the next; at least 1 ns
    std::vector<std::uint32_t> hours{}; // how much they write in each hour of the day, 24 numbers from 0 to
                                        // 1000, not all 0; none: always the same
    std::vector<Destination> to;        // at least one of a weight
    std::vector<MailSize> sizes{};      // none: 4000 octets each
    Instant start;
    Instant end{longest_run};                 // nobody writes any more
    std::optional<std::uint64_t> most_mail{}; // nor after so many messages
};

/// A public list of addresses that send spam (RFC 5782). It hears of every message of a spammer that an
/// address offers to a final destination for one of its recipients: some of these are its spam traps.
struct Blocklist {
    DomainId zone;
    std::vector<IpRange> always;             // listed during the whole run
    std::uint32_t after = 10;                // messages, after which an address is listed
    Duration lasts = std::chrono::hours{24}; // since the last of them, until it is forgotten
};

/// One MX record (RFC 5321 section 5.1).
struct MxRecord {
    DomainId host;
    std::uint16_t preference = 0;
};

/// Why the servers of a name give no answer (RFC 1035 section 4.1.1): an error, or nothing at all.
enum class DnsTrouble : std::uint8_t { none, server_failure, no_answer };

/// What DNS knows of one name. A name that is not `exists` gets NXDOMAIN, except that an address in the place
/// of a host's name ("MX 10 192.0.2.1") is taken for the address, as getaddrinfo(3) does.
struct DnsRecords {
    bool exists = false;
    bool null_mx = false;                 // "MX 0 ." (RFC 7505)
    HostId address;                       // the machine that its address record leads to
    InlineList<MxRecord, 2> mx;           // by rising preference; equals in the order of the file
    Duration ttl = std::chrono::hours{1}; // how long an answer may be kept (RFC 1034 section 3.6)
    DomainId ptr;                         // of the name of an address: the host that has it
    DnsTrouble trouble = DnsTrouble::none;
    std::optional<IpAddress> other_address; // an address record that leads to no machine of the world
};

static_assert(sizeof(DnsRecords) <= cache_line_bytes);

struct ServerChange {
    ServerId server;
    Server after;
};
struct DnsChange {
    DomainId name;
    DnsRecords after;
};
/// The person, and where their computer stands.
struct PersonChange {
    PersonId person;
    Person after;
    Host host_after;
};
struct NetworkChange {
    NetworkId network;
    Network after;
};

/// One message that a person writes.
struct Mail {
    std::string id;
    Instant at;
    PersonId from;
    InlineList<AddressId, 2> to;
    InlineList<AddressId, 2> bcc{}; // recipients that no header names (RFC 5322 section 3.6.3)
    std::string subject;
    std::uint64_t size_bytes = 4000;
    ServerId via{}; // this once through another outgoing server, on port 25 and without a login
    // A message that a server has taken before the run begins; nobody submits it any more.
    ServerId taken_by{};
    AddressId reverse_path{};         // of such a message; none: the null path
    std::uint32_t received_lines = 0; // the same: how many servers have stamped it before this one
};

/// The name in which the DNS keeps the host name of an address (RFC 1035 section 3.5, RFC 3596 section 2.5).
struct ReverseEntry {
    IpAddress address;
    DomainId name;
};

/// What somebody does while the clock runs: the complete state of one thing from then on.
struct Change {
    Instant at;
    std::string note; // for people; may be empty
    std::variant<ServerChange, DnsChange, PersonChange, NetworkChange> what;
};

/// The changes of a world. Which is the last of one thing before a moment is found without a walk over all of
/// them, for it is asked at every look-up and every session.
class ChangeLog {
public:
    ChangeId add(Change change);

    [[nodiscard]] Change const& operator[](ChangeId id) const { return changes_[id]; }
    [[nodiscard]] ChangeId id_at(std::size_t index) const { return changes_.id_at(index); }
    [[nodiscard]] std::size_t size() const { return changes_.size(); }
    [[nodiscard]] bool empty() const { return changes_.empty(); }
    [[nodiscard]] auto begin() const { return changes_.begin(); }
    [[nodiscard]] auto end() const { return changes_.end(); }

    /// The last of the first `count` changes that is about the thing; null when none is.
    [[nodiscard]] ServerChange const* last(ServerId server, std::uint32_t count) const;
    [[nodiscard]] DnsChange const* last(DomainId name, std::uint32_t count) const;
    [[nodiscard]] PersonChange const* last(PersonId person, std::uint32_t count) const;
    [[nodiscard]] NetworkChange const* last(NetworkId network, std::uint32_t count) const;

private:
    /// The kind of thing, and its number.
    using Thing = std::pair<std::size_t, std::uint32_t>;

    template<class Kind>
    [[nodiscard]] Kind const* last_of(std::uint32_t thing, std::uint32_t count) const;

    Table<ChangeId, Change> changes_;
    std::map<Thing, std::vector<ChangeId>> of_; // by rising number
};

/// What must come out for one recipient, or for all recipients of a message or of all messages of a spammer
/// or of a population; or for how many of them.
struct Expectation {
    MailId mail;
    SpammerId spammer{};
    PopulationId population{}; // one of the three is valid
    AddressId to;              // none: every recipient
    std::optional<Outcome> outcome;
    std::optional<Reason> reason;
    HostId by;
    std::string reply;                       // what the reply begins with
    std::optional<bool> fetched{};           // whether a mail program has fetched it
    std::optional<std::uint32_t> at_least{}; // of the recipients; neither of the two: all
    std::optional<std::uint32_t> at_most{};
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
    Table<SpammerId, Spammer> spammers; // in the order of the file
    Table<PopulationId, Population> populations;
    std::vector<TypedPath> typed_paths{};      // by server, sender and address
    Table<BlocklistId, Blocklist> blocklists;  // in the order of the file, then those that servers name
    Table<DomainId, DnsRecords> dns;           // a row for each domain of the book
    std::vector<ReverseEntry> reverse_entries; // those that the DNS was told of, by address
    Table<MailId, Mail> mail;                  // in the order of the file
    ChangeLog changes;                         // by time; those of one time in the order of the file
    std::vector<Expectation> expectations;
};

/// What the server makes of that address in MAIL (a sender) or RCPT; null where it takes it as it stands.
[[nodiscard]] TypedPath const* typed_path(World const& world, ServerId server, AddressId written, Verb verb);

/// The try that the message of a spammer is; null where it is spam itself.
[[nodiscard]] ProbeTry const* try_of(Spammer const& spammer, std::uint32_t number);

/// The address in the domain's address record; there must be one.
[[nodiscard]] IpAddress address_in(World const& world, DnsRecords const& records);
/// Whether the address record says 127.0.0.1 or so: it leads whoever asks to themselves.
[[nodiscard]] bool is_loopback(DnsRecords const& records);
/// Whether there is an address record, and no machine of the world has that address.
[[nodiscard]] bool leads_to_no_machine(DnsRecords const& records);

/// The person's, the spammer's or the population's name, or the server's host name.
[[nodiscard]] std::string const& label_of(World const& world, HostId host);

[[nodiscard]] inline bool is_server(World const& world, HostId host) {
    return world.hosts[host].server.valid();
}

} // namespace mailflow
