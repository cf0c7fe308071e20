// Faults that somebody mends while the run goes on: what was to be done then is not to be done any more.
#pragma once

#include "report/moment.hpp"
#include "report/words/change_parts.hpp"

#include <optional>
#include <string>

namespace mailflow {

/// The culprit of a fault that has been mended.
inline constexpr char const* nobody_any_more = "nobody any more";

/// What took a fault away.
struct Mending {
    Instant at;
    std::string how; // for people, without a full stop: "the admin adds the missing domain"
    std::string by; // who keeps what was changed: "the postmaster of mx1.shop.example"; empty: whoever it was
                    // for; "nobody": it was over by itself, as `how` says
};

[[nodiscard]] Mending mending_of(World const& world, ChangeId change);

/// The same of a change that sets several things: in the words of the one that took the fault away alone,
/// where one did; `stands` as below. A note of the change has the author's own words.
template<class Stands>
[[nodiscard]] Mending mending_of(World const& world, ChangeId change, Stands stands);

/// "It was for Maya to mend, and has been mended (after 1 h: Maya enters her new password)."; where somebody
/// else mended it, or nobody had to, it says so.
[[nodiscard]] std::string say_mended(std::string const& culprit, Mending const& mending);

/// Of the changes after the first `from` up to `to` of them the one that took the fault away for good;
/// `stands` tells of a Present whether it is there. None: it is there in the end, or was not at first.
template<class Stands>
[[nodiscard]] std::optional<ChangeId> change_that_mended(World const& world, std::uint32_t from,
                                                         std::uint32_t to, Stands stands) {
    if (to <= from)
        return std::nullopt;
    Present then{world};
    while (then.changes_applied() < from)
        then.apply_next();
    if (!stands(then))
        return std::nullopt;
    std::optional<ChangeId> mended;
    while (then.changes_applied() < to) {
        ChangeId const change{then.changes_applied()};
        then.apply_next();
        if (stands(then))
            mended.reset();
        else if (!mended)
            mended = change;
    }
    return mended;
}

/// The world in which that change is the last, and is only what `part` has of it.
[[nodiscard]] World world_until(World const& world, ChangeId change, ChangePart const& part);

template<class Stands>
Mending mending_of(World const& world, ChangeId change, Stands stands) {
    Mending mending = mending_of(world, change);
    if (!world.changes[change].note.empty())
        return mending;
    std::vector<ChangePart> const parts = parts_of(world, change);
    if (parts.size() < 2)
        return mending;
    for (ChangePart const& part : parts) {
        World const trial = world_until(world, change, part);
        if (stands(present_at(trial, part.alone.at)))
            continue;
        mending.how = part.words;
        break;
    }
    return mending;
}

} // namespace mailflow
