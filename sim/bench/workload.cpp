#include "bench/workload.hpp"

#include "bench/patterns.hpp"

namespace mailflow::bench {

std::vector<Workload> const& workloads() {
    static std::vector<Workload> const all{
        {"hold-1e3", "the event set alone, 10^3 events waiting", [] { return measure_hold(1'000); }},
        {"hold-1e5", "the event set alone, 10^5 events waiting", [] { return measure_hold(100'000); }},
        {"hold-1e6", "the event set alone, 10^6 events waiting", [] { return measure_hold(1'000'000); }},
        {"jsonl", "a trace written as JSON lines", [] { return measure_jsonl(); }},
    };
    return all;
}

} // namespace mailflow::bench
