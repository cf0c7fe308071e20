// A JSON text as a tree whose every key and value knows where it stands in the text. Not a general JSON
// library: it is read once, never changed, and borrows nothing but the text. Comments (// and /* */) are
// skipped.
#pragma once

#include <cstddef>
#include <cstdint>
#include <iterator>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace mailflow {

class Complaints;

enum class Kind : std::uint8_t { null, boolean, number, text, list, object };

/// Deeper than any scenario goes; a text nested further is refused.
inline constexpr std::size_t deepest_nesting = 64;
/// A longer text is refused.
inline constexpr std::size_t largest_text_bytes = 100'000'000;

inline constexpr std::string_view byte_order_mark = "\xef\xbb\xbf"; // UTF-8 (RFC 3629 section 6)

/// The values of one text, parents before their children, in the order of the text. A value is only a place
/// in the text, which is read again when somebody asks: a text of a hundred megabytes has ten million values.
class Document {
public:
    static constexpr std::uint32_t none = 0xffff'ffff;

    struct Node {
        std::uint32_t offset = 0;        // of the value's first byte
        std::uint32_t key_offset = none; // of the opening quote of its key; none for what is in no object
        std::uint32_t parent = none;
        std::uint32_t next = none; // of the same parent
    };

    /// The text whose opening quote stands there, as it is meant.
    [[nodiscard]] std::string_view text_at(std::uint32_t quote) const;

    std::string_view text; // borrowed
    std::vector<Node> nodes;
    /// The texts that are not written as they are, by the offset of their opening quote.
    std::unordered_map<std::uint32_t, std::string> unescaped;
};

/// A value of a document; it borrows the document.
class Value {
public:
    Value() = default;
    Value(Document const& document, std::uint32_t index) : document_{&document}, index_{index} {}

    [[nodiscard]] Kind kind() const;
    /// Of a text; of other kinds empty.
    [[nodiscard]] std::string_view text() const;
    [[nodiscard]] bool boolean() const { return document_->text[node().offset] == 't'; }
    /// Of a number that is whole, however it is written (1, 1.0, 1e3), not negative, and fits.
    [[nodiscard]] std::optional<std::uint64_t> whole_number() const;

    [[nodiscard]] bool has_key() const { return node().key_offset != Document::none; }
    [[nodiscard]] std::string_view key() const;
    /// `key` is a plain word, without quotes and backslashes.
    [[nodiscard]] bool is_named(std::string_view key) const;
    [[nodiscard]] std::size_t offset() const { return node().offset; }
    [[nodiscard]] std::size_t key_offset() const { return node().key_offset; }
    /// With its quotes, as it stands in the text; of what has no key empty.
    [[nodiscard]] std::string_view written_key() const;
    /// Behind the value's last byte in its text.
    [[nodiscard]] std::size_t end_offset() const;
    /// As it stands in its text.
    [[nodiscard]] std::string_view written() const {
        return document_->text.substr(offset(), end_offset() - offset());
    }

    /// JSON pointer (RFC 6901); empty for the whole text.
    [[nodiscard]] std::string pointer() const;
    /// The object or list around it; only for values that are not the whole text.
    [[nodiscard]] Value parent() const { return {*document_, node().parent}; }
    [[nodiscard]] bool is_whole_text() const { return node().parent == Document::none; }

    class Iterator {
    public:
        using iterator_category = std::input_iterator_tag;
        using value_type = Value;
        using difference_type = std::ptrdiff_t;
        using pointer = Value const*;
        using reference = Value;

        explicit Iterator(Document const* document, std::uint32_t index)
            : document_{document}
            , index_{index} {}
        Value operator*() const { return {*document_, index_}; }
        Iterator& operator++() {
            index_ = document_->nodes[index_].next;
            return *this;
        }
        Iterator operator++(int) {
            Iterator const before = *this;
            ++*this;
            return before;
        }
        bool operator==(Iterator const&) const = default;

    private:
        Document const* document_;
        std::uint32_t index_;
    };
    /// The items of a list, the members of an object.
    [[nodiscard]] Iterator begin() const;
    [[nodiscard]] Iterator end() const { return Iterator{document_, Document::none}; }

private:
    [[nodiscard]] Document::Node const& node() const { return document_->nodes[index_]; }

    Document const* document_ = nullptr;
    std::uint32_t index_ = 0;
};

/// A number (RFC 8259 section 6) times ten to the power of `places`, exactly; nothing where the text is no
/// such number, or this is not whole, negative, or does not fit.
[[nodiscard]] std::optional<std::uint64_t> shifted_number(std::string_view number, int places);

/// How long the number (RFC 8259 section 6) is that the text begins with.
[[nodiscard]] std::size_t number_length(std::string_view text);

/// The key as a JSON pointer has it: "~" and "/" as RFC 6901 section 3 writes them.
[[nodiscard]] std::string escape_for_pointer(std::string_view key);

/// Reads the text. Empty, with one complaint, when it is not JSON; with a complaint for each key that an
/// object has twice, the document is still usable.
[[nodiscard]] std::optional<Document> parse_document(std::string_view text, Complaints& complaints);

} // namespace mailflow
