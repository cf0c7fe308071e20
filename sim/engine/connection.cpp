#include "engine/connection.hpp"

#include <algorithm>
#include <cassert>

namespace mailflow {

namespace {

/// What a mail server listens on. Nobody answers on any other port.
bool listens_on(Port port) {
    return port == port_smtp || is_submission(port);
}

} // namespace

SessionId Connections::open(Call call) {
    SessionId const id = trace_.sessions.add({.client = call.client,
                                              .server = call.server,
                                              .port = call.plan.port,
                                              .one_way = one_way(world_, call.client, call.server),
                                              .opened = effects_.now(),
                                              .message = call.message,
                                              .entry = call.entry});
    Live live;
    for (RecipientId const recipient : call.recipients)
        live.addresses.push_back(trace_.recipients[recipient].address);
    live.server = begin_session(call.plan.port);
    live.client = begin_client_session(call.plan.port);
    live.open = call.recipients;
    live.call = std::move(call);
    live_.add(std::move(live));
    effects_.record(ConnectionOpened{id});
    effects_.wake_after(trace_.sessions[id].one_way, WakeKind::call_arrives, id);
    return id;
}

void Connections::call_arrives(SessionId id) {
    effects_.wake_after(trace_.sessions[id].one_way, WakeKind::call_answered, id);
}

std::optional<SessionNews> Connections::call_answered(SessionId id) {
    Session const& session = trace_.sessions[id];
    if (!listens_on(session.port)) {
        effects_.record(ConnectionRefused{id});
        return SessionNews{SessionNews::Kind::connection_refused, id, Saying::connection_refused, {}};
    }
    effects_.record(ConnectionEstablished{id});
    effects_.wake_after(session.one_way, WakeKind::call_completed, id);
    return std::nullopt;
}

void Connections::call_completed(SessionId id) {
    reply(id, Saying::greeting, {}, {});
}

void Connections::reply(SessionId id, Saying saying, AddressId about, QueueEntryId entry) {
    live_[id].reply_on_wire = saying;
    effects_.record(ReplySent{id, about, entry, saying});
    effects_.wake_after(trace_.sessions[id].one_way, WakeKind::reply_arrives, id);
}

void Connections::command(SessionId id, Command const& command) {
    live_[id].on_wire = command;
    effects_.record(CommandSent{id, command.address, command.verb});
    effects_.wake_after(trace_.sessions[id].one_way, WakeKind::command_arrives, id);
}

void Connections::record_decisions(SessionId id, Response const& response) {
    Live const& live = live_[id];
    for (Decision const& decision : response.decisions()) {
        DecisionId const made = trace_.decisions.add({.session = id,
                                                      .sender = live.server.reverse_path,
                                                      .recipient = live.on_wire.address,
                                                      .account = live.server.account,
                                                      .decision = decision});
        effects_.record(DecisionMade{made});
    }
}

std::optional<AcceptedContent> Connections::command_arrives(SessionId id) {
    Live& live = live_[id];
    Session const& session = trace_.sessions[id];
    ServerSetting const setting{.policy = world_.servers[world_.hosts[session.server].server].policy,
                                .book = world_.book,
                                .client = world_.hosts[session.client].address,
                                .port = session.port};
    Response const response = respond(live.server, setting, live.on_wire, live.call.credentials);
    record_decisions(id, response);
    if (response.effect == Effect::content_accepted)
        return AcceptedContent{id, session.server, session.message, std::move(live.accepted)};
    if (response.effect == Effect::recipient_accepted)
        live.accepted.push_back(live.call.recipients[live.client.next_recipient - 1]);
    reply(id, response.saying, live.on_wire.address, {});
    return std::nullopt;
}

void Connections::confirm(SessionId id, QueueEntryId entry) {
    reply(id, Saying::queued, {}, entry);
}

std::optional<SessionNews> Connections::reply_arrives(SessionId id) {
    Live& live = live_[id];
    Saying const said = live.reply_on_wire;
    ClientPlan plan = live.call.plan;
    plan.recipients = live.addresses;
    ClientStep const step = proceed(live.client, plan, said);

    std::optional<SessionNews> news;
    switch (step.news) {
    case ClientNews::recipient_refused: {
        RecipientId const refused = live.call.recipients[step.recipient];
        std::erase(live.open, refused);
        news = SessionNews{SessionNews::Kind::recipient_refused, id, said, refused};
        break;
    }
    case ClientNews::session_refused:
        news = SessionNews{SessionNews::Kind::session_refused, id, said, {}};
        break;
    case ClientNews::message_taken: news = SessionNews{SessionNews::Kind::message_taken, id, said, {}}; break;
    case ClientNews::none:
    case ClientNews::recipient_accepted: break;
    }
    if (step.command) {
        command(id, *step.command);
    } else {
        assert(!news && "a client says QUIT before it hangs up");
        effects_.record(SessionClosed{id});
        news = SessionNews{SessionNews::Kind::closed, id, said, {}};
    }
    return news;
}

} // namespace mailflow
