// "Who has to mend it?": the culprit and the advice for a recipient that was not served.
#pragma once

#include "trace/trace.hpp"

#include <optional>
#include <string>

namespace mailflow {

struct Advice {
    std::string culprit; // "Maya", "the postmaster of mx1.shop.example"
    std::string text;    // what to do, in one or two sentences for people
};

/// Empty where nothing is to be mended (the message arrived).
[[nodiscard]] std::optional<Advice> advise(World const& world, Trace const& trace,
                                           RecipientSettled const& settled);

} // namespace mailflow
