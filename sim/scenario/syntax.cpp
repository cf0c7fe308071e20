#include "scenario/syntax.hpp"

#include "base/text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace mailflow {

namespace {

constexpr std::string_view texts_in_quotes = "texts stand in double quotes";

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

bool is_word_character(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || is_digit(c) || c == '_' || c == '-' ||
           c == '$' || static_cast<unsigned char>(c) >= 0x80;
}

/// The one of them that the text begins with; else empty.
template<std::size_t count>
std::string_view first_of(std::array<std::string_view, count> const& signs, std::string_view text) {
    for (std::string_view const sign : signs)
        if (text.starts_with(sign))
            return sign;
    return {};
}

/// The quotes that word processors put in the place of " and '.
std::string_view typographic_quote(std::string_view text) {
    return first_of(std::array<std::string_view, 10>{"\u201c", "\u201d", "\u201e", "\u201f", "\u2018",
                                                     "\u2019", "\u201a", "\u201b", "\u00ab", "\u00bb"},
                    text);
}

/// A blank that JSON does not take for one (RFC 8259 section 2): the no-break space and its kin, and what has
/// no width at all.
std::size_t length_of_odd_blank(std::string_view text) {
    return first_of(std::array<std::string_view, 9>{"\u00a0", "\u2002", "\u2003", "\u2007", "\u2009",
                                                    "\u200b", "\u202f", "\u3000", "\ufeff"},
                    text)
        .size();
}

/// Goes once over the text from where the parser had understood it, until the first thing that is wrong.
class Explanation {
public:
    Explanation(std::string_view text, ParseProgress const& progress, Complaints& complaints)
        : text_{text}
        , progress_{progress}
        , complaints_{complaints}
        , at_{progress.offset} {}

    void explain() {
        if (progress_.offset == 0 && text_.starts_with("\xef\xbb\xbf"))
            at_ = 3;
        if (!skip_blank())
            return;
        switch (progress_.awaited) {
        case Awaited::whole_value: return whole_value();
        case Awaited::key_or_end: return key();
        case Awaited::colon: return colon();
        case Awaited::comma_or_end_brace: return comma('}');
        case Awaited::item_or_end: return value();
        case Awaited::comma_or_end_bracket: return comma(']');
        case Awaited::end_of_text:
            return complain(at_, "the scenario has ended before this", "remove what follows the last }");
        }
    }

private:
    [[nodiscard]] bool at_end() const { return at_ >= text_.size(); }
    [[nodiscard]] char here() const { return text_[at_]; }

    void complain(std::size_t offset, std::string what, std::string hint = {}) {
        complaints_.add_at(offset, progress_.pointer, std::move(what), std::move(hint));
    }

    /// Moves over blanks and comments; false, with a complaint, when a comment is wrong.
    bool skip_blank() {
        while (!at_end()) {
            if (std::string_view{" \t\r\n"}.find(here()) != std::string_view::npos) {
                ++at_;
                continue;
            }
            if (std::size_t const length = length_of_odd_blank(text_.substr(at_)); length > 0) {
                complain(at_, "this is not the blank of the space bar", "write a plain blank instead of it");
                return false;
            }
            if (here() == '#') {
                complain(at_, "a # means nothing here", "a comment starts with //");
                return false;
            }
            if (here() != '/')
                return true;
            std::string_view const start = text_.substr(at_, 2);
            if (start == "//") {
                at_ = std::min(text_.find_first_of("\r\n", at_), text_.size());
            } else if (start == "/*") {
                std::size_t const end = text_.find("*/", at_ + 2);
                if (end == std::string_view::npos) {
                    complain(at_, "this comment is never closed", "end it with */");
                    return false;
                }
                at_ = end + 2;
            } else {
                complain(at_, "a single / means nothing here", "a comment starts with //");
                return false;
            }
        }
        return true;
    }

    /// A number that goes on where a JSON number has ended: 01, 5m, 1.2.3.
    bool continues_number() {
        if (at_ != progress_.offset || at_ == 0 || !is_digit(text_[at_ - 1]) ||
            !(is_word_character(here()) || here() == '.' || here() == '+'))
            return false;
        while (at_ > 0 && (is_word_character(text_[at_ - 1]) || text_[at_ - 1] == '.'))
            --at_;
        bad_number();
        return true;
    }

    void bad_number() {
        if (progress_.trouble == SyntaxTrouble::number_too_large)
            return complain(at_, "this number is too large");
        complain(
            at_, "this number is not written as JSON has it",
            "write 12 or 0.5: no +, no leading 0, no bare point; times and sizes stand in double quotes");
    }

    void whole_value() {
        if (at_end())
            return complain(text_.size(), "the file is empty",
                            "a scenario is an object: { \"format\": 1, ... }");
        value();
    }

    [[nodiscard]] std::string open_container() const {
        bool const object = text_[progress_.container_offset] == '{';
        return fmt::format("the {} that was opened in line {}", object ? "object" : "list",
                           line_of(text_, progress_.container_offset));
    }

    void text_ends() {
        if (progress_.awaited == Awaited::whole_value)
            return complain(text_.size(), "the file ends where a value was to come");
        complain(text_.size(), fmt::format("the file ends before {} is closed", open_container()),
                 fmt::format("add the missing {}", text_[progress_.container_offset] == '{' ? '}' : ']'));
    }

    void comma(char closing) {
        if (at_end())
            return text_ends();
        if (here() == ']' || here() == '}')
            return complain(at_, fmt::format("{} does not close {}", here(), open_container()),
                            fmt::format("that needs a {} first", closing));
        if (here() != ',' && continues_number())
            return;
        if (here() != ',')
            return complain(at_, "a comma is missing before this");
        std::size_t const comma_at = at_++;
        if (!skip_blank())
            return;
        if (at_end())
            return text_ends();
        if (here() == closing)
            return complain(comma_at, fmt::format("there is a comma before the closing {}", closing),
                            "remove it");
        if (here() == ',')
            return complain(at_, "there are two commas in a row", "remove one");
        if (closing == '}')
            key();
        else
            value();
    }

    /// Whether what comes begins with a quote that is none to JSON.
    bool complains_of_quote(std::string_view what) {
        std::string_view const quote = typographic_quote(text_.substr(at_));
        if (!quote.empty())
            complain(at_, fmt::format("{} stand in straight double quotes", what),
                     fmt::format("write \" instead of {}, before and behind", quote));
        return !quote.empty();
    }

    void key() {
        if (at_end())
            return text_ends();
        if (here() == '"')
            return string();
        if (here() == '\'')
            return complain(at_, "keys stand in double quotes", "write \" instead of '");
        if (complains_of_quote("keys"))
            return;
        if (is_word_character(here())) {
            std::string_view const name = word();
            return complain(at_, "keys stand in double quotes", fmt::format("write \"{}\"", name));
        }
        complain(at_, "a key in double quotes was to come here");
    }

    void colon() {
        if (at_end())
            return text_ends();
        if (here() != ':')
            return complain(at_, "a colon is missing before this",
                            here() == '=' ? "write : instead of =" : "an object reads \"key\": value");
        ++at_;
        if (skip_blank())
            value();
    }

    [[nodiscard]] std::string_view word() const {
        std::size_t end = at_;
        while (end < text_.size() && is_word_character(text_[end]))
            ++end;
        return text_.substr(at_, end - at_);
    }

    void value() {
        if (at_end())
            return text_ends();
        if (here() == '"')
            return string();
        if (here() == '\'')
            return complain(at_, std::string{texts_in_quotes}, "write \" instead of '");
        if (complains_of_quote("texts"))
            return;
        if (std::string_view{"}],:"}.find(here()) != std::string_view::npos)
            return complain(at_, "a value is missing before this");
        if (is_digit(here()) || here() == '-' || here() == '+' || here() == '.')
            return bad_number();
        if (!is_word_character(here()))
            return complain(at_, "a value was to come here");
        std::string const name{word()};
        static std::vector<std::string> const words{"true", "false"};
        std::string const lowered = lower_case(name);
        std::string_view const meant = lowered == "yes" || lowered == "on"   ? "true"
                                       : lowered == "no" || lowered == "off" ? "false"
                                                                             : nearest(name, words);
        complain(at_, fmt::format("{} is no value", name),
                 meant.empty() ? fmt::format("{}: \"{}\"", texts_in_quotes, name)
                               : fmt::format("did you mean {}?", meant));
    }

    /// A text may well have a closing quote that is none to JSON.
    [[nodiscard]] std::string how_to_end(std::size_t start, std::size_t end) const {
        for (std::size_t i = start; i < end; ++i)
            if (std::string_view const quote = typographic_quote(text_.substr(i)); !quote.empty())
                return fmt::format("end it with \", which is not {}", quote);
        return "end it with \"";
    }

    void string() {
        std::size_t const start = at_;
        for (std::size_t i = start + 1; i < text_.size(); ++i) {
            if (text_[i] == '"')
                break;
            if (text_[i] == '\n' || text_[i] == '\r')
                return complain(start, "this text is not closed in its line", how_to_end(start, i));
            if (text_[i] == '\t')
                return complain(i, "a tab inside a text is written \\t");
            if (text_[i] != '\\')
                continue;
            if (i + 1 < text_.size() &&
                std::string_view{"\"\\/bfnrtu"}.find(text_[i + 1]) == std::string_view::npos)
                return complain(i, "a backslash means nothing before this character",
                                "write \\\\ for a backslash itself");
            if (i + 1 < text_.size() && text_[i + 1] == 'u' && !is_code_point(i))
                return complain(i, "\\u wants the four hexadecimal digits of a character",
                                "characters above \\uffff are written as a pair, or as themselves");
            ++i;
        }
        complain(start, "this text is never closed", "end it with \"");
    }

    /// Whether the escape at the place is a character of its own, or the first or second half of one.
    [[nodiscard]] bool is_code_point(std::size_t backslash) const {
        auto const unit = [this](std::size_t at) -> int {
            if (text_.substr(at, 2) != "\\u" || at + 6 > text_.size())
                return -1;
            int value = 0;
            for (char const c : lower_case(text_.substr(at + 2, 4))) {
                if (!is_digit(c) && (c < 'a' || c > 'f'))
                    return -1;
                value = value * 16 + (is_digit(c) ? c - '0' : c - 'a' + 10);
            }
            return value;
        };
        auto const is_high = [](int value) { return value >= 0xd800 && value < 0xdc00; };
        auto const is_low = [](int value) { return value >= 0xdc00 && value < 0xe000; };
        int const value = unit(backslash);
        if (is_high(value))
            return is_low(unit(backslash + 6));
        if (is_low(value))
            return backslash >= 6 && is_high(unit(backslash - 6));
        return value >= 0;
    }

    std::string_view text_;
    ParseProgress const& progress_;
    Complaints& complaints_;
    std::size_t at_;
};

} // namespace

void complain_about_syntax(std::string_view text, ParseProgress const& progress, Complaints& complaints) {
    Explanation{text, progress, complaints}.explain();
}

bool complain_about_bytes(std::string_view text, Complaints& complaints) {
    for (std::size_t at = printable_prefix(text); at < text.size(); at += printable_prefix(text.substr(at))) {
        auto const byte = static_cast<unsigned char>(text[at]);
        if (byte == 0x7f || (byte < 0x20 && byte != '\t' && byte != '\n' && byte != '\r')) {
            complaints.add_at(at, {}, fmt::format("a control character (U+{:04X}) stands here", byte),
                              "remove it");
            return true;
        }
        std::size_t length = 1;
        while (byte >= 0x80 && length <= 4 && !valid_utf8(text.substr(at, length)))
            ++length;
        if (length > 4) {
            complaints.add_at(at, {}, "this is not UTF-8", "save the file in the encoding UTF-8");
            return true;
        }
        at += length;
    }
    return false;
}

} // namespace mailflow
