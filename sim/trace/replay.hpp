// The state of a run at any moment, folded from its trace: what is on the wire, what waits, what lies in a
// mailbox, who refused. It stores times and numbers, never places on a screen: where a thing is drawn follows
// from (now - sent) / (arrives - sent).
#pragma once

#include "base/ordered_rows.hpp"
#include "trace/trace.hpp"

#include <cstddef>
#include <optional>
#include <vector>

namespace mailflow {

enum class Direction : std::uint8_t { to_server, to_client };

/// One thing on its way between two machines, and the event that sent it off.
struct Crossing {
    std::size_t event = 0; // in Trace::events
    Direction direction = Direction::to_server;
    Instant sent;
    Instant arrives;

    [[nodiscard]] bool on_the_way(Instant now) const { return now < arrives; }
    /// 0 where it left, 1 where it arrives; stays 1 afterwards.
    [[nodiscard]] double progress(Instant now) const;
};

enum class ConversationStage : std::uint8_t { calling, open, closed };

/// A session that is going on, or one whose envelope was stopped.
struct Conversation {
    SessionId session;
    ConversationStage stage = ConversationStage::calling;
    bool authenticated = false;
    Crossing crossing;                  // the newest thing on the wire; it may have arrived
    std::optional<Instant> mail_sent;   // when MAIL took the envelope to the server's door
    std::optional<Instant> letter_sent; // when the content followed it
    bool taken = false;                 // the server has taken responsibility
    bool refused = false;
};

/// A refusal lasts: it stays until a later message on the same way is taken.
struct Refusal {
    HostId by;         // the client's own machine where its network let nothing out to the server
    HostId client;     // who was refused; the server itself when it gave up by its own insight
    SessionId session; // none when no words were exchanged
    MessageId message;
    AddressId recipient; // none when the session was refused before RCPT
    Saying saying = Saying::relay_denied;
    Instant at;
    bool is_final = true;     // no server has said "come back later"
    std::uint32_t count = 1;  // how often with these words on this way
    std::uint32_t others = 0; // how often with other words
};

/// The one mark that tells of both: the newer, with the count of the others; but a relay denied, which is
/// what people look for, gives way to no other.
[[nodiscard]] Refusal merged(Refusal const& earlier, Refusal const& newer);

struct LookupOnTheWay {
    LookupId lookup;
    Crossing crossing; // to_server: the question; to_client: the answer
};

/// A message in a server's queue: being sent on, or waiting for the next try.
struct QueuedMessage {
    QueueEntryId entry;
    DeferralId deferral; // the last one: its trouble, and when the next try is; none: not tried yet
    std::uint32_t deferrals = 0;

    bool operator==(QueuedMessage const&) const = default;
};

struct MailboxFill {
    HostId server;
    AddressId address;
    std::uint32_t count = 0;
    RecipientId newest;
};

/// A message of which not every recipient is settled.
struct MessageOnTheWay {
    std::size_t event = 0; // with which it set out
    MessageId message;
    Instant since;
    std::uint32_t unsettled = 0;
};

struct ReplayState {
    Instant at;              // the moment; of a keyframe 0
    std::size_t applied = 0; // how many events of the trace have happened
    OrderedRows<Conversation, &Conversation::session> conversations;
    std::vector<Refusal> refusals; // the newest last
    std::vector<Refusal> put_off;  // "come back later", until it is tried again on that way; the newest last
    OrderedRows<LookupOnTheWay, &LookupOnTheWay::lookup> lookups;
    LookupId last_answer;
    OrderedRows<QueuedMessage, &QueuedMessage::entry> queued;
    std::vector<ListingId> listed;               // on blocklists, for spam
    std::uint32_t changes = 0;                   // how many changes of the world have come into force
    std::vector<MailboxFill> mailboxes;          // in the order in which the first mail came
    std::vector<std::uint32_t> mailboxes_by_key; // places among them, in the order of server and address
    OrderedRows<MessageOnTheWay, &MessageOnTheWay::event> messages; // as they set out
    DecisionId last_decision;
    std::size_t last_decision_event = 0;

    [[nodiscard]] Conversation const* conversation(SessionId session) const;
    [[nodiscard]] Refusal const* refusal_on(SessionId session) const;
    /// Whether a conversation about the entry is going on; else it waits.
    [[nodiscard]] bool in_conversation(Trace const& trace, QueueEntryId entry) const;
};

/// How long the thing that the event sends off is under way; zero for events that send nothing.
[[nodiscard]] Duration travel_time(Trace const& trace, Event const& event);

/// The world as it stands in that state. Borrows the world.
[[nodiscard]] Present present_in(World const& world, ReplayState const& state);

/// Any moment of a trace, by the nearest keyframe before it and the events since. Keyframes stand so close
/// together that a seek lays at most some thousand events, and together take at most some 200 MB: where they
/// would take more, every second one goes. Borrows the trace.
class Replay {
public:
    explicit Replay(Trace const& trace);

    /// The state after every event up to and including `now`.
    [[nodiscard]] ReplayState at(Instant now) const;

    /// The same, from a state that this replay has made for an earlier moment: what a film needs for its next
    /// frame. Falls back on a keyframe where that is nearer.
    void carry_on(ReplayState& state, Instant now) const;

    [[nodiscard]] std::size_t keyframe_distance() const { return keyframe_distance_; }
    [[nodiscard]] std::size_t keyframe_count() const { return keyframes_.size(); }

private:
    void apply_next(ReplayState& state) const;

    Trace const& trace_;
    std::vector<std::size_t> set_out_;   // for each message the event with which it set out
    std::size_t keyframe_distance_;      // in events
    std::vector<ReplayState> keyframes_; // after none, after that many, twice that many ... events
};

} // namespace mailflow
