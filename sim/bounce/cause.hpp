// Why mail comes back, as far as a returned letter can tell: wider than the reasons of a scenario
// (mail/outcome.hpp), because the letters of the world outside say things that no scenario of ours plays.
#pragma once

#include "mail/saying.hpp"

#include <array>
#include <cstdint>
#include <string_view>

namespace mailflow {

enum class Cause : std::uint8_t {
    unknown, // the words say nothing that we know
    relay_denied,
    login_required,
    login_failed,
    unknown_user,
    no_such_domain,
    null_mx,
    unreachable,
    mail_loop,
    dns_trouble,
    too_big,
    greylisted,
    expired,
    blocklisted,
    too_busy,
    mailbox_full,
    taken_for_spam,
    sender_not_proved,  // SPF, DKIM or DMARC: nothing shows that the sender's domain sent it
    client_nameless,    // the sending server's address has no name in the DNS, or a false one
    not_allowed,        // by a policy that the words do not name
    bad_sender,         // the sender's address leads nowhere
    no_sender_domain,   // the DNS does not know the sender's domain
    sender_not_allowed, // by a policy: not from this address, or not from it for this login
    server_trouble,     // a table, a disk or a service of the server is out of order
    bad_helo,           // the name by which the client introduced itself is not accepted
    client_refused,     // the server lets that client in for nothing at all
    no_encryption,      // one side demands TLS, and they do not come to it
    content_refused,    // a virus, a forbidden kind of file, or a form that is not right
    mailbox_closed,     // it exists, and takes no mail
    mail_flood,         // more mail comes from the sending address than the server likes
    bad_address,        // the recipient's is not written as an address has to be
    too_many_recipients,
    sending_limit,      // of an account, at its own provider: so much a day
    wrong_order,        // of commands (RFC 5321 section 4.1.4): an answer before this one counts
    login_not_offered,  // a login is tried where there is none, or in a way that there is not
    forwarding_refused, // from a mailbox to an address outside, by itself
    closed_circle,      // the address takes mail from some senders only
    foreign_letters,    // in an address, and no SMTPUTF8 (RFC 6531)
    restricted_address, // with a sign in the recipient's name that the server takes from nobody
    no_service,         // the machine takes no mail from anybody, or not from this one (RFC 5321 section 3.1)
};

/// The last of them.
inline constexpr Cause last_cause = Cause::no_service;

inline constexpr auto cause_names =
    std::to_array<std::string_view>({"unknown",
                                     "relaying denied",
                                     "no login",
                                     "login failed",
                                     "no such user",
                                     "no such domain",
                                     "the domain takes no mail",
                                     "server not reached",
                                     "mail in a circle",
                                     "trouble with the DNS",
                                     "message too big",
                                     "greylisting",
                                     "too long in the queue",
                                     "on a blocklist",
                                     "server too busy",
                                     "mailbox full",
                                     "taken for spam",
                                     "sender not proved",
                                     "server without a name",
                                     "not allowed",
                                     "sender's address not valid",
                                     "sender's domain not found",
                                     "sender not allowed",
                                     "trouble inside the server",
                                     "name in HELO not accepted",
                                     "sending machine not let in",
                                     "no encryption",
                                     "contents not accepted",
                                     "mailbox closed",
                                     "too much mail from one machine",
                                     "address not written right",
                                     "too many recipients",
                                     "sending limit reached",
                                     "commands in the wrong order",
                                     "no login offered there",
                                     "forwarding not allowed",
                                     "not open to this sender",
                                     "letters that the server does not know",
                                     "a sign in the address that the server forbids",
                                     "no mail service there"});
static_assert(cause_names.size() == static_cast<std::size_t>(last_cause) + 1);

[[nodiscard]] constexpr std::string_view name_of(Cause cause) {
    return cause_names[static_cast<std::size_t>(cause)];
}

/// What the saying of a server means for the letter; `unknown` for sayings that return no mail.
[[nodiscard]] Cause cause_of(Saying saying);

} // namespace mailflow
