// Small cuts and joins in a text of JSON, and what stands where in its lines. Knows no scenario.
#pragma once

#include "edit/json_layout.hpp"
#include "scenario/document.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace mailflow {

/// The bytes from `begin` to before `end` give way to the text.
struct Splice {
    std::size_t begin = 0;
    std::size_t end = 0;
    std::string text;
};

/// The text after all of them, which do not overlap; their places are those in `text`.
[[nodiscard]] std::string spliced(std::string_view text, std::vector<Splice> splices);

[[nodiscard]] std::size_t line_begin(std::string_view text, std::size_t at);
[[nodiscard]] std::size_t line_end(std::string_view text, std::size_t at); // of its line feed, or of the text
/// How many spaces the line of that byte begins with.
[[nodiscard]] std::size_t line_indent(std::string_view text, std::size_t at);
/// Whether only spaces stand before that byte in its line.
[[nodiscard]] bool begins_line(std::string_view text, std::size_t at);

/// What stands behind a value in its line.
struct LineTail {
    std::size_t after_comma = 0; // behind the comma, or behind the value where there is none
    std::size_t end = 0;         // of the line
    bool has_comma = false;
    bool ends_line = false; // nothing but a comment follows
};
[[nodiscard]] LineTail tail_of(std::string_view text, std::size_t after_value);

/// Whether a comment stands in the text, which begins outside of a string.
[[nodiscard]] bool has_comment(std::string_view json);

/// Where the member begins: at its key, or an item at itself.
[[nodiscard]] std::size_t start_of(Value member);
[[nodiscard]] std::size_t depth_of(Value value);
[[nodiscard]] std::vector<Value> children_of(Value container);
[[nodiscard]] bool is_on_one_line(Value value);
/// Where the value stands, for laying another out in its place.
[[nodiscard]] JsonPlace place_of(std::string_view text, Value value);

} // namespace mailflow
