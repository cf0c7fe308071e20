// The single truth about one run: what happened, in order, and the tables that the events refer to.
// Everything that anyone sees of a run (story, report, statistics, the window) is a fold over this.
#pragma once

#include "base/inline_list.hpp"
#include "base/rows.hpp"
#include "policy/decide.hpp"
#include "trace/event.hpp"
#include "world/present.hpp"

#include <vector>

namespace mailflow {

/// What a message is.
enum class MessageKind : std::uint8_t { mail, bounce, delay_warning, spam, crowd };

/// A message of the run: first those of World::mail, under the same numbers, then spam, the mail of
/// populations (`crowd`), bounces and warnings as they are written.
struct Message {
    MessageKind kind = MessageKind::mail;
    bool by_web = false;         // written in a browser, at the provider's web mail
    bool logs_in = false;        // of a population's: whether its writer does
    MailId mail;                 // none: not written by a person
    AddressId reverse_path;      // none: the null reverse path
    RecipientId first_recipient; // its recipients stand one behind the other
    std::uint32_t recipient_count = 0;
    HostId origin; // the person's or spammer's machine, or the server that wrote the bounce
    std::uint64_t size_bytes = 0;
    QueueEntryId about;  // bounces and warnings: the entry that could not be delivered
    SpammerId spammer{}; // whose spam it is
    PopulationId population{};
    std::uint32_t number = 0; // of spam and of a population's: the how manieth, from 1
};

static_assert(sizeof(Message) <= 48, "there are very many");

/// One recipient of one message: what the outcomes are counted by.
struct Recipient {
    MessageId message{};
    AddressId address;
};

/// One TCP connection with the session on it.
struct Session {
    HostId client;
    HostId server;
    IpAddress client_address; // as the server saw it
    Port port = port_smtp;
    Service service = Service::smtp; // what is spoken
    Duration one_way{};
    Instant opened;
    MessageId message{};      // what it is for; none: to look for mail
    QueueEntryId entry{};     // the client's queue entry; none when the client is no server
    MailCheckId check{};      // what it is for; none: for a message
    DomainId blocked_using{}; // the blocklist for which the server refused the client
};

static_assert(sizeof(Session) <= 64, "a session is looked at for each of its events");

/// A message that a mail program was given.
struct MailboxCopy {
    RecipientId recipient;
    std::uint32_t number = 0; // in the mailbox at that time, from 1
    std::uint32_t uid = 0;    // RFC 3501 section 2.3.1.1
};

/// One time that a mail program looks for mail.
struct MailCheck {
    PersonId person;
    HostId device;
    HostId server;
    Service protocol = Service::imap;
    SessionId session{};        // none: it did not get that far
    std::uint32_t messages = 0; // that lay in the mailbox
    std::uint64_t octets = 0;   // all of them together
    std::uint32_t recent = 0;   // of these, of which no IMAP session has been told before
    std::uint32_t uid_next = 1; // of the next message to be filed
    std::uint32_t missed = 0;   // filed since this device looked last, and deleted by another one since
    std::vector<MailboxCopy> copies{}; // what it was given, in that order
};

/// A recipient as the envelope has it: whose it is, and where the copy is to go, which aliases change.
struct EnvelopeRecipient {
    RecipientId recipient;
    AddressId address;

    bool operator==(EnvelopeRecipient const&) const = default;
};

using Envelope = InlineList<EnvelopeRecipient>;

/// A message in the hands of one server.
struct QueueEntry {
    MessageId message;
    HostId server;
    SessionId from; // how it came in; none when it was written here
    std::uint32_t received_lines =
        1; // how many servers have stamped it, this one included (RFC 5321 section 4.4)
    Envelope recipients;
};

/// A recipient that could not be served for the time being.
struct Deferral {
    QueueEntryId entry;
    RecipientId recipient;
    HostId by;         // whose words it were
    SessionId session; // where they were said; none when the server found out by itself
    Saying saying = Saying::connection_refused;
    Instant next_try;
};

enum class RecordType : std::uint8_t { mx, address };
enum class DnsStatus : std::uint8_t { found, no_data, no_such_name, server_failure, no_answer };

/// One question to the DNS with its answer, which are the records of the name after that many changes of the
/// world.
struct Lookup {
    HostId asker;
    DomainId name;
    RecordType type = RecordType::mx;
    DnsStatus status = DnsStatus::found;
    bool cached = false;       // the asker still had the answer
    std::uint32_t changes = 0; // how many changes had come into force when the DNS gave it
    Duration one_way{};
    DomainId destination{}; // the next hop that it is for; none when a mail program asks
    QueueEntryId entry{};   // what it is for; the same
    MessageId message{};    // none: to look for mail
    MailCheckId check{};    // what it is for; none: for a message
};

/// A decision of a server, with the values of the question that the world does not hold.
struct DecisionRecord {
    SessionId session;
    AddressId sender; // none: the null reverse path
    AddressId recipient;
    std::optional<std::uint32_t> account;   // in the server's list as it was after `account_changes` changes
    std::uint32_t changes = 0;              // how many changes of the world had come into force
    std::optional<std::uint32_t> listed_on; // the server's blocklist on which the client stood
    std::optional<Duration> known_for;   // since when the server knows client, sender and recipient together
    std::optional<Duration> fetched_ago; // since somebody last fetched mail from the client's address
    AddressId written{}; // what the client said, where the server reads the recipient out of it
    ReverseName reverse = ReverseName::confirmed;
    DomainStatus sender_domain = DomainStatus::exists;
    std::uint32_t account_changes = 0;
    Decision decision;
};

/// An address on a blocklist, for one stretch of time.
struct Listing {
    BlocklistId list;
    IpAddress address;
    HostId host;                // the machine that had the address when it was listed
    std::uint32_t messages = 0; // spam of it that the list had heard of by then
    Instant listed_at;
};

/// The tables that the events refer to.
struct Records {
    Rows<MessageId, Message> messages;
    Rows<RecipientId, Recipient> recipients; // those of a message in one block
    Rows<SessionId, Session> sessions;
    Rows<QueueEntryId, QueueEntry> entries;
    Rows<LookupId, Lookup> lookups;
    Rows<DecisionId, DecisionRecord> decisions;
    Rows<DeferralId, Deferral> deferrals;
    Rows<MailCheckId, MailCheck> checks;
    Rows<ListingId, Listing> listings;

    /// From now on the numbers of what is over come back for what begins.
    void recycle();
    /// Memory for the most rows that there were at one time.
    [[nodiscard]] std::uint64_t bytes() const;
};

struct Trace : Records {
    std::vector<Event> events; // in order of time
    Instant ended_at;
};

/// The question that was decided, put together again from the world; it borrows from both.
[[nodiscard]] Question question_of(World const& world, Records const& records, DecisionRecord const& record);

/// What the DNS knew of the name when it answered.
[[nodiscard]] DnsRecords const& records_of(World const& world, Lookup const& lookup);

/// Whether it is one of very many, of which nothing is told one by one: spam, or a population's.
[[nodiscard]] inline bool is_one_of_many(Message const& message) {
    return message.kind == MessageKind::spam || message.kind == MessageKind::crowd;
}
/// Whether somebody put the message into the world, a person or a spammer; else a server wrote it.
[[nodiscard]] inline bool is_handed_in(Message const& message) {
    return message.kind == MessageKind::mail || is_one_of_many(message);
}

/// The handed-in message that this one is, or that it goes back to as a bounce or a warning.
[[nodiscard]] MessageId root_of(Trace const& trace, MessageId id);
/// Whether the recipient stands in no header of the message: a blind copy (RFC 5322 section 3.6.3).
[[nodiscard]] bool is_blind(World const& world, Trace const& trace, RecipientId recipient);

/// Whether the message is a bounce (RFC 5321 section 3.6.3).
[[nodiscard]] inline bool is_bounce(Message const& message) {
    return message.kind == MessageKind::bounce;
}

} // namespace mailflow
