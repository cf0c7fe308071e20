#include "scenario/overrides.hpp"

#include "base/text.hpp"
#include "scenario/document.hpp"
#include "scenario/forms.hpp"
#include "scenario/names.hpp"
#include "scenario/places.hpp"
#include "scenario/syntax.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace mailflow {

namespace {

constexpr std::size_t most_members = 500;

/// The JSON text without line feeds, so that the lines behind it keep their numbers; with one at its end
/// where it has comments.
std::string one_line(std::string_view json) {
    std::string line{json};
    if (line.find("//") != std::string::npos)
        return line + "\n";
    std::replace(line.begin(), line.end(), '\n', ' ');
    return line;
}

std::string keys_hint(Value container, std::string const& token) {
    std::vector<std::string> keys;
    for (Value const member : container)
        if (member.has_key() && keys.size() < most_members)
            keys.emplace_back(member.key());
    return hint_among(token, keys, 0);
}

/// One override on its way into the text.
class Patch {
public:
    Patch(PatchedText& text, Override const& wanted, std::uint32_t number, Complaints& complaints)
        : text_{text}
        , wanted_{wanted}
        , number_{number}
        , complaints_{complaints} {}

    void apply(Document const& document) {
        auto const tokens = tokens_of(wanted_.pointer);
        if (!tokens)
            return complain("~ stands for ~0 or ~1 only", "write ~0 for ~ and ~1 for /");
        auto const value = literal();
        if (!value)
            return;
        // Within what a change sets, null is a value.
        bool const is_default =
            trimmed(*value) == "null" && !(tokens->size() > 3 && (*tokens)[0] == "changes");
        Value container{document, 0};
        for (std::size_t n = 0; n + 1 < tokens->size(); ++n) {
            auto const child = find_child(container, (*tokens)[n]);
            bool const is_in_a_default = is_default && n + 2 == tokens->size() && is_known((*tokens)[n]);
            if (!child && is_in_a_default && container.kind() == Kind::object)
                return expect_known(tokens->back());
            if (!child)
                return complain_about_way(container, *tokens, n, *value);
            container = *child;
        }
        if (is_default)
            put_back(container, tokens->back());
        else
            put(container, tokens->back(), *value);
    }

private:
    void complain(std::string what, std::string hint = {}) {
        complaints_.add_about_override(number_, wanted_.pointer, std::move(what), std::move(hint));
    }

    void complain_about_way(Value container, std::vector<std::string> const& tokens, std::size_t n,
                            std::string const& value) {
        std::span<std::string const> const way{tokens};
        std::string hint = keys_hint(container, tokens[n]);
        if (hint.empty() && n + 2 == tokens.size() && container.kind() == Kind::object)
            hint = fmt::format("make it: {}={{{}: {}}}", pointer_to(way.first(n + 1)),
                               json_string(tokens[n + 1]), value);
        complain(fmt::format("there is no {}", pointer_to(way.first(n + 1))), std::move(hint));
    }

    /// The value as JSON: as it is, or the text in quotes.
    std::optional<std::string> literal() {
        std::string_view value = wanted_.value;
        if (value.starts_with(byte_order_mark))
            value.remove_prefix(byte_order_mark.size());
        Complaints found;
        if (complain_about_bytes(value, found)) {
            complain(found.diagnostics(Gravity::error, PatchedText{value}).front().what);
            return std::nullopt;
        }
        if (parse_document(value, found))
            return one_line(value);
        if (!begins_as_json(value))
            return json_string(value);
        for (Diagnostic const& diagnostic : found.diagnostics(Gravity::error, PatchedText{value}))
            complain(fmt::format("column {} of the value: {}", diagnostic.column, diagnostic.what),
                     diagnostic.hint);
        return std::nullopt;
    }

    void put(Value container, std::string const& token, std::string const& value) {
        if (container.kind() != Kind::object && container.kind() != Kind::list)
            return complain("nothing can be put into a value that is neither an object nor a list");
        if (auto const child = find_child(container, token))
            return text_.replace(child->offset(), child->end_offset(), value, number_);
        if (container.kind() == Kind::list && token != "-")
            return complain(
                fmt::format("the list has {}", count_of(count_children(container), "item", "items")),
                "they are numbered from 0; - stands for the place behind the last");
        std::string const member =
            container.kind() == Kind::list ? value : fmt::format("{}: {}", json_string(token), value);
        Value::Iterator last = container.begin();
        if (last == container.end())
            return text_.replace(container.offset() + 1, container.offset() + 1, member, number_);
        for (auto next = last; next != container.end(); ++next)
            last = next;
        std::size_t const end = (*last).end_offset();
        text_.replace(end, end, ", " + member, number_);
    }

    /// Leaves the key out, if it is not anyway.
    void put_back(Value container, std::string const& key) {
        if (container.kind() != Kind::object)
            return complain("null puts a key of an object back to its default, and this is none");
        auto const member = find_child(container, key);
        if (!member)
            return expect_known(key);
        // With the comma before it, or, of the first one, behind it.
        std::size_t begin = member->key_offset();
        std::size_t end = member->end_offset();
        auto behind = container.begin();
        for (; (*behind).key_offset() != member->key_offset(); ++behind)
            begin = (*behind).end_offset();
        if (++behind != container.end() && begin == member->key_offset())
            end = (*behind).key_offset();
        text_.replace(begin, end, "", number_);
    }

    /// The keys of all objects of the format.
    static std::vector<std::string> const& known_keys() {
        static auto const all = [] {
            std::vector<std::string> keys;
            for (ObjectKeys const& object : all_object_keys())
                keys.insert(keys.end(), object.keys.begin(), object.keys.end());
            return keys;
        }();
        return all;
    }
    static bool is_known(std::string const& key) {
        return std::find(known_keys().begin(), known_keys().end(), key) != known_keys().end();
    }
    void expect_known(std::string const& key) {
        if (!is_known(key))
            complain(fmt::format("there is no \"{}\" to put back to its default", key),
                     hint_among(key, known_keys(), 0));
    }

    PatchedText& text_;
    Override const& wanted_;
    std::uint32_t number_;
    Complaints& complaints_;
};

} // namespace

bool begins_as_json(std::string_view value) {
    std::size_t const start = value.find_first_not_of(" \t\r\n");
    return start != std::string_view::npos &&
           std::string_view{"{[\""}.find(value[start]) != std::string_view::npos;
}

void apply_overrides(PatchedText& text, std::span<Override const> overrides, Complaints& complaints) {
    for (std::size_t n = 0; n < overrides.size(); ++n) {
        Complaints told_when_it_is_whole;
        auto const document = parse_document(text.text(), told_when_it_is_whole);
        if (!document)
            return;
        Patch{text, overrides[n], static_cast<std::uint32_t>(n), complaints}.apply(*document);
    }
}

std::variant<Override, std::string> parse_override(std::string_view text) {
    std::size_t const equals = text.find('=');
    if (equals == std::string_view::npos || !text.starts_with('/'))
        return fmt::format(
            "\"{}\" is no /json/pointer=value, such as /servers/mail.isp.example/open_relay=true", text);
    return Override{std::string{text.substr(0, equals)}, std::string{text.substr(equals + 1)}};
}

} // namespace mailflow
