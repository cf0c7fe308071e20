#include "smtp/server_session.hpp"

namespace mailflow {

namespace {

Response answer(Saying saying, Effect effect = Effect::none) {
    return {.saying = saying, .effect = effect};
}

/// On 587 nothing but EHLO, STARTTLS and QUIT is heard before the connection is encrypted (RFC 3207 section
/// 4).
bool wants_tls_first(ServerSession const& session, ServerSetting const& setting, Verb verb) {
    return setting.port == port_submission && !session.under_tls && verb != Verb::ehlo &&
           verb != Verb::starttls && verb != Verb::tls_handshake && verb != Verb::quit;
}

void end_transaction(ServerSession& session) {
    session.in_transaction = false;
    session.awaits_content = false;
    session.accepted_recipients = 0;
    session.reverse_path = {};
}

Response on_auth(ServerSession& session, ServerSetting const& setting, Credentials const& credentials) {
    if (setting.policy.accounts.empty())
        return answer(Saying::authentication_unavailable);
    if (session.account)
        return answer(Saying::already_authenticated);
    auto const account = account_at(setting.policy, credentials.user);
    if (!account || setting.policy.accounts[*account].password != credentials.password)
        return answer(Saying::authentication_failed);
    session.account = account;
    return answer(Saying::authenticated);
}

Response on_mail(ServerSession& session, ServerSetting const& setting, Command const& command) {
    if (session.in_transaction)
        return answer(Saying::nested_mail);
    if (setting.policy.max_size_bytes && command.size_bytes > *setting.policy.max_size_bytes)
        return answer(Saying::message_too_big);
    session.in_transaction = true;
    session.reverse_path = command.address;
    return answer(Saying::sender_ok);
}

/// Asks the lists that hold on this port, each in its turn; the first that refuses has the last word.
Response on_rcpt(ServerSession& session, ServerSetting const& setting, Command const& command) {
    if (!session.in_transaction)
        return answer(Saying::bad_sequence_mail);
    Question const question{.server = setting.policy,
                            .book = setting.book,
                            .client = setting.client,
                            .port = setting.port,
                            .account = session.account,
                            .sender = session.reverse_path,
                            .recipient = command.address,
                            .known_for = setting.known_for,
                            .fetched_ago = setting.fetched_ago};
    RuleListId const gate = is_submission(setting.port) ? RuleListId::submission : RuleListId::relay;
    Response response = answer(Saying::recipient_ok, Effect::recipient_accepted);
    for (RuleListId const list : {gate, RuleListId::spam, RuleListId::recipient}) {
        if (list == RuleListId::spam && (!setting.policy.greylist || is_submission(setting.port)))
            continue;
        Decision const& decision = response.kept[response.decision_count++] = decide(list, question);
        if (decision.verdict == Verdict::refuse) {
            response.saying = decision.saying;
            response.effect = Effect::none;
            return response;
        }
    }
    ++session.accepted_recipients;
    return response;
}

Response on_data(ServerSession& session) {
    if (!session.in_transaction)
        return answer(Saying::bad_sequence_rcpt);
    if (session.accepted_recipients == 0)
        return answer(Saying::no_valid_recipients);
    session.awaits_content = true;
    return answer(Saying::start_content);
}

/// Postfix's hopcount_limit is 50, its own line counted; RFC 5321 section 6.3 asks for a larger one.
constexpr std::uint32_t most_received_lines = 48;

Response on_content(ServerSession& session, Command const& command) {
    if (!session.awaits_content)
        return answer(Saying::bad_sequence_rcpt);
    end_transaction(session);
    if (command.received_lines > most_received_lines)
        return answer(Saying::too_many_hops);
    return answer(Saying::queued, Effect::content_accepted);
}

} // namespace

ServerSession begin_session(Port port) {
    return {.under_tls = port == port_submissions};
}

Response respond(ServerSession& session, ServerSetting const& setting, Command const& command,
                 Credentials const& credentials) {
    if (wants_tls_first(session, setting, command.verb))
        return answer(Saying::starttls_first);
    switch (command.verb) {
    case Verb::ehlo:
        end_transaction(session); // RFC 5321 section 4.1.4: EHLO clears what was begun
        return answer(session.under_tls ? Saying::capabilities_under_tls : Saying::capabilities);
    case Verb::starttls: return answer(Saying::ready_for_tls);
    case Verb::tls_handshake:
        session = ServerSession{.under_tls = true}; // RFC 3207 section 4.2: what was said before is forgotten
        return answer(Saying::tls_established);
    case Verb::auth: return on_auth(session, setting, credentials);
    case Verb::mail: return on_mail(session, setting, command);
    case Verb::rcpt: return on_rcpt(session, setting, command);
    case Verb::data: return on_data(session);
    case Verb::content: return on_content(session, command);
    case Verb::quit: return answer(Saying::goodbye, Effect::hang_up);
    }
    return answer(Saying::goodbye, Effect::hang_up);
}

} // namespace mailflow
