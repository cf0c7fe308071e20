// The Received lines of each software, in the form in which real ones were recorded; qmail's and Exchange's
// after their source and their documentation.
#include "told.hpp"

#include "report/received.hpp"
#include "report/story/story.hpp"
#include "report/summary.hpp"
#include "report/words/words.hpp"

#include <fmt/format.h>

using namespace mailflow;

namespace {

using Lines = std::vector<std::string>;

struct Way {
    World world;
    Trace trace;
    TraceIndex index;

    [[nodiscard]] ReceivedLine line(std::size_t number) const {
        return received_lines(world, trace, index, index.settling[0].holder).at(number);
    }
    [[nodiscard]] std::string id(std::uint32_t entry) const {
        return queue_id(world, trace, QueueEntryId{entry});
    }
};

/// Maya logs in at her provider's server, and that one hands her message to the shop's; `more` is said of
/// both.
Way way_of(Software software, std::string const& more = "", std::string const& to = R"("leo@shop.example")") {
    World world = world_of(fmt::format(R"({{ "format": 1, "title": "A way", "summary": "One message.",
      "networks": {{ "home": {{ "range": "198.51.100.0/28" }}, "isp": {{ "range": "192.0.2.0/28" }} }},
      "servers": {{
        "mail.isp.example": {{ "network": "isp", "handles": ["isp.example"], "accounts": {{ "maya": "s" }},
                               "software": "{0}" }},
        "mx.shop.example": {{ "handles": ["shop.example"], "software": "{0}" }} }},
      "people": {{ "maya": {{ "address": "maya@isp.example", "network": "home", "password": "s" }} }},
      "dns": {{ "other.example": {{ "mx": [] }} {1} }},
      "mail": [ {{ "from": "maya", "to": [{2}] }} ] }})",
                                       software_names[static_cast<std::size_t>(software)], more, to));
    Trace trace = run(world);
    TraceIndex index = index_of(world, trace);
    return {std::move(world), std::move(trace), std::move(index)};
}

} // namespace

TEST_CASE("Postfix tells that somebody had logged in, not who, and says which time it is") {
    Way const way = way_of(Software::postfix);
    CHECK(way.line(0).folded == Lines{"Received: from mail.isp.example (mail.isp.example [192.0.2.1])",
                                      "    by mx.shop.example (Postfix) with ESMTP id " + way.id(1),
                                      "    for <leo@shop.example>; Mon,  5 Jan 2026 09:00:00 +0000 (UTC)"});
    CHECK(way.line(1).folded[1] == "    by mail.isp.example (Postfix) with ESMTPSA id " + way.id(0));
    CHECK_FALSE(way.line(1).names_login);
}

TEST_CASE("Exim puts the name first that the DNS knows, and the envelope's sender") {
    Way const way = way_of(Software::exim);
    CHECK(way.line(0).folded == Lines{"Received: from mail.isp.example ([192.0.2.1])",
                                      "    by mx.shop.example with esmtp (Exim 4.96)",
                                      "    (envelope-from <maya@isp.example>)", "    id " + way.id(1),
                                      "    for leo@shop.example;", "    Mon, 05 Jan 2026 09:00:00 +0000"});
    CHECK(way.line(1).folded[0] == "Received: from client-198-51-100-1.example ([198.51.100.1])");
    CHECK(way.line(1).folded[1] == "    by mail.isp.example with esmtpsa (Exim 4.96)");
    CHECK_FALSE(way.line(1).names_login);
    Way const nameless = way_of(Software::exim, R"(, "1.100.51.198.in-addr.arpa": { "fails": "nxdomain" })");
    CHECK(nameless.line(1).folded[0] == "Received: from [198.51.100.1]");
}

TEST_CASE("Sendmail writes its version twice, and Greenwich time") {
    Way const way = way_of(Software::sendmail);
    CHECK(way.line(0).folded ==
          Lines{"Received: from mail.isp.example (mail.isp.example [192.0.2.1])",
                fmt::format("    by mx.shop.example (8.17.{0}/8.17.{0}/Debian-2+deb12u2) with ESMTP id {1}",
                            "1.9", way.id(1)),
                "    for <leo@shop.example>; Mon, 5 Jan 2026 09:00:00 GMT"});
    CHECK(way.line(1).folded[1] == "    (authenticated bits=0)");
    CHECK_FALSE(way.line(1).names_login);
}

TEST_CASE("OpenSMTPD gives the date a line of its own") {
    Way const way = way_of(Software::opensmtpd);
    CHECK(way.line(0).folded == Lines{"Received: from mail.isp.example (mail.isp.example [192.0.2.1])",
                                      "    by mx.shop.example (OpenSMTPD) with ESMTP id " + way.id(1),
                                      "    for <leo@shop.example>;",
                                      "    Mon, 5 Jan 2026 09:00:00 +0000 (UTC)"});
}

TEST_CASE("a server that was greeted with HELO writes that no extension was spoken") {
    World const world = world_of(R"({ "format": 1, "title": "A way", "summary": "One message.",
      "servers": { "mail.isp.example": { "handles": ["isp.example"], "software": "qmail" },
                   "mx.shop.example": { "handles": ["shop.example"] } },
      "people": { "maya": { "address": "maya@isp.example" } },
      "mail": [ { "from": "maya", "to": ["leo@shop.example"] } ] })");
    Trace const trace = run(world);
    TraceIndex const index = index_of(world, trace);
    auto const lines = received_lines(world, trace, index, index.settling[0].holder);
    REQUIRE(lines.size() == 2);
    CHECK(lines[0].folded[1].starts_with("    by mx.shop.example (Postfix) with SMTP id "));
    std::vector<std::string> said;
    for (Event const& event : trace.events)
        if (auto const* sent = std::get_if<CommandSent>(&event.happening); sent && sent->session.index == 1)
            said.push_back(command_line(world, trace, *sent));
    REQUIRE(said.size() > 2);
    CHECK(said[0] == "HELO mail.isp.example");
    CHECK(said[1] == "MAIL FROM:<maya@isp.example>"); // and no SIZE
}

TEST_CASE("qmail knows no recipient there and no day of the week, and Exchange no name of the DNS") {
    Way const qmail = way_of(Software::qmail);
    CHECK(qmail.line(0).folded == Lines{"Received: from mail.isp.example (192.0.2.1)",
                                        "    by mx.shop.example with SMTP; 5 Jan 2026 09:00:00 -0000"});
    CHECK(qmail.line(1).folded[0] ==
          "Received: from client-198-51-100-1.example (HELO [198.51.100.1]) (maya@198.51.100.1)");
    CHECK(qmail.line(1).names_login);
    Way const exchange = way_of(Software::exchange);
    std::string const shop =
        to_text(exchange.world.hosts[exchange.trace.sessions[SessionId{1}].server].address);
    CHECK(exchange.line(0).folded == Lines{"Received: from mail.isp.example (192.0.2.1) by mx.shop.example",
                                           "    (" + shop + ") with Microsoft SMTP Server",
                                           "    id 15.2.1544.4 via Frontend Transport;",
                                           "    Mon, 5 Jan 2026 09:00:00 +0000"});
    CHECK(exchange.line(1).folded[1].ends_with(
        ") with Microsoft SMTP Server (version=TLS1_2, cipher=TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384)"));
}

TEST_CASE("no software names a recipient in the line where there are several") {
    for (std::size_t number = 0; number < software_names.size(); ++number) {
        INFO(software_names[number]);
        Way const way =
            way_of(static_cast<Software>(number), "", R"("leo@shop.example", "lea@shop.example")");
        for (std::string const& text : way.line(0).folded)
            CHECK(text.find("@shop.example") == std::string::npos);
    }
}

TEST_CASE("what came from the web mail came by HTTP, whatever the software") {
    auto const line_of = [](Software software) {
        World world = world_of(fmt::format(R"({{ "format": 1,
          "servers": {{ "mail.isp.example": {{ "handles": ["isp.example"], "software": "{}" }} }},
          "people": {{ "maya": {{ "address": "maya@isp.example", "outgoing": {{ "web": true }} }} }},
          "mail": [ {{ "from": "maya", "to": ["maya@isp.example"] }} ] }})",
                                           software_names[static_cast<std::size_t>(software)]));
        Trace const trace = run(world);
        TraceIndex const index = index_of(world, trace);
        return unfolded(received_lines(world, trace, index, QueueEntryId{0}).at(0));
    };
    for (Software const software :
         {Software::postfix, Software::sendmail, Software::opensmtpd, Software::qmail})
        CHECK(contains(line_of(software), " with HTTP"));
    CHECK(contains(line_of(Software::exim), " with http "));
    CHECK(contains(line_of(Software::exchange), " with mapi "));
    CHECK_FALSE(contains(line_of(Software::sendmail), "authenticated"));
}
