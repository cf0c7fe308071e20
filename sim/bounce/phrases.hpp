// Phrases that the servers of the world outside use, whatever their software, and what they mean. Part of
// bounce/recognition.cpp; nobody else needs it.
#pragma once

#include "bounce/cause.hpp"

#include <string_view>

namespace mailflow {

struct Phrase {
    std::string_view words; // in lower case
    Cause cause;
    bool own_finding = false; // see Recognition
};

struct Signature {
    std::string_view words;   // in lower case
    std::string_view speaker; // as its maker calls it: "Gmail"
};

/// The service or software whose words they are; empty: many say it so. The text is in lower case.
[[nodiscard]] std::string_view speaker_in(std::string_view lower);

/// The first of the list that stands in the text, which is in lower case; none: null.
[[nodiscard]] Phrase const* phrase_in(std::string_view lower);

} // namespace mailflow
