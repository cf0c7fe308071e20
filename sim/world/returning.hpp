// How much of a message comes back to its sender with a letter about it: so large is the letter, and so much
// is shown of what was returned.
#pragma once

#include "mail/voice.hpp"

#include <cstdint>

namespace mailflow {

enum class LetterKind : std::uint8_t { bounce, warning };

/// Of a message of that size, in octets: the first so many come back with its headers; 0: the headers alone.
[[nodiscard]] std::uint64_t returned_octets(Software software, LetterKind kind, std::uint64_t size_bytes);

} // namespace mailflow
