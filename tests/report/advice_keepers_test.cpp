// Who mended it: whoever keeps what was changed, and not whom the advice was for.
#include "one_message.hpp"

#include "report/advice/list.hpp"
#include "report/advice/mending.hpp"

using namespace mailflow;
using namespace mailflow::one_message;

namespace {

std::string text_in(Setting const& setting) {
    return result_of(setting).advice().text;
}

std::string change_of(std::string_view what, std::string_view set) {
    return fmt::format(R"({{ "at": "1h", {}, "set": {{ {} }} }})", what, set);
}

std::string const server_of_shop = R"("server": "mx1.shop.example")";

} // namespace

TEST_CASE("who mended a fault is who keeps what was changed") {
    // The name that Maya wrote gets a mailbox.
    CHECK(contains(text_in({.to = "lea@shop.example",
                            .changes = change_of(server_of_shop, R"("mailboxes": ["leo", "lea"])")}),
                   "The postmaster of mx1.shop.example has mended it (after 1 h: mx1.shop.example now has a "
                   "mailbox for lea)."));
    // The server trusts the network of the writer who does not log in.
    CHECK(
        contains(text_in({.maya = R"(, "outgoing": { "authenticate": false })",
                          .changes = change_of(R"("server": "mail.isp.example")", R"("trusts": ["home"])")}),
                 "The postmaster of mail.isp.example has mended it (after 1 h: mail.isp.example now "
                 "trusts home)."));
    // The network opens the port.
    CHECK(contains(text_in({.networks = R"(, "inn": { "label": "The inn", "blocks": [ { "port": 587 } ] })",
                            .network = "inn",
                            .changes = change_of(R"("network": "inn")", R"("blocks": [])")}),
                   "Whoever runs the network \"The inn\" has mended it (after 1 h: The inn lets calls "
                   "out to port 587 again)."));
    // The DNS names a server again.
    CHECK(contains(
        text_in({.dns = R"("shop.example": { "null_mx": true })",
                 .changes = change_of(R"("dns": "shop.example")",
                                      R"("null_mx": null, "mx": [ { "host": "mx1.shop.example" } ])")}),
        "Whoever keeps the DNS records of shop.example has mended it (after 1 h: the DNS "
        "now says that mx1.shop.example takes mail for shop.example)."));
    // Maya herself.
    CHECK(contains(text_in({.maya = R"(, "outgoing": { "authenticate": false })",
                            .changes = change_of(R"("person": "maya")",
                                                 R"("outgoing": { "server": "mail.isp.example" })")}),
                   "It was for Maya to mend, and has been mended (after 1 h: Maya turns on "
                   "authentication for outgoing mail)."));
}

TEST_CASE("a name gets its mailbox at a server that takes every name first, too") {
    for (char const* software : {"postfix", "exim", "sendmail", "opensmtpd", "qmail", "exchange"})
        for (char const* set : {R"("mailboxes": ["leo", "lea"])", R"("aliases": { "lea": "leo" })"}) {
            INFO(software << " " << set);
            CHECK(contains(text_in({.shop = fmt::format(R"(, "software": "{}")", software),
                                    .to = "lea@shop.example",
                                    .changes = change_of(server_of_shop, set)}),
                           "The postmaster of mx1.shop.example has mended it"));
        }
}

TEST_CASE("a server that is told to relay, and is the only one of the domain, has mended nothing") {
    Setting const alone{.dns = R"("other.example": { "mx": [ { "host": "mx1.shop.example" } ] })",
                        .to = "leo@other.example",
                        .changes = change_of(server_of_shop, R"("relays_for": ["other.example"])")};
    CHECK_FALSE(contains(text_in(alone), "(after 1 h: "));
    Setting routed = alone;
    routed.changes = change_of(server_of_shop, R"("relays_for": ["other.example"],
                                        "routes": { "other.example": "mail.isp.example" })");
    CHECK_FALSE(contains(text_in(routed), "has been mended (after")); // which only sends it back
    routed.changes += R"(, { "at": "1h", "server": "mail.isp.example",
                             "set": { "handles": ["isp.example", "other.example"], "mailboxes": ["leo"] } })";
    CHECK(contains(text_in(routed), "has been mended (after"));
}

TEST_CASE("of a change that sets several things the one is named that mended the fault") {
    Setting const two{.to = "lea@shop.example",
                      .changes =
                          change_of(server_of_shop, R"("max_size": "9MB", "mailboxes": ["leo", "lea"])")};
    CHECK(contains(text_in(two), "(after 1 h: mx1.shop.example now has a mailbox for lea)."));
    CHECK_FALSE(contains(text_in(two), "octets"));
    CHECK(contains(result_of(two).told(), "mx1.shop.example takes messages of up to 9000000 octets now and "
                                          "now has a mailbox for lea"));
    Setting const size{.shop = R"(, "max_size": "1kB")",
                       .changes =
                           change_of(server_of_shop, R"("up": true, "greylist": "5m", "max_size": "1MB")")};
    CHECK(
        contains(text_in(size), "(after 1 h: mx1.shop.example takes messages of up to 1000000 octets now)."));
}

TEST_CASE("what a change of domains brings with it is not told beside it") {
    Setting const domain{.changes = change_of(server_of_shop, R"("handles": ["shop.example", "b.example"])")};
    CHECK(contains(result_of(domain).told(), "After 1 h: mx1.shop.example now handles b.example After"));
}

TEST_CASE("a blocklist that forgets has mended nothing, it is over") {
    Mending const forgotten{Instant{std::chrono::hours{3}}, "the list forgot the address", "nobody"};
    CHECK(say_mended("Maya", forgotten) == "The list forgot the address (after 3 h).");
}

TEST_CASE("what holds of many names is said once, and names some") {
    AdviceList list;
    auto const add = [&](std::string const& culprit, std::string const& name) {
        list.add({culprit, "No " + name + ".", {}, name, "None of {count}: {names}."});
    };
    add("Maya", "a");
    CHECK(list.lines() == std::vector<std::string>{"Maya: No a."});
    add("Maya", "a");
    add("Maya", "b");
    CHECK(list.lines() == std::vector<std::string>{"Maya: None of 2: a and b."});
    for (char const* name : {"c", "d", "e", "f"})
        add("Maya", name);
    add("Leo", "g");
    CHECK(list.lines() == std::vector<std::string>{"Maya: None of 6: a, b, c and 3 more.", "Leo: No g."});
}

TEST_CASE("what many people are told is said once") {
    AdviceList list;
    for (char const* who : {"Maya", "Leo", "Maya"})
        list.add({who, "Type it again."});
    list.add({"the postmaster of mx1.shop.example", "Start it."});
    list.add({"the postmaster of mx2.shop.example", "Start it."});
    CHECK(list.lines() == std::vector<std::string>{"Maya and Leo: Type it again.",
                                                   "The postmaster of mx1.shop.example: Start it.",
                                                   "The postmaster of mx2.shop.example: Start it."});
}

TEST_CASE(
    "where the MX record has moved to another server that does not know the domain, that one is meant") {
    std::string const dns = R"("club.example": { "mx": [ { "host": "mx1.shop.example" } ] })";
    std::string const moved = R"({ "at": "1h", "dns": "club.example",
                                   "set": { "mx": [ { "host": "mail.isp.example" } ] } })";
    Result const first = result_of({.dns = dns, .to = "leo@club.example", .until = "3h"});
    CHECK(first.advice().culprit == "the postmaster of mx1.shop.example");
    Result const then = result_of({.dns = dns, .to = "leo@club.example", .changes = moved, .until = "3h"});
    CHECK(then.advice().culprit == "the postmaster of mail.isp.example");
    CHECK(contains(then.advice().text, "DNS sends all mail for club.example to this server, but the server "
                                       "was never told that it handles club.example."));
    // A domain that takes no mail any more names no server at all.
    Result const none = result_of({.dns = dns,
                                   .to = "leo@club.example",
                                   .changes = R"({ "at": "1h", "dns": "club.example",
                                                   "set": { "mx": null, "null_mx": true } })",
                                   .until = "3h"});
    CHECK(none.advice().culprit == "the postmaster of mx1.shop.example");
}

TEST_CASE("where a gateway passes mail on to a server that was not told of the domain, that one is told") {
    Setting setting{.provider = R"(, "relays_for": ["club.example"],
                                  "routes": { "club.example": "mx1.shop.example" })",
                    .to = "leo@club.example",
                    .until = "3h"};
    Advice const nobody_has_it = result_of(setting).advice();
    CHECK(nobody_has_it.culprit == "the postmaster of mx1.shop.example");
    CHECK(contains(nobody_has_it.text, "mail.isp.example relays mail for club.example, and passes it on to "
                                       "this server, but the server was never told"));
}
