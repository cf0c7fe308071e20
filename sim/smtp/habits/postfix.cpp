// Postfix 3.7: smtpd(8), with TLS required on the submission port (smtpd_tls_security_level = encrypt) and no
// HELO required, as Debian sets it up.
#include "smtp/habits.hpp"

#include <array>

namespace mailflow {

namespace {

using enum Check;

constexpr std::array no_argument{tls_first, syntax};
constexpr std::array greet{syntax};
constexpr std::array starttls{syntax, plain_connection};
constexpr std::array auth{tls_first, accounts, no_transaction, logged_out, syntax, mechanism};
constexpr std::array mail{tls_first, no_transaction, syntax, path, parameters, declared_size, sender_policy};
constexpr std::array rcpt{tls_first, transaction, chunks_over,     syntax,
                          path,      parameters,  recipient_limit, recipient_policy};
constexpr std::array data{tls_first, transaction, chunks_over, recipients, syntax};
constexpr std::array bdat{tls_first, syntax, transaction, recipients};
constexpr std::array content{hops, content_size};
constexpr std::array vrfy{tls_first, syntax, path, recipient_policy};
constexpr std::array etrn{tls_first, no_transaction, syntax, domain_name, flushed_domain};
constexpr std::array mail_parameters{
    ParameterForm{"SIZE", ParameterValue::number},
    ParameterForm{"BODY", ParameterValue::body},
    ParameterForm{"SMTPUTF8", ParameterValue::nothing},
    ParameterForm{"AUTH"},
    ParameterForm{
        .keyword = "RET", .value = ParameterValue::ret, .otherwise = Flaw::bad_value, .only_once = true},
    ParameterForm{.keyword = "ENVID",
                  .value = ParameterValue::loose_xtext,
                  .otherwise = Flaw::bad_value,
                  .only_once = true},
};
constexpr std::array rcpt_parameters{
    ParameterForm{.keyword = "NOTIFY",
                  .value = ParameterValue::loose_notify,
                  .otherwise = Flaw::bad_value,
                  .only_once = true},
    ParameterForm{.keyword = "ORCPT",
                  .value = ParameterValue::loose_recipient,
                  .otherwise = Flaw::bad_value,
                  .only_once = true},
};

} // namespace

Habits const habits_of_postfix{
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
    .vrfy = {vrfy, Saying::verified_local},
    .expn = {{}, Saying::unknown_command},
    .help = {{}, Saying::unknown_command},
    .etrn = {etrn, Saying::queue_run_started},
    .bdat = {bdat, Saying::chunk_taken},
    .quit = {{}, Saying::goodbye},
    .forbidden = {{}, Saying::forbidden_command},
    .empty = {{}, Saying::empty_command},
    .not_utf8 = {{}, Saying::bad_utf8},
    .minds_odd_words = true, // the regular expression in smtpd_forbidden_commands
    .minds_utf8 = true,
    .errors = {20, Ending::to_next_command}, // smtpd_hard_error_limit
    .most_junk_commands = 100,               // smtpd_junk_command_limit
    .refusals_are_errors = true,
    .message_forgives_errors = true,
    .most_recipients = 1000,      // smtpd_recipient_limit
    .excess_borne = 1000,         // smtpd_recipient_overshoot_limit
    .most_received_lines = 48,    // hopcount_limit is 50, its own line counted
    .usual_max_size = 10'240'000, // message_size_limit
    .longest_line = 2048,         // line_length_limit
    .cuts_overlong_lines = true,
    .bad_chunk_hangs_up = true,
    .refused_chunk_spoils_rest = true,
    .minds_cut_base64 = true,
    .asks_cyrus_sasl = true,
    .offers_cram_md5 = true,
    .minds_bad_size = true,
    .keeps_declared_size = true,
    .minds_empty_routes = true,
    .verifies_whole_argument = true,
    .mail_parameters = mail_parameters,
    .rcpt_parameters = rcpt_parameters,
    .is_flushed_name = is_domain_for_postfix,
    .read_path = read_as_postfix,
};

} // namespace mailflow
