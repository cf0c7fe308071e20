// The made-up worlds draw every key of the format, and every word that a key may have: the schema says which
// there are, so that a new key cannot be forgotten here.
#include "catch.hpp"
#include "worlds/random_world.hpp"

#include <fstream>
#include <set>
#include <string>

using namespace mailflow::worlds;

namespace {

constexpr std::uint64_t worlds_to_look_at = 1500;

Json const& schema() {
    static Json const document = [] {
        std::ifstream file{MAILFLOW_SOURCE_DIR "/assets/scenario.schema.json"};
        return Json::parse(file);
    }();
    return document;
}

Json::json_pointer place_of(std::string const& reference) {
    return Json::json_pointer{reference.substr(1)}; // "#/definitions/server"
}

/// Notes "server.software" for each key, and "server.software = exim" for each word out of a closed set.
class Seen {
public:
    void look_at(Json const& value, Json const& form, std::string const& name) {
        if (form.contains("$ref")) {
            std::string const& reference = form["$ref"].get_ref<std::string const&>();
            bool const is_key = reference.find("/properties/") != std::string::npos; // of another object
            return look_at(value, schema().at(place_of(reference)),
                           is_key ? name : reference.substr(reference.rfind('/') + 1));
        }
        look_at_members(value, form, name);
        if (value.is_array() && form.contains("items"))
            for (Json const& item : value)
                look_at(item, form["items"], name);
        if (form.contains("enum") && value.is_string())
            names_.insert(name + " = " + value.get<std::string>());
        for (Json const& way : form.value("anyOf", Json::array()))
            if (is_meant(value, way))
                look_at(value, way, name);
    }

    [[nodiscard]] std::set<std::string> const& names() const { return names_; }

private:
    void look_at_members(Json const& value, Json const& form, std::string const& name) {
        if (!value.is_object())
            return;
        Json const known = form.value("properties", Json::object());
        for (auto const& [key, member] : value.items())
            if (known.contains(key)) {
                names_.insert(name + "." + key);
                look_at(member, known[key], name + "." + key);
            } else if (form.contains("additionalProperties") && form["additionalProperties"].is_object()) {
                look_at(member, form["additionalProperties"], name);
            }
    }

    static bool is_meant(Json const& value, Json const& way) {
        for (Json const& key : way.value("required", Json::array()))
            if (!value.contains(key.get<std::string>()))
                return false;
        return true;
    }

    std::set<std::string> names_;
};

/// All that could be noted.
class Named {
public:
    Named() {
        for (auto const& [name, form] : schema()["definitions"].items())
            look_into(form, name);
    }
    [[nodiscard]] std::set<std::string> const& names() const { return names_; }

private:
    void look_into(Json const& form, std::string const& name) {
        Json const properties = form.value("properties", Json::object());
        for (auto const& [key, member] : properties.items()) {
            names_.insert(name + "." + key);
            look_into(member, name + "." + key);
        }
        for (Json const& word : form.value("enum", Json::array()))
            if (word.is_string())
                names_.insert(name + " = " + word.get<std::string>());
        if (form.contains("items"))
            look_into(form["items"], name);
        for (Json const& way : form.value("anyOf", Json::array()))
            if (!way.contains("required"))
                look_into(way, name);
    }

    std::set<std::string> names_;
};

} // namespace

TEST_CASE("the made-up worlds draw every key of the schema, and every word that a key may have") {
    Seen seen;
    for (std::uint64_t seed = 1; seed <= worlds_to_look_at; ++seed)
        seen.look_at(random_world(seed), schema(), "scenario");
    std::set<std::string> const all = Named{}.names();
    CHECK(all.size() > 150);
    CHECK(all.count("spammer.probe") == 1);
    CHECK(all.count("probe.tricks = percent-domain") == 1);
    for (std::string const& name : all) {
        INFO("never drawn: " << name << "; see tests/worlds/making.hpp");
        CHECK(seen.names().count(name) == 1);
    }
}
