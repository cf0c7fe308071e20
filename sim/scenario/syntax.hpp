// Why a text is not JSON, in words that help somebody who writes scenarios by hand. Not the parser: it is
// asked only after the parser gave up, with what the parser had understood until then.
#pragma once

#include "scenario/complaints.hpp"

#include <string_view>

namespace mailflow {

/// What may come next, after the last thing that was understood.
enum class Awaited : std::uint8_t {
    whole_value,          // nothing was read yet
    key_or_end,           // after {
    colon,                // after a key
    comma_or_end_brace,   // after a member of an object
    item_or_end,          // after [
    comma_or_end_bracket, // after an item of a list
    end_of_text,          // after the last value
};

enum class SyntaxTrouble : std::uint8_t { syntax, number_too_large };

/// How far the parser came.
struct ParseProgress {
    Awaited awaited = Awaited::whole_value;
    std::size_t offset = 0;           // behind the last thing that was understood
    std::size_t container_offset = 0; // where the innermost open object or list starts
    SyntaxTrouble trouble = SyntaxTrouble::syntax;
    std::string pointer; // of what is being read
};

/// Adds the one complaint about the place where the text stops being JSON (RFC 8259).
void complain_about_syntax(std::string_view text, ParseProgress const& progress, Complaints& complaints);

/// Adds a complaint if the text holds bytes that no JSON text has: ill-formed UTF-8 (RFC 3629) or control
/// characters. Returns whether it did.
bool complain_about_bytes(std::string_view text, Complaints& complaints);

} // namespace mailflow
