#include "bounce/pasted.hpp"

#include "bounce/line_ends.hpp"

#include "base/text.hpp"
#include "mail/decoded_words.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>
#include <optional>
#include <utility>

namespace mailflow {

namespace {

/// What is beyond ASCII is of no use to the reader, and does not harm it.
std::string from_utf16(std::string_view bytes, std::size_t low_byte) {
    std::string text;
    for (std::size_t i = 0; i + 1 < bytes.size(); i += 2) {
        bool const ascii =
            bytes[i + 1 - low_byte] == '\0' && static_cast<unsigned char>(bytes[i + low_byte]) < 128;
        text += ascii ? bytes[i + low_byte] : '?';
    }
    return text;
}

std::string decoded(std::string_view bytes) {
    using namespace std::string_view_literals;
    if (bytes.starts_with("\xff\xfe"sv))
        return from_utf16(bytes.substr(2), 0);
    if (bytes.starts_with("\xfe\xff"sv))
        return from_utf16(bytes.substr(2), 1);
    if (bytes.starts_with("\xef\xbb\xbf"sv))
        bytes.remove_prefix(3);
    std::string text{bytes};
    if (text.find('\n') == std::string::npos) // lines end with CR alone
        std::replace(text.begin(), text.end(), '\r', '\n');
    return text;
}

std::vector<std::string> split(std::string_view text) {
    std::vector<std::string> lines;
    while (!text.empty()) {
        std::size_t const end = std::min(text.find('\n'), text.size());
        std::string_view line = text.substr(0, end);
        text.remove_prefix(std::min(end + 1, text.size()));
        while (!line.empty() && line.front() == '>' && (line.size() == 1 || line[1] == ' ' || line[1] == '>'))
            line.remove_prefix(line.size() > 1 && line[1] == ' ' ? 2 : 1);
        if (!line.empty() && line.back() == '\r')
            line.remove_suffix(1);
        lines.emplace_back(line);
    }
    return lines;
}

// -- transfer encodings (RFC 2045 section 6)

enum class Encoding : std::uint8_t { none, quoted_printable, base64 };

/// The encoding that the header field names; nothing of other lines.
std::optional<Encoding> named_encoding(std::string const& line) {
    constexpr std::string_view field = "content-transfer-encoding:";
    constexpr std::size_t longest = 100;
    if (line.size() > longest)
        return std::nullopt;
    std::string const lower = lower_case(line);
    if (!lower.starts_with(field))
        return std::nullopt;
    return lower.find("quoted-printable") != std::string::npos ? Encoding::quoted_printable
           : lower.find("base64") != std::string::npos         ? Encoding::base64
                                                               : Encoding::none;
}

std::string from_quoted_printable(std::string const& line) {
    std::string text;
    for (std::size_t i = 0; i < line.size(); ++i) {
        unsigned value = 0;
        char const* const digits = line.data() + i + 1;
        bool const coded = line[i] == '=' && i + 2 < line.size() &&
                           std::from_chars(digits, digits + 2, value, 16).ptr == digits + 2;
        text += coded ? static_cast<char>(value) : line[i];
        i += coded ? 2 : 0;
    }
    return text;
}

/// Undoes the encoding of each part that names one in its header. A part ends at the next boundary ("--...").
class Parts {
public:
    void see(std::string const& line) {
        if (auto const named = named_encoding(line)) {
            flush();
            encoding_ = *named;
            in_header_ = true;
            lines_.push_back(line);
        } else if (encoding_ == Encoding::none) {
            lines_.push_back(line);
        } else if (line.starts_with("--")) {
            flush();
            encoding_ = Encoding::none;
            lines_.push_back(line);
        } else if (in_header_) {
            in_header_ = !line.empty();
            lines_.push_back(line);
        } else if (encoding_ == Encoding::quoted_printable) {
            see_quoted_printable(line);
        } else {
            see_base64(line);
        }
    }

    /// All lines, the last part's too.
    [[nodiscard]] std::vector<std::string> finished() && {
        flush();
        return std::move(lines_);
    }

private:
    void flush() {
        if (!soft_.empty())
            lines_.push_back(std::exchange(soft_, {}));
        if (coded_.empty())
            return;
        std::string const whole = coded_.substr(0, coded_.size() - coded_.size() % 4); // it may have been cut
        if (auto const text = from_base64(whole))
            for (std::string& line : split(*text))
                lines_.push_back(std::move(line));
        else
            lines_.push_back(coded_); // it only said so
        coded_.clear();
    }

    /// A line that ends with "=" goes on in the next one.
    void see_quoted_printable(std::string const& line) {
        bool const soft = line.ends_with('=');
        soft_ += from_quoted_printable(soft ? line.substr(0, line.size() - 1) : line);
        if (!soft)
            lines_.push_back(std::exchange(soft_, {}));
    }

    void see_base64(std::string const& line) {
        bool const coded = std::all_of(line.begin(), line.end(), [](char c) {
            return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '+' || c == '/' || c == '=';
        });
        if (coded && !line.empty()) {
            coded_ += line;
            return;
        }
        flush();
        lines_.push_back(line);
    }

    std::vector<std::string> lines_;
    Encoding encoding_ = Encoding::none;
    bool in_header_ = false;
    std::string soft_;  // of a line that goes on
    std::string coded_; // base64 so far
};

// -- HTML

constexpr std::array<std::string_view, 14> breaking_tags{"br", "p",  "div", "tr", "li", "h1",    "h2",
                                                         "h3", "h4", "hr",  "ul", "ol", "table", "pre"};
constexpr std::array<std::string_view, 27> silent_tags{
    "html",  "head",  "body", "span", "tbody",      "thead",  "td",  "th",   "a",
    "b",     "i",     "u",    "em",   "strong",     "font",   "img", "meta", "link",
    "title", "style", "h5",   "h6",   "blockquote", "center", "tt",  "code", "small"};

bool looks_like_html(std::string_view text) {
    std::string const lower = lower_case(text);
    constexpr std::array<std::string_view, 6> signs{"<html", "<body", "<br", "</p>", "</div>", "&lt;"};
    return std::any_of(signs.begin(), signs.end(),
                       [&](std::string_view sign) { return lower.find(sign) != std::string::npos; });
}

/// The name of a tag at the front, in lower case: "<br />" -> "br", "</P>" -> "p". Empty:
/// "<leo@shop.example>".
std::string tag_at(std::string_view text) {
    std::size_t from = 1;
    if (from < text.size() && text[from] == '/')
        ++from;
    std::size_t end = from;
    while (end < text.size() && std::isalnum(static_cast<unsigned char>(text[end])) != 0)
        ++end;
    bool const ends = end < text.size() && (text[end] == '>' || text[end] == '/' || text[end] == ' ');
    std::string name = ends ? lower_case(text.substr(from, end - from)) : std::string{};
    bool const known = std::find(breaking_tags.begin(), breaking_tags.end(), name) != breaking_tags.end() ||
                       std::find(silent_tags.begin(), silent_tags.end(), name) != silent_tags.end();
    return known ? name : std::string{};
}

/// What "&lt;" and the like stand for, with its length; nothing for any other "&".
std::optional<std::pair<char, std::size_t>> entity_at(std::string_view text) {
    struct Entity {
        std::string_view name;
        char meaning;
    };
    constexpr std::array entities{Entity{"&lt;", '<'},    Entity{"&gt;", '>'},   Entity{"&amp;", '&'},
                                  Entity{"&quot;", '"'},  Entity{"&#39;", '\''}, Entity{"&apos;", '\''},
                                  Entity{"&#x27;", '\''}, Entity{"&nbsp;", ' '}, Entity{"&#160;", ' '}};
    for (Entity const& entity : entities)
        if (text.starts_with(entity.name))
            return std::pair{entity.meaning, entity.name.size()};
    return std::nullopt;
}

/// Within one line, as letters are wrapped; a tag that is cut is left as it is.
std::string without_markup(std::string_view line) {
    std::string text;
    while (!line.empty()) {
        if (line.front() == '<') {
            std::string const tag = tag_at(line);
            std::size_t const end = tag.empty() ? std::string_view::npos : line.find('>');
            if (end != std::string_view::npos) {
                bool const breaks =
                    std::find(breaking_tags.begin(), breaking_tags.end(), tag) != breaking_tags.end();
                text += breaks ? "\n" : "";
                line.remove_prefix(end + 1);
                continue;
            }
        } else if (line.front() == '&') {
            if (auto const entity = entity_at(line)) {
                text += entity->first;
                line.remove_prefix(entity->second);
                continue;
            }
        }
        text += line.front();
        line.remove_prefix(1);
    }
    return text;
}

// -- characters

/// Tabs, control characters and the hard blank (U+00A0) become blanks.
std::string with_plain_blanks(std::string_view line) {
    constexpr std::string_view hard_blank = "\xc2\xa0";
    std::string plain;
    plain.reserve(line.size());
    for (std::size_t i = 0; i < line.size(); ++i) {
        bool const hard = line.substr(i, hard_blank.size()) == hard_blank;
        plain += hard || static_cast<unsigned char>(line[i]) < ' ' || line[i] == '\x7f' ? ' ' : line[i];
        i += hard ? 1 : 0;
    }
    if (!valid_utf8(plain))
        std::replace_if(
            plain.begin(), plain.end(), [](char c) { return static_cast<unsigned char>(c) >= 128; }, '?');
    return plain;
}

} // namespace

std::vector<std::string> plain_lines(std::string_view pasted) {
    Parts parts;
    for (std::string const& line : split(decoded(pasted)))
        parts.see(line);
    std::vector<std::string> const lines = std::move(parts).finished();
    bool const html = std::any_of(lines.begin(), lines.end(), looks_like_html);
    std::vector<std::string> plain;
    for (std::string const& line : lines) {
        if (!html) {
            plain.push_back(with_plain_blanks(with_decoded_words(line)));
            continue;
        }
        std::string const words = without_markup(line);
        if (words.empty())
            plain.emplace_back();
        for (std::string const& part : split(words))
            plain.push_back(with_plain_blanks(with_decoded_words(part)));
    }
    return with_own_ends(std::move(plain));
}

} // namespace mailflow
