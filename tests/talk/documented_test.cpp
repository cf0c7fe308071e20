// What the documentation and the source of qmail and of Microsoft Exchange say that they answer, held with
// the simulated servers: the last reply of each session, word for word.
#include "catch.hpp"
#include "talk/records.hpp"

#include "run/conversation.hpp"
#include "scenario/load.hpp"

#include <nlohmann/json.hpp>

#include <fstream>
#include <regex>

using namespace mailflow;
using namespace mailflow::test;

namespace {

using nlohmann::json;

World world_of(json const& row) {
    std::string const id = row.at("id");
    std::string text = world_of_records(id.substr(0, id.find('/')));
    std::string const handles = R"("handles")";
    if (row.contains("open_relay"))
        text.replace(text.find(handles), handles.size(), R"("open_relay": true, "handles")");
    auto const loaded = load_scenario(text);
    REQUIRE(std::holds_alternative<World>(loaded));
    return std::get<World>(loaded);
}

/// The last thing that the server says.
std::string last_reply(json const& row) {
    TypedConversation conversation{world_of(row),
                              {ServerId{0}, *parse_ip(row.at("client").get<std::string>()), row.at("port")}};
    std::string said = conversation.greeting();
    for (json const& command : row.at("commands"))
        said += conversation.hear(octets_of(command));
    return split_replies(said).back();
}

/// Without what differs from run to run, as the documentation writes it.
std::string without_values(std::string reply) {
    for (auto const& [value, name] :
         {std::pair{R"(\d{10} qp \d+)", "<time> qp <pid>"},
          std::pair{R"(\w{3}, \d\d? \w{3} \d{4} [\d:]{8} [+]0000)", "<date>"},
          std::pair{R"(<\w+@mx.example.org> \[InternalId=\d+)", "<id> [InternalId=<number>"}})
        reply = std::regex_replace(reply, std::regex{value}, name);
    return reply;
}

} // namespace

TEST_CASE("qmail and Exchange answer as is written of them") {
    std::ifstream file{MAILFLOW_SOURCE_DIR "/tests/facts/documented.jsonl"};
    REQUIRE(file);
    int rows = 0;
    for (std::string line; std::getline(file, line); ++rows) {
        json const row = json::parse(line);
        INFO(row.at("id") << ": " << row.at("what"));
        CHECK(without_values(last_reply(row)) == row.at("reply").get<std::string>());
    }
    CHECK(rows == 28);
}
