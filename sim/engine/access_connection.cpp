#include "engine/access_connection.hpp"

#include "engine/dialing.hpp"

#include <utility>

namespace mailflow {

namespace {

/// Whether somebody there speaks that on that port: servers that people have mailboxes or accounts on do.
bool listens_on(Server const& server, Service service, Port port) {
    bool const for_people = !server.policy.handles.empty() || !server.policy.accounts.empty();
    return server.up && for_people && service_on(port) == service;
}

} // namespace

SessionId AccessConnections::open(AccessCall call) {
    SessionId const id = records_.sessions.add({.client = call.client,
                                                .server = call.server,
                                                .client_address = present_.host(call.client).address,
                                                .port = call.plan.port,
                                                .service = call.plan.service,
                                                .one_way = present_.one_way(call.client, call.server),
                                                .opened = effects_.now(),
                                                .message = call.message,
                                                .check = call.check});
    if (call.check.valid())
        records_.checks[call.check].session = id;
    if (call.message.valid())
        effects_.hold(call.message);
    Live live;
    live.call = std::move(call);
    live.trouble = dial(present_, records_, effects_, id);
    live_.add(id, std::move(live));
    return id;
}

void AccessConnections::call_arrives(SessionId id) {
    Session const& session = records_.sessions[id];
    if (!listens_on(server_of(id), session.service, session.port))
        live_[id].trouble = Saying::connection_refused;
    effects_.wake_after(session.one_way, WakeKind::call_answered, id);
}

std::optional<AccessReport> AccessConnections::call_answered(SessionId id) {
    if (live_[id].trouble)
        return fail(id);
    effects_.record(ConnectionEstablished{id});
    if (auto const opening = opening_of(live_[id].call.plan))
        command(id, *opening);
    else
        effects_.wake_after(records_.sessions[id].one_way, WakeKind::call_completed, id);
    return std::nullopt;
}

AccessReport AccessConnections::call_times_out(SessionId id) {
    return fail(id);
}

AccessReport AccessConnections::fail(SessionId id) {
    Saying const trouble = *live_[id].trouble;
    effects_.record(ConnectionFailed{id, trouble});
    return {AccessReport::Kind::connection_failed, id, trouble, true};
}

/// The server went down with the session: the client's machine hears of it when it would have had an answer.
void AccessConnections::lose(SessionId id) {
    live_[id].trouble = Saying::connection_lost;
    effects_.wake_after(records_.sessions[id].one_way, WakeKind::reply_arrives, id);
    give_up_lock(id);
}

void AccessConnections::line_is_dead(SessionId id, WakeKind packet, Saying trouble) {
    live_[id].trouble = trouble;
    effects_.wake_after({}, is_of_call(packet) ? WakeKind::call_times_out : WakeKind::reply_arrives, id);
    give_up_lock(id);
}

void AccessConnections::call_completed(SessionId id) {
    if (server_of(id).up)
        reply(id, greeting_of(records_.sessions[id].service));
    else
        lose(id);
}

void AccessConnections::command(SessionId id, AccessCommand const& command) {
    live_[id].on_wire = command;
    effects_.record(AccessCommandSent{id, command.number, command.verb});
    effects_.wake_after(records_.sessions[id].one_way, WakeKind::command_arrives, id);
}

void AccessConnections::reply(SessionId id, AccessAnswer answer, std::uint32_t first_copy,
                              std::uint32_t copies) {
    AccessReplySent const sent{id, first_copy, copies, answer};
    live_[id].reply_on_wire = sent;
    effects_.record(sent);
    effects_.wake_after(records_.sessions[id].one_way, WakeKind::reply_arrives, id);
}

MailboxOwner AccessConnections::owner_of(SessionId id) const {
    Live const& live = live_[id];
    return {records_.sessions[id].server, live.call.address, live.call.user.find('@') != std::string::npos};
}

/// The server looks what lies there; the numbers of POP3 and the UIDs of IMAP hold for this session.
void AccessConnections::open_mailbox(SessionId id) {
    Live& live = live_[id];
    MailCheck& check = records_.checks[live.call.check];
    auto contents = mailboxes_.contents(owner_of(id), server_of(id).policy, live.call.plan.next_uid);
    check.messages = static_cast<std::uint32_t>(contents.messages.size());
    check.uid_next = contents.uid_next;
    if (records_.sessions[id].service == Service::imap)
        check.recent = mailboxes_.tell_of_recent(owner_of(id), contents);
    check.missed = contents.missed;
    live.mailbox.clear();
    for (Mailboxes::Stored const& stored : contents.messages) {
        std::uint64_t const size =
            records_.messages[records_.recipients[stored.recipient].message].size_bytes;
        live.mailbox.push_back({stored.uid, size});
        check.octets += size;
    }
    live.contents = std::move(contents.messages);
}

/// Whoever waits for the mailbox has it now.
void AccessConnections::give_up_lock(SessionId id) {
    if (!std::exchange(live_[id].has_lock, false))
        return;
    auto const next = mailboxes_.unlock(owner_of(id), id);
    if (!next)
        return;
    if (!server_of(*next).up) {
        lose(*next);
        return;
    }
    open_mailbox(*next);
    reply(*next, AccessAnswer::pop3_logged_in);
}

void AccessConnections::hand_over(SessionId id, AccessResponse const& response) {
    Live const& live = live_[id];
    std::vector<MailboxCopy>& copies = records_.checks[live.call.check].copies;
    auto const first = static_cast<std::uint32_t>(copies.size());
    for (std::size_t n = 0; n < live.contents.size(); ++n) {
        Mailboxes::Stored const& stored = live.contents[n];
        if (stored.uid >= response.first_uid && stored.uid <= response.last_uid)
            copies.push_back({stored.recipient, static_cast<std::uint32_t>(n + 1), stored.uid});
    }
    reply(id, response.answer, first, static_cast<std::uint32_t>(copies.size()) - first);
}

std::optional<SubmittedByWeb> AccessConnections::command_arrives(SessionId id) {
    if (!server_of(id).up) {
        lose(id);
        return std::nullopt;
    }
    Session const& session = records_.sessions[id];
    Live& live = live_[id];
    AccessSetting const setting{
        .policy = server_of(id).policy, .service = session.service, .mailbox = live.mailbox};
    bool const was_known = live.server.account.has_value();
    AccessResponse const response =
        respond(live.server, setting, live.on_wire, {live.call.user, live.call.password},
                session.message.valid() ? records_.messages[session.message].size_bytes : 0);
    if (!was_known && live.server.account && session.service != Service::web)
        fetches_.note(session.server, session.client_address, effects_.now());
    switch (response.effect) {
    case AccessEffect::open_mailbox:
        if (session.service == Service::pop3) {
            live.has_lock = true;
            if (!mailboxes_.lock(owner_of(id), id))
                return std::nullopt; // the answer waits until the other session is over
        }
        open_mailbox(id);
        break;
    case AccessEffect::hand_over: hand_over(id, response); return std::nullopt;
    case AccessEffect::delete_marked:
        mailboxes_.remove(owner_of(id), live.server.marked, live.call.check);
        reply(id, response.answer);
        give_up_lock(id);
        return std::nullopt;
    case AccessEffect::submit_message: return SubmittedByWeb{id, session.server, session.message};
    case AccessEffect::none:
    case AccessEffect::hang_up: break;
    }
    reply(id, response.answer);
    return std::nullopt;
}

void AccessConnections::confirm(SessionId id) {
    reply(id, AccessAnswer::web_sent);
}

void AccessConnections::take_copies(SessionId id) {
    Live const& live = live_[id];
    std::vector<MailboxCopy> const& copies = records_.checks[live.call.check].copies;
    for (std::uint32_t n = 0; n < live.reply_on_wire.copies; ++n)
        effects_.record(MessageFetched{copies[live.reply_on_wire.first_copy + n].recipient, live.call.check});
}

std::optional<AccessReport> AccessConnections::reply_arrives(SessionId id) {
    Live& live = live_[id];
    if (live.trouble && !live.client.leaving)
        return fail(id);
    AccessReply heard{.answer = live.reply_on_wire.answer};
    if (live.call.check.valid()) {
        heard.messages = records_.checks[live.call.check].messages;
        heard.uid_next = records_.checks[live.call.check].uid_next;
    }
    AccessStep const step = proceed(live.client, live.call.plan, heard);
    std::optional<AccessReport> report;
    switch (step.news) {
    case AccessNews::messages_came: take_copies(id); break;
    case AccessNews::login_failed:
        report = {AccessReport::Kind::login_failed, id, Saying::authentication_failed};
        break;
    case AccessNews::message_too_big:
        report = {AccessReport::Kind::message_too_big, id, Saying::message_too_big};
        break;
    case AccessNews::none:
    case AccessNews::message_taken: break;
    }
    if (step.command) {
        command(id, *step.command);
        return report;
    }
    effects_.record(SessionClosed{id});
    if (!report)
        report = {AccessReport::Kind::closed, id, Saying::goodbye};
    report->is_last = true;
    return report;
}

void AccessConnections::forget(SessionId id) {
    live_.let_go(id);
    Session const& session = records_.sessions[id];
    if (session.message.valid())
        effects_.let_go(session.message);
    if (session.check.valid())
        records_.checks.let_go(session.check);
    records_.sessions.let_go(id);
}

} // namespace mailflow
