#include "smtp/session_checks.hpp"

#include "policy/lists/lists.hpp"
#include "policy/routing.hpp"

#include <array>
#include <limits>

namespace mailflow {

namespace {

/// What a failed check answers; none: it is passed.
using Objection = std::optional<Saying>;

Objection unless(bool is_fine, Saying answer) {
    return is_fine ? std::nullopt : std::optional{answer};
}

bool greets(Command const& command) {
    return command.verb == Verb::ehlo || command.verb == Verb::helo;
}

bool is_flaw_of_line(Command const& command) {
    Flaw const flaw = command.flaw;
    return flaw >= Flaw::missing_argument && flaw <= Flaw::wrong_keyword && flaw != Flaw::bad_argument &&
           !(flaw != Flaw::missing_argument && greets(command));
}

bool is_flaw_of_path(Flaw flaw) {
    return flaw >= Flaw::unclosed_path && flaw <= Flaw::overlong_path;
}

/// Passed by whatever is well written.
constexpr std::array about_flaws{Check::syntax, Check::domain_name, Check::host_name, Check::content_text,
                                 Check::path,   Check::parameters,  Check::mechanism};
/// Of these the answer is known only when they are asked: the lists of rules, and what lies farther away.
constexpr std::array about_policy{Check::login_first,      Check::sender_policy,  Check::mailbox_policy,
                                  Check::recipient_policy, Check::flushed_domain, Check::accounts};

Saying syntax_error_in(Command const& command) {
    if (command.verb == Verb::mail)
        return Saying::mail_syntax;
    if (command.verb == Verb::rcpt)
        return Saying::rcpt_syntax;
    return greets(command) ? Saying::bad_greeting : Saying::bad_arguments;
}

Objection object_to_mechanism(Flaw flaw) {
    switch (flaw) {
    case Flaw::unknown_mechanism:
    case Flaw::odd_mechanism: return Saying::unknown_mechanism;
    case Flaw::cancelled: return Saying::authentication_cancelled;
    case Flaw::cut_base64:
    case Flaw::bad_base64:
    case Flaw::bad_response:
    case Flaw::bad_message:
    case Flaw::no_user: return Saying::bad_authentication;
    default: return std::nullopt;
    }
}

Objection object_to_parameters(Turn const& turn) {
    if (turn.command.flaw == Flaw::unknown_parameter)
        return Saying::unknown_parameter;
    if (turn.command.flaw >= Flaw::missing_value && turn.command.flaw <= Flaw::repeated_parameter)
        return Saying::bad_parameter;
    Flaw const flaw = turn.command.flaw;
    bool const is_bad = flaw == Flaw::bad_size && turn.habits.minds_bad_size;
    return unless(!is_bad && flaw != Flaw::huge_size && flaw != Flaw::negative_size, Saying::bad_size);
}

/// What a message may have at most.
std::uint64_t most_bytes(Turn const& turn) {
    return size_limit_of(turn.setting.policy).value_or(std::numeric_limits<std::uint64_t>::max());
}

/// Whether `count` is one more than may be; a limit of 0 is none.
bool is_beyond(std::uint32_t count, std::uint32_t limit) {
    return limit != 0 && count > limit;
}

/// Who guesses names names mostly wrong ones.
bool names_bad_recipients(Turn const& turn) {
    std::uint32_t const accepted = turn.session.accepted_recipients;
    std::uint32_t const named = accepted + turn.session.refused_recipients + 1;
    return is_beyond(named, turn.habits.half_good_after) && accepted < named / 2;
}

CheckSet only_if(bool fails, CheckSet checks) {
    return (CheckSet{0} - static_cast<CheckSet>(fails)) & checks; // in place of a branch to guess
}
CheckSet only_if(bool fails, Check check) {
    return only_if(fails, only(check));
}

using enum Check;

/// What is failed by who has greeted so, in the order of Greeted.
constexpr std::array failed_by_greeting{only(greeting_first) | only(greeted_by_ehlo),
                                        only(greeting_once) | only(greeted_by_ehlo), only(greeting_once)};

/// What the command fails for the state of the session.
CheckSet failed_by_state(Turn const& turn) {
    ServerSession const& session = turn.session;
    return failed_by_greeting[static_cast<std::size_t>(session.greeted)] |
           only(session.under_tls ? plain_connection : login_under_tls) |
           only(session.in_transaction ? no_transaction : transaction) |
           only_if(!session.under_tls && turn.setting.port == port_submission, tls_first) |
           only_if(session.account.valid(), logged_out) | only_if(session.awaits_content, chunks_over) |
           only_if(session.accepted_recipients == 0, recipients);
}

/// What of it is counted or measured.
constexpr CheckSet about_measures = set_of(std::array{recipient_limit, bad_recipients, declared_size, hops,
                                                      content_size, content_lines, content_header});

CheckSet failed_by_measure(Turn const& turn) {
    ServerSession const& session = turn.session;
    Command const& command = turn.command;
    Habits const& habits = turn.habits;
    return only_if(is_beyond(session.accepted_recipients + std::uint32_t{1}, habits.most_recipients),
                   recipient_limit) |
           only_if(names_bad_recipients(turn), bad_recipients) |
           only_if(command.size_bytes > most_bytes(turn), only(declared_size) | only(content_size)) |
           only_if(is_beyond(command.received_lines, habits.most_received_lines), hops) |
           only_if(is_beyond(command.longest_line, habits.longest_content_line), content_lines) |
           only_if(command.headless, content_header);
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

/// What is answered to a command that fails for the state of the session or for a measure.
Saying answer_to_failed(Check check, Command const& command) {
    switch (check) {
    case Check::tls_first: return Saying::starttls_first;
    case Check::greeting_first: return Saying::greeting_first;
    case Check::greeting_once: return Saying::already_greeted;
    case Check::greeted_by_ehlo: return not_offered(command);
    case Check::plain_connection: return Saying::already_under_tls;
    case Check::login_under_tls: return Saying::authentication_unavailable;
    case Check::logged_out: return Saying::already_authenticated;
    case Check::no_transaction:
        return command.verb == Verb::mail ? Saying::nested_mail : Saying::in_transaction;
    case Check::transaction:
        return command.verb == Verb::rcpt ? Saying::bad_sequence_mail : Saying::data_before_mail;
    case Check::recipients: return Saying::no_valid_recipients;
    case Check::chunks_over: return Saying::chunks_first;
    case Check::declared_size: return Saying::message_too_big;
    case Check::recipient_limit: return Saying::too_many_recipients;
    case Check::bad_recipients: return Saying::too_many_bad_recipients;
    case Check::hops: return Saying::too_many_hops;
    case Check::content_size: return Saying::content_too_big;
    case Check::content_header: return Saying::content_headless;
    default: return Saying::content_line_too_long;
    }
}

/// Asks one of those about policy.
Objection ask_policy(Check check, Turn const& turn, Response& response) {
    switch (check) {
    case Check::login_first: return ask_for_login(turn, response);
    case Check::sender_policy: return ask_about_sender(turn, response);
    case Check::mailbox_policy: return ask_about_mailbox(turn, response);
    case Check::recipient_policy: return ask_about_recipient(turn, response);
    case Check::accounts:
        return unless(!turn.setting.policy.accounts.empty(), Saying::authentication_unavailable);
    default: // flushed_domain
        return unless(
            relayed_at(turn.setting.policy, turn.setting.book, turn.setting.book[turn.command.address].domain)
                .has_value(),
            Saying::queue_run_refused);
    }
}

/// Asks one of those about flaws.
Objection object_to_flaw(Check check, Turn const& turn) {
    Command const& command = turn.command;
    switch (check) {
    case Check::syntax: return unless(!is_flaw_of_line(command), syntax_error_in(command));
    case Check::host_name:
        return unless(!greets(command) ||
                          (command.flaw != Flaw::bad_argument && command.flaw != Flaw::excess_argument),
                      Saying::bad_greeting);
    case Check::domain_name: return unless(command.flaw != Flaw::bad_argument, Saying::bad_arguments);
    case Check::path:
        return unless(!is_flaw_of_path(command.flaw),
                      command.verb == Verb::mail ? Saying::bad_sender_path : Saying::bad_recipient_path);
    case Check::parameters: return object_to_parameters(turn);
    case Check::content_text: return unless(command.flaw < Flaw::bad_header_address, Saying::content_unfit);
    default: return object_to_mechanism(command.flaw);
    }
}

Objection object_to(Check check, CheckSet failed, Turn const& turn, Response& response) {
    if ((failed & only(check)) != 0)
        return answer_to_failed(check, turn.command);
    if ((set_of(about_policy) & only(check)) != 0)
        return ask_policy(check, turn, response);
    return (set_of(about_flaws) & only(check)) != 0 ? object_to_flaw(check, turn) : std::nullopt;
}

} // namespace

bool pass_checks(Procedure const& procedure, Turn const& turn, Response& response) {
    CheckSet failed = failed_by_state(turn);
    if ((procedure.all & about_measures) != 0)
        failed |= failed_by_measure(turn);
    CheckSet const flawed = turn.command.flaw == Flaw::none ? 0 : set_of(about_flaws);
    CheckSet const open = procedure.all & (failed | flawed | set_of(about_policy));
    if (open == 0)
        return true;
    for (Check const check : procedure.checks) {
        if ((open & only(check)) == 0)
            continue;
        if (Objection const objection = object_to(check, failed, turn, response)) {
            response.saying = *objection;
            return false;
        }
    }
    return true;
}

} // namespace mailflow
