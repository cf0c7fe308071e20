// The single truth about one run: what happened, in order, and the tables that the events refer to.
// Everything that anyone sees of a run (story, report, statistics, the window) is a fold over this.
#pragma once

#include "policy/decide.hpp"
#include "trace/event.hpp"

#include <span>
#include <vector>

namespace mailflow {

/// A message of the run: first those of World::mail, under the same numbers, then the bounces as they are
/// written.
struct Message {
    MailId mail;                 // none: a bounce
    AddressId reverse_path;      // none: the null reverse path
    RecipientId first_recipient; // its recipients stand one behind the other
    std::uint32_t recipient_count = 0;
    std::uint64_t size_bytes = 0;
    HostId origin;      // the person's computer, or the server that wrote the bounce
    QueueEntryId about; // bounces: the entry that could not be delivered
};

/// One recipient of one message: what the outcomes are counted by.
struct Recipient {
    MessageId message{};
    AddressId address;
};

/// One TCP connection with the SMTP session on it.
struct Session {
    HostId client;
    HostId server;
    Port port = port_smtp;
    Duration one_way{};
    Instant opened;
    MessageId message;  // what it is for
    QueueEntryId entry; // the client's queue entry; none when the client is a mail program
};

/// A message in the hands of one server.
struct QueueEntry {
    MessageId message;
    HostId server;
    SessionId from; // how it came in; none when it was written here
    std::vector<RecipientId> recipients;
};

enum class RecordType : std::uint8_t { mx, address };
enum class DnsStatus : std::uint8_t { found, no_data, no_such_name };

/// One question to the DNS with its answer, which is World::dns of that name.
struct Lookup {
    HostId asker;
    DomainId name;
    RecordType type = RecordType::mx;
    DnsStatus status = DnsStatus::found;
    Duration one_way{};
    QueueEntryId entry{}; // what it is for; none when a mail program asks
    MessageId message{};
};

/// A decision of a server, with the values of the question that the world does not hold.
struct DecisionRecord {
    SessionId session;
    AddressId sender; // none: the null reverse path
    AddressId recipient;
    std::optional<std::uint32_t> account;
    Decision decision;
};

struct Trace {
    std::vector<Event> events; // in order of time
    Instant ended_at;

    Table<MessageId, Message> messages;
    Table<RecipientId, Recipient> recipients;
    Table<SessionId, Session> sessions;
    Table<QueueEntryId, QueueEntry> entries;
    Table<LookupId, Lookup> lookups;
    Table<DecisionId, DecisionRecord> decisions;
};

/// The question that was decided, put together again from the world; it borrows from both.
[[nodiscard]] Question question_of(World const& world, Trace const& trace, DecisionRecord const& record);

/// Whether the message is a bounce (RFC 5321 section 3.6.3).
[[nodiscard]] inline bool is_bounce(Message const& message) {
    return !message.mail.valid();
}

} // namespace mailflow
