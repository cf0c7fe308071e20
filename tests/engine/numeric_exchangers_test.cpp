// An MX record with an address in the place of a host's name (RFC 1035 section 3.3.9 wants a name): resolvers
// take the number for the address, but some softwares do not let them.
#include "engine/play.hpp"
#include "report/summary.hpp"

#include <fmt/format.h>

using namespace mailflow;

namespace {

/// What becomes of Maya's message to the shop, and who has taken it.
std::string came_out(std::string_view software, std::string_view number, std::string_view more = "") {
    Play const play = play_text(fmt::format(R"({{ "format": 1, "until": "10s",
      "networks": {{ "shop": {{ "range": "192.0.2.0/28" }} }},
      "servers": {{ "mail.isp.example": {{ "handles": ["isp.example"], "software": "{0}" }},
                   "mx1.shop.example": {{ "network": "shop", "handles": ["shop.example"],
                                          "mailboxes": ["leo"] }} }},
      "people": {{ "maya": {{ "address": "maya@isp.example" }} }},
      "dns": {{ "shop.example": {{ "mx": [ {{ "host": "{1}" }} ], "ttl": "0s" }} }},
      {2}
      "mail": [ {{ "at": "1s", "from": "maya", "to": ["leo@shop.example"] }} ] }})",
                                            software, number, more));
    Summary const summary = summarize(play.world, play.trace);
    RecipientSummary const& came = summary.recipients.at(0);
    return fmt::format("{} {}", name_of(came.outcome), name_of(came.reason));
}

} // namespace

TEST_CASE("an exchanger whose name is an address is called there, but not by Exim and Exchange") {
    for (std::string_view const software : {"postfix", "sendmail", "opensmtpd", "qmail"}) {
        INFO(software);
        CHECK(came_out(software, "192.0.2.1") == "delivered ");
        CHECK(came_out(software, "203.0.113.77") != came_out(software, "192.0.2.1"));
    }
    for (std::string_view const software : {"exim", "exchange"}) {
        INFO(software);
        CHECK(came_out(software, "192.0.2.1") == "bounced no-such-domain");
    }
}

TEST_CASE("such a record may come with a change of the DNS") {
    CHECK(came_out("postfix", "gone.example", R"("changes": [ { "at": "500ms", "dns": "shop.example",
        "set": { "mx": [ { "host": "192.0.2.1" } ] } } ],)") == "delivered ");
}

TEST_CASE("a number is no domain for all that") {
    Play const play = play_text(R"({ "format": 1, "until": "10s",
      "servers": { "mail.isp.example": { "handles": ["isp.example"] } },
      "people": { "maya": { "address": "maya@isp.example" } },
      "dns": { "shop.example": { "mx": [ { "host": "203.0.113.1" } ] } },
      "mail": [ { "from": "maya", "to": ["leo@203.0.113.1"] } ] })");
    Summary const summary = summarize(play.world, play.trace);
    CHECK(summary.recipients.at(0).outcome != Outcome::delivered);
}
