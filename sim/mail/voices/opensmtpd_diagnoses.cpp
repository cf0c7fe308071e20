// What OpenSMTPD 7.4 finds out for itself and writes into its bounces, measured on Debian. It tells nothing
// of single hosts: what went wrong with the exchangers is one and the same to it.
#include "mail/voices/voices.hpp"

namespace mailflow {

namespace {

/// Whether the client had begun a transaction: until then a broken line is a matter of the route.
bool was_in_transaction(SayingContext const& context) {
    return context.last_command && *context.last_command >= Verb::mail &&
           *context.last_command <= Verb::content;
}

} // namespace

Reply diagnose_as_opensmtpd(Saying saying, SayingContext const& context) {
    auto const diagnosis = [](char const* text) {
        return Reply{.code = 0, .enhanced = std::nullopt, .lines = {text}};
    };
    switch (saying) {
    case Saying::no_such_domain: return diagnosis("Domain does not exist");
    case Saying::null_mx:
    case Saying::no_such_host:
    case Saying::no_host_address: return diagnosis("No MX found for domain");
    case Saying::dns_server_failure:
    case Saying::dns_no_answer: // of an exchanger's address it does not ask why there is none
        return diagnosis(context.sought_host.empty() ? "Temporary failure in MX lookup"
                                                     : "No MX found for domain");
    case Saying::connection_lost:
        if (was_in_transaction(context))
            return diagnosis("Connection closed unexpectedly");
        return diagnosis("Network error on destination MXs");
    case Saying::session_timed_out:
        return diagnosis(was_in_transaction(context) ? "Connection timeout"
                                                     : "Network error on destination MXs");
    case Saying::exceeds_peer_limit: return diagnosis("message too large for peer");
    case Saying::alias_loop: return diagnosis("524 5.2.4 Mailing list expansion problem");
    case Saying::loops_back:
    case Saying::suspected_loop:
    case Saying::forwarding_loop: return diagnosis("Loop detected");
    case Saying::no_such_mailbox: return diagnosis("550 Invalid recipient");
    case Saying::server_not_found: return diagnose_as_postfix(saying, context); // a mail program speaks
    default: return diagnosis("Network error on destination MXs");
    }
}

} // namespace mailflow
