// mailflow bench [WORK...]
#include "bench/workload.hpp"

#include "base/files.hpp"
#include "base/text.hpp"
#include "cli/commands.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdio>

namespace mailflow::cli {

namespace {

using bench::Measurement;
using bench::Workload;

std::string table_line(Workload const& work, Measurement const& measured) {
    return fmt::format("{:<18} {:>11} {:>9} {:>9.3f} {:>9.1f} {:>9.1f} {:>6.2f} {:>10}\n", work.name,
                       measured.events, measured.messages == 0 ? "-" : fmt::format("{}", measured.messages),
                       measured.seconds, measured.ns_per_event(), measured.reference_ns, measured.ratio(),
                       measured.bytes_per_message ? fmt::format("{:.0f}", *measured.bytes_per_message) : "-");
}

std::string json_line(Workload const& work, Measurement const& measured) {
    return fmt::format(
        R"({{"work": "{}", "events": {}, "messages": {}, "seconds": {:.6f}, "ns_per_event": {:.2f}, )"
        R"("reference_ns_per_event": {:.2f}, "ratio": {:.3f}, "bytes_per_message_in_flight": {}}})",
        work.name, measured.events, measured.messages, measured.seconds, measured.ns_per_event(),
        measured.reference_ns, measured.ratio(),
        measured.bytes_per_message ? fmt::format("{:.1f}", *measured.bytes_per_message) : "null");
}

/// The named workloads in their order; all when none is named. Complains about a name that is none.
std::optional<std::vector<Workload>> chosen(std::vector<std::string> const& names) {
    std::vector<std::string> known;
    for (Workload const& work : bench::workloads())
        known.emplace_back(work.name);
    std::vector<Workload> chosen;
    for (std::string const& name : names) {
        auto const place = std::find(known.begin(), known.end(), name);
        if (place == known.end()) {
            std::string_view const meant = nearest(name, known);
            fmt::print(stderr, "mailflow: there is no workload {}{}\nThere are {}.\n", name,
                       meant.empty() ? "" : fmt::format("; did you mean {}?", meant), join_words(known));
            return std::nullopt;
        }
        chosen.push_back(bench::workloads()[static_cast<std::size_t>(place - known.begin())]);
    }
    return names.empty() ? bench::workloads() : chosen;
}

} // namespace

Status run_benchmarks(BenchOptions const& options) {
    auto const works = chosen(options.works);
    if (!works)
        return Status::bad_usage;
    bool const table = options.format == BenchFormat::table;
    std::string trouble = write_stdout(
        table ? fmt::format("{:<18} {:>11} {:>9} {:>9} {:>9} {:>9} {:>6} {:>10}\n", "work", "events",
                            "messages", "seconds", "ns/event", "reference", "ratio", "B/message")
              : "[\n");
    for (std::size_t i = 0; i < works->size() && trouble.empty(); ++i) {
        Workload const& work = (*works)[i];
        Measurement const measured = work.measure();
        trouble = write_stdout(
            table ? table_line(work, measured)
                  : fmt::format("  {}{}\n", json_line(work, measured), i + 1 < works->size() ? "," : "\n]"));
    }
    if (trouble.empty())
        return Status::done;
    fmt::print(stderr, "mailflow: {}\n", trouble);
    return Status::file_trouble;
}

} // namespace mailflow::cli
