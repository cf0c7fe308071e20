// What people paste: whole letters, halves of them, single lines, and things that are none.
#include "bounce/meaning.hpp"
#include "bounce/notice.hpp"
#include "catch.hpp"

using namespace mailflow;

namespace {

constexpr char const* letter = R"(This is the mail system at host mail.isp.example.

I'm sorry to have to inform you that your message could not
be delivered to one or more recipients. It's attached below.

<leo@shop.example> (expanded from <sales@club.example>): host
    mx1.shop.example[203.0.113.33] said: 554 5.7.1 <leo@shop.example>: Relay
    access denied (in reply to RCPT TO command)

Reporting-MTA: dns; mail.isp.example
Arrival-Date: Mon, 05 Jan 2026 09:00:00 +0000 (UTC)

Final-Recipient: rfc822; leo@shop.example
Original-Recipient: rfc822;sales@club.example
Action: failed
Status: 5.7.1
Remote-MTA: dns; mx1.shop.example
Diagnostic-Code: smtp; 554 5.7.1 <leo@shop.example>: Relay
    access denied

From: maya@isp.example
Subject: My order
)";

std::string with_before_each_line(std::string const& mark, std::string const& text, std::string const& end) {
    std::string marked = mark;
    for (char const c : text)
        marked += c == '\n' ? end + "\n" + mark : std::string{c};
    return marked;
}

void check_letter(std::string const& text) {
    Notice const notice = read_notice(text);
    CHECK(notice.reporting_server == "mail.isp.example");
    REQUIRE(notice.recipients.size() == 1);
    NoticeRecipient const& recipient = notice.recipients.front();
    CHECK(recipient.address == "leo@shop.example");
    CHECK(recipient.written_to == "sales@club.example");
    CHECK(recipient.action == "failed");
    CHECK(recipient.status == EnhancedCode{5, 7, 1});
    CHECK(recipient.remote_server == "mx1.shop.example");
    CHECK(recipient.remote_address == "203.0.113.33");
    CHECK(recipient.words == "554 5.7.1 <leo@shop.example>: Relay access denied");
}

} // namespace

TEST_CASE("a letter is read however it came through the clipboard") {
    check_letter(letter);
    check_letter(with_before_each_line("> ", letter, ""));
    check_letter(with_before_each_line("", letter, "\r"));
    check_letter(with_before_each_line("      ", letter, ""));
}

TEST_CASE("a folded line that begins with the recipient's address tells of no other recipient") {
    std::string const folded = "<leo@shop.example>: host mx1.shop.example[203.0.113.9] said: 554 5.7.1\n"
                               "    <leo@shop.example>: Relay access denied (in reply to RCPT TO command)\n"
                               "<ann@shop.example>: host mx1.shop.example[203.0.113.9] said: 550 5.1.1\n"
                               "    <ann@shop.example>: Recipient address rejected: User unknown in local\n"
                               "    recipient table (in reply to RCPT TO command)\n";
    std::string unindented = folded; // as some clipboards leave it
    for (std::size_t at = unindented.find("\n "); at != std::string::npos; at = unindented.find("\n "))
        unindented.erase(at + 1, 1);
    for (std::string const& text : {folded, with_before_each_line("> ", folded, ""),
                                    with_before_each_line("      ", folded, ""), unindented}) {
        INFO(text);
        Notice const notice = read_notice(text);
        REQUIRE(notice.recipients.size() == 2);
        NoticeRecipient const& leo = notice.recipients.front();
        CHECK(leo.address == "leo@shop.example");
        CHECK(leo.remote_server == "mx1.shop.example");
        CHECK(leo.remote_address == "203.0.113.9");
        CHECK(leo.words == "554 5.7.1 <leo@shop.example>: Relay access denied");
        CHECK(notice.recipients.back().words == "550 5.1.1 <ann@shop.example>: Recipient address rejected: "
                                                "User unknown in local recipient table");
    }
}

TEST_CASE("what qmail says after the other server's answer is no part of it") {
    Notice const notice = read_notice("Hi. This is the qmail-send program at mail.isp.example.\n\n"
                                      "<leo@shop.example>:\n203.0.113.61 does not like recipient.\n"
                                      "Remote host said: 550 5.7.1 <leo@shop.example>... Relaying denied\n"
                                      "Giving up on 203.0.113.61.\n");
    REQUIRE(notice.recipients.size() == 1);
    CHECK(notice.recipients.front().remote_address == "203.0.113.61");
    CHECK(notice.recipients.front().words == "550 5.7.1 <leo@shop.example>... Relaying denied");
}

TEST_CASE("the part for programs is enough") {
    std::string const text = letter;
    Notice const notice = read_notice(text.substr(text.find("Reporting-MTA")));
    REQUIRE(notice.recipients.size() == 1);
    CHECK(notice.recipients.front().words == "554 5.7.1 <leo@shop.example>: Relay access denied");
    CHECK(notice.fields.size() == 2);
    CHECK(notice.recipients.front().fields.size() == 6);
}

TEST_CASE("each recipient of a letter has its own words") {
    Notice const notice =
        read_notice("Reporting-MTA: dns; mail.isp.example\n\n"
                    "Final-Recipient: rfc822; a@shop.example\nAction: failed\nStatus: 5.1.1\n"
                    "Diagnostic-Code: smtp; 550 5.1.1 no such user\n\n"
                    "Final-Recipient: rfc822; b@club.example\nAction: delayed\nStatus: 4.4.1\n");
    REQUIRE(notice.recipients.size() == 2);
    CHECK(notice.recipients[0].words == "550 5.1.1 no such user");
    CHECK(notice.recipients[1].action == "delayed");
    CHECK(notice.recipients[1].words == "");
}

TEST_CASE("a line out of a window is read for its reply") {
    Notice const notice =
        read_notice("The message could not be sent. The server says:\n"
                    "554 5.7.1 <leo@shop.example>: Relay access denied\nCheck your settings.");
    CHECK_FALSE(notice.letter);
    REQUIRE(notice.recipients.size() == 1);
    CHECK(notice.recipients.front().address == "leo@shop.example");
    CHECK(notice.recipients.front().words == "554 5.7.1 <leo@shop.example>: Relay access denied");
    CHECK(read_notice("Relaying denied").recipients.size() == 1);
}

TEST_CASE("a reply of several lines is one answer") {
    Notice const notice = read_notice("550-5.1.1 The account that you tried to reach does not exist.\n"
                                      "550-5.1.1 Check the address\n550 5.1.1 for typing errors.\n550 other");
    REQUIRE(notice.recipients.size() == 1);
    CHECK(notice.recipients.front().words ==
          "550 5.1.1 The account that you tried to reach does not exist. Check "
          "the address for typing errors.");
}

TEST_CASE("the sender's address is not taken for the recipient's") {
    for (std::string const line :
         {"553 5.7.1 <maya@isp.example>: Sender address rejected: not owned by user leo",
          "<maya@isp.example>: Sender address rejected: Access denied"}) {
        Notice const notice = read_notice(line);
        REQUIRE(notice.recipients.size() == 1);
        CHECK(notice.recipients.front().address.empty());
        CHECK(notice.recipients.front().words == line);
        std::vector<Counsel> const counsels =
            counsel_on(notice, notice.recipients.front(), Cause::sender_not_allowed);
        CHECK(counsels.front().who == "you");
        CHECK(counsels.front().what.find("log in") != std::string::npos);
    }
}

TEST_CASE("sentences are whole where the recipient is not known") {
    auto const counsel = [](std::string const& line, Cause cause) {
        Notice const notice = read_notice(line);
        return counsel_on(notice, notice.recipients.front(), cause).front();
    };
    CHECK(counsel("552-5.2.2 The email account that you tried to reach is over quota.", Cause::mailbox_full)
              .who == "whoever owns the mailbox");
    CHECK(counsel("556 5.1.10 Host does not accept mail: MX 0 .", Cause::null_mx)
              .what.starts_with("In the DNS the recipient's domain says that it takes no mail at all."));
    CHECK(counsel("550 5.1.1 User unknown", Cause::unknown_user)
              .what.starts_with("Nobody of that name has a mailbox at the recipient's domain."));
    CHECK(counsel("550 5.1.2 Host unknown", Cause::no_such_domain)
              .what.starts_with("In the DNS there is no entry for the recipient's domain, "));
}

TEST_CASE("a bare answer that says not now is told as such") {
    Notice const notice = read_notice("450 4.7.1 Client host rejected: cannot find your hostname");
    CHECK(account_of(notice, notice.recipients.front(), Cause::client_nameless).find("not now") !=
          std::string::npos);
    Notice const final = read_notice("550 5.1.1 <lea@shop.example>: User unknown");
    CHECK(account_of(final, final.recipients.front(), Cause::unknown_user).find("not now") ==
          std::string::npos);
}

TEST_CASE("what is no bounce has no recipients") {
    CHECK(read_notice("").recipients.empty());
    CHECK(read_notice("Dear Leo,\n\nthank you for the flowers.\n\nMaya\n").recipients.empty());
    CHECK(read_notice(std::string(100'000, '\0')).recipients.empty());
    CHECK(read_notice(std::string(3'000'000, 'x')).recipients.empty());
}

TEST_CASE("a letter that was cut anywhere is read without harm") {
    std::string const text = letter;
    std::size_t understood = 0;
    for (std::size_t length = 0; length <= text.size(); ++length)
        for (NoticeRecipient const& recipient : read_notice(text.substr(0, length)).recipients) {
            auto const found = recognise(recipient.words, recipient.status);
            understood += !found.causes.empty() && found.causes.front() == Cause::relay_denied ? 1 : 0;
            CHECK_FALSE(counsel_on(read_notice(text), recipient, Cause::unknown).empty());
        }
    CHECK(understood > text.size() / 3); // "Relay access denied" ends about there for the first time
}

TEST_CASE("of absurdly many recipients the first thousand are read") {
    std::string text = "Reporting-MTA: dns; mail.isp.example\n";
    for (int i = 0; i < 3000; ++i)
        text += "\nFinal-Recipient: rfc822; user" + std::to_string(i) + "@shop.example\nAction: failed\n";
    CHECK(read_notice(text).recipients.size() == 1000);
}

TEST_CASE("every field of a letter is told in plain words") {
    CHECK(meaning_of({"Action", "failed"}) == "it is over: nobody tries again");
    CHECK(meaning_of({"Status", "5.7.1"}) == "5: for good; 7.1: not allowed to send that, there");
    CHECK(meaning_of({"Status", "4.9.9 (odd)"}) == "4: not now, perhaps later; 9.9: no more is said");
    CHECK(meaning_of({"Status", "5.1.8"}) == "5: for good; 1.8: the sender's domain is not valid");
    CHECK(meaning_of({"Remote-MTA", "dns; gone.example"}).find("was to be called") != std::string::npos);
    CHECK(meaning_of({"status", "2.0.0"}) == "2: done; 0.0: no more is said");
    CHECK(meaning_of({"X-Unheard-Of", "yes"}) == "");
    Notice const notice = read_notice(letter);
    for (NoticeField const& field : notice.recipients.front().fields)
        CHECK_FALSE(meaning_of(field).empty());
}

TEST_CASE("every cause has a culprit, and relaying denied to a server is no business of the writer") {
    Notice const notice = read_notice(letter);
    NoticeRecipient const& recipient = notice.recipients.front();
    for (std::size_t i = 0; i < cause_names.size(); ++i) {
        auto const counsels = counsel_on(notice, recipient, static_cast<Cause>(i));
        REQUIRE_FALSE(counsels.empty());
        for (Counsel const& counsel : counsels)
            CHECK_FALSE((counsel.who.empty() || counsel.what.empty()));
        CHECK_FALSE(account_of(notice, recipient, static_cast<Cause>(i)).empty());
    }
    CHECK(counsel_on(notice, recipient, Cause::relay_denied).front().who ==
          "the postmaster of mx1.shop.example");
    Notice const window = read_notice("554 5.7.1 <leo@shop.example>: Relay access denied");
    CHECK(counsel_on(window, window.recipients.front(), Cause::relay_denied).front().who == "you");
}

TEST_CASE("a forwarding that comes back is told from servers that send mail in a circle") {
    auto const first_counsel = [](std::string const& words) {
        Notice const notice = read_notice(words);
        REQUIRE(notice.recipients.size() == 1);
        return counsel_on(notice, notice.recipients.front(), Cause::mail_loop).front();
    };
    CHECK(first_counsel("mail forwarding loop for leo@club.example").who ==
          "whoever owns the mailbox of leo@club.example");
    CHECK(first_counsel("This message is looping: it already has my Delivered-To line. (#5.4.6)")
              .what.find("is sent back") != std::string::npos);
    CHECK(first_counsel("554 5.4.0 Error: too many hops").who == "the postmaster of the server that said it");
}
