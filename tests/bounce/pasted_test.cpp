// The way of a bounce through mail programs, clipboards and files, undone.
#include "bounce/meaning.hpp"
#include "bounce/notice.hpp"
#include "bounce/pasted.hpp"
#include "catch.hpp"

using namespace mailflow;

namespace {

using Lines = std::vector<std::string>;

NoticeRecipient only_one_in(std::string const& pasted) {
    Notice const notice = read_notice(pasted);
    REQUIRE(notice.recipients.size() == 1);
    return notice.recipients.front();
}

std::string in_utf16(std::string const& text, bool low_byte_first) {
    std::string bytes = low_byte_first ? "\xff\xfe" : "\xfe\xff";
    for (char const c : text)
        bytes += low_byte_first ? std::string{c, '\0'} : std::string{'\0', c};
    return bytes;
}

constexpr char const* denied = "554 5.7.1 <leo@shop.example>: Relay access denied";

} // namespace

TEST_CASE("marks of quoting, ends of lines, tabs, hard blanks and control characters are undone") {
    CHECK(plain_lines("> > a\r\n>b\n\tc\xc2\xa0"
                      "d\n") == Lines{"a", ">b", " c d"});
    CHECK(plain_lines(std::string{"a\0b\x1b", 4}) == Lines{"a b "});
    CHECK(plain_lines("gr\xc3\xbc\xc3\x9f").front() == "gr\xc3\xbc\xc3\x9f");
    CHECK(plain_lines("gr\xfc\xdf") == Lines{"gr??"});
    CHECK(only_one_in("\t<leo@shop.example>:\thost mx1.shop.example[192.0.2.25]\tsaid:\t554 5.7.1\t"
                      "<leo@shop.example>:\tRelay access denied\t(in reply to RCPT TO command)")
              .words == denied);
}

TEST_CASE("files of UTF-16, or with a byte order mark, are read like others") {
    CHECK(only_one_in(in_utf16(denied, true)).words == denied);
    CHECK(only_one_in(in_utf16(denied, false)).words == denied);
    CHECK(plain_lines(std::string{"\xef\xbb\xbf"} + denied) == Lines{denied});
}

TEST_CASE("a part that is coded for the way is decoded, and the others are left alone") {
    CHECK(plain_lines("Content-Transfer-Encoding: quoted-printable\n\na =3D b, and so=\n on\n--end\n=3D\n") ==
          Lines{"Content-Transfer-Encoding: quoted-printable", "", "a = b, and so on", "--end", "=3D"});
    CHECK(plain_lines("Content-Transfer-Encoding: base64\n\nVGhpcyBpcwph\nIGxldHRlcg==\n\nno more\n") ==
          Lines{"Content-Transfer-Encoding: base64", "", "This is", "a letter", "", "no more"});
    CHECK(plain_lines("Content-Transfer-Encoding: base64\n\nno=base=\n").back() == "no=base=");
    CHECK(plain_lines("Content-Transfer-Encoding: 7bit\n\n=3D\n").back() == "=3D");
    CHECK(plain_lines("=3D\n") == Lines{"=3D"});
}

TEST_CASE("of HTML the words are left, with their lines") {
    CHECK(
        plain_lines("<html><body><p>Remote Server<br/>returned</p><b>&lt;leo@shop.example&gt;</b></body>") ==
        Lines{"", "Remote Server", "returned", "<leo@shop.example>"});
    CHECK(plain_lines("<p>a <leo@shop.example></p>") == Lines{"", "a <leo@shop.example>"});
    CHECK(plain_lines("a < b & c <p") == Lines{"a < b & c <p"});
    CHECK(only_one_in("<p>Delivery has failed to these recipients or groups:</p><p>leo@shop.example<br>"
                      "Remote Server returned &#39;550 5.1.1 User unknown&#39;</p>")
              .words == "550 5.1.1 User unknown");
}

TEST_CASE("what stands around an answer in windows and logs is no part of it") {
    for (char const* const window :
         {"An error occurred while sending mail. The mail server responded:  554 5.7.1 <leo@shop.example>: "
          "Relay "
          "access denied  Please check the message recipient \"leo@shop.example\" and try again.",
          "Der Mail-Server antwortete: 554 5.7.1 <leo@shop.example>: Relay access denied",
          "The rejected e-mail address was 'leo@shop.example'. Server: 'mail.isp.example', Server Response: "
          "'554 "
          "5.7.1 <leo@shop.example>: Relay access denied', Port: 25, Server Error: 554",
          "Reported error:\t554 5.7.1 <leo@shop.example>: Relay access denied",
          "Jan  5 09:00:00 mail postfix/smtp[1234]: 4F2A91C03: to=<leo@shop.example>, "
          "relay=mx1.shop.example[192.0.2.25]:25, dsn=5.7.1, status=bounced (host "
          "mx1.shop.example[192.0.2.25] "
          "said: 554 5.7.1 <leo@shop.example>: Relay access denied (in reply to RCPT TO command))"}) {
        INFO(window);
        NoticeRecipient const read = only_one_in(window);
        CHECK(read.words == denied);
        CHECK(read.address == "leo@shop.example");
    }
    NoticeRecipient const exim = only_one_in("2026-01-05 09:00:00 1abcDE-0001Xy-2Z ** leo@shop.example "
                                             "R=dnslookup T=remote_smtp H=mx1.shop.example "
                                             "[192.0.2.25]: SMTP error from remote mail server after RCPT "
                                             "TO:<leo@shop.example>: 550 relay not permitted");
    CHECK(exim.words == "550 relay not permitted");
    CHECK(exim.remote_server == "mx1.shop.example");
}

TEST_CASE("a log says whether somebody tries again") {
    NoticeRecipient const waiting = only_one_in(
        "Jan  5 09:00:00 mail postfix/smtp[1234]: 4F2A91C03: to=<leo@shop.example>, relay=none, dsn=4.4.1, "
        "status=deferred (connect to mx1.shop.example[192.0.2.25]:25: Connection timed out)");
    CHECK(waiting.action == "delayed");
    CHECK(waiting.words == "connect to mx1.shop.example[192.0.2.25]:25: Connection timed out");
    CHECK(waiting.remote_server == "mx1.shop.example");
}

TEST_CASE("who was not reached may stand in another line than the answer") {
    NoticeRecipient const read = only_one_in(
        "Your message wasn't delivered to leo@shop.example because the address couldn't be found.\n\n"
        "The response from the remote server was:\n"
        "550 5.1.1 The email account that you tried to reach does not exist.\n");
    CHECK(read.address == "leo@shop.example");
    CHECK(read.action == "failed");
    Notice const online =
        read_notice("Your message to leo@shop.example couldn't be delivered.\n"
                    "Error Details\n"
                    "Reported error:\t550 5.1.10 RESOLVER.ADR.RecipientNotFound; not found\n"
                    "DSN generated by:\tmail.isp.example\n");
    CHECK(online.letter);
    CHECK(online.reporting_server == "mail.isp.example");
    CHECK(online.recipients.front().address == "leo@shop.example");
    Notice const german =
        read_notice("Fehler bei der Nachrichtenzustellung an folgende Empf\xc3\xa4nger oder "
                    "Gruppen:\n\nleo@shop.example\n\nGenerierender Server: mail.isp.example\n\n"
                    "leo@shop.example\nRemote Server returned '550 5.1.1 User unknown'\n");
    CHECK(german.reporting_server == "mail.isp.example");
    CHECK(german.recipients.front().words == "550 5.1.1 User unknown");
}

TEST_CASE(
    "a server that does not like its caller, the line or the contents is told from an unknown recipient") {
    auto const cause = [](std::string_view words) { return recognise(words).causes.front(); };
    CHECK(cause("504 5.5.2 <laptop>: Helo command rejected: need fully-qualified hostname") ==
          Cause::bad_helo);
    CHECK(cause("450 4.7.1 <laptop.local>: Helo command rejected: Host not found") == Cause::bad_helo);
    CHECK(cause("550 Access denied - Invalid HELO name") == Cause::bad_helo);
    CHECK(cause("554 5.7.1 <mail.isp.example[203.0.113.9]>: Client host rejected: Access denied") ==
          Cause::client_refused);
    CHECK(cause("450 4.7.1 Client host rejected: cannot find your hostname, [203.0.113.9]") ==
          Cause::client_nameless);
    CHECK(cause("530 5.7.0 Must issue a STARTTLS command first") == Cause::no_encryption);
    CHECK(cause("TLS is required, but was not offered by host mx1.shop.example[192.0.2.25]") ==
          Cause::no_encryption);
    CHECK(
        cause(
            "552 5.7.0 This message was blocked because its content presents a potential security issue.") ==
        Cause::content_refused);
    CHECK(cause("550 5.7.1 Message contains a virus: Eicar-Test-Signature") == Cause::content_refused);
    CHECK(cause("554 5.6.0 Message contains invalid header") == Cause::content_refused);
    CHECK(cause("550 5.2.1 The email account that you tried to reach is disabled.") == Cause::mailbox_closed);
    CHECK(cause("421-4.7.28 An unusual rate of unsolicited mail: temporarily rate limited.") ==
          Cause::mail_flood);
    CHECK(cause("534-5.7.9 Application-specific password required.") == Cause::login_failed);
    CHECK(cause("conversation with mx1.shop.example[192.0.2.25] timed out while receiving the initial server "
                "greeting") == Cause::unreachable);
}

TEST_CASE("a warning that is about something to mend does not say that nobody has to") {
    Notice const notice =
        read_notice("This is the mail system at host mail.isp.example.\n\n"
                    "# THIS IS A WARNING ONLY.  YOU DO NOT NEED TO RESEND YOUR MESSAGE. #\n\n"
                    "<leo@shop.example>: host mx1.shop.example[192.0.2.25] said: 450 4.7.1 "
                    "Client host\n    rejected: cannot find your hostname, [203.0.113.9]\n");
    auto const counsels = counsel_on(notice, notice.recipients.front(), Cause::client_nameless);
    REQUIRE(counsels.size() > 1);
    for (Counsel const& counsel : counsels)
        CHECK(counsel.who != "nobody");
    CHECK(counsels.front().what.ends_with("a try goes through only when this is mended:"));
    CHECK(counsel_on(notice, notice.recipients.front(), Cause::greylisted).size() == 1);
}

TEST_CASE("who is told to make room is told whether the message comes by itself then") {
    auto const advice = [](std::string const& words) {
        Notice const notice = read_notice(words);
        return counsel_on(notice, notice.recipients.front(), Cause::mailbox_full).front().what;
    };
    CHECK(advice("452 4.2.2 <leo@shop.example>: mailbox is full").find("sent again") == std::string::npos);
    CHECK(advice("552 5.2.2 <leo@shop.example>: mailbox is full").find("sent again") != std::string::npos);
}

TEST_CASE("words that nobody knows are no reason of that name") {
    Notice const notice = read_notice("554 5.0.0 So it is");
    CHECK(account_of(notice, notice.recipients.front(), Cause::unknown) ==
          "A server did not take the message.");
}

TEST_CASE("what providers of today say is known by a phrase, where the codes would mislead") {
    auto const cause = [](std::string_view words) { return recognise(words).causes.front(); };
    CHECK(
        cause(
            "550 5.7.515 Access denied, sending domain isp.example doesn't meet the required authentication "
            "level.") == Cause::sender_not_proved);
    CHECK(cause("550 5.7.708 Service unavailable. Access denied, traffic not accepted from this IP.") ==
          Cause::client_refused);
    CHECK(cause("421 4.7.0 Try again later, closing connection.") == Cause::too_busy);
    CHECK(cause("450 4.2.1 The user you are trying to contact is receiving mail too quickly.") ==
          Cause::too_busy);
    CHECK(cause("451 4.7.500 Server busy. Please try again later.") == Cause::too_busy);
    CHECK(cause("550 5.4.310 DNS domain shpo.example does not exist [Message=InfoDomainNonexistent]") ==
          Cause::no_such_domain);
    CHECK(cause("550 Mail server for shop.example unreachable for too long") == Cause::expired);
    CHECK(cause("Command died with status 127") == Cause::server_trouble);
    CHECK(cause("554 5.7.1 : Recipient address rejected: Policy Rejection") == Cause::not_allowed);
    CHECK(cause("550 Administrative prohibition") == Cause::not_allowed);
    CHECK(cause("571 Delivery not authorized, message refused") == Cause::not_allowed);
    CHECK(cause("553 5.5.4 <maya@isp>... Domain name required for sender address maya@isp") ==
          Cause::bad_sender);
    CHECK(cause("454 4.7.0 TLS not available due to local problem") == Cause::server_trouble);
    CHECK(cause("SMTP Error: Could not authenticate.") == Cause::login_failed);
    CHECK(cause("Connection to server timed out") == Cause::unreachable);
}

TEST_CASE("a pasted letter is read with its encoded words decoded") {
    Notice const notice =
        read_notice("Reporting-MTA: dns; mail.isp.example\n\n"
                    "Final-Recipient: rfc822; leo@shop.example\nAction: failed\nStatus: 5.1.1\n"
                    "Diagnostic-Code: smtp; =?utf-8?B?NTUwIDUuMS4xIEJlbsO8dHplcg==?=\n"
                    "    =?utf-8?Q?_unbekannt?=\n");
    REQUIRE(notice.recipients.size() == 1);
    CHECK(notice.recipients.front().words == "550 5.1.1 Benützer unbekannt");
}

TEST_CASE("lines that end with CR alone are lines") {
    CHECK(plain_lines("a\rb\r") == Lines{"a", "b"});
}
