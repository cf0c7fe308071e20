#include "engine/connection.hpp"

#include "engine/dialing.hpp"
#include "mail/ends_session.hpp"

#include <cassert>

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
    Live& live = live_.add(id);
    for (EnvelopeRecipient const& recipient : call.recipients)
        live.recipients.push_back({recipient});
    live.server = begin_session(call.port);
    live.client = begin_client_session(call.port, call.greets_with);
    if (call.login != nullptr)
        live.login = logins_.add({call.login});
    live.heeds_advertised_size = call.heeds_advertised_size;
    if (auto const trouble = dial(present_, records_, effects_, id))
        doom(talk_of(id), *trouble);
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
    Talk const talk = talk_of(id);
    if (!listens_on(talk.session.port) || !sketch_of(talk).up)
        doom(talk, Saying::connection_refused);
    effects_.wake_after(talk.session.one_way, WakeKind::call_answered, id);
}

std::optional<SessionNews> Connections::call_answered(SessionId id) {
    if (live_[id].fails)
        return fail(talk_of(id));
    effects_.record(ConnectionEstablished{id});
    effects_.wake_after(records_.sessions[id].one_way, WakeKind::call_completed, id);
    return std::nullopt;
}

SessionNews Connections::call_times_out(SessionId id) {
    return fail(talk_of(id));
}

void Connections::doom(Talk const& talk, Saying trouble) {
    talk.live.fails = true;
    talk.live.trouble = trouble;
}

SessionNews Connections::fail(Talk const& talk) {
    Saying const trouble = talk.live.trouble;
    effects_.record(ConnectionFailed{talk.id, trouble});
    return {SessionNews::Kind::connection_failed, talk.id, trouble, {}};
}

/// The server went down with the session: the client's machine hears of it when it would have had an answer.
void Connections::lose(Talk const& talk) {
    uncount(talk);
    doom(talk, Saying::connection_lost);
    effects_.wake_after(talk.session.one_way, WakeKind::reply_arrives, talk.id);
}

void Connections::line_is_dead(SessionId id, WakeKind packet, Saying trouble) {
    Talk const talk = talk_of(id);
    uncount(talk);
    doom(talk, trouble);
    effects_.wake_after({}, is_of_call(packet) ? WakeKind::call_times_out : WakeKind::reply_arrives, id);
}

void Connections::call_completed(SessionId id) {
    Talk const talk = talk_of(id);
    HostSketch const& sketch = sketch_of(talk);
    ScriptedAnswer const* const greeting =
        sketch.is_scripted ? prescribed(talk, ScriptedPhase::greeting) : nullptr;
    if (greeting != nullptr)
        note_script(talk);
    if (!sketch.up || (greeting != nullptr && greeting->drops)) {
        lose(talk);
        return;
    }
    talk.live.counted = incoming_.admit(talk.session.server,
                                        sketch.limits_sessions ? sketch.server->max_sessions : std::nullopt);
    if (!talk.live.counted)
        reply(talk, Saying::too_many_sessions, {}, {});
    else
        reply(talk,
              greeting != nullptr ? scripted_saying(ScriptedPhase::greeting, greeting->reply)
                                  : Saying::greeting,
              {}, {});
}

void Connections::uncount(Talk const& talk) {
    if (talk.live.counted)
        incoming_.leave(talk.session.server);
    talk.live.counted = false;
}

void Connections::reply(Talk const& talk, Saying saying, AddressId about, QueueEntryId entry) {
    talk.live.reply_on_wire = saying;
    effects_.record(ReplySent{talk.id, about, entry, saying});
    effects_.wake_after(talk.session.one_way, WakeKind::reply_arrives, talk.id);
}

void Connections::command(Talk const& talk, ClientCommand const& command) {
    talk.live.verb_on_wire = command.verb;
    talk.live.address_on_wire = command.address;
    effects_.record(CommandSent{talk.id, command.address, command.verb});
    effects_.wake_after(talk.session.one_way, WakeKind::command_arrives, talk.id);
}

inline ClientPlan Connections::plan_of(Talk const& talk) const {
    Live const& live = talk.live;
    ClientPlan plan{.port = talk.session.port,
                    .authenticate = live.login.valid(),
                    .is_too_big_for_server = live.is_too_big_for_server,
                    .recipient_count = live.recipients.size()};
    if (live.client.next_recipient < plan.recipient_count)
        plan.next_recipient = live.recipients[live.client.next_recipient].recipient.address;
    return plan;
}

std::optional<SessionNews> Connections::reply_arrives(SessionId id) {
    Talk const talk = talk_of(id);
    Live& live = talk.live;
    // Made where it is handed on: copying one that is mostly empty is slow.
    std::optional<SessionNews> news;
    if (live.fails && live.client.awaits != ClientSession::Awaits::quit) {
        news = fail(talk);
        return news;
    }
    ClientStep step = proceed(live.client, plan_of(talk), live.reply_on_wire);
    Saying const said = step.own_diagnosis.value_or(live.reply_on_wire);
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
            step.command->address = records_.messages[talk.session.message].reverse_path;
        command(talk, *step.command);
    } else {
        assert(!news && "a client says QUIT before it hangs up");
        effects_.record(SessionClosed{id});
        news = SessionNews{SessionNews::Kind::closed, id, said, {}};
    }
    return news;
}

} // namespace mailflow
