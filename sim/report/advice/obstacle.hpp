// Whether what was in the way of a recipient is there at other moments of the run, too. Part of
// report/advice/advice.cpp and the files beside it; nobody else needs it.
#pragma once

#include "report/advice/case.hpp"
#include "report/advice/mending.hpp"

namespace mailflow {

/// Whether what the case fell over would stop the message in that world as well: the same server for the same
/// reason, with the settings that the same people have there. Of what is no setting (a server that is busy,
/// an address that cannot be read) it is said to be in the way for ever.
[[nodiscard]] bool is_in_the_way(Case const& c, Present const& then);

/// What has taken away since `at`, when the recipient was settled or put off, and up to `now` what was in its
/// way; none: it is still there.
[[nodiscard]] std::optional<Mending> mended_by(Case const& c, Instant at, Instant now);

/// What the case fell over was an older answer of the DNS, which somebody still kept: as the DNS was by then,
/// it would not have been in the way. What is left to do then, `now`; `at` is when the recipient was settled
/// or put off. None: it is not so.
[[nodiscard]] std::optional<Advice> on_older_answer(Case const& c, Instant at, Instant now);

/// What is left to do, `now`, where somebody has done what was advised then.
[[nodiscard]] Advice as_mended(Case const& c, Advice const& then, Mending const& by, Instant now);

} // namespace mailflow
