// The bytes of what is written fast are those of the JSON library.
#include "library.hpp"

#include "base/random.hpp"
#include "report/lines/json_text.hpp"
#include "report/lines/jsonl.hpp"

#include <nlohmann/json.hpp>

#include <cstdlib>

using namespace mailflow;
using Json = nlohmann::ordered_json;

namespace {

std::string in_seconds(Duration duration) {
    JsonText text;
    text.seconds(duration);
    return std::string{text.view()};
}

std::string as_the_library_writes(Duration duration) {
    return Json(seconds(duration)).dump();
}

} // namespace

TEST_CASE("seconds have the digits that the JSON library gives them") {
    for (std::int64_t const ns :
         {0LL, 1LL, 99'999LL, 100'000LL, 100'001LL, 65'000LL, 500'000LL, 1'000'000'000LL, 799'456'000LL,
          63'113'626'000LL, 604'800'000'000'000LL, -5'000'000LL})
        CHECK(in_seconds(Duration{ns}) == as_the_library_writes(Duration{ns}));
    RandomStream chance{1, 0};
    for (std::uint64_t const bound : {std::uint64_t{1'000'000}, std::uint64_t{1'000'000'000},
                                      std::uint64_t{100'000'000'000}, std::uint64_t{604'800'000'000'000}})
        for (int i = 0; i < 50'000; ++i) {
            Duration const duration{static_cast<std::int64_t>(chance.below(bound))};
            if (in_seconds(duration) != as_the_library_writes(duration))
                FAIL(duration.count());
        }
}

TEST_CASE("texts are escaped as the JSON library does it") {
    for (std::string const text : {"", "plain", "a \"quoted\" \\ text", "tab\tand\nline\x01\x1f\x7f",
                                   "Café 電子", "broken \xff\xc3 end", "\xed\xa0\x80"}) {
        JsonText line;
        line.text(text);
        CHECK(line.view() == Json(text).dump(-1, ' ', false, Json::error_handler_t::replace));
    }
}

TEST_CASE("a text may be longer than the room that there was") {
    JsonText line;
    std::string const text(100'000, 'x');
    line.text("a");
    line.text(text);
    line.number(18'446'744'073'709'551'615U);
    CHECK(line.view() == "\"a\"\"" + text + "\"18446744073709551615");
}

TEST_CASE("every line of a trace has the bytes that the JSON library would give it") {
    for (auto const& file : library_files()) {
        CAPTURE(file.filename().string());
        World const world = world_of(text_of(file));
        std::istringstream lines{trace_jsonl(world, run(world))};
        for (std::string line; std::getline(lines, line);)
            if (Json::parse(line).dump() != line)
                FAIL_CHECK(line);
    }
}

TEST_CASE("no reply in a trace is cut short where a server delivers what it wrote itself") {
    for (auto const& file : library_files()) {
        CAPTURE(file.filename().string());
        World const world = world_of(text_of(file));
        CHECK(trace_jsonl(world, run(world)).find(R"(queued as "})") == std::string::npos);
    }
}

TEST_CASE("the lines of one trace are those that were read and approved") {
    std::string const name = "02-relaying-denied";
    std::filesystem::path const folder{MAILFLOW_SOURCE_DIR};
    std::filesystem::path const golden = folder / "tests" / "golden" / (name + ".jsonl");
    World const world = world_of(text_of(folder / "scenarios" / (name + ".json")));
    std::string const lines = trace_jsonl(world, run(world));
    if (std::getenv("UPDATE_GOLDEN") != nullptr)
        std::ofstream{golden, std::ios::binary} << lines;
    CHECK(lines == text_of(golden));
}

TEST_CASE("writing a trace ends when the sink takes no more") {
    World const world = world_of(text_of(library_files().front()));
    Trace const trace = run(world);
    std::size_t chunks = 0;
    CHECK_FALSE(write_jsonl(world, trace, [&](std::string_view) {
        ++chunks;
        return false;
    }));
    CHECK(chunks == 1);
}
