// What qmail-remote, qmail-local and qmail-send find out for themselves and write into their bounces, after
// the source of netqmail 1.06. The status stands in the text: (#5.1.2).
#include "mail/voices/voices.hpp"

#include <fmt/format.h>

namespace mailflow {

Reply diagnose_as_qmail(Saying saying, SayingContext const& context) {
    auto const diagnosis = [](std::string text) {
        return Reply{.code = 0, .enhanced = std::nullopt, .lines = {std::move(text)}};
    };
    switch (saying) {
    case Saying::connection_lost:
    case Saying::session_timed_out:
        // After the final dot nobody knows whether the message got through.
        return diagnosis(fmt::format("Connected to {} but connection died. {}(#4.4.2)",
                                     context.remote_address,
                                     context.last_command == Verb::content ? "Possible duplicate! " : ""));
    case Saying::no_such_domain:
        return diagnosis(fmt::format("Sorry, I couldn't find any host named {}. (#5.1.2)", context.domain));
    case Saying::no_host_address:
        if (context.remote_name == context.domain)
            return diagnosis(
                fmt::format("Sorry, I couldn't find any host named {}. (#5.1.2)", context.domain));
        [[fallthrough]];
    case Saying::null_mx: // RFC 7505 is unknown to it: the host "" has no address
    case Saying::no_such_host:
        return diagnosis("Sorry, I couldn't find a mail exchanger or IP address. (#5.4.4)");
    case Saying::dns_server_failure:
    case Saying::dns_no_answer: // of the domain, which it asks for a CNAME first; or of a host that an MX
                                // names
        return diagnosis(context.sought_host.empty() || context.sought_host == context.domain
                             ? "CNAME lookup failed temporarily. (#4.4.3)"
                             : "Sorry, I couldn't find any host by that name. (#4.1.2)");
    case Saying::loops_back:
        return diagnosis("Sorry. Although I'm listed as a best-preference MX or A for that host,\n"
                         "it isn't in my control/locals file, so I don't treat it as local. (#5.4.6)");
    case Saying::alias_loop:
    case Saying::forwarding_loop:
        return diagnosis("This message is looping: it already has my Delivered-To line. (#5.4.6)");
    case Saying::exceeds_peer_limit:
        return diagnosis("Sorry, that message is too big for the host. (#5.3.4)");
    case Saying::no_such_mailbox: return diagnosis("Sorry, no mailbox here by that name. (#5.1.1)");
    case Saying::server_not_found: return diagnose_as_postfix(saying, context); // a mail program speaks
    default: return diagnosis("Sorry, I wasn't able to establish an SMTP connection. (#4.4.1)");
    }
}

} // namespace mailflow
