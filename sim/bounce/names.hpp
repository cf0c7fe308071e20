// Who is who in a returned letter, in the words that all sentences about it are made of. Part of
// bounce/meaning.cpp and bounce/counsel.cpp; nobody else needs it.
#pragma once

#include "bounce/meaning.hpp"

#include <string>

namespace mailflow {

/// The names that the sentences are made of, with words for what the letter does not say.
struct NoticeNames {
    std::string recipient;  // "leo@shop.example", or "the recipient"
    bool recipient_known;   // by the address
    std::string domain;     // "shop.example", or "the recipient's domain"
    std::string named;      // "called "leo"", or "of that name"
    std::string owner;      // "whoever owns the mailbox leo@shop.example", or without the address
    std::string writer;     // "mail.isp.example", or "your provider's server"
    std::string other;      // the server that refused: "mx1.shop.example", or "the other server"
    bool other_known;       // the text names that server
    bool other_answered;    // and it said the words
    bool finding;           // a server found out by itself what the words say
    bool between_servers;   // the words were said to a server, not to your own mail program
    std::string caller;     // "203.0.113.4", as the words name the machine that called; empty: they do not
    bool out_of_log;        // of a server: a line for its postmaster, not for the sender
    bool turned_away;       // out of the log of the server that refused: it says whom
    std::string nameless;   // "203.0.113.4": the words complain that this caller has no name in the DNS
    bool forwarded;         // the words say that the address sends on to one that sends back
    bool aliases;           // the words say that aliases lead in a circle
    bool finds_itself;      // the words say that the MX records of the domain lead to the writer itself
    std::string written_to; // the address that the message was written to, where another one is the recipient
    std::string asking;     // "50%off@shop.example", as typed, where its name asks to pass the mail on
                            // (RFC 1123 section 5.2.16), and the software does so; mostly empty
    std::string asked_for;  // "50@off": to whom
    bool tenant_unknown;    // Exchange Online could not tell whose mail it is
    std::string local_domains; // the setting, as the software's manual names it: "Postfix: mydestination"
    bool is_program;           // a mail program speaks of its own outgoing server
    bool may_be_program;       // who called a port for people, 587, 465 or 443, may be a mail program
    bool over;                 // nobody tries again
    bool warned;               // a letter says that somebody does

    [[nodiscard]] std::string postmaster() const { return "the postmaster of " + other; }
    /// Of the server that called, or would have called.
    [[nodiscard]] std::string sending_postmaster() const {
        if (between_servers)
            return "the postmaster of " + writer;
        return "the postmaster of the sending server" + (caller.empty() ? "" : ", " + caller);
    }
    [[nodiscard]] std::string dns_keeper() const { return "whoever keeps the DNS records of " + domain; }
};

[[nodiscard]] NoticeNames names_in(Notice const& notice, NoticeRecipient const& recipient);

} // namespace mailflow
