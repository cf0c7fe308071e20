// What Postfix 3.7 finds out for itself and writes into its bounces, measured on Debian 12. Where a mail
// program speaks for itself (it does not find its server), the words are plain ones of our own: Postfix is
// not there to say any.
#include "mail/voices/voices.hpp"

#include <fmt/format.h>

namespace mailflow {

namespace {

/// Postfix's default for message_size_limit.
constexpr std::uint64_t default_size_limit = 10'240'000;

Reply diagnosis(EnhancedCode status, std::string text) {
    return {.code = 0, .enhanced = status, .lines = {std::move(text)}};
}

/// What Postfix was doing when the connection broke off (smtp_proto.c).
std::string_view phase_after(std::optional<Verb> last_command) {
    if (!last_command)
        return "receiving the initial server greeting";
    switch (*last_command) {
    case Verb::ehlo:
    case Verb::helo:
    case Verb::starttls:
    case Verb::tls_handshake:
    case Verb::auth: return "performing the EHLO handshake";
    case Verb::mail: return "sending MAIL FROM";
    case Verb::rcpt: return "sending RCPT TO";
    case Verb::data: return "sending DATA command";
    case Verb::content: return "sending end of data -- message may be sent more than once";
    case Verb::quit:
    case Verb::other: return "sending final QUIT";
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
    case Saying::connection_blocked:
    case Saying::connection_unanswered: return connect("Connection timed out");
    case Saying::connection_lost:
        return diagnosis({4, 4, 2}, fmt::format("lost connection with {} while {}", remote,
                                                phase_after(context.last_command)));
    case Saying::session_timed_out:
        return diagnosis({4, 4, 2}, fmt::format("conversation with {} timed out while {}", remote,
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
    case Saying::no_primary_relay: // smtp_addr.c
        return diagnosis({4, 4, 4}, fmt::format("unable to find primary relay for {}", context.domain));
    case Saying::suspected_loop: return diagnosis({5, 4, 6}, "too many hops");
    case Saying::alias_loop:
        return diagnosis({5, 4, 6}, fmt::format("alias database loop for {}",
                                                context.address.substr(0, context.address.rfind('@'))));
    case Saying::forwarding_loop:
        return diagnosis({5, 4, 6}, fmt::format("mail forwarding loop for {}", context.address));
    default:
        return diagnosis({5, 1, 1}, fmt::format("unknown user: \"{}\"",
                                                context.address.substr(0, context.address.rfind('@'))));
    }
}

} // namespace

Reply diagnose_as_postfix(Saying saying, SayingContext const& context) {
    switch (saying) {
    case Saying::connection_refused:
    case Saying::connection_blocked:
    case Saying::connection_unanswered:
    case Saying::connection_lost:
    case Saying::session_timed_out:
    case Saying::no_route:
    case Saying::exceeds_peer_limit: return say_connection_trouble(saying, context);
    case Saying::no_such_domain:
    case Saying::no_such_host:
    case Saying::no_host_address:
    case Saying::dns_server_failure:
    case Saying::dns_no_answer: return say_dns_trouble(saying, context);
    default: return say_own_finding(saying, context);
    }
}

} // namespace mailflow
