#include "report/lines/json_text.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <bit>
#include <charconv>

namespace mailflow {

namespace {

constexpr std::size_t first_capacity = 1UL << 12U;
constexpr std::size_t longest_number = 20;
constexpr std::int64_t second_ns = 1'000'000'000;

std::string as_nlohmann_writes(nlohmann::json const& value) {
    return value.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

bool is_plain(unsigned char c) {
    return c >= 0x20 && c < 0x80 && c != '"' && c != '\\';
}

bool is_plain(std::string_view text) {
    return std::all_of(text.begin(), text.end(),
                       [](char c) { return is_plain(static_cast<unsigned char>(c)); });
}

/// Whether the decimal number of nanoseconds is what nlohmann/json writes. Its algorithm (Grisu2) finds the
/// shortest digits unless they lie at the very end of the interval that rounds to the same double, about once
/// in 600 times; and it writes an exponent below 10^-4. Here the interval is cut a little shorter than there.
bool is_written_in_full(std::int64_t ns) {
    constexpr std::int64_t least_ns = 100'000;
    if (ns < least_ns)
        return ns == 0;
    __extension__ using Wide = __int128;
    auto const bits = std::bit_cast<std::uint64_t>(static_cast<double>(ns) / static_cast<double>(second_ns));
    constexpr unsigned mantissa_bits = 52;
    constexpr int bias = 1023 + static_cast<int>(mantissa_bits);
    auto const mantissa =
        static_cast<std::int64_t>((bits & ((1ULL << mantissa_bits) - 1)) | 1ULL << mantissa_bits);
    int const shift = bias - static_cast<int>(bits >> mantissa_bits); // seconds = mantissa / 2^shift
    Wide const away = (static_cast<Wide>(ns) << shift) - static_cast<Wide>(mantissa) * second_ns;
    constexpr std::int64_t safe = second_ns / 100 * 48; // of the half that rounds to the same double
    return away > -safe && away < safe;
}

} // namespace

std::string json_escaped(std::string_view text) {
    if (is_plain(text))
        return std::string{text};
    std::string const quoted = as_nlohmann_writes(text);
    return quoted.substr(1, quoted.size() - 2);
}

JsonText::JsonText()
    : begin_(std::make_unique<char[]>(first_capacity))
    , end_(begin_.get())
    , limit_(end_ + first_capacity) {}

void JsonText::grow(std::size_t more) {
    std::size_t const held = size();
    std::size_t const capacity = std::max(2 * static_cast<std::size_t>(limit_ - begin_.get()), held + more);
    std::unique_ptr<char[]> larger{new char[capacity]};
    std::memcpy(larger.get(), begin_.get(), held);
    begin_ = std::move(larger);
    end_ = begin_.get() + held;
    limit_ = begin_.get() + capacity;
}

void JsonText::number(std::uint64_t value) {
    make_room(longest_number);
    end_ = std::to_chars(end_, limit_, value).ptr;
}

void JsonText::seconds(Duration duration) {
    std::int64_t const ns = duration.count();
    if (ns < 0 || !is_written_in_full(ns)) {
        raw(as_nlohmann_writes(mailflow::seconds(duration)));
        return;
    }
    number(static_cast<std::uint64_t>(ns / second_ns));
    constexpr int digits = 9;
    char fraction[digits + 1] = {'.'};
    auto rest = static_cast<std::uint32_t>(ns % second_ns);
    int last = 1;
    for (int i = digits; i > 0; --i, rest /= 10) {
        fraction[i] = static_cast<char>('0' + rest % 10);
        if (fraction[i] != '0' && last == 1)
            last = i;
    }
    raw(std::string_view{fraction, static_cast<std::size_t>(last) + 1});
}

void JsonText::text(std::string_view text) {
    if (is_plain(text))
        name(text);
    else
        name(json_escaped(text));
}

} // namespace mailflow
