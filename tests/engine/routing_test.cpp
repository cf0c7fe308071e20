// Address tricks and unchecked recipients in the running world: what is accepted goes where the server took
// it for.
#include "engine/play.hpp"

using namespace mailflow;
using Lines = std::vector<std::string>;

namespace {

/// Maya, who is trusted by her provider, writes to one address; shop.example and isp.example have one name
/// each.
Play written_to(std::string const& to, std::string const& software, std::string const& more = {}) {
    return play_text(R"({ "format": 1, "networks": { "home": {}, "isp": {}, "shop": {} },
      "servers": {
        "mail.isp.example": { "network": "isp", "software": ")" +
                     software +
                     R"(", "handles": ["isp.example"], "mailboxes": ["maya"], "trusts": ["home"] )" + more +
                     R"( },
        "mx1.shop.example": { "network": "shop", "handles": ["shop.example"], "mailboxes": ["leo"] } },
      "people": { "maya": { "address": "maya@isp.example", "network": "home",
                            "outgoing": { "port": 25, "authenticate": false } } },
      "mail": [ { "id": "a", "from": "maya", "to": [")" +
                     to + R"("] } ] })");
}

} // namespace

TEST_CASE("Postfix relays for its own people what asks to be passed on, to where it is to go") {
    for (char const* const to : {"leo%shop.example@isp.example", "shop.example!leo@isp.example",
                                 "leo%shop.example@mail.isp.example"}) {
        CAPTURE(to);
        CHECK(settlements(written_to(to, "postfix")) ==
              Lines{std::string{to} + ": delivered by mx1.shop.example"});
    }
}

TEST_CASE("Exim refuses such names from anybody") {
    CHECK(settlements(written_to("leo%shop.example@isp.example", "exim")) ==
          Lines{"leo%shop.example@isp.example: refused bad-address by mail.isp.example"});
}

TEST_CASE("an unknown name is refused to one's own people by Postfix, and returned to them by Exim") {
    CHECK(settlements(written_to("nobody@isp.example", "postfix")) ==
          Lines{"nobody@isp.example: refused unknown-user by mail.isp.example"});
    CHECK(settlements(written_to("nobody@isp.example", "exim")) ==
          Lines{"nobody@isp.example: bounced unknown-user by mail.isp.example",
                "maya@isp.example: delivered by mail.isp.example"});
}

TEST_CASE("the host's own name is one of its domains, where it has any") {
    CHECK(settlements(written_to("maya@mail.isp.example", "postfix")) ==
          Lines{"maya@mail.isp.example: delivered by mail.isp.example"});
}
