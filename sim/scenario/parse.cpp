// From a text to a document: takes the events of the JSON library's parser and notes what stands where.
#include "scenario/complaints.hpp"
#include "scenario/document.hpp"
#include "scenario/syntax.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <functional>
#include <iterator>
#include <span>

namespace mailflow {

namespace {

/// Reads the text a byte at a time from a place that others can see, for the parser does not tell how far it
/// came.
class SharedCursor {
public:
    using iterator_category = std::input_iterator_tag;
    using value_type = char;
    using difference_type = std::ptrdiff_t;
    using pointer = char const*;
    using reference = char const&;

    explicit SharedCursor(char const*& at) : at_{&at} {}
    char const& operator*() const { return **at_; }
    SharedCursor& operator++() {
        ++*at_;
        return *this;
    }
    bool operator==(SharedCursor const& other) const { return *at_ == *other.at_; }

private:
    char const** at_;
};

bool belongs_to_number(char c) {
    return (c >= '0' && c <= '9') || c == '-' || c == '+' || c == '.' || c == 'e' || c == 'E';
}

/// A member of an object that is being read; the same keys have the same hash.
struct Member {
    std::size_t hash = 0;
    std::uint32_t index = 0;
};

/// Members of an object of which an earlier one has the same key; each with the earliest.
class Duplicates {
public:
    using Pair = std::pair<std::uint32_t, std::uint32_t>;

    /// The pairs in the order of the text, until the next call; the members may be put in another order.
    std::vector<Pair> const& find(Document const& document, std::span<Member> members) {
        duplicates_.clear();
        if (members.size() <= few)
            compare_all(document, members);
        else
            compare_sorted(document, members);
        return duplicates_;
    }

private:
    static constexpr std::size_t few = 12;

    [[nodiscard]] static bool same_keys(Document const& document, Member a, Member b) {
        return a.hash == b.hash && Value{document, a.index}.key() == Value{document, b.index}.key();
    }

    void compare_all(Document const& document, std::span<Member const> members) {
        for (std::size_t n = 1; n < members.size(); ++n)
            for (std::size_t earlier = 0; earlier < n; ++earlier)
                if (same_keys(document, members[n], members[earlier])) {
                    duplicates_.emplace_back(members[n].index, members[earlier].index);
                    break;
                }
    }

    /// Sorted by their hashes, for there may be millions of them.
    void compare_sorted(Document const& document, std::span<Member> members) {
        std::sort(members.begin(), members.end(), [&](Member a, Member b) {
            if (a.hash != b.hash)
                return a.hash < b.hash;
            return std::pair{Value{document, a.index}.key(), a.index} <
                   std::pair{Value{document, b.index}.key(), b.index};
        });
        std::size_t earliest = 0;
        for (std::size_t i = 1; i < members.size(); ++i) {
            if (same_keys(document, members[i], members[earliest]))
                duplicates_.emplace_back(members[i].index, members[earliest].index);
            else
                earliest = i;
        }
        std::sort(duplicates_.begin(), duplicates_.end());
    }

    std::vector<Pair> duplicates_;
};

/// Takes the parser's events and builds the document.
class Builder : public nlohmann::json_sax<nlohmann::json> {
public:
    Builder(std::string_view text, char const* const& at, Complaints& complaints)
        : text_{text}
        , at_{at}
        , complaints_{complaints} {
        document_.text = text;
    }

    bool null() override { return scalar(taken() - 4); }
    bool boolean(bool value) override { return scalar(taken() - (value ? 4U : 5U)); }
    bool number_integer(number_integer_t) override { return number(); }
    bool number_unsigned(number_unsigned_t) override { return number(); }
    bool number_float(number_float_t, string_t const&) override { return number(); }
    bool string(string_t& value) override { return scalar(start_of_string(value)); }
    bool binary(binary_t&) override { return false; }

    bool start_object(std::size_t) override { return open(Kind::object); }
    bool start_array(std::size_t) override { return open(Kind::list); }
    bool end_object() override {
        complain_about_duplicate_keys();
        return close();
    }
    bool end_array() override { return close(); }
    bool key(string_t& value) override {
        members_.push_back({std::hash<std::string_view>{}(value), next_index()}); // before it is moved away
        key_offset_ = start_of_string(value);
        progress_.awaited = Awaited::colon;
        progress_.offset = taken();
        return true;
    }

    bool parse_error(std::size_t, std::string const&, nlohmann::detail::exception const& problem) override {
        constexpr int number_out_of_range = 406;
        progress_.trouble =
            problem.id == number_out_of_range ? SyntaxTrouble::number_too_large : SyntaxTrouble::syntax;
        if (!open_.empty()) {
            progress_.container_offset = document_.nodes[open_.back().index].offset;
            progress_.pointer = Value{document_, open_.back().index}.pointer();
        }
        complain_about_syntax(text_, progress_, complaints_);
        return false;
    }

    void reserve(std::size_t values) { document_.nodes.reserve(values); }
    Document take() { return std::move(document_); }

private:
    /// The number of the value that is added next.
    [[nodiscard]] std::uint32_t next_index() const {
        return static_cast<std::uint32_t>(document_.nodes.size());
    }
    [[nodiscard]] std::size_t taken() const { return static_cast<std::size_t>(at_ - text_.data()); }

    /// An object or list around the place that is being read.
    struct Open {
        std::uint32_t index;
        std::uint32_t last_child;
        Kind kind;
        std::size_t first_member; // of its own in members_
    };

    /// Of the text that has just been read; keeps its value when that is written in another way.
    std::uint32_t start_of_string(std::string& value) {
        std::size_t const closing = taken() - 1;
        // Whatever is written in another way is longer than what it means, and a quote within it stands
        // behind a backslash.
        if (std::size_t const start = closing - 1 - value.size();
            value.size() < closing && text_[start] == '"' && (start == 0 || text_[start - 1] != '\\'))
            return static_cast<std::uint32_t>(start);
        std::size_t at = closing - 1;
        for (;; --at) {
            if (text_[at] != '"')
                continue;
            std::size_t backslashes = 0;
            while (backslashes < at && text_[at - 1 - backslashes] == '\\')
                ++backslashes;
            if (backslashes % 2 == 0)
                break;
            at -= backslashes;
        }
        document_.unescaped.emplace(static_cast<std::uint32_t>(at), std::move(value));
        return static_cast<std::uint32_t>(at);
    }

    bool number() {
        // The parser has looked one byte beyond the number, unless the text ended.
        std::size_t start = belongs_to_number(text_[taken() - 1]) ? taken() : taken() - 1;
        while (start > 0 && belongs_to_number(text_[start - 1]))
            --start;
        return scalar(start, start + number_length(text_.substr(start)));
    }

    bool scalar(std::size_t offset, std::optional<std::size_t> end = std::nullopt) {
        add(offset);
        progress_.offset = end.value_or(taken());
        await_more();
        return true;
    }

    bool open(Kind kind) {
        add(taken() - 1);
        open_.push_back({next_index() - 1, Document::none, kind, members_.size()});
        progress_.awaited = kind == Kind::object ? Awaited::key_or_end : Awaited::item_or_end;
        progress_.offset = taken();
        if (open_.size() <= deepest_nesting)
            return true;
        complaints_.add(Value{document_, open_.back().index},
                        fmt::format("this is nested more than {} levels deep", deepest_nesting));
        return false;
    }

    bool close() {
        open_.pop_back();
        progress_.offset = taken();
        await_more();
        return true;
    }

    void await_more() {
        if (open_.empty())
            progress_.awaited = Awaited::end_of_text;
        else
            progress_.awaited = open_.back().kind == Kind::object ? Awaited::comma_or_end_brace
                                                                  : Awaited::comma_or_end_bracket;
    }

    void add(std::size_t offset) {
        std::uint32_t const index = next_index();
        Document::Node node{.offset = static_cast<std::uint32_t>(offset)};
        if (!open_.empty()) {
            Open& around = open_.back();
            node.parent = around.index;
            if (around.kind == Kind::object)
                node.key_offset = key_offset_;
            if (around.last_child != Document::none)
                document_.nodes[around.last_child].next = index;
            around.last_child = index;
        }
        document_.nodes.push_back(node);
    }

    void complain_about_duplicate_keys() {
        std::span const members = std::span{members_}.subspan(open_.back().first_member);
        for (auto const& [index, earlier] : duplicates_.find(document_, members)) {
            Value const member{document_, index};
            if (complaints_.full()) { // it is counted all the same
                complaints_.add_at_key(member, {});
                continue;
            }
            complaints_.add_at_key(member, fmt::format("the key \"{}\" is here twice", member.key()),
                                   fmt::format("it was given in line {} already",
                                               line_of(text_, Value{document_, earlier}.key_offset())));
        }
        members_.resize(open_.back().first_member);
    }

    std::string_view text_;
    char const* const& at_; // how far the parser came
    Complaints& complaints_;
    Document document_;
    std::vector<Open> open_;
    std::vector<Member> members_; // of the objects that are open, those of the innermost last
    Duplicates duplicates_;
    std::uint32_t key_offset_ = 0;
    ParseProgress progress_;
};

/// How many values the text may hold: before each stands a comma, an opening bracket or nothing. No more than
/// a guess, from one part in sixteen of a long text and with a fourth more to be sure: memory that nothing is
/// written to costs nothing.
std::size_t most_values_in(std::string_view text) {
    constexpr std::size_t looked_at = 4'096;
    constexpr std::size_t usual_bytes_per_value = 4;
    std::size_t const step = text.size() < 16 * looked_at ? looked_at : 16 * looked_at;
    std::size_t values = 1;
    for (std::size_t at = 0; at < text.size(); at += step)
        for (char const c : text.substr(at, looked_at))
            values += c == ',' || c == '[' || c == '{' ? 1U : 0U;
    values *= step / looked_at;
    return std::min(values + values / 4, text.size() / usual_bytes_per_value + 1);
}

} // namespace

std::optional<Document> parse_document(std::string_view text, Complaints& complaints) {
    if (text.size() > largest_text_bytes) {
        complaints.add_at(0, {},
                          fmt::format("the file is larger than {} MB", largest_text_bytes / 1'000'000));
        return std::nullopt;
    }
    if (complain_about_bytes(text, complaints))
        return std::nullopt;
    char const* at = text.data();
    char const* end = at + text.size();
    Builder builder{text, at, complaints};
    builder.reserve(most_values_in(text));
    bool const parsed = nlohmann::json::sax_parse(SharedCursor{at}, SharedCursor{end}, &builder,
                                                  nlohmann::json::input_format_t::json, true, true);
    return parsed ? std::optional{builder.take()} : std::nullopt;
}

} // namespace mailflow
