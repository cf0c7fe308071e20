// How Exim reads an address word by word (parse_extract_address() of its parse.c), in a path or in a header,
// until something does not fit, and then it says what.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace mailflow {

inline constexpr std::size_t longest_exim_address = 256;

[[nodiscard]] constexpr bool is_blank_for_exim(char c) {
    return c == ' ' || c == '\t';
}

/// A local part without blanks and comments, and what it means without what escapes.
struct EximLocalPart {
    std::string written;
    std::string meant;

    void add(std::string_view text) {
        written += text;
        meant += text;
    }
};

/// What was read of an address.
struct EximAddress {
    EximLocalPart local_part;
    std::string domain;
};

/// Reads on from where it stands; when something does not fit, `trouble` says what.
class EximReader {
public:
    explicit EximReader(std::string_view text) : text_(text) { skip(); }

    [[nodiscard]] char next() const { return place_ < text_.size() ? text_[place_] : '\0'; }
    [[nodiscard]] bool at_end() const { return place_ == text_.size(); }
    [[nodiscard]] bool stopped() const { return !trouble_.empty(); }
    [[nodiscard]] std::string const& trouble() const { return trouble_; }

    void stop(std::string trouble);
    /// Whatever is left does not belong there.
    void stop_at_rest();

    bool take(char wanted);
    /// Passes over blanks and comments (RFC 822 section 3.1.4).
    void skip();

    /// Atoms and quoted strings with dots between them, or dots alone.
    EximLocalPart local_part(bool may_be_empty = false);
    /// Between brackets a domain literal is an error; without them it is taken as message ids have it.
    std::string domain(bool takes_literal = false);
    /// "@a.example,@b.example:", which is thrown away. Whether there was one.
    bool route();

private:
    std::string literal();
    void quoted_string(EximLocalPart& read);
    void atom(EximLocalPart& read);

    std::string_view text_;
    std::size_t place_ = 0;
    std::string trouble_;
};

/// A group of addresses, "friends: alice@shop.example, bob@isp.example;", of which one may be read at a time
/// (RFC 5322 section 3.4).
struct EximGroup {
    bool may_begin = false; // in a header only
    bool is_open = false;
};

/// An address with or without brackets, which may have a name before it: "Alice <alice@shop.example>".
EximAddress read_exim_address(EximReader& reader, EximGroup& group);

/// What an address of nothing is called, which is no error where there may be several.
inline constexpr std::string_view no_exim_address = "empty address";

} // namespace mailflow
