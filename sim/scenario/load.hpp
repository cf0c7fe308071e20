// From the text of a scenario file to a world, or to every complaint about it at once. The only layer that
// reads JSON.
#pragma once

#include "world/world.hpp"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace mailflow {

/// Whether what is complained about keeps a scenario from being played, or only can hardly be meant.
enum class Gravity : std::uint8_t { error, warning };

/// One complaint: where, what, and how to mend it.
struct Diagnostic {
    std::size_t line = 1;   // from 1; 0: about the file as a whole
    std::size_t column = 1; // from 1, in characters
    std::string pointer;    // JSON pointer (RFC 6901) of the value
    std::string what;
    std::string hint;             // may be empty
    std::string override_pointer; // about the value of an override: where that was put; else empty
    Gravity gravity = Gravity::error;

    bool operator==(Diagnostic const&) const = default;
};

/// A value that is put into a scenario before it is read, over what is there or as a new member:
/// --set /json/pointer=value.
struct Override {
    std::string
        pointer;       // RFC 6901; "-" as its last token stands for the place behind the last item of a list
    std::string value; // JSON; what is none is taken as a text

    bool operator==(Override const&) const = default;
};

/// Reads "/json/pointer=value"; or says what is wrong with it.
[[nodiscard]] std::variant<Override, std::string> parse_override(std::string_view text);

/// "file:line:col: /json/pointer: what is wrong; hint" ("...: warning: what ..." of a warning), or "--set
/// /json/pointer: what is wrong; hint" where `overrides` says who has put that in.
[[nodiscard]] std::string to_line(Diagnostic const& diagnostic, std::string_view file,
                                  std::string_view overrides = "--set");

/// A world, and the warnings about it in the order of the file.
struct CheckedWorld {
    World world;
    std::vector<Diagnostic> warnings;
};

/// The world, or the errors in the order of the file (at least one). `text` is UTF-8 with // comments
/// allowed. What an override puts in is checked as if it stood in the file.
[[nodiscard]] std::variant<CheckedWorld, std::vector<Diagnostic>>
check_scenario(std::string_view text, std::span<Override const> overrides = {});

/// The same, for those who ask for no warnings.
[[nodiscard]] std::variant<World, std::vector<Diagnostic>>
load_scenario(std::string_view text, std::span<Override const> overrides = {});

} // namespace mailflow
