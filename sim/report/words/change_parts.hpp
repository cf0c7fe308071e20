// What a change of the world sets anew, one setting after the other: a single change may set several, and it
// is one of them that mends a fault.
#pragma once

#include "world/world.hpp"

#include <string>
#include <vector>

namespace mailflow {

/// One setting that is different after the change.
struct ChangePart {
    std::string words; // for people, without a full stop: "mx1.shop.example goes down"
    bool may_follow;   // it may follow from another part, and is then not told beside it
    Change alone;      // the change, had it set only this
};

/// Those of a server; the others are beside them. In the order in which they are told; empty: nothing that
/// there are words for.
[[nodiscard]] std::vector<ChangePart> parts_of(World const& world, Change const& change,
                                               Server const& before);

/// The same of any change.
[[nodiscard]] std::vector<ChangePart> parts_of(World const& world, ChangeId id);

/// Who keeps what was changed: "the postmaster of mx1.shop.example", "Maya".
[[nodiscard]] std::string keeper_of(World const& world, ChangeId id);

} // namespace mailflow
