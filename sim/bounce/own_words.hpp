// The words of all six voices, turned round: patterns made by asking each voice for each of its refusals, so
// that the words stand in one place only.
#pragma once

#include "mail/saying.hpp"
#include "mail/voice.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace mailflow {

/// What a software says, cut where names, addresses and numbers stand.
struct OwnWords {
    Software software{};
    Saying saying{};
    std::vector<std::string> parts; // in this order, whatever stands between them
    std::size_t letters = 0;        // in all parts: how much a match proves
};

/// All of them, made at the first call.
[[nodiscard]] std::vector<OwnWords> const& own_words();

/// Whether the text has all parts in their order.
[[nodiscard]] bool says(OwnWords const& words, std::string_view text);

} // namespace mailflow
