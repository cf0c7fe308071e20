// The closed set of things that happen in a run. Each is a small plain struct; what they speak of in more
// than a number stands in the tables of the trace. A new kind of event names every consumer at compile time,
// since all of them visit the variant exhaustively.
#pragma once

#include "base/time.hpp"
#include "mail/access.hpp"
#include "mail/command.hpp"
#include "mail/outcome.hpp"
#include "mail/saying.hpp"
#include "world/world.hpp"

#include <variant>

namespace mailflow {

using SessionId = Id<struct SessionTag>;
using MessageId = Id<struct MessageTag>;
using RecipientId = Id<struct RecipientTag>;
using QueueEntryId = Id<struct QueueEntryTag>;
using LookupId = Id<struct LookupTag>;
using DecisionId = Id<struct DecisionTag>;
using DeferralId = Id<struct DeferralTag>;
using MailCheckId = Id<struct MailCheckTag>;
using ListingId = Id<struct ListingTag>;

/// A person presses "send", or a spammer's machine begins with its next message.
struct MessageSubmitted {
    MessageId message;
};
/// The first packet of a connection leaves the client; it takes the session's one-way time.
struct ConnectionOpened {
    SessionId session;
};
/// The connection stands, at the client, one round trip later.
struct ConnectionEstablished {
    SessionId session;
};
/// The connection came to nothing, or broke: the client knows it now.
struct ConnectionFailed {
    SessionId session;
    Saying saying; // its diagnosis
};
/// A command leaves the client.
struct CommandSent {
    SessionId session;
    AddressId address;
    Verb verb;
};
/// The server asked a list of rules and has its answer.
struct DecisionMade {
    DecisionId decision;
};
/// A reply leaves the server.
struct ReplySent {
    SessionId session;
    AddressId address;  // whom it is about, for replies to MAIL and RCPT
    QueueEntryId entry; // what was queued, for the reply to the content
    Saying saying;
};
/// The connection is closed; by whom, trace/closing.hpp tells.
struct SessionClosed {
    SessionId session;
};
/// A question leaves for the DNS; it takes the look-up's one-way time.
struct LookupSent {
    LookupId lookup;
};
/// The answer leaves the DNS; it takes as long. Of a look-up that is answered from the asker's own cache it
/// is the only event.
struct LookupAnswered {
    LookupId lookup;
};
/// No answer came; the asker waits no longer.
struct LookupTimedOut {
    LookupId lookup;
};
/// A server has taken responsibility for a message (RFC 5321 section 4.2.5).
struct MessageQueued {
    QueueEntryId entry;
};
/// An alias sends the copy for a recipient on to another address.
struct AliasFollowed {
    QueueEntryId entry;
    RecipientId recipient;
    AddressId target;
};
/// A try failed for the time being; the entry waits in the queue for the next one.
struct MessageDeferred {
    DeferralId deferral;
};
/// Nothing is left to do for the entry.
struct MessageDequeued {
    QueueEntryId entry;
};
/// The message lies in a mailbox on that server.
struct MessageFiled {
    RecipientId recipient;
    HostId server;
    AddressId mailbox; // whose it is: the recipient's, aliases followed
};
/// A mail program begins to look for mail.
struct MailCheckStarted {
    MailCheckId check;
};
/// What is no SMTP leaves the client: for a mailbox, or for web mail. `number` is that of the message, or the
/// first UID.
struct AccessCommandSent {
    SessionId session;
    std::uint32_t number;
    AccessVerb verb;
};
/// The answer to it leaves the server. `copies` messages go with it; the first has that number in
/// MailCheck::copies.
struct AccessReplySent {
    SessionId session;
    std::uint32_t first_copy;
    std::uint32_t copies;
    AccessAnswer answer;
};
/// A copy of the message lies on the person's machine.
struct MessageFetched {
    RecipientId recipient;
    MailCheckId check;
};
/// The message is deleted from the mailbox, at the end of a POP3 session (RFC 1939 section 6).
struct MessageRemoved {
    RecipientId recipient;
    MailCheckId check;
    AddressId mailbox; // as in MessageFiled
};
/// The mail program has looked for mail, or could not.
struct MailCheckEnded {
    MailCheckId check;
    std::uint32_t fetched; // messages
    Saying trouble;        // goodbye: none
};
/// A server wrote a bounce about recipients of an entry that it could not serve (RFC 5321 section 3.6.3).
struct BounceWritten {
    QueueEntryId about;
    MessageId bounce;
};
/// A server told the sender that a message is delayed, and that it goes on trying.
struct DelayWarningWritten {
    QueueEntryId about;
    MessageId warning;
};
/// A blocklist has heard of enough spam from an address.
struct AddressListed {
    ListingId listing;
};
/// It has heard nothing more for so long that it forgets the address.
struct AddressDelisted {
    ListingId listing;
};
/// The next change of the world came into force.
struct WorldChanged {
    ChangeId change;
};
/// What became of a recipient, said once for each.
struct RecipientSettled {
    RecipientId recipient;
    HostId by;         // whose words decided it: the server that refused, or the one that filed; where a
                       // mail program never got through to a server, that one
    SessionId session; // where they were said; none when a server found out by itself
    Outcome outcome;
    Reason reason;
    Saying saying;
};

using Happening =
    std::variant<MessageSubmitted, ConnectionOpened, ConnectionEstablished, ConnectionFailed, CommandSent,
                 DecisionMade, ReplySent, SessionClosed, LookupSent, LookupAnswered, LookupTimedOut,
                 MessageQueued, AliasFollowed, MessageDeferred, MessageDequeued, MessageFiled, BounceWritten,
                 DelayWarningWritten, AddressListed, AddressDelisted, WorldChanged, RecipientSettled,
                 MailCheckStarted, AccessCommandSent, AccessReplySent, MessageFetched, MessageRemoved,
                 MailCheckEnded>;

struct Event {
    Instant at;
    Happening happening;
};

static_assert(sizeof(Event) <= 32, "a trace record has at most 32 bytes");

/// For exhaustive visits: std::visit(Overloaded{[](MessageSubmitted const&) {...}, ...}, event.happening).
template<class... Visitors>
struct Overloaded : Visitors... {
    using Visitors::operator()...;
};
template<class... Visitors>
Overloaded(Visitors...) -> Overloaded<Visitors...>;

} // namespace mailflow
