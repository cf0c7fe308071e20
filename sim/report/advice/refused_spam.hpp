// "Who has to mend it?" asked at the refusal of one spam message: the answer that `advise` has none for,
// since nobody is to help spam on its way. Of the spammer as a whole `advise_on_spam` of spam.hpp speaks.
#pragma once

#include "report/advice/advice.hpp"
#include "trace/trace.hpp"

namespace mailflow {

/// Empty where the message neither is spam nor came of it, or where it arrived.
[[nodiscard]] std::optional<Advice> advise_on_refused_spam(World const& world, Trace const& trace,
                                                           RecipientSettled const& settled);

} // namespace mailflow
