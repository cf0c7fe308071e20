#include "mail/encoded_words.hpp"

#include "base/text.hpp"

#include <algorithm>

namespace mailflow {

namespace {

/// 76 characters, less those of "Subject: " and of "=?UTF-8?B?" and "?=", in whole groups of base64.
constexpr std::size_t longest_part = 39;

/// How many bytes of the text go into one word: a letter is not cut (RFC 2047 section 5).
std::size_t part_of(std::string_view text) {
    if (text.size() <= longest_part)
        return text.size();
    std::size_t end = longest_part;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xc0U) == 0x80U)
        --end;
    return end > 0 ? end : longest_part;
}

/// RFC 5322 section 2.1.1.
constexpr std::size_t usual_line = 78;
/// Of a word that a line can still hold with what stands around it: the line has at most 998.
constexpr std::size_t longest_word = 900;

std::string folded(std::string_view text, std::size_t before) {
    std::string lines;
    for (std::size_t column = before; !text.empty();) {
        std::size_t const start = text.find_first_not_of(' ');
        std::size_t const end =
            start == std::string_view::npos ? text.size() : std::min(text.find(' ', start), text.size());
        bool const is_word = start != std::string_view::npos;
        if (is_word && !lines.empty() && column + end > usual_line) {
            lines += '\n';
            column = 0;
        }
        lines += text.substr(0, end);
        column += end;
        text.remove_prefix(end);
    }
    return lines;
}

bool fits_lines(std::string_view text) {
    if (!is_ascii(text))
        return false;
    while (text.size() > longest_word) {
        std::size_t const blank = text.substr(0, longest_word).rfind(' ');
        if (blank == std::string_view::npos || blank == 0)
            return false;
        text.remove_prefix(blank);
    }
    return true;
}

/// Whether it is made of atoms and blanks alone.
bool is_phrase(std::string_view text) {
    constexpr std::string_view others = " !#$%&'*+-/=?^_`{|}~";
    return std::all_of(text.begin(), text.end(), [&](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
               others.find(c) != std::string_view::npos;
    });
}

std::string in_words(std::string_view text) {
    std::string words;
    while (!text.empty()) {
        std::size_t const length = part_of(text);
        words += (words.empty() ? "=?UTF-8?B?" : "\n =?UTF-8?B?") + base64(text.substr(0, length)) + "?=";
        text.remove_prefix(length);
    }
    return words;
}

} // namespace

std::string encoded_words(std::string_view text) {
    return is_ascii(text) ? std::string{text} : in_words(text);
}

std::string field_words(std::string_view text, std::size_t before) {
    return fits_lines(text) ? folded(text, before) : in_words(text);
}

std::string display_name(std::string_view name, std::size_t before) {
    if (!fits_lines(name) || is_phrase(name))
        return field_words(name, before);
    std::string quoted = "\"";
    for (char const c : name) {
        if (c == '"' || c == '\\')
            quoted += '\\';
        quoted += c;
    }
    return folded(quoted + '"', before);
}

} // namespace mailflow
