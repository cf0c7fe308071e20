// The servers of made-up worlds.
#include "worlds/making.hpp"

#include <fmt/format.h>

namespace mailflow::worlds {

namespace {

void add_rules(Making& making, Json& server) {
    Dice& dice = making.dice;
    if (dice.one_in(3))
        server["mailboxes"] = dice.one_in(4) ? Json("*") : some_of(making, making.people, 3);
    if (dice.one_in(3))
        server["trusts"] = some_trusts(making);
    if (dice.one_in(5))
        server["relays_for"] = some_of(making, making.domains, 2);
    if (dice.one_in(8))
        server["open_relay"] = true;
    if (dice.one_in(6))
        server["max_size"] = fmt::format("{}kB", dice.between(1, 40));
    if (dice.one_in(6))
        server["greylist"] = some_wait(making, 1200);
    if (dice.one_in(5))
        server["pop_before_smtp"] = some_wait(making, 3600);
    if (dice.one_in(4))
        server["blocklists"] = some_of(making, making.lists, 2);
    if (dice.one_in(8))
        server["max_sessions"] = dice.between(1, 3);
    if (dice.one_in(10))
        server["answers"] = some_answers(making);
}

void add_ways(Making& making, Json& server) {
    Dice& dice = making.dice;
    if (dice.one_in(5)) {
        server["smarthost"] = dice.pick(making.servers);
        if (dice.one_in(3))
            server["smarthost_account"] = {{"user", dice.pick({"p0", "p1", "isp"})}, {"password", "secret"}};
    }
    if (dice.one_in(5))
        server["routes"][dice.one_in(6) ? std::string{"nowhere.example"} : dice.pick(making.domains)] =
            dice.pick(making.servers);
    if (dice.one_in(8))
        server["concurrency"] = dice.between(1, 3);
    if (dice.one_in(3))
        server["retry"] = some_retry(making);
    if (dice.one_in(12))
        server["up"] = false;
}

} // namespace

Json some_trusts(Making& making) {
    Dice& dice = making.dice;
    Json trusts = some_of(making, making.networks, 2);
    if (dice.one_in(6))
        trusts.push_back(dice.pick({"192.0.2.0/28", "2001:db8::/32", "0.0.0.0/0", "203.0.113.33"}));
    return trusts;
}

Json some_aliases(Making& making, bool handles_a_domain) {
    Dice& dice = making.dice;
    Json aliases = Json::object();
    for (std::size_t n = dice.between(1, 4); n > 0; --n) {
        std::string const target =
            handles_a_domain && dice.flip()
                ? (dice.flip() ? fmt::format("alias{}", dice.below(4)) : dice.pick(making.people))
                : some_address(making);
        aliases[dice.one_in(4) ? dice.pick(making.people) : fmt::format("alias{}", dice.below(4))] = target;
    }
    return aliases;
}

Json some_retry(Making& making) {
    Dice& dice = making.dice;
    std::size_t const first = dice.between(1, 900);
    std::size_t const give_up = dice.between(2, dice.flip() ? 7200 : 200'000);
    Json retry{{"first", fmt::format("{}s", first)},
               {"most", fmt::format("{}s", first + dice.below(3600))},
               {"give_up", fmt::format("{}s", give_up)}};
    if (dice.flip())
        retry["warn"] = fmt::format("{}s", dice.between(1, give_up - 1));
    return retry;
}

Json some_answers(Making& making) {
    Dice& dice = making.dice;
    Json answers = Json::object();
    std::string const reply = dice.pick({"452 4.2.2 mailbox full", "550 no", "421 4.3.2 not now", "drop",
                                         "554 5.7.1 {address} is not welcome"});
    answers[dice.pick({"greeting", "mail", "rcpt", "content"})] = reply;
    if (dice.flip())
        answers["times"] = dice.between(1, 4);
    return answers;
}

Json make_server(Making& making, Json handles) {
    Dice& dice = making.dice;
    Json server = Json::object();
    bool const handles_a_domain = !handles.empty();
    if (dice.one_in(8))
        server["at"] = some_spot(making);
    if (!dice.one_in(4))
        server["network"] = dice.pick(making.networks);
    if (!dice.one_in(3))
        server["software"] = some_software(making);
    if (handles_a_domain)
        server["handles"] = std::move(handles);
    if (dice.one_in(4))
        server["accounts"] = {{dice.pick(making.people), "secret"}, {"isp", "secret"}};
    if (dice.one_in(4))
        server["aliases"] = some_aliases(making, handles_a_domain);
    add_rules(making, server);
    add_ways(making, server);
    return server;
}

} // namespace mailflow::worlds
