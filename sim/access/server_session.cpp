#include "access/server_session.hpp"

#include <algorithm>

namespace mailflow {

namespace {

AccessResponse answer(AccessAnswer said, AccessEffect effect = AccessEffect::none) {
    return {.answer = said, .effect = effect};
}

/// Tries to log in; says whether the account and the password are right.
bool log_in(AccessServerSession& session, AccessSetting const& setting,
            AccessCredentials const& credentials) {
    auto const account = account_at(setting.policy, credentials.user);
    if (!account || setting.policy.accounts[*account].password != credentials.password)
        return false;
    session.account = account;
    return true;
}

// -- POP3: the states of RFC 1939 section 3 are "no account yet" and "account known"

/// The message with that number, counted from 1; null where there is none, or none any more.
StoredMessage const* numbered(AccessServerSession const& session, AccessSetting const& setting,
                              std::uint32_t number) {
    if (number == 0 || number > setting.mailbox.size())
        return nullptr;
    StoredMessage const& message = setting.mailbox[number - 1];
    bool const gone =
        std::find(session.marked.begin(), session.marked.end(), message.uid) != session.marked.end();
    return gone ? nullptr : &message;
}

AccessResponse on_pass(AccessServerSession& session, AccessSetting const& setting,
                       AccessCredentials const& credentials) {
    if (session.account || !session.named)
        return answer(AccessAnswer::pop3_bad_state);
    session.named = false; // RFC 1939 section 7: after a failure the client begins with USER again
    if (!log_in(session, setting, credentials))
        return answer(AccessAnswer::pop3_login_failed);
    return answer(AccessAnswer::pop3_logged_in, AccessEffect::open_mailbox);
}

AccessResponse on_retr(AccessServerSession const& session, AccessSetting const& setting,
                       std::uint32_t number) {
    StoredMessage const* const message = numbered(session, setting, number);
    if (message == nullptr)
        return answer(AccessAnswer::pop3_no_such_message);
    return {AccessAnswer::pop3_message, AccessEffect::hand_over, message->uid, message->uid};
}

AccessResponse on_dele(AccessServerSession& session, AccessSetting const& setting, std::uint32_t number) {
    StoredMessage const* const message = numbered(session, setting, number);
    if (message == nullptr)
        return answer(AccessAnswer::pop3_no_such_message);
    session.marked.push_back(message->uid);
    return answer(AccessAnswer::pop3_marked);
}

AccessResponse on_pop3(AccessServerSession& session, AccessSetting const& setting,
                       AccessCommand const& command, AccessCredentials const& credentials) {
    bool const known = session.account.has_value();
    switch (command.verb) {
    case AccessVerb::pop3_user:
        if (known)
            return answer(AccessAnswer::pop3_bad_state);
        session.named = true;
        return answer(AccessAnswer::pop3_user_ok); // whether there is such a user is not said
    case AccessVerb::pop3_pass: return on_pass(session, setting, credentials);
    case AccessVerb::pop3_stat:
        return answer(known ? AccessAnswer::pop3_status : AccessAnswer::pop3_bad_state);
    case AccessVerb::pop3_retr:
        return known ? on_retr(session, setting, command.number) : answer(AccessAnswer::pop3_bad_state);
    case AccessVerb::pop3_dele:
        return known ? on_dele(session, setting, command.number) : answer(AccessAnswer::pop3_bad_state);
    case AccessVerb::pop3_quit:
        return answer(AccessAnswer::pop3_goodbye,
                      known ? AccessEffect::delete_marked : AccessEffect::hang_up);
    default: return answer(AccessAnswer::pop3_bad_state);
    }
}

// -- IMAP: the states of RFC 3501 section 3

AccessResponse on_imap(AccessServerSession& session, AccessSetting const& setting,
                       AccessCommand const& command, AccessCredentials const& credentials) {
    switch (command.verb) {
    case AccessVerb::imap_login:
        if (session.account)
            return answer(AccessAnswer::imap_bad_state);
        return answer(log_in(session, setting, credentials) ? AccessAnswer::imap_logged_in
                                                            : AccessAnswer::imap_login_failed);
    case AccessVerb::imap_select:
        if (!session.account)
            return answer(AccessAnswer::imap_bad_state);
        session.selected = true;
        return answer(AccessAnswer::imap_selected, AccessEffect::open_mailbox);
    case AccessVerb::imap_fetch:
        if (!session.selected)
            return answer(AccessAnswer::imap_bad_state);
        return {AccessAnswer::imap_messages, AccessEffect::hand_over, command.number,
                setting.mailbox.empty() ? 0 : setting.mailbox.back().uid};
    case AccessVerb::imap_logout: return answer(AccessAnswer::imap_goodbye, AccessEffect::hang_up);
    default: return answer(AccessAnswer::imap_bad_state);
    }
}

AccessResponse on_web(AccessServerSession& session, AccessSetting const& setting,
                      AccessCommand const& command, AccessCredentials const& credentials,
                      std::uint64_t size_bytes) {
    if (command.verb == AccessVerb::web_login)
        return answer(log_in(session, setting, credentials) ? AccessAnswer::web_logged_in
                                                            : AccessAnswer::web_login_failed);
    if (command.verb != AccessVerb::web_send || !session.account)
        return answer(AccessAnswer::web_login_failed);
    if (setting.policy.max_size_bytes && size_bytes > *setting.policy.max_size_bytes)
        return answer(AccessAnswer::web_too_big);
    return answer(AccessAnswer::web_sent, AccessEffect::submit_message);
}

} // namespace

AccessAnswer greeting_of(Service service) {
    return service == Service::imap ? AccessAnswer::imap_greeting : AccessAnswer::pop3_greeting;
}

AccessResponse respond(AccessServerSession& session, AccessSetting const& setting,
                       AccessCommand const& command, AccessCredentials const& credentials,
                       std::uint64_t size_bytes) {
    if (command.verb == AccessVerb::tls_handshake)
        return answer(AccessAnswer::tls_established);
    switch (setting.service) {
    case Service::imap: return on_imap(session, setting, command, credentials);
    case Service::web: return on_web(session, setting, command, credentials, size_bytes);
    case Service::pop3:
    case Service::smtp: break;
    }
    return on_pop3(session, setting, command, credentials);
}

} // namespace mailflow
