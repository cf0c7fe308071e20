// Loading scenarios inside tests: the world or the complaints, as texts that are easy to compare.
#pragma once

#include "catch.hpp"

#include "scenario/load.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace mailflow::test {

/// The complaints about the text, one "line:column: /pointer: what; hint" each; none when it loads.
inline std::vector<std::string> complaints_about(std::string_view text) {
    auto const loaded = load_scenario(text);
    std::vector<std::string> lines;
    if (auto const* diagnostics = std::get_if<std::vector<Diagnostic>>(&loaded)) {
        CHECK_FALSE(diagnostics->empty());
        for (Diagnostic const& diagnostic : *diagnostics)
            lines.push_back(to_line(diagnostic, "").substr(1));
    }
    return lines;
}

inline bool contains(std::string_view text, std::string_view part) {
    return text.find(part) != std::string_view::npos;
}

/// The world of a text that must load.
inline World world_of(std::string_view text) {
    INFO(text);
    auto loaded = load_scenario(text);
    if (auto const* diagnostics = std::get_if<std::vector<Diagnostic>>(&loaded))
        FAIL(to_line(diagnostics->front(), "scenario"));
    return std::get<World>(std::move(loaded));
}

inline HostId host_named(World const& world, std::string_view name) {
    for (std::size_t n = 0; n < world.hosts.size(); ++n)
        if (world.hosts[world.hosts.id_at(n)].name == name)
            return world.hosts.id_at(n);
    FAIL("no host " << name);
    return {};
}

inline ServerPolicy const& policy_of(World const& world, std::string_view name) {
    return world.servers[world.hosts[host_named(world, name)].server].policy;
}

inline Person const& person_named(World const& world, std::string_view key) {
    return world.people[world.hosts[host_named(world, key)].person];
}

inline DnsRecords const& records_of(World const& world, std::string_view name) {
    auto const domain = world.book.find_domain(name);
    REQUIRE(domain);
    REQUIRE(domain->index < world.dns.size());
    return world.dns[*domain];
}

} // namespace mailflow::test
