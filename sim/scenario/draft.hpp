// A scenario as it was written: read and checked value by value, names not yet looked up, nothing filled in.
#pragma once

#include "scenario/reader.hpp"
#include "world/world.hpp"

#include <optional>
#include <string>
#include <vector>

namespace mailflow {

using Name = Located<std::string>;

struct NetworkDraft {
    Value at;
    std::string name;
    std::optional<std::string> label;
    std::optional<Located<IpRange>> range;
    std::optional<Duration> latency;
    std::vector<Port> blocked_ports;
    std::optional<std::vector<Name>> reaches;
    bool up = true;
    std::optional<PictureSpot> shown_at;
};

struct BlockDraft {
    std::optional<Port> port;
};

/// A local part and where its mail goes.
struct AliasDraft {
    std::string local_part;
    Located<Mailbox> target; // without a domain: a local part of the server's own
};

struct RouteDraft {
    std::string domain;
    Name server;
};

struct AccountDraft {
    std::optional<std::string> user;
    std::optional<std::string> password;
};

struct RetryDraft {
    std::optional<Located<Duration>> first;
    std::optional<Located<Duration>> most;
    std::optional<Located<Duration>> give_up;
    std::optional<Located<Duration>> warn;
};

struct ServerDraft {
    Value at;
    std::string name;
    std::optional<Name> network;
    Software software = Software::postfix;
    std::vector<std::string> handles;
    std::optional<std::vector<std::string>> mailboxes; // "*" stands for any
    std::optional<std::vector<Account>> accounts;
    std::vector<Name> trusts;
    std::vector<std::string> relays_for;
    bool open_relay = false;
    std::vector<AliasDraft> aliases;
    std::optional<Name> smarthost;
    std::vector<RouteDraft> routes;
    std::optional<Located<Account>> smarthost_account;
    std::optional<std::uint64_t> max_size_bytes;
    std::optional<Duration> greylist;
    std::optional<Duration> pop_before_smtp;
    std::vector<std::string> blocklists;
    std::optional<std::uint32_t> max_sessions;
    std::optional<RetryDraft> retry;
    std::optional<std::uint32_t> concurrency;
    std::optional<ScriptedAnswers> answers;
    std::optional<PictureSpot> shown_at;
    bool up = true;
};

struct OutgoingDraft {
    std::optional<Name> server;
    std::optional<Port> port;
    bool authenticate = true;
    bool web = false;
};

struct IncomingDraft {
    std::optional<Name> server;
    std::optional<Service> protocol;
    std::optional<Located<Port>> port;
    std::optional<Duration> every;
};

struct PersonDraft {
    Value at;
    std::string key;
    std::optional<std::string> name;
    std::optional<Located<Mailbox>> address;
    std::optional<Name> network;
    std::optional<std::string> password;
    OutgoingDraft outgoing;
    std::optional<IncomingDraft> incoming;
    std::optional<PictureSpot> shown_at;
};

struct StolenAccountDraft {
    std::optional<Name> server;
    std::optional<std::string> user;
    std::optional<std::string> password;
};

/// Names to be guessed at a domain.
struct GuessDraft {
    std::optional<std::string> domain;
    std::optional<std::uint32_t> names;
};

/// How a spammer looks for an open relay.
struct ProbeDraft {
    Value at;
    std::vector<Name> servers;
    std::optional<Located<Mailbox>> drop;
    std::optional<std::vector<Trick>> tricks; // none: all
    std::optional<Duration> interval;
    std::optional<Duration> wait;
};

struct SpammerDraft {
    Value at;
    std::string key;
    std::optional<std::string> name;
    std::optional<Name> network;
    std::optional<Name> through;
    std::optional<Located<bool>> direct;
    std::optional<Located<StolenAccountDraft>> account;
    std::optional<ProbeDraft> probe;
    std::optional<Located<Mailbox>> from;
    std::vector<Located<Mailbox>> to;
    std::optional<GuessDraft> guess; // instead of `to`
    std::optional<Duration> interval;
    std::optional<Located<std::uint32_t>> count;
    std::optional<Located<Duration>> start;
    std::optional<PictureSpot> shown_at;
};

/// How the people are spread over generated domains.
enum class SizeLaw : std::uint8_t { equal, zipf };

/// Domains that nobody wants to write down one by one, each with a server of its own.
struct DomainsDraft {
    std::optional<Value> at; // none: the scenario has none
    std::uint32_t count = 100;
    std::optional<Located<std::uint32_t>> people;
    SizeLaw law = SizeLaw::zipf;
    std::uint32_t exponent_thousandths = 1000; // of Zipf's law
    std::string name = "domain";
    std::optional<Name> network;
    Software software = Software::postfix;
};

/// Log-normal sizes: half of the messages are larger than `median`, one in six more than `spread` times that.
struct MailSizeDraft {
    std::uint64_t median_bytes = 4000;
    std::uint32_t spread = 1;
};

struct PopulationDraft {
    Value at;
    std::string key;
    std::optional<std::string> name;
    std::optional<Name> network;
    std::optional<Name> server;
    std::uint32_t people = 1000;
    std::uint32_t mail_per_day_thousandths = 5000; // of each
    std::vector<std::uint32_t> hours;
    MailSizeDraft size;
    std::uint32_t mistyped_millionths = 0; // of the mail: to a domain with two letters swapped
    std::uint32_t unknown_millionths = 0;  // to a name that there is not
    std::uint32_t without_login_millionths = 0;
    std::uint32_t spam_millionths = 0; // of the mail of these people and the spammer together
    std::vector<Name> to;              // none: everybody
    std::optional<Located<Duration>> start;
    std::optional<Located<Duration>> end;
    std::optional<std::uint64_t> most_mail;
};

struct BlocklistDraft {
    Value at;
    std::string name;
    std::vector<Name> lists;
    std::optional<std::uint32_t> after;
    std::optional<Duration> lasts;
};

struct MxDraft {
    std::optional<std::string> host;
    std::uint16_t preference = 10;
};

/// How the servers of a domain fail to name it.
enum class DnsFailure : std::uint8_t { no_such_domain, server_failure, no_answer };

struct DnsDraft {
    Value at;
    std::string name;
    bool is_entry = true; // false: nothing of it is in force, everything is by default
    std::optional<Located<std::vector<MxDraft>>> mx;
    std::optional<Located<bool>> null_mx;
    std::optional<Located<DnsFailure>> fails;
    std::optional<IpAddress> address;
    std::optional<Located<std::string>> ptr;
    std::optional<Duration> ttl;
};

struct MailDraft {
    Value at;
    std::optional<Name> id;
    Located<Duration> time;
    std::optional<Name> from;
    std::vector<Located<Mailbox>> to;
    std::vector<Located<Mailbox>> bcc;
    std::string subject = "Hello";
    std::uint64_t size_bytes = 4000;
    std::optional<Name> via;
};

/// What somebody does while the clock runs; one of the four names says to what.
struct ChangeDraft {
    Value at;
    Located<Duration> time;
    std::optional<Name> server;
    std::optional<Name> dns;
    std::optional<Name> person;
    std::optional<Name> network;
    std::optional<Value> set;
    std::string note;
};

struct ExpectationDraft {
    Value at;
    std::optional<Name> mail;
    std::optional<Name> spammer;
    std::optional<Name> population; // one of the three
    std::optional<Located<Mailbox>> to;
    std::optional<Outcome> outcome;
    std::optional<Located<Reason>> reason;
    std::optional<Name> by;
    std::optional<std::string> reply;
    std::optional<Located<bool>> fetched;
    std::optional<Located<std::uint32_t>> at_least;
    std::optional<Located<std::uint32_t>> at_most;
};

struct ScenarioDraft {
    std::string title = "Untitled";
    std::string summary;
    std::uint64_t seed = 1;
    Duration until = longest_run;
    std::vector<NetworkDraft> networks;
    std::vector<ServerDraft> servers;
    // Each with its key. There may be millions of them: they are read when they are needed, and none is kept.
    std::vector<Value> people;
    std::vector<SpammerDraft> spammers;
    std::vector<PopulationDraft> populations;
    DomainsDraft domains;
    std::vector<BlocklistDraft> blocklists;
    std::vector<DnsDraft> dns;
    // The list, or the lists if the key is there twice. There may be millions of items: they are read one by
    // one when everything else is set up, and none is kept.
    std::vector<Value> mail;
    std::vector<ChangeDraft> changes;
    std::vector<ExpectationDraft> expectations;
};

} // namespace mailflow
