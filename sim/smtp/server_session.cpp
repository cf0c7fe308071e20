#include "smtp/server_session.hpp"

#include "policy/routing.hpp"
#include "smtp/habits.hpp"
#include "smtp/session_checks.hpp"

#include <algorithm>
#include <array>
#include <limits>

namespace mailflow {

void end_transaction(ServerSession& session) {
    session.in_transaction = false;
    session.awaits_content = false;
    session.accepted_recipients = 0;
    session.refused_recipients = 0;
    session.reverse_path = {};
}

namespace {

Procedure const& procedure_of(Habits const& habits, Keyword keyword) {
    static Procedure const unknown{};
    switch (keyword) {
    case Keyword::auth_exchange: return habits.auth;
    case Keyword::rset: return habits.rset;
    case Keyword::noop: return habits.noop;
    case Keyword::vrfy: return habits.vrfy;
    case Keyword::expn: return habits.expn;
    case Keyword::help: return habits.help;
    case Keyword::etrn: return habits.etrn;
    case Keyword::bdat: return habits.bdat;
    case Keyword::forbidden: return habits.forbidden;
    case Keyword::empty: return habits.empty;
    case Keyword::overlong: return habits.overlong;
    case Keyword::not_utf8: return habits.not_utf8;
    case Keyword::unknown:
    case Keyword::none: break;
    }
    return unknown;
}

/// Of the other commands, in the order of Verb.
constexpr std::array<Procedure Habits::*, static_cast<std::size_t>(Verb::other)> procedures{
    &Habits::ehlo, &Habits::helo, &Habits::starttls, &Habits::tls_handshake, &Habits::auth,
    &Habits::mail, &Habits::rcpt, &Habits::data,     &Habits::content,       &Habits::quit};

Procedure const& procedure_of(Habits const& habits, Command const& command) {
    return command.verb == Verb::other ? procedure_of(habits, command.keyword)
                                       : habits.*procedures[static_cast<std::size_t>(command.verb)];
}

void count(std::uint16_t& number) {
    if (number < std::numeric_limits<std::uint16_t>::max())
        ++number;
}

/// RFC 5321 section 4.1.4: HELO and EHLO clear what was begun.
void greet(ServerSession& session, Greeted how) {
    end_transaction(session);
    session.greeted = how;
}

/// RFC 3207 section 4.2: what was said before is forgotten, by most. What was counted is not.
void forget_before_tls(ServerSession& session, Habits const& habits) {
    ServerSession fresh{.under_tls = true};
    if (!habits.tls_starts_afresh) {
        fresh.greeted = session.greeted;
        fresh.account = session.account;
    }
    fresh.unknown_commands = session.unknown_commands;
    fresh.errors = session.errors;
    fresh.other_commands = session.other_commands;
    fresh.excused = session.excused;
    session = fresh;
}

void begin_transaction(ServerSession& session, Command const& command) {
    end_transaction(session); // where a second MAIL is no error
    session.in_transaction = true;
    session.reverse_path = command.address;
}

/// What the world prescribes, instead of an answer of the server's own.
std::optional<Saying> scripted_answer(ServerSession const& session, ServerSetting const& setting, Verb verb) {
    if (setting.script_is_over || !setting.policy.answers)
        return std::nullopt;
    auto const phase = phase_of(verb);
    if (!phase)
        return std::nullopt;
    bool const in_order = verb == Verb::mail   ? !session.in_transaction
                          : verb == Verb::rcpt ? session.in_transaction
                                               : session.awaits_content;
    if (!in_order)
        return std::nullopt;
    auto const& prescribed = answer_in(*setting.policy.answers, *phase);
    if (!prescribed || prescribed->drops)
        return std::nullopt;
    return scripted_saying(*phase, prescribed->reply);
}

void log_in(ServerSession& session, ServerSetting const& setting, Credentials const& credentials,
            Response& response) {
    auto const account = account_at(setting.policy, credentials.user);
    if (!account || setting.policy.accounts[*account].password != credentials.password)
        response.saying = Saying::authentication_failed;
    else
        session.account = {*account};
}

void obey_typed(ServerSession& session, Keyword keyword, Response& response) {
    switch (keyword) {
    case Keyword::rset: end_transaction(session); break;
    case Keyword::bdat: session.awaits_content = true; break;
    case Keyword::auth_exchange: response.saying = Saying::plain_challenge; break;
    case Keyword::forbidden:
        if (response.saying == Saying::forbidden_command)
            response.effect = Effect::hang_up;
        break;
    default: break;
    }
}

/// What a command changes once it has passed every check.
void obey(ServerSession& session, ServerSetting const& setting, Command const& command,
          Credentials const& credentials, Response& response) {
    switch (command.verb) {
    case Verb::ehlo:
        greet(session, Greeted::ehlo);
        if (session.under_tls && response.saying == Saying::capabilities)
            response.saying = Saying::capabilities_under_tls;
        break;
    case Verb::helo: greet(session, Greeted::helo); break;
    case Verb::tls_handshake: forget_before_tls(session, habits_of(setting.policy.software)); break;
    case Verb::auth: log_in(session, setting, credentials, response); break;
    case Verb::mail: begin_transaction(session, command); break;
    case Verb::rcpt:
        count(session.accepted_recipients);
        response.effect = Effect::recipient_accepted;
        break;
    case Verb::data: session.awaits_content = true; break;
    case Verb::content: response.effect = Effect::content_accepted; break;
    case Verb::quit: response.effect = Effect::hang_up; break;
    case Verb::starttls: break;
    case Verb::other: obey_typed(session, command.keyword, response); break;
    }
}

/// Wrong in itself or out of order, in contrast to what was said well and refused.
bool is_protocol_error(Saying saying) {
    constexpr std::array refusals{Saying::authentication_failed,
                                  Saying::authentication_cancelled,
                                  Saying::bad_authentication,
                                  Saying::message_too_big,
                                  Saying::sender_domain_unknown,
                                  Saying::sender_domain_unsure,
                                  Saying::submission_denied,
                                  Saying::relay_denied,
                                  Saying::client_name_missing,
                                  Saying::client_name_forged,
                                  Saying::client_name_unsure,
                                  Saying::restricted_address,
                                  Saying::blocklisted,
                                  Saying::greylisted,
                                  Saying::unknown_user,
                                  Saying::too_many_recipients,
                                  Saying::too_many_bad_recipients,
                                  Saying::content_too_big,
                                  Saying::content_line_too_long,
                                  Saying::content_headless,
                                  Saying::content_unfit,
                                  Saying::too_many_hops,
                                  Saying::storage_full,
                                  Saying::verify_refused,
                                  Saying::expand_refused,
                                  Saying::queue_run_refused,
                                  Saying::unknown_command,
                                  Saying::empty_command,
                                  Saying::authentication_first};
    return is_negative(saying) && std::find(refusals.begin(), refusals.end(), saying) == refusals.end();
}

void hang_up(Response& response) {
    response.saying = Saying::too_many_errors;
    response.effect = Effect::hang_up;
}

/// One more error of a kind; beyond the limit the server loses its patience.
void count(std::uint16_t& errors, ErrorLimit const& limit, Response& response) {
    count(errors);
    if (limit.ending == Ending::in_place_of_answer && errors > limit.most)
        hang_up(response);
    if (limit.ending == Ending::after_answer && errors > limit.most)
        response.effect = Effect::hang_up;
}

/// What could be said for ever without sending any mail (Postfix: the commands of smtpd(8) under its junk
/// limit).
bool is_junk(Command const& command) {
    if (command.verb == Verb::ehlo || command.verb == Verb::helo)
        return true;
    constexpr std::array junk{Keyword::rset, Keyword::noop, Keyword::vrfy, Keyword::etrn};
    return command.verb == Verb::other && std::find(junk.begin(), junk.end(), command.keyword) != junk.end();
}

/// Whether the server bears with a client that names more recipients than it takes. Those that it refused for
/// other reasons count, too: hardly any, for they were errors.
bool is_borne(ServerSession const& session, Habits const& habits, Saying saying) {
    return saying == Saying::too_many_recipients && session.refused_recipients <= habits.excess_borne;
}

void count_errors(ServerSession& session, Habits const& habits, Command const& command, Response& response) {
    Saying const saying = response.saying;
    bool const unknown = saying == Saying::unknown_command || saying == Saying::empty_command;
    if (is_negative(saying) && command.verb == Verb::rcpt)
        count(session.refused_recipients);
    if (unknown)
        count(session.unknown_commands, habits.unknown_commands, response);
    bool const counts = habits.refusals_are_errors
                            ? is_negative(saying) && !is_borne(session, habits, saying)
                            : is_protocol_error(saying) && command.keyword != Keyword::vrfy;
    bool const is_out_of_order = saying == Saying::bad_sequence_mail || saying == Saying::data_before_mail ||
                                 saying == Saying::no_valid_recipients;
    bool const is_hasty = saying == Saying::greeting_first || (command.follows_refusal && is_out_of_order);
    bool const lacks_domain = command.flaw == Flaw::no_domain &&
                              (saying == Saying::bad_sender_path || saying == Saying::bad_recipient_path);
    bool const is_borne_with =
        (is_hasty && habits.bears_hasty_commands) || (lacks_domain && habits.bears_missing_domains);
    if ((counts && !is_borne_with) || (unknown && habits.unknown_commands_are_errors))
        count(session.errors, habits.errors, response);
    if (habits.most_junk_commands != 0 && is_junk(command)) {
        if (session.other_commands > habits.most_junk_commands)
            count(session.errors, habits.errors, response);
        count(session.other_commands);
    }
    if (response.effect == Effect::content_accepted && habits.message_forgives_errors) {
        session.errors = 0;
        session.other_commands = 0;
    }
}

/// Commands that send no mail. Those that a session may well begin with have a bit, and the first of each is
/// excused; the others have none.
std::optional<std::uint8_t> excuse_of_other(Command const& command) {
    switch (command.verb) {
    case Verb::ehlo: return std::uint8_t{1};
    case Verb::starttls: return std::uint8_t{2};
    case Verb::auth: return std::uint8_t{4};
    case Verb::helo: return std::uint8_t{8};
    case Verb::other: break;
    default: return std::nullopt;
    }
    switch (command.keyword) {
    case Keyword::rset: return std::uint8_t{16};
    case Keyword::noop:
    case Keyword::vrfy:
    case Keyword::expn:
    case Keyword::help:
    case Keyword::etrn: return std::uint8_t{0};
    default: return std::nullopt;
    }
}

/// Whether the command is one too many of those that send no mail.
bool wears_out(ServerSession& session, Habits const& habits, Command const& command) {
    if (habits.most_other_commands == 0)
        return false;
    auto const excuse = excuse_of_other(command);
    if (!excuse)
        return false;
    bool const is_excused = *excuse != 0 && (session.excused & *excuse) == 0;
    session.excused = static_cast<std::uint8_t>(session.excused | *excuse);
    if (is_excused)
        return false;
    count(session.other_commands);
    return session.other_commands > habits.most_other_commands;
}

} // namespace

ServerSession begin_session(Port port) {
    return {.under_tls = port == port_submissions};
}

Response respond(ServerSession& session, ServerSetting const& setting, Command const& command,
                 Credentials const& credentials) {
    Habits const& habits = habits_of(setting.policy.software);
    Response response;
    if (habits.errors.ending == Ending::to_next_command && session.errors >= habits.errors.most) {
        hang_up(response);
        return response;
    }
    if (wears_out(session, habits, command)) {
        response.saying = Saying::too_many_others;
        response.effect = Effect::hang_up;
        return response;
    }
    if (auto const scripted = scripted_answer(session, setting, command.verb)) {
        if (command.verb == Verb::content)
            end_transaction(session);
        response.saying = *scripted;
        return response;
    }
    Procedure const& procedure = procedure_of(habits, command);
    response.saying = procedure.answer;
    bool const passed = pass_checks(procedure, {session, setting, habits, command}, response);
    if (command.verb == Verb::content && !session.awaits_content)
        response.saying = Saying::bad_sequence_rcpt;
    else if (passed && command.verb == Verb::mail && setting.storage_full)
        response.saying = Saying::storage_full;
    else if (passed)
        obey(session, setting, command, credentials, response);
    bool const bad_chunk = command.keyword == Keyword::bdat && command.flaw == Flaw::missing_argument &&
                           response.saying == Saying::bad_arguments;
    bool const is_overlong =
        command.keyword == Keyword::overlong || response.saying == Saying::content_line_too_long;
    if ((is_overlong && habits.overlong_hangs_up) || (bad_chunk && habits.bad_chunk_hangs_up))
        response.effect = Effect::hang_up;
    if (command.verb == Verb::content)
        end_transaction(session);
    count_errors(session, habits, command, response);
    return response;
}

} // namespace mailflow
