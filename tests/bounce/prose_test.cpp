// Letters without their part for programs, and warnings: what the sentences for people tell by themselves.
#include "bounce/meaning.hpp"
#include "bounce/notice.hpp"
#include "catch.hpp"

using namespace mailflow;

namespace {

constexpr char const* sendmail_bounce = R"(The original message was received at Thu, 26 Nov 2026 10:00:00 GMT
from pc10.isp.example [198.51.100.10]

   ----- The following addresses had permanent fatal errors -----
<leo@shop.example>
    (reason: 550 5.7.1 <leo@shop.example>... Relaying denied. IP name lookup failed [203.0.113.4])
<ann@gone.example>
    (reason: 550 Host unknown)
<bob@self.example>
    (reason: 553 5.3.5 system config error)
<eve@ghost.example>

   ----- Transcript of session follows -----
... while talking to mx1.shop.example.:
>>> RCPT To:<leo@shop.example>
<<< 550 5.7.1 <leo@shop.example>... Relaying denied. IP name lookup failed [203.0.113.4]
550 5.1.1 <leo@shop.example>... User unknown
550 5.1.2 <ann@gone.example>... Host unknown (Name server: gone.example: host not found)
553 5.3.5 MX list for self.example. points back to mail.isp.example
554 5.3.5 Local configuration error
550 5.1.2 <eve@ghost.example>... Host unknown (Name server: nowhere.example: host not found)
)";

constexpr char const* warnings[] = {
    R"(    **********************************************
    **      THIS IS A WARNING MESSAGE ONLY      **
    **  YOU DO NOT NEED TO RESEND YOUR MESSAGE  **
    **********************************************

The original message was received at Thu, 26 Nov 2026 10:00:00 GMT
from localhost

   ----- Transcript of session follows -----
<leo@shop.example>... Deferred: Connection timed out with mx1.shop.example.
Warning: message still undelivered after 4 hours
Will keep trying until message is 5 days old
)",
    R"(    Hi!

    This is the MAILER-DAEMON, please DO NOT REPLY to this email.

    A message is delayed for more than 4 hours for the following
    list of recipients:

leo@shop.example: Network error on destination MXs

    Please note that this is only a temporary failure report.
    The message is kept in the queue for up to 4 days.
    You DO NOT NEED to re-send the message to these recipients.
)",
    R"(This message was created automatically by mail delivery software.
A message that you sent has not yet been delivered to one or more of its
recipients after more than 24 hours on the queue on mail.isp.example.

The address to which the message has not yet been delivered is:

  leo@shop.example
    host mx1.shop.example [203.0.113.9]

No action is required on your part. Delivery attempts will continue for
some time, and this warning may be repeated at intervals if the message
remains undelivered.
)"};

} // namespace

TEST_CASE("a warning is one without its part for programs, and nobody has to act") {
    for (char const* const text : warnings) {
        INFO(text);
        Notice const notice = read_notice(text);
        CHECK(notice.letter);
        REQUIRE(notice.recipients.size() == 1);
        NoticeRecipient const& recipient = notice.recipients.front();
        CHECK(recipient.address == "leo@shop.example");
        CHECK(recipient.action == "delayed");
        for (char const* const prose : {"still undelivered", "No action", "Will keep", "Please note"})
            CHECK(recipient.words.find(prose) == std::string::npos);
        Recognition const found = recognise(recipient.words, recipient.status);
        Cause const cause = found.causes.empty() ? Cause::unknown : found.causes.front();
        std::vector<Counsel> const counsels = counsel_on(notice, recipient, cause);
        REQUIRE(counsels.size() == 1);
        CHECK(counsels.front().who == "nobody");
        CHECK(account_of(notice, recipient, cause).ends_with("It is tried again."));
    }
    CHECK(read_notice(warnings[0]).recipients.front().remote_server == "mx1.shop.example");
    CHECK(read_notice(warnings[2]).reporting_server == "mail.isp.example");
    CHECK(read_notice(warnings[2]).recipients.front().words.empty());
}

TEST_CASE("the closing words of Exim's warning are nobody's answer, with a part for programs too") {
    Notice const notice = read_notice(
        "The address to which the message has not yet been delivered is:\n\n  leo@shop.example\n\n"
        "No action is required on your part. Delivery attempts will continue for\nsome time.\n\n"
        "Reporting-MTA: dns; mail.isp.example\n\nAction: delayed\n"
        "Final-Recipient: rfc822;leo@shop.example\nStatus: 4.0.0\n");
    REQUIRE(notice.recipients.size() == 1);
    CHECK(notice.recipients.front().words.empty());
    CHECK(account_of(notice, notice.recipients.front(), Cause::unknown) ==
          "mail.isp.example had taken the message and could not deliver it to leo@shop.example yet. It is "
          "tried "
          "again.");
    CHECK(counsel_on(notice, notice.recipients.front(), Cause::unknown).front().who == "nobody");
}

TEST_CASE("a failure is no warning because the returned message speaks of one") {
    Notice const notice =
        read_notice("Hi. This is the qmail-send program at mail.isp.example.\n\n"
                    "<leo@shop.example>:\nSorry, no mailbox here by that name. (#5.1.1)\n\n"
                    "--- Below this line is a copy of the message.\n\n"
                    "THIS IS A WARNING MESSAGE ONLY\nNo action is required on your part.\n");
    REQUIRE(notice.recipients.size() == 1);
    CHECK(notice.recipients.front().action == "failed");
}

TEST_CASE("a letter that does not warn is about a failure, though the last answer was not now") {
    Notice const notice =
        read_notice("This is the mail system at host mail.isp.example.\n\n"
                    "<leo@shop.example>: host mx1.shop.example[203.0.113.9] said: 450 4.7.1\n"
                    "    <leo@shop.example>: Recipient address rejected: Greylisted (in reply\n"
                    "    to RCPT TO command)\n");
    REQUIRE(notice.recipients.size() == 1);
    CHECK(notice.recipients.front().action == "failed");
    CHECK(
        account_of(notice, notice.recipients.front(), Cause::greylisted).ends_with("said no: greylisting."));
}

TEST_CASE("what a server found out is told so, without a letter too") {
    Notice const refused = read_notice("connect to mx1.shop.example[203.0.113.9]:25: Connection refused");
    CHECK(account_of(refused, refused.recipients.front(), Cause::unreachable) ==
          "mx1.shop.example could not be reached.");
    Notice const unknown =
        read_notice("<leo@gone.example>: Host or domain name not found. Name service error for\n"
                    "    name=gone.example type=A: Host not found\n");
    CHECK(account_of(unknown, unknown.recipients.front(), Cause::no_such_domain) ==
          "A server could not deliver the message to leo@gone.example: no such domain.");
}

TEST_CASE("Sendmail's transcript tells who said it, and what it found out by itself") {
    Notice const notice = read_notice(sendmail_bounce);
    CHECK(notice.letter);
    REQUIRE(notice.recipients.size() == 4);
    NoticeRecipient const& leo = notice.recipients[0];
    CHECK(leo.remote_server == "mx1.shop.example");
    CHECK(leo.words ==
          "550 5.7.1 <leo@shop.example>... Relaying denied. IP name lookup failed [203.0.113.4]");
    CHECK(counsel_on(notice, leo, Cause::relay_denied).front().who == "the postmaster of mx1.shop.example");
    for (std::size_t i = 1; i < 4; ++i)
        CHECK(notice.recipients[i].remote_server.empty());
    CHECK(notice.recipients[1].words == "550 Host unknown");
    CHECK(notice.recipients[2].words ==
          "553 5.3.5 MX list for self.example. points back to mail.isp.example");
    CHECK(notice.recipients[3].words ==
          "550 5.1.2 <eve@ghost.example>... Host unknown (Name server: nowhere.example: host not found)");
}

TEST_CASE("a domain in the place of the remote server has said nothing") {
    Notice const notice =
        read_notice("Reporting-MTA: dns; mail.isp.example\n\n"
                    "Final-Recipient: RFC822; ann@gone.example\nAction: failed\nStatus: 5.1.2\n"
                    "Remote-MTA: DNS; gone.example\nDiagnostic-Code: SMTP; 550 Host unknown\n");
    CHECK(account_of(notice, notice.recipients.front(), Cause::no_such_domain) ==
          "mail.isp.example had taken the message and could not deliver it to ann@gone.example: no such "
          "domain.");
}

TEST_CASE("a caller without a name leads to its PTR record") {
    for (std::string const trouble : {"IP name lookup failed", "IP name possibly forged"}) {
        Notice const notice =
            read_notice("550 5.7.1 <leo@shop.example>... Relaying denied. " + trouble + " [203.0.113.4]");
        Counsel const last = counsel_on(notice, notice.recipients.front(), Cause::relay_denied).back();
        CHECK(last.who == "whoever keeps the reverse DNS of 203.0.113.4");
        CHECK(last.what.find("PTR record") != std::string::npos);
    }
    Notice const plain = read_notice("550 5.7.1 <leo@shop.example>... Relaying denied");
    for (Counsel const& counsel : counsel_on(plain, plain.recipients.front(), Cause::relay_denied))
        CHECK(counsel.what.find("PTR record") == std::string::npos);
}

TEST_CASE("an address that an alias led to is not for the writer to mend, who never wrote it") {
    Notice const notice = read_notice(R"(Reporting-MTA: dns; mx1.shop.example

Final-Recipient: rfc822; ghost@shop.example
Original-Recipient: rfc822;sales@shop.example
Action: failed
Status: 5.1.1
Diagnostic-Code: X-Postfix; unknown user: "ghost"
)");
    REQUIRE(notice.recipients.size() == 1);
    for (Cause const cause : {Cause::unknown_user, Cause::no_such_domain, Cause::null_mx}) {
        auto const counsels = counsel_on(notice, notice.recipients[0], cause);
        REQUIRE(counsels.size() == 1);
        CHECK(counsels[0].who == "the postmaster of mx1.shop.example");
        CHECK(counsels[0].what.starts_with("An alias leads from sales@shop.example to ghost@shop.example"));
    }
}

TEST_CASE("Sendmail names the address that its aliases led to beside the one that was written to") {
    Notice const notice = read_notice(R"(Reporting-MTA: dns; mx1.shop.example

Final-Recipient: RFC822; sales@shop.example
X-Actual-Recipient: rfc822; ghost@shop.example
Action: failed
Status: 5.1.1
)");
    REQUIRE(notice.recipients.size() == 1);
    CHECK(notice.recipients[0].address == "ghost@shop.example");
    CHECK(notice.recipients[0].written_to == "sales@shop.example");
}

TEST_CASE("aliases in a circle have nothing to do with the DNS") {
    Notice const notice = read_notice(R"(Reporting-MTA: dns; mx1.shop.example

Final-Recipient: rfc822; b@shop.example
Action: failed
Status: 5.4.6
Diagnostic-Code: X-Postfix; alias database loop for b
)");
    REQUIRE(notice.recipients.size() == 1);
    auto const counsels = counsel_on(notice, notice.recipients[0], Cause::mail_loop);
    REQUIRE(counsels.size() == 1);
    CHECK(counsels[0].what.starts_with("The aliases of this server"));
}

TEST_CASE("that an address was tried does not say that it was reached") {
    CHECK(meaning_of({"X-Actual-Recipient", "rfc822; leo@shop.example"}) ==
          "the address that it was tried with in the end");
}

TEST_CASE("a server that the DNS leads to itself is to be told of the domain") {
    for (std::string const words : {"mail for shop.example loops back to myself",
                                    "554 5.0.0 MX list for shop.example. points back to mail.isp.example"}) {
        INFO(words);
        Notice const notice = read_notice(words);
        REQUIRE_FALSE(notice.recipients.empty());
        auto const counsels = counsel_on(notice, notice.recipients.front(), Cause::mail_loop);
        CHECK(counsels.front().what.find("it was never told that it handles the domain") !=
              std::string::npos);
    }
}

TEST_CASE("the server that Exchange or 1&1 quotes is the one that said it") {
    for (std::string const text :
         {"Delivery has failed to these recipients or groups:\n\nleo@shop.example\n\n"
          "Generating server: ex.isp.example\n\nleo@shop.example\nmx1.shop.example\n"
          "Remote Server returned '550 5.7.1 Unable to relay'\n",
          "Your message did not reach some or all of the intended recipients.\n\n"
          "      leo@shop.example on 2/5/2004 12:00 PM\n"
          "            You do not have permission to send to this recipient.\n"
          "            <mx1.shop.example #5.7.1 smtp;550 5.7.1 Unable to relay>\n",
          "This message was created automatically by mail delivery software.\n\nleo@shop.example:\n"
          "SMTP error from remote server for RCPT TO command, host: mx1.shop.example (203.0.113.33) "
          "reason: 550 5.7.1 Unable to relay\n"}) {
        INFO(text);
        Notice const notice = read_notice(text);
        CHECK(notice.letter);
        REQUIRE(notice.recipients.size() == 1);
        CHECK(notice.recipients.front().address == "leo@shop.example");
        CHECK(notice.recipients.front().remote_server == "mx1.shop.example");
        CHECK(notice.recipients.front().words == "550 5.7.1 Unable to relay");
    }
}
