#include "fuzz/take.hpp"

#include "run/count.hpp"
#include "scenario/load.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>

namespace mailflow::fuzz {

namespace {

constexpr std::string_view override_mark = "--set ";
constexpr std::uint64_t most_events = 2000;

void must(bool holds, std::string_view what) {
    if (holds)
        return;
    fmt::print(stderr, "{}\n", what);
    std::abort();
}

/// Takes the overrides off the beginning of the text.
std::vector<Override> take_overrides(std::string_view& text) {
    std::vector<Override> overrides;
    while (text.starts_with(override_mark)) {
        std::string_view const line = text.substr(0, text.find('\n'));
        auto parsed = parse_override(line.substr(override_mark.size()));
        if (auto* found = std::get_if<Override>(&parsed))
            overrides.push_back(std::move(*found));
        text.remove_prefix(std::min(line.size() + 1, text.size()));
    }
    return overrides;
}

void check(std::vector<Diagnostic> const& diagnostics, std::string_view text) {
    must(!diagnostics.empty(), "neither a world nor a complaint");
    auto const lines = 1 + static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n'));
    Diagnostic const* before = nullptr;
    for (Diagnostic const& one : diagnostics) {
        must(one.line >= 1 && one.line <= lines, "a line that is not in the text");
        must(one.column >= 1 && one.column <= text.size() + 1, "a column that is not in the text");
        must(one.pointer.empty() || one.pointer.front() == '/', "no pointer");
        must(!one.what.empty(), "no words");
        must(!to_line(one, "scenario").empty(), "no line");
        must(!before || !before->override_pointer.empty() || !one.override_pointer.empty() ||
                 std::pair{before->line, before->column} <= std::pair{one.line, one.column},
             "not in the order of the text");
        before = &one;
    }
}

} // namespace

void take(std::string_view bytes) {
    std::string_view text = bytes;
    auto const overrides = take_overrides(text);
    auto const loaded = load_scenario(text, overrides);
    if (auto const* diagnostics = std::get_if<std::vector<Diagnostic>>(&loaded))
        return check(*diagnostics, text);
    Limits limits;
    limits.events = most_events;
    (void)count(std::get<World>(loaded), limits);
}

} // namespace mailflow::fuzz
