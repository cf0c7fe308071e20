// What mailflow writes about runs, but cannot open again: people try, as a saved trace can be.
#pragma once

#include <string>
#include <string_view>

namespace mailflow {

/// In a sentence which output the bytes are, and what could be opened instead; empty when they are none.
[[nodiscard]] std::string other_output_words(std::string_view bytes);

} // namespace mailflow
