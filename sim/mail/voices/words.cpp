#include "mail/voices/words.hpp"

#include "mail/date.hpp"

#include <algorithm>
#include <cassert>
#include <charconv>

namespace mailflow {

namespace {

/// For what a software never says, or nobody has heard it say: the words of RFC 5321 section 4.2.2 and its
/// like.
constexpr Words plain_words[] = {
    {Saying::greeting, 220, "", "{me} ESMTP"},
    {Saying::too_many_sessions, 421, "4.7.0", "{me} Too many connections, try again later"},
    {Saying::helo_accepted, 250, "", "{me}"},
    {Saying::bad_greeting, 501, "", "Syntax error in parameters or arguments"},
    {Saying::already_greeted, 503, "", "Already greeted"},
    {Saying::greeting_first, 503, "", "Say HELO first"},
    {Saying::ready_for_tls, 220, "2.0.0", "Ready to start TLS"},
    {Saying::tls_established, 0, "", "TLS established"},
    {Saying::starttls_first, 530, "5.7.0", "Must issue a STARTTLS command first"},
    {Saying::already_under_tls, 503, "5.5.1", "TLS already active"},
    {Saying::authenticated, 235, "2.7.0", "Authentication successful"},
    {Saying::authentication_failed, 535, "5.7.8", "Authentication credentials invalid"},
    {Saying::authentication_unavailable, 503, "5.5.1", "Authentication is not enabled"},
    {Saying::already_authenticated, 503, "5.5.1", "Already authenticated"},
    {Saying::authentication_first, 530, "5.7.0", "Authentication required"},
    {Saying::plain_challenge, 334, "", ""},
    {Saying::username_challenge, 334, "", "VXNlcm5hbWU6"},
    {Saying::password_challenge, 334, "", "UGFzc3dvcmQ6"},
    {Saying::digest_challenge, 334, "", "{argument}"},
    {Saying::unknown_mechanism, 504, "5.5.4", "Unrecognized authentication type"},
    {Saying::authentication_cancelled, 501, "5.7.0", "Authentication cancelled"},
    {Saying::bad_authentication, 501, "5.5.2", "Cannot decode response"},
    {Saying::in_transaction, 503, "5.5.1", "Not during a mail transaction"},
    {Saying::sender_ok, 250, "2.1.0", "Ok"},
    {Saying::mail_syntax, 501, "5.5.4", "Syntax: MAIL FROM:<address>"},
    {Saying::bad_sender_path, 501, "5.1.7", "Bad sender address syntax"},
    {Saying::unknown_parameter, 555, "5.5.4", "Unsupported option: {argument}"},
    {Saying::bad_size, 501, "5.5.4", "Bad message size syntax"},
    {Saying::bad_parameter, 501, "5.5.4", "Bad {parameter} parameter"},
    {Saying::message_too_big, 552, "5.3.4", "Message size exceeds fixed maximum message size"},
    {Saying::nested_mail, 503, "5.5.1", "Sender already given"},
    {Saying::sender_domain_unknown, 550, "5.1.8", "Domain of sender address {addr} does not exist"},
    {Saying::sender_domain_unsure, 451, "4.1.8", "Domain of sender address {addr} does not resolve"},
    {Saying::recipient_ok, 250, "2.1.5", "Ok"},
    {Saying::rcpt_syntax, 501, "5.5.4", "Syntax: RCPT TO:<address>"},
    {Saying::bad_recipient_path, 501, "5.1.3", "Bad recipient address syntax"},
    {Saying::bad_sequence_mail, 503, "5.5.1", "Need MAIL before RCPT"},
    {Saying::submission_denied, 530, "5.7.0", "Authentication required"},
    {Saying::relay_denied, 550, "5.7.1", "<{addr}>: Relaying denied"},
    {Saying::client_name_missing, 550, "5.7.1", "<{addr}>: Relaying denied"},
    {Saying::client_name_forged, 550, "5.7.1", "<{addr}>: Relaying denied"},
    {Saying::client_name_unsure, 450, "4.7.1", "<{addr}>: Relaying temporarily denied"},
    {Saying::restricted_address, 550, "5.1.3", "<{addr}>: Restricted characters in address"},
    {Saying::blocklisted, 554, "5.7.1", "Client [{client_ip}] is listed at {blocklist}"},
    {Saying::greylisted, 450, "4.7.1", "<{addr}>: Greylisted, please come back later"},
    {Saying::unknown_user, 550, "5.1.1", "<{addr}>: User unknown"},
    {Saying::too_many_recipients, 452, "4.5.3", "Too many recipients"},
    {Saying::too_many_bad_recipients, 550, "5.7.1", "Too many bad recipients"},
    {Saying::start_content, 354, "", "Start mail input; end with <CRLF>.<CRLF>"},
    {Saying::no_valid_recipients, 554, "5.5.1", "No valid recipients"},
    {Saying::data_before_mail, 503, "5.5.1", "Need MAIL command"},
    {Saying::bad_sequence_rcpt, 503, "5.5.1", "Need RCPT command"},
    {Saying::content_too_big, 552, "5.3.4", "Message too big"},
    {Saying::content_line_too_long, 500, "5.6.0", "Line too long"},
    {Saying::content_headless, 550, "5.6.0", "Message is not RFC 5322 compliant"},
    {Saying::content_unfit, 554, "5.6.0", "Message content rejected"},
    {Saying::bare_line_feed, 550, "5.6.11", "Bare line feed"},
    {Saying::bare_carriage_return, 550, "5.6.11", "Bare carriage return"},
    {Saying::too_many_hops, 554, "5.4.6", "Too many hops"},
    {Saying::storage_full, 452, "4.3.1", "Insufficient system storage"},
    {Saying::chunk_taken, 250, "2.0.0", "{length} octets received"},
    {Saying::chunks_first, 503, "5.5.1", "The last chunk is missing"},
    {Saying::chunks_unavailable, 503, "5.5.1", "BDAT is not enabled"},
    {Saying::queued, 250, "2.0.0", "Ok: queued as {id}"},
    {Saying::reset, 250, "2.0.0", "Ok"},
    {Saying::nothing_done, 250, "2.0.0", "Ok"},
    {Saying::verified_local, 250, "2.1.5", "<{addr}>"},
    {Saying::verified_foreign, 252, "2.1.5", "<{addr}>"},
    {Saying::verify_refused, 252, "2.5.0", "Cannot VRFY user, but will accept message and attempt delivery"},
    {Saying::expanded, 250, "2.1.5", "<{addr}>"},
    {Saying::expand_refused, 550, "5.7.1", "Access denied to you"},
    {Saying::queue_run_started, 250, "2.0.0", "Queuing for node {given} started"},
    {Saying::queue_run_refused, 458, "", "Unable to queue messages for node {given}"},
    {Saying::help, 214, "2.0.0", "See RFC 5321"},
    {Saying::bad_arguments, 501, "5.5.4", "Syntax error in parameters or arguments"},
    {Saying::empty_command, 500, "5.5.2", "Syntax error, command unrecognized"},
    {Saying::unknown_command, 500, "5.5.1", "Command unrecognized"},
    {Saying::forbidden_command, 421, "4.7.0", "{me} Go away"},
    {Saying::line_too_long, 500, "5.5.2", "Line too long"},
    {Saying::bad_utf8, 500, "5.5.2", "Bad UTF-8 syntax"},
    {Saying::too_many_errors, 421, "4.7.0", "{me} Too many errors"},
    {Saying::too_many_others, 554, "5.7.0", "Too many commands"},
    {Saying::goodbye, 221, "2.0.0", "Bye"},
};

Words const* row_for(std::span<Words const> table, Saying saying, SayingContext const& context) {
    auto const row = std::find_if(table.begin(), table.end(), [&](Words const& words) {
        return words.saying == saying && (words.flaw == Flaw::none || words.flaw == context.flaw) &&
               (words.command.empty() || words.command == context.command ||
                words.command == context.parameter);
    });
    return row == table.end() ? nullptr : &*row;
}

std::optional<EnhancedCode> to_status(std::string_view text) {
    if (text.empty())
        return std::nullopt;
    EnhancedCode status;
    char const* const end = text.data() + text.size();
    char const* at = std::from_chars(text.data(), end, status.status_class).ptr;
    at = std::from_chars(at + 1, end, status.subject).ptr;
    (void)std::from_chars(at + 1, end, status.detail);
    return status;
}

std::string value_of(std::string_view name, SayingContext const& context) {
    if (name == "limit")
        return std::to_string(context.size_limit.value_or(0));
    if (name == "length")
        return std::to_string(context.length);
    if (name == "size")
        return std::to_string(context.message_size);
    if (name == "exim_date")
        return mail_date(context.at, Software::exim);
    if (name == "exchange_date")
        return mail_date(context.at, Software::exchange);
    for (auto const& [known, value] :
         {std::pair{"addr", context.address}, std::pair{"me", context.server_name},
          std::pair{"id", context.queue_id}, std::pair{"client_name", context.client_name},
          std::pair{"client_ip", context.client_address}, std::pair{"blocklist", context.blocklist},
          std::pair{"helo", context.helo}, std::pair{"line", context.line},
          std::pair{"command", context.command}, std::pair{"given", context.given},
          std::pair{"argument", context.argument}, std::pair{"before", context.before},
          std::pair{"parameter", context.parameter}, std::pair{"refusal", context.last_refusal}})
        if (name == known)
            return std::string{value};
    assert(false && "a row names a value that there is not");
    return {};
}

/// Lines as replies have them: what a client typed may not break them.
std::string filled_in(std::string_view text, SayingContext const& context) {
    std::string filled;
    while (!text.empty()) {
        std::size_t const open = text.find('{');
        filled += text.substr(0, open);
        if (open == std::string_view::npos)
            break;
        std::size_t const close = text.find('}', open);
        filled += value_of(text.substr(open + 1, close - open - 1), context);
        text.remove_prefix(close + 1);
    }
    return filled;
}

} // namespace

Reply put_into_words(std::span<Words const> table, Saying saying, SayingContext const& context) {
    Words const* row = row_for(table, saying, context);
    if (row == nullptr)
        row = row_for(plain_words, saying, context);
    if (row == nullptr)
        return {}; // a diagnosis
    Reply reply{.code = row->code, .enhanced = to_status(row->status), .lines = {}};
    std::string_view rest = row->text;
    for (std::size_t end = 0; end != std::string_view::npos;) {
        end = rest.find('\n');
        reply.lines.push_back(filled_in(rest.substr(0, end), context));
        if (end != std::string_view::npos)
            rest.remove_prefix(end + 1);
    }
    return reply;
}

Reply list_capabilities(std::vector<std::string> lines) {
    return {.code = 250, .enhanced = std::nullopt, .lines = std::move(lines)};
}

} // namespace mailflow
