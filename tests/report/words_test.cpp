// The commands, the exports and the sentences, on the lesson that the product exists for.
#include "told.hpp"

#include "report/json_report.hpp"
#include "report/lines/jsonl.hpp"
#include "report/story/story.hpp"
#include "report/words/words.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <map>

using namespace mailflow;
using Json = nlohmann::ordered_json;

namespace {

Played played(std::string const& name) {
    return {world_of(text_of(std::filesystem::path{MAILFLOW_SOURCE_DIR} / "scenarios" / (name + ".json")))};
}

std::vector<std::string> commands_of(Played const& p) {
    std::vector<std::string> lines;
    for (Event const& event : p.trace.events)
        if (auto const* sent = std::get_if<CommandSent>(&event.happening))
            lines.push_back(command_line(p.world, p.trace, *sent));
    return lines;
}

std::vector<std::string> keys_of(Json const& object) {
    std::vector<std::string> keys;
    for (auto const& [key, value] : object.items())
        keys.push_back(key);
    return keys;
}

using Lines = std::vector<std::string>;

} // namespace

TEST_CASE("the commands of an unauthenticated attempt are the ones that go over the wire") {
    Lines const commands = commands_of(played("02-relaying-denied"));
    REQUIRE(commands.size() == 4);
    CHECK(commands[0].starts_with("EHLO [198.51.100."));
    CHECK(commands[1] == "MAIL FROM:<maya@isp.example> SIZE=4000");
    CHECK(commands[2] == "RCPT TO:<leo@shop.example>");
    CHECK(commands[3] == "QUIT");
}

TEST_CASE("AUTH PLAIN carries name and password in base64") {
    Lines const commands = commands_of(played("03-authenticated"));
    bool seen = false;
    for (std::string const& command : commands)
        seen = seen || command == "AUTH PLAIN AG1heWEAYmx1ZS1iaWN5Y2xl"; // \0maya\0blue-bicycle
    CHECK(seen);
}

TEST_CASE("a server calls itself by its name, and writes bounces from nobody") {
    Played p = played("01-magic");
    CHECK(commands_of(p)[0].starts_with("EHLO ["));
    Lines const commands = commands_of(p);
    CHECK(std::find(commands.begin(), commands.end(), "EHLO mail.isp.example") != commands.end());
    CommandSent null_path{};
    for (Event const& event : p.trace.events)
        if (auto const* sent = std::get_if<CommandSent>(&event.happening); sent && sent->verb == Verb::mail)
            null_path = *sent;
    null_path.address = {};
    CHECK(command_line(p.world, p.trace, null_path).starts_with("MAIL FROM:<> SIZE="));
}

TEST_CASE("every event has a sentence that names who did it, or whose mail it is about") {
    for (auto const& file : library_files()) {
        World const world = world_of(text_of(file));
        Trace const trace = run(world);
        for (Event const& event : trace.events) {
            std::string const words = sentence(world, trace, event);
            CAPTURE(file.filename().string(), words);
            CHECK(words.find(' ') != std::string::npos);
            bool names_somebody = false;
            for (std::size_t i = 0; i < world.hosts.size(); ++i)
                names_somebody =
                    names_somebody || words.find(label_of(world, world.hosts.id_at(i))) != std::string::npos;
            bool const names_mail = words.find('@') != std::string::npos;
            // A change is told in the words of its note.
            bool const is_change = std::holds_alternative<WorldChanged>(event.happening);
            CHECK((names_somebody || names_mail || is_change));
        }
    }
}

TEST_CASE("the report has the shape that was agreed on") {
    Played const p = played("02-relaying-denied");
    std::string const text = report_json(p.world, p.trace);
    CHECK(text.back() == '\n');
    Json const report = Json::parse(text);
    CHECK(keys_of(report) == Lines{"scenario", "seed", "ended_at_s", "messages", "totals", "bounces",
                                   "servers", "expect", "statistics"});
    CHECK(report["scenario"] == "Relaying denied");
    CHECK(report["seed"] == 1);
    REQUIRE(report["messages"].size() == 1);
    Json const& row = report["messages"][0];
    CHECK(keys_of(row) == Lines{"id", "from", "to", "outcome", "reason", "by", "reply", "fetched",
                                "submitted_at_s", "settled_at_s", "path", "hops", "received", "fetches"});
    CHECK(row["id"] == "hello");
    CHECK(row["from"] == "maya@isp.example");
    CHECK(row["to"] == "leo@shop.example");
    CHECK(row["outcome"] == "refused");
    CHECK(row["reason"] == "relay-denied");
    CHECK(row["by"] == "mail.isp.example");
    CHECK(row["reply"] == "554 5.7.1 <leo@shop.example>: Relay access denied");
    CHECK(row["fetched"] == false);
    CHECK(row["submitted_at_s"] == 0.0);
    CHECK(row["settled_at_s"].get<double>() > 0);
    CHECK(row["settled_at_s"].get<double>() <= report["ended_at_s"].get<double>());
    CHECK(row["path"] == Json{"maya", "mail.isp.example"});
    CHECK(keys_of(report["totals"]) ==
          Lines{"recipients", "delivered", "refused", "bounced", "queued", "discarded"});
    CHECK(report["totals"]["refused"] == 1);
    CHECK(report["servers"]["mail.isp.example"] ==
          Json{{"accepted", 0}, {"relay_denied", 1}, {"queued_peak", 0}});
    CHECK(report["expect"] == Json{{"met", 1}, {"failed", Json::array()}});
}

TEST_CASE("what does not apply to a delivered message is null in the report") {
    Played const p = played("01-magic");
    Json const row = Json::parse(report_json(p.world, p.trace))["messages"][0];
    CHECK(row["reason"].is_null());
    CHECK(row["by"] == "mx1.shop.example");
    CHECK(row["path"] == Json{"maya", "mail.isp.example", "mx1.shop.example"});
}

TEST_CASE("letters beyond ASCII stay as they are in every report") {
    Played p = played("06-open-relay");
    p.world.title = "Ein Café mit Übersicht 電子";
    CHECK(report_json(p.world, p.trace).find("Ein Café mit Übersicht 電子") != std::string::npos);
    CHECK(trace_jsonl(p.world, p.trace).find("Ein Café mit Übersicht 電子") != std::string::npos);
    CHECK(story(p.world, p.trace, Detail::magic, Colour::off).starts_with("Ein Café mit Übersicht 電子\n"));
}

TEST_CASE("the JSON lines are a header and every event in its order") {
    for (auto const& file : library_files()) {
        CAPTURE(file.filename().string());
        World const world = world_of(text_of(file));
        Trace const trace = run(world);
        std::istringstream lines{trace_jsonl(world, trace)};
        std::string line;
        REQUIRE(std::getline(lines, line));
        Json const header = Json::parse(line);
        CHECK(header["format"] == "mailflow-trace");
        CHECK(header["scenario"] == world.title);
        CHECK(header["seed"] == world.seed);
        std::size_t count = 0;
        double last = 0;
        for (; std::getline(lines, line); ++count) {
            Json const event = Json::parse(line);
            CHECK(event["at_s"].get<double>() >= last);
            last = event["at_s"].get<double>();
            CHECK(keys_of(event)[1] == "kind");
        }
        CHECK(count == trace.events.size());
    }
}

TEST_CASE("the JSON lines keep the whole ladder of a decision") {
    Played const p = played("02-relaying-denied");
    std::istringstream lines{trace_jsonl(p.world, p.trace)};
    Json decision;
    for (std::string line; std::getline(lines, line);)
        if (Json const event = Json::parse(line); event.value("kind", "") == "decision_made")
            decision = event;
    REQUIRE(decision.is_object());
    CHECK(decision["server"] == "mail.isp.example");
    CHECK(decision["verdict"] == "refuse");
    CHECK(decision["decided_by"] == "relay-denied");
    REQUIRE(decision["rules"].size() == 4);
    CHECK(decision["rules"][0]["rule"] == "trusted-network");
    CHECK(decision["rules"][0]["matched"] == false);
    CHECK(decision["rules"][3]["matched"] == true);
}

TEST_CASE("a story at the coarsest level names no server and no command") {
    Played const p = played("03-authenticated");
    std::string const told = story(p.world, p.trace, Detail::magic, Colour::off);
    std::string const tale = told.substr(told.find("\n\n"));
    CHECK(tale.find("magic") != std::string::npos);
    CHECK(tale.find("It arrives") != std::string::npos);
    CHECK(tale.find("mail.isp.example") == std::string::npos);
    CHECK(tale.find("RCPT") == std::string::npos);
}

TEST_CASE("commands and replies appear at the protocol level only") {
    Played const p = played("02-relaying-denied");
    CHECK(story(p.world, p.trace, Detail::servers, Colour::off).find("RCPT TO") == std::string::npos);
    std::string const told = story(p.world, p.trace, Detail::protocol, Colour::off);
    CHECK(told.find("→ RCPT TO:<leo@shop.example>") != std::string::npos);
    CHECK(told.find("← 554 5.7.1 <leo@shop.example>: Relay access denied") != std::string::npos);
    CHECK(told.find("← 250-PIPELINING") != std::string::npos);
}

TEST_CASE("a story without colour has no escape codes, and one with colour says the same words") {
    Played const p = played("13-domain-not-set-up");
    std::string const bare = story(p.world, p.trace, Detail::protocol, Colour::off);
    CHECK(bare.find('\x1b') == std::string::npos);
    std::string coloured = story(p.world, p.trace, Detail::protocol, Colour::on);
    CHECK(coloured.find('\x1b') != std::string::npos);
    for (std::size_t at = coloured.find('\x1b'); at != std::string::npos; at = coloured.find('\x1b'))
        coloured.erase(at, coloured.find('m', at) - at + 1);
    CHECK(coloured == bare);
}

TEST_CASE("whoever closes a connection is named: the client after QUIT, the server after its 421") {
    Played const flood = played("42-too-many-at-once");
    std::map<SessionId, bool> turned_away;
    for (Event const& event : flood.trace.events) {
        if (auto const* sent = std::get_if<ReplySent>(&event.happening))
            turned_away[sent->session] = sent->saying == Saying::too_many_sessions;
        auto const* const closed = std::get_if<SessionClosed>(&event.happening);
        if (closed == nullptr)
            continue;
        std::string const& client = label_of(flood.world, flood.trace.sessions[closed->session].client);
        CHECK(
            sentence(flood.world, flood.trace, event) ==
            (turned_away[closed->session] ? "mx1.shop.example closes the connection" : client + " hangs up"));
    }
    CHECK(std::count_if(turned_away.begin(), turned_away.end(), [](auto const& one) { return one.second; }) >
          900);
}
