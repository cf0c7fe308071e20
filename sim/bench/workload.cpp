#include "bench/workload.hpp"

#include "bench/patterns.hpp"

#include <algorithm>
#include <limits>

namespace mailflow::bench {

std::vector<Workload> const& workloads() {
    constexpr double hold = 1.25;
    constexpr double pattern = 2;
    constexpr double mail = 3;
    static std::vector<Workload> const all{
        {"hold-1e3", "the event set alone, 10^3 events waiting", [] { return measure_hold(1'000); }, hold},
        {"hold-1e5", "the event set alone, 10^5 events waiting", [] { return measure_hold(100'000); }, hold},
        {"hold-1e6", "the event set alone, 10^6 events waiting", [] { return measure_hold(1'000'000); },
         hold},
        {"mail-pattern-1e5", "the events of 10^5 messages alone, on mailflow's own loop",
         [] { return measure_mail_pattern(100'000); }, pattern},
        {"mail-stream-1e4", "a stream of 10^4 messages with all that is simulated",
         [] { return measure_mail_stream(10'000); }, mail},
        {"mail-stream-1e5", "10^5 messages", [] { return measure_mail_stream(100'000); }, mail},
        {"mail-stream-1e6", "10^6 messages", [] { return measure_mail_stream(1'000'000); }, mail},
        {"mail-stream-1e7", "10^7 messages", [] { return measure_mail_stream(10'000'000); }, mail},
        {"mail-burst-1e6", "10^6 messages, all written at once", [] { return measure_mail_burst(1'000'000); },
         mail},
        {"mail-servers-10", "10^5 messages between 10 servers",
         [] { return measure_mail_stream(100'000, 10); }, mail},
        {"mail-servers-1e5", "10^5 messages between 10^5 servers",
         [] { return measure_mail_stream(100'000, 100'000); }, mail},
        {"jsonl", "a trace written as JSON lines", [] { return measure_jsonl(); }, 1},
        {"load-10MB", "loading a scenario of 10 MB; an event is a JSON value, the reference the bare parse",
         [] { return measure_load(10'000'000); }, 3},
        {"load-memory", "memory for that; an event is an octet of the file, a nanosecond one in memory",
         [] { return measure_load_memory(10'000'000); }, 4},
        {"batch-2-threads", "a batch of small runs on two threads, in elapsed time, beside one thread",
         [] { return measure_batch(); }, 1 / 1.9},
        {"start-up", "`mailflow run` of a small scenario; the reference is what it may take",
         [] { return measure_start_up(); }, 1},
    };
    return all;
}

std::vector<Flatness> const& flatnesses() {
    static std::vector<Flatness> const all{
        {"flat-messages",
         "a message of 10^7 beside one of 10^4",
         {"mail-stream-1e4", "mail-stream-1e5", "mail-stream-1e6", "mail-stream-1e7"}},
        {"flat-servers",
         "a message between 10^5 servers beside one between 10",
         {"mail-servers-10", "mail-stream-1e5", "mail-servers-1e5"}},
    };
    return all;
}

std::optional<double> ratio_of(Flatness const& flatness,
                               std::map<std::string_view, double> const& ns_per_message) {
    double least = std::numeric_limits<double>::infinity();
    double most = 0;
    for (std::string_view const work : flatness.works) {
        auto const measured = ns_per_message.find(work);
        if (measured == ns_per_message.end())
            return std::nullopt;
        least = std::min(least, measured->second);
        most = std::max(most, measured->second);
    }
    return most / least;
}

} // namespace mailflow::bench
