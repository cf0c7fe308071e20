#include "scenario/generate.hpp"

#include "base/powers.hpp"
#include "base/text.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace mailflow {

namespace {

constexpr std::uint32_t usual_people_per_domain = 20;

std::uint32_t people_of(DomainsDraft const& domains) {
    return domains.people ? domains.people->value : domains.count * usual_people_per_domain;
}

/// How large the n-th domain is beside the others.
std::uint64_t weight(DomainsDraft const& domains, std::uint32_t n) {
    constexpr std::uint64_t first = std::uint64_t{1} << 40U;
    if (domains.law == SizeLaw::equal)
        return first;
    constexpr std::uint64_t thousand = 1000;
    auto const exponent = static_cast<std::int64_t>(binary_log(n) * domains.exponent_thousandths / thousand);
    return std::max<std::uint64_t>(scaled_power_of_two(first, -exponent), 1);
}

/// The network in which the generated servers stand, made where the file names none.
Name network_of(ScenarioDraft& scenario) {
    DomainsDraft const& domains = scenario.domains;
    if (domains.network)
        return *domains.network;
    std::string name = "domains";
    while (std::any_of(scenario.networks.begin(), scenario.networks.end(),
                       [&](NetworkDraft const& network) { return network.name == name; }))
        name += "'";
    NetworkDraft network;
    network.at = *domains.at;
    network.name = name;
    network.label = fmt::format("{} domains", domains.count);
    scenario.networks.push_back(std::move(network));
    return {name, *domains.at};
}

void generate_domains(ScenarioDraft& scenario, Complaints& complaints) {
    DomainsDraft const& domains = scenario.domains;
    if (!domains.at)
        return;
    if (people_of(domains) < domains.count) {
        complaints.add(
            domains.people->at,
            fmt::format("{} people are too few for {} domains", domains.people->value, domains.count),
            "each domain has at least one");
        scenario.domains.at.reset();
        return;
    }
    Name const network = network_of(scenario);
    std::vector<std::uint32_t> const sizes = domain_sizes(domains);
    for (std::uint32_t n = 1; n <= domains.count; ++n) {
        ServerDraft server;
        server.at = *domains.at;
        server.handles = {domain_name(domains, n)};
        server.name = "mx." + server.handles.front();
        server.network = network;
        server.software = domains.software;
        server.mailboxes.emplace();
        for (std::uint32_t person = 1; person <= sizes[n - 1]; ++person)
            server.mailboxes->push_back(person_name(person));
        scenario.servers.push_back(std::move(server));
    }
}

bool is_home(ServerDraft const& server, PopulationDraft const& population) {
    return population.server && lower_case(server.name) == lower_case(population.server->value);
}

} // namespace

void settle_in(ScenarioDraft const& scenario, ServerDraft& server) {
    for (PopulationDraft const& population : scenario.populations) {
        if (!is_home(server, population))
            continue;
        if (server.mailboxes)
            for (std::uint32_t person = 1; person <= population.people; ++person)
                server.mailboxes->push_back(person_name(population, person));
        if (server.accounts)
            server.accounts->push_back(account_of(population));
    }
}

void generate(ScenarioDraft& scenario, Complaints& complaints) {
    generate_domains(scenario, complaints);
    if (!scenario.populations.empty())
        for (ServerDraft& server : scenario.servers)
            settle_in(scenario, server);
    auto const spammed =
        std::count_if(scenario.populations.begin(), scenario.populations.end(),
                      [](PopulationDraft const& population) { return population.spam_millionths > 0; });
    for (PopulationDraft const& population : scenario.populations) {
        if (population.spam_millionths == 0)
            continue;
        SpammerDraft spammer;
        spammer.at = population.at;
        spammer.key = spam_key(population.key);
        spammer.name = spammed == 1 ? "The spammer" : fmt::format("Spammer {}", spammer.key);
        scenario.spammers.push_back(std::move(spammer));
    }
}

Account account_of(PopulationDraft const& population) {
    return {population.key, fmt::format("secret of {}", population.key)};
}

std::string spam_key(std::string const& population) {
    return population + "-spam";
}

std::string person_name(PopulationDraft const& population, std::uint32_t number) {
    return fmt::format("{}{}", population.key, number);
}

std::string person_name(std::uint32_t number) {
    return fmt::format("user{}", number);
}

std::string domain_name(DomainsDraft const& domains, std::uint32_t number) {
    return fmt::format("{}{}.example", domains.name, number);
}

std::vector<std::uint32_t> domain_sizes(DomainsDraft const& domains) {
    __extension__ using Wide = unsigned __int128;
    std::uint32_t const people = people_of(domains);
    std::vector<std::uint64_t> weights;
    Wide all = 0;
    for (std::uint32_t n = 1; n <= domains.count; ++n) {
        weights.push_back(weight(domains, n));
        all += weights.back();
    }
    std::vector<std::uint32_t> sizes;
    std::uint64_t given = 0;
    for (std::uint64_t const share : weights) {
        auto const size = static_cast<std::uint32_t>(static_cast<Wide>(share) * people / all);
        sizes.push_back(std::max(size, 1U));
        given += sizes.back();
    }
    // What rounding has left goes round, the largest first; what the smallest were given is taken back from
    // them.
    for (std::size_t i = 0; given < people; ++given, i = (i + 1) % sizes.size())
        ++sizes[i];
    for (std::size_t i = 0; given > people; i = (i + 1) % sizes.size())
        if (sizes[i] > 1 && (i + 1 == sizes.size() || sizes[i] > sizes[i + 1])) {
            --sizes[i];
            --given;
        }
    return sizes;
}

} // namespace mailflow
