// The parts of a made-up world, for random_world.cpp: each function makes one object of the format.
#pragma once

#include "worlds/dice.hpp"
#include "worlds/random_world.hpp"

#include <string>
#include <vector>

namespace mailflow::worlds {

/// What there is in the world to speak of, and the dice.
struct Making {
    Dice dice;
    std::size_t until_s = 0; // no time lies after it
    std::vector<std::string> networks{};
    std::vector<std::string> servers{};
    std::vector<std::string> domains{};
    std::vector<std::string> people{};
    std::vector<std::string> lists{};
    std::vector<std::string> handled{}; // the domains that a server handles at the start
    bool generates_domains = false;
    std::vector<std::string> crowded_domains{}; // those with people who are not described one by one

    explicit Making(std::uint64_t seed) : dice{seed} {}
};

/// So many names, "n0", "n1" ... for "n".
[[nodiscard]] std::vector<std::string> numbered(std::string const& stem, std::string const& end,
                                                std::size_t count);

/// A moment of the run, most of them early.
[[nodiscard]] std::string some_time(Making& making);
/// From a second to about that long.
[[nodiscard]] std::string some_wait(Making& making, std::size_t most_s);
/// A name before the @: a person's, an ordinary one, or one of the tricks with which relays are probed.
[[nodiscard]] std::string some_local_part(Making& making);
/// An address in a domain of the world, or in none.
[[nodiscard]] std::string some_address(Making& making);
/// Some of the names, each at most once.
[[nodiscard]] Json some_of(Making& making, std::vector<std::string> const& names, std::size_t most);

/// Where a picture shows something.
[[nodiscard]] Json some_spot(Making& making);
[[nodiscard]] char const* some_software(Making& making);

[[nodiscard]] Json make_network(Making& making, std::size_t number);
[[nodiscard]] Json make_server(Making& making, Json handles);
[[nodiscard]] Json make_person(Making& making, std::string const& key);
[[nodiscard]] Json make_spammer(Making& making, Json const& servers);
/// Who looks for an open relay through some of the servers.
[[nodiscard]] Json make_probe(Making& making, Json const& servers);
/// The domains join those of the world, their servers the servers.
[[nodiscard]] Json make_domains(Making& making);
/// None where no server handles a domain.
[[nodiscard]] Json make_populations(Making& making, Json const& servers);
[[nodiscard]] Json make_records(Making& making);
[[nodiscard]] Json make_mail(Making& making);
[[nodiscard]] Json make_change(Making& making, Json const& servers);

// Settings that a server has at the start, or gets by a change.
[[nodiscard]] Json some_trusts(Making& making);
[[nodiscard]] Json some_aliases(Making& making, bool handles_a_domain);
[[nodiscard]] Json some_retry(Making& making);
[[nodiscard]] Json some_answers(Making& making);
// Settings of a mail program. The server is named where the address may lead to none.
[[nodiscard]] Json some_outgoing(Making& making, bool name_server);
[[nodiscard]] Json some_incoming(Making& making, bool name_server);

} // namespace mailflow::worlds
