// What Exchange Server 2019 finds out for itself and writes into its non-delivery reports, after its
// documentation (SMTPSEND.*, RESOLVER.*).
#include "mail/voices/voices.hpp"

#include <fmt/format.h>

namespace mailflow {

namespace {

Reply diagnosis(EnhancedCode status, std::string text) {
    return {.code = 0, .enhanced = status, .lines = {std::move(text)}};
}

/// It quotes what the first host answered, or says for it why there was no answer.
Reply all_hosts_failed(std::string_view answer) {
    return diagnosis({4, 4, 0},
                     fmt::format("Primary target IP address responded with: \"{}\" Attempted failover to "
                                 "alternate host, but that did not succeed. Either there are no alternate "
                                 "hosts, or delivery failed to all alternate hosts.",
                                 answer));
}

} // namespace

Reply diagnose_as_exchange(Saying saying, SayingContext const& context) {
    switch (saying) {
    case Saying::connection_refused: return all_hosts_failed("421 4.2.1 Unable to connect.");
    case Saying::connection_blocked:
    case Saying::connection_unanswered: return all_hosts_failed("421 4.4.1 Connection timed out.");
    case Saying::connection_lost: return all_hosts_failed("421 4.4.2 Connection dropped due to SocketError.");
    case Saying::session_timed_out: return all_hosts_failed("421 4.4.2 Connection dropped due to TimedOut.");
    case Saying::no_route: return all_hosts_failed("421 4.2.1 Unable to connect: network unreachable.");
    case Saying::dns_server_failure:
    case Saying::dns_no_answer:
        return diagnosis({4, 4, 0}, "DNS query failed. The error was: SMTPSEND.DNS.NonExistentDomain; "
                                    "DNS server returned a retryable error");
    case Saying::null_mx: return diagnosis({5, 1, 10}, "SMTPSEND.DNS.NullMx; domain accepts no mail");
    case Saying::loops_back:
        return diagnosis({5, 4, 4}, "SMTPSEND.DNS.MxLoopback; DNS records for this domain are configured "
                                    "in a loop");
    case Saying::alias_loop:
    case Saying::forwarding_loop:
        return diagnosis({5, 4, 6}, "RESOLVER.FWD.Loop; there is a forwarding loop configured in the "
                                    "directory");
    case Saying::exceeds_peer_limit:
        return diagnosis({5, 3, 4}, "SMTPSEND.OverAdvertisedSize; message size exceeds fixed maximum size "
                                    "advertised by remote host");
    case Saying::no_such_mailbox:
        return diagnosis({5, 1, 10}, "RESOLVER.ADR.RecipientNotFound; Recipient not found by SMTP address "
                                     "lookup");
    case Saying::server_not_found: return diagnose_as_postfix(saying, context); // a mail program speaks
    default: return diagnosis({5, 4, 4}, "SMTPSEND.DNS.NonExistentDomain; nonexistent domain");
    }
}

} // namespace mailflow
