// What can be played and yet can hardly be meant: said by a check, word for word, and nothing else is.
#include "loading.hpp"

#include "base/text.hpp"

using namespace mailflow;
using namespace mailflow::test;

namespace {

constexpr std::string_view shop = R"({
  "format": 1,
  "servers": {
    "mx.shop.example": { "handles": ["shop.example"], "mailboxes": ["leo"] },
    "mail.isp.example": { "handles": ["isp.example"] }
  },
  "people": { "maya": { "address": "maya@isp.example" } },
  "spammers": {
    "bulk": { "direct": true, "to": ["leo@shop.example", "ann@shop.example"], "count": 10 },
    "guesser": { "direct": true, "to": { "domain": "shop.example", "names": 50 }, "count": 20 }
  },
  "mail": [ { "id": "hello", "from": "maya", "to": ["leo@shop.example", "ann@shop.example"] } ],
)";

/// The warnings about the shop with these members, whose first stands in line 13.
std::vector<std::string> warnings_about(std::string const& members) {
    auto const checked = check_scenario(std::string{shop} + members + "}");
    if (auto const* errors = std::get_if<std::vector<Diagnostic>>(&checked))
        FAIL(to_line(errors->front(), "scenario"));
    std::vector<std::string> lines;
    for (Diagnostic const& warning : std::get<CheckedWorld>(checked).warnings)
        lines.push_back(to_line(warning, "").substr(1));
    return lines;
}

using Lines = std::vector<std::string>;

} // namespace

TEST_CASE("An address that no machine can have is warned of where DNS is to give it out") {
    for (auto const& [address, why] :
         {std::pair{"0.0.0.0", "stands for a machine on \"this\" network that does not know its own address "
                               "yet (RFC 1122 section 3.2.1.3)"},
          {"255.255.255.255", "is the broadcast address (RFC 1122 section 3.2.1.3)"},
          {"224.0.0.5", "is a multicast address (RFC 1112 section 4)"},
          {"255.255.255.1", "is reserved for future use (RFC 1112 section 4)"},
          {"::", "is the unspecified address (RFC 4291 section 2.5.2)"},
          {"ff02::1", "is a multicast address (RFC 4291 section 2.7)"}})
        CHECK(warnings_about(R"("dns": { "old.example": { "address": ")" + std::string{address} + "\" } }") ==
              Lines{"13:38: /dns/old.example/address: warning: no machine can have the address " +
                    std::string{address} + ": it " + why +
                    "; for a name without a machine leave the address "
                    "out"});
    for (std::string const address : {"192.0.2.7", "127.0.0.1", "2001:db8::7", "::1"})
        CHECK(warnings_about(R"("dns": { "old.example": { "address": ")" + address + "\" } }").empty());
    CHECK(warnings_about(
              R"("changes": [ { "at": "1h", "dns": "shop.example", "set": { "address": "0.0.0.0" } } ])")
              .size() == 1);
}

TEST_CASE("A blocklist that no server ever asks is warned of") {
    std::string const described = R"("blocklists": { "dnsbl.example": { "after": 2 } })";
    CHECK(warnings_about(described) ==
          Lines{"13:17: /blocklists/dnsbl.example: warning: no server asks the blocklist dnsbl.example; a "
                "server that is to refuse whom it lists needs \"blocklists\": [\"dnsbl.example\"]"});
    CHECK(warnings_about(described + R"(, "changes": [ { "at": "1h", "server": "mx.shop.example",
        "set": { "blocklists": ["DNSBL.example"] } } ])")
              .empty());
}

TEST_CASE("A number of recipients that there are not is warned of where an expectation asks for it") {
    auto const expecting = [](std::string const& whose, unsigned most) {
        INFO(whose << ", " << most);
        std::string const before = R"("expect": [ { )" + whose + R"(, "outcome": "delivered", "at_least": )";
        CHECK(warnings_about(before + std::to_string(most) + " } ]").empty());
        CHECK(warnings_about(before + std::to_string(most + 1) + " } ]") ==
              Lines{"13:" + std::to_string(before.size() + 1) +
                    ": /expect/0/at_least: warning: \"at_least\", " + std::to_string(most + 1) +
                    ", can never be reached: there " + count_of(most, "recipient is", "recipients are") +
                    " here; " + std::to_string(most) + " is the most"});
    };
    expecting(R"("mail": "hello")", 2);
    expecting(R"("mail": "hello", "to": "leo@shop.example")", 1);
    expecting(R"("spammer": "bulk")", 20);
    expecting(R"("spammer": "bulk", "to": "leo@shop.example")", 10);
    expecting(R"("spammer": "guesser")", 20);
}

TEST_CASE("An expectation that no message can meet is warned of") {
    auto const expecting = [](std::string const& members) {
        return warnings_about(R"("expect": [ { "mail": "hello", )" + members + " } ]");
    };
    CHECK(
        expecting(R"("outcome": "bounced", "fetched": true)") ==
        Lines{"13:65: /expect/0/fetched: warning: this can never be met: a message that is bounced is in no "
              "mailbox to be fetched from; expect \"outcome\": \"delivered\", or remove \"fetched\""});
    CHECK(expecting(R"("reason": "relay-denied", "fetched": true)").size() == 1);
    CHECK(expecting(R"("outcome": "queued", "fetched": true, "at_least": 1, "at_most": 2)").size() == 1);
    for (char const* possible : {R"("outcome": "delivered", "fetched": true)", R"("fetched": true)",
                                 R"("outcome": "bounced", "fetched": false)",
                                 R"("outcome": "bounced", "fetched": true, "at_most": 0)"})
        CHECK(expecting(possible).empty());
}

TEST_CASE("A server that still handles a domain whose MX records lead elsewhere is warned of") {
    auto const warnings = [](std::string const& provider, std::string const& mx, std::string const& more) {
        std::string const text = R"({ "format": 1, "servers": {
            "mx.shop.example": { "handles": ["shop.example"] },
            "mail.isp.example": { )" +
                                 provider + R"( } }, "dns": { "shop.example": { "mx": [ )" + mx + " ] } }" +
                                 more + "}";
        auto const checked = check_scenario(text);
        REQUIRE(std::holds_alternative<CheckedWorld>(checked));
        Lines lines;
        for (Diagnostic const& warning : std::get<CheckedWorld>(checked).warnings)
            lines.push_back(to_line(warning, ""));
        return lines;
    };
    std::string const both = R"("handles": ["isp.example", "shop.example"])";
    std::string const shops = R"({ "host": "mx.shop.example" })";
    Lines const told = warnings(both, shops, "");
    REQUIRE(told.size() == 1);
    CHECK(told.front().ends_with(
        "/dns/shop.example/mx: warning: mail.isp.example handles shop.example too, but no MX record names "
        "it: "
        "it keeps what its own people write to shop.example, and mx.shop.example never sees that; take "
        "shop.example out of the \"handles\" of mail.isp.example"));
    CHECK(warnings(R"("handles": ["isp.example"])", shops, "").empty());
    CHECK(warnings(both, shops + R"(, { "host": "mail.isp.example", "preference": 20 })", "").empty());
    CHECK(warnings(both + R"(, "mailboxes": ["maya"])", shops, "").empty()); // it says no, and is heard
    CHECK(warnings(both, shops, R"(, "changes": [ { "at": "1h", "server": "mail.isp.example",
        "set": { "handles": ["isp.example"] } } ])")
              .empty());
}

TEST_CASE("Errors are told alone, and a scenario is loaded whatever it is warned of") {
    std::string const text = std::string{shop} + R"("blocklists": { "dnsbl.example": {} })";
    CHECK(complaints_about(text + "}").empty());
    CHECK(complaints_about(text + R"(, "seed": -1 })").size() == 1);
}
