// What Postfix 3.7 answers over a connection, measured on Debian 12.
#include "mail/voices/voices.hpp"

#include <fmt/format.h>

namespace mailflow {

namespace {

/// Postfix's default for message_size_limit.
constexpr std::uint64_t default_size_limit = 10'240'000;

Reply one_line(int code, EnhancedCode status, std::string text) {
    return {.code = code, .enhanced = status, .lines = {std::move(text)}};
}

/// What EHLO is answered with. AUTH is not offered on port 587 before the connection is encrypted
/// (smtpd_tls_auth_only), and STARTTLS not a second time.
Reply capabilities(SayingContext const& context, bool under_tls) {
    Reply reply{.code = 250, .enhanced = std::nullopt, .lines = {std::string{context.server_name}}};
    auto const offer = [&](std::string keyword) { reply.lines.push_back(std::move(keyword)); };
    offer("PIPELINING");
    offer(fmt::format("SIZE {}", context.size_limit.value_or(default_size_limit)));
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
    case Saying::message_too_big: return one_line(552, {5, 3, 4}, "Message size exceeds fixed limit");
    case Saying::sender_ok: return one_line(250, {2, 1, 0}, "Ok");
    case Saying::recipient_ok: return one_line(250, {2, 1, 5}, "Ok");
    case Saying::submission_denied:
        return one_line(554, {5, 7, 1}, rejected("Recipient address rejected: Access denied"));
    case Saying::relay_denied: return one_line(554, {5, 7, 1}, rejected("Relay access denied"));
    case Saying::greylisted:
        return one_line(450, {4, 2, 0}, rejected("Recipient address rejected: Greylisted"));
    case Saying::unknown_user:
        return one_line(550, {5, 1, 1},
                        rejected("Recipient address rejected: User unknown in local recipient table"));
    case Saying::start_content:
        return {.code = 354, .enhanced = std::nullopt, .lines = {"End data with <CR><LF>.<CR><LF>"}};
    case Saying::no_valid_recipients: return one_line(554, {5, 5, 1}, "Error: no valid recipients");
    case Saying::bad_sequence_mail: return one_line(503, {5, 5, 1}, "Error: need MAIL command");
    case Saying::bad_sequence_rcpt: return one_line(503, {5, 5, 1}, "Error: need RCPT command");
    case Saying::nested_mail: return one_line(503, {5, 5, 1}, "Error: nested MAIL command");
    case Saying::too_many_hops: return one_line(554, {5, 4, 0}, "Error: too many hops");
    case Saying::queued: return one_line(250, {2, 0, 0}, fmt::format("Ok: queued as {}", context.queue_id));
    case Saying::goodbye: return one_line(221, {2, 0, 0}, "Bye");
    default: return {}; // a diagnosis
    }
}

} // namespace mailflow
