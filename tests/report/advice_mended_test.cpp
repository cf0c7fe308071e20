// Who has to mend it, where a change of the run has mended it already, also where somebody still keeps the
// older answer of the DNS.
#include "one_message.hpp"

using namespace mailflow;
using namespace mailflow::one_message;

namespace {

std::string advice_in(Setting const& setting) {
    Advice const advice = result_of(setting).advice();
    return advice.culprit + ": " + advice.text;
}

/// One change of a server, a person or a name, after an hour.
std::string after_an_hour(std::string_view what, std::string_view set) {
    return fmt::format(R"({{ "at": "1h", {}, "set": {{ {} }}, "note": "the change" }})", what, set);
}

std::string const maya = R"("person": "maya")";
std::string const the_shop = R"("server": "mx1.shop.example")";
std::string const given_up = R"(, "retry": { "give_up": "30m" })";
std::string const since = "has been mended (after 1 h: the change).";

/// What is advised on the second of two messages: the records of a name are mended after an hour, and it goes
/// half an hour later.
std::string second_advice(std::string_view name, std::string_view wrong, std::string_view mended,
                          std::string_view more_changes = "") {
    Result const result{{world_of(fmt::format(R"({{ "format": 1,
        "networks": {{ "n": {{ "range": "192.0.2.0/24" }} }},
        "servers": {{ "mail.isp.example": {{ "handles": ["isp.example"], "mailboxes": ["maya"],
                                             "retry": {{ "give_up": "20m" }} }},
                     "mx1.shop.example": {{ "handles": ["shop.example"], "mailboxes": ["leo"] }},
                     "new.example": {{ "handles": [], "mailboxes": ["leo"] }},
                     "o.example": {{ "handles": ["o.example"], "network": "n" }} }},
        "people": {{ "maya": {{ "name": "Maya", "address": "maya@isp.example" }} }},
        "mail": [ {{ "from": "maya", "to": ["leo@shop.example"] }},
                  {{ "from": "maya", "to": ["leo@shop.example"], "at": "90m" }} ],
        "dns": {{ "{0}": {{ {1}, "ttl": "2h" }} }},
        "changes": [ {{ "at": "1h", "dns": "{0}", "set": {{ {2} }} }} {3} ] }})",
                                              name, wrong, mended, more_changes))}};
    RecipientSummary const& second = result.summary.recipients.at(1);
    REQUIRE(second.settled);
    auto const advice = advise(result.world, result.trace, *second.settled);
    return advice ? advice->culprit + ": " + advice->text : "";
}

std::string const mail_isp = ", but mail.isp.example still went by an older answer, as it may for as long as "
                             "the answer's time to live. Send the message again when that is over.";

} // namespace

TEST_CASE("a server that was started again is not to be started again") {
    std::string const up = after_an_hour(the_shop, R"("up": true)");
    CHECK(advice_in({.provider = given_up, .shop = down, .changes = up}) ==
          "Maya: The message did not arrive because nothing answered at "
          "mx1.shop.example on port 25. It was for the postmaster of mx1.shop.example to mend, and " +
              since + " Send it again.");
    CHECK(advice_in({.provider = given_up, .shop = down})
              .starts_with("the postmaster of mx1.shop.example: Nothing answers there on port 25."));
    CHECK(contains(advice_in({.provider = given_up,
                              .shop = down,
                              .changes = up + R"(, { "at": "2h", "server": "mx1.shop.example",
                                                     "set": { "up": false } })"}),
                   "Start the mail service again."));
}

TEST_CASE("what a server is told to refuse everybody with is in the way next, what it says once is not") {
    std::string const up = after_an_hour(the_shop, R"("up": true)");
    auto const advice = [&](std::string const& answers) {
        return advice_in(
            {.provider = given_up, .shop = down + (R"(, "answers": { )" + answers + " }"), .changes = up});
    };
    CHECK(contains(advice(R"("rcpt": "550 5.7.1 Go away")"),
                   "Find out why mx1.shop.example refuses everybody's mail. Then send the message again"));
    CHECK(contains(advice(R"("content": "554 5.7.1 Go away")"), "refuses everybody's mail."));
    for (std::string const passing :
         {R"("rcpt": "450 4.7.1 Later")", R"("rcpt": "550 5.7.1 Go away", "times": 1)"})
        CHECK(advice(passing).ends_with(since + " Send it again."));
}

TEST_CASE("a change that mends nothing is not taken for one that does") {
    CHECK(contains(advice_in({.provider = given_up,
                              .shop = down,
                              .changes = after_an_hour(the_shop, R"("mailboxes": ["leo", "lea"])")}),
                   "Start the mail service again."));
    CHECK(contains(advice_in({.to = "lea@shop.example",
                              .changes = after_an_hour(the_shop, R"("mailboxes": ["leo", "mia"])")}),
                   "Nobody called \"lea\" has a mailbox at shop.example."));
}

TEST_CASE("who opens a server to everybody has mended nothing") {
    Setting const not_told{.dns = R"("other.example": { "mx": [ { "host": "mx1.shop.example" } ] })",
                           .to = "leo@other.example",
                           .changes = after_an_hour(the_shop, R"("open_relay": true)")};
    CHECK_FALSE(contains(advice_in(not_told), "has been mended"));
    Setting told = not_told;
    told.changes = after_an_hour(the_shop, R"("handles": ["shop.example", "other.example"])");
    CHECK(contains(advice_in(told), "has been mended"));
}

TEST_CASE("a network that is too slow is told of as that, and not as trouble with the DNS") {
    auto const slow = [](std::string const& which, std::string const& latency) {
        return R"({ "at": "0s", "network": ")" + which + R"(", "set": { "latency": ")" + latency + R"(" } })";
    };
    Setting const far{.provider = given_up, .changes = slow("shop", "20s")};
    CHECK(advice_in(far).starts_with(
        "whoever runs the networks between them: The way to mx1.shop.example is so "
        "slow that its answer comes when nobody waits"));
    Setting mended = far;
    mended.changes += R"(, { "at": "1h", "network": "shop", "set": { "latency": "20ms" } })";
    CHECK(contains(advice_in(mended), "the way to mx1.shop.example was too slow"));
    CHECK(contains(advice_in(mended), "has mended it"));
    CHECK(advice_in({.changes = slow("home", "40s")})
              .starts_with("whoever runs the network that the question came from: It is so slow"));
}

TEST_CASE("what was written to the same address later tells whether that was all") {
    auto const told_of = [](std::string const& to) {
        Result const result{{world_of(R"({ "format": 1,
            "servers": { "mail.isp.example": { "handles": ["isp.example"] },
                         "mx1.shop.example": { "handles": [], "mailboxes": ["leo"] } },
            "dns": { "shop.example": { "mx": [ { "host": "mx1.shop.example" } ] } },
            "people": { "maya": { "address": "maya@isp.example" } },
            "mail": [ { "from": "maya", "to": [")" +
                                      to + R"("] },
                      { "from": "maya", "to": [")" +
                                      to + R"("], "at": "2h" } ],
            "changes": [ { "at": "1h", "server": "mx1.shop.example",
                           "set": { "handles": ["shop.example"] } } ]
            })")}};
        return result.advice().text;
    };
    CHECK(told_of("leo@shop.example").ends_with("What Maya wrote to the same address later has arrived."));
    CHECK(contains(told_of("zoe@shop.example"), "Nobody called \"zoe\" has a mailbox at shop.example."));
}

TEST_CASE("what was mended is told in the past, whoever had to mend it") {
    auto const is_mended = [&](Setting setting, std::string_view what, std::string_view set) {
        setting.changes = after_an_hour(what, set);
        std::string const advice = advice_in(setting);
        INFO(advice);
        CHECK(advice.starts_with("Maya: The message did not arrive because "));
        CHECK(advice.ends_with("(after 1 h: the change). Send it again."));
        setting.changes = "";
        CHECK_FALSE(contains(advice_in(setting), "(after 1 h: "));
    };
    is_mended({.to = "lea@shop.example"}, the_shop, R"("mailboxes": ["leo", "lea"])");
    is_mended({.maya = R"(, "outgoing": { "authenticate": false, "port": 25 })"}, maya,
              R"("outgoing": { "authenticate": true, "port": 587 })");
    is_mended({.shop = R"(, "max_size": "1kB")"}, the_shop, R"("max_size": "10MB")");
    is_mended({.shop = R"(, "answers": { "rcpt": "550 no" })"}, the_shop, R"("answers": null)");
    is_mended({.dns = R"("shop.example": { "null_mx": true })"}, R"("dns": "shop.example")",
              R"("null_mx": null, "mx": [ { "host": "mx1.shop.example" } ])");
    is_mended({.dns = R"("shop.example": { "fails": "nxdomain" })"}, R"("dns": "shop.example")",
              R"("fails": null)");
    is_mended({.provider = given_up, .dns = R"("shop.example": { "fails": "servfail" })"},
              R"("dns": "shop.example")", R"("fails": null)");
}

TEST_CASE("a port that a network has opened again is told of as blocked in the past only") {
    std::string const advice =
        advice_in({.networks = R"(, "hotel": { "blocks": [{"port": 587}] })",
                   .network = "hotel",
                   .changes = after_an_hour(R"("network": "hotel")", R"("blocks": null)")});
    CHECK(contains(advice, "did not arrive because the network blocked the port."));
    CHECK(advice.ends_with("Send it again."));
}

TEST_CASE("what still waits goes on by itself once it is mended") {
    std::string const advice =
        advice_in({.shop = down, .changes = after_an_hour(the_shop, R"("up": true)"), .until = "61m"});
    CHECK(advice.starts_with("nobody: The message waits because nothing answered"));
    CHECK(advice.ends_with(since + " The queue tries again by itself."));
}

TEST_CASE("the advice is that of the moment from which one looks back") {
    Result const result =
        result_of({.provider = given_up, .shop = down, .changes = after_an_hour(the_shop, R"("up": true)")});
    auto const at = [&](std::chrono::minutes passed) {
        return advise(result.world, result.trace, *result.first().settled, Instant{passed})->text;
    };
    CHECK(contains(at(std::chrono::minutes{59}), "Start the mail service again."));
    CHECK(contains(at(std::chrono::minutes{60}), "has been mended"));
}

TEST_CASE("who keeps an older answer of the DNS has nobody to mend anything, whatever it led to") {
    std::string const shop = "shop.example";
    std::string const mx1 = "mx1.shop.example";
    auto const is_older = [&](std::string const& advice, std::string const& news) {
        INFO(advice);
        CHECK(advice.starts_with("nobody: " + news + mail_isp));
    };
    is_older(second_advice(shop, R"("mx": [ { "host": "o.example" } ])", R"("mx": null)"),
             "The DNS names another server for shop.example by now");
    is_older(second_advice(shop, R"("mx": [ { "host": "mail.isp.example" } ])", R"("mx": null)"), // a circle
             "The DNS names another server for shop.example by now");
    is_older(second_advice(shop, R"("null_mx": true)", R"("null_mx": null)"),
             "The DNS says by now that shop.example takes mail");
    is_older(second_advice(shop, R"("mx": [])", R"("mx": null)"),
             "The DNS names a server for shop.example by now");
    is_older(second_advice(shop, R"("fails": "nxdomain")", R"("fails": null)"),
             "The DNS knows shop.example by now");
    is_older(second_advice(mx1, R"("fails": "nxdomain")", R"("fails": null)"),
             "The DNS knows mx1.shop.example by now");
    is_older(second_advice(mx1, R"("address": "192.0.2.1")", R"("address": null)"),
             "The DNS has another address for mx1.shop.example by now");
    is_older(second_advice(mx1, R"("address": "192.0.2.99")", R"("address": null)"),
             "The DNS has another address for mx1.shop.example by now");
    is_older(
        second_advice(shop, R"("mx": [ { "host": "mx1.shop.example" } ])",
                      R"("mx": [ { "host": "new.example" } ])",
                      R"(, { "at": "1h", "server": "new.example", "set": { "handles": ["shop.example"] } },
                                { "at": "1h", "server": "mx1.shop.example", "set": { "up": false } })"),
        "The DNS names another server for shop.example by now");
}

TEST_CASE("a mail program keeps an older answer, too") {
    CHECK(
        second_advice("mail.isp.example", R"("fails": "nxdomain")", R"("fails": null)")
            .starts_with("nobody: The DNS knows mail.isp.example by now, but Maya's machine still went by an "
                         "older answer"));
}

TEST_CASE("a zone that is named no more is not blamed, nor is that which named it") {
    Advice const advice =
        result_of({.provider = R"(, "retry": { "give_up": "3h" })",
                   .dns = R"("shop.example": { "mx": [ { "host": "sf.example" } ], "ttl": "1d" },
                            "sf.example": { "fails": "servfail" })",
                   .changes = R"({ "at": "1h", "dns": "shop.example", "set": { "mx": null } })"})
            .advice();
    INFO(advice.text);
    CHECK(advice.culprit == "nobody");
    CHECK(advice.text == "The DNS names another server for shop.example by now" + mail_isp);
}

TEST_CASE("who only has another address has not moved the domain") {
    auto const told = [](std::string_view name, std::string_view wrong, std::string_view mended) {
        return contains(second_advice(name, wrong, mended), "Whoever moves a domain");
    };
    CHECK(told("shop.example", R"("mx": [ { "host": "o.example" } ])", R"("mx": null)"));
    CHECK_FALSE(told("mx1.shop.example", R"("address": "192.0.2.1")", R"("address": null)"));
}

TEST_CASE("what only gives way to something else has not been mended, and that is told") {
    auto const is_told = [](Setting const& setting, std::string_view culprit, std::string_view text) {
        std::string const advice = advice_in(setting);
        INFO(advice);
        CHECK_FALSE(contains(advice, "has been mended"));
        CHECK(advice.starts_with(culprit));
        CHECK(contains(advice, text));
    };
    auto const denied_then = [](std::string_view set) {
        return Setting{.dns = R"("shop.example": { "fails": "nxdomain" })",
                       .changes = after_an_hour(R"("dns": "shop.example")", set)};
    };
    std::string_view const dns_keeper = "whoever keeps the DNS records of shop.example: ";
    is_told(denied_then(R"("fails": null, "null_mx": true)"), "Maya", "takes no mail at all");
    is_told(denied_then(R"("fails": null, "mx": [ { "host": "gone.example" } ])"), dns_keeper,
            "a server that has no address");
    is_told(denied_then(R"("fails": "servfail")"), dns_keeper, "give no usable answer");
    auto const alias_to = [](std::string_view target) {
        return Setting{.to = "no@shop.example",
                       .changes =
                           after_an_hour(the_shop, fmt::format(R"("aliases": {{ "no": "{}" }})", target))};
    };
    std::string_view const postmaster = "the postmaster of mx1.shop.example: ";
    is_told(alias_to("nobody"), postmaster, "leads to nobody@shop.example, and in the end to no mailbox");
    is_told(alias_to("x@nx.example"), postmaster, "leads to x@nx.example, and in the end to no mailbox");
    is_told(alias_to("no"), postmaster, "names itself");
    is_told({.provider = given_up,
             .shop = down,
             .changes = after_an_hour(the_shop, R"("up": true, "mailboxes": ["ann"])")},
            postmaster, "had a mailbox leo, and somebody took it away");
}

TEST_CASE("who goes round a fault has to come through there") {
    std::string const other_port =
        advice_in({.networks = R"(, "hotel": { "blocks": [ { "port": 587 }, { "port": 465 } ] })",
                   .network = "hotel",
                   .changes = after_an_hour(maya, R"("outgoing": { "port": 25, "authenticate": false })")});
    CHECK(other_port.starts_with("Maya: This network lets nothing out to port 587, nor to 465."));
    std::string const other_server =
        advice_in({.maya = R"(, "outgoing": { "authenticate": false, "port": 25 })",
                   .to = "x@other.example",
                   .changes = after_an_hour(
                       maya, R"("outgoing": { "authenticate": false, "server": "mx1.shop.example" })")});
    CHECK(other_server.starts_with("Maya: mx1.shop.example does not know you and has no account for you."));
    Result const listed{{world_of(R"({ "format": 1,
        "servers": { "mail.isp.example": { "handles": ["isp.example"] },
                     "mx1.shop.example": { "handles": ["shop.example"], "blocklists": ["l.example"] } },
        "blocklists": { "l.example": { "lists": ["mail.isp.example"] },
                        "k.example": { "lists": ["mail.isp.example"] } },
        "people": { "maya": { "address": "maya@isp.example" } },
        "mail": [ { "from": "maya", "to": ["leo@shop.example"] } ],
        "changes": [ { "at": "1h", "server": "mx1.shop.example",
                       "set": { "blocklists": ["k.example"] } } ] })")}};
    CHECK(listed.advice().culprit == "the postmaster of mail.isp.example");
    CHECK(contains(listed.advice().text, "has been on k.example from the start"));
}

TEST_CASE("what stands further on than a mended fault is told with its own server, port and keeper") {
    auto const after = [](std::string_view what, std::string_view set) {
        return advice_in({.maya = R"(, "outgoing": { "authenticate": false, "port": 587 })",
                          .changes = after_an_hour(maya, R"("outgoing": null)") + "," +
                                     fmt::format(R"({{ "at": "2h", {}, "set": {{ {} }} }})", what, set)});
    };
    CHECK(after(the_shop, R"("up": false)")
              .starts_with("the postmaster of mx1.shop.example: Nothing answers there on port 25."));
    CHECK(after(R"("dns": "shop.example")", R"("fails": "servfail")")
              .starts_with("whoever keeps the DNS records of shop.example: "));
    CHECK(after(R"("network": "isp")", R"("blocks": [ { "port": 25 } ])")
              .starts_with("whoever runs the network of mail.isp.example: The network lets nothing out to "
                           "port 25."));
}

TEST_CASE("a message that is to be sent again has to come past its writer's own server, too") {
    auto const provider_then = [](std::string_view set) {
        return advice_in({.provider = given_up,
                          .shop = down,
                          .changes = after_an_hour(the_shop, R"("up": true)") + "," +
                                     fmt::format(R"({{ "at": "2h", "server": "mail.isp.example",
                                                       "set": {{ {} }} }})",
                                                 set)});
    };
    CHECK(provider_then(R"("up": false)")
              .starts_with("the postmaster of mail.isp.example: Nothing answers there on port 587."));
    CHECK(provider_then(R"("accounts": { "maya": "another" })")
              .starts_with("Maya: The server does not accept"));
}
