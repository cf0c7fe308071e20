#include "engine/connection.hpp"

#include "engine/dialing.hpp"
#include "policy/routing.hpp"
#include "world/client_name.hpp"

#include <algorithm>
#include <cassert>
#include <utility>

namespace mailflow {

namespace {

/// What a mail server listens on for SMTP. Nobody answers on any other port.
bool listens_on(Port port) {
    return port == port_smtp || is_submission(port);
}

} // namespace

SessionId Connections::open(Call call) {
    SessionId const id = trace_.sessions.add({.client = call.client,
                                              .server = call.server,
                                              .client_address = present_.host(call.client).address,
                                              .port = call.plan.port,
                                              .one_way = present_.one_way(call.client, call.server),
                                              .opened = effects_.now(),
                                              .message = call.message,
                                              .entry = call.entry});
    Live live;
    for (EnvelopeRecipient const& recipient : call.recipients)
        live.addresses.push_back(recipient.address);
    live.server = begin_session(call.plan.port);
    live.client = begin_client_session(call.plan.port);
    live.open = call.recipients;
    live.trouble = dial(present_, trace_, effects_, id);
    live.call = std::move(call);
    live_.add(id, std::move(live));
    return id;
}

bool Connections::server_is_up(SessionId id) const {
    return present_.server_on(trace_.sessions[id].server).up;
}

void Connections::call_arrives(SessionId id) {
    if (!listens_on(trace_.sessions[id].port) || !server_is_up(id))
        live_[id].trouble = Saying::connection_refused;
    effects_.wake_after(trace_.sessions[id].one_way, WakeKind::call_answered, id);
}

std::optional<SessionNews> Connections::call_answered(SessionId id) {
    if (live_[id].trouble)
        return fail(id);
    effects_.record(ConnectionEstablished{id});
    effects_.wake_after(trace_.sessions[id].one_way, WakeKind::call_completed, id);
    return std::nullopt;
}

SessionNews Connections::call_times_out(SessionId id) {
    return fail(id);
}

SessionNews Connections::fail(SessionId id) {
    Saying const trouble = *live_[id].trouble;
    effects_.record(ConnectionFailed{id, trouble});
    return {SessionNews::Kind::connection_failed, id, trouble, {}};
}

/// The server went down with the session: the client's machine hears of it when it would have had an answer.
void Connections::lose(SessionId id) {
    uncount(id);
    live_[id].trouble = Saying::connection_lost;
    effects_.wake_after(trace_.sessions[id].one_way, WakeKind::reply_arrives, id);
}

void Connections::call_completed(SessionId id) {
    auto const greeting = prescribed(id, ScriptedPhase::greeting);
    if (greeting)
        note_script(id);
    if (!server_is_up(id) || (greeting && greeting->drops)) {
        lose(id);
        return;
    }
    HostId const server = trace_.sessions[id].server;
    std::uint32_t& incoming = incoming_[server.index];
    auto const most = present_.server_on(server).max_sessions;
    if (most && incoming >= *most) {
        reply(id, Saying::too_many_sessions, {}, {});
        return;
    }
    ++incoming;
    live_[id].counted = true;
    reply(id, greeting ? scripted_saying(ScriptedPhase::greeting, greeting->reply) : Saying::greeting, {},
          {});
}

void Connections::uncount(SessionId id) {
    if (std::exchange(live_[id].counted, false))
        --incoming_[trace_.sessions[id].server.index];
}

ServerPolicy const& Connections::policy_of(SessionId id) const {
    return present_.server_on(trace_.sessions[id].server).policy;
}

/// Whether the message has met with the prescribed answers often enough, in sessions before this one.
bool Connections::script_is_over(SessionId id) const {
    auto const& answers = policy_of(id).answers;
    if (!answers || !answers->times || live_[id].heard_script)
        return false;
    auto const tries = scripted_tries_.find({trace_.sessions[id].server, trace_.sessions[id].message});
    return tries != scripted_tries_.end() && tries->second >= *answers->times;
}

std::optional<ScriptedAnswer> Connections::prescribed(SessionId id,
                                                      std::optional<ScriptedPhase> phase) const {
    auto const& answers = policy_of(id).answers;
    return answers && phase && !script_is_over(id) ? answer_in(*answers, *phase) : std::nullopt;
}

void Connections::note_script(SessionId id) {
    if (!std::exchange(live_[id].heard_script, true))
        ++scripted_tries_[{trace_.sessions[id].server, trace_.sessions[id].message}];
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

void Connections::record_decisions(SessionId id, Response const& response, ServerSetting const& setting) {
    Live const& live = live_[id];
    AddressId const written = live.on_wire.address;
    bool const about_sender = live.on_wire.verb == Verb::mail;
    for (Decision const& decision : response.decisions()) {
        DecisionId const made = trace_.decisions.add(
            {.session = id,
             .sender = about_sender ? written : live.server.reverse_path,
             .recipient = about_sender ? AddressId{} : resolve(setting.policy, setting.book, written),
             .account = live.server.account,
             .changes = present_.changes_applied(),
             .listed_on = setting.listed_on,
             .known_for = setting.known_for,
             .fetched_ago = setting.fetched_ago,
             .written = about_sender ? AddressId{} : written,
             .reverse = setting.reverse,
             .sender_domain = setting.sender_domain,
             .account_changes = live.account_changes,
             .decision = decision});
        effects_.record(DecisionMade{made});
    }
}

/// Whether the command on the wire offers spam to the final destination of its recipient, from outside: not
/// from a client that the server trusts or knows, nor from one that takes mail for the same domain.
bool Connections::offers_spam(SessionId id) const {
    Live const& live = live_[id];
    Session const& session = trace_.sessions[id];
    if (live.on_wire.verb != Verb::rcpt || !live.server.in_transaction || live.server.account ||
        trace_.messages[session.message].kind != MessageKind::spam)
        return false;
    ServerPolicy const& policy = present_.server_on(session.server).policy;
    AddressBook const& book = present_.world().book;
    DomainId const domain = book[resolve(policy, book, live.on_wire.address)].domain;
    if (!handled_at(policy, domain) ||
        std::any_of(policy.trusts.begin(), policy.trusts.end(),
                    [&](IpRange const& range) { return range.contains(session.client_address); }))
        return false;
    std::vector<MxRecord> const& exchangers = present_.dns(domain).mx;
    return std::none_of(exchangers.begin(), exchangers.end(), [&](MxRecord const& record) {
        return present_.dns(record.host).address == session.client;
    });
}

/// The server's answer to the command on the wire, its decisions recorded.
Response Connections::answer_to(SessionId id) {
    Live& live = live_[id];
    Session const& session = trace_.sessions[id];
    GreylistKey const seen{session.server, session.client_address, live.server.reverse_path,
                           live.on_wire.address};
    ServerPolicy const& policy = policy_of(id);
    ServerSetting setting{.policy = policy,
                          .book = present_.world().book,
                          .client = session.client_address,
                          .port = session.port,
                          .reverse = reverse_name_status(present_, session.client_address),
                          .script_is_over = script_is_over(id)};
    if (live.on_wire.verb == Verb::rcpt) {
        setting.listed_on = blocklists_.listed_on(policy.blocklists, session.client_address);
        setting.known_for = greylist_.known_for(seen, effects_.now());
    }
    if (policy.pop_before_smtp)
        setting.fetched_ago = fetches_.ago(session.server, session.client_address, effects_.now());
    if (live.on_wire.verb == Verb::mail && live.on_wire.address.valid())
        setting.sender_domain = sender_domain_status(present_, setting.book[live.on_wire.address].domain);
    Response const response = respond(live.server, setting, live.on_wire, live.call.credentials);
    if (response.saying == Saying::authenticated)
        live.account_changes = present_.changes_applied();
    if (is_scripted(response.saying))
        note_script(id);
    record_decisions(id, response, setting);
    if (response.saying == Saying::blocklisted)
        trace_.sessions[id].blocked_using = policy.blocklists[*setting.listed_on];
    if (!live.reported && offers_spam(id)) {
        live.reported = true;
        blocklists_.hear_of_spam(id);
    }
    auto const decisions = response.decisions();
    if (std::any_of(decisions.begin(), decisions.end(),
                    [](Decision const& decision) { return decision.list == RuleListId::spam; }))
        greylist_.note(seen, effects_.now());
    return response;
}

std::optional<AcceptedContent> Connections::command_arrives(SessionId id) {
    auto const scripted = prescribed(id, phase_of(live_[id].on_wire.verb));
    bool const drops = scripted && scripted->drops;
    if (drops)
        note_script(id);
    if (drops || !server_is_up(id)) {
        lose(id);
        return std::nullopt;
    }
    Response const response = answer_to(id);
    Live& live = live_[id];
    if (response.effect == Effect::content_accepted) {
        Session const& session = trace_.sessions[id];
        return AcceptedContent{id, session.server, session.message, live.on_wire.received_lines,
                               std::move(live.accepted)};
    }
    if (response.effect == Effect::recipient_accepted)
        live.accepted.push_back(
            {live.call.recipients[live.client.next_recipient - 1].recipient, response.recipient});
    if (response.effect == Effect::hang_up)
        uncount(id);
    reply(id, response.saying, live.on_wire.address, {});
    return std::nullopt;
}

void Connections::confirm(SessionId id, QueueEntryId entry) {
    reply(id, Saying::queued, {}, entry);
}

std::optional<SessionNews> Connections::reply_arrives(SessionId id) {
    Live& live = live_[id];
    if (live.trouble && live.client.awaits != ClientSession::Awaits::quit)
        return fail(id);
    ClientPlan plan = live.call.plan;
    plan.recipients = live.addresses;
    ClientStep const step = proceed(live.client, plan, live.reply_on_wire);
    Saying const said = step.own_diagnosis.value_or(live.reply_on_wire);

    std::optional<SessionNews> news;
    switch (step.news) {
    case ClientNews::recipient_refused: {
        EnvelopeRecipient const refused = live.call.recipients[step.recipient];
        std::erase(live.open, refused);
        news = SessionNews{SessionNews::Kind::recipient_refused, id, said, refused.recipient};
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
