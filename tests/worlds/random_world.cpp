#include "worlds/random_world.hpp"

#include "worlds/making.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace mailflow::worlds {

namespace {

constexpr std::size_t hour_s = 3600;
constexpr std::size_t longest_s = 7 * 24 * hour_s;

/// Each server has the domain of its number, unless nobody told it; some have another one besides.
Json some_handles(Making& making, std::size_t server) {
    Json handles = Json::array();
    if (server < making.domains.size() && !making.dice.one_in(8))
        handles.push_back(making.domains[server]);
    if (making.dice.one_in(6)) {
        std::string const& other = making.dice.pick(making.domains);
        if (std::find(handles.begin(), handles.end(), other) == handles.end())
            handles.push_back(other);
    }
    for (auto const& domain : handles)
        making.handled.push_back(domain.get<std::string>());
    return handles;
}

void name_everything(Making& making) {
    Dice& dice = making.dice;
    making.networks = numbered("n", "", dice.between(1, 4));
    making.servers = numbered("s", ".example", dice.between(1, 6));
    making.domains = numbered("d", ".example", dice.between(1, 5));
    making.people = numbered("p", "", dice.between(1, 4));
    making.lists = numbered("l", ".example", 2);
    making.until_s = dice.one_in(3) ? dice.between(60, 2 * 24 * hour_s) : longest_s;
}

void add_servers(Making& making, Json& world) {
    std::vector<Json> handles;
    for (std::size_t n = 0; n < making.servers.size(); ++n)
        handles.push_back(some_handles(making, n));
    for (std::size_t n = 0; n < making.servers.size(); ++n)
        world["servers"][making.servers[n]] = make_server(making, std::move(handles[n]));
}

void add_dns(Making& making, Json& world) {
    for (std::string const& domain : making.domains)
        if (making.dice.one_in(3))
            world["dns"][domain] = make_records(making);
    if (making.dice.one_in(4))
        world["dns"][making.dice.pick(making.servers)] = make_records(making);
    if (making.dice.one_in(6)) // who is listed, and whose address has no name
        world["dns"]["2.2.0.192.l0.example"] = {{"address", "127.0.0.2"}};
    if (making.dice.one_in(6))
        world["dns"]["1.2.0.192.in-addr.arpa"] =
            making.dice.flip() ? Json{{"fails", making.dice.pick({"nxdomain", "servfail", "timeout"})}}
                               : Json{{"ptr", making.dice.pick(making.servers)}};
}

void add_blocklists(Making& making, Json& world) {
    for (std::string const& list : making.lists) {
        if (!making.dice.one_in(3))
            continue;
        Json& made = world["blocklists"][list] = Json::object();
        if (making.dice.flip())
            made["after"] = making.dice.between(1, 12);
        if (making.dice.flip())
            made["for"] = some_wait(making, 6 * hour_s);
        if (making.dice.one_in(4))
            made["lists"] =
                Json::array({making.dice.pick(making.dice.flip() ? making.servers : making.networks)});
    }
}

/// What they expect need not come out: it is only looked up.
Json make_expectation(Making& making, char const* kind, std::string const& name) {
    Dice& dice = making.dice;
    Json expected{{kind, name}};
    if (dice.flip())
        expected["outcome"] = dice.pick({"delivered", "refused", "bounced", "queued", "discarded"});
    if (expected.value("outcome", "") != "delivered" && dice.one_in(3))
        expected["reason"] = dice.pick(
            {"relay-denied", "auth-required", "auth-failed", "unknown-user", "no-such-domain", "null-mx",
             "unreachable", "mail-loop", "dns-trouble", "blocked-port", "too-big", "greylisted", "expired",
             "blocklisted", "too-many-sessions", "scripted-answer", "too-many-recipients", "bad-address"});
    if (dice.one_in(4))
        expected["by"] = dice.pick(making.servers);
    if (dice.one_in(4))
        expected["reply"] = dice.pick({"550", "554 5.7.1", "4"});
    if (expected.size() == 1 || dice.one_in(4))
        expected["fetched"] = dice.flip();
    if (dice.one_in(4))
        expected["at_least"] = dice.below(3);
    if (dice.one_in(4))
        expected["at_most"] = dice.between(2, 5);
    return expected;
}

void add_expectations(Making& making, Json& world) {
    if (world.contains("mail") && making.dice.flip()) {
        Json const& mail = world["mail"][0];
        Json expected = make_expectation(making, "mail", mail.value("id", "mail-1"));
        if (making.dice.flip() && !mail["to"].empty() && !expected.contains("at_least"))
            expected["to"] = mail["to"][0];
        world["expect"].push_back(std::move(expected));
    }
    if (world.contains("spammers") && making.dice.flip())
        world["expect"].push_back(make_expectation(making, "spammer", world["spammers"].begin().key()));
    if (world.contains("populations") && making.dice.flip())
        world["expect"].push_back(make_expectation(making, "population", world["populations"].begin().key()));
}

} // namespace

Json random_world(std::uint64_t seed) {
    Making making{seed};
    Dice& dice = making.dice;
    name_everything(making);
    Json world{{"format", 1}, {"title", fmt::format("World {}", seed)}, {"seed", dice.below(1000)}};
    if (dice.one_in(8)) {
        world["$schema"] = "scenario.schema.json";
        world["summary"] = "A world that makes no sense.";
    }
    if (making.until_s != longest_s)
        world["until"] = fmt::format("{}s", making.until_s);
    for (std::size_t n = 0; n < making.networks.size(); ++n)
        world["networks"][making.networks[n]] = make_network(making, n);
    add_servers(making, world);
    if (dice.one_in(6))
        world["domains"] = make_domains(making);
    if (dice.one_in(5))
        if (Json populations = make_populations(making, world["servers"]); !populations.empty())
            world["populations"] = std::move(populations);
    for (std::string const& person : making.people)
        world["people"][person] = make_person(making, person);
    for (std::size_t n = dice.one_in(3) ? dice.between(1, 3) : 0; n > 0; --n)
        world["spammers"][fmt::format("x{}", n)] = make_spammer(making, world["servers"]);
    add_blocklists(making, world);
    add_dns(making, world);
    for (std::size_t n = dice.between(0, 7); n > 0; --n)
        world["mail"].push_back(make_mail(making));
    if (world.contains("mail") && dice.one_in(4))
        world["mail"][0]["id"] = "first";
    for (std::size_t n = dice.flip() ? dice.between(1, 6) : 0; n > 0; --n)
        world["changes"].push_back(make_change(making, world["servers"]));
    add_expectations(making, world);
    return world;
}

} // namespace mailflow::worlds
