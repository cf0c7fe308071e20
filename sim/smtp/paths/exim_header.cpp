// How Exim looks at what From, To and the like name in the header of a message.
#include "base/text.hpp"
#include "smtp/path.hpp"
#include "smtp/paths/exim_reader.hpp"

#include <algorithm>

namespace mailflow {

namespace {

/// Where the text in quotes or in parentheses ends that begins there.
std::size_t end_of_bracketed(std::string_view text, std::size_t place) {
    bool const is_quote = text[place] == '"';
    int depth = 1;
    for (++place; place < text.size() && depth > 0; ++place) {
        if (text[place] == '\\')
            ++place;
        else if (is_quote)
            depth -= text[place] == '"' ? 1 : 0;
        else
            depth += text[place] == '(' ? 1 : text[place] == ')' ? -1 : 0;
    }
    return std::min(place, text.size());
}

/// Where the first address ends (parse_find_address_end()): at a comma that stands neither in brackets nor
/// in a source route.
std::size_t end_of_address(std::string_view text) {
    bool in_route = text.starts_with('@');
    int open = in_route ? 1 : 0;
    std::size_t place = 0;
    while (place < text.size() && (text[place] != ',' || open > 0)) {
        char const c = text[place];
        if (c == '"' || c == '(') {
            place = end_of_bracketed(text, place);
            continue;
        }
        if (c == '<') {
            in_route = text.substr(place + 1).starts_with('@');
            open = in_route ? 2 : 1;
        } else if (c == '>' || (c == ':' && in_route)) {
            --open;
        }
        place += c == '\\' && place + 1 < text.size() ? 2 : 1;
    }
    return place;
}

/// One of them. Nothing between two commas is no error, a local part without a domain is.
bool is_fit(std::string_view text, EximGroup& group) {
    EximReader reader{text};
    EximAddress const read = read_exim_address(reader, group);
    bool const closes_group = group.is_open && reader.next() == ';';
    if (closes_group)
        group = {.may_begin = true, .is_open = false};
    if (reader.stopped())
        return reader.trouble() == no_exim_address;
    std::size_t const length = read.local_part.written.size() + 1 + read.domain.size();
    return (reader.at_end() || closes_group) && !read.domain.empty() && length <= longest_exim_address;
}

} // namespace

bool are_addresses_for_exim(std::string_view value) {
    EximGroup group{.may_begin = true, .is_open = false};
    for (value = trimmed(value); !value.empty(); value = trimmed(value)) {
        std::size_t const end = end_of_address(value);
        if (!is_fit(value.substr(0, end), group))
            return false;
        value.remove_prefix(std::min(end + 1, value.size()));
    }
    return true;
}

} // namespace mailflow
