// A run that was kept in a file is the run that was kept.
#include "../report/library.hpp"

#include "report/csv.hpp"
#include "report/json_report.hpp"
#include "report/lines/jsonl.hpp"
#include "report/story/story.hpp"
#include "saved/open_run.hpp"

using namespace mailflow;

namespace {

std::string saved(WorldSource const& source) {
    World const world = std::get<World>(load_world(source));
    std::string bytes;
    CHECK(write_saved_trace(source, world, run(world), [&](std::string_view chunk) {
        bytes += chunk;
        return true;
    }));
    return bytes;
}

std::string trouble_of(std::string_view bytes) {
    auto const read = read_saved_trace(bytes);
    auto const* const trouble = std::get_if<std::string>(&read);
    return trouble != nullptr ? *trouble : "";
}

std::string scenario(std::string const& name) {
    return text_of(std::filesystem::path{MAILFLOW_SOURCE_DIR} / "scenarios" / (name + ".json"));
}

std::string all_outputs(World const& world, Trace const& trace) {
    std::string all = trace_jsonl(world, trace) + report_json(world, trace) + report_csv(world, trace);
    for (Detail const detail : {Detail::magic, Detail::servers, Detail::protocol})
        all += story(world, trace, detail, Colour::on);
    return all;
}

} // namespace

TEST_CASE("every output of a saved trace has the bytes of the original run") {
    for (auto const& file : library_files()) {
        CAPTURE(file.filename().string());
        WorldSource const source{.scenario = text_of(file)};
        World const world = std::get<World>(load_world(source));
        auto read = read_saved_trace(saved(source));
        REQUIRE(std::holds_alternative<SavedTrace>(read));
        SavedTrace const& opened = std::get<SavedTrace>(read);
        CHECK(all_outputs(opened.world, opened.trace) == all_outputs(world, run(world)));
        CHECK(saved(opened.source) == saved(source));
    }
}

TEST_CASE("a saved trace keeps what was changed of its scenario") {
    WorldSource const source{
        .scenario = scenario("02-relaying-denied"),
        .overrides = {{"/people/maya/outgoing/port", "587"}, {"/title", "Another title"}},
        .seed = 7,
        .until = std::chrono::hours{1}};
    auto read = read_saved_trace(saved(source));
    REQUIRE(std::holds_alternative<SavedTrace>(read));
    SavedTrace const& opened = std::get<SavedTrace>(read);
    CHECK(opened.world.title == "Another title");
    CHECK(opened.world.seed == 7);
    CHECK(opened.world.until == std::chrono::hours{1});
    CHECK(opened.source.overrides == source.overrides);
}

TEST_CASE("a record of a saved trace takes at most 32 bytes") {
    WorldSource const source{.scenario = scenario("34-open-relay-abused")};
    World const world = std::get<World>(load_world(source));
    CHECK(saved(source).size() < source.scenario.size() + 32 * run(world).events.size());
}

TEST_CASE("what is cut off, damaged or of another version is told in one sentence") {
    std::string const bytes = saved({.scenario = scenario("02-relaying-denied")});
    CHECK(trouble_of(bytes).empty());
    for (std::size_t const size : {bytes.find('\n') + 1, bytes.size() / 2, bytes.size() - 1})
        CHECK(trouble_of(std::string_view{bytes}.substr(0, size)).find("cut off") != std::string::npos);
    CHECK(trouble_of(bytes + "x") == "it is damaged or cut off");
    std::string damaged = bytes;
    damaged[bytes.size() / 2] ^= 0x10;
    CHECK(trouble_of(damaged) == "it is damaged or cut off");
    for (std::size_t place = 0; place <= bytes.find('\n'); ++place) {
        damaged = bytes;
        damaged[place] = static_cast<char>(damaged[place] ^ 0x80);
        CAPTURE(place);
        auto const opened = open_run({.scenario = damaged}, "run.trace");
        REQUIRE(std::holds_alternative<CannotOpen>(opened));
        CHECK(std::get<CannotOpen>(opened).why == CannotOpen::Why::damaged);
        CHECK(std::get<CannotOpen>(opened).lines.front() ==
              "run.trace: cannot open this saved trace: it is damaged or cut off");
    }
    std::string foreign = bytes;
    foreign.replace(foreign.find('\n') - 1, 1, "17");
    CHECK(trouble_of(foreign) == "it was saved in version 17 of the form; this program reads version 5");
}

TEST_CASE("a saved trace cannot be changed any more") {
    std::string const bytes = saved({.scenario = scenario("02-relaying-denied")});
    auto const opened = open_run({.scenario = bytes, .seed = 3}, "run.trace");
    REQUIRE(std::holds_alternative<CannotOpen>(opened));
    CHECK(std::get<CannotOpen>(opened).why == CannotOpen::Why::no_run);
    CHECK(std::get<CannotOpen>(opened).lines.front().starts_with(
        "run.trace: a saved trace is what has happened"));
    auto const cut = open_run({.scenario = bytes.substr(0, 100)}, "run.trace");
    REQUIRE(std::holds_alternative<CannotOpen>(cut));
    CHECK(std::get<CannotOpen>(cut).why == CannotOpen::Why::damaged);
    CHECK(std::holds_alternative<OpenedRun>(open_run({.scenario = bytes}, "run.trace")));
    CHECK(std::holds_alternative<OpenedRun>(open_run({.scenario = scenario("01-magic"), .seed = 3}, "01")));
}
