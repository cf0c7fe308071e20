// What is told of a run: every form of it can be written, is well-formed, and agrees with the others.
#include "worlds/properties.hpp"

#include "report/csv.hpp"
#include "report/json_report.hpp"
#include "report/lines/jsonl.hpp"
#include "report/page.hpp"
#include "report/story/story.hpp"
#include "report/summary.hpp"
#include "run/run.hpp"
#include "scenario/load.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <map>
#include <sstream>

namespace mailflow::worlds {

namespace {

using Report = nlohmann::json;

std::size_t number(Report const& object, std::string const& key) {
    return object.at(key).get<std::size_t>();
}

std::string totals_add_up(Report const& report, std::size_t handed_in) {
    Report const& totals = report.at("totals");
    std::size_t const sum = number(totals, "delivered") + number(totals, "refused") +
                            number(totals, "bounced") + number(totals, "queued") +
                            number(totals, "discarded");
    if (sum != number(totals, "recipients") || sum != handed_in)
        return fmt::format("{} recipients were handed in, the totals add up to {}", handed_in, sum);
    Report const& bounces = report.at("bounces");
    if (number(bounces, "written") !=
        number(bounces, "delivered") + number(bounces, "queued") + number(bounces, "discarded"))
        return "the bounces do not add up";
    return {};
}

std::string row_is_complete(Report const& row) {
    std::string const outcome = row.at("outcome");
    bool const failed = outcome == "refused" || outcome == "bounced" || outcome == "discarded";
    if (failed && (row.at("by").is_null() || row.at("reply").is_null() || row.at("reason").is_null()))
        return fmt::format("{} to {}: {} without a \"by\", a reply or a reason", row.at("id").dump(),
                           row.at("to").dump(), outcome);
    if (failed && row.at("reply").get<std::string>().empty())
        return "an empty reply";
    if (outcome == "delivered" && !row.at("reason").is_null())
        return "delivered for a reason";
    return row.at("path").empty() ? "a message without a way" : "";
}

std::size_t handed_in(Played const& played) {
    std::size_t count = 0;
    for (Message const& message : played.trace.messages)
        count += is_handed_in(message) ? message.recipient_count : 0;
    return count;
}

/// The fields of a table, quotes taken off (RFC 4180 section 2).
std::vector<std::vector<std::string>> rows_of(std::string const& table) {
    std::vector<std::vector<std::string>> rows{{""}};
    bool quoted = false;
    for (std::size_t at = 0; at < table.size(); ++at) {
        if (table[at] == '"' && quoted && table.substr(at, 2) == "\"\"")
            rows.back().back() += table[++at];
        else if (table[at] == '"')
            quoted = !quoted;
        else if (table[at] == '\n' && !quoted && at + 1 < table.size())
            rows.push_back({""});
        else if (table[at] == ',' && !quoted)
            rows.back().emplace_back();
        else
            rows.back().back() += table[at];
    }
    return rows;
}

constexpr std::size_t outcome_column = 5;

std::string report_agrees(Played const& played) {
    Report const report = Report::parse(report_json(played.world, played.trace));
    if (auto trouble = totals_add_up(report, handed_in(played)); !trouble.empty())
        return trouble;
    std::map<std::string, std::size_t> outcomes;
    for (Report const& row : report.at("messages")) {
        ++outcomes[row.at("outcome")];
        if (auto trouble = row_is_complete(row); !trouble.empty())
            return trouble;
    }
    for (auto const& [outcome, count] : outcomes)
        if (count != number(report.at("totals"), outcome))
            return fmt::format("{} rows are {}, the totals say otherwise", count, outcome);
    auto const rows = rows_of(report_csv(played.world, played.trace));
    if (rows.size() != report.at("messages").size() + 1)
        return "the table has not a row for each recipient";
    for (std::size_t n = 1; n < rows.size(); ++n)
        if (rows[n].size() != rows[0].size() ||
            rows[n][outcome_column] != report["messages"][n - 1]["outcome"].get<std::string>())
            return fmt::format("row {} of the table is not that of the report", n);
    return {};
}

std::string trace_is_written(Played const& played) {
    std::string const text = trace_jsonl(played.world, played.trace);
    std::istringstream lines{text};
    std::size_t count = 0;
    for (std::string line; std::getline(lines, line); ++count)
        if (!Report::accept(line))
            return fmt::format("line {} is no JSON: {}", count + 1, line);
    if (count != played.trace.events.size() + 1)
        return fmt::format("{} lines for {} events", count, played.trace.events.size());
    auto loaded = load_scenario(played.scenario);
    World const world = std::get<World>(std::move(loaded));
    return trace_jsonl(world, run(world)) == text ? "" : "the same scenario gives another run";
}

std::string story_is_told(Played const& played) {
    for (Detail const detail : {Detail::magic, Detail::servers, Detail::protocol}) {
        std::istringstream lines{story(played.world, played.trace, detail, Colour::off)};
        std::size_t count = 0;
        for (std::string line; std::getline(lines, line); ++count)
            if (character_count(line) > Page::width || (!line.empty() && line.back() == ' '))
                return "a line is too wide: " + line;
        if (count == 0)
            return "an empty story";
    }
    return {};
}

} // namespace

std::vector<Property> report_properties() {
    return {{"the report, its totals and the table agree, and every refusal has a reply", report_agrees},
            {"the trace can be written, and the same scenario gives the same one", trace_is_written},
            {"the story can be told at every level", story_is_told}};
}

} // namespace mailflow::worlds
