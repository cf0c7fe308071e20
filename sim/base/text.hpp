// Small words about words: comparing as mail does, and guessing what a misspelt name was meant to be.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace mailflow {

/// ASCII letters to lower case; every other byte stays (domain names compare so, RFC 5321 section 2.4).
[[nodiscard]] std::string lower_case(std::string_view text);

/// ASCII letters to upper case; every other byte stays.
[[nodiscard]] std::string upper_case(std::string_view text);

/// The candidate that `text` most likely meant, or empty when none is near (at most a third of its letters
/// wrong, swapped neighbours counting once). Equal distances: the first candidate.
[[nodiscard]] std::string_view nearest(std::string_view text, std::span<std::string const> candidates);

/// "a", "a and b", "a, b and c"; with another last word ("a, b or c") when asked.
[[nodiscard]] std::string join_words(std::span<std::string const> words, std::string_view last = "and");

/// "1 message", "2 messages".
[[nodiscard]] std::string count_of(std::size_t count, std::string_view one, std::string_view many);

/// The text in base64 (RFC 4648 section 4).
[[nodiscard]] std::string base64(std::string_view bytes);

/// What was written in base64; empty when it is none.
[[nodiscard]] std::optional<std::string> from_base64(std::string_view text);

/// The text with "?" for control characters, so that nothing in it can end a line.
[[nodiscard]] std::string printable(std::string_view text);

/// Whether the text has no letter beyond ASCII.
[[nodiscard]] bool is_ascii(std::string_view text);

/// How many bytes at its beginning are printable characters of ASCII (0x20 to 0x7e), read eight at a time: of
/// most texts all, and these need no closer look.
[[nodiscard]] std::size_t printable_prefix(std::string_view text);

/// Whether the text is well-formed UTF-8 (RFC 3629).
[[nodiscard]] bool valid_utf8(std::string_view text);

/// Without the blanks and tabs at both ends.
[[nodiscard]] std::string_view trimmed(std::string_view text);

/// The bytes as well-formed UTF-8 on one line: each that belongs to no letter, and each control character, is
/// a percent escape, such as %FF; so is a "%" that would begin one, so that no two texts become the same. For
/// names of files, which may hold any bytes.
[[nodiscard]] std::string to_utf8(std::string_view bytes);

} // namespace mailflow
