// The settings of mail programs: incoming mail, web mail, several devices of one person, blind copies.
#include "loading.hpp"

#include <fmt/format.h>

using namespace mailflow;
using namespace mailflow::test;
using namespace std::chrono_literals;

namespace {

std::string world_with(std::string const& people, std::string const& mail = "") {
    return fmt::format(R"({{ "format": 1,
"servers": {{ "mail.isp.example": {{ "handles": ["isp.example"] }},
              "mx.shop.example": {{ "handles": ["shop.example"], "accounts": {{ "maya": "other" }} }} }},
"people": {{ {} }},
"mail": [ {} ] }})",
                       people, mail);
}

Incoming incoming_of(std::string const& settings) {
    World const world =
        world_of(world_with(R"("maya": { "address": "maya@isp.example", "incoming": )" + settings + " }"));
    REQUIRE(person_named(world, "maya").incoming);
    Incoming incoming = *person_named(world, "maya").incoming;
    return incoming;
}

} // namespace

TEST_CASE("Settings for incoming mail fall back on the provider's server, IMAP and ten minutes") {
    Incoming const usual = incoming_of("{}");
    CHECK(usual.server == ServerId{0});
    CHECK(usual.protocol == Service::imap);
    CHECK(usual.port == 143);
    CHECK(usual.every == 10min);
    CHECK(usual.user == "maya");
    CHECK(usual.password == "secret of maya");

    Incoming const pop = incoming_of(R"({ "protocol": "pop3", "every": "90s" })");
    CHECK(pop.port == 110);
    CHECK(pop.every == 90s);
    CHECK(incoming_of(R"({ "port": 993 })").port == 993);

    Incoming const elsewhere = incoming_of(R"({ "server": "mx.shop.example" })");
    CHECK(elsewhere.server == ServerId{1});
    CHECK(elsewhere.password == "other"); // that of the account there
}

TEST_CASE("Without settings for incoming mail nobody looks for any") {
    World const world = world_of(world_with(R"("maya": { "address": "maya@isp.example" })"));
    CHECK_FALSE(person_named(world, "maya").incoming);
}

TEST_CASE("Several devices of one address share the account that is made for it") {
    World const world = world_of(world_with(
        R"("laptop": { "address": "maya@isp.example", "password": "blue", "incoming": {} },
           "phone": { "address": "Maya@ISP.example", "incoming": {} },
           "leo": { "address": "leo@isp.example" })"));
    REQUIRE(policy_of(world, "mail.isp.example").accounts.size() == 2);
    for (char const* device : {"laptop", "phone"}) {
        CHECK(person_named(world, device).account.user == "maya");
        CHECK(person_named(world, device).account.password == "blue");
        CHECK(person_named(world, device).incoming->user == "maya");
    }
}

TEST_CASE("An account is found whatever the case of the letters in the address") {
    World const world = world_of(R"({ "format": 1, "servers": {
        "mail.isp.example": { "handles": ["isp.example"], "accounts": { "maya": "blue", "Leo": "red" } },
        "mx.shop.example": { "handles": ["shop.example", "old.example"] } },
      "people": { "maya": { "address": "MAYA@ISP.example" }, "leo": { "address": "leo@isp.example" },
                  "ann": { "address": "Ann@shop.example" }, "anne": { "address": "ann@old.example" } } })");
    CHECK(person_named(world, "maya").account.user == "MAYA"); // as it is typed
    CHECK(person_named(world, "maya").account.password == "blue");
    CHECK(person_named(world, "leo").account.password == "red");
    CHECK(person_named(world, "ann").account.user == "ann");
    CHECK(person_named(world, "anne").account.user == "ann@old.example"); // the short name is taken
    CHECK(complaints_about(R"({ "format": 1, "servers": { "mail.isp.example": {
        "accounts": { "maya": "blue", "Maya": "red" } } } })") ==
          std::vector<std::string>{
              "2:39: /servers/mail.isp.example/accounts/Maya: there is an account \"Maya\" "
              "already; capital and small letters are the same in the name of an account"});
}

TEST_CASE("Web mail is reached by port 443 and knows its users") {
    World const world =
        world_of(world_with(R"("maya": { "address": "maya@isp.example", "outgoing": { "web": true } })"));
    CHECK(person_named(world, "maya").web);
    CHECK(person_named(world, "maya").port == 443);
    auto const complaints = complaints_about(world_with(
        R"("maya": { "address": "maya@isp.example", "outgoing": { "web": true, "authenticate": false } })"));
    REQUIRE(complaints.size() == 1);
    CHECK(contains(complaints[0], "/people/maya/outgoing: web mail knows its users"));
    auto const with_port = [](int port) {
        return world_with(R"("maya": { "address": "maya@isp.example", "outgoing": { "web": true, "port": )" +
                          std::to_string(port) + " } }");
    };
    CHECK(complaints_about(with_port(443)).empty());
    CHECK(
        contains(complaints_about(with_port(587)).at(0),
                 R"(/people/maya/outgoing: web mail is reached by HTTPS, on port 443; remove "port": 587)"));
}

TEST_CASE("Nonsense in the settings for incoming mail is told where it stands") {
    auto const about = [](std::string const& settings) {
        return complaints_about(
            world_with(R"("maya": { "address": "maya@isp.example", "incoming": )" + settings + " }"));
    };
    CHECK(contains(about(R"({ "protocol": "pop" })").at(0), R"(did you mean "pop3"?)"));
    CHECK(contains(about(R"({ "every": "0s" })").at(0), R"("every" must be at least "1s")"));
    CHECK(
        contains(about(R"({ "server": "mail.isp.exmaple" })").at(0), R"(did you mean "mail.isp.example"?)"));
    CHECK(contains(about("[]").at(0), "/people/maya/incoming"));
    CHECK(contains(complaints_about(world_with(
                                        R"("maya": { "address": "maya@far.example", "incoming": {},
                                                     "outgoing": { "server": "mail.isp.example" } })"))
                       .at(0),
                   R"(name the person's server in "incoming")"));
}

TEST_CASE("A blind copy is a recipient once, and not a second time") {
    std::string const maya = R"("maya": { "address": "maya@isp.example" })";
    World const world = world_of(world_with(
        maya, R"({ "from": "maya", "to": "leo@shop.example", "bcc": ["maya@isp.example", "a@b.example"] })"));
    CHECK(world.mail[MailId{0}].to.size() == 1);
    CHECK(world.mail[MailId{0}].bcc.size() == 2);
    auto const complaints = complaints_about(
        world_with(maya, R"({ "from": "maya", "to": "leo@shop.example", "bcc": "Leo@shop.example" })"));
    REQUIRE(complaints.size() == 1);
    CHECK(contains(complaints[0], "is a recipient of this message already"));
}
