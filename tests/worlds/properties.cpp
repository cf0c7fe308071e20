#include "worlds/properties.hpp"

#include "run/run.hpp"
#include "scenario/load.hpp"

namespace mailflow::worlds {

namespace {

std::vector<Property> collect() {
    std::vector<Property> all;
    for (auto const& some :
         {references_properties(), order_properties(), accounting_properties(), relaying_properties(),
          reach_properties(), report_properties(), replay_properties()})
        all.insert(all.end(), some.begin(), some.end());
    return all;
}

} // namespace

std::vector<Property> const& properties() {
    static std::vector<Property> const all = collect();
    return all;
}

std::optional<Violation> first_violation(std::string const& scenario) {
    auto loaded = load_scenario(scenario);
    if (auto const* complaints = std::get_if<std::vector<Diagnostic>>(&loaded))
        return Violation{std::string{loader_takes_it}, to_line(complaints->front(), "scenario")};
    Played played{scenario, std::get<World>(std::move(loaded)), {}};
    played.trace = run(played.world);
    for (Property const& property : properties())
        if (std::string trouble = property.trouble(played); !trouble.empty())
            return Violation{std::string{property.name}, std::move(trouble)};
    return std::nullopt;
}

} // namespace mailflow::worlds
