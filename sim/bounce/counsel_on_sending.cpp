#include "bounce/counsel_on_sending.hpp"

#include <fmt/format.h>

namespace mailflow {

std::vector<Counsel> on_sender_not_allowed(NoticeNames const& n) {
    return {{"you",
             "The server does not let you write from this sender's address. Look whether your own address "
             "in the settings of your mail program is right, and log in for outgoing mail with the "
             "account that the address belongs to."},
            {n.postmaster(), "If both are right, a rule of this server turns the address away. Its log tells "
                             "which one; give the time and the whole answer."}};
}

std::vector<Counsel> on_bad_sender() {
    return {
        {"you", "It is the sender's address that was refused, not the recipient's: an answer would not reach "
                "you. Look at your own address in the settings of your mail program for a typing error, "
                "and send the message again."},
        {"the postmaster of the sender's domain",
         "If it is spelt right, the mailbox has to exist there and take mail, from servers that ask for it "
         "too."}};
}

std::vector<Counsel> on_sender_domain() {
    return {
        {"you", "It is the sender's address that was refused, not the recipient's. Look at the part of your "
                "own address after the @ in the settings of your mail program for a typing error, and send "
                "the message again."},
        {"whoever keeps the DNS records of the sender's domain",
         "If it is spelt right, the domain has no MX or address record, or says that it takes no mail (null "
         "MX), or its name servers do not answer. Mend that."}};
}

std::vector<Counsel> on_helo(NoticeNames const& n) {
    if (!n.between_servers)
        return {{"you",
                 "The name that your computer gave in HELO is not good enough for this server, as that of a "
                 "computer at home never is. Send through your own provider's server, with authentication, "
                 "on port 587."}};
    return {{n.sending_postmaster(),
             "In HELO this server calls itself by a name that the other one does not take. Let it give its "
             "full host name, as the DNS knows it (Postfix: myhostname)."}};
}

namespace {

/// A line by itself does not tell whose address the other side complains of: that of a server, or that of the
/// place where you sit. `trouble` is said of the address: "is on a blocklist".
Counsel to_sender(NoticeNames const& n, std::string_view trouble) {
    if (n.turned_away)
        return {"you", fmt::format("The address of your server or of your network {}. If you are no server: "
                                   "send through your own provider's server, with authentication.",
                                   trouble)};
    return {"you",
            fmt::format("It is not your mail address that {0}, but the network address of the machine that "
                        "called{1}. If you send through your provider's server, it is that one's: tell its "
                        "postmaster, and send the message through another provider meanwhile. If your "
                        "computer called by itself, it is your network's: send through your provider's "
                        "server, with authentication.",
                        trouble, n.caller.empty() ? "" : ", " + n.caller)};
}

} // namespace

std::vector<Counsel> on_nameless_client(NoticeNames const& n) {
    Counsel const keeper{n.sending_postmaster(),
                         "The address of this server has no name in the DNS that leads back to it. Have a "
                         "PTR record set for it, and an address record for that name."};
    if (n.between_servers)
        return {keeper,
                {"you",
                 "If it was your own computer that sent it, send through your provider's server instead."}};
    return {keeper, to_sender(n, "has no right name in the DNS")};
}

std::vector<Counsel> on_blocklist(NoticeNames const& n) {
    Counsel const keeper{n.sending_postmaster(),
                         "The address of this server is on a blocklist or has a bad name, because spam came "
                         "from there. Find out how the spam gets in (an open relay? a stolen account?) and "
                         "stop it; then ask the list to take the address off, or wait until it forgets."};
    if (n.between_servers)
        return {keeper, {"you", "Meanwhile, send the message through another provider."}};
    return {to_sender(n, "is on a blocklist"), keeper};
}

std::vector<Counsel> on_client(NoticeNames const& n) {
    std::string const why =
        fmt::format("{} does not let this server in, whatever it brings: it goes by the caller's address "
                    "or name. Ask its postmaster for the reason, and give the address and the time.",
                    n.other_known ? n.other : "The other server");
    if (n.between_servers)
        return {{n.sending_postmaster(), why}};
    return {to_sender(n, "is not let in"), {n.sending_postmaster(), why}};
}

std::vector<Counsel> on_flood(NoticeNames const& n) {
    std::vector<Counsel> counsels{
        {n.sending_postmaster(),
         "More mail came from this server's address than the other one likes, or more that was taken for "
         "spam. Find out whether spam gets in (an open relay? a stolen account?) and stop it; let the "
         "server send the rest more slowly."},
        {"you", "Nothing is wrong with the address or with your settings. If nobody tries again by itself, "
                "send the message once more later."}};
    if (!n.between_servers && n.over)
        counsels.back() = to_sender(n, "sends more mail than the server likes");
    return counsels;
}

std::vector<Counsel> on_encryption(NoticeNames const& n) {
    if (!n.between_servers)
        return {{"you",
                 "The server wants the connection encrypted. Choose STARTTLS on port 587, or SSL/TLS on port "
                 "465, for outgoing mail in the settings of your mail program."}};
    return {{n.postmaster(), "Let the server offer STARTTLS, with a certificate that is valid."},
            {"the postmaster of " + n.writer,
             "One of the two servers demands encryption. Look whether this one may and can use it."}};
}

std::vector<Counsel> on_login(NoticeNames const& n, std::string what_to_do) {
    if (!n.between_servers)
        return {{"you", std::move(what_to_do)}};
    return {{"the postmaster of " + n.writer,
             fmt::format(
                 "This server sends its mail through {}, and has to log in there with a name and a password "
                 "that are right.",
                 n.other)}};
}

std::vector<Counsel> on_sending_limit() {
    return {
        {"you",
         "More mail than your provider allows in an hour or a day, or mail that looked like spam, went out "
         "from your account or your domain. Wait until that time is over, and write to fewer people at a "
         "time. If it was not you who sent that, somebody knows your password: change it, and tell your "
         "provider."}};
}

std::vector<Counsel> on_recipients(NoticeNames const& n) {
    if (n.between_servers && !n.over)
        return {{"nobody", "The server takes only so many recipients at a time. The rest is tried again by "
                           "itself."}};
    return {{"you", "The message has more recipients than the server takes at a time. Send it to a part of "
                    "them, and then to the next; for many of them, a mailing list is the better way."}};
}

std::vector<Counsel> on_login_not_offered(NoticeNames const& n) {
    std::string const way =
        "in this way the server lets nobody log in. Use port 587 with STARTTLS, or port 465 "
        "with SSL/TLS";
    if (!n.between_servers)
        return {
            {"you", fmt::format("Your mail program wants to log in, but {}, and the kind of password that "
                                "your provider names.",
                                way)}};
    return {{"the postmaster of " + n.writer,
             fmt::format("This server wants to log in at {}, but {}; or do without.", n.other, way)}};
}

std::vector<Counsel> on_order(NoticeNames const& n) {
    if (n.between_servers)
        return {{"the postmaster of " + n.writer,
                 "The two servers were not at the same step. What counts is the answer before this one: most "
                 "often one to the sender (MAIL) or to the recipient (RCPT), which was refused. Look for it "
                 "in the log; if there is none, the program that sends is not right."}};
    return {
        {"you", "What counts is the answer before this one: the server had not taken the sender (MAIL) or "
                "any recipient (RCPT), and then wants nothing to follow. Most often it does not know who is "
                "asking: turn on authentication (name and password) for outgoing mail in the settings of "
                "your mail program, port 587, and check the address."},
        {"whoever wrote the program that sends",
         "The order is EHLO, AUTH where it is needed, MAIL, RCPT, DATA (RFC 5321 section 4.1.4), and each "
         "step has to wait for an answer that says yes."}};
}

std::vector<Counsel> on_foreign_letters(NoticeNames const& n) {
    return {{"you", "An address has letters that are not of the English alphabet, and not every server can "
                    "take those yet. Ask the person for an address without them; if it is your own that has "
                    "them, send from another."},
            {n.postmaster(), "Let the server take such addresses (SMTPUTF8, RFC 6531)."}};
}

} // namespace mailflow
