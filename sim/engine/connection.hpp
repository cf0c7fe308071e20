// Connections and the SMTP sessions on them: who calls whom, what is on the wire, and the two sans-I/O halves
// at its ends. Owns the live state of every session; what a session means for the message is its owner's
// business.
#pragma once

#include "engine/blocklists.hpp"
#include "engine/effects.hpp"
#include "engine/fetch_memory.hpp"
#include "engine/greylist.hpp"
#include "engine/incoming_sessions.hpp"
#include "engine/prescribed_answers.hpp"
#include "engine/rows_beside.hpp"
#include "smtp/client_session.hpp"
#include "smtp/server_session.hpp"

#include <optional>

namespace mailflow {

/// Whom to call, and what for. Sender, size and Received lines are the message's and the entry's.
struct Call {
    HostId client;
    HostId server;
    MessageId message;
    QueueEntryId entry{}; // none: the client is a mail program
    Port port = port_smtp;
    Account const* login = nullptr; // what to log in with, for as long as the run lasts; none: nothing
    Verb greets_with = Verb::ehlo;
    bool heeds_advertised_size = false; // does not offer what is larger than the server takes
    Envelope recipients;
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

    [[nodiscard]] bool is_last() const { return kind == Kind::closed || kind == Kind::connection_failed; }
};

/// A transaction that a server has just taken responsibility for.
struct AcceptedContent {
    SessionId session;
    HostId server;
    MessageId message;
    std::uint32_t received_lines = 0; // that the message came with
    Envelope recipients;
};

class Connections {
public:
    Connections(Present const& present, Records& records, Effects& effects, FetchMemory const& fetches,
                Blocklists& blocklists);

    SessionId open(Call const& call);

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

    /// Whether the packet on the wire must not get lost: the session is about to fail anyway, or the server
    /// confirms that the message is its business now. Lost, that would make two of the message (RFC 1047).
    [[nodiscard]] bool is_sure_to_arrive(SessionId id, WakeKind packet) const {
        return live_[id].fails ||
               (packet == WakeKind::reply_arrives && live_[id].reply_on_wire == Saying::queued);
    }
    /// Nothing gets through any more, as the client finds out now.
    void line_is_dead(SessionId id, WakeKind packet, Saying trouble);

    /// The recipients of the session that nobody refused so far.
    [[nodiscard]] Envelope open_recipients(SessionId id) const;

    /// Whether the client has come as far as MAIL.
    [[nodiscard]] bool has_said_mail(SessionId id) const {
        return live_[id].client.awaits >= ClientSession::Awaits::mail;
    }

    /// What the client waits for.
    [[nodiscard]] ClientSession::Awaits awaits(SessionId id) const { return live_[id].client.awaits; }

    /// The last news of the session has been told: nobody will ask for it any more.
    void forget(SessionId id);

    /// Its next turn comes soon (engine/prepare.hpp).
    void prepare(SessionId id) const {
        prefetch(records_.sessions.place_of(id));
        live_.prepare(id);
    }
    void prepare_place(SessionId id) const;
    void prepare_more(SessionId id) const;
    void prepare_command(SessionId id) const;
    void prepare_call(SessionId id) const;
    /// Whether the reply on the wire ends the transaction or the session.
    [[nodiscard]] bool is_nearly_over(SessionId id) const {
        return live_[id].client.awaits >= ClientSession::Awaits::content;
    }

    /// Memory for what goes on.
    [[nodiscard]] std::uint64_t bytes() const { return live_.bytes() + logins_.bytes(); }

private:
    /// A recipient of the session: as the client offers it, and what became of that.
    struct Offered {
        EnvelopeRecipient recipient;
        AddressId taken_as{}; // by the server, in this transaction; none: not taken
        bool is_refused = false;
    };
    using LoginId = Id<struct LoginTag>;
    struct alignas(cache_line_bytes) Live {
        ServerSession server;
        ClientSession client;
        LoginId login{}; // none: the client does not log in
        InlineList<Offered> recipients;
        AddressId address_on_wire{};
        Verb verb_on_wire = Verb::quit;
        Saying reply_on_wire = Saying::greeting;
        Saying trouble = Saying::goodbye;       // why the connection fails
        bool fails : 1 = false;                 // that is certain
        bool heeds_advertised_size : 1 = false; // the client does, when it hears of it
        bool is_too_big_for_server : 1 = false; // in the client's eyes
        bool counted : 1 = false;               // among the server's incoming sessions
        bool reported : 1 = false;              // to the blocklists
        bool heard_script : 1 = false;          // the server has said what the world prescribes
    };
    static_assert(sizeof(Live) == cache_line_bytes);

    /// Of those who log in.
    struct Login {
        Account const* account = nullptr;
        std::uint32_t changes = 0; // of the world, when it was done
    };

    /// A session at its turn, its rows found. They stay where they are: no turn opens another session.
    struct Talk {
        SessionId id;
        Session& session;
        Live& live;
    };
    [[nodiscard]] Talk talk_of(SessionId id) { return {id, records_.sessions[id], live_[id]}; }
    [[nodiscard]] HostSketch const& sketch_of(Talk const& talk) const {
        return present_.sketch_of(talk.session.server);
    }
    [[nodiscard]] ServerPolicy const& policy_of(Talk const& talk) const {
        return sketch_of(talk).server->policy;
    }

    [[nodiscard]] Command command_on_wire(Talk const& talk) const;
    /// The same, with what the server makes of it in the place of a path that a prober has typed.
    Command hear(Talk const& talk);
    [[nodiscard]] ClientPlan plan_of(Talk const& talk) const;
    [[nodiscard]] ServerSetting setting_of(Talk const& talk) const;
    [[nodiscard]] Response answer_to(Talk const& talk, Command const& command);
    /// What the client makes of the extensions that the answer to EHLO offers (RFC 5321 section 2.2.1).
    void heed_offers(Talk const& talk, ServerPolicy const& server);
    /// The server has one session less to look after.
    void uncount(Talk const& talk);
    [[nodiscard]] bool offers_spam(Talk const& talk) const;
    void remember_for_greylist(Talk const& talk, AddressId reverse_path, Response const& response);
    [[nodiscard]] bool script_is_over(Talk const& talk) const;
    /// Of a server for which the world prescribes answers.
    [[nodiscard]] ScriptedAnswer const* prescribed(Talk const& talk,
                                                   std::optional<ScriptedPhase> phase) const;
    void note_script(Talk const& talk);
    /// It is certain that the connection will fail.
    void doom(Talk const& talk, Saying trouble);
    SessionNews fail(Talk const& talk);
    void lose(Talk const& talk);
    void reply(Talk const& talk, Saying saying, AddressId about, QueueEntryId entry);
    void command(Talk const& talk, ClientCommand const& command);
    void record_decision(Talk const& talk, Command const& command, Decision const& decision,
                         ServerSetting const& setting);
    void keep(Talk const& talk, Command const& command, Decision const& decision,
              ServerSetting const& setting);

    Present const& present_;
    Records& records_;
    Effects& effects_;
    FetchMemory const& fetches_;
    Blocklists& blocklists_;
    GreylistMemory greylist_;
    IncomingSessions incoming_;
    PrescribedAnswers scripts_;
    RowsBeside<SessionId, Live> live_;
    RecycledRows<LoginId, Login> logins_;
};

} // namespace mailflow
