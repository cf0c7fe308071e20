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

namespace {

/// The last reply of Exim to a stranger with a good name.
std::string last_of_exim(std::vector<std::string> const& commands) {
    auto const loaded = load_scenario(world_of_records("exim"));
    REQUIRE(std::holds_alternative<World>(loaded));
    TypedConversation talk{std::get<World>(loaded), {ServerId{0}, *parse_ip("203.0.113.100"), port_smtp}};
    std::string reply = talk.greeting();
    for (std::string const& command : commands)
        reply = talk.hear(command + "\r\n");
    return reply;
}

} // namespace

TEST_CASE("Exim says why it hangs up after DATA, too") {
    CHECK(last_of_exim({"EHLO client.example", "DATA", "DATA", "DATA", "DATA"}) ==
          "503-valid RCPT command must precede DATA\r\n503 Too many syntax or protocol errors\r\n");
}

TEST_CASE("Exim counts no address without a domain, and no recipient of a MAIL that it refused") {
    std::vector<std::string> commands{"EHLO client.example", "MAIL FROM:<alice>"};
    for (int n = 0; n < 8; ++n)
        commands.emplace_back("RCPT TO:<alice@[203.0.113.25]>");
    CHECK(last_of_exim(commands) == "503 sender not yet given\r\n");
    commands.emplace_back("MAIL FROM:<>");
    commands.insert(commands.end(), 8, "RCPT TO:<alice>");
    CHECK(last_of_exim(commands) == "501 <alice>: recipient address must contain a domain\r\n");
}

TEST_CASE("Exim tells at DATA of the refusals since the last MAIL") {
    CHECK(last_of_exim({"EHLO client.example", "RCPT TO:<bob@example.org>", "MAIL FROM:<>",
                        "RCPT TO:<x@foreign.example>", "DATA"}) ==
          "503-All RCPT commands were rejected with this error:\r\n503-relay not permitted\r\n"
          "503 Valid RCPT command must precede DATA\r\n");
}

TEST_CASE("Exim offers no early commands any more to a client that has asked for content") {
    auto const loaded = load_scenario(world_of_records("exim"));
    REQUIRE(std::holds_alternative<World>(loaded));
    TypedConversation talk{std::get<World>(loaded), {ServerId{0}, *parse_ip("203.0.113.100"), port_smtp}};
    (void)talk.greeting();
    std::string const offer = "250-PIPECONNECT\r\n";
    CHECK(talk.hear("EHLO client.example\r\n").find(offer) != std::string::npos);
    CHECK(talk.hear("EHLO client.example\r\n").find(offer) != std::string::npos);
    CHECK(talk.hear("DATA\r\n").starts_with("503"));
    CHECK(talk.hear("EHLO client.example\r\n").find(offer) == std::string::npos);
}

TEST_CASE("Exim looks at the parameters of MAIL before the address") {
    CHECK(last_of_exim({"EHLO client.example", "MAIL FROM:<alice> BODY=BINARYMIME"}) ==
          "501 invalid data for BODY\r\n");
}
