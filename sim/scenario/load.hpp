// From the text of a scenario file to a world, or to every complaint about it at once. The only layer that
// reads JSON.
#pragma once

#include "world/world.hpp"

#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace mailflow {

/// One complaint: where, what, and how to mend it.
struct Diagnostic {
    std::size_t line = 1;   // from 1
    std::size_t column = 1; // from 1, in characters
    std::string pointer;    // JSON pointer (RFC 6901) of the value
    std::string what;
    std::string hint; // may be empty

    bool operator==(Diagnostic const&) const = default;
};

/// "file:line:col: /json/pointer: what is wrong; hint".
[[nodiscard]] std::string to_line(Diagnostic const& diagnostic, std::string_view file);

/// The world, or the complaints in the order of the file (at least one). `text` is UTF-8 with // comments
/// allowed.
[[nodiscard]] std::variant<World, std::vector<Diagnostic>> load_scenario(std::string_view text);

} // namespace mailflow
