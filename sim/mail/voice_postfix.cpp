// The words of Postfix 3.7, measured on Debian 12. Where a mail program speaks for itself (it does not find
// its server), the words are plain ones of our own: Postfix is not there to say any.
#include "mail/voices.hpp"

#include <fmt/format.h>

namespace mailflow {

namespace {

/// Postfix's default for message_size_limit.
constexpr std::uint64_t default_size_limit = 10'240'000;

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

/// What Postfix was doing when the connection broke off (smtp_proto.c).
std::string_view phase_after(std::optional<Verb> last_command) {
    if (!last_command)
        return "receiving the initial server greeting";
    switch (*last_command) {
    case Verb::ehlo:
    case Verb::starttls:
    case Verb::tls_handshake:
    case Verb::auth: return "performing the EHLO handshake";
    case Verb::mail: return "sending MAIL FROM";
    case Verb::rcpt: return "sending RCPT TO";
    case Verb::data: return "sending DATA command";
    case Verb::content: return "sending end of data -- message may be sent more than once";
    case Verb::quit: return "sending final QUIT";
    }
    return {};
}

/// What went wrong between this server and the next.
Reply say_connection_trouble(Saying saying, SayingContext const& context) {
    std::string const remote = fmt::format("{}[{}]", context.remote_name, context.remote_address);
    auto const connect = [&](std::string_view trouble) {
        return diagnosis({4, 4, 1}, fmt::format("connect to {}:{}: {}", remote, context.port, trouble));
    };
    switch (saying) {
    case Saying::connection_blocked: return connect("Connection timed out");
    case Saying::connection_lost:
        return diagnosis({4, 4, 2}, fmt::format("lost connection with {} while {}", remote,
                                                phase_after(context.last_command)));
    case Saying::no_route: return connect("No route to host");
    case Saying::exceeds_peer_limit:
        return diagnosis({5, 3, 4}, fmt::format("message size {} exceeds size limit {} of server {}",
                                                context.message_size,
                                                context.size_limit.value_or(default_size_limit), remote));
    default: return connect("Connection refused");
    }
}

/// What the DNS answered, or did not.
Reply say_dns_trouble(Saying saying, SayingContext const& context) {
    auto const not_found = [](EnhancedCode status, std::string_view name, std::string_view type,
                              std::string_view detail) {
        return diagnosis(
            status, fmt::format("Host or domain name not found. Name service error for name={} type={}: {}",
                                name, type, detail));
    };
    constexpr EnhancedCode permanent{5, 4, 4};
    constexpr EnhancedCode temporary{4, 4, 3};
    switch (saying) {
    case Saying::no_such_host: return not_found(permanent, context.remote_name, "A", "Host not found");
    case Saying::no_host_address:
        return not_found(permanent, context.remote_name, "A",
                         "Host found but no data record of requested type");
    case Saying::dns_server_failure:
    case Saying::dns_no_answer:
        return context.sought_host.empty()
                   ? not_found(temporary, context.domain, "MX", "Host not found, try again")
                   : not_found(temporary, context.sought_host, "A", "Host not found, try again");
    default: return not_found(permanent, context.domain, "A", "Host not found");
    }
}

/// What this server found out about itself and the mailbox.
Reply say_own_finding(Saying saying, SayingContext const& context) {
    switch (saying) {
    case Saying::server_not_found:
        return {.code = 0,
                .enhanced = std::nullopt,
                .lines = {fmt::format("The outgoing server {} was not found", context.remote_name)}};
    case Saying::null_mx:
        return diagnosis({5, 1, 0}, fmt::format("Domain {} does not accept mail (nullMX)", context.domain));
    case Saying::loops_back:
        return diagnosis({5, 4, 6}, fmt::format("mail for {} loops back to myself", context.domain));
    case Saying::alias_loop:
        return diagnosis({5, 4, 6}, fmt::format("mail forwarding loop for {}", context.address));
    default:
        return diagnosis({5, 1, 1}, fmt::format("unknown user: \"{}\"",
                                                context.address.substr(0, context.address.rfind('@'))));
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
    case Saying::connection_refused:
    case Saying::connection_blocked:
    case Saying::connection_lost:
    case Saying::no_route:
    case Saying::exceeds_peer_limit: return say_connection_trouble(saying, context);
    case Saying::no_such_domain:
    case Saying::no_such_host:
    case Saying::no_host_address:
    case Saying::dns_server_failure:
    case Saying::dns_no_answer: return say_dns_trouble(saying, context);
    case Saying::server_not_found:
    case Saying::null_mx:
    case Saying::loops_back:
    case Saying::alias_loop:
    case Saying::no_such_mailbox: return say_own_finding(saying, context);
    }
    return {};
}

} // namespace mailflow
