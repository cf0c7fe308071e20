#include "engine/connection.hpp"

#include "engine/dialing.hpp"
#include "mail/ends_session.hpp"

#include <cassert>
#include <utility>

namespace mailflow {

namespace {

/// What a mail server listens on for SMTP. Nobody answers on any other port.
bool listens_on(Port port) {
    return port == port_smtp || is_submission(port);
}

} // namespace

Connections::Connections(Present const& present, Records& records, Effects& effects,
                         FetchMemory const& fetches, Blocklists& blocklists)
    : present_(present)
    , records_(records)
    , effects_(effects)
    , fetches_(fetches)
    , blocklists_(blocklists)
    , incoming_(present.world().hosts.size()) {
    effects.when_over([this](MessageId message) { scripts_.forget(message); });
}

SessionId Connections::open(Call const& call) {
    SessionId const id = records_.sessions.add({.client = call.client,
                                                .server = call.server,
                                                .client_address = present_.address(call.client),
                                                .port = call.port,
                                                .one_way = present_.one_way(call.client, call.server),
                                                .opened = effects_.now(),
                                                .message = call.message,
                                                .entry = call.entry});
    effects_.hold(call.message);
    Live live;
    for (EnvelopeRecipient const& recipient : call.recipients)
        live.recipients.push_back({recipient});
    live.server = begin_session(call.port);
    live.client = begin_client_session(call.port);
    if (call.login != nullptr)
        live.login = logins_.add({call.login});
    live.heeds_advertised_size = call.heeds_advertised_size;
    live_.add(id, std::move(live));
    if (auto const trouble = dial(present_, records_, effects_, id))
        doom(id, *trouble);
    return id;
}

void Connections::forget(SessionId id) {
    if (live_[id].login.valid())
        logins_.let_go(live_[id].login);
    live_.let_go(id);
    effects_.let_go(records_.sessions[id].message);
    records_.sessions.let_go(id);
}

Envelope Connections::open_recipients(SessionId id) const {
    Envelope open;
    for (Offered const& offered : live_[id].recipients)
        if (!offered.is_refused)
            open.push_back(offered.recipient);
    return open;
}

void Connections::call_arrives(SessionId id) {
    if (!listens_on(records_.sessions[id].port) || !sketch_of(id).up)
        doom(id, Saying::connection_refused);
    effects_.wake_after(records_.sessions[id].one_way, WakeKind::call_answered, id);
}

std::optional<SessionNews> Connections::call_answered(SessionId id) {
    if (live_[id].fails)
        return fail(id);
    effects_.record(ConnectionEstablished{id});
    effects_.wake_after(records_.sessions[id].one_way, WakeKind::call_completed, id);
    return std::nullopt;
}

SessionNews Connections::call_times_out(SessionId id) {
    return fail(id);
}

void Connections::doom(SessionId id, Saying trouble) {
    live_[id].fails = true;
    live_[id].trouble = trouble;
}

SessionNews Connections::fail(SessionId id) {
    Saying const trouble = live_[id].trouble;
    effects_.record(ConnectionFailed{id, trouble});
    return {SessionNews::Kind::connection_failed, id, trouble, {}};
}

/// The server went down with the session: the client's machine hears of it when it would have had an answer.
void Connections::lose(SessionId id) {
    uncount(id);
    doom(id, Saying::connection_lost);
    effects_.wake_after(records_.sessions[id].one_way, WakeKind::reply_arrives, id);
}

void Connections::call_completed(SessionId id) {
    HostSketch const& sketch = sketch_of(id);
    ScriptedAnswer const* const greeting =
        sketch.is_scripted ? prescribed(id, ScriptedPhase::greeting) : nullptr;
    if (greeting != nullptr)
        note_script(id);
    if (!sketch.up || (greeting != nullptr && greeting->drops)) {
        lose(id);
        return;
    }
    live_[id].counted = incoming_.admit(records_.sessions[id].server,
                                        sketch.limits_sessions ? server_of(id).max_sessions : std::nullopt);
    if (!live_[id].counted)
        reply(id, Saying::too_many_sessions, {}, {});
    else
        reply(id,
              greeting != nullptr ? scripted_saying(ScriptedPhase::greeting, greeting->reply)
                                  : Saying::greeting,
              {}, {});
}

void Connections::uncount(SessionId id) {
    if (live_[id].counted)
        incoming_.leave(records_.sessions[id].server);
    live_[id].counted = false;
}

void Connections::reply(SessionId id, Saying saying, AddressId about, QueueEntryId entry) {
    live_[id].reply_on_wire = saying;
    effects_.record(ReplySent{id, about, entry, saying});
    effects_.wake_after(records_.sessions[id].one_way, WakeKind::reply_arrives, id);
}

void Connections::command(SessionId id, ClientCommand const& command) {
    Live& live = live_[id];
    live.verb_on_wire = command.verb;
    live.address_on_wire = command.address;
    effects_.record(CommandSent{id, command.address, command.verb});
    effects_.wake_after(records_.sessions[id].one_way, WakeKind::command_arrives, id);
}

inline ClientPlan Connections::plan_of(SessionId id) const {
    Live const& live = live_[id];
    ClientPlan plan{.port = records_.sessions[id].port,
                    .authenticate = live.login.valid(),
                    .is_too_big_for_server = live.is_too_big_for_server,
                    .recipient_count = live.recipients.size()};
    if (live.client.next_recipient < plan.recipient_count)
        plan.next_recipient = live.recipients[live.client.next_recipient].recipient.address;
    return plan;
}

std::optional<SessionNews> Connections::reply_arrives(SessionId id) {
    Live& live = live_[id];
    if (live.fails && live.client.awaits != ClientSession::Awaits::quit)
        return fail(id);
    ClientStep step = proceed(live.client, plan_of(id), live.reply_on_wire);
    Saying const said = step.own_diagnosis.value_or(live.reply_on_wire);
    std::optional<SessionNews> news;
    switch (step.news) {
    case ClientNews::recipient_refused: {
        Offered& refused = live.recipients[step.recipient];
        refused.is_refused = true;
        news = SessionNews{SessionNews::Kind::recipient_refused, id, said, refused.recipient.recipient};
        break;
    }
    case ClientNews::session_refused:
        news = SessionNews{SessionNews::Kind::session_refused, id, said, {}};
        break;
    case ClientNews::message_taken: news = SessionNews{SessionNews::Kind::message_taken, id, said, {}}; break;
    case ClientNews::none:
    case ClientNews::recipient_accepted: break;
    }
    if (step.command && ends_session(live.reply_on_wire)) {
        effects_.wake_after({}, WakeKind::reply_arrives, id); // to find the connection closed
    } else if (step.command) {
        if (step.command->verb == Verb::mail)
            step.command->address = records_.messages[records_.sessions[id].message].reverse_path;
        command(id, *step.command);
    } else {
        assert(!news && "a client says QUIT before it hangs up");
        effects_.record(SessionClosed{id});
        news = SessionNews{SessionNews::Kind::closed, id, said, {}};
    }
    return news;
}

} // namespace mailflow
