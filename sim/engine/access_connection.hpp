// Connections to mailboxes and to web mail: POP3, IMAP and HTTPS, with the two sans-I/O halves at their ends.
// Owns the live state of these sessions; SMTP has engine/connection.hpp. What a session means for a message
// is its owner's business.
#pragma once

#include "access/client_session.hpp"
#include "access/server_session.hpp"
#include "engine/fetch_memory.hpp"
#include "engine/live_rows.hpp"
#include "engine/mailboxes.hpp"
#include "world/present.hpp"

#include <optional>
#include <string>
#include <vector>

namespace mailflow {

/// Whom to call, and what for: either a look into the mailbox or a message to be sent by web mail.
struct AccessCall {
    HostId client;
    HostId server;
    MailCheckId check{};
    MessageId message{};
    AccessPlan plan;
    AddressId address; // whose mailbox it is
    std::string user;
    std::string password;
};

/// What a session tells its owner.
struct AccessReport {
    enum class Kind : std::uint8_t {
        connection_failed, // it never stood, or it broke; nothing more comes of this session
        login_failed,
        message_too_big,
        closed
    };

    Kind kind = Kind::closed;
    SessionId session;
    Saying saying = Saying::goodbye; // the trouble
    bool is_last = false;            // nothing more comes of this session
};

/// A message that a server's web mail hands to the server's queue.
struct SubmittedByWeb {
    SessionId session;
    HostId server;
    MessageId message;
};

class AccessConnections {
public:
    AccessConnections(Present const& present, Records& records, Effects& effects, Mailboxes& mailboxes,
                      FetchMemory& fetches)
        : present_(present)
        , records_(records)
        , effects_(effects)
        , mailboxes_(mailboxes)
        , fetches_(fetches) {}

    SessionId open(AccessCall call);

    void call_arrives(SessionId id);
    std::optional<AccessReport> call_answered(SessionId id);
    AccessReport call_times_out(SessionId id);
    void call_completed(SessionId id);

    /// The server's turn. Comes back with a message that was written in the browser; the caller queues it and
    /// then lets `confirm` say so.
    std::optional<SubmittedByWeb> command_arrives(SessionId id);
    void confirm(SessionId id);

    /// The client's turn.
    std::optional<AccessReport> reply_arrives(SessionId id);

    /// As of Connections.
    [[nodiscard]] bool is_sure_to_arrive(SessionId id, WakeKind packet) const {
        return live_[id].trouble || (packet == WakeKind::reply_arrives &&
                                     live_[id].reply_on_wire.answer == AccessAnswer::web_sent);
    }
    void line_is_dead(SessionId id, WakeKind packet, Saying trouble);

    /// The last report of the session has been told: nobody will ask for it any more.
    void forget(SessionId id);

private:
    struct Live {
        AccessCall call;
        AccessServerSession server;
        AccessClientSession client;
        AccessCommand on_wire;
        AccessReplySent reply_on_wire;
        std::optional<Saying> trouble;           // why the connection fails, once that is certain
        bool has_lock = false;                   // or waits for it
        std::vector<StoredMessage> mailbox;      // as it was when it was opened
        std::vector<Mailboxes::Stored> contents; // the same messages
    };

    [[nodiscard]] Server const& server_of(SessionId id) const {
        return present_.server_on(records_.sessions[id].server);
    }
    [[nodiscard]] MailboxOwner owner_of(SessionId id) const;
    AccessReport fail(SessionId id);
    void lose(SessionId id);
    void command(SessionId id, AccessCommand const& command);
    void reply(SessionId id, AccessAnswer answer, std::uint32_t first_copy = 0, std::uint32_t copies = 0);
    void open_mailbox(SessionId id);
    void give_up_lock(SessionId id);
    void hand_over(SessionId id, AccessResponse const& response);
    void take_copies(SessionId id);

    Present const& present_;
    Records& records_;
    Effects& effects_;
    Mailboxes& mailboxes_;
    FetchMemory& fetches_;
    LiveRows<SessionId, Live> live_;
};

} // namespace mailflow
