#include "batch/plan.hpp"

#include "base/md5.hpp"
#include "scenario/places.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace mailflow::batch {

namespace {

/// Adds texts so that no two lists of texts look the same.
void add(std::string& to, std::string_view text) {
    to += fmt::format("{}:{};", text.size(), text);
}

template<class Number>
void add(std::string& to, std::optional<Number> const& number) {
    add(to, number ? fmt::format("{}", *number) : std::string_view{"-"});
}

/// Two of the pointers, one of which leads into the value of the other: whichever is put in last wins, and
/// the rows would name both. Or empty.
std::string words_about_nesting(std::vector<std::string> const& pointers) {
    std::vector<std::vector<std::string>> ways;
    for (std::string const& pointer : pointers)
        if (auto tokens = tokens_of(pointer)) // each run complains about one that is none
            ways.push_back(std::move(*tokens));
    std::sort(ways.begin(), ways.end()); // all that lead into a value come right behind it
    auto const nested =
        std::adjacent_find(ways.begin(), ways.end(), [](auto const& outer, auto const& inner) {
            return outer.size() < inner.size() && std::equal(outer.begin(), outer.end(), inner.begin());
        });
    if (nested == ways.end())
        return {};
    return fmt::format("{} is set, and {} within it; leave one of them out", pointer_to(nested[0]),
                       pointer_to(nested[1]));
}

/// Which level of each factor.
std::vector<std::size_t> levels_of(Plan const& plan, std::uint64_t variation) {
    std::vector<std::size_t> places(plan.factors.size());
    for (std::size_t i = places.size(); i-- > 0;) {
        std::size_t const choices = plan.factors[i].levels.size();
        places[i] = static_cast<std::size_t>(variation % choices);
        variation /= choices;
    }
    return places;
}

std::string hexadecimal(std::string_view bytes) {
    return fmt::format("{:02x}", fmt::join(md5(bytes), ""));
}

} // namespace

std::string trouble_with(Plan const& plan) {
    auto all = parameters(plan);
    std::sort(all.begin(), all.end());
    if (auto const twice = std::adjacent_find(all.begin(), all.end()); twice != all.end())
        return fmt::format("{} is set twice; give all its values at once: {}=VALUE,VALUE", *twice, *twice);
    if (std::string words = words_about_nesting(all); !words.empty())
        return words;
    if (!plan.seeds.empty() && std::binary_search(all.begin(), all.end(), std::string{"/seed"}))
        return "/seed is set, and --seeds given; leave one of them out";
    if (plan.until && std::binary_search(all.begin(), all.end(), std::string{"/until"}))
        return "/until is set, and --until given; leave one of them out";
    double product = static_cast<double>(plan.files.size()) * static_cast<double>(seeds_each(plan));
    for (Factor const& factor : plan.factors)
        product *= static_cast<double>(factor.levels.size());
    if (product > static_cast<double>(most_runs))
        return fmt::format("this makes {:.3g} runs; a batch has at most {}", product, most_runs);
    return {};
}

std::uint64_t variations(Plan const& plan) {
    std::uint64_t product = 1;
    for (Factor const& factor : plan.factors)
        product *= factor.levels.size();
    return product;
}

std::uint64_t seeds_each(Plan const& plan) {
    return std::max<std::uint64_t>(plan.seeds.size(), 1);
}

std::uint64_t runs(Plan const& plan) {
    return plan.files.size() * variations(plan) * seeds_each(plan);
}

Place place_of(Plan const& plan, std::uint64_t run) {
    std::uint64_t const cell = run / seeds_each(plan);
    return {.file = static_cast<std::size_t>(cell / variations(plan)),
            .variation = cell % variations(plan),
            .seed = run % seeds_each(plan)};
}

std::vector<std::string> parameters(Plan const& plan) {
    std::vector<std::string> all;
    for (Factor const& factor : plan.factors)
        all.insert(all.end(), factor.pointers.begin(), factor.pointers.end());
    return all;
}

Factor::Level values_of(Plan const& plan, std::uint64_t variation) {
    auto const places = levels_of(plan, variation);
    Factor::Level values;
    for (std::size_t i = 0; i < places.size(); ++i) {
        Factor::Level const& level = plan.factors[i].levels[places[i]];
        values.insert(values.end(), level.begin(), level.end());
    }
    return values;
}

std::vector<Override> overrides_of(Plan const& plan, std::uint64_t variation) {
    auto const pointers = parameters(plan);
    auto const values = values_of(plan, variation);
    std::vector<Override> overrides;
    for (std::size_t i = 0; i < pointers.size(); ++i)
        if (values[i])
            overrides.push_back({pointers[i], *values[i]});
    return overrides;
}

std::string giver_of(Plan const& plan, std::uint64_t variation, std::string_view pointer) {
    auto const places = levels_of(plan, variation);
    for (std::size_t i = 0; i < places.size(); ++i) {
        Factor const& factor = plan.factors[i];
        bool const has_it =
            std::find(factor.pointers.begin(), factor.pointers.end(), pointer) != factor.pointers.end();
        if (has_it && !factor.table.empty())
            return fmt::format("{}, line {}:", factor.table, factor.lines[places[i]]);
    }
    return "--set";
}

std::string fingerprint(Plan const& plan, std::string_view version) {
    std::string text;
    add(text, version);
    for (ScenarioFile const& file : plan.files) {
        add(text, file.name);
        add(text, hexadecimal(file.text));
    }
    add(text, "factors");
    for (Factor const& factor : plan.factors) {
        for (std::string const& pointer : factor.pointers)
            add(text, pointer);
        for (Factor::Level const& level : factor.levels)
            for (std::optional<std::string> const& value : level)
                add(text, value ? "=" + *value : std::string{});
        add(text, factor.table);
        for (std::size_t const line : factor.lines)
            add(text, std::to_string(line));
        add(text, "end");
    }
    for (SeedList::Range const& range : plan.seeds.ranges())
        add(text, fmt::format("{}..{}", range.first, range.last));
    add(text, plan.until ? std::optional{plan.until->count()} : std::nullopt);
    add(text, plan.limits.events);
    add(text, plan.limits.simulated_time ? std::optional{plan.limits.simulated_time->count()} : std::nullopt);
    add(text, plan.limits.bytes);
    return hexadecimal(text);
}

} // namespace mailflow::batch
