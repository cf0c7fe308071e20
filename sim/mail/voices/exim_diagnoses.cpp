// What Exim 4.96 finds out for itself and writes into its bounces, measured with Debian's configuration. Exim
// gives no enhanced codes of its own.
#include "mail/ip.hpp"
#include "mail/voices/voices.hpp"

#include <fmt/format.h>

namespace mailflow {

namespace {

Reply diagnosis(std::string text) {
    return {.code = 0, .enhanced = std::nullopt, .lines = {std::move(text)}};
}

/// What Exim had said when the connection broke off (smtp transport, "closed connection in response to").
std::string_view last_words(std::optional<Verb> last_command) {
    if (!last_command)
        return "initial connection";
    switch (*last_command) {
    case Verb::ehlo: return "EHLO";
    case Verb::helo: return "HELO";
    case Verb::starttls:
    case Verb::tls_handshake: return "STARTTLS";
    case Verb::auth: return "AUTH";
    case Verb::mail: return "MAIL FROM";
    case Verb::rcpt: return "RCPT TO";
    case Verb::data: return "DATA";
    case Verb::content: return "end of data";
    case Verb::quit:
    case Verb::other: return "QUIT";
    }
    return {};
}

} // namespace

Reply diagnose_as_exim(Saying saying, SayingContext const& context) {
    auto const host = [&](std::string_view trouble) {
        return diagnosis(fmt::format("H={} [{}]: {}", context.remote_name, context.remote_address, trouble));
    };
    switch (saying) {
    case Saying::connection_refused: return host("Connection refused");
    case Saying::connection_blocked:
    case Saying::connection_unanswered: return host("Connection timed out");
    case Saying::connection_lost:
        return host(
            fmt::format("Remote host closed connection in response to {}", last_words(context.last_command)));
    case Saying::session_timed_out:
        return host(fmt::format("SMTP timeout after {}", last_words(context.last_command)));
    case Saying::no_route: return host("No route to host");
    case Saying::dns_server_failure:
    case Saying::dns_no_answer: return diagnosis("host lookup did not complete");
    case Saying::null_mx: return diagnosis("an MX or SRV record indicated no SMTP service");
    case Saying::loops_back: // rf_self_action.c: whether an MX record leads there
        return diagnosis(context.sought_host.empty() ? "lowest numbered MX record points to local host"
                                                     : "remote host address is the local host");
    case Saying::suspected_loop:
    case Saying::forwarding_loop: return diagnosis("Too many \"Received\" headers - suspected mail loop");
    case Saying::retry_time_not_reached: return diagnosis("retry time not reached for any host");
    case Saying::retry_timeout_exceeded: return diagnosis("retry timeout exceeded");
    case Saying::exceeds_peer_limit: return diagnosis("message is too big for the host");
    case Saying::no_such_host:
    case Saying::no_host_address:
        // Of the domain itself Exim says what it says of any that it cannot route.
        if (context.remote_name == context.domain)
            return diagnosis("Unrouteable address");
        return diagnosis(fmt::format("all relevant MX records point to non-existent hosts{}",
                                     parse_ip(context.remote_name) ? " or (invalidly) to IP addresses" : ""));
    case Saying::server_not_found: return diagnose_as_postfix(saying, context); // a mail program speaks
    default: return diagnosis("Unrouteable address");
    }
}

} // namespace mailflow
