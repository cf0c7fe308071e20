#include "scenario/document.hpp"

#include "base/numbers.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <limits>

namespace mailflow {

namespace {

std::size_t digits_at(std::string_view text, std::size_t at) {
    return std::min(text.find_first_not_of("0123456789", at), text.size()) - std::min(at, text.size());
}

/// Behind the closing quote of the string that begins at `quote`.
std::size_t end_of_string(std::string_view text, std::size_t quote) {
    std::size_t at = quote + 1;
    while (text[at] != '"')
        at += text[at] == '\\' ? 2 : 1;
    return at + 1;
}

/// Behind the closing bracket of the list or object that begins at `start`; the text is known to be JSON.
std::size_t end_of_container(std::string_view text, std::size_t start) {
    std::size_t depth = 0;
    for (std::size_t at = start;;) {
        char const c = text[at];
        if (c == '"') {
            at = end_of_string(text, at);
            continue;
        } else if (text.substr(at, 2) == "//") {
            at = text.find_first_of("\r\n", at);
        } else if (text.substr(at, 2) == "/*") {
            at = text.find("*/", at + 2) + 1;
        }
        ++at;
        depth += c == '{' || c == '[' ? 1U : 0U;
        if ((c == '}' || c == ']') && --depth == 0)
            return at;
    }
}

/// Reads digits onto the end of a number; false where they do not fit.
bool append_digits(std::string_view digits, std::uint64_t& number) {
    constexpr std::uint64_t most = std::numeric_limits<std::uint64_t>::max();
    for (char const c : digits) {
        auto const digit = static_cast<std::uint64_t>(c - '0');
        if (number > (most - digit) / 10)
            return false;
        number = number * 10 + digit;
    }
    return true;
}

} // namespace

std::optional<std::uint64_t> shifted_number(std::string_view number, int places) {
    if (number.empty() || number[0] < '0' || number[0] > '9' || number_length(number) != number.size())
        return std::nullopt;
    std::size_t const mantissa_end = std::min(number.find_first_of("eE"), number.size());
    std::string_view const mantissa = number.substr(0, mantissa_end);
    std::size_t const point = std::min(mantissa.find('.'), mantissa.size());
    std::string digits{mantissa.substr(0, point)};
    std::string_view const decimals = mantissa.substr(std::min(point + 1, mantissa.size()));
    digits += decimals;
    digits.erase(0, digits.find_first_not_of('0'));
    if (digits.empty())
        return 0;
    int exponent = 0;
    if (mantissa_end < number.size()) {
        std::string_view written = number.substr(mantissa_end + 1);
        written.remove_prefix(written.starts_with('+') ? 1 : 0);
        auto const read = number_in<int>(written);
        constexpr int largest = 1'000; // of what a number can be, and far beyond what fits
        if (!read || std::abs(*read) > largest)
            return std::nullopt;
        exponent = *read;
    }
    std::int64_t zeros = std::int64_t{exponent} + places - static_cast<std::int64_t>(decimals.size());
    for (; zeros < 0 && digits.ends_with('0'); ++zeros)
        digits.pop_back();
    constexpr std::int64_t most_digits = std::numeric_limits<std::uint64_t>::digits10 + 1;
    if (zeros < 0 || zeros > most_digits)
        return std::nullopt;
    std::uint64_t value = 0;
    bool const fits = append_digits(digits, value) &&
                      append_digits(std::string(static_cast<std::size_t>(zeros), '0'), value);
    return fits ? std::optional{value} : std::nullopt;
}

std::size_t number_length(std::string_view text) {
    std::size_t end = text.starts_with('-') ? 1 : 0;
    end += text.substr(end).starts_with('0') ? 1 : digits_at(text, end);
    if (text.substr(end).starts_with('.') && digits_at(text, end + 1) > 0)
        end += 1 + digits_at(text, end + 1);
    if (text.substr(end).starts_with('e') || text.substr(end).starts_with('E')) {
        std::size_t const sign = text.substr(end + 1).find_first_of("+-") == 0 ? 1 : 0;
        if (std::size_t const digits = digits_at(text, end + 1 + sign); digits > 0)
            end += 1 + sign + digits;
    }
    return end;
}

std::string_view Document::text_at(std::uint32_t quote) const {
    std::size_t const start = std::size_t{quote} + 1;
    std::string_view const written = text.substr(start, text.find('"', start) - start);
    return written.find('\\') == std::string_view::npos ? written : std::string_view{unescaped.at(quote)};
}

Kind Value::kind() const {
    switch (document_->text[node().offset]) {
    case '{': return Kind::object;
    case '[': return Kind::list;
    case '"': return Kind::text;
    case 't':
    case 'f': return Kind::boolean;
    case 'n': return Kind::null;
    default: return Kind::number;
    }
}

std::string_view Value::text() const {
    return kind() == Kind::text ? document_->text_at(node().offset) : std::string_view{};
}

std::optional<std::uint64_t> Value::whole_number() const {
    std::string_view const text = document_->text.substr(node().offset);
    std::string_view const number = text.substr(0, number_length(text));
    if (kind() != Kind::number)
        return std::nullopt;
    auto const plain = number_in<std::uint64_t>(number);
    return plain ? plain : shifted_number(number, 0);
}

std::string_view Value::key() const {
    return has_key() ? document_->text_at(node().key_offset) : std::string_view{};
}

bool Value::is_named(std::string_view key) const {
    if (!has_key())
        return false;
    std::string_view const written = document_->text.substr(node().key_offset + 1);
    // Most other keys are longer or shorter, which one byte tells.
    if (written.size() > key.size() && written[key.size()] == '"' && written.starts_with(key))
        return true;
    return !document_->unescaped.empty() && this->key() == key; // "\u0061t" is "at", too
}

std::string Value::pointer() const {
    std::string pointer;
    for (Value at = *this; !at.is_whole_text(); at = at.parent()) {
        if (at.has_key()) {
            pointer.insert(0, "/" + escape_for_pointer(at.key()));
            continue;
        }
        std::size_t place = 0;
        for (Iterator before = at.parent().begin(); (*before).index_ != at.index_; ++before)
            ++place;
        pointer.insert(0, fmt::format("/{}", place));
    }
    return pointer;
}

std::string_view Value::written_key() const {
    if (!has_key())
        return {};
    return document_->text.substr(key_offset(), end_of_string(document_->text, key_offset()) - key_offset());
}

std::size_t Value::end_offset() const {
    std::string_view const text = document_->text;
    switch (kind()) {
    case Kind::null: return offset() + 4;
    case Kind::boolean: return offset() + (boolean() ? 4U : 5U);
    case Kind::number: return offset() + number_length(text.substr(offset()));
    case Kind::list:
    case Kind::object: return end_of_container(text, offset());
    case Kind::text: break;
    }
    return end_of_string(text, offset());
}

Value::Iterator Value::begin() const {
    std::uint32_t const child = index_ + 1;
    bool const has_children = child < document_->nodes.size() && document_->nodes[child].parent == index_;
    return Iterator{document_, has_children ? child : Document::none};
}

std::string escape_for_pointer(std::string_view key) {
    std::string escaped;
    for (char const c : key)
        escaped += c == '~' ? std::string{"~0"} : c == '/' ? std::string{"~1"} : std::string{c};
    return escaped;
}

} // namespace mailflow
