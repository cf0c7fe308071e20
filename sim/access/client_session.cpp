#include "access/client_session.hpp"

namespace mailflow {

namespace {

AccessStep send(AccessVerb verb, std::uint32_t number = 0, AccessNews news = AccessNews::none) {
    return {.command = AccessCommand{verb, number}, .news = news};
}

AccessStep hang_up(AccessNews news = AccessNews::none) {
    return {.command = std::nullopt, .news = news};
}

AccessStep leave(AccessClientSession& session, AccessPlan const& plan, AccessNews news = AccessNews::none) {
    session.leaving = true;
    return send(plan.service == Service::imap ? AccessVerb::imap_logout : AccessVerb::pop3_quit, 0, news);
}

AccessStep retrieve_next(AccessClientSession& session, AccessPlan const& plan) {
    if (session.current >= session.messages)
        return leave(session, plan);
    return send(AccessVerb::pop3_retr, ++session.current);
}

} // namespace

std::optional<AccessCommand> opening_of(AccessPlan const& plan) {
    return begins_with_tls(plan.port) ? std::optional{AccessCommand{AccessVerb::tls_handshake, 0}}
                                      : std::nullopt;
}

AccessStep proceed(AccessClientSession& session, AccessPlan const& plan, AccessReply const& reply) {
    if (session.leaving)
        return hang_up();
    switch (reply.answer) {
    case AccessAnswer::tls_established:
        return send(plan.service == Service::web    ? AccessVerb::web_login
                    : plan.service == Service::imap ? AccessVerb::imap_login
                                                    : AccessVerb::pop3_user);
    case AccessAnswer::pop3_greeting: return send(AccessVerb::pop3_user);
    case AccessAnswer::pop3_user_ok: return send(AccessVerb::pop3_pass);
    case AccessAnswer::pop3_logged_in: return send(AccessVerb::pop3_stat);
    case AccessAnswer::pop3_status: session.messages = reply.messages; return retrieve_next(session, plan);
    case AccessAnswer::pop3_message:
        return send(AccessVerb::pop3_dele, session.current, AccessNews::messages_came);
    case AccessAnswer::pop3_marked:
    case AccessAnswer::pop3_no_such_message: return retrieve_next(session, plan);
    case AccessAnswer::imap_greeting: return send(AccessVerb::imap_login);
    case AccessAnswer::imap_logged_in: return send(AccessVerb::imap_select);
    case AccessAnswer::imap_selected:
        session.messages = reply.messages;
        if (reply.messages == 0 || reply.uid_next <= plan.next_uid)
            return leave(session, plan);
        return send(AccessVerb::imap_fetch, plan.next_uid);
    case AccessAnswer::imap_messages: return leave(session, plan, AccessNews::messages_came);
    case AccessAnswer::pop3_login_failed:
    case AccessAnswer::imap_login_failed: return leave(session, plan, AccessNews::login_failed);
    case AccessAnswer::web_logged_in: return send(AccessVerb::web_send);
    case AccessAnswer::web_login_failed: return hang_up(AccessNews::login_failed);
    case AccessAnswer::web_sent: return hang_up(AccessNews::message_taken);
    case AccessAnswer::web_too_big: return hang_up(AccessNews::message_too_big);
    case AccessAnswer::pop3_bad_state:
    case AccessAnswer::imap_bad_state: return leave(session, plan);
    case AccessAnswer::pop3_goodbye:
    case AccessAnswer::imap_goodbye: break; // only when it is leaving
    }
    return hang_up();
}

} // namespace mailflow
