#include "smtp/session_checks.hpp"

#include "policy/lists/lists.hpp"
#include "policy/routing.hpp"

#include <algorithm>

namespace mailflow {

namespace {

/// What a failed check answers; none: it is passed.
using Objection = std::optional<Saying>;

Objection unless(bool is_fine, Saying answer) {
    return is_fine ? std::nullopt : std::optional{answer};
}

bool greets(Command const& command) {
    return command.verb == Verb::ehlo || command.keyword == Keyword::helo;
}

bool is_flaw_of_line(Command const& command) {
    Flaw const flaw = command.flaw;
    return flaw >= Flaw::missing_argument && flaw <= Flaw::wrong_keyword && flaw != Flaw::bad_argument &&
           !(flaw != Flaw::missing_argument && greets(command));
}

bool is_flaw_of_path(Flaw flaw) {
    return flaw >= Flaw::unclosed_path && flaw <= Flaw::overlong_path;
}

/// Whether the check is passed by whatever is well written.
bool is_about_flaws(Check check) {
    switch (check) {
    case Check::syntax:
    case Check::domain_name:
    case Check::host_name:
    case Check::path:
    case Check::parameters:
    case Check::mechanism: return true;
    default: return false;
    }
}

Saying syntax_error_in(Command const& command) {
    if (command.verb == Verb::mail)
        return Saying::mail_syntax;
    if (command.verb == Verb::rcpt)
        return Saying::rcpt_syntax;
    return greets(command) ? Saying::bad_greeting : Saying::bad_arguments;
}

Objection object_to_mechanism(Flaw flaw) {
    switch (flaw) {
    case Flaw::unknown_mechanism: return Saying::unknown_mechanism;
    case Flaw::cancelled: return Saying::authentication_cancelled;
    case Flaw::cut_base64:
    case Flaw::bad_base64:
    case Flaw::bad_response:
    case Flaw::bad_message: return Saying::bad_authentication;
    default: return std::nullopt;
    }
}

Objection object_to_parameters(Turn const& turn) {
    if (turn.command.flaw == Flaw::unknown_parameter)
        return Saying::unknown_parameter;
    if (turn.command.flaw >= Flaw::missing_value && turn.command.flaw <= Flaw::repeated_parameter)
        return Saying::bad_parameter;
    bool const is_bad = turn.command.flaw == Flaw::bad_size && turn.habits.minds_bad_size;
    return unless(!is_bad && turn.command.flaw != Flaw::huge_size, Saying::bad_size);
}

Objection object_to_size(Turn const& turn, Saying answer) {
    auto const limit = size_limit_of(turn.setting.policy);
    return unless(!limit || turn.command.size_bytes <= *limit, answer);
}

/// Whether `count` is one more than may be; a limit of 0 is none.
Objection object_to_count(std::uint32_t count, std::uint32_t limit, Saying answer) {
    return unless(limit == 0 || count <= limit, answer);
}

/// Who guesses names names mostly wrong ones.
Objection object_to_bad_recipients(Turn const& turn) {
    std::uint32_t const accepted = turn.session.accepted_recipients;
    std::uint32_t const named = accepted + turn.session.refused_recipients + 1;
    std::uint32_t const patient_for = turn.habits.half_good_after;
    return unless(patient_for == 0 || named <= patient_for || accepted >= named / 2,
                  Saying::too_many_bad_recipients);
}

Question question_of(Turn const& turn) {
    ServerSetting const& setting = turn.setting;
    AddressId const written = turn.command.address;
    bool const asks_for_recipient = turn.command.verb != Verb::mail;
    return {.server = setting.policy,
            .book = setting.book,
            .client = setting.client,
            .port = setting.port,
            .account = account_of(turn.session),
            .sender = asks_for_recipient ? turn.session.reverse_path : written,
            .recipient = asks_for_recipient ? resolve(setting.policy, setting.book, written) : AddressId{},
            .written = asks_for_recipient ? written : AddressId{},
            .reverse = setting.reverse,
            .sender_domain = setting.sender_domain,
            .listed_on = setting.listed_on,
            .known_for = setting.known_for,
            .fetched_ago = setting.fetched_ago};
}

Objection ask(RuleListId list, Question const& question, Response& response) {
    Decision const& decision = response.kept.push_back(decide(list, question));
    return unless(decision.verdict == Verdict::accept, decision.saying);
}

bool looks_for_spam(ServerPolicy const& policy) {
    return policy.greylist || !policy.blocklists.empty();
}

/// Asks the lists that hold on this port, each in its turn; the first that refuses has the last word.
Objection ask_about_recipient(Turn const& turn, Response& response) {
    Question const question = question_of(turn);
    if (turn.command.to_bare_postmaster) {
        response.recipient = question.recipient;
        return std::nullopt;
    }
    bool const submission = is_submission(turn.setting.port);
    if (Objection const objection =
            ask(submission ? RuleListId::submission : RuleListId::relay, question, response))
        return objection;
    if (looks_for_spam(turn.setting.policy) && !submission)
        if (Objection const objection = ask(RuleListId::spam, question, response))
            return objection;
    response.recipient = question.recipient;
    return ask(RuleListId::recipient, question, response);
}

/// Not every software has such a list, and the null path is nobody's.
Objection ask_about_sender(Turn const& turn, Response& response) {
    if (!turn.command.address.valid() || lists_of(turn.setting.policy.software).sender.empty())
        return std::nullopt;
    return ask(RuleListId::sender, question_of(turn), response);
}

/// Who asks for a mailbox may be told of somebody else's that it is none of this server's business.
Objection ask_about_mailbox(Turn const& turn, Response& response) {
    Question const question = question_of(turn);
    if (Objection const objection = ask(RuleListId::recipient, question, response))
        return objection;
    return unless(handled_at(question.server, question.book[question.recipient].domain).has_value(),
                  Saying::verified_foreign);
}

/// On the submission ports the list has one question, which some softwares ask at MAIL already (RFC 6409
/// section 4.3).
Objection ask_for_login(Turn const& turn, Response& response) {
    if (!is_submission(turn.setting.port))
        return std::nullopt;
    if (ask(RuleListId::submission, question_of(turn), response))
        return Saying::authentication_first;
    response.kept.clear(); // it will be asked again at RCPT, where it counts
    return std::nullopt;
}

/// What is said to a command of an extension of which the client has not been told.
Saying not_offered(Command const& command) {
    if (command.verb == Verb::starttls)
        return Saying::already_under_tls;
    return command.keyword == Keyword::bdat ? Saying::chunks_unavailable : Saying::authentication_unavailable;
}

Objection object_by_policy(Check check, Turn const& turn, Response& response) {
    switch (check) {
    case Check::login_first: return ask_for_login(turn, response);
    case Check::sender_policy: return ask_about_sender(turn, response);
    case Check::mailbox_policy: return ask_about_mailbox(turn, response);
    case Check::recipient_policy: return ask_about_recipient(turn, response);
    default: return std::nullopt;
    }
}

Objection object_to_command(Check check, Turn const& turn, Response& response) {
    Command const& command = turn.command;
    switch (check) {
    case Check::syntax: return unless(!is_flaw_of_line(command), syntax_error_in(command));
    case Check::host_name:
        return unless(!greets(command) ||
                          (command.flaw != Flaw::bad_argument && command.flaw != Flaw::excess_argument),
                      Saying::bad_greeting);
    case Check::domain_name: return unless(command.flaw != Flaw::bad_argument, Saying::bad_arguments);
    case Check::flushed_domain:
        return unless(
            relayed_at(turn.setting.policy, turn.setting.book, turn.setting.book[command.address].domain)
                .has_value(),
            Saying::queue_run_refused);
    case Check::path:
        return unless(!is_flaw_of_path(command.flaw),
                      command.verb == Verb::mail ? Saying::bad_sender_path : Saying::bad_recipient_path);
    case Check::parameters: return object_to_parameters(turn);
    case Check::mechanism: return object_to_mechanism(command.flaw);
    case Check::declared_size: return object_to_size(turn, Saying::message_too_big);
    case Check::recipient_limit:
        return object_to_count(turn.session.accepted_recipients + 1, turn.habits.most_recipients,
                               Saying::too_many_recipients);
    case Check::bad_recipients: return object_to_bad_recipients(turn);
    case Check::hops:
        return object_to_count(command.received_lines, turn.habits.most_received_lines,
                               Saying::too_many_hops);
    case Check::content_size: return object_to_size(turn, Saying::content_too_big);
    case Check::content_header: return unless(!command.headless, Saying::content_headless);
    case Check::content_lines:
        return object_to_count(command.longest_line, turn.habits.longest_content_line,
                               Saying::content_line_too_long);
    default: return object_by_policy(check, turn, response);
    }
}

/// Asks any of the checks; those that look at more than the state are asked further up.
Objection object_to_state(Check check, Turn const& turn, Response& response) {
    ServerSession const& session = turn.session;
    Verb const verb = turn.command.verb;
    switch (check) {
    case Check::tls_first:
        return unless(turn.setting.port != port_submission || session.under_tls, Saying::starttls_first);
    case Check::greeting_first: return unless(session.greeted != Greeted::no, Saying::greeting_first);
    case Check::greeting_once: return unless(session.greeted == Greeted::no, Saying::already_greeted);
    case Check::greeted_by_ehlo: return unless(session.greeted == Greeted::ehlo, not_offered(turn.command));
    case Check::plain_connection: return unless(!session.under_tls, Saying::already_under_tls);
    case Check::accounts:
        return unless(!turn.setting.policy.accounts.empty(), Saying::authentication_unavailable);
    case Check::login_under_tls: return unless(session.under_tls, Saying::authentication_unavailable);
    case Check::logged_out: return unless(!session.account.valid(), Saying::already_authenticated);
    case Check::no_transaction:
        return unless(!session.in_transaction,
                      verb == Verb::mail ? Saying::nested_mail : Saying::in_transaction);
    case Check::transaction:
        return unless(session.in_transaction,
                      verb == Verb::rcpt ? Saying::bad_sequence_mail : Saying::data_before_mail);
    case Check::chunks_over: return unless(!session.awaits_content, Saying::chunks_first);
    case Check::recipients: return unless(session.accepted_recipients > 0, Saying::no_valid_recipients);
    default: return object_to_command(check, turn, response);
    }
}

} // namespace

bool pass_checks(std::span<Check const> checks, Turn const& turn, Response& response) {
    bool const is_flawless = turn.command.flaw == Flaw::none;
    for (Check const check : checks) {
        if (is_flawless && is_about_flaws(check))
            continue;
        if (Objection const objection = object_to_state(check, turn, response)) {
            response.saying = *objection;
            return false;
        }
    }
    return true;
}

} // namespace mailflow
