// How Sendmail parts an address into words (prescan() of parseaddr.c), and joins them again (cataddr()).
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace mailflow {

/// A character that means something, or what stands between two of them: letters, or text in quotes.
struct AddressToken {
    std::string text;
    bool is_word = false;

    [[nodiscard]] bool is(char c) const { return !is_word && text.front() == c; }
};

using AddressTokens = std::span<AddressToken const>;

struct Prescan {
    std::vector<AddressToken> tokens;
    std::size_t length = 0;        // of what belongs to the address
    std::optional<char> alone;     // the first bracket or quote that has no partner
    std::size_t longest_token = 0; // in octets
};

/// Reads up to the first blank that stands in no brackets, quotes or comment, or to the end. Comments are
/// left out.
[[nodiscard]] Prescan prescan(std::string_view text);

/// The text of the tokens: two words that stand side by side are parted by a dot (BlankSub), and what was
/// written with a backslash outside quotes loses that.
[[nodiscard]] std::string join(AddressTokens tokens);

} // namespace mailflow
