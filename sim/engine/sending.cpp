#include "engine/sending.hpp"

#include <array>

namespace mailflow {

namespace {

/// A stated limit for softwares that have none of their own: each message has a process of its own.
constexpr std::uint32_t process_each = 100;

/// How long Linux goes on calling (tcp_syn_retries is 6), for those that would wait longer or for ever.
constexpr Duration patience_of_linux = std::chrono::seconds{127};

/// The command_timeout of Exim's smtp transport is 5 min, its final_timeout 10 min.
constexpr ReplyPatience patience_of_exim{.data = std::chrono::minutes{5}};

/// Debian's Timeout.mail and Timeout.datainit are 2 min; the others are Sendmail's own.
constexpr ReplyPatience patience_of_sendmail{.starttls = std::chrono::hours{1},
                                             .auth = std::chrono::minutes{10},
                                             .mail = std::chrono::minutes{2},
                                             .rcpt = std::chrono::hours{1},
                                             .content = std::chrono::hours{1},
                                             .quit = std::chrono::minutes{2}};

/// smtp_connect_timeout is 30 s, default_destination_concurrency_limit 20,
/// default_destination_recipient_limit 50, its smtp_*_timeout are RFC 5321's, frozen_delivered_to is on, and
/// alias.c gives up beyond a hundred levels, four for each alias. smtp_addr.c compares the best preference in
/// the list with the best that has an address.
constexpr SendingBehaviour postfix{.behind_nameless = BehindNameless::waits_for_them,
                                   .delivered_to = DeliveredTo::once,
                                   .longest_alias_chain = 25,
                                   .failures_until_dead = 4,
                                   .most_recipients = 50};

/// connect_timeout is 5 min; `self = freeze` is the default of the dnslookup router, Debian's
/// ignore_target_hosts has 127.0.0.0/8, allow_mx_to_ip is off. A router is skipped for an address that it has
/// routed before, as its own ancestor (route.c). `max_rcpt` of the smtp transport is 100.
constexpr SendingBehaviour exim{.refused_greeting_is_final = true,
                                .self = SelfAsExchanger::freezes,
                                .heeds_advertised_size = false,
                                .ignores_loopback = true,
                                .ignores_numbers = true,
                                .alias_circle = AliasCircle::at_repeated,
                                .remembers_hosts = true,
                                .most_recipients = 100,
                                .dialing_patience = patience_of_linux,
                                .reply_patience = patience_of_exim,
                                .first_sessions = process_each,
                                .retry_sessions = process_each};

/// One process goes through the queue, message by message. A chain of aliases that comes back to itself is
/// broken at an address "that exists as a real user" (self_reference() of recipient.c). DEFAULT_MAX_RCPT is
/// 100.
constexpr SendingBehaviour sendmail{.keeps_refusal_of_recipient = true,
                                    .refused_greeting_is_final = true,
                                    .heeds_advertised_size = false,
                                    .alias_circle = AliasCircle::at_mailbox,
                                    .most_recipients = 100,
                                    .dialing_patience = patience_of_linux,
                                    .reply_patience = patience_of_sendmail,
                                    .first_sessions = process_each,
                                    .retry_sessions = 1};

/// limit max-conn-per-host is 10; a session may be idle for 5 min (smtpd-defines.h: SMTPD_SESSION_TIMEOUT).
/// What one exchanger puts off waits for the message's next turn, and so does what a line breaks off: only up
/// to the greeting is it a matter of the route (mta_session.c).
constexpr SendingBehaviour opensmtpd{.next_after_transient_reply = false,
                                     .after_lost_connection = AfterLostConnection::next_before_mail,
                                     .null_mx_is_final = false,
                                     .missing_address_is_final = false,
                                     .self = SelfAsExchanger::connects,
                                     .dialing_patience = patience_of_linux,
                                     .reply_patience = ReplyPatience::always(std::chrono::minutes{5}),
                                     .first_sessions = 10,
                                     .retry_sessions = 10};

/// qmail-rspawn starts a qmail-remote for each recipient, concurrencyremote of them at a time, which is 20;
/// timeoutconnect is 60 s, timeoutremote 20 min. It goes on to the next exchanger only until a connection
/// stands. It forgets exchangers without an address before it looks for itself (dns_mxip), and does not look
/// at all where smtproutes names the host (prefme).
constexpr SendingBehaviour qmail{.next_after_refused_greeting = false,
                                 .next_after_transient_reply = false,
                                 .after_lost_connection = AfterLostConnection::waits,
                                 .behind_nameless = BehindNameless::is_best,
                                 .calls_itself_when_told = true,
                                 .heeds_advertised_size = false,
                                 .delivered_to = DeliveredTo::each_alias,
                                 .most_recipients = 1,
                                 .dialing_patience = std::chrono::seconds{60},
                                 .reply_patience = ReplyPatience::always(std::chrono::minutes{20})};

/// MaxPerDomainOutboundConnections is 20, ConnectionInactivityTimeOut 10 min; Windows calls three times (3, 6
/// and 12 s), and asks the DNS for the name of an exchanger whatever it looks like.
constexpr SendingBehaviour exchange{.ignores_numbers = true,
                                    .dialing_patience = std::chrono::seconds{21},
                                    .reply_patience = ReplyPatience::always(std::chrono::minutes{10})};

/// In the order of Software.
constexpr std::array<SendingBehaviour, software_names.size()> behaviours{postfix,   exim,  sendmail,
                                                                         opensmtpd, qmail, exchange};

} // namespace

SendingBehaviour const& behaviour_of(Software software) {
    return behaviours[static_cast<std::size_t>(software)];
}

Duration patience_for(ReplyPatience const& patience, ClientSession::Awaits awaits) {
    using enum ClientSession::Awaits;
    switch (awaits) {
    case greeting: return patience.greeting;
    case ehlo:
    case helo: return patience.hello;
    case starttls:
    case tls_handshake: return patience.starttls;
    case auth: return patience.auth;
    case mail: return patience.mail;
    case rcpt: return patience.rcpt;
    case data: return patience.data;
    case content: return patience.content;
    case quit: break;
    }
    return patience.quit;
}

bool is_final(SendingBehaviour const& behaviour, Saying saying) {
    switch (saying) {
    case Saying::scripted_greeting_permanent: return behaviour.refused_greeting_is_final;
    case Saying::null_mx: return behaviour.null_mx_is_final;
    case Saying::no_such_host:
    case Saying::no_host_address: return behaviour.missing_address_is_final;
    case Saying::loops_back: return behaviour.self != SelfAsExchanger::freezes;
    default: return class_of(saying) != SayingClass::transient;
    }
}

} // namespace mailflow
