#include "mail/outcome.hpp"

namespace mailflow {

Reason reason_of(Saying saying) {
    switch (saying) {
    case Saying::authentication_failed:
    case Saying::authentication_unavailable: return Reason::auth_failed;
    case Saying::starttls_first:
    case Saying::authentication_first:
    case Saying::submission_denied: return Reason::auth_required;
    case Saying::relay_denied:
    case Saying::client_name_missing:
    case Saying::client_name_forged:
    case Saying::client_name_unsure: return Reason::relay_denied;
    case Saying::unknown_user:
    case Saying::no_such_mailbox: return Reason::unknown_user;
    case Saying::greylisted: return Reason::greylisted;
    case Saying::blocklisted: return Reason::blocklisted;
    case Saying::too_many_sessions: return Reason::too_many_sessions;
    case Saying::too_many_recipients:
    case Saying::too_many_bad_recipients:
    case Saying::too_many_errors: return Reason::too_many_recipients;
    case Saying::mail_syntax:
    case Saying::rcpt_syntax:
    case Saying::bad_sender_path:
    case Saying::bad_recipient_path:
    case Saying::restricted_address: return Reason::bad_address; // asked before any trust
    case Saying::message_too_big:
    case Saying::content_too_big:
    case Saying::exceeds_peer_limit: return Reason::too_big;
    case Saying::connection_blocked: return Reason::blocked_port;
    case Saying::connection_refused:
    case Saying::connection_unanswered:
    case Saying::connection_lost:
    case Saying::session_timed_out:
    case Saying::no_route:
    case Saying::server_not_found: return Reason::unreachable;
    case Saying::sender_domain_unsure:
    case Saying::dns_server_failure:
    case Saying::dns_no_answer:
    case Saying::no_primary_relay: return Reason::dns_trouble;
    case Saying::sender_domain_unknown:
    case Saying::no_such_domain:
    case Saying::no_such_host:
    case Saying::no_host_address: return Reason::no_such_domain;
    case Saying::null_mx: return Reason::null_mx;
    case Saying::too_many_hops:
    case Saying::suspected_loop:
    case Saying::alias_loop:
    case Saying::forwarding_loop:
    case Saying::loops_back: return Reason::mail_loop;
    case Saying::scripted_greeting_transient:
    case Saying::scripted_greeting_permanent:
    case Saying::scripted_mail_transient:
    case Saying::scripted_mail_permanent:
    case Saying::scripted_rcpt_transient:
    case Saying::scripted_rcpt_permanent:
    case Saying::scripted_content_transient:
    case Saying::scripted_content_permanent: return Reason::scripted_answer;
    case Saying::retry_time_not_reached: return Reason::unreachable;
    case Saying::retry_timeout_exceeded: return Reason::expired;
    default: return Reason::none;
    }
}

} // namespace mailflow
