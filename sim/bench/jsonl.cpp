// Writing a trace as JSON lines, against {fmt} writing the same lines from values that lie ready.
#include "report/lines/jsonl.hpp"

#include "bench/jsonl_reference.hpp"
#include "bench/patterns.hpp"
#include "bench/stopwatch.hpp"
#include "run/run.hpp"
#include "scenario/load.hpp"

#include <fmt/format.h>

#include <iterator>

namespace mailflow::bench {

namespace {

constexpr int server_count = 50;
constexpr int messages_written = 1'000;
constexpr std::size_t repetitions = 10;

/// People of fifty providers write to each other; one name in six does not exist.
std::string many_providers() {
    std::string machines;
    std::string people;
    for (int i = 0; i < server_count; ++i) {
        fmt::format_to(std::back_inserter(machines),
                       R"({}"mx.d{}.example": {{ "handles": ["d{}.example"], "mailboxes": )"
                       R"(["a", "b", "c", "d", "e", "p{}"], "accounts": {{ "p{}": "x" }} }})",
                       i == 0 ? "" : ", ", i, i, i, i);
        fmt::format_to(std::back_inserter(people),
                       R"({}"p{}": {{ "address": "p{}@d{}.example", "password": "x" }})", i == 0 ? "" : ", ",
                       i, i, i);
    }
    std::string mail;
    for (int i = 0; i < messages_written; ++i)
        fmt::format_to(std::back_inserter(mail),
                       R"({}{{ "at": "{}ms", "from": "p{}", "to": ["{}@d{}.example"] }})", i == 0 ? "" : ", ",
                       i * 137, i * 7 % server_count, static_cast<char>('a' + i % 6), i * 31 % server_count);
    return fmt::format(
        R"({{ "format": 1, "title": "Lines", "servers": {{ {} }}, "people": {{ {} }}, "mail": [ {} ] }})",
        machines, people, mail);
}

} // namespace

Measurement measure_jsonl() {
    World const world = std::get<World>(load_scenario(many_providers()));
    Trace const trace = run(world);
    JsonlReference const reference{trace_jsonl(world, trace)};
    std::size_t written = 0; // so that nothing of it is left out
    BestTimes const best = best_times(
        rounds,
        [&] {
            for (std::size_t i = 0; i < repetitions; ++i)
                (void)write_jsonl(world, trace, [&](std::string_view chunk) {
                    written += chunk.size();
                    return true;
                });
        },
        [&] {
            for (std::size_t i = 0; i < repetitions; ++i)
                reference.write([&](std::string_view chunk) { written += chunk.size(); });
        });
    std::size_t const lines = repetitions * reference.size();
    return {.events = lines,
            .messages = messages_written * repetitions,
            .seconds = best.own,
            .reference_ns = best.reference * 1e9 / static_cast<double>(lines)};
}

} // namespace mailflow::bench
