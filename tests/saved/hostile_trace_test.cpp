// A file that somebody made on purpose: with a right checksum and wrong contents. It must be refused, or be
// good enough for everything that is made of a trace.
#include "../report/library.hpp"

#include "base/checksum.hpp"
#include "base/random.hpp"
#include "report/csv.hpp"
#include "report/json_report.hpp"
#include "report/lines/jsonl.hpp"
#include "report/story/story.hpp"
#include "saved/saved_trace.hpp"
#include "trace/replay.hpp"

using namespace mailflow;

namespace {

/// The bytes with the checksum that belongs to them.
std::string sealed(std::string bytes) {
    bytes.resize(bytes.size() - 8);
    Checksum sum;
    sum.add(bytes);
    for (unsigned i = 0; i < 8; ++i)
        bytes += static_cast<char>(sum.value() >> (8U * i));
    return bytes;
}

/// Whether it was taken; then everything is made of it that can be.
bool is_taken(std::string const& bytes) {
    auto const read = read_saved_trace(bytes);
    auto const* const opened = std::get_if<SavedTrace>(&read);
    if (opened == nullptr)
        return false;
    World const& world = opened->world;
    Trace const& trace = opened->trace;
    std::size_t made =
        trace_jsonl(world, trace).size() + report_json(world, trace).size() + report_csv(world, trace).size();
    made += story(world, trace, Detail::protocol, Colour::off).size();
    Replay const replay{trace};
    made += replay.at(trace.ended_at).applied;
    CHECK(made > 0);
    return true;
}

} // namespace

TEST_CASE("no byte that somebody changes in a saved trace makes its readers stumble") {
    std::size_t refused = 0;
    for (char const* const name : {"02-relaying-denied", "18-hours-of-waiting", "06-open-relay"}) {
        CAPTURE(name);
        WorldSource const source{.scenario = text_of(std::filesystem::path{MAILFLOW_SOURCE_DIR} /
                                                     "scenarios" / (std::string{name} + ".json"))};
        World const world = std::get<World>(load_world(source));
        std::string bytes;
        REQUIRE(write_saved_trace(source, world, run(world), [&](std::string_view chunk) {
            bytes += chunk;
            return true;
        }));
        REQUIRE(is_taken(bytes));
        // The text of the scenario is checked by its own loader; what comes behind it is what this is about.
        std::size_t const begin = bytes.find(source.scenario) + source.scenario.size();
        RandomStream chance{1, 0};
        for (int i = 0; i < 700; ++i) {
            std::string changed = bytes;
            std::size_t const place = begin + chance.below(bytes.size() - 8 - begin);
            CAPTURE(place);
            switch (chance.below(4)) {
            case 0: changed[place] = static_cast<char>(chance.below(256)); break;
            case 1: changed[place] = static_cast<char>(changed[place] + 1); break;
            case 2: changed.erase(place, 1 + chance.below(3)); break;
            default: changed.insert(place, 1 + chance.below(3), static_cast<char>(chance.below(4))); break;
            }
            refused += is_taken(sealed(changed)) ? 0U : 1U;
        }
    }
    CHECK(refused > 1000);
}

TEST_CASE("a saved trace that claims more rows than it has bytes is refused at once") {
    std::string bytes = "mailflow saved trace 2\n";
    for (int i = 0; i < 200; ++i)
        bytes += "\xff\xff\xff\xff\x0f";
    CHECK_FALSE(is_taken(sealed(bytes)));
}
