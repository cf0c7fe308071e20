// What a trace tells only in passing and the words of a reply need, found once in one walk over the events:
// under which queue id a session's content was taken, for which question to the DNS there was no answer, and
// so on.
#pragma once

#include "trace/trace.hpp"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace mailflow {

/// The circumstances of words that settled or deferred a recipient.
struct Circumstances {
    Instant at;
    AddressId address;   // where the copy was to go, as its holder reads the address, aliases followed
    AddressId came_for;  // the same as the holder's client wrote it: "leo%shop.example@isp.example"
    QueueEntryId holder; // who had it then; none: still the mail program
    LookupId lookup;     // the last question of this try without an answer that leads anywhere, if any
    std::optional<Verb> answered; // what the other server refused so; none: the connection, or nothing
};

struct TraceIndex {
    std::vector<QueueEntryId> taken_as; // by session: what its content was queued as
    std::vector<DomainId> called_as;    // by session between servers: the name whose address record led there
    std::vector<bool> logged_in;        // by session: whether the client is known
    std::vector<std::optional<Verb>> last_command;               // by session
    std::vector<Instant> queued_at;                              // by queue entry
    std::vector<Circumstances> settling;                         // by recipient
    std::vector<Circumstances> deferring;                        // by deferral
    std::map<MessageId, Instant> written_at;                     // bounces and warnings
    std::map<MessageId, QueueEntryId> kept_as;                   // the same: where they were written
    std::map<MessageId, std::vector<RecipientSettled>> returned; // by bounce: what it tells of
    std::map<MessageId, std::vector<DeferralId>> delayed;        // by warning: what it tells of
};

[[nodiscard]] TraceIndex index_of(World const& world, Trace const& trace);

/// The server of the session, by the name under which its client had looked for it: that of the MX record.
[[nodiscard]] std::string const& name_called(World const& world, Trace const& trace, TraceIndex const& index,
                                             SessionId session);

} // namespace mailflow
