#include "bench/workload.hpp"

#include "bench/patterns.hpp"

namespace mailflow::bench {

std::vector<Workload> const& workloads() {
    static std::vector<Workload> const all{
        {"hold-1e3", "the event set alone, 10^3 events waiting", [] { return measure_hold(1'000); }},
        {"hold-1e5", "the event set alone, 10^5 events waiting", [] { return measure_hold(100'000); }},
        {"hold-1e6", "the event set alone, 10^6 events waiting", [] { return measure_hold(1'000'000); }},
        {"mail-pattern-1e5", "the events of 10^5 messages alone, on mailflow's own loop",
         [] { return measure_mail_pattern(100'000); }},
        {"mail-stream-1e4", "a stream of 10^4 messages with all that is simulated",
         [] { return measure_mail_stream(10'000); }},
        {"mail-stream-1e5", "10^5 messages", [] { return measure_mail_stream(100'000); }},
        {"mail-stream-1e6", "10^6 messages", [] { return measure_mail_stream(1'000'000); }},
        {"mail-stream-1e7", "10^7 messages", [] { return measure_mail_stream(10'000'000); }},
        {"mail-burst-1e6", "10^6 messages, all written at once",
         [] { return measure_mail_burst(1'000'000); }},
        {"mail-servers-10", "10^5 messages between 10 servers",
         [] { return measure_mail_stream(100'000, 10); }},
        {"mail-servers-1e5", "10^5 messages between 10^5 servers",
         [] { return measure_mail_stream(100'000, 100'000); }},
        {"jsonl", "a trace written as JSON lines", [] { return measure_jsonl(); }},
        {"load-10MB", "loading a scenario of 10 MB; an event is a JSON value, the reference the bare parse",
         [] { return measure_load(10'000'000); }},
    };
    return all;
}

} // namespace mailflow::bench
