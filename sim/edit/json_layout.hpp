// How a scenario's JSON is laid out for people: short objects on one line, one member a line where they are
// long, the members of a section each on its own. Not where values stand in a file: that is edit_text.
#pragma once

#include "scenario/document.hpp"

#include <cstddef>
#include <string>
#include <string_view>

namespace mailflow {

/// No line of what is laid out is longer, in characters, unless one text alone is.
inline constexpr std::size_t longest_json_line = 110;
inline constexpr std::size_t json_indent = 2;

/// Where a value is going to stand.
struct JsonPlace {
    std::size_t depth = 0;  // of objects and lists around it
    std::size_t indent = 0; // spaces before the line that it begins on
    std::size_t column = 0; // characters before it in that line
};

/// Whether it is an object or a list.
[[nodiscard]] bool is_container(Value value);

/// The value in one line: `{ "port": 25 }`, `["home", "isp"]`, `[ { "port": 25 } ]`. Without comments.
[[nodiscard]] std::string on_one_line(Value value);

/// The value as it reads best there; may have several lines. Without comments.
[[nodiscard]] std::string lay_out(Value value, JsonPlace place);

/// The same of a JSON text, which must be one.
[[nodiscard]] std::string lay_out(std::string_view json, JsonPlace place);

/// How many characters the UTF-8 text has.
[[nodiscard]] std::size_t characters_in(std::string_view text);

} // namespace mailflow
