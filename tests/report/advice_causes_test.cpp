// Advice that names the true cause, where the words of the refusal suggest another one.
#include "one_message.hpp"

using namespace mailflow;
using namespace mailflow::one_message;

namespace {

std::string const maya_and_shop = R"(
    "people": { "maya": { "name": "Maya", "address": "maya@isp.example", "password": "secret" } })";

Played played(std::string const& rest) {
    return {world_of(R"({ "format": 1, "title": "A test", )" + rest + ", " + maya_and_shop + "}")};
}

std::string const provider =
    R"("mail.isp.example": { "handles": ["isp.example"], "mailboxes": ["maya"],
                             "accounts": { "maya": "secret" })";

} // namespace

TEST_CASE("of two servers that handle a domain the one that lacks the mailbox is to be mended") {
    std::string const mail = R"("mail": [ { "from": "maya", "to": ["x@d.example"] } ])";
    std::string const two = R"("servers": { "b.d.example": { "handles": ["d.example"], "mailboxes": ["y"] },
        "a.d.example": { "handles": ["d.example"], "mailboxes": ["x"] }, )" +
                            provider + " } }";
    std::string const dns = R"("dns": { "d.example": { "mx": [ { "host": "b.d.example" } ] } })";
    std::string const told = played(two + ", " + dns + ", " + mail).told();
    CAPTURE(told);
    CHECK(contains(told,
                   "The postmaster of b.d.example: This server and a.d.example both handle d.example, but "
                   "only a.d.example has the mailbox x."));
    CHECK_FALSE(contains(told, "typing error"));
    std::string const one =
        R"("servers": { "b.d.example": { "handles": ["d.example"], "mailboxes": ["y"] }, )" + provider +
        " } }";
    CHECK(
        contains(played(one + ", " + mail).told(), "Maya: Nobody called \"x\" has a mailbox at d.example."));
}

TEST_CASE("a bounce that is too big is not for the writer of the message to make smaller") {
    Result const result = result_of({.provider = R"(, "max_size": "100kB")",
                                     .shop = R"(, "software": "qmail")",
                                     .size = "99kB",
                                     .to = "lea@shop.example"});
    std::string const told = result.told();
    CAPTURE(told);
    CHECK(contains(told,
                   "Nobody: The bounce about this message was too big for mail.isp.example (at most 100000 "
                   "octets), so Maya was not told."));
    CHECK_FALSE(contains(told, "Make the message smaller"));
    CHECK(contains(result_of({.provider = R"(, "max_size": "100kB")", .size = "200kB"}).told(),
                   "Maya: mail.isp.example takes no messages of that size"));
}

TEST_CASE("of an address that a list has named from the start no spam is told that nobody has sent") {
    auto const told = [](std::string const& list) {
        return played(R"("blocklists": { "bl.example": )" + list + R"( }, "servers": { )" + provider + R"( },
            "mx1.shop.example": { "handles": ["shop.example"], "blocklists": ["bl.example"] } },
            "mail": [ { "from": "maya", "to": ["leo@shop.example"] } ])")
            .told();
    };
    std::string const listed = told(R"({ "lists": ["mail.isp.example"] })");
    CAPTURE(listed);
    CHECK(contains(
        listed,
        "has been on bl.example from the start. Ask the list why, and ask it to take the address off."));
    CHECK_FALSE(contains(listed, "spam came from there"));
}

TEST_CASE("where the DNS fails, the keeper of the records that were asked for is to mend it") {
    auto const blamed = [](std::string const& name, std::string const& dns, std::string const& provider) {
        Result const result = result_of({.provider = provider, .dns = dns, .until = "1d"});
        CHECK(result.first().outcome == Outcome::queued);
        CHECK(result.advice().culprit == "whoever keeps the DNS records of " + name);
    };
    for (std::string const fails : {"servfail", "timeout"}) {
        blamed("shop.example", R"("shop.example": { "fails": ")" + fails + "\" }", "");
        std::string const host = R"("mx1.shop.example": { "fails": ")" + fails + "\" }";
        blamed("mx1.shop.example", R"("shop.example": { "mx": [ { "host": "mx1.shop.example" } ] }, )" + host,
               "");
        blamed("mx1.shop.example", host, R"(, "smarthost": "mx1.shop.example")");
        blamed("mx1.shop.example", host, R"(, "routes": { "shop.example": "mx1.shop.example" })");
    }
}

TEST_CASE("mail in the queue of a server that is down waits for that server") {
    Result const result =
        result_of({.changes = R"({ "at": "451ms", "server": "mail.isp.example", "set": { "up": false } })"});
    std::string const told = result.told();
    CAPTURE(told);
    REQUIRE(result.first().outcome == Outcome::queued);
    CHECK(contains(told, "queued (mail.isp.example is down)"));
    CHECK(contains(told, "The postmaster of mail.isp.example: The mail service of this server does not run"));
    CHECK_FALSE(contains(told, "nothing in its way"));
    CHECK(contains(result.told(Detail::magic), "It is held up on its way to leo@shop.example"));
}

TEST_CASE("a server that hangs up was reached") {
    Result const result = result_of(
        {.provider = R"(, "retry": { "give_up": "30m" })", .shop = R"(, "answers": { "rcpt": "drop" })"});
    std::string const told = result.told();
    CAPTURE(told);
    CHECK(contains(told, "mx1.shop.example hangs up without a word."));
    CHECK(contains(told, "back in its queue (the connection broke off)"));
    CHECK(contains(told, "gives up on leo@shop.example after 30 min: the connection broke off."));
    CHECK(contains(told,
                   "The postmaster of mx1.shop.example: The server hangs up in the middle of a session."));
    CHECK_FALSE(contains(told, "cannot be reached"));
    CHECK(result.report()["messages"][0]["reason"] == "expired");
    CHECK(reason_of(Saying::connection_lost) == Reason::unreachable); // of the contract
}

TEST_CASE("a server that goes down in the middle of a session is gone") {
    std::string const told =
        result_of({.changes = R"({ "at": "700ms", "server": "mx1.shop.example", "set": { "up": false } })",
                   .until = "1m"})
            .told();
    CAPTURE(told);
    CHECK(contains(told, "The connection breaks off: mx1.shop.example is gone."));
    CHECK(contains(told, "Start the mail service again."));
}

TEST_CASE("what comes with the null sender and gets lost is no bounce of a bounce") {
    World world = world_of(R"({ "format": 1, "title": "A test", "servers": {
        "mx1.shop.example": { "handles": ["shop.example"], "mailboxes": ["leo"], "software": "qmail" } },
        "people": { "eve": { "name": "Eve", "address": "eve@shop.example" } },
        "mail": [ { "from": "eve", "to": ["lea@shop.example"], "subject": "By hand" } ] })");
    Mail& mail = world.mail[MailId{0}];
    mail.taken_by = ServerId{0};
    std::string const told = Played{world}.told();
    CAPTURE(told);
    CHECK(contains(told, "Eve writes \"By hand\" to lea@shop.example."));
    CHECK_FALSE(contains(told, "presses"));
    CHECK(contains(told, "The message to lea@shop.example cannot be delivered ("));
    CHECK(contains(told, "It came with the null sender, as bounces do: there is nobody to tell."));
    CHECK_FALSE(contains(told, "could not be brought back"));
    CHECK_FALSE(contains(told, "never bounced"));
}
