#include "edit/json_layout.hpp"

#include "scenario/complaints.hpp"
#include "scenario/places.hpp"

#include <algorithm>
#include <cassert>

namespace mailflow {

namespace {

bool is_empty(Value container) {
    return container.begin() == container.end();
}

bool has_containers(Value container) {
    return std::any_of(container.begin(), container.end(), is_container);
}

/// The whole scenario, and its sections: a server, a person, a message has a line of its own at least.
bool is_always_broken(Value container, std::size_t depth) {
    return !is_empty(container) && (depth == 0 || (depth == 1 && has_containers(container)));
}

std::string key_of(Value member) {
    return member.has_key() ? json_string(member.key()) + ":" : std::string{};
}

/// Scalars one behind the other, as many as a line has room for.
std::string filled_list(Value list, std::size_t indent) {
    std::string text;
    std::string line;
    std::string const margin(indent, ' ');
    for (Value const item : list) {
        std::string const word = on_one_line(item);
        if (!line.empty() && indent + characters_in(line) + 2 + characters_in(word) > longest_json_line) {
            text += margin + line + ",\n";
            line.clear();
        }
        line += line.empty() ? word : ", " + word;
    }
    return text + margin + line + "\n";
}

/// One member or item a line; the values of a section's short members stand below each other.
std::string broken(Value container, JsonPlace place) {
    bool const is_object = container.kind() == Kind::object;
    std::size_t const indent = place.indent + json_indent;
    std::string const close = std::string(place.indent, ' ') + (is_object ? "}" : "]");
    if (!is_object && !has_containers(container))
        return "[\n" + filled_list(container, indent) + close;
    std::size_t widest_key = 0;
    if (place.depth == 1)
        for (Value const member : container)
            if (std::string const key = key_of(member);
                !key.empty() &&
                indent + characters_in(key) + 1 + characters_in(on_one_line(member)) <= longest_json_line - 1)
                widest_key = std::max(widest_key, characters_in(key));
    std::string text = is_object ? "{\n" : "[\n";
    bool first = true;
    for (Value const member : container) {
        text += first ? "" : place.depth == 0 && is_container(member) ? ",\n\n" : ",\n";
        first = false;
        std::string key = key_of(member);
        std::size_t const short_key = characters_in(key) + (key.empty() ? 0 : 1);
        std::string value = lay_out(member, {place.depth + 1, indent, indent + short_key});
        if (!key.empty()) {
            bool const short_one = value.find('\n') == std::string::npos;
            std::size_t const width = short_one ? std::max(widest_key, characters_in(key)) : 0;
            key.append(std::max(width, characters_in(key)) - characters_in(key) + 1, ' ');
            // Where the wider place is too narrow for it, it stands right behind its key.
            if (short_one && indent + characters_in(key) + characters_in(value) > longest_json_line)
                key.erase(key.find_last_not_of(' ') + 2);
        }
        text += std::string(indent, ' ') + key + value;
    }
    return text + "\n" + close;
}

} // namespace

bool is_container(Value value) {
    return value.kind() == Kind::object || value.kind() == Kind::list;
}

std::size_t characters_in(std::string_view text) {
    return static_cast<std::size_t>(
        std::count_if(text.begin(), text.end(), [](char c) { return (c & 0xC0) != 0x80; }));
}

std::string on_one_line(Value value) {
    if (!is_container(value))
        return std::string{value.written()};
    bool const is_object = value.kind() == Kind::object;
    if (is_empty(value))
        return is_object ? "{}" : "[]";
    bool const roomy = is_object || has_containers(value);
    std::string text = is_object ? "{" : "[";
    char const* before = roomy ? " " : "";
    for (Value const member : value) {
        text += before + (member.has_key() ? key_of(member) + " " : std::string{}) + on_one_line(member);
        before = ", ";
    }
    return text + (roomy ? " " : "") + (is_object ? "}" : "]");
}

std::string lay_out(Value value, JsonPlace place) {
    std::string line = on_one_line(value);
    // One more for the comma behind it.
    bool const fits = place.column + characters_in(line) + 1 <= longest_json_line;
    if (!is_container(value) || is_empty(value) || (fits && !is_always_broken(value, place.depth)))
        return line;
    return broken(value, place);
}

std::string lay_out(std::string_view json, JsonPlace place) {
    Complaints none;
    auto const document = parse_document(json, none);
    assert(document);
    return lay_out(Value{*document, 0}, place);
}

} // namespace mailflow
