#include "engine/connection.hpp"

#include "engine/dialing.hpp"
#include "mail/ends_session.hpp"
#include "policy/routing.hpp"
#include "smtp/habits.hpp"
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
    live.logs_in = call.login != nullptr;
    if (call.heeds_advertised_size) {
        auto const limit = announced_limit(present_.server_on(call.server).policy);
        live.is_too_big_for_server = limit && records_.messages[call.message].size_bytes > *limit;
    }
    live_.add(id, std::move(live));
    if (auto const trouble = dial(present_, records_, effects_, id))
        doom(id, *trouble);
    if (call.login != nullptr)
        logins_.add(id, {call.login});
    return id;
}

void Connections::forget(SessionId id) {
    if (live_[id].logs_in)
        logins_.let_go(id);
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

/// Whether the message has met with the prescribed answers often enough, in sessions before this one.
bool Connections::script_is_over(SessionId id) const {
    Session const& session = records_.sessions[id];
    return !live_[id].heard_script &&
           scripts_.are_over(policy_of(id).answers, session.server, session.message);
}

/// None: the server says what it likes.
ScriptedAnswer const* Connections::prescribed(SessionId id, std::optional<ScriptedPhase> phase) const {
    if (!phase || script_is_over(id))
        return nullptr;
    auto const& answer = answer_in(*policy_of(id).answers, *phase);
    return answer ? &*answer : nullptr;
}

void Connections::note_script(SessionId id) {
    if (!live_[id].heard_script)
        scripts_.note_session(records_.sessions[id].server, records_.sessions[id].message);
    live_[id].heard_script = true;
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

inline Command Connections::command_on_wire(SessionId id) const {
    Live const& live = live_[id];
    Command command{.verb = live.verb_on_wire, .address = live.address_on_wire};
    if (command.verb != Verb::mail && command.verb != Verb::content)
        return command;
    Session const& session = records_.sessions[id];
    command.size_bytes = records_.messages[session.message].size_bytes;
    if (command.verb == Verb::content)
        command.received_lines = session.entry.valid() ? records_.entries[session.entry].received_lines : 0;
    return command;
}

inline ClientPlan Connections::plan_of(SessionId id) const {
    Live const& live = live_[id];
    ClientPlan plan{.port = records_.sessions[id].port,
                    .authenticate = live.logs_in,
                    .is_too_big_for_server = live.is_too_big_for_server,
                    .recipient_count = live.recipients.size()};
    if (live.client.next_recipient < plan.recipient_count)
        plan.next_recipient = live.recipients[live.client.next_recipient].recipient.address;
    return plan;
}

void Connections::record_decision(SessionId id, Command const& command, Decision const& decision,
                                  ServerSetting const& setting) {
    if (effects_.keeps_trace())
        keep(id, command, decision, setting);
    else
        effects_.record(DecisionMade{});
}

void Connections::keep(SessionId id, Command const& command, Decision const& decision,
                       ServerSetting const& setting) {
    AddressId const written = command.address;
    bool const about_sender = command.verb == Verb::mail;
    Live const& live = live_[id];
    ServerSession const& server = live.server;
    effects_.record(DecisionMade{records_.decisions.add(
        {.session = id,
         .sender = about_sender ? written : server.reverse_path,
         .recipient = about_sender ? AddressId{} : resolve(setting.policy, setting.book, written),
         .account = account_of(server),
         .changes = present_.changes_applied(),
         .listed_on = setting.listed_on,
         .known_for = setting.known_for,
         .fetched_ago = setting.fetched_ago,
         .written = about_sender ? AddressId{} : written,
         .reverse = setting.reverse,
         .sender_domain = setting.sender_domain,
         .account_changes = live.logs_in ? logins_[id].changes : 0,
         .decision = decision})});
}

/// Whether the RCPT on the wire offers spam to the final destination of its recipient, from outside: not
/// from a client that the server trusts or knows, nor from one that takes mail for the same domain.
bool Connections::offers_spam(SessionId id) const {
    Live const& live = live_[id];
    Session const& session = records_.sessions[id];
    if (!live.address_on_wire.valid() || !live.server.in_transaction || live.server.account.valid() ||
        records_.messages[session.message].kind != MessageKind::spam)
        return false;
    ServerPolicy const& policy = policy_of(id);
    AddressBook const& book = present_.world().book;
    DomainId const domain = book[resolve(policy, book, live.address_on_wire)].domain;
    if (!handled_at(policy, domain) ||
        std::any_of(policy.trusts.begin(), policy.trusts.end(),
                    [&](IpRange const& range) { return range.contains(session.client_address); }))
        return false;
    auto const& exchangers = present_.dns(domain).mx;
    return std::none_of(exchangers.begin(), exchangers.end(), [&](MxRecord const& record) {
        return present_.dns(record.host).address == session.client;
    });
}

Command Connections::hear(SessionId id) {
    Command command = command_on_wire(id);
    World const& world = present_.world();
    if (world.typed_paths.empty() || (command.verb != Verb::mail && command.verb != Verb::rcpt))
        return command;
    ServerId const server = world.hosts[records_.sessions[id].server].server;
    if (TypedPath const* const path = typed_path(world, server, command.address, command.verb)) {
        command.address = path->heard;
        command.flaw = path->flaw;
        live_[id].address_on_wire = path->heard;
    }
    return command;
}

/// What the server is and knows when the command on the wire reaches it.
ServerSetting Connections::setting_of(SessionId id) const {
    Live const& live = live_[id];
    Session const& session = records_.sessions[id];
    ServerPolicy const& policy = policy_of(id);
    ServerSetting setting{.policy = policy,
                          .book = present_.world().book,
                          .client = session.client_address,
                          .port = session.port,
                          .script_is_over = !sketch_of(id).is_scripted || script_is_over(id)};
    if (live.verb_on_wire != Verb::mail && live.verb_on_wire != Verb::rcpt)
        return setting; // nothing else is decided about
    setting.reverse = reverse_name_status(present_, session.client_address);
    if (live.verb_on_wire == Verb::rcpt) {
        setting.listed_on = blocklists_.listed_on(policy.blocklists, session.client_address);
        setting.known_for = greylist_.known_for(
            {session.server, session.client_address, live.server.reverse_path, live.address_on_wire},
            effects_.now());
    }
    if (policy.pop_before_smtp)
        setting.fetched_ago = fetches_.ago(session.server, session.client_address, effects_.now());
    if (live.verb_on_wire == Verb::mail && live.address_on_wire.valid())
        setting.sender_domain = sender_domain_status(present_, setting.book[live.address_on_wire].domain);
    return setting;
}

/// Who was asked about as a stranger is none the next time.
void Connections::remember_for_greylist(SessionId id, AddressId reverse_path, Response const& response) {
    auto const decisions = response.decisions();
    if (std::none_of(decisions.begin(), decisions.end(),
                     [](Decision const& decision) { return decision.list == RuleListId::spam; }))
        return;
    Session const& session = records_.sessions[id];
    greylist_.note({session.server, session.client_address, reverse_path, live_[id].address_on_wire},
                   effects_.now());
}

/// The server's answer to the command on the wire, its decisions recorded.
Response Connections::answer_to(SessionId id, Command const& command) {
    Live& live = live_[id];
    ServerSetting const setting = setting_of(id);
    AddressId const reverse_path = live.server.reverse_path;
    Credentials credentials;
    if (command.verb == Verb::auth)
        credentials = {logins_[id].account->user, logins_[id].account->password};
    Response const response = respond(live.server, setting, command, credentials);
    if (response.saying == Saying::authenticated)
        logins_[id].changes = present_.changes_applied();
    if (is_scripted(response.saying))
        note_script(id);
    for (Decision const& decision : response.decisions())
        record_decision(id, command, decision, setting);
    if (command.verb != Verb::rcpt)
        return response;
    if (response.saying == Saying::blocklisted)
        records_.sessions[id].blocked_using = setting.policy.blocklists[*setting.listed_on];
    if (!live.reported && offers_spam(id)) {
        live.reported = true;
        blocklists_.hear_of_spam(id);
    }
    remember_for_greylist(id, reverse_path, response);
    return response;
}

std::optional<AcceptedContent> Connections::command_arrives(SessionId id) {
    HostSketch const& sketch = sketch_of(id);
    ScriptedAnswer const* const scripted =
        sketch.is_scripted ? prescribed(id, phase_of(live_[id].verb_on_wire)) : nullptr;
    bool const drops = scripted != nullptr && scripted->drops;
    if (drops)
        note_script(id);
    if (drops || !sketch.up) {
        lose(id);
        return std::nullopt;
    }
    AddressId const written = live_[id].address_on_wire;
    Command const command = hear(id);
    Response const response = answer_to(id, command);
    Live& live = live_[id];
    if (response.effect == Effect::content_accepted) {
        Session const& session = records_.sessions[id];
        AcceptedContent content{id, session.server, session.message, command.received_lines, {}};
        for (Offered const& offered : live.recipients)
            if (offered.taken_as.valid())
                content.recipients.push_back({offered.recipient.recipient, offered.taken_as});
        return content;
    }
    if (response.effect == Effect::recipient_accepted)
        live.recipients[live.client.next_recipient - 1].taken_as = response.recipient;
    if (response.effect == Effect::hang_up)
        uncount(id);
    reply(id, response.saying, written, {});
    return std::nullopt;
}

void Connections::confirm(SessionId id, QueueEntryId entry) {
    reply(id, Saying::queued, {}, entry);
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
