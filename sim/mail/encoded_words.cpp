#include "mail/encoded_words.hpp"

#include "base/text.hpp"

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

} // namespace

std::string encoded_words(std::string_view text) {
    if (is_ascii(text))
        return std::string{text};
    std::string words;
    while (!text.empty()) {
        std::size_t const length = part_of(text);
        words += (words.empty() ? "=?UTF-8?B?" : "\n =?UTF-8?B?") + base64(text.substr(0, length)) + "?=";
        text.remove_prefix(length);
    }
    return words;
}

} // namespace mailflow
