// OpenSMTPD 7.4: smtp_session.c, with "listen ... tls auth-optional" on port 25 and "listen ... tls-require
// auth" on the submission port. It never loses its patience, but says hello only once.
#include "smtp/habits.hpp"

#include <array>

namespace mailflow {

namespace {

using enum Check;

constexpr std::array no_argument{syntax};
constexpr std::array greet{greeting_once, syntax, host_name};
constexpr std::array starttls{greeting_first, no_transaction, plain_connection, syntax};
constexpr std::array auth{greeting_first,  no_transaction, logged_out, accounts,
                          login_under_tls, syntax,         mechanism};
constexpr std::array mail{syntax, greeting_first, no_transaction, tls_first, login_first, path, parameters};
constexpr std::array rcpt{syntax, transaction, recipient_limit, path, parameters, recipient_policy};
constexpr std::array data{syntax, transaction, recipients};
constexpr std::array content{content_size, hops, content_header, content_lines};
constexpr std::array rset{syntax, greeting_first};
constexpr std::array mail_parameters{ParameterForm{"AUTH"}, ParameterForm{"SIZE"},
                                     ParameterForm{"BODY", ParameterValue::body}, ParameterForm{"RET"},
                                     ParameterForm{"ENVID", ParameterValue::short_text, Flaw::bad_value}};
constexpr std::array rcpt_parameters{
    ParameterForm{"NOTIFY", ParameterValue::never_or_others, Flaw::bad_value},
    ParameterForm{"ORCPT", ParameterValue::original_address, Flaw::bad_value},
};

} // namespace

Habits const habits_of_opensmtpd{
    .helo = {greet, Saying::helo_accepted},
    .ehlo = {greet, Saying::capabilities},
    .starttls = {starttls, Saying::ready_for_tls},
    .auth = {auth, Saying::authenticated},
    .mail = {mail, Saying::sender_ok},
    .rcpt = {rcpt, Saying::recipient_ok},
    .data = {data, Saying::start_content},
    .content = {content, Saying::queued},
    .rset = {rset, Saying::reset},
    .noop = {{}, Saying::nothing_done},
    .vrfy = {{}, Saying::unknown_command},
    .expn = {{}, Saying::unknown_command},
    .help = {no_argument, Saying::help},
    .etrn = {{}, Saying::unknown_command},
    .bdat = {{}, Saying::unknown_command},
    .quit = {no_argument, Saying::goodbye},
    .forbidden = {{}, Saying::unknown_command},
    .empty = {{}, Saying::empty_command},
    .most_recipients = 1000,        // smtp limit max-rcpt
    .most_received_lines = 99,      // MAX_HOPS_COUNT is 100
    .longest_content_line = 65'533, // SMTP_LINE_MAX, the line's end counted
    .usual_max_size = 36'700'160,   // smtp max-message-size
    .measures_as_stored = true,
    .longest_line = 2047, // LINE_MAX
    .overlong_hangs_up = true,
    .shortest_plain_password = 2,
    .takes_logins_in_any_case = true, // table_lookup()
    .minds_lone_equals_sign = true,
    .mail_parameters = mail_parameters,
    .rcpt_parameters = rcpt_parameters,
    .blanks = Blanks::one_means,
    .is_greeting_name = is_greeting_name_for_opensmtpd,
    .read_path = read_as_opensmtpd,
};

} // namespace mailflow
