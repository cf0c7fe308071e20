// What people paste when mail does not get through: lines of logs, windows of mail programs, letters; and who
// has to mend it.
#include "bounce/meaning.hpp"
#include "bounce/notice.hpp"
#include "catch.hpp"

#include <string_view>
#include <vector>

using namespace mailflow;

namespace {

struct Paste {
    std::string_view from;
    std::string_view text;
    Cause meant;
    std::string_view who;  // the first that has to do something
    std::string_view what; // a part of what is said to them
};

void check_all(std::vector<Paste> const& pastes) {
    for (Paste const& paste : pastes) {
        INFO(paste.from << ": " << paste.text);
        Notice const notice = read_notice(paste.text);
        REQUIRE(notice.recipients.size() == 1);
        NoticeRecipient const& recipient = notice.recipients.front();
        std::vector<Cause> const causes = recognise(recipient.words, recipient.status).causes;
        Cause const cause = causes.empty() ? Cause::unknown : causes.front();
        CHECK(name_of(cause) == name_of(paste.meant));
        Counsel const first = counsel_on(notice, recipient, cause).front();
        CHECK(first.who == paste.who);
        INFO(first.what);
        CHECK(first.what.find(paste.what) != std::string::npos);
    }
}

} // namespace

TEST_CASE("a line of a server's log tells who has to mend what") {
    check_all({
        {"Postfix, refusing",
         "Mar  4 10:11:12 mx1 postfix/smtpd[211]: NOQUEUE: reject: RCPT from unknown[203.0.113.4]: 554 5.7.1 "
         "<leo@other.example>: Relay access denied; from=<maya@isp.example> to=<leo@other.example> "
         "proto=ESMTP "
         "helo=<laptop>",
         Cause::relay_denied, "whoever sends from 203.0.113.4", "Turn on authentication"},
        {"Postfix, of an unknown mailbox",
         "Mar  4 10:11:12 mx1 postfix/smtpd[211]: NOQUEUE: reject: RCPT from mail.isp.example[203.0.113.49]: "
         "550 5.1.1 <lea@shop.example>: Recipient address rejected: User unknown in virtual mailbox table; "
         "from=<maya@isp.example> to=<lea@shop.example> proto=ESMTP helo=<mail.isp.example>",
         Cause::unknown_user, "whoever sends from mail.isp.example", "typing error"},
        {"Postfix, without a way",
         "Mar  4 10:11:12 mail postfix/smtp[212]: 4F2A: to=<leo@shop.example>, relay=none, delay=30, "
         "delays=0.1/0/30/0, dsn=4.4.1, status=deferred (connect to mx1.shop.example[203.0.113.33]:25: "
         "Connection timed out)",
         Cause::unreachable, "nobody", "goes on trying"},
        {"Postfix, of a smarthost that wants a login",
         "Mar  4 10:11:12 mail postfix/smtp[212]: 4F2A: to=<leo@shop.example>, "
         "relay=smtp.isp.example[203.0.113.49]:587, delay=1, dsn=5.7.0, status=bounced (host "
         "smtp.isp.example[203.0.113.49] said: 530 5.7.0 Authentication required (in reply to MAIL FROM "
         "command))",
         Cause::login_required, "the postmaster of the server that keeps this log", "log in"},
        {"Exim, refusing",
         "2026-03-04 10:11:12 H=(laptop) [203.0.113.4] F=<maya@isp.example> rejected RCPT "
         "<leo@other.example>: "
         "relay not permitted",
         Cause::relay_denied, "whoever sends from 203.0.113.4", "Turn on authentication"},
        {"Exim, of the other server's answer",
         "2026-03-04 10:11:12 1tABCD-000001-AB ** leo@shop.example R=dnslookup T=remote_smtp "
         "H=mx1.shop.example [203.0.113.33]: SMTP error from remote mail server after RCPT "
         "TO:<leo@shop.example>: 550 relay not permitted",
         Cause::relay_denied, "the postmaster of mx1.shop.example", "never told that it handles"},
        {"Exim, frozen out of the DNS",
         "2026-03-04 10:11:12 1tABCD-000001-AB == leo@shop.example R=dnslookup defer (-1): host lookup did "
         "not "
         "complete",
         Cause::dns_trouble, "whoever keeps the DNS records of shop.example", "name servers"},
        {"Sendmail, refusing",
         "Mar  4 10:11:12 mx1 sm-mta[77]: 624ABC: ruleset=check_rcpt, arg1=<leo@other.example>, "
         "relay=[203.0.113.4], reject=550 5.7.1 <leo@other.example>... Relaying denied",
         Cause::relay_denied, "whoever sends from 203.0.113.4", "Turn on authentication"},
        {"Sendmail, of a full mailbox",
         "Mar  4 10:11:12 mail sm-mta[78]: 624ABD: to=<leo@shop.example>, delay=00:00:02, mailer=esmtp, "
         "relay=mx1.shop.example. [203.0.113.33], dsn=5.2.2, stat=Service unavailable: 552 5.2.2 "
         "<leo@shop.example>... Mailbox full",
         Cause::mailbox_full, "whoever owns the mailbox leo@shop.example", "Delete old mail"},
        {"Exchange, in its queue",
         "[{LRT=3/4/2026 10:11:12 AM};{LED=550 5.7.1 Unable to relay};{FQDN=mx1.shop.example};"
         "{IP=203.0.113.33}]",
         Cause::relay_denied, "the postmaster of mx1.shop.example", "handles"},
        {"Exchange, without the DNS",
         "451 4.4.0 DNS query failed. The error was: DNS query failed with error ErrorRetry",
         Cause::dns_trouble, "whoever keeps the DNS records of the recipient's domain", "name servers"},
        {"OpenSMTPD",
         "Mar  4 10:11:12 mail smtpd[91]: 7f01 mta delivery evpid=1 from=<maya@isp.example> "
         "to=<leo@shop.example> rcpt=<-> source=\"203.0.113.49\" relay=\"203.0.113.33 (mx1.shop.example)\" "
         "delay=1s result=\"PermFail\" stat=\"550 Invalid recipient: <leo@shop.example>\"",
         Cause::relay_denied, "the postmaster of mx1.shop.example", "never told that it handles"},
        {"qmail",
         "@4000000065e59a5a1 delivery 5: failure: 203.0.113.33_does_not_like_recipient./"
         "Remote_host_said:_553_sorry,_that_domain_isn't_in_my_list_of_allowed_rcpthosts_(#5.7.1)/"
         "Giving_up_on_203.0.113.33./",
         Cause::relay_denied, "the postmaster of 203.0.113.33", "never told that it handles"},
    });
}

TEST_CASE("a window of a mail program tells who has to mend what") {
    check_all({
        {"Thunderbird, of a denial",
         "An error occurred while sending mail. The mail server responded:  5.7.1 <leo@shop.example>: Relay "
         "access denied. Please check the message recipient \"leo@shop.example\" and try again.",
         Cause::relay_denied, "you", "Turn on authentication"},
        {"Thunderbird, of a missing login",
         "An error occurred while sending mail. The mail server responded:\n5.7.0 Authentication required.\n"
         "Please check the message recipient \"leo@shop.example\" and try again.",
         Cause::login_required, "you", "Turn on authentication"},
        {"Thunderbird, of a password",
         "Sending of the message failed.\nUnable to authenticate to Outgoing server (SMTP) mail.isp.example. "
         "Please check the password and verify the 'Authentication method' in 'Account Settings | Outgoing "
         "server (SMTP)'.",
         Cause::login_failed, "you", "Type both again"},
        {"Thunderbird, without a way",
         "Sending of the message failed.\nThe message could not be sent because the connection to Outgoing "
         "server (SMTP) mail.isp.example timed out. Try again.",
         Cause::unreachable, "you", "465"},
        {"Outlook, of a denial",
         "Task 'maya@isp.example - Sending' reported error (0x80042109): Outlook cannot connect to your "
         "outgoing (SMTP) e-mail server. If you continue to receive this message, contact your server "
         "administrator or Internet service provider (ISP).",
         Cause::unreachable, "you", "465"},
        {"Outlook, of a denial",
         "Your message did not reach some or all of the intended recipients.\n\n      Subject:  Hello\n\nThe "
         "following recipient(s) cannot be reached:\n\n      'leo@shop.example' on 3/4/2026 10:11 AM\n       "
         " "
         "    554 5.7.1 <leo@shop.example>: Relay access denied\n",
         Cause::relay_denied, "you", "Turn on authentication"},
        {"Outlook Express",
         "The message could not be sent because one of the recipients was rejected by the server. The "
         "rejected "
         "e-mail address was 'leo@shop.example'. Subject 'Hello', Account: 'isp', Server: "
         "'mail.isp.example', "
         "Protocol: SMTP, Server Response: '550 5.7.1 Unable to relay', Port: 25, Secure(SSL): No, Server "
         "Error: 550, Error Number: 0x800CCC79",
         Cause::relay_denied, "you", "Turn on authentication"},
        {"Apple Mail, of a denial",
         "Cannot send message using the server mail.isp.example\nThe sender address maya@isp.example was "
         "rejected by the server mail.isp.example.\n\nThe server response was: 5.7.1 Relaying denied. Proper "
         "authentication required.",
         Cause::relay_denied, "you", "Turn on authentication"},
        {"Apple Mail, without a way",
         "Cannot send message using the server mail.isp.example\n\nThe server \xe2\x80\x9cmail.isp.example"
         "\xe2\x80\x9d cannot be contacted on port 25. Select a different outgoing mail server from the list "
         "below.",
         Cause::unreachable, "you", "465"},
        {"Apple Mail, of a refused recipient",
         "Cannot Send Mail. One of the recipient addresses, leo@shop.example, was rejected by the server "
         "because it does not allow relaying.",
         Cause::relay_denied, "you", "Turn on authentication"},
        {"iPhone",
         "Cannot Send Mail\nA copy has been placed in your Outbox. The recipient \xe2\x80\x9cleo@shop.example"
         "\xe2\x80\x9d was rejected by the server because it does not allow relaying.",
         Cause::relay_denied, "you", "Turn on authentication"},
        {"Thunderbird, of a login", "Login to server mail.isp.example with username maya failed.",
         Cause::login_failed, "you", "Type both again"},
        {"Thunderbird, without STARTTLS",
         "Sending of the message failed.\nUnable to establish a secure link with Outgoing server (SMTP) "
         "mail.isp.example using STARTTLS since it doesn't advertise that feature.",
         Cause::no_encryption, "you", "STARTTLS"},
        {"Outlook, of a login",
         "Task 'maya@isp.example - Sending' reported error (0x800CCC92): 'Your e-mail server rejected your "
         "login. Verify your user name and password for this account.'",
         Cause::login_failed, "you", "Type both again"},
        {"Apple Mail, of a port",
         "The server \"mail.isp.example\" refused to allow a connection on port 465.", Cause::unreachable,
         "you", "587"},
        {"Apple Mail, of a password",
         "Cannot send message using the server mail.isp.example\nThe user name or password for this server "
         "is "
         "incorrect.",
         Cause::login_failed, "you", "Type both again"},
    });
}

TEST_CASE("a letter of a server tells who has to mend what") {
    check_all({
        {"Exchange, of itself",
         "Delivery has failed to these recipients or groups:\n\nleo@shop.example\nThe e-mail address you "
         "entered couldn't be found.\n\nDiagnostic information for administrators:\n\nGenerating server: "
         "mail.isp.example\n\nleo@shop.example\nmx1.shop.example\nRemote Server returned '550 5.7.54 SMTP; "
         "Unable to relay recipient in non-accepted domain'\n",
         Cause::relay_denied, "the postmaster of mx1.shop.example", "the accepted domains"},
        {"Exchange Online, as a smarthost",
         "This is the mail system at host mail.firm.example.\n\n<leo@shop.example>: host "
         "firm.mail.cloud.example[203.0.113.60] said: 550 5.7.64\n    TenantAttribution; Relay Access Denied "
         "(in reply to RCPT TO command)\n",
         Cause::relay_denied, "the postmaster of mail.firm.example", "inbound connector"},
        {"Exchange Online, to a printer",
         "550 5.7.64 TenantAttribution; Relay Access Denied [VE1EUR.eop-EUR.prod.protection.outlook.example]",
         Cause::relay_denied, "the postmaster of the sending server", "inbound connector"},
        {"qmail, spread",
         "Hi. This is the qmail-send program at mail.isp.example.\n\nI'm afraid I wasn't able to deliver "
         "your "
         "message to the following addresses.\n\nThis is a permanent error; I've given up. Sorry it didn't "
         "work out.\n\n\n\n<leo@shop.example>:\n\n203.0.113.33 does not like recipient.\n\nRemote host said: "
         "553 sorry, that domain isn't in my list of allowed rcpthosts (#5.7.1)\n\nGiving up on "
         "203.0.113.33.\n\n\n\n--- Below this line is a copy of the message.\n",
         Cause::relay_denied, "the postmaster of 203.0.113.33", "never told that it handles"},
        {"qmail, on one line",
         "From: MAILER-DAEMON@mail.isp.example To: maya@isp.example Subject: failure notice Hi. This is the "
         "qmail-send program at mail.isp.example. I'm afraid I wasn't able to deliver your message to the "
         "following addresses. This is a permanent error; I've given up. Sorry it didn't work out. "
         "<leo@shop.example>: 203.0.113.33 does not like recipient. Remote host said: 553 sorry, that domain "
         "isn't in my list of allowed rcpthosts (#5.7.1) Giving up on 203.0.113.33. --- Below this line is a "
         "copy of the message. Return-Path: <maya@isp.example>",
         Cause::relay_denied, "the postmaster of 203.0.113.33", "handles shop.example"},
        {"Postfix, on one line",
         "This is the mail system at host mail.isp.example. I'm sorry to have to inform you that your "
         "message "
         "could not be delivered to one or more recipients. It's attached below. For further assistance, "
         "please send mail to postmaster. The mail system <leo@shop.example>: host "
         "mx1.shop.example[203.0.113.33] said: 554 5.7.1 <leo@shop.example>: Relay access denied (in reply "
         "to "
         "RCPT TO command) Reporting-MTA: dns; mail.isp.example Final-Recipient: rfc822; leo@shop.example "
         "Action: failed Status: 5.7.1 Remote-MTA: dns; mx1.shop.example Diagnostic-Code: smtp; 554 5.7.1 "
         "<leo@shop.example>: Relay access denied",
         Cause::relay_denied, "the postmaster of mx1.shop.example", "handles shop.example"},
        {"Exim, on one line",
         "This message was created automatically by mail delivery software. A message that you sent could "
         "not "
         "be delivered to one or more of its recipients. This is a permanent error. The following "
         "address(es) "
         "failed: leo@shop.example SMTP error from remote mail server after RCPT TO:<leo@shop.example>: host "
         "mx1.shop.example [203.0.113.33]: 550 relay not permitted",
         Cause::relay_denied, "the postmaster of mx1.shop.example", "handles shop.example"},
        {"Sendmail, on one line",
         "The original message was received at Wed, 4 Mar 2026 10:11:12 GMT from laptop [203.0.113.4] ----- "
         "The following addresses had permanent fatal errors ----- <leo@shop.example> (reason: 550 5.7.1 "
         "<leo@shop.example>... Relaying denied) ----- Transcript of session follows ----- ... while talking "
         "to mx1.shop.example.: >>> DATA <<< 550 5.7.1 <leo@shop.example>... Relaying denied 550 5.1.1 "
         "<leo@shop.example>... User unknown",
         Cause::relay_denied, "the postmaster of mx1.shop.example", "handles shop.example"},
        {"Postfix, of a name with a percent",
         "This is the mail system at host mail.isp.example.\n\n<50%off@shop.example>: host "
         "mx1.shop.example[203.0.113.17] said: 554 5.7.1\n    <50%off@shop.example>: Relay access denied (in "
         "reply to RCPT TO command)\n",
         Cause::relay_denied, "you", "50@off"},
        {"Sendmail, of a path of hosts",
         "<shop.example!leo@mx1.shop.example>: host mx1.shop.example[203.0.113.17] said: 550 5.7.1 "
         "<shop.example!leo@mx1.shop.example>... Relaying denied",
         Cause::relay_denied, "you", "leo@shop.example itself"},
        {"Postfix, of a name that it follows itself",
         "This is the mail system at host mail.isp.example.\n\n<maya@x> (expanded from "
         "<maya%x@isp.example>): Host or domain name not found.\n    Name service error for name=x type=A: "
         "Host "
         "not found\n",
         Cause::no_such_domain, "you", "takes the address maya%x@isp.example for maya@x"},
        {"qmail, of a percent that it does not follow",
         "Hi. This is the qmail-send program at mail.isp.example.\n\n<50%off@shop.example>:\n203.0.113.33 "
         "does "
         "not like recipient.\nRemote host said: 553 sorry, that domain isn't in my list of allowed "
         "rcpthosts "
         "(#5.7.1)\nGiving up on 203.0.113.33.\n",
         Cause::relay_denied, "the postmaster of 203.0.113.33", "handles shop.example"},
    });
}
