#include "mail/decoded_words.hpp"

#include "base/text.hpp"

#include <array>
#include <charconv>
#include <cstdint>
#include <optional>

namespace mailflow {

namespace {

/// What Windows-1252 has in the place of the control characters 0x80 to 0x9f; zero: nothing.
constexpr std::array<std::uint16_t, 32> windows_letters{
    0x20ac, 0,      0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021, 0x02c6, 0x2030, 0x0160,
    0x2039, 0x0152, 0,      0x017d, 0,      0,      0x2018, 0x2019, 0x201c, 0x201d, 0x2022,
    0x2013, 0x2014, 0x02dc, 0x2122, 0x0161, 0x203a, 0x0153, 0,      0x017e, 0x0178};

/// In UTF-8; nothing up to U+FFFF needs more than three bytes.
void append(std::string& text, std::uint32_t letter) {
    auto const byte = [&](std::uint32_t bits) { text += static_cast<char>(bits); };
    if (letter < 0x80)
        return byte(letter);
    if (letter < 0x800) {
        byte(0xc0U | letter >> 6U);
    } else {
        byte(0xe0U | letter >> 12U);
        byte(0x80U | (letter >> 6U & 0x3fU));
    }
    byte(0x80U | (letter & 0x3fU));
}

/// Of a character set in which each byte is a letter.
std::string from_single_bytes(std::string_view bytes, std::string_view charset) {
    constexpr unsigned char euro_of_latin9 = 0xa4;
    std::string text;
    for (char const c : bytes) {
        auto const byte = static_cast<unsigned char>(c);
        std::uint32_t letter = byte;
        if (charset == "windows-1252" && byte >= 0x80 && byte < 0xa0)
            letter = windows_letters[byte - 0x80U];
        if (charset == "iso-8859-15" && byte == euro_of_latin9)
            letter = windows_letters[0];
        append(text, letter == 0 ? '?' : letter);
    }
    return text;
}

std::optional<std::string> in_utf8(std::string const& bytes, std::string_view charset) {
    if (charset == "utf-8" || charset == "us-ascii")
        return valid_utf8(bytes) ? std::optional{bytes} : std::nullopt;
    if (charset == "iso-8859-1" || charset == "iso-8859-15" || charset == "windows-1252")
        return from_single_bytes(bytes, charset);
    return std::nullopt;
}

/// RFC 2047 section 4.2: a blank is written as "_".
std::optional<std::string> from_q(std::string_view coded) {
    std::string bytes;
    for (std::size_t i = 0; i < coded.size(); ++i) {
        if (coded[i] != '=') {
            bytes += coded[i] == '_' ? ' ' : coded[i];
            continue;
        }
        unsigned value = 0;
        char const* const digits = coded.data() + i + 1;
        if (i + 2 >= coded.size() || std::from_chars(digits, digits + 2, value, 16).ptr != digits + 2)
            return std::nullopt;
        bytes += static_cast<char>(value);
        i += 2;
    }
    return bytes;
}

struct Decoded {
    std::string text;
    std::size_t length; // of the encoded word
};

/// The encoded word at the front, if there is one. "utf-8*de" names a language besides (RFC 2231 section 5).
std::optional<Decoded> word_at(std::string_view text) {
    constexpr std::string_view opening = "=?";
    std::size_t const encoding = text.find('?', opening.size());
    if (!text.starts_with(opening) || encoding == std::string_view::npos || encoding + 3 > text.size() ||
        text[encoding + 2] != '?')
        return std::nullopt;
    std::size_t const end = text.find("?=", encoding + 3);
    if (end == std::string_view::npos)
        return std::nullopt;
    std::string charset = lower_case(text.substr(opening.size(), encoding - opening.size()));
    charset.erase(std::min(charset.find('*'), charset.size()));
    std::string_view const coded = text.substr(encoding + 3, end - encoding - 3);
    bool const base64 = text[encoding + 1] == 'B' || text[encoding + 1] == 'b';
    bool const quoted = text[encoding + 1] == 'Q' || text[encoding + 1] == 'q';
    std::optional<std::string> const bytes = base64   ? from_base64(coded)
                                             : quoted ? from_q(coded)
                                                      : std::nullopt;
    auto words = bytes ? in_utf8(*bytes, charset) : std::nullopt;
    return words ? std::optional{Decoded{std::move(*words), end + 2}} : std::nullopt;
}

} // namespace

std::string with_decoded_words(std::string_view line) {
    std::string text;
    std::size_t blanks_from = std::string::npos; // in `text`: all that stands behind the last encoded word
    while (!line.empty()) {
        std::size_t const at = std::min(line.find("=?"), line.size());
        std::string_view const before = line.substr(0, at);
        if (before.find_first_not_of(" \t") != std::string_view::npos)
            blanks_from = std::string::npos;
        text += before;
        line.remove_prefix(at);
        if (auto word = word_at(line)) {
            if (blanks_from != std::string::npos)
                text.erase(blanks_from);
            text += word->text;
            blanks_from = text.size();
            line.remove_prefix(word->length);
        } else if (!line.empty()) {
            blanks_from = std::string::npos;
            text += line.front();
            line.remove_prefix(1);
        }
    }
    return text;
}

} // namespace mailflow
