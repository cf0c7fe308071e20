// The dialogues of a story at the level of the protocol: as RFC 5321 and the softwares have them, from the
// connection to its end.
#include "one_message.hpp"

#include "report/received.hpp"

using namespace mailflow;
using namespace mailflow::one_message;

TEST_CASE("every connection that a story opens it also closes, whatever else is going on by then") {
    for (auto const& file : library_files()) {
        CAPTURE(file.filename().string());
        std::string const told = Played{world_of(text_of(file))}.told(Detail::protocol);
        CHECK(count_in(told, "· connected to ") ==
              count_in(told, "· connection closed") + count_in(told, "✗ The connection breaks off"));
    }
}

TEST_CASE("a connection that ends while another dialogue goes on is closed by name, in one line") {
    std::string const told =
        Played{world_of(text_of(MAILFLOW_SOURCE_DIR "/scenarios/03-authenticated.json"))}.told(
            Detail::protocol);
    CAPTURE(told);
    CHECK(contains(told, "· connection closed: Maya → mail.isp.example "));
    CHECK(contains(told, "· connection closed What became of it"));
}

TEST_CASE("OpenSMTPD greets its client by the name that the client has given") {
    std::string const told = result_of({.shop = R"(, "software": "opensmtpd")"}).told(Detail::protocol);
    CAPTURE(told);
    CHECK(contains(told, "← 250-mx1.shop.example Hello mail.isp.example ["));
}

TEST_CASE("nobody declares the size of a message to a server that has not announced SIZE") {
    std::string const told = result_of({.shop = R"(, "software": "qmail")"}).told(Detail::protocol);
    CAPTURE(told);
    CHECK(count_in(told, "→ MAIL FROM:<maya@isp.example>") == 2);
    CHECK(count_in(told, " SIZE=4000 ") == 1); // to Postfix, and not to qmail
}

TEST_CASE("a greylisted stranger is refused for now, a denied one for good") {
    std::string const greylisted = result_of({.shop = R"(, "greylist": "4m")"}).told();
    CHECK(contains(greylisted, "= decides: refused for now"));
    std::string const denied = result_of({.to = "lea@shop.example"}).told();
    CHECK(contains(denied, "= decides: refused"));
    CHECK_FALSE(contains(denied, "for now"));
}

TEST_CASE("a server that puts off is told from one that says no") {
    Setting setting{.shop = R"(, "answers": { "rcpt": "452 4.2.2 mailbox is full" })", .until = "20m"};
    std::string const waiting = result_of(setting).told();
    CAPTURE(waiting);
    CHECK(contains(waiting, "back in its queue (the mailbox is full); next try"));
    CHECK(contains(waiting, "queued (the mailbox is full)"));
    setting.shop = R"(, "answers": { "rcpt": "552 5.2.2 mailbox is full" })";
    CHECK(contains(result_of(setting).told(), " (the mailbox is full)"));
    setting.shop = R"(, "answers": { "rcpt": "450 4.3.0 we are at lunch" })";
    CHECK(contains(result_of(setting).told(), "queued (the server says: not now)"));
    setting.shop = R"(, "answers": { "rcpt": "550 5.3.0 we have closed down" })";
    CHECK(contains(result_of(setting).told(), "(the server says no)"));
}

TEST_CASE("what a mail program finds out by itself is told as its reason") {
    Setting const setting{.networks = R"(, "hotel": { "blocks": [ { "port": 587 } ] })", .network = "hotel"};
    std::string const told = result_of(setting).told(Detail::protocol);
    CAPTURE(told);
    CHECK(contains(told, "was not sent. The reason: 4.4.1 connect to mail.isp.example["));
}

TEST_CASE("one of many people has a mail program of their own") {
    std::string const told =
        Played{world_of(text_of(MAILFLOW_SOURCE_DIR "/scenarios/45-a-town-writes.json"))}.told();
    CHECK(contains(told, "town319@isp.example's mail program shows an error: the message to "
                         "no-such-name@isp.example was"));
    CHECK_FALSE(contains(told, "The town shows an error"));
}

TEST_CASE("a Received line has the name that the server found for its client's address, if it leads back") {
    auto const received_by_shop = [](std::string const& dns) {
        Result const result = result_of({.dns = dns});
        RecipientSummary const& came = result.first();
        QueueEntryId const holder = result.summary.index.settling[came.recipient.index].holder;
        return received_lines(result.world, result.trace, result.summary.index, holder);
    };
    auto const named = received_by_shop("");
    REQUIRE(named.size() == 2);
    CHECK(contains(named[0].folded.front(), "from mail.isp.example (mail.isp.example ["));
    CHECK(contains(named[1].folded.front(), "] (client-"));
}

TEST_CASE("a server that has no session left closes the connection itself") {
    std::string const told =
        Played{world_of(text_of(MAILFLOW_SOURCE_DIR "/scenarios/42-too-many-at-once.json"))}.told(
            Detail::protocol);
    std::size_t const turned_away = told.find("← 421 4.3.2 All server ports are busy");
    REQUIRE(turned_away != std::string::npos);
    std::string const rest = told.substr(turned_away);
    CHECK_FALSE(contains(rest.substr(0, rest.find("· connection closed")), "QUIT")); // RFC 5321 section 3.8
}
