#include "scenario/document.hpp"

#include "scenario/complaints.hpp"
#include "scenario/syntax.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <iterator>

namespace mailflow {

namespace {

/// Reads the text a byte at a time and leaves a note of how far it came, for the parser does not tell.
class CountingIterator {
public:
    using iterator_category = std::input_iterator_tag;
    using value_type = char;
    using difference_type = std::ptrdiff_t;
    using pointer = char const*;
    using reference = char const&;

    CountingIterator(char const* at, std::size_t* taken) : at_{at}, taken_{taken} {}
    char const& operator*() const { return *at_; }
    CountingIterator& operator++() {
        ++at_;
        ++*taken_;
        return *this;
    }
    CountingIterator operator++(int) {
        CountingIterator const before = *this;
        ++*this;
        return before;
    }
    bool operator==(CountingIterator const& other) const { return at_ == other.at_; }

private:
    char const* at_;
    std::size_t* taken_;
};

bool belongs_to_number(char c) {
    return (c >= '0' && c <= '9') || c == '-' || c == '+' || c == '.' || c == 'e' || c == 'E';
}

std::size_t digits_at(std::string_view text, std::size_t at) {
    return std::min(text.find_first_not_of("0123456789", at), text.size()) - std::min(at, text.size());
}

/// How long the number (RFC 8259 section 6) is that the text begins with.
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

/// Takes the parser's events and builds the document.
class Builder : public nlohmann::json_sax<nlohmann::json> {
public:
    Builder(std::string_view text, std::size_t const& taken, Complaints& complaints)
        : text_{text}
        , taken_{taken}
        , complaints_{complaints} {}

    bool null() override { return scalar({.kind = Kind::null, .offset = taken_ - 4}); }
    bool boolean(bool value) override {
        return scalar({.kind = Kind::boolean, .boolean = value, .offset = taken_ - (value ? 4U : 5U)});
    }
    bool number_integer(number_integer_t value) override {
        return number(value >= 0 ? std::optional{static_cast<std::uint64_t>(value)} : std::nullopt);
    }
    bool number_unsigned(number_unsigned_t value) override { return number(value); }
    bool number_float(number_float_t, string_t const&) override { return number(std::nullopt); }
    bool string(string_t& value) override {
        return scalar({.kind = Kind::text, .text = std::move(value), .offset = start_of_string()});
    }
    bool binary(binary_t&) override { return false; }

    bool start_object(std::size_t) override { return open(Kind::object); }
    bool start_array(std::size_t) override { return open(Kind::list); }
    bool end_object() override {
        complain_about_duplicate_keys();
        return close();
    }
    bool end_array() override { return close(); }
    bool key(string_t& value) override {
        key_ = std::move(value);
        key_offset_ = start_of_string();
        progress_.awaited = Awaited::colon;
        progress_.offset = taken_;
        return true;
    }

    bool parse_error(std::size_t, std::string const&, nlohmann::detail::exception const& problem) override {
        constexpr int number_out_of_range = 406;
        progress_.trouble = problem.id == number_out_of_range ? Trouble::number_too_large : Trouble::syntax;
        if (!open_.empty()) {
            progress_.container_offset = document_.nodes[open_.back()].offset;
            progress_.pointer = Value{document_, open_.back()}.pointer();
        }
        complain_about_syntax(text_, progress_, complaints_);
        return false;
    }

    Document take() { return std::move(document_); }

private:
    [[nodiscard]] std::size_t start_of_string() const {
        std::size_t at = taken_ - 2; // before the closing quote
        for (;; --at) {
            if (text_[at] != '"')
                continue;
            std::size_t backslashes = 0;
            while (backslashes < at && text_[at - 1 - backslashes] == '\\')
                ++backslashes;
            if (backslashes % 2 == 0)
                return at;
            at -= backslashes;
        }
    }

    bool number(std::optional<std::uint64_t> whole) {
        // The parser has looked one byte beyond the number, unless the text ended.
        std::size_t start = belongs_to_number(text_[taken_ - 1]) ? taken_ : taken_ - 1;
        while (start > 0 && belongs_to_number(text_[start - 1]))
            --start;
        return scalar({.kind = Kind::number, .whole_number = whole, .offset = start},
                      start + number_length(text_.substr(start)));
    }

    bool scalar(Document::Node node, std::optional<std::size_t> end = std::nullopt) {
        add(std::move(node));
        progress_.offset = end.value_or(taken_);
        await_more();
        return true;
    }

    bool open(Kind kind) {
        add({.kind = kind, .offset = taken_ - 1});
        open_.push_back(static_cast<std::uint32_t>(document_.nodes.size() - 1));
        last_child_.push_back(Document::none);
        progress_.awaited = kind == Kind::object ? Awaited::key_or_end : Awaited::item_or_end;
        progress_.offset = taken_;
        if (open_.size() <= deepest_nesting)
            return true;
        complaints_.add(Value{document_, open_.back()},
                        fmt::format("this is nested more than {} levels deep", deepest_nesting));
        return false;
    }

    bool close() {
        open_.pop_back();
        last_child_.pop_back();
        progress_.offset = taken_;
        await_more();
        return true;
    }

    void await_more() {
        if (open_.empty())
            progress_.awaited = Awaited::end_of_text;
        else
            progress_.awaited = document_.nodes[open_.back()].kind == Kind::object
                                    ? Awaited::comma_or_end_brace
                                    : Awaited::comma_or_end_bracket;
    }

    void add(Document::Node node) {
        auto const index = static_cast<std::uint32_t>(document_.nodes.size());
        if (!open_.empty()) {
            node.parent = open_.back();
            node.in_object = document_.nodes[node.parent].kind == Kind::object;
            if (node.in_object) {
                node.key = std::move(key_);
                node.key_offset = key_offset_;
            }
            std::uint32_t const before = last_child_.back();
            if (before == Document::none) {
                document_.nodes[node.parent].first_child = index;
            } else {
                document_.nodes[before].next = index;
                node.place = document_.nodes[before].place + 1;
            }
            last_child_.back() = index;
        }
        document_.nodes.push_back(std::move(node));
    }

    void complain_about_duplicate_keys() {
        std::vector<Value> members;
        for (Value const member : Value{document_, open_.back()})
            members.push_back(member);
        std::stable_sort(members.begin(), members.end(),
                         [](Value const& a, Value const& b) { return a.key() < b.key(); });
        for (std::size_t i = 1; i < members.size(); ++i)
            if (members[i].key() == members[i - 1].key() && !complaints_.full())
                complaints_.add_at_key(members[i],
                                       fmt::format("the key \"{}\" is here twice", members[i].key()),
                                       fmt::format("it was given in line {} already",
                                                   line_of(text_, members[i - 1].key_offset())));
    }

    std::string_view text_;
    std::size_t const& taken_;
    Complaints& complaints_;
    Document document_;
    std::vector<std::uint32_t> open_;       // the objects and lists around the place that is being read
    std::vector<std::uint32_t> last_child_; // of each of them
    std::string key_;
    std::size_t key_offset_ = 0;
    ParseProgress progress_;
};

/// "~" and "/" as RFC 6901 section 3 writes them.
std::string escape_for_pointer(std::string_view key) {
    std::string escaped;
    for (char const c : key)
        escaped += c == '~' ? std::string{"~0"} : c == '/' ? std::string{"~1"} : std::string{c};
    return escaped;
}

} // namespace

std::string Value::pointer() const {
    std::string pointer;
    for (Value at = *this; !at.is_whole_text(); at = at.parent())
        pointer.insert(0,
                       "/" + (at.has_key() ? escape_for_pointer(at.key()) : std::to_string(at.node().place)));
    return pointer;
}

std::optional<Document> parse_document(std::string_view text, Complaints& complaints) {
    if (text.size() > largest_text_bytes) {
        complaints.add_at(0, {},
                          fmt::format("the file is larger than {} MB", largest_text_bytes / 1'000'000));
        return std::nullopt;
    }
    if (complain_about_bytes(text, complaints))
        return std::nullopt;
    std::size_t taken = 0;
    Builder builder{text, taken, complaints};
    bool const parsed = nlohmann::json::sax_parse(CountingIterator{text.data(), &taken},
                                                  CountingIterator{text.data() + text.size(), &taken},
                                                  &builder, nlohmann::json::input_format_t::json, true, true);
    return parsed ? std::optional{builder.take()} : std::nullopt;
}

} // namespace mailflow
