// People, spammers and messages of made-up worlds.
#include "worlds/making.hpp"

#include "base/text.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace mailflow::worlds {

namespace {

/// Upper and lower case are the same in the names of mailboxes.
bool holds(Json const& addresses, std::string const& address) {
    return std::any_of(addresses.begin(), addresses.end(), [&](Json const& known) {
        return lower_case(known.get<std::string>()) == lower_case(address);
    });
}

/// A list of addresses, each at most once.
Json some_recipients(Making& making, std::size_t most, Json const& besides = Json::array()) {
    Json recipients = Json::array();
    for (std::size_t n = making.dice.between(1, most); n > 0; --n) {
        std::string const address = some_address(making);
        if (!holds(recipients, address) && !holds(besides, address))
            recipients.push_back(address);
    }
    return recipients;
}

} // namespace

Json some_outgoing(Making& making, bool name_server) {
    Dice& dice = making.dice;
    Json outgoing = Json::object();
    if (name_server || dice.flip())
        outgoing["server"] = dice.pick(making.servers);
    if (dice.one_in(5)) {
        outgoing["web"] = true;
        return outgoing;
    }
    if (dice.one_in(3))
        outgoing["port"] = dice.pick({25, 587, 465, 26});
    if (dice.flip())
        outgoing["authenticate"] = dice.flip();
    return outgoing;
}

Json some_incoming(Making& making, bool name_server) {
    Dice& dice = making.dice;
    Json incoming = Json::object();
    bool const pop = dice.flip();
    if (name_server || dice.one_in(3))
        incoming["server"] = dice.pick(making.servers);
    incoming["protocol"] = pop ? "pop3" : "imap";
    if (dice.one_in(3))
        incoming["port"] = pop ? 995 : 993;
    // Seldom enough for the runs to stay short.
    incoming["every"] = fmt::format("{}s", dice.between(1 + making.until_s / 60, 3600 + making.until_s / 4));
    return incoming;
}

Json make_person(Making& making, std::string const& key) {
    Dice& dice = making.dice;
    std::string const& domain = dice.pick(making.domains);
    bool const has_no_server =
        std::find(making.handled.begin(), making.handled.end(), domain) == making.handled.end();
    Json person{{"address", key + "@" + domain}};
    if (dice.one_in(8))
        person["at"] = some_spot(making);
    if (dice.one_in(8))
        person["name"] = "Person " + key;
    if (!dice.one_in(4))
        person["network"] = dice.pick(making.networks);
    if (dice.one_in(4))
        person["password"] = dice.pick({"secret", "wrong"});
    if (has_no_server || !dice.one_in(4))
        person["outgoing"] = some_outgoing(making, has_no_server);
    if (dice.one_in(3))
        person["incoming"] = some_incoming(making, has_no_server);
    return person;
}

namespace {

void add_way(Making& making, Json const& servers, Json& spammer) {
    Dice& dice = making.dice;
    switch (dice.below(making.handled.empty() ? 4 : 5)) {
    case 0: spammer["direct"] = true; break;
    case 1: break;
    case 2: spammer["through"] = dice.pick(making.servers); break;
    case 3:
        spammer["account"] = {{"server", dice.pick(making.servers)},
                              {"user", dice.pick({"p0", "p1", "isp"})},
                              {"password", dice.pick({"secret", "wrong"})}};
        break;
    default: spammer["probe"] = make_probe(making, servers);
    }
}

} // namespace

Json make_spammer(Making& making, Json const& servers) {
    Dice& dice = making.dice;
    Json spammer = Json::object();
    if (dice.one_in(8))
        spammer["at"] = some_spot(making);
    if (dice.one_in(8))
        spammer["name"] = "Somebody";
    if (!dice.one_in(4))
        spammer["network"] = dice.pick(making.networks);
    add_way(making, servers, spammer);
    bool const probes = spammer.contains("probe");
    if (dice.flip())
        spammer["from"] = some_address(making);
    if (!probes && dice.one_in(3)) {
        spammer["to"]["domain"] = dice.pick(making.domains);
        if (dice.flip())
            spammer["to"]["names"] = dice.between(1, 30);
    } else if (!probes || dice.flip()) {
        spammer["to"] = some_recipients(making, 3);
    }
    spammer["rate"] = dice.pick({"10/s", "1/s", "20/m", "1000/s", "3/h"});
    spammer["count"] = dice.between(1, 12);
    if (dice.flip())
        spammer["start"] = some_time(making);
    return spammer;
}

Json make_mail(Making& making) {
    Dice& dice = making.dice;
    Json mail{{"at", some_time(making)}, {"from", dice.pick(making.people)}};
    if (dice.one_in(6))
        mail["subject"] = "A matter of some importance";
    mail["to"] = some_recipients(making, dice.one_in(8) ? 20 : 4);
    if (dice.one_in(4)) {
        Json const blind = some_recipients(making, 2, mail["to"]);
        if (!blind.empty())
            mail["bcc"] = blind;
    }
    if (dice.flip())
        mail["size"] = fmt::format("{}kB", dice.between(1, 60));
    if (dice.one_in(4))
        mail["via"] = dice.pick(making.servers);
    return mail;
}

} // namespace mailflow::worlds
