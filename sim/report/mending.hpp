// Faults that somebody mends while the run goes on: what was to be done then is not to be done any more.
#pragma once

#include "report/moment.hpp"

#include <optional>
#include <string>

namespace mailflow {

/// What took a fault away.
struct Mending {
    Instant at;
    std::string how; // for people, without a full stop: "the admin adds the missing domain"
};

[[nodiscard]] Mending mending_of(World const& world, ChangeId change);

/// "That was for Maya to mend, and has been mended since, after 1 h (Maya enters her new password)."; where
/// the culprit is "nobody", without the first half.
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

} // namespace mailflow
