// Networks, DNS, and the small words of made-up worlds.
#include "worlds/making.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace mailflow::worlds {

std::vector<std::string> numbered(std::string const& stem, std::string const& end, std::size_t count) {
    std::vector<std::string> names;
    for (std::size_t n = 0; n < count; ++n)
        names.push_back(fmt::format("{}{}{}", stem, n, end));
    return names;
}

std::string some_time(Making& making) {
    std::size_t const spans[] = {1, 60, 3600, making.until_s};
    std::size_t const span = std::min(spans[making.dice.below(std::size(spans))], making.until_s);
    return fmt::format("{}ms", making.dice.below(span * 1000 + 1));
}

std::string some_wait(Making& making, std::size_t most_s) {
    return fmt::format(
        "{}s", making.dice.between(1, making.dice.flip() ? most_s : std::max<std::size_t>(most_s / 50, 1)));
}

std::string some_local_part(Making& making) {
    Dice& dice = making.dice;
    switch (dice.below(making.crowded_domains.empty() ? 12 : 14)) {
    case 0: return fmt::format("box%{}", dice.pick(making.domains));
    case 1: return fmt::format("{}!box", dice.pick(making.domains));
    case 2: return fmt::format("\"box@{}\"", dice.pick(making.domains));
    case 3: return dice.pick({"postmaster", "nobody", "box+tag", "BOX", "a.b"});
    case 4: return fmt::format("alias{}", dice.below(4));
    case 5:
    case 6: return "box";
    case 12: return fmt::format("user{}", dice.below(4));
    case 13: return fmt::format("crowda{}", dice.below(4));
    default: return dice.pick(making.people);
    }
}

std::string some_address(Making& making) {
    Dice& dice = making.dice;
    std::string const local_part = some_local_part(making);
    std::string const domain = dice.one_in(9)    ? "nowhere.example"
                               : dice.one_in(12) ? dice.pick(making.servers)
                               : dice.one_in(15) ? "sub." + dice.pick(making.domains)
                                                 : dice.pick(making.domains);
    return local_part + "@" + domain;
}

Json some_of(Making& making, std::vector<std::string> const& names, std::size_t most) {
    Json chosen = Json::array();
    for (std::size_t n = making.dice.between(1, most); n > 0; --n) {
        std::string const& name = making.dice.pick(names);
        if (std::find(chosen.begin(), chosen.end(), name) == chosen.end())
            chosen.push_back(name);
    }
    return chosen;
}

Json some_spot(Making& making) {
    return Json::array({making.dice.below(1001), making.dice.below(1001)});
}

char const* some_software(Making& making) {
    return making.dice.pick({"postfix", "exim", "sendmail", "opensmtpd", "qmail", "exchange"});
}

Json make_network(Making& making, std::size_t number) {
    Dice& dice = making.dice;
    Json network = Json::object();
    if (dice.one_in(8))
        network["at"] = some_spot(making);
    if (dice.one_in(8))
        network["label"] = fmt::format("Network {}", number);
    if (!dice.one_in(4))
        network["latency"] = fmt::format("{}ms", dice.one_in(20) ? 40'000 : dice.below(120));
    if (dice.one_in(3))
        network["range"] = dice.one_in(3) ? fmt::format("2001:db8:{}::/64", number)
                                          : fmt::format("203.0.113.{}/27", number * 32);
    if (dice.one_in(5))
        network["blocks"] = Json::array({{{"port", dice.pick({25, 25, 587, 465, 143, 110, 443})}}});
    if (dice.one_in(7))
        network["reaches"] = dice.one_in(4) ? Json::array() : some_of(making, making.networks, 2);
    if (dice.one_in(15))
        network["up"] = dice.flip();
    return network;
}

Json make_records(Making& making) {
    Dice& dice = making.dice;
    Json records = Json::object();
    switch (dice.below(6)) {
    case 0: records["fails"] = dice.pick({"nxdomain", "servfail", "timeout"}); break;
    case 1: records["null_mx"] = true; break;
    case 2: records["mx"] = Json::array(); break;
    case 3: break;
    default:
        for (std::size_t n = dice.between(1, 3); n > 0; --n)
            records["mx"].push_back(
                {{"host", dice.one_in(8) ? std::string{"gone.example"} : dice.pick(making.servers)},
                 {"preference", 10 * dice.below(3)}});
    }
    if (dice.one_in(8))
        records["address"] = dice.pick({"192.0.2.250", "127.0.0.1", "2001:db8:ffff::9"});
    if (dice.flip())
        records["ttl"] = fmt::format("{}s", dice.below(7200));
    return records;
}

} // namespace mailflow::worlds
