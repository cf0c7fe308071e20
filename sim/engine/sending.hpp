// How each software behaves as a sender where the RFCs leave room, or where it goes its own way: plain data,
// measured (Postfix 3.7, Exim 4.96, Sendmail 8.17, OpenSMTPD 7.4) or documented (qmail, Exchange). When it
// tries again is engine/retry.hpp's; what it says about it is the voice's.
#pragma once

#include "mail/saying.hpp"
#include "mail/voice.hpp"
#include "smtp/client_session.hpp"

#include <limits>

namespace mailflow {

/// What a server does that finds itself to be the best host for a domain that it does not handle.
enum class SelfAsExchanger : std::uint8_t {
    bounces,  // "mail loops back to myself"
    freezes,  // keeps the message and waits for somebody to look at it
    connects, // sends the message to itself, again and again
};

/// Where aliases of one server that lead in a circle end, if a name in it has a mailbox as well.
enum class AliasCircle : std::uint8_t {
    nowhere,     // such a circle is an error
    at_repeated, // the name that comes up again counts as a mailbox then, whether there is one or not
    at_mailbox,  // at that name if it has a mailbox, or else at the last one before it that has
};

/// Where a copy gets a Delivered-To line when an alias sends it on. Such a line tells a forwarding loop when
/// the copy comes back (RFC 9228; draft-duklev-deliveredto section 1).
enum class DeliveredTo : std::uint8_t {
    never,
    once,       // at the address that the copy came for, when it leaves the server
    each_alias, // at each address on the way, also within the server
};

/// What a server makes of it that it is an exchanger itself, where none of the better ones has an address.
enum class BehindNameless : std::uint8_t {
    tells_of_them,  // as where it is none
    is_best,        // forgets them, and so finds itself to be the best
    waits_for_them, // "unable to find primary relay"
};

/// Whether the next exchanger is tried after the connection broke.
enum class AfterLostConnection : std::uint8_t {
    next,
    next_before_mail, // as long as MAIL has not been said
    waits,
};

/// How long a server waits for a reply. By default as RFC 5321 section 4.5.3.2 wants it at least.
struct ReplyPatience {
    Duration greeting = std::chrono::minutes{5};
    Duration hello = std::chrono::minutes{5}; // EHLO and HELO
    Duration starttls = std::chrono::minutes{5};
    Duration auth = std::chrono::minutes{5};
    Duration mail = std::chrono::minutes{5};
    Duration rcpt = std::chrono::minutes{5};
    Duration data = std::chrono::minutes{2};
    Duration content = std::chrono::minutes{10};
    Duration quit = std::chrono::minutes{5};

    [[nodiscard]] static constexpr ReplyPatience always(Duration patience) {
        return {patience, patience, patience, patience, patience, patience, patience, patience, patience};
    }
};

/// How long it waits for the reply to what it has said last.
[[nodiscard]] Duration patience_for(ReplyPatience const& patience, ClientSession::Awaits awaits);

inline constexpr std::uint32_t no_limit = std::numeric_limits<std::uint32_t>::max();

struct SendingBehaviour {
    // Whether the next exchanger is tried ...
    bool next_after_refused_greeting = true; // ... after a 4xx or 5xx greeting
    bool next_after_transient_reply = true;  // ... after a 4xx to MAIL, RCPT or the content
    bool keeps_refusal_of_recipient = false; // a 4xx to RCPT, whatever goes wrong with the hosts after it
    AfterLostConnection after_lost_connection = AfterLostConnection::next;
    // Whether the message is returned at once ...
    bool refused_greeting_is_final = false; // ... when the last exchanger greets with 5xx
    bool null_mx_is_final = true;           // ... for a null MX (RFC 7505)
    bool missing_address_is_final = true;   // ... for hosts without an address, or that do not exist
    SelfAsExchanger self = SelfAsExchanger::bounces;
    BehindNameless behind_nameless = BehindNameless::tells_of_them;
    bool calls_itself_when_told = false; // connects where a smarthost or a route leads to itself
    bool heeds_advertised_size = true;   // does not even offer what is larger than SIZE says (RFC 1870)
    bool ignores_loopback = false;       // takes a host at 127.0.0.1 for one that does not exist
    bool ignores_numbers = false;        // and an exchanger whose name is an address (RFC 1035 section 3.3.9)
    DeliveredTo delivered_to = DeliveredTo::never;
    AliasCircle alias_circle = AliasCircle::nowhere;
    std::uint32_t longest_alias_chain = 100;  // within the server; what is longer is taken for a loop
    bool remembers_hosts = false;             // keeps its retry times for each host, not for each message
    std::uint32_t failures_until_dead = 0;    // of deliveries to a destination; none: it never gives one up
    std::uint32_t most_recipients = no_limit; // in one session; the others go in sessions beside it
    Duration dialing_patience = std::chrono::seconds{30}; // until nobody has answered its call
    ReplyPatience reply_patience{};
    std::uint32_t first_sessions = 20; // to one destination at a time, for new messages ...
    std::uint32_t retry_sessions = 20; // ... and for those that are tried again
};

[[nodiscard]] SendingBehaviour const& behaviour_of(Software software);

/// Whether the trouble settles the fate of a recipient, so that it is not tried again.
[[nodiscard]] bool is_final(SendingBehaviour const& behaviour, Saying saying);

} // namespace mailflow
