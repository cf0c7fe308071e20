// The letters of the softwares that no record tells of (qmail, Exchange), and how each letter is put
// together.
#include "told.hpp"

#include "base/text.hpp"
#include "mail/queue_id.hpp"
#include "report/csv.hpp"
#include "report/json_report.hpp"
#include "report/letter.hpp"
#include "report/story/story.hpp"
#include "report/words/words.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>

using namespace mailflow;

namespace {

/// The only letter that Maya's provider writes when the shop behaves so.
struct Written {
    World world;
    Trace trace;
    Letter letter;

    [[nodiscard]] std::string value(std::string_view name) const {
        for (Field const& field : letter.per_recipient.at(0))
            if (field.name == name)
                return field.value;
        return "(none)";
    }
};

Written written_by(Software software, std::string const& shop, std::string const& provider = "",
                   std::string const& dns = "") {
    World world = world_of(
        fmt::format(R"({{ "format": 1, "networks": {{ "isp": {{}}, "shop": {{ "range": "203.0.113.0/24" }} }},
      "servers": {{
        "mail.isp.example": {{ "network": "isp", "handles": ["isp.example"], "mailboxes": ["maya"] {} }},
        "mx1.shop.example": {{ "network": "shop", "handles": ["shop.example"] {} }} }},
      "people": {{ "maya": {{ "name": "Maya", "address": "maya@isp.example" }} }},
      "dns": {{ {} }},
      "mail": [ {{ "id": "it", "from": "maya", "to": ["leo@shop.example"], "subject": "Hello" }} ] }})",
                    provider, shop, dns));
    for (Server& server : world.servers)
        if (world.hosts[server.host].name == "mail.isp.example")
            server.policy.software = software;
    Trace trace = run(world);
    REQUIRE(trace.messages.size() == 2);
    Letter letter = letter_of(world, trace, MessageId{1});
    return {std::move(world), std::move(trace), std::move(letter)};
}

constexpr char const* refuses = R"(, "answers": { "rcpt": "550 5.7.1 <{address}>... Relaying denied" })";
constexpr char const* is_down = R"(, "up": false)";
constexpr char const* impatient = R"(, "retry": { "first": "1m", "most": "1m", "give_up": "3m" })";

} // namespace

TEST_CASE("qmail writes one text without MIME, in the first person") {
    Written const written = written_by(Software::qmail, refuses);
    std::string const address = to_text(written.world.hosts[written.world.servers[ServerId{1}].host].address);
    CHECK(contains(to_text(written.letter),
                   "Subject: failure notice\n\n"
                   "Hi. This is the qmail-send program at mail.isp.example.\n"
                   "I'm afraid I wasn't able to deliver your message to the following addresses.\n"
                   "This is a permanent error; I've given up. Sorry it didn't work out.\n\n"
                   "<leo@shop.example>:\n" +
                       address + " does not like recipient.\n" +
                       "Remote host said: 550 5.7.1 <leo@shop.example>... Relaying denied\n"
                       "Giving up on " +
                       address +
                       ".\n\n--- Below this line is a copy of the message.\n\n"
                       "Return-Path: <maya@isp.example>\n"));
    CHECK_FALSE(contains(to_text(written.letter), "Content-Type"));
    CHECK(written.letter.per_recipient.empty());
    CHECK(contains(to_text(written_by(Software::qmail, is_down, impatient).letter),
                   "Sorry, I wasn't able to establish an SMTP connection. (#4.4.1)\n"
                   "I'm not going to try again; this message has been in the queue too long.\n"));
}

TEST_CASE("what qmail finds out stands on two lines in its letter, and on one in every table") {
    World const world = world_of(R"({ "format": 1,
      "servers": { "mail.isp.example": { "handles": ["isp.example"], "mailboxes": ["maya"],
                                         "software": "qmail" } },
      "people": { "maya": { "name": "Maya", "address": "maya@isp.example" } },
      "dns": { "shop.example": { "mx": [ { "host": "mail.isp.example" } ] } },
      "mail": [ { "id": "it", "from": "maya", "to": ["leo@shop.example"] } ] })");
    Trace const trace = run(world);
    std::string const one_line = "as a best-preference MX or A for that host, it isn't in my control/locals";
    CHECK(
        contains(to_text(letter_of(world, trace, MessageId{1})), "MX or A for that host,\nit isn't in my "));
    std::string const csv = report_csv(world, trace);
    CHECK(std::count(csv.begin(), csv.end(), '\n') == 2); // the header and the only recipient
    CHECK(contains(csv, one_line));
    auto const report = nlohmann::json::parse(report_json(world, trace));
    CHECK(contains(report["messages"][0]["reply"].get<std::string>(), one_line));
}

TEST_CASE("Exchange explains in plain words first, and quotes the reply for administrators") {
    Written const written = written_by(Software::exchange, refuses);
    CHECK(contains(written.letter.human,
                   "Delivery has failed to these recipients or groups:\n\nleo@shop.example\n"));
    CHECK(contains(written.letter.human, "permission or security issue"));
    CHECK(contains(written.letter.human,
                   "Diagnostic information for administrators:\n\nGenerating server: mail.isp.example\n"));
    CHECK(contains(written.letter.human, "'550 5.7.1 <leo@shop.example>... Relaying denied'"));
    CHECK(written.value("Status") == "5.7.1");
    CHECK(contains(to_text(written.letter), "Subject: Undeliverable: Hello\n"));
}

TEST_CASE("a letter about a name with a route in it quotes the words that were said, and both addresses") {
    auto const written = [](std::string_view software) {
        World world = world_of(fmt::format(R"({{ "format": 1,
          "servers": {{
            "mail.isp.example": {{ "handles": ["isp.example"], "mailboxes": ["maya"], "software": "{}",
                                  "open_relay": true }},
            "mx1.shop.example": {{ "handles": ["shop.example"], "mailboxes": ["leo"] }} }},
          "people": {{ "maya": {{ "address": "maya@isp.example",
                                  "outgoing": {{ "authenticate": false }} }} }},
          "mail": [ {{ "id": "it", "from": "maya", "to": ["x%shop.example@isp.example"] }} ] }})",
                                           software));
        Trace trace = run(world);
        Letter letter = letter_of(world, trace, MessageId{1});
        return Written{std::move(world), std::move(trace), std::move(letter)};
    };
    Written const postfix = written("postfix");
    CHECK(postfix.value("Final-Recipient") == "rfc822; x@shop.example");
    CHECK(postfix.value("Original-Recipient") == "rfc822;x%shop.example@isp.example");
    CHECK(postfix.value("Diagnostic-Code").starts_with("smtp; 550 5.1.1 <x@shop.example>: "));
    Written const sendmail = written("sendmail");
    CHECK(sendmail.value("Final-Recipient") == "RFC822; x%shop.example@isp.example");
    CHECK(sendmail.value("X-Actual-Recipient") == "rfc822; x@shop.example");
    CHECK(contains(sendmail.letter.human, "<<< 550 5.1.1 <x@shop.example>: "));
    auto const report = nlohmann::json::parse(report_json(postfix.world, postfix.trace));
    CHECK(report["messages"][0]["to"] == "x%shop.example@isp.example");
    CHECK(report["messages"][0]["reply"].get<std::string>().starts_with("550 5.1.1 <x@shop.example>: "));
}

TEST_CASE("a letter has the Message-Id of its software, qmail's has none") {
    auto const id_of = [](Software software) {
        Written const written = written_by(software, refuses);
        for (Field const& field : written.letter.headers)
            if (lower_case(field.name) == "message-id")
                return field.value;
        return std::string{};
    };
    auto const own = [](Software software) { return queue_id(software, 1); }; // the first is Maya's message
    CHECK(id_of(Software::postfix) == "<20260105090000." + own(Software::postfix) + "@mail.isp.example>");
    CHECK(id_of(Software::sendmail) == "<202601050900." + own(Software::sendmail) + "@mail.isp.example>");
    CHECK(id_of(Software::exim) == "<E" + own(Software::exim) + "@mail.isp.example>");
    CHECK(id_of(Software::exchange) == "<" + own(Software::exchange) + "@mail.isp.example>");
    CHECK(id_of(Software::qmail).empty());
    std::string const drawn = id_of(Software::opensmtpd); // <0b7978123964bdc9@mail.isp.example>
    CHECK(drawn.size() == 1 + 16 + sizeof "@mail.isp.example>" - 1);
    CHECK(drawn.find_first_not_of("0123456789abcdef", 1) == 17);
}

TEST_CASE("Exim's letter refers to the message that it is about") {
    Written const written = written_by(Software::exim, refuses);
    std::vector<Field> const& header = written.letter.headers;
    REQUIRE(header.size() > 4);
    CHECK(header[3] == Field{"To", "maya@isp.example"});
    CHECK(header[4] == Field{"References", "<695b7d90.0@isp.example>"});
}

TEST_CASE("the copy that comes back has the lines of the servers on top, and the Message-ID of its writer") {
    Written const written = written_by(Software::postfix, refuses);
    std::vector<Field> const& header = written.letter.returned_headers;
    REQUIRE(header.size() == 6);
    CHECK(header[0].name == "Received");
    CHECK(contains(header[0].value,
                   "\n    by mail.isp.example (Postfix) with ESMTPSA id " + queue_id(Software::postfix, 0)));
    CHECK(header[1] == Field{"From", "Maya <maya@isp.example>"});
    CHECK(header[4] == Field{"Message-ID", "<695b7d90.0@isp.example>"});
    CHECK(header[5] == Field{"Date", "Mon, 05 Jan 2026 09:00:00 +0000"});
    CHECK(contains(to_text(written.letter), "\nReceived: from "));
}

TEST_CASE("no letter says that it is ASCII while it quotes other letters") {
    Written const written =
        written_by(Software::postfix, R"(, "answers": { "rcpt": "550 5.7.1 Adieu, mon ami: désolé" })");
    CHECK(contains(to_text(written.letter),
                   "Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n"));
    CHECK(contains(to_text(written_by(Software::postfix, refuses).letter), "charset=us-ascii\n\n"));
}

TEST_CASE("Exim's warning quotes the subject as the header has it") {
    World const world = world_of(R"({ "format": 1,
      "servers": { "mail.isp.example": { "handles": ["isp.example"], "mailboxes": ["maya"],
                                         "software": "exim", "retry": { "warn": "1h", "give_up": "5h" } },
                   "mx1.shop.example": { "handles": ["shop.example"], "up": false } },
      "people": { "maya": { "address": "maya@isp.example" } },
      "mail": [ { "id": "it", "from": "maya", "to": ["leo@shop.example"], "subject": "Grüße" } ] })");
    std::string const text = to_text(letter_of(world, run(world), MessageId{1}));
    CHECK(contains(text, "The subject of the message is: =?UTF-8?B?R3LDvMOfZQ==?=\n"));
    CHECK(contains(text, "charset=us-ascii"));
    CHECK(is_ascii(text));
}

TEST_CASE("what expires has each software's own status") {
    auto const status = [](Software software) {
        return written_by(software, is_down, impatient).value("Status");
    };
    CHECK(status(Software::postfix) == "4.4.1"); // the last trouble's
    CHECK(status(Software::exim) == "5.0.0");
    CHECK(status(Software::sendmail) == "4.4.7");
    CHECK(status(Software::opensmtpd) == "5.4.7");
    CHECK(status(Software::exchange) == "4.4.7");
}

TEST_CASE("a letter is put together as its software does") {
    std::string const postfix = to_text(written_by(Software::postfix, refuses).letter);
    CHECK(contains(postfix, "Content-Type: message/rfc822"));
    CHECK(contains(postfix, "[the message, 4000 octets]"));
    std::string const sendmail = to_text(written_by(Software::sendmail, refuses).letter);
    CHECK(contains(sendmail, "Content-Type: text/rfc822-headers"));
    CHECK_FALSE(contains(sendmail, "[the message"));
    std::string const opensmtpd = to_text(written_by(Software::opensmtpd, refuses).letter);
    CHECK(contains(opensmtpd, "Content-Type: multipart/mixed;boundary=\""));
    CHECK_FALSE(contains(opensmtpd, "Diagnostic-Code"));
    std::string const exim = to_text(written_by(Software::exim, refuses).letter);
    CHECK(contains(exim, "X-Failed-Recipients: leo@shop.example\n"));
    CHECK(contains(exim, "\nAction: failed\nFinal-Recipient: rfc822;leo@shop.example\nStatus: 5.0.0\n"));
    for (std::string const& text : {postfix, sendmail, opensmtpd, exim})
        CHECK(contains(text, "\nSubject: Hello\n"));
}

TEST_CASE("a header has the recipients of To, and letters beyond ASCII as encoded words") {
    World const world = world_of(R"({ "format": 1,
      "servers": { "mail.isp.example": { "handles": ["isp.example"], "mailboxes": ["maya", "noah"],
                                         "software": "exchange" },
                   "mx1.shop.example": { "handles": ["shop.example"], "mailboxes": ["leo"] } },
      "people": { "maya": { "name": "Mäya", "address": "maya@isp.example" } },
      "mail": [ { "from": "maya", "to": ["noah@isp.example", "lea@shop.example"],
                  "bcc": ["leo@shop.example"], "subject": "Grüße" } ] })");
    Trace const trace = run(world);
    std::string const told = in_one_line(story(world, trace, Detail::protocol, Colour::off));
    CAPTURE(told);
    CHECK(contains(told, "From: =?UTF-8?B?TcOkeWE=?= <maya@isp.example> To: noah@isp.example, "
                         "lea@shop.example Subject: =?UTF-8?B?R3LDvMOfZQ==?= Message-ID: "));
    CHECK_FALSE(contains(told, "Subject: Gr"));
    REQUIRE(trace.messages.size() == 2);
    std::string const bounce = to_text(letter_of(world, trace, MessageId{1}));
    CAPTURE(bounce);
    CHECK(contains(bounce, "\nSubject: =?UTF-8?B?VW5kZWxpdmVyYWJsZTogR3LDvMOfZQ==?=\n"));
    CHECK(contains(bounce,
                   "\nTo: noah@isp.example,\n    lea@shop.example\nSubject: =?UTF-8?B?R3LDvMOfZQ==?=\n"));
    CHECK_FALSE(contains(bounce, "leo@shop.example"));
}

TEST_CASE("the story tells in each software's words why a message comes back") {
    auto const told = [](Software software) {
        Written const written = written_by(software, refuses);
        return story(written.world, written.trace, Detail::servers, Colour::off);
    };
    CHECK(contains(told(Software::qmail), "does not like recipient."));
    CHECK(contains(told(Software::sendmail), "<leo@shop.example>... 550 5.7.1"));
    CHECK(contains(told(Software::opensmtpd), "leo@shop.example: 550 5.7.1"));
}

TEST_CASE("the report has the letters that people got, whole") {
    World const world = world_of(text_of(MAILFLOW_SOURCE_DIR "/scenarios/13-domain-not-set-up.json"));
    Trace const trace = run(world);
    auto const report = nlohmann::json::parse(report_json(world, trace));
    REQUIRE(report.at("letters").size() == 1);
    auto const& letter = report["letters"][0];
    CHECK(letter.at("about") == "order");
    CHECK(letter.at("kind") == "bounce");
    CHECK(letter.at("by") == "mail.isp.example");
    CHECK(letter.at("to") == "maya@isp.example");
    CHECK(letter.at("written_at_s").get<double>() > 0);
    CHECK(letter.at("text").get<std::string>() == to_text(letter_of(world, trace, MessageId{1})));
}

TEST_CASE("a letter names the command that was refused, not the one that is refused most often") {
    auto const says = [](std::string const& shop, std::string const& dns, Software software,
                         std::string_view words) {
        std::string const letter = in_one_line(to_text(written_by(software, shop, "", dns).letter));
        INFO(letter);
        CHECK(contains(letter, words));
    };
    // Of whom the DNS knows nothing, Sendmail takes no mail; the bounce goes to a mailbox of the same server.
    std::string const dislikes_sender = R"(, "software": "sendmail", "mailboxes": ["leo"])";
    std::string const sender_unknown = R"("isp.example": { "fails": "nxdomain" })";
    says(dislikes_sender, sender_unknown, Software::postfix, "(in reply to MAIL FROM command)");
    says(dislikes_sender, sender_unknown, Software::exim, "after pipelined MAIL FROM:<maya@isp.example>");
    says(dislikes_sender, sender_unknown, Software::qmail, "but sender was rejected.");
    says(dislikes_sender, sender_unknown, Software::exchange, "you weren't recognized as a valid sender");
    // qmail announces no limit (RFC 1870), and counts while it reads.
    std::string const small = R"(, "software": "qmail", "mailboxes": ["leo"], "max_size": "1kB")";
    says(small, "", Software::postfix, "(in reply to end of DATA command)");
    says(small, "", Software::exim, "after end of data:");
    says(small, "", Software::qmail, "failed after I sent the message.");
    says(small, "", Software::sendmail, ">>> DATA <<< 552");
}

TEST_CASE("letters about spam are counted, not shown") {
    World const world = world_of(text_of(MAILFLOW_SOURCE_DIR "/scenarios/36-backscatter.json"));
    auto const report = nlohmann::json::parse(report_json(world, run(world)));
    CHECK(report.at("bounces").at("written").get<int>() > 0);
    CHECK_FALSE(report.contains("letters"));
}

TEST_CASE("where a scenario has a qmail warn, its letter says that it goes on trying") {
    World const world = world_of(R"({ "format": 1, "title": "x", "until": "3h", "servers": {
        "mail.isp.example": { "software": "qmail", "handles": ["isp.example"], "mailboxes": ["maya"],
                              "retry": { "warn": "1h" } },
        "mx1.shop.example": { "handles": ["shop.example"], "up": false } },
      "people": { "maya": { "address": "maya@isp.example" } },
      "mail": [ { "from": "maya", "to": ["leo@shop.example"] } ] })");
    Trace const trace = run(world);
    std::string warning;
    for (std::size_t n = 0; n < trace.messages.size(); ++n)
        if (MessageId const id = trace.messages.id_at(n);
            trace.messages[id].kind == MessageKind::delay_warning)
            warning = to_text(letter_of(world, trace, id));
    CHECK(warning.find("Subject: delay notice\n") != std::string::npos);
    CHECK(warning.find("I'm going to try again") != std::string::npos);
    CHECK(warning.find("given up") == std::string::npos);
    CHECK(warning.find("--- Below this line are the headers of the message.\n") != std::string::npos);
    CHECK(warning.find("octets]") == std::string::npos);
}
