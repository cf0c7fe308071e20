// What letters say of broken lines, of 421, of several recipients and of replies without enhanced codes: as
// the real programs wrote them, measured.
#include "told.hpp"

#include "base/text.hpp"
#include "report/letter.hpp"
#include "report/words/words.hpp"

#include <fmt/format.h>

using namespace mailflow;

namespace {

struct Letters {
    std::string human;
    std::string fields; // of all recipients
    std::string text;   // of the whole letter
};

/// The only letter of Maya's provider, which gives up after two minutes and warns nobody, about mail for
/// the shop.
Letters about(std::string const& software, std::string const& answers, std::string const& extra = "",
              std::string const& to = R"("leo@shop.example")") {
    World const world = world_of(fmt::format(R"({{ "format": 1,
      "networks": {{ "isp": {{ "range": "192.0.2.0/24" }}, "shop": {{ "range": "203.0.113.0/24" }} }},
      "servers": {{
        "mail.isp.example": {{ "network": "isp", "handles": ["isp.example"], "mailboxes": ["maya"],
          "software": "{}", "retry": {{ "first": "1m", "most": "1m", "give_up": "100s" }} }},
        "mx1.shop.example": {{ "network": "shop", "handles": ["shop.example"], "answers": {{ {} }} {} }} }},
      "people": {{ "maya": {{ "name": "Maya", "address": "maya@isp.example" }} }},
      "mail": [ {{ "id": "it", "from": "maya", "to": [{}], "subject": "Hello", "size": "4kB" }} ] }})",
                                             software, answers, extra, to));
    Trace const trace = run(world);
    REQUIRE(trace.messages.size() == 2);
    Letter const letter = letter_of(world, trace, MessageId{1});
    std::string fields;
    for (std::vector<Field> const& group : letter.per_recipient)
        for (Field const& field : group)
            fields += fmt::format("{}: {}\n", field.name, field.value);
    return {letter.human, fields, to_text(letter)};
}

constexpr char const* three = R"("a@shop.example", "b@shop.example", "c@shop.example")";

} // namespace

TEST_CASE("Sendmail says that it could not read, and its reason depends on where the line broke") {
    std::string const unread = "451 4.4.1 reply: read error from mx1.shop.example.\n<leo@shop.example>... ";
    std::string const reset = "Connection reset by mx1.shop.example.";
    Letters const greeting = about("sendmail", R"("greeting": "drop")");
    CHECK(contains(greeting.human, unread + "Deferred: " + reset + "\n"));
    CHECK_FALSE(contains(greeting.human, "(reason:"));
    CHECK_FALSE(contains(greeting.fields, "Remote-MTA"));
    Letters const mail = about("sendmail", R"("mail": "drop")");
    CHECK(contains(mail.human, unread + "Deferred\n"));
    CHECK_FALSE(contains(mail.fields, "Remote-MTA"));
    Letters const rcpt = about("sendmail", R"("rcpt": "drop")");
    CHECK(contains(rcpt.human, unread + "Deferred\n"));
    CHECK(contains(rcpt.fields, "Remote-MTA: DNS; mx1.shop.example\n"
                                "Diagnostic-Code: SMTP; 421 4.4.1 " +
                                    reset + "\n"));
    Letters const content = about("sendmail", R"("content": "drop")");
    CHECK(contains(content.human, "(reason: 451 4.4.1 reply: read error from mx1.shop.example.)\n"));
}

TEST_CASE("Sendmail forgets the words of a server that says 421 and hangs up") {
    Letters const greeting = about("sendmail", R"("greeting": "421 4.3.2 closing")");
    CHECK(contains(greeting.human, "    (reason: )\n"));
    CHECK(contains(greeting.human,
                   "<<< 421 4.3.2 closing\n<leo@shop.example>... Deferred: 421 4.3.2 closing\n"));
    CHECK_FALSE(contains(greeting.fields, "Remote-MTA"));
    Letters const mail = about("sendmail", R"("mail": "421 4.3.2 closing")");
    CHECK_FALSE(contains(mail.human, "(reason:"));
    CHECK(contains(mail.human, "<<< 421 4.3.2 closing\n"
                               "<leo@shop.example>... Deferred: Connection reset by mx1.shop.example.\n"));
    Letters const rcpt = about("sendmail", R"("rcpt": "421 4.3.2 closing")");
    CHECK(contains(rcpt.human, ">>> DATA\n<<< 421 4.3.2 closing\n"
                               "<leo@shop.example>... Deferred: Connection reset by mx1.shop.example.\n"
                               "Message could not be delivered for 1 minute, 40 seconds\n"));
    CHECK(contains(rcpt.fields, "Diagnostic-Code: SMTP; \n"));
}

TEST_CASE("Sendmail tells of all recipients of a session under one heading, the last first") {
    Letters const letters = about("sendmail", R"("rcpt": "550 5.1.1 no")", "", three);
    CHECK(contains(letters.human, "... while talking to mx1.shop.example.:\n>>> DATA\n"
                                  "<<< 550 5.1.1 no\n550 5.1.1 <c@shop.example>... User unknown\n"
                                  "<<< 550 5.1.1 no\n550 5.1.1 <b@shop.example>... User unknown\n"
                                  "<<< 550 5.1.1 no\n550 5.1.1 <a@shop.example>... User unknown\n"
                                  "<<< 554 5.5.1 Error: no valid recipients\n"));
    CHECK(contains(letters.human, "<a@shop.example>\n    (reason: 550 5.1.1 no)\n<b@shop.example>\n"));
}

TEST_CASE("Sendmail does not send DATA ahead where PIPELINING is not offered") {
    Letters const letters = about("sendmail", R"("rcpt": "550 5.1.1 no")", R"(, "software": "opensmtpd")");
    CHECK(contains(letters.human, ">>> RCPT To:<leo@shop.example>\n<<< 550 5.1.1 no\n"
                                  "550 5.1.1 <leo@shop.example>... User unknown\n"));
    CHECK_FALSE(contains(letters.human, "DATA"));
}

TEST_CASE("Sendmail makes a status of a reply to RCPT that has no enhanced code") {
    CHECK(contains(about("sendmail", R"("rcpt": "550 no")").fields, "Status: 5.1.1\n"));
    CHECK(contains(about("sendmail", R"("rcpt": "552 full")").fields, "Status: 5.2.2\n"));
    CHECK(contains(about("sendmail", R"("rcpt": "554 no")").fields, "Status: 5.0.0\n"));
    CHECK(contains(about("sendmail", R"("mail": "550 no")").fields, "Status: 5.0.0\n"));
    CHECK(contains(about("sendmail", R"("content": "550 no")").fields, "Status: 5.2.0\n"));
}

TEST_CASE("Exim gives up without a word of what it found out, and with those of the other server") {
    std::string const host = "    host mx1.shop.example [203.0.113.1]\n";
    Letters const lost = about("exim", R"("greeting": "drop")");
    CHECK(contains(lost.human, "failed:\n\n  leo@shop.example\n" + host + "    retry timeout exceeded\n"));
    CHECK(contains(lost.fields, "Remote-MTA: dns; mx1.shop.example\n"));
    Letters const down = about("exim", "", R"(, "up": false)");
    CHECK(contains(down.human, "failed:\n\n  leo@shop.example\n    retry timeout exceeded\n"));
    Letters const busy = about("exim", R"("rcpt": "450 4.2.1 busy")");
    CHECK(contains(busy.human, "    450 4.2.1 busy: retry timeout exceeded\n"));
    CHECK(contains(busy.fields, "Diagnostic-Code: smtp; 450 4.2.1 busy: retry timeout exceeded\n"));
}

TEST_CASE("Exim tells of several recipients from the last to the first, and of their fields the other way") {
    Letters const refused = about("exim", R"("rcpt": "550 5.1.1 no")", "", three);
    CHECK(contains(refused.text,
                   "X-Failed-Recipients: c@shop.example,\n  b@shop.example,\n  a@shop.example\n"));
    CHECK(contains(refused.human, "<c@shop.example>:\n    550 5.1.1 no\n  b@shop.example\n"));
    CHECK(refused.fields.find("rfc822;a@") < refused.fields.find("rfc822;c@"));
    Letters const waited = about("exim", R"("rcpt": "450 4.2.1 busy")", "", three);
    CHECK(contains(waited.human, "<a@shop.example>:\n    450 4.2.1 busy: retry timeout exceeded\n"
                                 "  b@shop.example\n"));
    CHECK(waited.fields.find("rfc822;c@") < waited.fields.find("rfc822;a@"));
}

TEST_CASE("Postfix leaves a line between recipients, and sorts them") {
    Letters const letters =
        about("postfix", R"("rcpt": "550 5.1.1 no")", "", R"("b@shop.example", "a@shop.example")");
    CHECK(contains(letters.human, " command)\n\n<b@shop.example>: host "));
}

TEST_CASE("what Postfix puts off without a try has the words of the try that failed, and says so") {
    std::string mail;
    for (int i = 0; i < 30; ++i)
        mail += std::string{i == 0 ? "" : ", "} + R"({ "from": "maya", "to": ["leo@shop.example"] })";
    World const world = world_of(fmt::format(R"({{ "format": 1, "until": "1m",
      "networks": {{ "shop": {{ "range": "203.0.113.0/24" }} }},
      "servers": {{
        "mail.isp.example": {{ "handles": ["isp.example"], "mailboxes": ["maya"] }},
        "mx1.shop.example": {{ "network": "shop", "handles": ["shop.example"], "up": false }} }},
      "people": {{ "maya": {{ "address": "maya@isp.example" }} }},
      "mail": [ {} ] }})",
                                             mail));
    Trace const trace = run(world);
    TraceIndex const index = index_of(world, trace);
    REQUIRE(trace.deferrals.size() == 30);
    std::string const trouble = "connect to mx1.shop.example[203.0.113.1]:25: Connection refused";
    std::size_t suspended = 0;
    for (std::uint32_t i = 0; i < 30; ++i) {
        std::string const words = reply_of(world, trace, index, DeferralId{i}).lines.front();
        CHECK((words == trouble || words == "delivery temporarily suspended: " + trouble));
        suspended += words == trouble ? 0 : 1;
    }
    CHECK(suspended == 10); // twenty were tried together
}

TEST_CASE("what is returned has names in quotes where they need them, and lines that fit") {
    auto const returned = [](std::string const& name, std::string const& subject) {
        World const world = world_of(fmt::format(R"({{ "format": 1,
          "servers": {{ "mail.isp.example": {{ "handles": ["isp.example"], "mailboxes": ["maya"] }},
                        "mx1.shop.example": {{ "handles": ["shop.example"], "mailboxes": [] }} }},
          "people": {{ "maya": {{ "name": "{}", "address": "maya@isp.example" }} }},
          "mail": [ {{ "from": "maya", "to": ["leo@shop.example"], "subject": "{}" }} ] }})",
                                                 name, subject));
        std::string const text = to_text(letter_of(world, run(world), MessageId{1}));
        return text.substr(text.find("\nReceived: "));
    };
    auto const longest_line = [](std::string_view text) {
        std::size_t longest = 0;
        for (std::size_t end = text.find('\n'); end != std::string_view::npos; end = text.find('\n')) {
            longest = std::max(longest, end);
            text.remove_prefix(end + 1);
        }
        return longest;
    };
    CHECK(contains(returned("Maya O'Hara", "Hello"), "\nFrom: Maya O'Hara <maya@isp.example>\n"));
    CHECK(contains(returned(R"(Maya, the \"boss\")", "Hello"),
                   R"(From: "Maya, the \"boss\"" <maya@isp.example>)"));
    CHECK(contains(returned("Maya J.", "Hello"), R"(From: "Maya J." <maya@isp.example>)"));

    std::string words;
    for (int n = 100; n < 300; ++n)
        words += fmt::format("{} ", n);
    words.pop_back();
    std::string const folded = returned(words, words);
    CHECK(longest_line(folded) <= 78);
    CHECK(contains(folded, "Subject: 100 101 "));
    CHECK(contains(in_one_line(folded), "Subject: " + words + " "));
    CHECK(contains(in_one_line(folded), "From: " + words + " <maya@isp.example> "));

    std::string const endless(1000, 'x');
    CHECK(longest_line(returned(endless, endless)) <= 78);
    CHECK(longest_line(returned(endless.substr(1) + "é", "Hello")) <= 78);
}
