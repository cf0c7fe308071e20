#include "edit/format.hpp"

#include "scenario/complaints.hpp"
#include "scenario/places.hpp"

#include <algorithm>
#include <cassert>
#include <utility>

namespace mailflow {

namespace {

Document const& schema() {
    static Document const document = [] {
        Complaints none;
        auto parsed = parse_document(schema_text(), none);
        assert(parsed);
        return std::move(*parsed);
    }();
    return document;
}

std::string text_in(Value object, std::string_view key) {
    auto const found = find_child(object, key);
    return std::string{found ? found->text() : std::string_view{}};
}

std::vector<std::string> texts_in(Value object, std::string_view key) {
    std::vector<std::string> texts;
    if (auto const list = find_child(object, key))
        for (Value const item : *list)
            texts.emplace_back(item.text());
    return texts;
}

/// What "#/definitions/server/properties/handles" refers to, and its last word.
struct Reference {
    Value to;
    std::string word;
};

std::optional<Reference> reference_in(Value object) {
    std::string const path = text_in(object, "$ref");
    if (path.empty())
        return std::nullopt;
    auto const to = find_value(schema(), path.substr(1));
    assert(to);
    return Reference{*to, path.substr(path.rfind('/') + 1)};
}

std::vector<ValueForm> read_ways(Value written, std::string const& word);

void read_inner(Value written, std::string_view key, ValueForm& form) {
    if (auto const inner = find_child(written, key))
        form.inner = read_ways(*inner, {});
}

ValueForm read_way(Value written, std::string const& word) {
    ValueForm form;
    std::string const type = text_in(written, "type");
    form.words = texts_in(written, "enum");
    if (type == "boolean")
        form.shape = Shape::boolean;
    else if (type == "integer" || type == "number")
        form.shape = Shape::number;
    else if (type == "array")
        form.shape = Shape::list;
    else if (type == "object")
        form.shape = find_child(written, "properties") ? Shape::object : Shape::map;
    if (form.shape == Shape::text)
        form.kind = word;
    if (form.shape != Shape::text)
        form.words.clear();
    if (form.shape == Shape::object)
        form.object = word;
    if (form.shape == Shape::list)
        read_inner(written, "items", form);
    if (form.shape == Shape::map)
        read_inner(written, "additionalProperties", form);
    return form;
}

bool is_null_form(Value written) {
    return text_in(written, "type") == "null";
}

/// Every way that the schema allows; lists before single values, because one can grow.
std::vector<ValueForm> read_ways(Value written, std::string const& word) {
    std::vector<ValueForm> ways;
    if (auto const reference = reference_in(written))
        ways = read_ways(reference->to, reference->word);
    else if (auto const any = find_child(written, "anyOf"); any && !find_child(written, "type")) {
        for (Value const one : *any)
            if (!is_null_form(one))
                for (ValueForm& way : read_ways(one, word))
                    ways.push_back(std::move(way));
        std::stable_partition(ways.begin(), ways.end(),
                              [](ValueForm const& way) { return way.shape == Shape::list; });
    } else {
        ways.push_back(read_way(written, word));
    }
    std::vector<std::string> const names = texts_in(written, "x-names");
    for (ValueForm& way : ways)
        for (std::string const& name : names)
            (way.inner.empty() ? way : way.inner.front()).names.push_back(name);
    return ways;
}

std::string default_in(Value written) {
    auto const value = find_child(written, "default");
    return value ? std::string{value->written()} : std::string{};
}

KeyForm read_key(Value written) {
    return {.name = std::string{written.key()},
            .description = text_in(written, "description"),
            .required = false,
            .default_json = default_in(written),
            .ways = read_ways(written, {}),
            .dependents = {}};
}

/// Of `"anyOf": [ { "required": ["server"], "properties": { "set": { "$ref": ... } } } ]`.
void read_dependents(Value definition, ObjectForm& form) {
    auto const cases = find_child(definition, "anyOf");
    for (std::size_t n = 0; cases && n < count_children(*cases); ++n) {
        Value const one = *find_child(*cases, std::to_string(n));
        auto const properties = find_child(one, "properties");
        std::vector<std::string> const with = texts_in(one, "required");
        if (!properties || with.empty())
            continue;
        for (Value const property : *properties)
            if (auto const reference = reference_in(property))
                for (KeyForm& key : form.keys)
                    if (key.name == property.key())
                        key.dependents.push_back({with.front(), reference->word});
    }
}

ObjectForm read_object_form(Value definition) {
    ObjectForm form{std::string{definition.key()}, {}};
    std::vector<std::string> const required = texts_in(definition, "required");
    Value const properties = *find_child(definition, "properties");
    for (Value const property : properties) {
        form.keys.push_back(read_key(property));
        form.keys.back().required =
            std::find(required.begin(), required.end(), property.key()) != required.end();
    }
    read_dependents(definition, form);
    return form;
}

bool is_written_so(ValueForm const& way, Value value) {
    switch (value.kind()) {
    case Kind::boolean: return way.shape == Shape::boolean;
    case Kind::number: return way.shape == Shape::number;
    case Kind::list: return way.shape == Shape::list;
    case Kind::object: return way.shape == Shape::map || way.shape == Shape::object;
    case Kind::text:
    case Kind::null: break;
    }
    return way.shape == Shape::text;
}

} // namespace

KeyForm const* ObjectForm::key(std::string_view wanted) const {
    auto const found =
        std::find_if(keys.begin(), keys.end(), [&](KeyForm const& key) { return key.name == wanted; });
    return found == keys.end() ? nullptr : &*found;
}

std::vector<ObjectForm> const& object_forms() {
    static std::vector<ObjectForm> const forms = [] {
        std::vector<ObjectForm> read;
        Value const definitions = *find_value(schema(), "/definitions");
        for (Value const definition : definitions)
            if (find_child(definition, "properties"))
                read.push_back(read_object_form(definition));
        return read;
    }();
    return forms;
}

ObjectForm const* object_form(std::string_view name) {
    auto const& forms = object_forms();
    auto const found =
        std::find_if(forms.begin(), forms.end(), [&](ObjectForm const& form) { return form.name == name; });
    return found == forms.end() ? nullptr : &*found;
}

std::vector<ValueForm> ways_of(KeyForm const& key, Value object) {
    for (KeyForm::Dependent const& dependent : key.dependents)
        if (find_child(object, dependent.key)) {
            ValueForm form;
            form.shape = Shape::object;
            form.object = dependent.object;
            return {form};
        }
    return key.ways;
}

ValueForm const& way_of(std::vector<ValueForm> const& ways, std::optional<Value> value) {
    if (value)
        for (ValueForm const& way : ways)
            if (is_written_so(way, *value))
                return way;
    return ways.front();
}

std::optional<ValueForm> form_of(Value value) {
    if (value.is_whole_text()) {
        ValueForm form;
        form.shape = Shape::object;
        form.object = "scenario";
        return form;
    }
    auto const around = form_of(value.parent());
    if (!around)
        return std::nullopt;
    if (around->shape == Shape::list || around->shape == Shape::map)
        return around->inner.empty() ? std::nullopt : std::optional{way_of(around->inner, value)};
    ObjectForm const* const object = object_form(around->object);
    KeyForm const* const key = object == nullptr ? nullptr : object->key(value.key());
    if (key == nullptr)
        return std::nullopt;
    return way_of(ways_of(*key, value.parent()), value);
}

std::optional<FormPlace> place_at(Value scenario, std::string_view pointer) {
    auto const tokens = tokens_of(pointer);
    if (!tokens)
        return std::nullopt;
    FormPlace place{nullptr, {*form_of(scenario)}};
    std::optional<Value> at = scenario;
    for (std::string const& token : *tokens) {
        if (place.ways.empty())
            return std::nullopt;
        ValueForm const way = way_of(place.ways, at);
        ObjectForm const* const object = object_form(way.object);
        place.key = object == nullptr ? nullptr : object->key(token);
        if (way.shape == Shape::object && place.key == nullptr)
            return std::nullopt;
        place.ways = place.key == nullptr ? way.inner : at ? ways_of(*place.key, *at) : place.key->ways;
        at = at ? find_child(*at, token) : std::nullopt;
    }
    return place;
}

ValueForm const* way_of_default(FormPlace const& place) {
    if (place.key == nullptr || place.key->default_json.empty())
        return nullptr;
    Complaints none;
    auto const value = parse_document(place.key->default_json, none);
    if (!value)
        return nullptr;
    Value const root = *find_value(*value, "");
    auto const found = std::find_if(place.ways.begin(), place.ways.end(),
                                    [&](ValueForm const& way) { return is_written_so(way, root); });
    return found == place.ways.end() ? nullptr : &*found;
}

std::vector<std::string> domains_in(Value scenario) {
    std::vector<std::string> domains = names_in(scenario, "dns");
    if (auto const servers = find_child(scenario, "servers"))
        for (Value const server : *servers)
            if (auto const handles = find_child(server, "handles"))
                for (Value const domain : *handles)
                    if (std::string name{domain.text()};
                        !name.empty() && std::find(domains.begin(), domains.end(), name) == domains.end())
                        domains.push_back(std::move(name));
    return domains;
}

std::vector<std::string> names_in(Value scenario, std::string_view section) {
    std::vector<std::string> names;
    auto const things = find_child(scenario, section);
    if (!things)
        return names;
    for (Value const thing : *things) {
        if (thing.has_key())
            names.emplace_back(thing.key());
        else if (auto const id = find_child(thing, "id"); id && !id->text().empty())
            names.emplace_back(id->text());
    }
    return names;
}

} // namespace mailflow
