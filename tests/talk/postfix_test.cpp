// What Postfix answers beyond the recorded sessions, after its source.
#include "catch.hpp"
#include "talk/records.hpp"

#include "run/conversation.hpp"
#include "scenario/load.hpp"

using namespace mailflow;
using namespace mailflow::test;

namespace {

/// The last reply of Postfix in the world of the records.
std::string last_reply(std::vector<std::string> const& commands, Port port, std::string const& client) {
    auto const loaded = load_scenario(world_of_records("postfix"));
    REQUIRE(std::holds_alternative<World>(loaded));
    TypedConversation talk{std::get<World>(loaded), {ServerId{0}, *parse_ip(client), port}};
    std::string reply = talk.greeting();
    for (std::string const& command : commands)
        reply = talk.hear(command + "\r\n");
    REQUIRE(reply.ends_with("\r\n"));
    return reply.substr(0, reply.size() - 2);
}

std::string to_recipient(std::string const& path, Port port, std::string const& client = "203.0.113.100") {
    std::vector<std::string> commands{"EHLO client.example"};
    if (port == port_submission)
        commands.insert(commands.end(), {"STARTTLS", "EHLO client.example"});
    commands.insert(commands.end(), {"MAIL FROM:<x@foreign.example>", "RCPT TO:" + path});
    return last_reply(commands, port, client);
}

} // namespace

TEST_CASE("Postfix takes mail for the bare postmaster from anybody, on every port") {
    for (std::string const path : {"<postmaster>", "<PostMaster>", "postmaster", "<\"postmaster\">"}) {
        INFO(path);
        CHECK(to_recipient(path, port_submission) == "250 2.1.5 Ok");
        CHECK(to_recipient(path, port_submissions) == "250 2.1.5 Ok");
        CHECK(to_recipient(path, port_smtp) == "250 2.1.5 Ok");
    }
}

TEST_CASE("Postfix asks for a login for every other recipient on the submission ports") {
    for (std::string const path : {"<postmaster@example.org>", "<alice>", "<postmaster2>"}) {
        INFO(path);
        CHECK(to_recipient(path, port_submission).starts_with("554 5.7.1 "));
    }
    CHECK(last_reply({"EHLO client.example", "MAIL FROM:<>", "RCPT TO:<postmaster>"}, port_submission,
                     "203.0.113.100") == "530 5.7.0 Must issue a STARTTLS command first");
}

TEST_CASE("Postfix resolves what a long name asks for, too") {
    std::string const name(70, 'a');
    for (std::string const& path :
         {"<" + name + "%foreign.example@example.org>", "<foreign.example!" + name + "@example.org>",
          "<x%" + name.substr(10) + ".example%foreign.example@mx.example.org>"}) {
        CHECK(to_recipient(path, port_smtp) == "554 5.7.1 " + path + ": Relay access denied");
        CHECK(last_reply({"EHLO client.example", "MAIL FROM:<x@foreign.example>", "RCPT TO:" + path},
                         port_smtp, "198.51.100.10") == "250 2.1.5 Ok");
    }
    CHECK(to_recipient("<" + name + "@example.org>", port_smtp).starts_with("550 5.1.1 "));
    std::string many;
    for (int n = 0; n < 200; ++n)
        many += "a%b!c+";
    CHECK(to_recipient("<" + many + "@example.org>", port_smtp).substr(0, 1) == "5"); // and at once
}

TEST_CASE("Postfix counts a line of a chunk that has no end as if it had one") {
    auto const loaded = load_scenario(world_of_records("postfix"));
    REQUIRE(std::holds_alternative<World>(loaded));
    TypedConversation talk{std::get<World>(loaded), {ServerId{0}, *parse_ip("203.0.113.100"), port_smtp}};
    for (char const* const command :
         {"EHLO client.example", "MAIL FROM:<x@foreign.example>", "RCPT TO:<alice@example.org>"})
        (void)talk.hear(std::string{command} + "\r\n");
    CHECK(talk.hear("BDAT 3 LAST\r\nabc").starts_with("250 2.0.0 Ok: 5 bytes queued as "));
}

TEST_CASE("Postfix remembers the size that a refused MAIL told, until it resets") {
    std::string const ehlo = "EHLO client.example";
    std::string const big = "MAIL FROM:<x@foreign.example> SIZE=500000";
    std::string const plain = "MAIL FROM:<x@foreign.example>";
    std::string const refusal = "552 5.3.4 Message size exceeds fixed limit";
    std::string const client = "203.0.113.100";
    CHECK(last_reply({ehlo, big, plain}, port_smtp, client) == refusal);
    CHECK(last_reply({ehlo, big, plain + " SIZE=0"}, port_smtp, client) == "250 2.1.0 Ok");
    CHECK(last_reply({ehlo, big, "RSET", plain}, port_smtp, client) == "250 2.1.0 Ok");
    CHECK(last_reply({ehlo, big, ehlo, plain}, port_smtp, client) == "250 2.1.0 Ok");
}
