// The words of a header field for the way: RFC 2047. mail/decoded_words reads them.
#pragma once

#include <string>
#include <string_view>

namespace mailflow {

/// Text of a header field as it goes over the wire: ASCII stays as it is, and all else becomes encoded words
/// of UTF-8 in base64 (RFC 2047 section 2), each on a line of its own, none of which is longer than 76
/// characters behind "Subject: ". `text` has to be well-formed UTF-8.
[[nodiscard]] std::string encoded_words(std::string_view text);

} // namespace mailflow
