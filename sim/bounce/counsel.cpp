// Who has to mend what a returned letter is about.
#include "bounce/counsel_on_sending.hpp"
#include "bounce/names.hpp"

#include <fmt/format.h>

namespace mailflow {

namespace {

/// The address itself asks the server to pass the mail on.
std::vector<Counsel> on_asking(NoticeNames const& n) {
    return {{"you",
             fmt::format("By the sign before its @ the address {} asks the server to pass the mail on to {}, "
                         "and servers do not do that for strangers. If the sign is a typing error, mend it; "
                         "or write to {} itself. To log in there does not help.",
                         n.asking, n.asked_for, n.asked_for)},
            {n.postmaster(),
             "If there really is a mailbox of that name, let the server take the sign for a letter (Postfix: "
             "allow_percent_hack, swap_bangpath), or give the mailbox another name."}};
}

/// Exchange Online did not find out whose mail it is: neither by the connector nor by the domain.
std::vector<Counsel> on_unknown_tenant(NoticeNames const& n) {
    std::vector<Counsel> counsels{
        {n.sending_postmaster(),
         "If it hands its mail to Exchange Online (a smarthost): no connector there knows this server. Let "
         "the inbound connector name the address that it calls from, or the certificate that it shows, and "
         "see that the sender's domain is among the accepted domains."},
        {"the administrator of Microsoft 365 for " + n.domain,
         fmt::format("If the mail of {0} is kept there: {0} is missing from the accepted domains. Add it.",
                     n.domain)},
        {n.dns_keeper(), "If it is kept elsewhere, the MX record still points to Exchange Online. Let it "
                         "name the server that handles the domain."}};
    if (!n.between_servers && !n.turned_away)
        counsels.push_back({"you",
                            "If these words stood in a window of your own mail program or on a printer: it "
                            "calls the server for mail from other servers. Enter the one for outgoing mail, "
                            "with authentication, port 587."});
    return counsels;
}

std::vector<Counsel> on_relaying(NoticeNames const& n) {
    if (n.tenant_unknown)
        return on_unknown_tenant(n);
    if (!n.asking.empty())
        return on_asking(n);
    Counsel const yourself{
        "you", fmt::format(
                   "{} server does not know who is asking. Turn on authentication (name and password) for "
                   "outgoing mail in the settings, port 587, and look whether the outgoing server there is "
                   "your own provider's.",
                   n.turned_away ? "The" : "If these words stood in a window of your own mail program: the")};
    std::vector<Counsel> counsels{
        {n.postmaster(),
         fmt::format(
             "If the DNS names this server for {0}, it was never told that it handles {0}. Add {0} to its "
             "list of local domains ({1}), or, if it is only a backup, to the domains that it relays for.",
             n.domain, n.local_domains)},
        {n.dns_keeper(),
         fmt::format("If this server has nothing to do with {} any more, the MX record still points "
                     "there. Let it name the server that handles the domain.",
                     n.domain)},
        {"the postmaster of " + n.writer,
         fmt::format("If all its mail goes through {} (a smarthost), it has to log in there.", n.other)}};
    if (!n.between_servers) {
        counsels.insert(counsels.begin(), yourself);
        counsels.pop_back();
    }
    if (!n.nameless.empty())
        counsels.push_back({"whoever keeps the reverse DNS of " + n.nameless,
                            "If the server that said it relays for this caller by its name: the caller has "
                            "no name in the DNS, or "
                            "one that does not lead back to it. Set a PTR record for it, and an address "
                            "record for that name."});
    return counsels;
}

std::vector<Counsel> on_unreachable(NoticeNames const& n) {
    if (n.is_program)
        return {
            {"you",
             "Your mail program cannot reach the server that it hands its mail to. Look in the settings for "
             "outgoing mail whether the server's name is your own provider's, and the port 587 (STARTTLS) or "
             "465 (SSL/TLS): many networks, those of hotels above all, let nothing out to port 25. Try from "
             "another network, too; then send the message once more."},
            {n.other_known ? n.postmaster() : "the postmaster of your provider's server",
             "If the settings are right and others cannot reach it either, the service there has to be "
             "started again."}};
    if (!n.over && n.may_be_program)
        return {{"you",
                 "If these words stood in a window of your own mail program or browser: that does not try "
                 "again. Look whether the server's name and the port are right in the settings, and whether "
                 "another network lets you out to that port; then send the message once more."},
                {"nobody", "If a server said them: just wait, it tries again by itself."}};
    if (!n.over)
        return {{"nobody",
                 "Just wait: the server tries again by itself. If it matters, tell the recipient by another "
                 "way that mail does not get through."}};
    return {{n.other_known ? n.postmaster() : "the postmaster of " + n.domain,
             "Nothing answers there, or the connection breaks off. Start the mail service again, or mend the "
             "way to it. Then the message has to be sent again."},
            {"the postmaster of " + n.writer, "If no server of the world can be reached from there, a "
                                              "network in between lets nothing out to port 25: "
                                              "send the mail through the provider's server (a smarthost)."}};
}

std::vector<Counsel> on_domain(NoticeNames const& n) {
    return {{"you",
             fmt::format("In the DNS there is no entry for {}, or none for a server of its mail. Check the "
                         "part of the address after the @ for a typing error, and send the message again.",
                         n.domain)},
            {n.dns_keeper(),
             "If it is spelt right, an MX or address record is missing or names a host that does "
             "not exist."}};
}

/// The writer of the message has never heard of the address that the trouble is about.
std::vector<Counsel> on_alias(NoticeNames const& n, std::string_view why) {
    if (!n.asking.empty())
        return {{"you",
                 fmt::format("By the sign before its @ the server takes the address {} for {}, but {}. If "
                             "the sign is a typing error, mend it, and send the message again; or else ask "
                             "for another address.",
                             n.asking, n.asked_for, why)}};
    return {
        {"the postmaster of " + n.writer,
         fmt::format("An alias leads from {} to {}, but {}. Let it lead to a mailbox that there is, or take "
                     "it away.",
                     n.written_to, n.recipient, why)}};
}

std::vector<Counsel> on_greylisting(NoticeNames const& n) {
    if (!n.over)
        return {{"nobody", "The server asks strangers to come back later. Just wait: it is tried again."}};
    return {{"you",
             "The server asks strangers to come back later, and yours did not, or not for long enough. "
             "Send the message again later, through your own provider's server: that one comes back."}};
}

std::vector<Counsel> on_loop(NoticeNames const& n) {
    if (n.forwarded)
        return {
            {"whoever owns the mailbox of " + n.recipient,
             "Mail for this address is sent on to another address, and from there it is sent back. Let one "
             "of the two keep it: end the forwarding of the other."},
            {"the postmaster of " + n.writer,
             "If the owner did not set this up, an alias of the server does it. Let it end in a mailbox."}};
    if (n.aliases)
        return {{"the postmaster of " + n.writer,
                 "The aliases of this server lead from one to the other and never to a mailbox. Let one of "
                 "them end in a mailbox."}};
    if (n.finds_itself)
        return {{"the postmaster of " + n.writer,
                 fmt::format("The DNS leads this server to itself, and it was never told that it handles the "
                             "domain. Add the domain to its list of local domains ({}), or, if it is only a "
                             "backup, see that the MX record of the main server comes first.",
                             n.local_domains)},
                {n.dns_keeper(), "Or the MX record names a server that has nothing to do with the domain."}};
    return {
        {n.between_servers ? "the postmaster of " + n.writer : n.postmaster(),
         "The message came round to servers that it had been at before. Look at the aliases, routes and "
         "smarthosts on its way: one of them sends it back."},
        {n.dns_keeper(), "Or the MX record names a server that was not told that it handles the domain."}};
}

std::vector<Counsel> on_address(NoticeNames const& n) {
    if (!n.written_to.empty())
        return on_alias(n, "that is not written as an address has to be");
    return {{"you",
             "This is not written as an address has to be: a name, one @, and a domain, without blanks "
             "or signs that do not belong there. Type it again, and send the message once more."}};
}

std::vector<Counsel> on_restricted_address(NoticeNames const& n) {
    return {
        {"you",
         fmt::format("The part before the @ of {} begins with a dot, or has a sign such as @ % ! / | or &. "
                     "This server takes that from nobody; to log in does not help. If it is a typing error, "
                     "mend it and send the message again; or else ask for another address.",
                     n.recipient)},
        {n.postmaster(), "If there really is such a mailbox, let the server take the sign (Exim: "
                         "local_parts in acl_check_rcpt), or give the mailbox another name."}};
}

/// A greeting of 554 (RFC 5321 section 3.1), or the words of one.
std::vector<Counsel> on_no_service(NoticeNames const& n) {
    std::vector<Counsel> counsels{
        {n.dns_keeper(), "The machine that was called takes no mail at all, or none from this caller. Look "
                         "whether the MX record names the server that handles the domain."},
        {n.postmaster(), "If it is the right server, it does not let this caller in. Its log tells why."}};
    if (!n.between_servers)
        counsels.insert(counsels.begin(),
                        {"you",
                         "If these words stood in a window of your own mail program: look in its settings "
                         "whether the outgoing server is your own provider's, and its port 587."});
    return counsels;
}

std::vector<Counsel> on_forwarding(NoticeNames const& n) {
    std::string const address = n.written_to.empty() ? std::string{} : " of " + n.written_to;
    return {
        {fmt::format("whoever owns the mailbox{} that sends its mail on", address),
         "It forwards to an address outside, by itself, and its organisation does not allow that. End the "
         "forwarding, and fetch the mail from the mailbox itself; or ask its postmaster to allow it."},
        {"the postmaster of the server that has that mailbox",
         "If the forwarding is wanted, allow it for this mailbox (Microsoft 365: automatic forwarding in "
         "the outbound spam filter policy). If nobody there has set it up, somebody may have broken "
         "into the account."},
        {"you", "Nothing is wrong with your message. Ask the person by another way whether it arrived."}};
}

std::vector<Counsel> on_closed_circle(NoticeNames const& n) {
    return {
        {"whoever looks after the address" + (n.recipient_known ? " " + n.recipient : " of the recipient"),
         "It takes mail from some senders only, from those of its own organisation as a rule. If strangers "
         "may "
         "write to it, let it take their mail too (Exchange: accept messages from all senders)."},
        {"you", "Write to a person there instead; or, if you belong to the organisation, send the message "
                "through its own server, logged in."}};
}

std::vector<Counsel> on_not_allowed(NoticeNames const& n) {
    if (!n.over)
        return {
            {"nobody", "The server does not allow this for now. Many ask strangers to come back later, or "
                       "slow those down who send much. Just wait: it is tried again."},
            {n.postmaster(), "If it never comes through, the postmaster can tell from the server's log why; "
                             "give the time and the whole answer."}};
    return {{n.postmaster(),
             "The server does not allow this, and does not say why. Its postmaster can tell from "
             "its log; give the time and the whole answer."},
            {"you", "Check the address; some addresses take mail only from inside their organisation."}};
}

std::vector<Counsel> on_server_trouble(NoticeNames const& n) {
    return {
        {n.postmaster(), "Something inside this server is out of order: a table, a full disk, a certificate, "
                         "or a service that it asks. Its log tells what."},
        {"you", "Nothing is wrong with the address or with your settings. If nobody tries again by itself, "
                "send the message once more later."}};
}

/// Whether there is something to mend although the server goes on trying: a wait alone does not help there.
bool may_be_mended(Cause cause) {
    switch (cause) {
    case Cause::unknown:
    case Cause::unreachable:
    case Cause::greylisted:
    case Cause::expired:
    case Cause::too_busy:
    case Cause::server_trouble:
    case Cause::not_allowed:
    case Cause::too_many_recipients:
    case Cause::mailbox_full: return false;
    default: return true;
    }
}

std::vector<Counsel> counsel_of(NoticeNames const& n, Cause cause) {
    switch (cause) {
    case Cause::relay_denied: return on_relaying(n);
    case Cause::login_required:
        return on_login(
            n, "Turn on authentication (name and password) for outgoing mail in the settings of your mail "
               "program.");
    case Cause::login_failed:
        return on_login(
            n, "The server does not accept this user name with this password. Type both again in the "
               "settings for outgoing mail. If they are right, ask your provider: some want a password of "
               "its own for each mail program, or have this way to log in switched off.");
    case Cause::unknown_user:
        if (!n.written_to.empty())
            return on_alias(n, "nobody of that name has a mailbox there");
        return {{"you", fmt::format("Nobody {} has a mailbox at {}. Check the part of the address before the "
                                    "@ for a typing error, or ask the person.",
                                    n.named, n.domain)}};
    case Cause::no_such_domain:
        return n.written_to.empty() ? on_domain(n) : on_alias(n, "there is no such domain");
    case Cause::null_mx:
        if (!n.written_to.empty())
            return on_alias(n, "that domain takes no mail at all");
        return {{"you",
                 fmt::format("In the DNS {} says that it takes no mail at all. Find another address for this "
                             "person.",
                             n.domain)}};
    case Cause::unreachable: return on_unreachable(n);
    case Cause::mail_loop: return on_loop(n);
    case Cause::dns_trouble:
        return {{n.dns_keeper(), "The name servers give no usable answer. Mend them, or the way to them."}};
    case Cause::too_big:
        return {{"you", "Make the message smaller: send the file by another way, and a link to it by mail."}};
    case Cause::greylisted: return on_greylisting(n);
    case Cause::expired:
        return {{"you", "For as long as the server waited, it could not deliver the message. Ask the "
                        "recipient by another way whether mail gets through again, and send it once more."}};
    case Cause::blocklisted: return on_blocklist(n);
    case Cause::too_busy:
        return {{"you",
                 "The server had its hands full. Nothing is wrong with your settings: send the message again "
                 "later, to fewer recipients at a time."}};
    case Cause::mailbox_full:
        return {{n.owner, n.over ? "It is full. Delete old mail; then the message has to be sent again."
                                 : "It is full. Delete old mail; then the next try goes through."}};
    case Cause::taken_for_spam:
        return {{"you",
                 "The server took the message for spam. Write it in other words, without the attachment or "
                 "links, or ask the recipient by another way to let your address through."}};
    case Cause::sender_not_proved:
        return {{"whoever keeps the DNS records of the sender's domain",
                 "Nothing proves that the message comes from that domain (SPF, DKIM, DMARC). Name the "
                 "servers that "
                 "send its mail in its SPF record, and let them sign it."},
                {"you", "Send from an address only through that address's own provider."}};
    case Cause::client_nameless: return on_nameless_client(n);
    case Cause::not_allowed: return on_not_allowed(n);
    case Cause::bad_sender: return on_bad_sender();
    case Cause::no_sender_domain: return on_sender_domain();
    case Cause::sender_not_allowed: return on_sender_not_allowed(n);
    case Cause::server_trouble: return on_server_trouble(n);
    case Cause::bad_helo: return on_helo(n);
    case Cause::client_refused: return on_client(n);
    case Cause::no_encryption: return on_encryption(n);
    case Cause::content_refused:
        return {
            {"you",
             "The server does not take what is in the message: a kind of file that it forbids, what it "
             "takes for a virus, or a form that is not right. Look for viruses on your computer, and send "
             "the message without the file, or the file by another way."}};
    case Cause::mailbox_closed:
        return {{"you", "There was such a mailbox, but it is closed. Ask the person by another way for "
                        "another address."}};
    case Cause::mail_flood: return on_flood(n);
    case Cause::bad_address: return on_address(n);
    case Cause::too_many_recipients: return on_recipients(n);
    case Cause::sending_limit: return on_sending_limit();
    case Cause::wrong_order: return on_order(n);
    case Cause::login_not_offered: return on_login_not_offered(n);
    case Cause::forwarding_refused: return on_forwarding(n);
    case Cause::closed_circle: return on_closed_circle(n);
    case Cause::foreign_letters: return on_foreign_letters(n);
    case Cause::restricted_address: return on_restricted_address(n);
    case Cause::no_service: return on_no_service(n);
    case Cause::unknown: break;
    }
    return {{n.postmaster(),
             "The words say nothing that is known here. The postmaster can tell from the server's log; "
             "give the time and the whole answer."}};
}

} // namespace

std::vector<Counsel> counsel_on(Notice const& notice, NoticeRecipient const& recipient, Cause cause) {
    NoticeNames const n = names_in(notice, recipient);
    std::vector<Counsel> counsels;
    if (is_success(recipient))
        return {
            {"nobody", n.other_known
                           ? fmt::format("This server has done its part. If the message is missed all the "
                                         "same, the log of {} tells what became of it.",
                                         n.other)
                           : "It is done. If the message is missed all the same, look among the spam, and "
                             "for a rule or a forwarding of that mailbox."}};
    if (n.warned && !may_be_mended(cause))
        return {{"nobody", "It is only a warning. The server tries again by itself, and writes again if "
                           "it gives up: do not send the message once more."}};
    if (n.out_of_log && !n.over && !n.turned_away && !may_be_mended(cause))
        return {{"nobody",
                 "The server goes on trying by itself, until its time is over; then the sender gets "
                 "the message back. The next lines of the log with the same number tell more."}};
    if (n.warned)
        counsels.push_back({"you", "It is only a warning: the server tries again by itself, and writes again "
                                   "if it gives up. But a try goes through only when this is mended:"});
    for (Counsel& counsel : counsel_of(n, cause)) {
        if (n.out_of_log && counsel.who == "you") // who reads a log is seldom who wrote the message
            counsel.who = n.turned_away ? "whoever sends from " + n.caller : "whoever sent the message";
        counsels.push_back(std::move(counsel));
    }
    return counsels;
}

} // namespace mailflow
