// Connections and the SMTP sessions on them: who calls whom, what is on the wire, and the two sans-I/O halves
// at its ends. Owns the live state of every session; what a session means for the message is its owner's
// business.
#pragma once

#include "engine/effects.hpp"
#include "smtp/client_session.hpp"
#include "smtp/server_session.hpp"

#include <optional>
#include <vector>

namespace mailflow {

/// Whom to call, and what for.
struct Call {
    HostId client;
    HostId server;
    MessageId message;
    QueueEntryId entry; // none: the client is a mail program
    ClientPlan plan;    // its recipients are taken from `recipients`
    Credentials credentials;
    std::vector<RecipientId> recipients;
};

/// What a session tells its owner.
struct SessionNews {
    enum class Kind : std::uint8_t {
        connection_refused,
        recipient_refused,
        session_refused,
        message_taken,
        closed
    };

    Kind kind = Kind::closed;
    SessionId session;
    Saying saying = Saying::goodbye; // the words that brought it
    RecipientId recipient;           // of recipient_refused
};

/// A transaction that a server has just taken responsibility for.
struct AcceptedContent {
    SessionId session;
    HostId server;
    MessageId message;
    std::vector<RecipientId> recipients;
};

class Connections {
public:
    Connections(World const& world, Trace& trace, Effects& effects)
        : world_(world)
        , trace_(trace)
        , effects_(effects) {}

    SessionId open(Call call);

    void call_arrives(SessionId id);
    std::optional<SessionNews> call_answered(SessionId id);
    void call_completed(SessionId id);

    /// The server's turn: answers the command on the wire. Comes back with the content when it took some; the
    /// caller queues it and then lets `confirm` say so.
    std::optional<AcceptedContent> command_arrives(SessionId id);
    void confirm(SessionId id, QueueEntryId entry);

    /// The client's turn: takes the reply on the wire and sends its next command, or hangs up.
    std::optional<SessionNews> reply_arrives(SessionId id);

    /// The recipients of the session that nobody refused so far.
    [[nodiscard]] std::vector<RecipientId> const& open_recipients(SessionId id) const {
        return live_[id].open;
    }

private:
    struct Live {
        Call call;
        std::vector<AddressId> addresses; // of call.recipients
        ServerSession server;
        ClientSession client;
        Command on_wire;
        Saying reply_on_wire = Saying::greeting;
        std::vector<RecipientId> open;     // not refused, in the client's eyes
        std::vector<RecipientId> accepted; // of this transaction, in the server's eyes
    };

    void reply(SessionId id, Saying saying, AddressId about, QueueEntryId entry);
    void command(SessionId id, Command const& command);
    void record_decisions(SessionId id, Response const& response);

    World const& world_;
    Trace& trace_;
    Effects& effects_;
    Table<SessionId, Live> live_;
};

} // namespace mailflow
