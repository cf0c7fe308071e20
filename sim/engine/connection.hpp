// Connections and the SMTP sessions on them: who calls whom, what is on the wire, and the two sans-I/O halves
// at its ends. Owns the live state of every session; what a session means for the message is its owner's
// business.
#pragma once

#include "engine/blocklists.hpp"
#include "engine/effects.hpp"
#include "engine/fetch_memory.hpp"
#include "engine/greylist.hpp"
#include "engine/session_rows.hpp"
#include "smtp/client_session.hpp"
#include "smtp/server_session.hpp"

#include <map>
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
    std::vector<EnvelopeRecipient> recipients;
};

/// What a session tells its owner.
struct SessionNews {
    enum class Kind : std::uint8_t {
        connection_failed, // it never stood, or it broke; nothing more comes of this session
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
    std::uint32_t received_lines = 0; // that the message came with
    std::vector<EnvelopeRecipient> recipients;
};

class Connections {
public:
    Connections(Present const& present, Trace& trace, Effects& effects, FetchMemory const& fetches,
                Blocklists& blocklists)
        : present_(present)
        , trace_(trace)
        , effects_(effects)
        , fetches_(fetches)
        , blocklists_(blocklists) {
        incoming_.resize(present.world().hosts.size());
    }

    SessionId open(Call call);

    void call_arrives(SessionId id);
    std::optional<SessionNews> call_answered(SessionId id);
    SessionNews call_times_out(SessionId id);
    void call_completed(SessionId id);

    /// The server's turn: answers the command on the wire. Comes back with the content when it took some; the
    /// caller queues it and then lets `confirm` say so.
    std::optional<AcceptedContent> command_arrives(SessionId id);
    void confirm(SessionId id, QueueEntryId entry);

    /// The client's turn: takes the reply on the wire and sends its next command, or hangs up.
    std::optional<SessionNews> reply_arrives(SessionId id);

    /// The recipients of the session that nobody refused so far.
    [[nodiscard]] std::vector<EnvelopeRecipient> const& open_recipients(SessionId id) const {
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
        std::optional<Saying> trouble;           // why the connection fails, once that is certain
        std::vector<EnvelopeRecipient> open;     // not refused, in the client's eyes
        std::vector<EnvelopeRecipient> accepted; // of this transaction, in the server's eyes
        bool counted = false;                    // among the server's incoming sessions
        bool reported = false;                   // to the blocklists
        std::uint32_t account_changes = 0;       // of the world, when the client logged in
        bool heard_script = false;               // the server has said what the world prescribes
    };

    [[nodiscard]] bool server_is_up(SessionId id) const;
    [[nodiscard]] Response answer_to(SessionId id);
    /// The server has one session less to look after.
    void uncount(SessionId id);
    [[nodiscard]] bool offers_spam(SessionId id) const;
    [[nodiscard]] ServerPolicy const& policy_of(SessionId id) const;
    [[nodiscard]] bool script_is_over(SessionId id) const;
    [[nodiscard]] std::optional<ScriptedAnswer> prescribed(SessionId id,
                                                           std::optional<ScriptedPhase> phase) const;
    void note_script(SessionId id);
    SessionNews fail(SessionId id);
    void lose(SessionId id);
    void reply(SessionId id, Saying saying, AddressId about, QueueEntryId entry);
    void command(SessionId id, Command const& command);
    void record_decisions(SessionId id, Response const& response, ServerSetting const& setting);

    Present const& present_;
    Trace& trace_;
    Effects& effects_;
    FetchMemory const& fetches_;
    Blocklists& blocklists_;
    GreylistMemory greylist_;
    std::vector<std::uint32_t> incoming_; // sessions, by the machine of the server
    std::map<std::pair<HostId, MessageId>, std::uint32_t> scripted_tries_; // by server and message
    SessionRows<Live> live_;
};

} // namespace mailflow
