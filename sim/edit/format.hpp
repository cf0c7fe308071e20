// The scenario format as forms need it: every object with its keys, what may stand there, and in which words
// that is explained. Made from assets/scenario.schema.json, which the tests hold to the loader; a new key
// there has its field in every form at once. Not a check: the loader does that.
#pragma once

#include "scenario/document.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace mailflow {

enum class Shape : std::uint8_t { text, number, boolean, list, map, object };

/// One way in which a value may be written.
struct ValueForm {
    Shape shape = Shape::text;
    std::string kind; // of a text: "line", "time", "size", "domain", "address" ...; may be empty
    std::vector<std::string> words; // the only ones; none: any
    std::vector<std::string> names; // the sections whose names are meant: "networks"; none: no name is meant
    std::string object;             // of an object: the name of its form
    std::vector<ValueForm> inner;   // of a list or map: how each value may be written, the usual way first
};

/// One key of an object.
struct KeyForm {
    /// The form of the value where it depends on which other key there is: with "server", "server_set".
    struct Dependent {
        std::string key;
        std::string object;
    };

    std::string name;
    std::string description;
    bool required = false;
    std::string default_json;    // what holds where the key is left out; empty: what the description says
    std::vector<ValueForm> ways; // at least one; the usual one first
    std::vector<Dependent> dependents;
};

struct ObjectForm {
    std::string name;
    std::vector<KeyForm> keys; // in the order in which they are best written

    [[nodiscard]] KeyForm const* key(std::string_view name) const;
};

/// The schema itself, for editors.
[[nodiscard]] std::string_view schema_text();

/// Every object of the format; the first is the scenario itself.
[[nodiscard]] std::vector<ObjectForm> const& object_forms();
/// By its name; null where there is none.
[[nodiscard]] ObjectForm const* object_form(std::string_view name);

/// How the value of the key may be written in that object.
[[nodiscard]] std::vector<ValueForm> ways_of(KeyForm const& key, Value object);
/// The way in which the value is written: the first of its kind, or else the first.
[[nodiscard]] ValueForm const& way_of(std::vector<ValueForm> const& ways, std::optional<Value> value);

/// The way in which the value is written; nothing where the format knows no such place.
[[nodiscard]] std::optional<ValueForm> form_of(Value value);

/// A place of the format that a pointer leads to, whether or not a value stands there.
struct FormPlace {
    KeyForm const* key = nullptr; // the key that it is the value of; null in a list or a map
    std::vector<ValueForm> ways;
};
[[nodiscard]] std::optional<FormPlace> place_at(Value scenario, std::string_view pointer);
/// The way in which the default of the key would be written; null where the format names none.
[[nodiscard]] ValueForm const* way_of_default(FormPlace const& place);

/// The domains that servers of the scenario handle or that its DNS speaks of, each once.
[[nodiscard]] std::vector<std::string> domains_in(Value scenario);

/// The names that the document gives in the section ("servers"), in its order; of mail its ids.
[[nodiscard]] std::vector<std::string> names_in(Value scenario, std::string_view section);

} // namespace mailflow
