// A world while it is put together from a draft. Each step looks up the names that its objects use, complains
// about what dangles, and fills in what was left out; the steps run in the order in which they stand here.
#pragma once

#include "scenario/draft.hpp"
#include "scenario/names.hpp"

#include <unordered_map>
#include <vector>

namespace mailflow {

struct Assembly {
    ScenarioDraft const& draft;
    Complaints& complaints;
    World world;

    // The numbers of the names are those of the drafts, and so of the rows of the world.
    Names networks;
    Names servers{NameCase::ignored};
    Names people;
    Names mail;

    std::vector<std::vector<ServerId>>
        handlers;                         // by domain: the servers that handle it, in the order of the file
    std::vector<std::string> own_account; // by person: the user of the account that was made for them
};

/// 1. Numbers everything that has a name.
void number_names(Assembly& assembly);
/// 2. Networks, those of their own included, with their ranges; every machine with its address.
void place_machines(Assembly& assembly);
/// 3. What the servers handle, trust and pass on.
void set_up_servers(Assembly& assembly);
/// 4. The people and their mail programs.
void set_up_people(Assembly& assembly);
/// 5. What DNS answers for every domain.
void set_up_dns(Assembly& assembly);
/// 6. The messages.
void set_up_mail(Assembly& assembly);
/// 7. What must come out.
void set_up_expectations(Assembly& assembly);

/// The number of what a name refers to, or a complaint that there is none; `kind` says what: "network".
[[nodiscard]] std::optional<std::uint32_t> look_up(Names const& names, Name const& name,
                                                   std::string_view kind, Complaints& complaints);

/// The servers that handle the domain.
[[nodiscard]] std::vector<ServerId> const& handlers_of(Assembly const& assembly, DomainId domain);

/// Orders ranges by family and first address, a wider one before those that lie within it.
[[nodiscard]] bool lies_before(IpRange const& a, IpRange const& b);

/// Gives every network without a range one, from the blocks that are set aside for examples (RFC 5737, RFC
/// 3849), away from `taken`. `machines` is the number of machines by network. False when there is no room
/// left.
[[nodiscard]] bool choose_ranges(std::vector<std::optional<IpRange>>& ranges,
                                 std::vector<std::uint64_t> const& machines,
                                 std::vector<IpRange> const& taken);

/// The address of the n-th machine (from 0) of a network, and how many there can be.
[[nodiscard]] IpAddress machine_address(IpRange const& range, std::uint64_t n);
[[nodiscard]] std::uint64_t machine_room(IpRange const& range);

} // namespace mailflow
