#include "mail/saying.hpp"

namespace mailflow {

namespace {

constexpr SayingClass class_by_hand(Saying saying) {
    switch (saying) {
    case Saying::greeting:
    case Saying::helo_accepted:
    case Saying::capabilities:
    case Saying::capabilities_under_tls:
    case Saying::ready_for_tls:
    case Saying::tls_established:
    case Saying::authenticated:
    case Saying::sender_ok:
    case Saying::recipient_ok:
    case Saying::chunk_taken:
    case Saying::queued:
    case Saying::reset:
    case Saying::nothing_done:
    case Saying::verified_local:
    case Saying::verified_foreign:
    case Saying::verify_refused:
    case Saying::expanded:
    case Saying::queue_run_started:
    case Saying::help:
    case Saying::goodbye: return SayingClass::positive;
    case Saying::plain_challenge:
    case Saying::username_challenge:
    case Saying::password_challenge:
    case Saying::digest_challenge:
    case Saying::start_content: return SayingClass::intermediate;
    case Saying::too_many_sessions:
    case Saying::scripted_greeting_transient:
    case Saying::scripted_mail_transient:
    case Saying::scripted_rcpt_transient:
    case Saying::scripted_content_transient:
    case Saying::retry_time_not_reached:
    case Saying::greylisted:
    case Saying::sender_domain_unsure:
    case Saying::client_name_unsure:
    case Saying::too_many_recipients:
    case Saying::storage_full:
    case Saying::queue_run_refused:
    case Saying::too_many_errors:
    case Saying::connection_refused:
    case Saying::connection_blocked:
    case Saying::connection_unanswered:
    case Saying::connection_lost:
    case Saying::session_timed_out:
    case Saying::no_route:
    case Saying::dns_server_failure:
    case Saying::dns_no_answer:
    case Saying::no_primary_relay: return SayingClass::transient;
    case Saying::bad_greeting:
    case Saying::already_greeted:
    case Saying::greeting_first:
    case Saying::starttls_first:
    case Saying::already_under_tls:
    case Saying::authentication_failed:
    case Saying::authentication_unavailable:
    case Saying::already_authenticated:
    case Saying::authentication_first:
    case Saying::unknown_mechanism:
    case Saying::authentication_cancelled:
    case Saying::bad_authentication:
    case Saying::in_transaction:
    case Saying::mail_syntax:
    case Saying::bad_sender_path:
    case Saying::unknown_parameter:
    case Saying::bad_size:
    case Saying::bad_parameter:
    case Saying::chunks_first:
    case Saying::chunks_unavailable:
    case Saying::too_many_others:
    case Saying::message_too_big:
    case Saying::sender_domain_unknown:
    case Saying::rcpt_syntax:
    case Saying::bad_recipient_path:
    case Saying::submission_denied:
    case Saying::relay_denied:
    case Saying::client_name_missing:
    case Saying::client_name_forged:
    case Saying::restricted_address:
    case Saying::blocklisted:
    case Saying::unknown_user:
    case Saying::too_many_bad_recipients:
    case Saying::data_before_mail:
    case Saying::content_too_big:
    case Saying::content_line_too_long:
    case Saying::content_headless:
    case Saying::content_unfit:
    case Saying::bare_line_feed:
    case Saying::bare_carriage_return:
    case Saying::too_many_hops:
    case Saying::expand_refused:
    case Saying::bad_arguments:
    case Saying::empty_command:
    case Saying::unknown_command:
    case Saying::forbidden_command:
    case Saying::line_too_long:
    case Saying::bad_utf8:
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
    case Saying::scripted_greeting_permanent:
    case Saying::scripted_mail_permanent:
    case Saying::scripted_rcpt_permanent:
    case Saying::scripted_content_permanent:
    case Saying::retry_timeout_exceeded:
    case Saying::suspected_loop:
    case Saying::forwarding_loop:
    case Saying::no_such_mailbox: return SayingClass::permanent;
    }
    return SayingClass::permanent;
}

constexpr SayingClasses every_class() {
    SayingClasses classes{};
    for (std::size_t i = 0; i < classes.size(); ++i)
        classes[i] = class_by_hand(static_cast<Saying>(i));
    return classes;
}

} // namespace

constinit SayingClasses const saying_classes = every_class();

} // namespace mailflow
