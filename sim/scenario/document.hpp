// A JSON text as a tree whose every key and value knows where it stands in the text. Not a general JSON
// library: it is read once, never changed, and borrows nothing but the text. Comments (// and /* */) are
// skipped.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace mailflow {

class Complaints;

enum class Kind : std::uint8_t { null, boolean, number, text, list, object };

/// Deeper than any scenario goes; a text nested further is refused.
inline constexpr std::size_t deepest_nesting = 64;
/// A longer text is refused.
inline constexpr std::size_t largest_text_bytes = 100'000'000;

/// The values of one text, parents before their children, in the order of the text.
class Document {
public:
    static constexpr std::uint32_t none = 0xffff'ffff;

    struct Node {
        Kind kind = Kind::null;
        bool boolean = false;
        bool in_object = false;
        std::optional<std::uint64_t> whole_number{}; // numbers that are whole and not negative
        std::string text{};
        std::string key{};       // in its object
        std::uint32_t place = 0; // in its list or object, from 0
        std::uint32_t parent = none;
        std::uint32_t first_child = none;
        std::uint32_t next = none;  // of the same parent
        std::size_t offset = 0;     // of the value's first byte
        std::size_t key_offset = 0; // of the key's opening quote
    };

    std::vector<Node> nodes;
};

/// A value of a document; it borrows the document.
class Value {
public:
    Value() = default;
    Value(Document const& document, std::uint32_t index) : document_{&document}, index_{index} {}

    [[nodiscard]] Kind kind() const { return node().kind; }
    [[nodiscard]] std::string const& text() const { return node().text; }
    [[nodiscard]] bool boolean() const { return node().boolean; }
    [[nodiscard]] std::optional<std::uint64_t> whole_number() const { return node().whole_number; }

    [[nodiscard]] bool has_key() const { return node().in_object; }
    [[nodiscard]] std::string const& key() const { return node().key; }
    [[nodiscard]] std::size_t offset() const { return node().offset; }
    [[nodiscard]] std::size_t key_offset() const { return node().key_offset; }

    /// JSON pointer (RFC 6901); empty for the whole text.
    [[nodiscard]] std::string pointer() const;
    /// The object or list around it; only for values that are not the whole text.
    [[nodiscard]] Value parent() const { return {*document_, node().parent}; }
    [[nodiscard]] bool is_whole_text() const { return node().parent == Document::none; }

    class Iterator {
    public:
        explicit Iterator(Document const* document, std::uint32_t index)
            : document_{document}
            , index_{index} {}
        Value operator*() const { return {*document_, index_}; }
        Iterator& operator++() {
            index_ = document_->nodes[index_].next;
            return *this;
        }
        bool operator==(Iterator const&) const = default;

    private:
        Document const* document_;
        std::uint32_t index_;
    };
    /// The items of a list, the members of an object.
    [[nodiscard]] Iterator begin() const { return Iterator{document_, node().first_child}; }
    [[nodiscard]] Iterator end() const { return Iterator{document_, Document::none}; }

private:
    [[nodiscard]] Document::Node const& node() const { return document_->nodes[index_]; }

    Document const* document_ = nullptr;
    std::uint32_t index_ = 0;
};

/// Reads the text. Empty, with one complaint, when it is not JSON; with a complaint for each key that an
/// object has twice, the document is still usable.
[[nodiscard]] std::optional<Document> parse_document(std::string_view text, Complaints& complaints);

} // namespace mailflow
