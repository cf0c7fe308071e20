// mailflow bench [WORK...]
#include "base/files.hpp"
#include "base/standard_error.hpp"
#include "base/text.hpp"
#include "bench/workload.hpp"
#include "cli/commands.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <utility>

namespace mailflow::cli {

namespace {

using bench::Flatness;
using bench::Measurement;
using bench::Workload;

/// "3.00 met", "3.00 missed".
std::string target_words(double target, double value) {
    return fmt::format("{:.2f} {}", target, value <= target ? "met" : "missed");
}

std::string bytes_words(std::optional<double> bytes) {
    if (!bytes)
        return "-";
    return fmt::format("{:.0f}, {:.0f} {}", *bytes, bench::most_bytes_per_message,
                       *bytes <= bench::most_bytes_per_message ? "met" : "missed");
}

std::string table_head() {
    return fmt::format("{:<17} {:>11} {:>9} {:>9} {:>10} {:>10} {:>6} {:>12} {:>17}\n", "work", "events",
                       "messages", "seconds", "ns/event", "reference", "ratio", "target",
                       "B/message, target");
}

std::string table_line(Workload const& work, Measurement const& measured) {
    return fmt::format("{:<17} {:>11} {:>9} {:>9.3f} {:>10.1f} {:>10.1f} {:>6.2f} {:>12} {:>17}\n", work.name,
                       measured.events, measured.messages == 0 ? "-" : fmt::format("{}", measured.messages),
                       measured.seconds, measured.ns_per_event(), measured.reference_ns, measured.ratio(),
                       target_words(work.most_ratio, measured.ratio()),
                       bytes_words(measured.bytes_per_message));
}

std::string table_line(Flatness const& flatness, double ratio) {
    return fmt::format("{:<17} {:>11} {:>9} {:>9} {:>10} {:>10} {:>6.2f} {:>12} {:>17}\n", flatness.name, "-",
                       "-", "-", "-", "-", ratio, target_words(flatness.most_ratio, ratio), "-");
}

std::string json_target(double target, double ratio) {
    return fmt::format(R"("ratio": {:.3f}, "target_ratio": {:.3f}, "met": {})", ratio, target,
                       ratio <= target);
}

std::string json_memory_target(std::optional<double> bytes) {
    std::string_view const met = !bytes ? "null" : *bytes <= bench::most_bytes_per_message ? "true" : "false";
    return fmt::format(R"("target_bytes_per_message_in_flight": {:.0f}, "memory_met": {})",
                       bench::most_bytes_per_message, met);
}

std::string json_line(Workload const& work, Measurement const& measured) {
    return fmt::format(
        R"({{"work": "{}", "events": {}, "messages": {}, "seconds": {:.6f}, "ns_per_event": {:.2f}, )"
        R"("reference_ns_per_event": {:.2f}, {}, )"
        R"("bytes_per_message_in_flight": {}, {}}})",
        work.name, measured.events, measured.messages, measured.seconds, measured.ns_per_event(),
        measured.reference_ns, json_target(work.most_ratio, measured.ratio()),
        measured.bytes_per_message ? fmt::format("{:.1f}", *measured.bytes_per_message) : "null",
        json_memory_target(measured.bytes_per_message));
}

std::string json_line(Flatness const& flatness, double ratio) {
    return fmt::format(R"({{"work": "{}", {}}})", flatness.name, json_target(flatness.most_ratio, ratio));
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
            say_on_stderr("mailflow: there is no workload {}{}\nThere are {}.\n", name,
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
    std::string trouble = write_stdout(table ? table_head() : "[");
    std::string_view before = "\n  "; // the next line, in JSON
    auto const write = [&](auto const& work, auto const& measured) {
        trouble = write_stdout(
            table ? table_line(work, measured)
                  : fmt::format("{}{}", std::exchange(before, ",\n  "), json_line(work, measured)));
        return trouble.empty();
    };
    std::map<std::string_view, double> ns_per_message;
    for (std::size_t i = 0; i < works->size() && trouble.empty(); ++i) {
        Workload const& work = (*works)[i];
        Measurement const measured = work.measure();
        if (measured.messages > 0)
            ns_per_message[work.name] = measured.seconds * 1e9 / static_cast<double>(measured.messages);
        if (!write(work, measured))
            break;
    }
    for (Flatness const& flatness : bench::flatnesses())
        if (auto const ratio = bench::ratio_of(flatness, ns_per_message); ratio && trouble.empty())
            (void)write(flatness, *ratio);
    if (!table && trouble.empty())
        trouble = write_stdout("\n]\n");
    if (trouble.empty())
        return Status::done;
    say_on_stderr("mailflow: {}\n", trouble);
    return Status::file_trouble;
}

} // namespace mailflow::cli
