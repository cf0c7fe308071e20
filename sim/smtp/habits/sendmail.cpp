// Sendmail 8.17: srvrsmtp.c, with the options of Debian's ostype and domain files; submission takes nothing
// before a login (DaemonPortOptions M=Ea), and no HELO is required.
#include "smtp/habits.hpp"

#include <array>

namespace mailflow {

namespace {

using enum Check;

constexpr std::array greet{syntax, host_name};
constexpr std::array starttls{syntax, plain_connection, no_transaction};
constexpr std::array auth{accounts, logged_out, no_transaction, syntax, mechanism};
constexpr std::array mail{no_transaction, login_first,   syntax,       path,
                          parameters,     sender_policy, declared_size};
constexpr std::array rcpt{transaction, syntax, path, parameters, recipient_policy};
constexpr std::array data{transaction, recipients};
constexpr std::array content{hops, content_size};
constexpr std::array mailbox{syntax, path, mailbox_policy};
constexpr std::array argument{syntax};
constexpr std::array<std::string_view, 6> mail_parameters{"SIZE", "BODY", "RET", "ENVID", "AUTH", "BY"};
constexpr std::array<std::string_view, 2> rcpt_parameters{"NOTIFY", "ORCPT"};

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
    // MaxHopCount of Debian. The real one takes the message and bounces it; refused here, a loop ends as
    // well.
    .most_received_lines = 100,
    .usual_max_size = 0,  // MaxMessageSize
    .longest_line = 2046, // MAXLINE, the line's end counted
    .overlong_hangs_up = true,
    .bare_line_feed = BareLineFeed::hang_up,
    .mail_parameters = mail_parameters,
    .rcpt_parameters = rcpt_parameters,
    .read_path = read_as_sendmail,
};

} // namespace mailflow
