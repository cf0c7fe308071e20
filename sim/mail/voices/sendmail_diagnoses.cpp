// What Sendmail 8.17 finds out for itself and writes into the transcript of its bounces, measured on Debian.
// It names hosts with the dot at the end.
#include "mail/voices/voices.hpp"

#include <fmt/format.h>

namespace mailflow {

namespace {

Reply diagnosis(EnhancedCode status, std::string text) {
    return {.code = 0, .enhanced = status, .lines = {std::move(text)}};
}

Reply deferred(std::string const& trouble) {
    return diagnosis({4, 4, 1}, "Deferred: " + trouble);
}

/// An exchanger is named with the dot, the domain without.
Reply host_unknown(std::string_view name, std::string_view domain, std::string_view trouble) {
    return diagnosis({5, 1, 2}, fmt::format("Host unknown (Name server: {}{}: {})", name,
                                            name == domain ? "" : ".", trouble));
}

} // namespace

Reply diagnose_as_sendmail(Saying saying, SayingContext const& context) {
    switch (saying) {
    case Saying::connection_refused:
        return deferred(fmt::format("Connection refused by {}.", context.remote_name));
    case Saying::connection_blocked:
    case Saying::connection_unanswered:
    case Saying::session_timed_out:
        return deferred(fmt::format("Connection timed out with {}.", context.remote_name));
    case Saying::connection_lost:
        return diagnosis({4, 4, 2}, fmt::format("Deferred: Connection reset by {}.", context.remote_name));
    case Saying::no_route: return deferred(fmt::format("{}.: No route to host", context.remote_name));
    case Saying::dns_server_failure:
    case Saying::dns_no_answer:
        if (context.sought_host.empty())
            return diagnosis({4, 4, 3}, fmt::format("{}: Name server timeout", context.domain));
        return diagnosis({4, 4, 3}, fmt::format("Deferred: Name server: {}.: host name lookup failure",
                                                context.sought_host));
    case Saying::no_such_host: return host_unknown(context.remote_name, context.domain, "host not found");
    case Saying::no_host_address:
        return host_unknown(context.remote_name, context.domain,
                            context.remote_name == context.domain ? "host not found" : "no data known");
    case Saying::null_mx: return diagnosis({5, 1, 10}, "Host does not accept mail: MX 0 .");
    case Saying::loops_back:
        if (context.sought_host.empty())
            return diagnosis({5, 3, 5}, fmt::format("MX list for {}. points back to {}", context.domain,
                                                    context.server_name));
        return diagnosis({5, 3, 5}, fmt::format("{}. config error: mail loops back to me (MX problem?)",
                                                context.sought_host));
    case Saying::suspected_loop: return diagnosis({5, 4, 6}, "Too many hops");
    case Saying::alias_loop:
    case Saying::forwarding_loop: return diagnosis({5, 4, 6}, "aliasing/forwarding loop broken");
    case Saying::exceeds_peer_limit: return diagnosis({5, 2, 3}, "Message is too large for the host");
    case Saying::no_such_mailbox: return diagnosis({5, 1, 1}, "User unknown");
    case Saying::server_not_found: return diagnose_as_postfix(saying, context); // a mail program speaks
    default: return host_unknown(context.domain, context.domain, "host not found");
    }
}

} // namespace mailflow
