// Where the value of a JSON pointer (RFC 6901) stands in a text, and how a value is written there. Not the
// changing of texts: overrides and the editor do that, each in its way.
#pragma once

#include "scenario/document.hpp"

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace mailflow {

/// The reference tokens of a pointer (RFC 6901 section 3); nothing when it neither is empty nor begins with a
/// slash, or a "~" in it stands for nothing.
[[nodiscard]] std::optional<std::vector<std::string>> tokens_of(std::string_view pointer);
[[nodiscard]] std::string pointer_to(std::span<std::string const> tokens);

/// The text as a JSON string, in quotes (RFC 8259 section 7).
[[nodiscard]] std::string json_string(std::string_view text);

/// The place in a list that a token speaks of.
[[nodiscard]] std::optional<std::size_t> list_place(std::string_view token);
/// The member with that key, or the item at that place.
[[nodiscard]] std::optional<Value> find_child(Value container, std::string_view token);
/// What the pointer leads to.
[[nodiscard]] std::optional<Value> find_value(Document const& document, std::string_view pointer);
/// The same from a value inside.
[[nodiscard]] std::optional<Value> find_value(Value from, std::string_view pointer);
[[nodiscard]] std::size_t count_children(Value container);

} // namespace mailflow
