// The words of Postfix 3.7, measured on Debian 12. Where a mail program speaks for itself (it does not find
// its server), the words are plain ones of our own: Postfix is not there to say any.
#include "mail/voices.hpp"

#include <fmt/format.h>

namespace mailflow {

namespace {

/// Postfix's default for message_size_limit.
constexpr int default_size_limit = 10'240'000;

Reply one_line(int code, EnhancedCode status, std::string text) {
    return {.code = code, .enhanced = status, .lines = {std::move(text)}};
}

Reply diagnosis(EnhancedCode status, std::string text) {
    return one_line(0, status, std::move(text));
}

/// What EHLO is answered with. AUTH is not offered on port 587 before the connection is encrypted
/// (smtpd_tls_auth_only), and STARTTLS not a second time.
Reply capabilities(SayingContext const& context, bool under_tls) {
    Reply reply{.code = 250, .enhanced = std::nullopt, .lines = {std::string{context.server_name}}};
    auto const offer = [&](std::string keyword) { reply.lines.push_back(std::move(keyword)); };
    offer("PIPELINING");
    offer(fmt::format("SIZE {}", default_size_limit));
    offer("VRFY");
    offer("ETRN");
    if (context.offers_starttls && !under_tls)
        offer("STARTTLS");
    if (context.offers_auth && (under_tls || context.port != 587))
        offer("AUTH PLAIN LOGIN");
    offer("ENHANCEDSTATUSCODES");
    offer("8BITMIME");
    offer("DSN");
    offer("SMTPUTF8");
    offer("CHUNKING");
    return reply;
}

Reply say_diagnosis(Saying saying, SayingContext const& context) {
    auto const not_found = [](std::string_view name, std::string_view detail) {
        return diagnosis(
            {5, 4, 4}, fmt::format("Host or domain name not found. Name service error for name={} type=A: {}",
                                   name, detail));
    };
    switch (saying) {
    case Saying::connection_refused:
        return diagnosis({4, 4, 1}, fmt::format("connect to {}[{}]:{}: Connection refused",
                                                context.remote_name, context.remote_address, context.port));
    case Saying::server_not_found:
        return {.code = 0,
                .enhanced = std::nullopt,
                .lines = {fmt::format("The outgoing server {} was not found", context.remote_name)}};
    case Saying::no_such_host: return not_found(context.remote_name, "Host not found");
    case Saying::no_host_address:
        return not_found(context.remote_name, "Host found but no data record of requested type");
    case Saying::null_mx:
        return diagnosis({5, 1, 0}, fmt::format("Domain {} does not accept mail (nullMX)", context.domain));
    case Saying::loops_back:
        return diagnosis({5, 4, 6}, fmt::format("mail for {} loops back to myself", context.domain));
    case Saying::no_such_mailbox:
        return diagnosis({5, 1, 1}, fmt::format("unknown user: \"{}\"",
                                                context.address.substr(0, context.address.rfind('@'))));
    default: return not_found(context.domain, "Host not found");
    }
}

} // namespace

Reply say_as_postfix(Saying saying, SayingContext const& context) {
    auto const rejected = [&](std::string_view why) { return fmt::format("<{}>: {}", context.address, why); };
    switch (saying) {
    case Saying::greeting:
        return {.code = 220,
                .enhanced = std::nullopt,
                .lines = {fmt::format("{} ESMTP Postfix", context.server_name)}};
    case Saying::capabilities: return capabilities(context, false);
    case Saying::capabilities_under_tls: return capabilities(context, true);
    case Saying::ready_for_tls: return one_line(220, {2, 0, 0}, "Ready to start TLS");
    case Saying::tls_established: return {.code = 0, .enhanced = std::nullopt, .lines = {"TLS established"}};
    case Saying::starttls_first: return one_line(530, {5, 7, 0}, "Must issue a STARTTLS command first");
    case Saying::authenticated: return one_line(235, {2, 7, 0}, "Authentication successful");
    case Saying::authentication_failed:
        return one_line(535, {5, 7, 8}, "Error: authentication failed: authentication failure");
    case Saying::authentication_unavailable:
        return one_line(503, {5, 5, 1}, "Error: authentication not enabled");
    case Saying::already_authenticated: return one_line(503, {5, 5, 1}, "Error: already authenticated");
    case Saying::sender_ok: return one_line(250, {2, 1, 0}, "Ok");
    case Saying::recipient_ok: return one_line(250, {2, 1, 5}, "Ok");
    case Saying::submission_denied:
        return one_line(554, {5, 7, 1}, rejected("Recipient address rejected: Access denied"));
    case Saying::relay_denied: return one_line(554, {5, 7, 1}, rejected("Relay access denied"));
    case Saying::unknown_user:
        return one_line(550, {5, 1, 1},
                        rejected("Recipient address rejected: User unknown in local recipient table"));
    case Saying::start_content:
        return {.code = 354, .enhanced = std::nullopt, .lines = {"End data with <CR><LF>.<CR><LF>"}};
    case Saying::no_valid_recipients: return one_line(554, {5, 5, 1}, "Error: no valid recipients");
    case Saying::bad_sequence_mail: return one_line(503, {5, 5, 1}, "Error: need MAIL command");
    case Saying::bad_sequence_rcpt: return one_line(503, {5, 5, 1}, "Error: need RCPT command");
    case Saying::nested_mail: return one_line(503, {5, 5, 1}, "Error: nested MAIL command");
    case Saying::queued: return one_line(250, {2, 0, 0}, fmt::format("Ok: queued as {}", context.queue_id));
    case Saying::goodbye: return one_line(221, {2, 0, 0}, "Bye");
    case Saying::connection_refused:
    case Saying::server_not_found:
    case Saying::no_such_domain:
    case Saying::no_such_host:
    case Saying::no_host_address:
    case Saying::null_mx:
    case Saying::loops_back:
    case Saying::no_such_mailbox: return say_diagnosis(saying, context);
    }
    return {};
}

} // namespace mailflow
