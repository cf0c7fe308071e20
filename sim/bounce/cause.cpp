#include "bounce/cause.hpp"

#include "mail/outcome.hpp"

namespace mailflow {

Cause cause_of(Saying saying) {
    if (saying == Saying::storage_full)
        return Cause::server_trouble; // its disk is full (RFC 3463 section 3.4)
    if (saying == Saying::restricted_address)
        return Cause::restricted_address; // whoever asks (mail/voices/exim.cpp)
    if (saying == Saying::sender_domain_unknown || saying == Saying::sender_domain_unsure)
        return Cause::no_sender_domain; // a scenario does not ask whose domain it is
    if (saying == Saying::authentication_unavailable || saying == Saying::unknown_mechanism)
        return Cause::login_not_offered;
    switch (reason_of(saying)) {
    case Reason::relay_denied: return Cause::relay_denied;
    case Reason::auth_required: return Cause::login_required;
    case Reason::auth_failed: return Cause::login_failed;
    case Reason::unknown_user: return Cause::unknown_user;
    case Reason::no_such_domain: return Cause::no_such_domain;
    case Reason::null_mx: return Cause::null_mx;
    case Reason::unreachable:
    case Reason::blocked_port: return Cause::unreachable;
    case Reason::mail_loop: return Cause::mail_loop;
    case Reason::dns_trouble: return Cause::dns_trouble;
    case Reason::too_big: return Cause::too_big;
    case Reason::greylisted: return Cause::greylisted;
    case Reason::expired: return Cause::expired;
    case Reason::blocklisted: return Cause::blocklisted;
    case Reason::too_many_sessions: return Cause::too_busy;
    case Reason::too_many_recipients: return Cause::too_many_recipients;
    case Reason::bad_address: return Cause::bad_address;
    case Reason::none:
    case Reason::scripted_answer: return Cause::unknown;
    }
    return Cause::unknown;
}

} // namespace mailflow
