// The search for open relays: a try is answered as the server answers whoever types the same, and the reports
// tell what was refused, what was taken, and where that ended.
#include "library.hpp"
#include "told.hpp"

#include "report/json_report.hpp"
#include "report/lines/jsonl.hpp"
#include "report/probe.hpp"
#include "report/story/story.hpp"
#include "report/words/words.hpp"
#include "run/conversation.hpp"

#include <nlohmann/json.hpp>

#include <sstream>

using namespace mailflow;
using Json = nlohmann::ordered_json;

namespace {

std::string probed_world(std::string const& software, std::string const& members = "",
                         std::string const& probe = "") {
    return R"({ "format": 1, "networks": { "far": { "range": "198.51.100.0/28" } },
      "servers": {
        "mx.target.example": { "software": ")" +
           software + R"(", "handles": ["target.example"], "mailboxes": ["ann"],
                               "accounts": { "ann": "secret" }, "relays_for": ["partner.example"] )" +
           members + R"( },
        "mx.partner.example": { "handles": ["partner.example"], "mailboxes": ["leo"] },
        "mx.free.example": { "handles": ["free.example"], "mailboxes": ["drop"] } },
      "dns": { "partner.example": { "mx": [ { "host": "mx.partner.example" },
                                            { "host": "mx.target.example", "preference": 20 } ] } },
      "spammers": { "prober": { "network": "far", "from": "drop@free.example",
        "probe": { "servers": ["mx.target.example"], "to": "drop@free.example" )" +
           probe + R"( } } } })";
}

/// What somebody at a keyboard is told, in the place of the spammer's machine.
std::string typed(World const& world, ProbeTry const& tried) {
    Spammer const& spammer = world.spammers[SpammerId{0}];
    TypedConversation conversation{world, {tried.server, world.hosts[spammer.host].address, port_smtp}, {}};
    (void)conversation.greeting();
    (void)conversation.hear("EHLO there\r\n");
    std::string const from = tried.from.valid() ? world.book.text(tried.from) : "";
    std::string answer = conversation.hear("MAIL FROM:<" + from + ">\r\n");
    if (answer.starts_with("2"))
        answer = conversation.hear("RCPT TO:<" + world.book.text(tried.recipient) + ">\r\n");
    return answer.substr(0, answer.find("\r\n"));
}

Json report_of(World const& world) {
    return Json::parse(report_json(world, run(world)));
}

Json tries_in(Json const& report) {
    return report["spammers"]["prober"]["tries"];
}

Json const& row_of(Json const& tries, std::string_view trick) {
    for (Json const& row : tries)
        if (row["trick"] == trick)
            return row;
    FAIL(trick);
    return tries;
}

} // namespace

TEST_CASE("every software answers a prober as it answers whoever types the same") {
    for (std::string_view const software : software_names) {
        World const world = world_of(probed_world(std::string{software}));
        std::vector<ProbeTry> const& tries = world.spammers[SpammerId{0}].probe->tries;
        Json const rows = tries_in(report_of(world));
        REQUIRE(rows.size() == tries.size());
        CHECK(tries.size() == trick_names.size() + 2); // two of them for each of two domains
        for (std::size_t i = 0; i < tries.size(); ++i) {
            std::string const answer = typed(world, tries[i]);
            INFO(software << ", " << rows[i]["trick"] << ", " << rows[i]["to"] << ": " << answer);
            CHECK(rows[i]["accepted"].get<bool>() == answer.starts_with("2"));
            if (!rows[i]["accepted"].get<bool>())
                CHECK(rows[i]["reply"] == answer);
        }
    }
}

TEST_CASE("no software that was measured relays any of the tricks for a stranger") {
    for (char const* const software : {"postfix", "exim", "sendmail", "opensmtpd"}) {
        INFO(software);
        for (Json const& row : tries_in(report_of(world_of(probed_world(software))))) {
            INFO(row);
            CHECK_FALSE(row["relayed"].get<bool>());
        }
    }
}

TEST_CASE("OpenSMTPD hands on what another server may read an address out of") {
    auto const rows = [](std::string const& software) {
        Json accepted = Json::array();
        for (Json const& row : tries_in(report_of(world_of(probed_world(software)))))
            if (row["accepted"].get<bool>())
                accepted.push_back(row["to"]);
        return accepted;
    };
    CHECK(rows("opensmtpd") ==
          Json{"drop%free.example@partner.example", "free.example!drop@partner.example"});
    CHECK(rows("postfix").empty());
    CHECK(rows("exim").empty());
    CHECK(rows("sendmail").empty());
}

TEST_CASE("a test message that was taken is told with its end") {
    Json const rows = tries_in(report_of(world_of(probed_world("opensmtpd"))));
    Json const& row = row_of(rows, "bang-domain");
    CHECK(row["server"] == "mx.target.example");
    Json const& handed_on =
        *std::find_if(rows.begin(), rows.end(), [](Json const& r) { return r["accepted"]; });
    CHECK(handed_on["outcome"] == "bounced");
    CHECK(handed_on["by"] == "mx.partner.example");
    CHECK(handed_on["reply"] == "554 5.7.1 <drop%free.example@partner.example>: Relay access denied");
}

TEST_CASE("an open relay is found by the first trick that comes through, and used in that form") {
    std::string text =
        probed_world("postfix", R"(, "open_relay": true)", R"(, "tricks": ["bang", "percent"])");
    text.replace(text.find(R"("probe":)"), 8, R"("to": "leo@partner.example", "count": 3, "probe":)");
    World const world = world_of(text);
    Trace const trace = run(world);
    Json const report = Json::parse(report_json(world, trace));
    CHECK(report["spammers"]["prober"]["relay"] ==
          Json{{"server", "mx.target.example"}, {"trick", "percent"}});
    CHECK(report["spammers"]["prober"]["messages"] == 2 + 3);
    CHECK(report["messages"][4]["to"] == "leo%partner.example@mx.target.example");
    CHECK(report["messages"][4]["outcome"] == "delivered");
    CHECK(report["messages"][4]["by"] == "mx.partner.example");
    Json const& totals = report["totals"];
    CHECK(totals["recipients"] == 5);
    CHECK(totals["delivered"] == 5);

    std::string told = story(world, trace, Detail::servers, Colour::off);
    for (std::size_t at = 0; (at = told.find("\n    ", at)) != std::string::npos;)
        told.replace(at, 5, " "); // as if no line were wrapped
    CHECK(told.find("mx.target.example relays") != std::string::npos);
    CHECK(told.find("<free.example!drop>, an exclamation mark") != std::string::npos);
    CHECK(told.find("it is an open relay") != std::string::npos);
}

TEST_CASE("a prober who finds nothing sends no spam") {
    std::string text = probed_world("postfix");
    text.replace(text.find(R"("probe":)"), 8, R"("to": "leo@partner.example", "count": 3, "probe":)");
    World const world = world_of(text);
    Trace const trace = run(world);
    Json const report = Json::parse(report_json(world, trace));
    CHECK(report["spammers"]["prober"]["relay"].is_null());
    CHECK(report["totals"]["recipients"] == trick_names.size() + 2);
    CHECK(report["totals"]["refused"] == trick_names.size() + 2);
    CHECK(story(world, trace, Detail::servers, Colour::off).find("Nothing came through") !=
          std::string::npos);
}

TEST_CASE("mail for the own drop box that its server takes shows no relay") {
    Played const play{world_of(R"({ "format": 1, "servers": {
        "mail.isp.example": { "handles": ["isp.example"] },
        "mx1.shop.example": { "handles": ["shop.example"], "mailboxes": ["leo"] } },
      "spammers": { "bulk": { "probe": { "servers": ["mail.isp.example"], "to": "box@isp.example",
                                         "tricks": ["plain"] },
                              "to": ["leo@shop.example"], "count": 3 } } })")};
    std::string const told = play.told();
    INFO(told);
    CHECK(contains(told, "Nothing came through"));
    CHECK_FALSE(contains(told, "finds that"));
    CHECK(play.report()["spammers"]["bulk"]["relay"].is_null());
}

TEST_CASE("the whole trace names server and trick of each try") {
    World const world = world_of(probed_world("exim", "", R"(, "tricks": ["route"])"));
    std::istringstream lines{trace_jsonl(world, run(world))};
    std::string line;
    std::size_t seen = 0;
    while (std::getline(lines, line))
        if (Json const event = Json::parse(line); event.value("kind", "") == "message_submitted") {
            ++seen;
            CHECK(event["probe"] ==
                  Json{{"server", "mx.target.example"}, {"trick", "route"}, {"aim", "drop@free.example"}});
        }
    CHECK(seen == 1);
}

TEST_CASE("a search that is cut off in the middle is told as one that goes on") {
    World world = world_of(text_of(MAILFLOW_SOURCE_DIR "/scenarios/43-probing.json"));
    world.until = std::chrono::milliseconds{30'180}; // the refusal is on its way to the spammer
    world.expectations = {};
    std::string const told = story(world, run(world), Detail::protocol, Colour::off);
    CHECK(told.find("Nothing came through") == std::string::npos);
    CHECK(told.find("said \n") == std::string::npos);
    CHECK(told.find("it is being tried") != std::string::npos);
    CHECK(told.find("The search is not over: 4 of") != std::string::npos);
}
