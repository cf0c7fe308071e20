#include "edit/splice.hpp"

#include <algorithm>

namespace mailflow {

namespace {

/// Behind the string, or the comment, that begins here; else `at`.
std::size_t skip_string(std::string_view text, std::size_t at) {
    if (at >= text.size() || text[at] != '"')
        return at;
    for (++at; at < text.size() && text[at] != '"'; ++at)
        at += text[at] == '\\' ? 1 : 0;
    return at + 1;
}

std::size_t skip_spaces(std::string_view text, std::size_t at) {
    return std::min(text.find_first_not_of(" \t\r", at), text.size());
}

/// Behind the comment that begins here and ends in this line; else `at`.
std::size_t skip_comment(std::string_view text, std::size_t at, std::size_t end) {
    if (text.substr(at, 2) == "//")
        return end;
    if (text.substr(at, 2) == "/*")
        if (std::size_t const close = text.find("*/", at + 2); close < end)
            return close + 2;
    return at;
}

} // namespace

std::string spliced(std::string_view text, std::vector<Splice> splices) {
    std::stable_sort(splices.begin(), splices.end(),
                     [](Splice const& a, Splice const& b) { return a.begin < b.begin; });
    std::string result;
    std::size_t done = 0;
    for (Splice const& splice : splices) {
        result += text.substr(done, splice.begin - done);
        result += splice.text;
        done = splice.end;
    }
    result += text.substr(done);
    return result;
}

std::size_t line_begin(std::string_view text, std::size_t at) {
    std::size_t const feed = at == 0 ? std::string_view::npos : text.rfind('\n', at - 1);
    return feed == std::string_view::npos ? 0 : feed + 1;
}

std::size_t line_end(std::string_view text, std::size_t at) {
    return std::min(text.find('\n', at), text.size());
}

std::size_t line_indent(std::string_view text, std::size_t at) {
    std::size_t const begin = line_begin(text, at);
    return std::min(text.find_first_not_of(' ', begin), text.size()) - begin;
}

bool begins_line(std::string_view text, std::size_t at) {
    return line_begin(text, at) + line_indent(text, at) == at;
}

LineTail tail_of(std::string_view text, std::size_t after_value) {
    LineTail tail;
    tail.end = line_end(text, after_value);
    std::size_t at = skip_spaces(text, after_value);
    tail.has_comma = at < tail.end && text[at] == ',';
    tail.after_comma = tail.has_comma ? at + 1 : after_value;
    at = skip_spaces(text, tail.after_comma);
    at = skip_spaces(text, skip_comment(text, at, tail.end));
    tail.ends_line = at >= tail.end;
    return tail;
}

bool has_comment(std::string_view json) {
    for (std::size_t at = 0; at < json.size();) {
        if (json.substr(at, 2) == "//" || json.substr(at, 2) == "/*")
            return true;
        std::size_t const behind = skip_string(json, at);
        at = behind == at ? at + 1 : behind;
    }
    return false;
}

std::size_t start_of(Value member) {
    return member.has_key() ? member.key_offset() : member.offset();
}

std::size_t depth_of(Value value) {
    std::size_t depth = 0;
    for (; !value.is_whole_text(); value = value.parent())
        ++depth;
    return depth;
}

std::vector<Value> children_of(Value container) {
    std::vector<Value> children;
    for (Value const child : container)
        children.push_back(child);
    return children;
}

bool is_on_one_line(Value value) {
    return value.written().find('\n') == std::string_view::npos;
}

JsonPlace place_of(std::string_view text, Value value) {
    std::size_t const begin = line_begin(text, value.offset());
    return {depth_of(value), line_indent(text, value.offset()),
            characters_in(text.substr(begin, value.offset() - begin))};
}

} // namespace mailflow
