#include "report/page.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace mailflow {

namespace {

/// The terminal's code for the tone: of the 256 colours the nearest ones to Okabe and Ito's.
std::string_view code_of(Tone tone) {
    switch (tone) {
    case Tone::plain: return "";
    case Tone::strong: return "1";
    case Tone::faint: return "2";
    case Tone::good: return "38;5;36";      // bluish green
    case Tone::bad: return "1;38;5;166";    // vermillion
    case Tone::command: return "38;5;74";   // sky blue
    case Tone::reply: return "38;5;179";    // orange
    case Tone::decision: return "38;5;175"; // reddish purple
    }
    return "";
}

/// Control characters would garble the terminal, and a scenario's texts may hold any.
std::string without_controls(std::string_view text) {
    std::string clean{text};
    std::replace_if(
        clean.begin(), clean.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; },
        ' ');
    return clean;
}

/// Takes from `rest` what fits into so many characters, at a space where there is one.
std::string_view take_line(std::string_view& rest, std::size_t room) {
    std::size_t end = 0;
    std::size_t last_space = std::string_view::npos;
    for (std::size_t taken = 0; end < rest.size(); ++end) {
        bool const starts_character = (static_cast<unsigned char>(rest[end]) & 0xc0U) != 0x80U;
        if (starts_character && taken++ == room)
            break;
        if (rest[end] == ' ')
            last_space = end;
    }
    if (end < rest.size() && rest[end] == ' ')
        last_space = end;
    if (end < rest.size() && last_space != std::string_view::npos && last_space > 0)
        end = last_space;
    std::string_view const line = rest.substr(0, end);
    rest.remove_prefix(end);
    rest.remove_prefix(std::min(rest.find_first_not_of(' '), rest.size()));
    return line;
}

} // namespace

std::size_t character_count(std::string_view text) {
    return static_cast<std::size_t>(std::count_if(
        text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xc0U) != 0x80U; }));
}

std::string padded(std::string_view text, std::size_t characters) {
    std::size_t const count = character_count(text);
    return std::string{text} + std::string(characters > count ? characters - count : 0, ' ');
}

std::string right_aligned(std::string_view text, std::size_t characters) {
    std::size_t const count = character_count(text);
    return std::string(characters > count ? characters - count : 0, ' ') + std::string{text};
}

void Page::line(std::string_view text, Tone tone) {
    item("", text, tone);
}

void Page::item(std::string_view lead, std::string_view text, Tone tone) {
    constexpr std::size_t narrowest = 12; // whatever the lead, so that wrapping always ends
    std::size_t const indent = character_count(lead);
    std::size_t const room = std::max(characters_ > indent ? characters_ - indent : 0, narrowest);
    std::string const clean = without_controls(text);
    std::string_view rest = clean;
    text_ += without_controls(lead);
    for (bool first = true; first || !rest.empty(); first = false) {
        if (!first)
            text_.append(indent, ' ');
        put(take_line(rest, room), tone);
        while (!text_.empty() && text_.back() == ' ')
            text_.pop_back();
        text_ += '\n';
    }
}

void Page::put(std::string_view text, Tone tone) {
    std::string_view const code = code_of(tone);
    if (colour_ == Colour::off || code.empty() || text.empty())
        text_ += text;
    else
        text_ += fmt::format("\x1b[{}m{}\x1b[0m", code, text);
}

void Page::blank() {
    text_ += '\n';
}

} // namespace mailflow
