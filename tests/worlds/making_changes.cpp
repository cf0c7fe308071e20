// What somebody does in made-up worlds while the clock runs.
#include "worlds/making.hpp"

#include <fmt/format.h>

namespace mailflow::worlds {

namespace {

/// A change of settings of a server, which handles a domain at the start or not.
Json server_settings(Making& making, bool handles_a_domain) {
    Dice& dice = making.dice;
    switch (dice.below(19)) {
    case 0: return {{"handles", some_of(making, making.domains, 2)}};
    case 1: return {{"mailboxes", dice.one_in(3) ? Json(nullptr) : some_of(making, making.people, 3)}};
    case 2: return {{"accounts", {{dice.pick(making.people), "changed"}}}};
    case 3: return {{"trusts", dice.one_in(3) ? Json(nullptr) : some_trusts(making)}};
    case 4: return {{"relays_for", some_of(making, making.domains, 2)}};
    case 5: return {{"open_relay", dice.flip()}};
    case 6: return {{"aliases", dice.one_in(3) ? Json(nullptr) : some_aliases(making, handles_a_domain)}};
    case 7: return {{"smarthost", dice.pick(making.servers)}};
    case 8: return {{"smarthost", nullptr}, {"smarthost_account", nullptr}};
    case 9: return {{"routes", {{dice.pick(making.domains), dice.pick(making.servers)}}}};
    case 10: return {{"max_size", dice.flip() ? Json("2kB") : Json(nullptr)}};
    case 11: return {{"greylist", dice.flip() ? Json("5m") : Json(nullptr)}};
    case 12: return {{"blocklists", dice.flip() ? some_of(making, making.lists, 2) : Json(nullptr)}};
    case 13: return {{"max_sessions", dice.flip() ? Json(1) : Json(nullptr)}};
    case 14: return {{"retry", dice.flip() ? some_retry(making) : Json(nullptr)}};
    case 15: return {{"answers", dice.flip() ? some_answers(making) : Json(nullptr)}};
    case 16: return {{"pop_before_smtp", dice.flip() ? Json("10m") : Json(nullptr)}};
    case 17: return {{"concurrency", dice.flip() ? Json(1) : Json(nullptr)}};
    default: return {{"up", dice.flip()}};
    }
}

/// What DNS says from then on, without a contradiction to what it said before.
Json records_settings(Making& making) {
    Json records = make_records(making);
    if (making.dice.one_in(8))
        records["ptr"] = making.dice.flip() ? Json(making.dice.pick(making.servers)) : Json(nullptr);
    for (char const* key : {"mx", "null_mx", "fails"})
        if (!records.contains(key))
            records[key] = nullptr;
    return records;
}

Json person_settings(Making& making) {
    Dice& dice = making.dice;
    switch (dice.below(4)) {
    case 0: return {{"network", dice.one_in(4) ? Json(nullptr) : Json(dice.pick(making.networks))}};
    case 1: return {{"password", dice.pick({"secret", "wrong", "changed"})}};
    case 2: return {{"outgoing", some_outgoing(making, true)}};
    default: return {{"incoming", dice.one_in(3) ? Json(nullptr) : some_incoming(making, true)}};
    }
}

Json network_settings(Making& making) {
    Dice& dice = making.dice;
    switch (dice.below(4)) {
    case 0: return {{"latency", fmt::format("{}ms", dice.below(500))}};
    case 1: return {{"blocks", dice.flip() ? Json::array({{{"port", 25}}}) : Json(nullptr)}};
    case 2: return {{"up", dice.flip()}}; // the line is cut, or mended
    default: return {{"reaches", dice.flip() ? Json(nullptr) : some_of(making, making.networks, 2)}};
    }
}

} // namespace

Json make_change(Making& making, Json const& servers) {
    Dice& dice = making.dice;
    Json change{{"at", some_time(making)}};
    switch (dice.below(6)) {
    case 0:
        change["dns"] = dice.one_in(6) ? dice.pick(making.servers) : dice.pick(making.domains);
        change["set"] = records_settings(making);
        break;
    case 1:
        change["person"] = dice.pick(making.people);
        change["set"] = person_settings(making);
        break;
    case 2:
        change["network"] = dice.pick(making.networks);
        change["set"] = network_settings(making);
        break;
    default: {
        std::string const& server = dice.pick(making.servers);
        change["server"] = server;
        change["set"] =
            server_settings(making, servers.value(server, Json{{"handles", true}}).contains("handles"));
    }
    }
    if (dice.one_in(4))
        change["note"] = "somebody does something";
    return change;
}

} // namespace mailflow::worlds
