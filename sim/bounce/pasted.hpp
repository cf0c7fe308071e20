// The text that somebody pasted, as plain lines: what the way through mail programs, clipboards and files has
// done to it is undone. Part of bounce/notice.cpp; nobody else needs it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace mailflow {

/// The lines without their ends and without marks of quoting ("> "). Undone are: UTF-16 and byte order marks;
/// quoted-printable and base64 of parts that say so (RFC 2045 section 6); HTML, of which the words are left.
/// Tabs, hard blanks and control characters are blanks. Bytes that are no UTF-8 become "?". Ends of lines
/// that were doubled or lost are set right (bounce/line_ends.hpp).
[[nodiscard]] std::vector<std::string> plain_lines(std::string_view pasted);

} // namespace mailflow
