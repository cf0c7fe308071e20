// Exim 4.96 as Debian sets it up: a wrong command is a wrong command before anything else is asked; after a
// few of them it hangs up. Refused recipients do not count, but where most are, the rest is refused unseen.
#include "smtp/habits.hpp"

#include <array>

namespace mailflow {

namespace {

using enum Check;

constexpr std::array greet{syntax, host_name};
constexpr std::array no_argument{syntax};
constexpr std::array starttls{syntax, greeted_by_ehlo, plain_connection};
constexpr std::array auth{greeted_by_ehlo, accounts, logged_out, no_transaction, syntax, mechanism};
constexpr std::array mail{greeting_first, chunks_over, no_transaction, syntax,
                          path,           parameters,  declared_size,  sender_policy};
constexpr std::array rcpt{chunks_over, transaction,    syntax,          path,
                          parameters,  bad_recipients, recipient_policy};
constexpr std::array data{syntax, chunks_over, transaction, recipients};
constexpr std::array bdat{greeted_by_ehlo, syntax, transaction, recipients};
constexpr std::array vrfy{syntax, path};
constexpr std::array etrn{no_transaction};
constexpr std::array content{content_lines, content_size, content_text};
// What belongs to an extension that it does not offer (RFC 3461) it takes without a look.
constexpr std::array mail_parameters{
    ParameterForm{.keyword = "SIZE", .value = ParameterValue::number, .bare = Flaw::none},
    ParameterForm{"BODY", ParameterValue::body, Flaw::bad_value, Flaw::bad_value},
    ParameterForm{"AUTH", ParameterValue::anything},
    ParameterForm{"PRDR", ParameterValue::anything},
    ParameterForm{"SMTPUTF8", ParameterValue::some_text, Flaw::bad_value, Flaw::bad_value},
    ParameterForm{"RET", ParameterValue::anything},
    ParameterForm{"ENVID", ParameterValue::anything},
};

} // namespace

Habits const habits_of_exim{
    .helo = {greet, Saying::helo_accepted},
    .ehlo = {greet, Saying::capabilities},
    .starttls = {starttls, Saying::ready_for_tls},
    .auth = {auth, Saying::authenticated},
    .mail = {mail, Saying::sender_ok},
    .rcpt = {rcpt, Saying::recipient_ok},
    .data = {data, Saying::start_content},
    .content = {content, Saying::queued},
    .rset = {no_argument, Saying::reset},
    .noop = {{}, Saying::nothing_done},
    .vrfy = {vrfy, Saying::verify_refused},
    .expn = {{}, Saying::expand_refused},
    .help = {{}, Saying::help},
    .etrn = {etrn, Saying::queue_run_refused},
    .bdat = {bdat, Saying::chunk_taken},
    .quit = {no_argument, Saying::goodbye},
    .forbidden = {{}, Saying::unknown_command},
    .empty = {{}, Saying::empty_command},
    .overlong = {{}, Saying::unknown_command},
    .keyword_is_of_verb = true,
    .unknown_commands = {3, Ending::in_place_of_answer}, // smtp_max_unknown_commands
    .errors = {3, Ending::after_answer},                 // smtp_max_synprot_errors
    .most_other_commands = 10,                           // smtp_accept_max_nonmail
    .unknown_commands_are_errors = true,
    .bears_hasty_commands = true,
    .bears_missing_domains = true,
    .half_good_after = 10,
    .longest_content_line = 998,
    .received_lines_bounced = 30, // received_headers_max, its own line counted
    .usual_max_size = 52'428'800, // message_size_limit
    .measures_as_stored = true,
    .longest_line = 16'384, // the size of its buffer for commands
    .reads_chunks_loosely = true,
    .adds_empty_line = true,
    .bare_line_feed = BareLineFeed::content,
    .cuts_password_at_nul = true,
    .parameters_need_ehlo = true,
    .mail_parameters = mail_parameters,
    .blanks = Blanks::one,
    .is_greeting_name = is_greeting_name_for_exim,
    .read_path = read_as_exim,
    .are_addresses = are_addresses_for_exim, // acl_check_data: verify = header_syntax
};

} // namespace mailflow
