// A new member in an object, or a new item in a list, of a text.
#pragma once

#include "edit/splice.hpp"

namespace mailflow {

/// What is put in: with a key into an object, without into a list.
struct NewMember {
    std::string key; // as a JSON string with its colon; empty for an item
    std::string json;
};

/// How the text changes. `place`: how many of the container's children stand before the new one.
[[nodiscard]] std::vector<Splice> insertion(std::string_view text, Value container, std::size_t place,
                                            NewMember const& member);

/// How the text changes so that the value, with its key, is gone.
[[nodiscard]] std::vector<Splice> removal(std::string_view text, Value value);

} // namespace mailflow
