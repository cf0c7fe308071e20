#include "scenario/places.hpp"

#include "base/numbers.hpp"

#include <fmt/format.h>

namespace mailflow {

std::optional<std::vector<std::string>> tokens_of(std::string_view pointer) {
    std::vector<std::string> tokens;
    if (!pointer.empty() && pointer.front() != '/')
        return std::nullopt;
    for (std::size_t i = 0; i < pointer.size(); ++i) {
        if (pointer[i] == '/') {
            tokens.emplace_back();
        } else if (pointer[i] != '~') {
            tokens.back() += pointer[i];
        } else {
            ++i;
            if (i == pointer.size() || (pointer[i] != '0' && pointer[i] != '1'))
                return std::nullopt;
            tokens.back() += pointer[i] == '0' ? '~' : '/';
        }
    }
    return tokens;
}

std::string pointer_to(std::span<std::string const> tokens) {
    std::string pointer;
    for (std::string const& token : tokens)
        pointer += "/" + escape_for_pointer(token);
    return pointer;
}

std::string json_string(std::string_view text) {
    std::string literal = "\"";
    for (char const c : text)
        if (c == '"' || c == '\\')
            literal += {'\\', c};
        else if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f)
            literal += fmt::format("\\u{:04x}", c);
        else
            literal += c;
    return literal + "\"";
}

std::optional<std::size_t> list_place(std::string_view token) {
    bool const is_plain = token == "0" || !token.starts_with('0');
    return is_plain ? number_in<std::size_t>(token) : std::nullopt;
}

std::size_t count_children(Value container) {
    std::size_t count = 0;
    for ([[maybe_unused]] Value const child : container)
        ++count;
    return count;
}

std::optional<Value> find_child(Value container, std::string_view token) {
    auto const place = container.kind() == Kind::list ? list_place(token) : std::nullopt;
    std::size_t number = 0;
    for (Value const child : container)
        if (child.has_key() ? child.key() == token : place == number++)
            return child;
    return std::nullopt;
}

std::optional<Value> find_value(Document const& document, std::string_view pointer) {
    return find_value(Value{document, 0}, pointer);
}

std::optional<Value> find_value(Value from, std::string_view pointer) {
    auto const tokens = tokens_of(pointer);
    std::optional<Value> at = from;
    for (std::size_t n = 0; tokens && at && n < tokens->size(); ++n)
        at = find_child(*at, (*tokens)[n]);
    return tokens ? at : std::nullopt;
}

} // namespace mailflow
