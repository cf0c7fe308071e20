// Loading a large scenario: names looked up, everything checked, a world made. The reference is the plain
// parse of the same text by the JSON library, event by event, of which nothing is kept.
#include "scenario/load.hpp"

#include "bench/child.hpp"
#include "bench/patterns.hpp"
#include "bench/stopwatch.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <cstdlib>
#include <iterator>
#include <string>

namespace mailflow::bench {

namespace {

/// Counts the values of a text, and forgets them.
class Counter : public nlohmann::json_sax<nlohmann::json> {
public:
    std::uint64_t values = 0;

    bool null() override { return count(); }
    bool boolean(bool) override { return count(); }
    bool number_integer(number_integer_t) override { return count(); }
    bool number_unsigned(number_unsigned_t) override { return count(); }
    bool number_float(number_float_t, string_t const&) override { return count(); }
    bool string(string_t&) override { return count(); }
    bool binary(binary_t&) override { return count(); }
    bool start_object(std::size_t) override { return count(); }
    bool key(string_t&) override { return true; }
    bool end_object() override { return true; }
    bool start_array(std::size_t) override { return count(); }
    bool end_array() override { return true; }
    bool parse_error(std::size_t, std::string const&, nlohmann::detail::exception const&) override {
        return false;
    }

private:
    bool count() { return ++values > 0; }
};

/// A provider's world: many people at some hundred servers, who write to each other.
std::string large_scenario(std::size_t bytes) {
    constexpr std::size_t servers = 300;
    constexpr std::size_t people = 10'000;
    std::string text = R"({ "format": 1, "title": "A large world", "servers": {)";
    auto const add = std::back_inserter(text);
    for (std::size_t n = 0; n < servers; ++n)
        fmt::format_to(add, R"({} "mail{}.example": {{ "handles": ["d{}.example"] }})", n == 0 ? "" : ",", n,
                       n);
    text += R"( }, "people": {)";
    for (std::size_t n = 0; n < people; ++n)
        fmt::format_to(add, R"({} "p{}": {{ "name": "Person {}", "address": "p{}@d{}.example" }})",
                       n == 0 ? "" : ",", n, n, n, n % servers);
    text += R"( }, "mail": [)";
    for (std::size_t n = 0; text.size() < bytes; ++n)
        fmt::format_to(add,
                       R"({} {{ "id": "m{}", "at": "{}s", "from": "p{}", "to": ["p{}@d{}.example"], )"
                       R"("subject": "Message number {}", "size": "{}kB" }})",
                       n == 0 ? "" : ",", n, n % 86'400, n % people, n * 7919 % people,
                       n * 7919 % people % servers, n, 1 + n % 90);
    return text + " ] }";
}

} // namespace

Measurement measure_load(std::size_t bytes) {
    std::string const text = large_scenario(bytes);
    Counter counter;
    bool const parsed = nlohmann::json::sax_parse(text, &counter);
    std::uint64_t messages = 0;
    BestTimes const best = best_times(
        rounds,
        [&] {
            auto const loaded = load_scenario(text);
            messages = std::get<World>(loaded).mail.size();
        },
        [&] {
            Counter again;
            if (!parsed || !nlohmann::json::sax_parse(text, &again))
                std::abort();
        });
    return {.events = counter.values,
            .messages = messages,
            .seconds = best.own,
            .reference_ns = best.reference * 1e9 / static_cast<double>(counter.values)};
}

Measurement measure_load_memory(std::size_t bytes) {
    std::string const text = large_scenario(bytes);
    std::uint64_t const most = most_memory_of([&] { (void)load_scenario(text); });
    return {.events = text.size(), .seconds = static_cast<double>(most) * 1e-9, .reference_ns = 1};
}

} // namespace mailflow::bench
