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
};

struct OutgoingDraft {
    std::optional<Name> server;
    std::optional<Port> port;
    bool authenticate = true;
};

struct PersonDraft {
    Value at;
    std::string key;
    std::optional<std::string> name;
    std::optional<Located<Mailbox>> address;
    std::optional<Name> network;
    std::optional<std::string> password;
    OutgoingDraft outgoing;
};

struct MxDraft {
    std::optional<std::string> host;
    std::uint16_t preference = 10;
};

struct DnsDraft {
    Value at;
    std::string name;
    std::optional<Located<std::vector<MxDraft>>> mx;
    std::optional<Located<bool>> null_mx;
    std::optional<Value> fails; // the only way to fail yet: no such domain
};

struct MailDraft {
    Value at;
    std::optional<Name> id;
    Located<Duration> time;
    std::optional<Name> from;
    std::vector<Located<Mailbox>> to;
    std::string subject = "Hello";
    std::uint64_t size_bytes = 4000;
};

struct ExpectationDraft {
    Value at;
    std::optional<Name> mail;
    std::optional<Located<Mailbox>> to;
    std::optional<Outcome> outcome;
    std::optional<Located<Reason>> reason;
    std::optional<Name> by;
    std::optional<std::string> reply;
};

struct ScenarioDraft {
    std::string title = "Untitled";
    std::string summary;
    std::uint64_t seed = 1;
    Duration until = longest_run;
    std::vector<NetworkDraft> networks;
    std::vector<ServerDraft> servers;
    std::vector<PersonDraft> people;
    std::vector<DnsDraft> dns;
    std::vector<MailDraft> mail;
    std::vector<ExpectationDraft> expectations;
};

} // namespace mailflow
