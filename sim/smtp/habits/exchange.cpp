// Microsoft Exchange 2013 to 2019: the default receive connectors of the frontend transport service, on port
// 25 with anonymous users allowed, on 587 for logged-in ones. Logging in is offered under TLS only
// (BasicAuthRequireTLS).
#include "smtp/habits.hpp"

#include <array>

namespace mailflow {

namespace {

using enum Check;

constexpr std::array no_argument{syntax};
constexpr std::array greet{host_name};
constexpr std::array starttls{greeting_first, plain_connection, syntax};
constexpr std::array auth{greeting_first,  no_transaction, logged_out, accounts,
                          login_under_tls, syntax,         mechanism};
constexpr std::array mail{greeting_first, no_transaction, login_first,  syntax,
                          path,           parameters,     declared_size};
constexpr std::array rcpt{greeting_first, transaction,     syntax,          path,
                          parameters,     recipient_limit, recipient_policy};
constexpr std::array data{greeting_first, transaction, recipients, syntax};
constexpr std::array content{hops, content_size};
constexpr std::array mail_parameters{ParameterForm{"SIZE", ParameterValue::number}, ParameterForm{"BODY"},
                                     ParameterForm{"AUTH"}, ParameterForm{"RET"}, ParameterForm{"ENVID"}};
constexpr std::array rcpt_parameters{ParameterForm{"NOTIFY"}, ParameterForm{"ORCPT"}};

} // namespace

Habits const habits_of_exchange{
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
    .vrfy = {{}, Saying::verify_refused},
    .expn = {{}, Saying::unknown_command},
    .help = {{}, Saying::help},
    .etrn = {{}, Saying::unknown_command},
    .bdat = {data, Saying::chunk_taken},
    .quit = {no_argument, Saying::goodbye},
    .forbidden = {{}, Saying::unknown_command},
    .empty = {{}, Saying::empty_command},
    .unknown_commands = {5, Ending::in_place_of_answer}, // MaxProtocolErrors
    .errors = {5, Ending::in_place_of_answer},           // the same
    .most_recipients = 200,                              // MaxRecipientsPerMessage
    .most_received_lines = 60,                           // MaxHopCount
    .usual_max_size = 37'748'736,                        // MaxMessageSize
    .longest_line = 2048,
    .minds_bad_size = true,
    .mail_parameters = mail_parameters,
    .rcpt_parameters = rcpt_parameters,
    .is_greeting_name = is_greeting_name,
    .read_path = read_as_exchange,
};

} // namespace mailflow
