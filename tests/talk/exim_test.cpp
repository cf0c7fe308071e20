// What Exim does beyond the recorded sessions, after its source.
#include "catch.hpp"
#include "talk/records.hpp"

#include "run/conversation.hpp"
#include "scenario/load.hpp"

using namespace mailflow;
using namespace mailflow::test;

TEST_CASE("Exim bears with a client that says MAIL before HELO, as often as it likes") {
    auto const loaded = load_scenario(world_of_records("exim"));
    REQUIRE(std::holds_alternative<World>(loaded));
    TypedConversation talk{std::get<World>(loaded), {ServerId{0}, *parse_ip("203.0.113.100"), port_smtp}};
    (void)talk.greeting();
    for (int n = 0; n < 8; ++n) { // smtp_max_synprot_errors is 3
        CHECK(talk.hear("MAIL FROM:<x@foreign.example>\r\n") == "503 HELO or EHLO required\r\n");
        REQUIRE_FALSE(talk.is_over());
    }
    CHECK(talk.hear("EHLO client.example\r\n").starts_with("250-mx.example.org"));
    std::string last;
    int errors = 0;
    for (; errors < 8 && !talk.is_over(); ++errors)
        last = talk.hear("RCPT TO:<alice@example.org>\r\n"); // out of order, which is one
    CHECK(last.starts_with("503")); // "Too many syntax or protocol errors" stands below
    CHECK(errors == 4);
}

TEST_CASE("Exim refuses a message whose header names what is no address") {
    auto const loaded = load_scenario(world_of_records("exim"));
    REQUIRE(std::holds_alternative<World>(loaded));
    TypedConversation talk{std::get<World>(loaded), {ServerId{0}, *parse_ip("203.0.113.100"), port_smtp}};
    (void)talk.hear("EHLO client.example\r\n");
    auto const answer_to = [&talk](std::string const& content) {
        (void)talk.hear("MAIL FROM:<sender@foreign.example>\r\nRCPT TO:<alice@example.org>\r\nDATA\r\n");
        return talk.hear(content);
    };
    CHECK(answer_to("To: alice\r\n\r\nHello.\r\n.\r\n") == "550 header syntax\r\n");
    CHECK(answer_to("To: <alice@example.org>\r\n\r\nHello.\r\n.\r\n").starts_with("250 OK id="));
}
