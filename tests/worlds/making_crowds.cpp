// Populations, generated domains and probing spammers of made-up worlds: all of them small, so that the runs
// stay short.
#include "worlds/making.hpp"

#include <fmt/format.h>

namespace mailflow::worlds {

namespace {

std::string some_share(Making& making, std::size_t most_percent) {
    std::size_t const percent = making.dice.below(most_percent);
    return making.dice.flip() ? fmt::format("{}%", percent)
                              : fmt::format("{}.{}%", percent, making.dice.below(100));
}

Json some_rhythm(Making& making) {
    Dice& dice = making.dice;
    if (!dice.one_in(4))
        return dice.pick({"even", "office", "home"});
    Json hours = Json::array({dice.between(1, 1000)});
    while (hours.size() < 24)
        hours.push_back(dice.below(3) * dice.below(500));
    return hours;
}

Json some_size(Making& making) {
    Dice& dice = making.dice;
    std::string const size = fmt::format("{}kB", dice.between(1, 60));
    if (dice.flip())
        return size;
    Json law{{"median", size}};
    if (dice.flip())
        law["spread"] = dice.between(1, 20);
    return law;
}

Json some_readers(Making& making) {
    Dice& dice = making.dice;
    Json readers = Json::array();
    for (std::size_t n = dice.between(1, 3); n > 0; --n)
        switch (dice.below(3)) {
        case 0: readers.push_back(some_address(making)); break;
        case 1: readers.push_back(dice.pick(making.crowded_domains)); break;
        default: readers.push_back(making.generates_domains ? "domains" : making.crowded_domains[0]);
        }
    return readers;
}

/// A stretch of the run; the times of most are left out.
void add_stretch(Making& making, Json& population) {
    Dice& dice = making.dice;
    std::size_t const start = dice.below(making.until_s);
    if (dice.one_in(4))
        population["start"] = fmt::format("{}s", start);
    if (dice.one_in(4))
        population["end"] = fmt::format("{}s", start + dice.below(making.until_s - start + 1));
}

} // namespace

Json make_domains(Making& making) {
    Dice& dice = making.dice;
    std::size_t const count = dice.between(1, 3);
    Json domains{{"count", count}};
    if (dice.flip())
        domains["people"] = dice.between(count, 12);
    if (dice.flip())
        domains["sizes"] = dice.pick({"equal", "zipf"});
    if (dice.one_in(3))
        domains["exponent"] = dice.flip() ? Json(dice.below(4)) : Json(fmt::format("0.{}", dice.below(1000)));
    std::string const stem = dice.flip() ? "domain" : "g";
    if (stem != "domain" || dice.flip())
        domains["name"] = stem;
    if (dice.flip())
        domains["network"] = dice.pick(making.networks);
    if (dice.flip())
        domains["software"] = some_software(making);
    making.generates_domains = true;
    for (std::string const& domain : numbered(stem, ".example", count + 1)) {
        if (domain == stem + "0.example")
            continue;
        making.domains.push_back(domain);
        making.handled.push_back(domain);
        making.crowded_domains.push_back(domain);
        making.servers.push_back("mx." + domain);
    }
    return domains;
}

Json make_population(Making& making, std::string const& server) {
    Dice& dice = making.dice;
    Json population{{"server", server}};
    if (dice.one_in(3))
        population["name"] = "The people of " + server;
    if (dice.flip())
        population["network"] = dice.pick(making.networks);
    population["people"] = dice.between(1, 6);
    if (dice.one_in(3))
        population["mail_per_day"] = 0.25;
    else
        population["mail_per_day"] = dice.between(1, 3);
    if (dice.flip())
        population["rhythm"] = some_rhythm(making);
    if (dice.flip())
        population["size"] = some_size(making);
    for (char const* key : {"mistyped", "unknown", "without_login"})
        if (dice.one_in(3))
            population[key] = some_share(making, 50);
    if (dice.one_in(3))
        population["spam"] = some_share(making, 40);
    if (dice.flip())
        population["to"] = some_readers(making);
    add_stretch(making, population);
    population["at_most"] = dice.between(1, 15);
    return population;
}

Json make_populations(Making& making, Json const& servers) {
    std::vector<std::string> homes; // servers that handle a domain, of which the first is that of the people
    for (auto const& [name, server] : servers.items())
        if (server.contains("handles"))
            homes.push_back(name);
    Json populations = Json::object();
    std::vector<std::string> chosen;
    for (char const* key : {"crowda", "crowdb"})
        if (!homes.empty() && (chosen.empty() || making.dice.one_in(3))) {
            chosen.push_back(making.dice.pick(homes));
            making.crowded_domains.push_back(servers.at(chosen.back()).at("handles").front());
            populations[key] = Json::object();
        }
    for (std::size_t n = 0; n < chosen.size(); ++n)
        populations[n == 0 ? "crowda" : "crowdb"] = make_population(making, chosen[n]);
    return populations;
}

Json make_probe(Making& making, Json const& servers) {
    Dice& dice = making.dice;
    std::string const drop = dice.pick(making.handled);
    Json probe{{"servers", some_of(making, making.servers, 3)}, {"to", "postmaster@" + drop}};
    for (auto const& [name, server] : servers.items())
        if (server.value("handles", Json::array()) == Json::array({drop}) && !server.contains("mailboxes"))
            probe["to"] = "drop@" + drop;
    if (!dice.one_in(4)) {
        probe["tricks"] = Json::array();
        for (std::size_t n = dice.between(1, 4); n > 0; --n)
            probe["tricks"].push_back(dice.pick(
                {"plain", "null-sender", "own-sender", "literal-sender", "percent-literal", "percent",
                 "quoted", "quoted-percent", "at-literal", "quoted-literal", "at", "route-literal", "route",
                 "bang", "bang-literal", "bang-host", "route-and-percent", "percent-domain", "bang-domain"}));
    }
    if (dice.flip())
        probe["rate"] = dice.pick({"6/m", "2/s", "100/h"});
    if (dice.flip())
        probe["wait"] = some_wait(making, 3600);
    return probe;
}

} // namespace mailflow::worlds
