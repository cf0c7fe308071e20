#include "base/text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <vector>

namespace mailflow {

namespace {

/// Of base64 (RFC 4648 section 4).
constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

bool is_control(char c) {
    return static_cast<unsigned char>(c) < ' ' || c == '\x7f';
}

/// Optimal string alignment distance: insert, delete, replace and swap of neighbours cost one each.
std::size_t edit_distance(std::string_view a, std::string_view b) {
    std::vector<std::size_t> before_last(b.size() + 1);
    std::vector<std::size_t> last(b.size() + 1);
    std::vector<std::size_t> row(b.size() + 1);
    for (std::size_t j = 0; j <= b.size(); ++j)
        last[j] = j;
    for (std::size_t i = 1; i <= a.size(); ++i) {
        row[0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            std::size_t const replace = last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
            row[j] = std::min({last[j] + 1, row[j - 1] + 1, replace});
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                row[j] = std::min(row[j], before_last[j - 2] + 1);
        }
        std::swap(before_last, last);
        std::swap(last, row);
    }
    return last[b.size()];
}

} // namespace

std::string lower_case(std::string_view text) {
    std::string lowered{text};
    for (char& c : lowered)
        if (c >= 'A' && c <= 'Z')
            c = static_cast<char>(c - 'A' + 'a');
    return lowered;
}

std::string upper_case(std::string_view text) {
    std::string upper{text};
    std::transform(upper.begin(), upper.end(), upper.begin(),
                   [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; });
    return upper;
}

std::string_view nearest(std::string_view text, std::span<std::string const> candidates) {
    constexpr std::size_t longest_worth_guessing = 80;
    if (text.empty() || text.size() > longest_worth_guessing)
        return {};
    std::string const wanted = lower_case(text);
    std::size_t best_distance = std::max<std::size_t>(1, text.size() / 3) + 1;
    std::string_view best;
    for (std::string const& candidate : candidates) {
        if (candidate.size() > longest_worth_guessing)
            continue;
        std::size_t const distance = edit_distance(wanted, lower_case(candidate));
        if (distance < best_distance) {
            best_distance = distance;
            best = candidate;
        }
    }
    return best;
}

std::string join_words(std::span<std::string const> words, std::string_view last) {
    std::string joined;
    for (std::size_t i = 0; i < words.size(); ++i) {
        if (i > 0)
            joined += i + 1 == words.size() ? fmt::format(" {} ", last) : ", ";
        joined += words[i];
    }
    return joined;
}

std::string count_of(std::size_t count, std::string_view one, std::string_view many) {
    return fmt::format("{} {}", count, count == 1 ? one : many);
}

std::string base64(std::string_view bytes) {
    std::string encoded;
    for (std::size_t i = 0; i < bytes.size(); i += 3) {
        std::uint32_t group = 0;
        for (std::size_t k = 0; k < 3; ++k)
            group = (group << 8) | (i + k < bytes.size() ? static_cast<unsigned char>(bytes[i + k]) : 0U);
        for (std::size_t k = 0; k < 4; ++k)
            encoded += i + k <= bytes.size() ? alphabet[(group >> (18 - 6 * k)) & 63U] : '=';
    }
    return encoded;
}

std::optional<std::string> from_base64(std::string_view text) {
    if (text.size() % 4 != 0)
        return std::nullopt;
    std::size_t const padding = text.ends_with("==") ? 2 : text.ends_with("=") ? 1 : 0;
    std::string bytes;
    std::uint32_t bits = 0;
    for (std::size_t i = 0; i < text.size() - padding; ++i) {
        std::size_t const digit = alphabet.find(text[i]);
        if (digit == std::string_view::npos)
            return std::nullopt;
        bits = (bits << 6) | static_cast<std::uint32_t>(digit);
        if (i % 4 != 0)
            bytes += static_cast<char>((bits >> (6 - 2 * (i % 4))) & 0xffU);
    }
    return bytes;
}

std::string printable(std::string_view text) {
    std::string shown{text};
    std::replace_if(shown.begin(), shown.end(), is_control, '?');
    return shown;
}

std::string_view trimmed(std::string_view text) {
    constexpr std::string_view blanks = " \t";
    std::size_t const from = text.find_first_not_of(blanks);
    return from == std::string_view::npos ? std::string_view{}
                                          : text.substr(from, text.find_last_not_of(blanks) - from + 1);
}

bool is_ascii(std::string_view text) {
    return std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

namespace {

/// Whether each of eight bytes is from 0x20 to 0x7e: a borrow, or a carry, out of a byte sets its highest
/// bit, and those that come from the byte below tell of one that is out already.
bool all_printable(std::uint64_t eight) {
    constexpr std::uint64_t ones = 0x0101'0101'0101'0101;
    std::uint64_t const below = (eight - 0x20 * ones) & ~eight;
    std::uint64_t const beyond = eight | (eight + ones);
    return ((below | beyond) & 0x80 * ones) == 0;
}

} // namespace

std::size_t printable_prefix(std::string_view text) {
    std::size_t at = 0;
    for (std::uint64_t eight = 0; at + sizeof eight <= text.size(); at += sizeof eight) {
        std::memcpy(&eight, text.data() + at, sizeof eight);
        if (!all_printable(eight))
            break;
    }
    while (at < text.size() && text[at] >= 0x20 && text[at] < 0x7f)
        ++at;
    return at;
}

namespace {

/// How many bytes the letter there takes (RFC 3629); 0 where there is none.
std::size_t utf8_letter(std::string_view text, std::size_t at) {
    auto const lead = static_cast<unsigned char>(text[at]);
    std::size_t const length = lead < 0x80   ? 1
                               : lead < 0xc2 ? 0
                               : lead < 0xe0 ? 2
                               : lead < 0xf0 ? 3
                               : lead < 0xf5 ? 4
                                             : 0;
    if (length == 0 || at + length > text.size())
        return 0;
    std::uint32_t code = length == 1 ? lead : lead & (0x7fU >> length);
    for (std::size_t k = 1; k < length; ++k) {
        auto const next = static_cast<unsigned char>(text[at + k]);
        if ((next & 0xc0U) != 0x80U)
            return 0;
        code = (code << 6) | (next & 0x3fU);
    }
    bool const overlong = (length == 3 && code < 0x800) || (length == 4 && code < 0x10000);
    return overlong || code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff) ? 0 : length;
}

} // namespace

bool valid_utf8(std::string_view text) {
    for (std::size_t at = 0; at < text.size();) {
        std::size_t const length = utf8_letter(text, at);
        if (length == 0)
            return false;
        at += length;
    }
    return true;
}

namespace {

/// Whether a percent escape stands there.
bool is_percent_escape(std::string_view text, std::size_t at) {
    constexpr std::string_view digits = "0123456789abcdefABCDEF";
    return text[at] == '%' && at + 2 < text.size() && digits.find(text[at + 1]) != std::string_view::npos &&
           digits.find(text[at + 2]) != std::string_view::npos;
}

} // namespace

std::string to_utf8(std::string_view bytes) {
    std::string text;
    for (std::size_t at = 0; at < bytes.size();) {
        std::size_t const length = utf8_letter(bytes, at);
        if (length == 0 || is_control(bytes[at]) || is_percent_escape(bytes, at))
            text += fmt::format("%{:02X}", static_cast<unsigned char>(bytes[at]));
        else
            text += bytes.substr(at, length);
        at += std::max<std::size_t>(length, 1);
    }
    return text;
}

} // namespace mailflow
