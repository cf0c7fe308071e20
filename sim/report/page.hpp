// Text laid out for a terminal: wrapped lines with a column of times at the left, in colour where that is
// wanted. It knows nothing of mail.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace mailflow {

enum class Colour : std::uint8_t { off, on };

/// What a line is, for its colour (after Okabe and Ito). Colour repeats what the words and marks say anyway.
enum class Tone : std::uint8_t { plain, strong, faint, good, bad, command, reply, decision };

class Page {
public:
    static constexpr std::size_t width = 100; // in characters, where nobody asks for another

    explicit Page(Colour colour, std::size_t characters = width) : colour_(colour), characters_(characters) {}

    /// The text at the left edge, wrapped.
    void line(std::string_view text, Tone tone = Tone::plain);

    /// The text with `lead` before its first line and as much space before the others. `lead` is not wrapped.
    void item(std::string_view lead, std::string_view text, Tone tone = Tone::plain);

    void blank();

    /// What was written so far; ends in a line break.
    [[nodiscard]] std::string const& text() const { return text_; }

private:
    void put(std::string_view text, Tone tone);

    Colour colour_;
    std::size_t characters_; // of a line
    std::string text_;
};

/// How many characters the UTF-8 text has.
[[nodiscard]] std::size_t character_count(std::string_view text);

/// The text with spaces behind it up to that many characters.
[[nodiscard]] std::string padded(std::string_view text, std::size_t characters);

/// The text with spaces before it up to that many characters.
[[nodiscard]] std::string right_aligned(std::string_view text, std::size_t characters);

} // namespace mailflow
