// What OpenSMTPD 7.4 finds out for itself and writes into its bounces, measured on Debian. It tells nothing
// of single hosts: what went wrong with the exchangers is one and the same to it.
#include "mail/voices/voices.hpp"

namespace mailflow {

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
    case Saying::dns_no_answer: return diagnosis("Temporary failure in MX lookup");
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
