// Clients' settings as people have them, right and wrong: ports, passwords, web mail, blind copies, and
// POP-before-SMTP.
#include "engine/play.hpp"

#include <fmt/format.h>

#include <algorithm>

using namespace mailflow;

namespace {

/// Maya, with the settings, writes to leo@shop.example; `mail` and `more` are members of the message and of
/// the scenario.
std::string world_with(std::string const& maya, std::string const& mail = "", std::string const& more = "",
                       std::string const& server = "") {
    return fmt::format(R"({{ "format": 1,
"networks": {{ "home": {{}}, "cafe": {{}},
               "hotel": {{ "blocks": [ {{ "port": 25 }}, {{ "port": 587 }}, {{ "port": 465 }} ] }} }},
"servers": {{ "mail.isp.example": {{ "handles": ["isp.example"], "mailboxes": ["maya"]{} }},
              "relay.example": {{}},
              "mx.shop.example": {{ "handles": ["shop.example"], "mailboxes": ["leo"] }} }},
"people": {{ "maya": {{ "address": "maya@isp.example", {} }} }},
"mail": [ {{ "id": "hello", "from": "maya", "to": ["leo@shop.example"]{} }} ] {} }})",
                       server, maya, mail, more);
}

using Lines = std::vector<std::string>;

Lines outcome_with(std::string const& maya) {
    return settlements(play_text(world_with(maya)));
}

Lines const delivered{"leo@shop.example: delivered by mx.shop.example"};

} // namespace

TEST_CASE("port 587 with a login goes through, without one nothing is taken there") {
    CHECK(outcome_with(R"("outgoing": { "port": 587 })") == delivered);
    CHECK(outcome_with(R"("outgoing": { "port": 587, "authenticate": false })") ==
          Lines{"leo@shop.example: refused auth-required by mail.isp.example"});
    CHECK(outcome_with(R"("outgoing": { "port": 465, "authenticate": false })") ==
          Lines{"leo@shop.example: refused auth-required by mail.isp.example"});
}

TEST_CASE("port 465 is under TLS from the first octet, so nobody says STARTTLS there") {
    Play const play = play_text(world_with(R"("outgoing": { "port": 465 })"));
    CHECK(settlements(play) == delivered);
    auto const commands = all_of<CommandSent>(play.trace);
    CHECK(std::none_of(commands.begin(), commands.end(),
                       [](CommandSent const& sent) { return sent.verb == Verb::starttls; }));
}

TEST_CASE("port 25 takes a login too and without one the relay rule decides") {
    CHECK(outcome_with(R"("outgoing": { "port": 25, "authenticate": true })") == delivered);
    CHECK(outcome_with(R"("outgoing": { "authenticate": false })") ==
          Lines{"leo@shop.example: refused relay-denied by mail.isp.example"});
}

TEST_CASE("a port where nobody listens, or where something else is spoken, cannot be used for sending") {
    for (int const port : {26, 110, 143, 443, 993, 2525})
        CHECK(outcome_with(fmt::format(R"("outgoing": {{ "port": {} }})", port)) ==
              Lines{"leo@shop.example: refused unreachable by mail.isp.example"});
}

TEST_CASE("a wrong password and a server without accounts are told apart from a server that is not there") {
    // The account that is made for a person has that person's password; accounts of the file may differ.
    CHECK(outcome_with(R"("password": "oops")") == delivered);
    std::string const accounts = R"(, "accounts": { "maya": "secret" })";
    CHECK(settlements(play_text(world_with(R"("password": "oops")", "", "", accounts))) ==
          Lines{"leo@shop.example: refused auth-failed by mail.isp.example"});
    CHECK(outcome_with(R"("outgoing": { "server": "relay.example" })") ==
          Lines{"leo@shop.example: refused auth-failed by relay.example"});
}

TEST_CASE("several recipients are settled each for itself") {
    Play const play = play_text(world_with(R"("outgoing": { "authenticate": false })",
                                           R"(, "bcc": ["maya@isp.example", "nobody@isp.example"])"));
    CHECK(settlements(play) == Lines{"leo@shop.example: refused relay-denied by mail.isp.example",
                                     "nobody@isp.example: refused unknown-user by mail.isp.example",
                                     "maya@isp.example: delivered by mail.isp.example"});
}

TEST_CASE("a blind copy is a recipient of the envelope that no header names") {
    Play const play = play_text(world_with(R"("network": "home")", R"(, "bcc": "maya@isp.example")"));
    REQUIRE(play.trace.recipients.size() == 2);
    CHECK_FALSE(is_blind(play.world, play.trace, RecipientId{0}));
    CHECK(is_blind(play.world, play.trace, RecipientId{1}));
    auto const commands = all_of<CommandSent>(play.trace);
    auto const asked = [&](AddressId address) {
        return std::any_of(commands.begin(), commands.end(), [&](CommandSent const& sent) {
            return sent.verb == Verb::rcpt && sent.address == address;
        });
    };
    CHECK(asked(play.trace.recipients[RecipientId{1}].address));
    CHECK(settlements(play).size() == 2);
}

TEST_CASE("web mail goes out from wherever the web can be reached, without a question of relaying") {
    Play const play = play_text(world_with(R"("network": "hotel", "outgoing": { "web": true })"));
    CHECK(settlements(play) == delivered);
    Session const& browser = play.trace.sessions[SessionId{0}];
    CHECK(browser.service == Service::web);
    CHECK(browser.port == port_https);
    CHECK(play.trace.messages[MessageId{0}].by_web);
    for (DecisionRecord const& record : play.trace.decisions)
        CHECK(play.world.hosts[play.trace.sessions[record.session].server].name == "mx.shop.example");
    // The same settings for a mail program end at the hotel's fence.
    CHECK(outcome_with(R"("network": "hotel")") ==
          Lines{"leo@shop.example: refused blocked-port by mail.isp.example"});
}

TEST_CASE("web mail checks the password, the size, and whether the server is there") {
    std::string const accounts = R"(, "accounts": { "maya": "secret" })";
    CHECK(settlements(play_text(
              world_with(R"("password": "oops", "outgoing": { "web": true })", "", "", accounts))) ==
          Lines{"leo@shop.example: refused auth-failed by mail.isp.example"});
    CHECK(settlements(play_text(world_with(R"("outgoing": { "web": true })", R"(, "size": "2MB")", "",
                                           R"(, "max_size": "1MB")"))) ==
          Lines{"leo@shop.example: refused too-big by mail.isp.example"});
    CHECK(settlements(play_text(world_with(R"("outgoing": { "web": true })", "", "", R"(, "up": false)"))) ==
          Lines{"leo@shop.example: refused unreachable by mail.isp.example"});
}

TEST_CASE("what web mail has taken and cannot deliver comes back as a bounce") {
    Play const play =
        play_text(world_with(R"("outgoing": { "web": true })", R"(, "bcc": "nobody@isp.example")"));
    CHECK(settlements(play) == Lines{"nobody@isp.example: bounced unknown-user by mail.isp.example",
                                     "leo@shop.example: delivered by mx.shop.example",
                                     "maya@isp.example: delivered by mail.isp.example"});
}

TEST_CASE("via is another server this once, web mail or not") {
    Play const play =
        play_text(world_with(R"("outgoing": { "web": true })", R"(, "via": "mx.shop.example")"));
    CHECK(settlements(play) == delivered);
    CHECK_FALSE(play.trace.messages[MessageId{0}].by_web);
}

TEST_CASE("who has fetched mail may relay from that address for a while, and from no other") {
    std::string const window = R"(, "pop_before_smtp": "10m")";
    std::string const maya =
        R"("network": "home", "outgoing": { "authenticate": false }, "incoming": { "every": "2h" })";
    auto const at = [&](std::string const& time, std::string const& more = "") {
        return settlements(play_text(world_with(maya, fmt::format(R"(, "at": "{}")", time), more, window)));
    };
    Lines const denied{"leo@shop.example: refused relay-denied by mail.isp.example"};
    CHECK(at("9m") == delivered);
    CHECK(at("11m") == denied);
    CHECK(at("1.99h") == denied);
    CHECK(at("2.01h") == delivered);
    std::string const moves =
        R"(, "changes": [ { "at": "5m", "person": "maya", "set": { "network": "cafe" } } ])";
    CHECK(at("4m", moves) == delivered);
    CHECK(at("6m", moves) == denied);
}

TEST_CASE("who has fetched mail is known to greylisting, blocklists and the check of names as well") {
    std::string const maya =
        R"("network": "home", "outgoing": { "authenticate": false }, "incoming": { "every": "2h" })";
    auto const play = [&](std::string const& server, std::string const& more = "") {
        return settlements(
            play_text(world_with(maya, R"(, "at": "5m")", more, R"(, "pop_before_smtp": "10m")" + server)));
    };
    CHECK(play(R"(, "greylist": "4m")") == delivered);
    std::string const listed =
        R"(, "networks": { "home": { "range": "192.0.2.0/24" }, "cafe": {} },
             "blocklists": { "l.example": { "lists": ["192.0.2.0/24"] } })";
    std::string world = world_with(maya, R"(, "at": "5m")", listed,
                                   R"(, "pop_before_smtp": "10m", "blocklists": ["l.example"])");
    world.erase(world.find(R"("networks")"), world.find(R"("servers")") - world.find(R"("networks")"));
    CHECK(settlements(play_text(world)) == delivered);
    // Exim takes what a host that may relay sends, and finds out itself what is wrong with it.
    std::string own =
        world_with(maya, R"(, "at": "5m")", "", R"(, "pop_before_smtp": "10m", "software": "exim")");
    own.replace(own.find("leo@shop.example"), 16, "nobody@isp.example");
    CHECK(settlements(play_text(own)) ==
          Lines{"nobody@isp.example: bounced unknown-user by mail.isp.example",
                "maya@isp.example: delivered by mail.isp.example"});
}

TEST_CASE("a failed login opens nothing, and POP-before-SMTP is for port 25 alone") {
    std::string const server = R"(, "pop_before_smtp": "10m", "accounts": { "maya": "secret" })";
    CHECK(settlements(play_text(
              world_with(R"("password": "oops", "outgoing": { "authenticate": false }, "incoming": {})",
                         R"(, "at": "1m")", "", server))) ==
          Lines{"leo@shop.example: refused relay-denied by mail.isp.example"});
    CHECK(settlements(play_text(world_with(
              R"("outgoing": { "authenticate": false, "port": 587 }, "incoming": {})", R"(, "at": "1m")", "",
              server))) == Lines{"leo@shop.example: refused auth-required by mail.isp.example"});
}
