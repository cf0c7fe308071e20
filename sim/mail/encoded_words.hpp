// The words of a header field for the way: RFC 2047. mail/decoded_words reads them.
#pragma once

#include <string>
#include <string_view>

namespace mailflow {

/// Text of a header field as it goes over the wire: ASCII stays as it is, and all else becomes encoded words
/// of UTF-8 in base64 (RFC 2047 section 2), each on a line of its own, none of which is longer than 76
/// characters behind "Subject: ". `text` has to be well-formed UTF-8.
[[nodiscard]] std::string encoded_words(std::string_view text);

/// The same for a field behind `before` characters of its line ("Subject: " has 9): ASCII is folded before
/// blanks, so that no line is longer than 78 characters where that can be (RFC 5322 sections 2.1.1
/// and 2.2.3); what no line can hold becomes encoded words.
[[nodiscard]] std::string field_words(std::string_view text, std::size_t before);

/// The name of a mailbox before its "<>" (RFC 5322 section 3.4): as field_words, and in quotes where it holds
/// what no atom does (sections 3.2.3 and 3.2.4): "Maya, the \"boss\"".
[[nodiscard]] std::string display_name(std::string_view name, std::size_t before);

} // namespace mailflow
