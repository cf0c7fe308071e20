#include "bench/jsonl_reference.hpp"

#include "base/numbers.hpp"

#include <algorithm>
#include <utility>

namespace mailflow::bench {

namespace {

/// The length of the string in quotes that the text begins with.
std::size_t quoted_length(std::string_view text) {
    std::size_t end = 1;
    while (text[end] != '"')
        end += text[end] == '\\' ? 2 : 1;
    return end + 1;
}

} // namespace

JsonlReference::JsonlReference(std::string lines) : text_(std::move(lines)) {
    std::string_view rest = text_;
    for (std::size_t end; (end = rest.find('\n')) != std::string_view::npos; rest.remove_prefix(end + 1))
        take_apart(rest.substr(0, end));
}

void JsonlReference::take_apart(std::string_view text) {
    Line line;
    while (!text.empty()) {
        std::size_t length = 1;
        if (text.front() == '"') {
            length = quoted_length(text);
            bool const is_key = length < text.size() && text[length] == ':';
            if (is_key)
                line.shape += text.substr(0, length);
            else {
                line.shape += "\"{}\"";
                line.values.push_back(text.substr(1, length - 2));
            }
        } else if (text.front() >= '0' && text.front() <= '9') {
            length = std::min(text.find_first_not_of("0123456789.e-"), text.size());
            std::string_view const number = text.substr(0, length);
            if (number.find_first_of(".e") == std::string_view::npos) {
                line.shape += "{}";
                line.values.push_back(number_in<std::uint64_t>(number).value());
            } else {
                line.shape += number.ends_with(".0") ? "{:.1f}" : "{}";
                line.values.push_back(number_in<double>(number).value());
            }
        } else if (text.starts_with("true") || text.starts_with("false")) {
            length = text.front() == 't' ? 4 : 5;
            line.shape += "{}";
            line.values.push_back(text.front() == 't');
        } else {
            line.shape += text.front();
            if (text.front() == '{' || text.front() == '}')
                line.shape += text.front();
        }
        text.remove_prefix(length);
    }
    line.shape += '\n';
    lines_.push_back(std::move(line));
}

} // namespace mailflow::bench
