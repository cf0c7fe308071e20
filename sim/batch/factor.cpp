#include "batch/factor.hpp"

#include "base/csv.hpp"
#include "base/text.hpp"
#include "batch/meaning.hpp"
#include "scenario/overrides.hpp"
#include "scenario/places.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <utility>

namespace mailflow::batch {

namespace {

/// A row of a batch's results is one line, and so is what stands in it.
std::string one_line(std::string text) {
    std::replace_if(
        text.begin(), text.end(), [](char c) { return c == '\n' || c == '\r'; }, ' ');
    return text;
}

/// Whether the words, as they stand, are taken as that text.
bool is_bare_text(std::string const& words) {
    Complaints ignored;
    return !words.empty() && trimmed(words) == words && !begins_as_json(words) &&
           !parse_document(words, ignored);
}

/// The same value, as rows have it: a text in its own words, whichever way it was given. Between the words of
/// JSON a blank is as good as a line break; a text that has one, or would mean something else, is written as
/// JSON.
std::string value_on_one_line(std::string value) {
    Complaints ignored;
    auto const document = parse_document(value, ignored);
    if (!document)
        return value.find_first_of("\r\n") != std::string::npos && is_bare_text(value)
                   ? json_string(value)
                   : one_line(std::move(value));
    Value const read{*document, 0};
    if (read.kind() == Kind::text && is_bare_text(std::string{read.text()}) &&
        read.text().find_first_of("\r\n") == std::string_view::npos)
        return std::string{read.text()};
    return one_line(std::move(value));
}

/// The parts between commas that stand in no brackets, braces or quotes.
std::vector<std::string> split_values(std::string_view text) {
    std::vector<std::string> values{""};
    int depth = 0;
    bool quoted = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        char const c = text[i];
        if (c == ',' && depth <= 0 && !quoted) {
            values.emplace_back();
            continue;
        }
        values.back() += c;
        if (quoted && c == '\\' && i + 1 < text.size())
            values.back() += text[++i];
        else if (c == '"' && (quoted || depth > 0 || values.back().size() == 1))
            quoted = !quoted;
        else if (!quoted)
            depth += c == '[' || c == '{' ? 1 : c == ']' || c == '}' ? -1 : 0;
    }
    return values;
}

/// The same for two variations that say the same.
Factor::Level meanings_of(Factor::Level level) {
    for (std::optional<std::string>& value : level)
        if (value)
            value = meaning_of(*value);
    return level;
}

bool all_blank(std::vector<std::string> const& fields) {
    return std::all_of(fields.begin(), fields.end(), [](std::string const& field) { return field.empty(); });
}

/// From 1; 0: there is none.
std::size_t line_that_is_not_utf8(std::string_view text) {
    std::size_t line = 1;
    while (!text.empty()) { // neither a line feed nor a carriage return is part of a longer letter
        std::size_t const end = std::min(text.find_first_of("\r\n"), text.size() - 1) + 1;
        if (!valid_utf8(text.substr(0, end)))
            return line;
        line += text.substr(end - 1).starts_with("\r\n") ? 0 : 1; // the line feed comes next
        text.remove_prefix(end);
    }
    return 0;
}

std::string trouble_with_pointers(std::vector<std::string> const& pointers) {
    for (auto const& [between, what] : {std::pair{";/", "semicolons"}, std::pair{"\t/", "tabs"}})
        if (pointers.size() == 1 && pointers.front().find(between) != std::string::npos)
            return fmt::format("has {} between its columns; save it with commas, as CSV is in English", what);
    for (std::size_t i = 0; i < pointers.size(); ++i) {
        if (!pointers[i].starts_with('/'))
            return fmt::format("column {} is \"{}\", which is no JSON pointer, such as "
                               "/servers/mail.isp.example/greylist",
                               i + 1, printable(pointers[i]));
        if (std::find(pointers.begin(), pointers.begin() + static_cast<std::ptrdiff_t>(i), pointers[i]) !=
            pointers.begin() + static_cast<std::ptrdiff_t>(i))
            return fmt::format("{} heads two columns", pointers[i]);
    }
    return {};
}

} // namespace

std::variant<Factor, std::string> parse_factor(std::string_view text) {
    if (!valid_utf8(text))
        return fmt::format("{} is not UTF-8", to_utf8(text));
    auto read = parse_override(text);
    if (auto* words = std::get_if<std::string>(&read))
        return std::move(*words);
    Override const& whole = std::get<Override>(read);
    Factor factor{.pointers = {one_line(whole.pointer)}, .levels = {}};
    std::map<std::string, std::string> known; // by its meaning, how the value was given
    for (std::string& value : split_values(whole.value)) {
        Factor::Level level{value_on_one_line(std::move(value))};
        auto const [same, fresh] = known.emplace(meaning_of(*level.front()), *level.front());
        if (!fresh && same->second == *level.front())
            return fmt::format("{}: the value {} is given twice", factor.pointers.front(), *level.front());
        if (!fresh)
            return fmt::format("{}: the values {} and {} are the same", factor.pointers.front(), same->second,
                               *level.front());
        factor.levels.push_back(std::move(level));
    }
    return factor;
}

std::variant<Factor, std::string> parse_variations(std::string_view csv, std::string_view file) {
    auto const at = [&](std::size_t line, std::string_view words) {
        return fmt::format("{}:{}: {}", file, line, words);
    };
    if (std::size_t const line = line_that_is_not_utf8(csv); line > 0)
        return at(line, "is not UTF-8; save it as \"CSV UTF-8\"");
    CsvReader reader{csv};
    Factor factor{.pointers = {}, .levels = {}, .table = to_utf8(file)};
    do
        if (!reader.next(factor.pointers))
            return at(std::max<std::size_t>(reader.line(), 1),
                      reader.trouble().empty()
                          ? "is empty; its first line holds JSON pointers, each further line a variation"
                          : reader.trouble());
    while (all_blank(factor.pointers) && !reader.quoted());
    std::size_t const first_line = reader.line();
    for (std::string& pointer : factor.pointers)
        pointer = one_line(std::move(pointer));
    if (std::string words = trouble_with_pointers(factor.pointers); !words.empty())
        return at(first_line, words);
    std::vector<std::string> fields;
    std::map<Factor::Level, std::size_t> lines; // of the variations so far
    while (reader.next(fields)) {
        bool const says_nothing = all_blank(fields) && !reader.quoted();
        if (says_nothing && fields.size() == 1)
            continue;
        if (says_nothing)
            return at(reader.line(),
                      "has only empty cells; take it out, or write \"\" into one of them for the "
                      "variation that leaves all as it is");
        if (fields.size() != factor.pointers.size())
            return at(reader.line(),
                      fmt::format("has {}, the first line has {}",
                                  count_of(fields.size(), "column", "columns"), factor.pointers.size()));
        Factor::Level level;
        for (std::string& field : fields)
            level.push_back(field.empty() ? std::nullopt
                                          : std::optional{value_on_one_line(std::move(field))});
        auto const [same, fresh] = lines.emplace(meanings_of(level), reader.line());
        if (!fresh)
            return at(reader.line(), fmt::format("is the variation of line {} once more", same->second));
        factor.levels.push_back(std::move(level));
        factor.lines.push_back(reader.line());
    }
    if (!reader.trouble().empty())
        return at(reader.line(), reader.trouble());
    if (factor.levels.empty())
        return at(first_line, "has no variation below its first line");
    return factor;
}

} // namespace mailflow::batch
