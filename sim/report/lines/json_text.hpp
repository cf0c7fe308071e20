// Text in JSON, put down as it comes: numbers and names go straight into a buffer that is emptied into a file
// or a string whenever there is a chunk of it. No tree of values: that is what nlohmann/json is for where
// speed does not matter, and what is written here has the same bytes as its compact form.
#pragma once

#include "base/time.hpp"

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory>
#include <string>
#include <string_view>

namespace mailflow {

/// The text as it stands between the quotes of a JSON string (RFC 8259 section 7); what is no UTF-8 becomes
/// U+FFFD.
[[nodiscard]] std::string json_escaped(std::string_view text);

class JsonText {
public:
    JsonText();

    // -- pieces, as they stand
    void raw(std::string_view text) {
        make_room(text.size());
        std::memcpy(end_, text.data(), text.size());
        end_ += text.size();
    }
    template<std::size_t size>
    void raw(char const (&literal)[size]) {
        make_room(size - 1);
        std::memcpy(end_, literal, size - 1);
        end_ += size - 1;
    }

    // -- values
    void number(std::uint64_t value);
    /// Seconds, with exactly the digits that nlohmann/json writes for `mailflow::seconds(duration)`.
    void seconds(Duration duration);
    void boolean(bool value) { value ? raw("true") : raw("false"); }
    /// In quotes, and escaped.
    void text(std::string_view text);
    /// In quotes; it is escaped already.
    void name(std::string_view escaped) {
        raw("\"");
        raw(escaped);
        raw("\"");
    }

    // -- structure
    /// The next member of an object that has one already: `,"name":`.
    template<std::size_t size>
    void key(char const (&literal)[size]) {
        raw(",\"");
        raw(literal);
        raw("\":");
    }
    /// The comma before an item of a list, unless it is the first.
    void item() {
        if (end_[-1] != '[')
            raw(",");
    }

    [[nodiscard]] std::size_t size() const { return static_cast<std::size_t>(end_ - begin_.get()); }
    [[nodiscard]] std::string_view view() const { return {begin_.get(), size()}; }
    void clear() { end_ = begin_.get(); }

private:
    void make_room(std::size_t more) {
        if (static_cast<std::size_t>(limit_ - end_) < more)
            grow(more);
    }
    void grow(std::size_t more);

    std::unique_ptr<char[]> begin_;
    char* end_;
    char* limit_;
};

} // namespace mailflow
