// Sendmail 8.17: srvrsmtp.c, with the options of Debian's ostype and domain files; submission takes nothing
// before a login (DaemonPortOptions M=Ea), and MAIL, VRFY and EXPN nothing before HELO (PrivacyOptions).
#include "smtp/habits.hpp"

#include <array>

namespace mailflow {

namespace {

using enum Check;

constexpr std::array greet{syntax, host_name};
constexpr std::array starttls{syntax, plain_connection, no_transaction};
constexpr std::array auth{accounts, logged_out, no_transaction, syntax, mechanism};
constexpr std::array mail{greeting_first, no_transaction, login_first,   syntax,
                          path,           parameters,     sender_policy, declared_size};
constexpr std::array rcpt{transaction, syntax, path, parameters, recipient_policy};
constexpr std::array data{transaction, recipients};
constexpr std::array content{content_size, content_text};
constexpr std::array mailbox{greeting_first, syntax, path, mailbox_policy};
constexpr std::array argument{syntax};
constexpr std::array mail_parameters{
    ParameterForm{.keyword = "SIZE", .value = ParameterValue::leading_number, .bare = Flaw::missing_value},
    ParameterForm{"BODY", ParameterValue::body, Flaw::bad_value, Flaw::missing_value},
    ParameterForm{"RET", ParameterValue::ret, Flaw::bad_value, Flaw::missing_value, true},
    ParameterForm{"ENVID", ParameterValue::xtext, Flaw::bad_value, Flaw::missing_value, true},
    ParameterForm{"AUTH", ParameterValue::xtext, Flaw::bad_value, Flaw::missing_value, true},
    ParameterForm{"BY", ParameterValue::by, Flaw::bad_value, Flaw::missing_value},
};
constexpr std::array rcpt_parameters{
    ParameterForm{"NOTIFY", ParameterValue::notify, Flaw::bad_value, Flaw::missing_value},
    ParameterForm{"ORCPT", ParameterValue::original_recipient, Flaw::bad_value, Flaw::missing_value, true},
};

} // namespace

Habits const habits_of_sendmail{
    .helo = {greet, Saying::helo_accepted},
    .ehlo = {greet, Saying::capabilities},
    .starttls = {starttls, Saying::ready_for_tls},
    .auth = {auth, Saying::authenticated},
    .mail = {mail, Saying::sender_ok},
    .rcpt = {rcpt, Saying::recipient_ok},
    .data = {data, Saying::start_content},
    .content = {content, Saying::queued},
    .rset = {{}, Saying::reset},
    .noop = {{}, Saying::nothing_done},
    .vrfy = {mailbox, Saying::verified_local},
    .expn = {mailbox, Saying::expanded},
    .help = {{}, Saying::help},
    .etrn = {argument, Saying::queue_run_started},
    .bdat = {{}, Saying::unknown_command},
    .quit = {{}, Saying::goodbye},
    .forbidden = {{}, Saying::forbidden_command},
    .empty = {{}, Saying::empty_command},
    .forbidden_only_first = true,
    .minds_headers = false,
    .unknown_commands = {25, Ending::in_place_of_answer}, // MAXBADCOMMANDS
    .received_lines_bounced = 101,                        // MaxHopCount of Debian, and its own line
    .longest_header = 32'768,                             // MaxHeadersLength
    .usual_max_size = 0,                                  // MaxMessageSize
    .measures_as_stored = true,
    .longest_line = 2046, // MAXLINE, the line's end counted
    .overlong_hangs_up = true,
    .tls_starts_afresh = false,
    .bare_line_feed = BareLineFeed::hang_up,
    .bare_return_hangs_up = true,
    .minds_nul_octets = true,
    .offers_cram_md5 = true,
    .names_first_of_twins = true, // recipient() comes back with it
    .mail_parameters = mail_parameters,
    .rcpt_parameters = rcpt_parameters,
    .parameter_bounds = ParameterBounds::keyword_and_value, // parse_esmtp_args()
    .is_greeting_name = is_greeting_name_for_sendmail,
    .read_path = read_as_sendmail,
};

} // namespace mailflow
