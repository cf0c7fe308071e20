// Words in the header of a letter that were put into ASCII for the way (RFC 2047):
// "=?utf-8?B?R3LDvMOfZQ==?=". mail/encoded_words puts them there.
#pragma once

#include <string>
#include <string_view>

namespace mailflow {

/// The line in UTF-8, each encoded word of it decoded, in the encodings B and Q and the character sets UTF-8,
/// US-ASCII, ISO-8859-1, ISO-8859-15 and Windows-1252; what is of another kind, or cut, stays as it is.
/// Blanks between two encoded words are left out (RFC 2047 section 6.2).
[[nodiscard]] std::string with_decoded_words(std::string_view line);

} // namespace mailflow
