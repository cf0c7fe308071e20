#include "mail/saying.hpp"

namespace mailflow {

SayingClass class_of(Saying saying) {
    switch (saying) {
    case Saying::greeting:
    case Saying::capabilities:
    case Saying::capabilities_under_tls:
    case Saying::ready_for_tls:
    case Saying::tls_established:
    case Saying::authenticated:
    case Saying::sender_ok:
    case Saying::recipient_ok:
    case Saying::queued:
    case Saying::goodbye: return SayingClass::positive;
    case Saying::start_content: return SayingClass::intermediate;
    case Saying::greylisted:
    case Saying::connection_refused:
    case Saying::connection_blocked:
    case Saying::connection_lost:
    case Saying::no_route:
    case Saying::dns_server_failure:
    case Saying::dns_no_answer: return SayingClass::transient;
    case Saying::starttls_first:
    case Saying::authentication_failed:
    case Saying::authentication_unavailable:
    case Saying::already_authenticated:
    case Saying::submission_denied:
    case Saying::relay_denied:
    case Saying::unknown_user:
    case Saying::message_too_big:
    case Saying::too_many_hops:
    case Saying::alias_loop:
    case Saying::exceeds_peer_limit:
    case Saying::no_valid_recipients:
    case Saying::bad_sequence_mail:
    case Saying::bad_sequence_rcpt:
    case Saying::nested_mail:
    case Saying::server_not_found:
    case Saying::no_such_domain:
    case Saying::no_such_host:
    case Saying::no_host_address:
    case Saying::null_mx:
    case Saying::loops_back:
    case Saying::no_such_mailbox: return SayingClass::permanent;
    }
    return SayingClass::permanent;
}

} // namespace mailflow
