#include "edit/edit_text.hpp"

#include "base/text.hpp"
#include "edit/format.hpp"
#include "edit/insertion.hpp"
#include "edit/renaming.hpp"
#include "edit/tidy.hpp"
#include "scenario/complaints.hpp"
#include "scenario/places.hpp"

#include <fmt/format.h>

#include <span>

namespace mailflow {

namespace {

using Tokens = std::span<std::string const>;

/// How many members stand before one with this key, when keys come in the order of the format.
std::size_t place_among(Value object, std::string_view key) {
    std::vector<Value> const members = children_of(object);
    auto const form = form_of(object);
    ObjectForm const* const keys = form ? object_form(form->object) : nullptr;
    KeyForm const* const own = keys == nullptr ? nullptr : keys->key(key);
    if (own == nullptr)
        return members.size();
    std::size_t place = 0;
    for (std::size_t n = 0; n < members.size(); ++n)
        if (KeyForm const* const other = keys->key(members[n].key()); other != nullptr && other < own)
            place = n + 1;
    return place;
}

/// `json` within objects with these keys, or a list where one is "-".
std::string wrapped(Tokens keys, std::string json) {
    for (std::size_t n = keys.size(); n > 0; --n)
        json = keys[n - 1] == "-" ? fmt::format("[{}]", json)
                                  : fmt::format("{{ {}: {} }}", json_string(keys[n - 1]), json);
    return json;
}

struct EditOne {
    Document const& document;

    std::variant<std::string, EditTrouble> operator()(SetValue const& set) const {
        Complaints complaints;
        auto const tokens = tokens_of(set.pointer);
        auto const value = parse_document(set.json, complaints);
        if (!tokens || tokens->empty() || !value)
            return EditTrouble{fmt::format("{} cannot be put at {}", set.json, set.pointer)};
        Value at{document, 0};
        std::size_t n = 0;
        for (; n < tokens->size(); ++n) {
            auto const child = find_child(at, (*tokens)[n]);
            if (!child)
                break;
            at = *child;
        }
        if (n == tokens->size())
            return tidied(document.text,
                          {{at.offset(), at.end_offset(), lay_out(set.json, place_of(document.text, at))}},
                          Columns::keep);
        Tokens const rest = Tokens{*tokens}.subspan(n);
        return put(at, rest, set.json);
    }

    std::variant<std::string, EditTrouble> operator()(RemoveValue const& remove) const {
        auto const value = find_value(document, remove.pointer);
        if (!value || value->is_whole_text())
            return EditTrouble{fmt::format("there is no {} to remove", remove.pointer)};
        return tidied(document.text, removal(document.text, *value), Columns::keep);
    }

    std::variant<std::string, EditTrouble> operator()(RenameKey const& rename) const {
        auto const member = find_value(document, rename.pointer);
        if (!member || !member->has_key())
            return EditTrouble{fmt::format("there is no {} to rename", rename.pointer)};
        if (rename.key.empty() || !valid_utf8(rename.key))
            return EditTrouble{"a name needs at least one letter"};
        if (auto const taken = find_child(member->parent(), rename.key))
            return taken->key_offset() == member->key_offset()
                       ? std::variant<std::string, EditTrouble>{std::string{document.text}}
                       : EditTrouble{fmt::format("there is a \"{}\" already", rename.key)};
        return tidied(document.text, renaming(document, *member, rename.key), Columns::align);
    }

private:
    std::variant<std::string, EditTrouble> put(Value container, Tokens rest, std::string const& json) const {
        std::string const& first = rest.front();
        std::string const inner = wrapped(rest.subspan(1), json);
        std::size_t const count = count_children(container);
        if (container.kind() == Kind::list && (first == "-" || list_place(first) == count))
            return tidied(document.text, insertion(document.text, container, count, {{}, inner}),
                          Columns::keep);
        if (container.kind() == Kind::object)
            return tidied(document.text,
                          insertion(document.text, container, place_among(container, first),
                                    {json_string(first) + ":", inner}),
                          Columns::align);
        return EditTrouble{fmt::format("{} has no place for \"{}\"", container.pointer(), first)};
    }
};

} // namespace

std::variant<std::string, EditTrouble> edited(std::string_view text, std::vector<Edit> const& edits) {
    std::string now{text};
    for (Edit const& edit : edits) {
        Complaints complaints;
        auto const document = parse_document(now, complaints);
        if (!document)
            return EditTrouble{"the file is no JSON now; mend it in a text editor first"};
        auto one = std::visit(EditOne{*document}, edit);
        if (std::holds_alternative<EditTrouble>(one))
            return one;
        now = std::get<std::string>(std::move(one));
    }
    return now;
}

} // namespace mailflow
