// What OpenSMTPD answers beyond the recorded sessions, as 7.4.0 has said it.
#include "catch.hpp"
#include "talk/records.hpp"

#include "run/conversation.hpp"
#include "scenario/load.hpp"

using namespace mailflow;
using namespace mailflow::test;

namespace {

/// The last reply of OpenSMTPD in the world of the records, to a stranger.
std::string last_reply(std::vector<std::string> const& commands, Port port = port_smtp) {
    auto const loaded = load_scenario(world_of_records("opensmtpd"));
    REQUIRE(std::holds_alternative<World>(loaded));
    TypedConversation talk{std::get<World>(loaded), {ServerId{0}, *parse_ip("203.0.113.100"), port}};
    std::string reply = talk.greeting();
    for (std::string const& command : commands)
        reply = talk.hear(command + "\r\n");
    REQUIRE(reply.ends_with("\r\n"));
    return reply.substr(0, reply.size() - 2);
}

std::string to_alice(std::string const& parameters) {
    return last_reply({"EHLO client.example", "MAIL FROM:<>", "RCPT TO:<alice@example.org> " + parameters});
}

} // namespace

TEST_CASE("OpenSMTPD minds blanks behind an argument, and none before it") {
    std::string const invalid = "501 5.5.4 Invalid command arguments: Invalid domain name";
    CHECK(last_reply({"EHLO client.example "}) == invalid);
    CHECK(last_reply({"HELO client.example\t"}) == invalid);
    CHECK(last_reply({"HELO   client.example"}).starts_with("250 mx.example.org Hello client.example "));
    CHECK(last_reply({"HELO [ipv6:2001:db8::1]"}).starts_with("250"));
}

TEST_CASE("OpenSMTPD keeps NEVER apart from the events in all that NOTIFY says") {
    std::string const fine = "250 2.1.5 Destination address valid: Recipient ok";
    std::string const refused = "553 NOTIFY option NEVER cannot be combined with other options";
    CHECK(to_alice("NOTIFY=NEVER NOTIFY=DELAY") == refused);
    CHECK(to_alice("NOTIFY=FAILURE NOTIFY=NEVER") == refused);
    CHECK(to_alice("NOTIFY=SUCCESS,NEVER") == refused);
    CHECK(to_alice("NOTIFY=NEVER,") == fine);
    CHECK(to_alice("NOTIFY=NEVER,FOO") == fine);
}

TEST_CASE("OpenSMTPD adds up what NOTIFY says of all the recipients of a message") {
    std::string const refused = "553 NOTIFY option NEVER cannot be combined with other options";
    auto const loaded = load_scenario(world_of_records("opensmtpd"));
    REQUIRE(std::holds_alternative<World>(loaded));
    TypedConversation talk{std::get<World>(loaded), {ServerId{0}, *parse_ip("203.0.113.100"), port_smtp}};
    (void)talk.hear("HELO client.example\r\nMAIL FROM:<sender@foreign.example>\r\n");
    CHECK(talk.hear("RCPT TO:<nosuch@example.org> NOTIFY=SUCCESS\r\n").starts_with("550")); // and counts
    CHECK(talk.hear("RCPT TO:<alice@example.org> NOTIFY=NEVER\r\n") == refused + "\r\n");
    CHECK(talk.hear("RCPT TO:<alice@example.org> NOTIFY=DELAY\r\n") == refused + "\r\n");
    CHECK(talk.hear("RCPT TO:<alice@example.org>\r\n").starts_with("250"));
    (void)talk.hear("RSET\r\nMAIL FROM:<sender@foreign.example>\r\n");
    CHECK(talk.hear("RCPT TO:<alice@example.org> NOTIFY=NEVER\r\n").starts_with("250"));
}

TEST_CASE("OpenSMTPD wants ORCPT to be an address that it could write to") {
    std::string const fine = "250 2.1.5 Destination address valid: Recipient ok";
    std::string const refused = "553 ORCPT address syntax error";
    for (char const* value : {"rfc822;alice@example.org", "RFC822;alice+2Bx", "rfc822;a=b"})
        CHECK(to_alice(std::string{"ORCPT="} + value) == fine);
    for (char const* value : {"rfc822;", ";alice", "x;y", "utf-8;x", "", "rfc822;a@b..example"})
        CHECK(to_alice(std::string{"ORCPT="} + value) == refused);
}

TEST_CASE("OpenSMTPD keeps an ENVID of a hundred octets") {
    auto const with = [](std::size_t octets) {
        return last_reply(
            {"EHLO client.example", "MAIL FROM:<x@foreign.example> ENVID=" + std::string(octets, 'x')});
    };
    CHECK(with(100) == "250 2.0.0 Ok");
    CHECK(with(101) ==
          "503 5.5.4 Invalid command arguments: option too large, truncated: " + std::string(101, 'x'));
}

TEST_CASE("OpenSMTPD looks for a login in small letters") {
    std::string const done = "235 2.0.0 Authentication succeeded"; // after "\0ALICE\0secret1"
    CHECK(last_reply({"EHLO client.example", "AUTH PLAIN AEFMSUNFAHNlY3JldDE="}, port_submissions) == done);
}

TEST_CASE("OpenSMTPD has no STARTTLS where TLS is a matter of course, and no response of nothing") {
    CHECK(last_reply({"EHLO client.example", "STARTTLS"}, port_submissions) ==
          "503 5.5.1 Invalid command: Command not supported");
    CHECK(last_reply({"EHLO client.example", "AUTH "}, port_submissions) ==
          "504 5.7.4 Security features not supported: AUTH method \"\" not supported");
    CHECK(last_reply({"EHLO client.example", "AUTH LOGIN ="}, port_submissions) ==
          "501 5.5.2 Syntax error: Syntax error");
}

TEST_CASE("OpenSMTPD takes lines of 65,535 octets, and leaves whoever sends a longer one") {
    std::vector<std::string> const message{
        "EHLO client.example", "MAIL FROM:<>", "RCPT TO:<alice@example.org>", "DATA", "Subject: x", ""};
    auto const after = [&](std::size_t length) {
        std::vector<std::string> commands = message;
        commands.insert(commands.end(), {std::string(length, 'x'), "."});
        return last_reply(commands);
    };
    CHECK(after(65'533).ends_with("Message accepted for delivery"));
    CHECK(after(65'534) == "500 5.0.0 Line too long");
}
