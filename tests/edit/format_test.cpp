// The format as forms see it, and what is added at the press of a button.
#include "catch.hpp"

#include "edit/format.hpp"
#include "edit/newcomers.hpp"
#include "scenario/complaints.hpp"
#include "scenario/forms.hpp"
#include "scenario/load.hpp"
#include "scenario/places.hpp"

#include <algorithm>

using namespace mailflow;

namespace {

/// A text and its tree.
struct Parsed {
    explicit Parsed(std::string a_text) : text(std::move(a_text)) {
        Complaints none;
        document = *parse_document(text, none);
    }
    [[nodiscard]] Value root() const { return {document, 0}; }

    std::string text;
    Document document;
};

KeyForm const& key_of(std::string_view object, std::string_view key) {
    ObjectForm const* const form = object_form(object);
    REQUIRE(form != nullptr);
    REQUIRE(form->key(key) != nullptr);
    return *form->key(key);
}

std::string after(std::string_view text, std::vector<Edit> const& edits) {
    auto changed = edited(text, edits);
    REQUIRE(std::holds_alternative<std::string>(changed));
    return std::get<std::string>(std::move(changed));
}

} // namespace

TEST_CASE("The forms have the very keys that the loader reads") {
    REQUIRE(object_forms().size() == all_object_keys().size());
    for (ObjectKeys const& object : all_object_keys()) {
        INFO(object.object);
        ObjectForm const* const form = object_form(object.object);
        REQUIRE(form != nullptr);
        CHECK(form->keys.size() == object.keys.size());
        for (std::string const& key : object.keys) {
            INFO(key);
            REQUIRE(form->key(key) != nullptr);
            CHECK_FALSE(form->key(key)->description.empty());
            CHECK_FALSE(form->key(key)->ways.empty());
            bool const required =
                std::find(object.required.begin(), object.required.end(), key) != object.required.end();
            CHECK(form->key(key)->required == required);
        }
    }
}

TEST_CASE("Every value has a shape, and every object that is meant has a form") {
    for (ObjectForm const& form : object_forms())
        for (KeyForm const& key : form.keys)
            for (ValueForm const& way : key.ways) {
                INFO(form.name << "." << key.name);
                CHECK((way.shape != Shape::object || object_form(way.object) != nullptr));
                CHECK((way.shape != Shape::list || !way.inner.empty()));
                for (KeyForm::Dependent const& dependent : key.dependents)
                    CHECK(object_form(dependent.object) != nullptr);
            }
}

TEST_CASE("Shapes, words, names and defaults come from the schema") {
    CHECK(key_of("server", "open_relay").ways.front().shape == Shape::boolean);
    CHECK(key_of("server", "open_relay").default_json == "false");
    CHECK(key_of("server", "software").ways.front().words.size() == 6);
    CHECK(key_of("server", "greylist").ways.front().kind == "time");
    CHECK(key_of("server", "trusts").ways.front().inner.front().names ==
          std::vector<std::string>{"networks"});
    CHECK(key_of("server", "accounts").ways.front().shape == Shape::map);
    CHECK(key_of("server", "retry").ways.front().object == "retry");
    CHECK(key_of("person", "network").ways.front().names == std::vector<std::string>{"networks"});
    CHECK(key_of("spammer", "to").ways.size() == 3);
    CHECK(key_of("spammer", "to").ways.front().shape == Shape::list);
    CHECK(key_of("server_set", "trusts").ways.front().inner.front().names ==
          std::vector<std::string>{"networks"});
}

TEST_CASE("What holds where a key is left out is known in the way in which it would be written") {
    Parsed const scenario{R"({ "servers": { "a.example": {} }, "populations": { "town": {} },
        "changes": [ { "server": "a.example", "set": {} } ] })"};
    auto const of = [&](char const* pointer) {
        auto const place = place_at(scenario.root(), pointer);
        REQUIRE(place);
        ValueForm const* const way = way_of_default(*place);
        return way == nullptr ? std::optional<ValueForm>{} : *way;
    };
    CHECK(of("/servers/a.example/mailboxes")->words == std::vector<std::string>{"*"});
    CHECK(of("/servers/a.example/up")->shape == Shape::boolean);
    CHECK(of("/populations/town/rhythm")->words.front() == "even");
    CHECK(of("/populations/town/size")->shape == Shape::text);
    CHECK(of("/domains/exponent")->shape == Shape::number);
    CHECK_FALSE(of("/servers/a.example/handles")); // only said in words
    CHECK_FALSE(of("/changes/0/set/mailboxes"));   // it stays as it is
}

TEST_CASE("What a change sets depends on what it changes") {
    Parsed const scenario{R"({ "changes": [ { "person": "maya", "set": {} }, { "set": {} } ] })"};
    auto const person = place_at(scenario.root(), "/changes/0/set");
    REQUIRE(person);
    CHECK(person->ways.front().object == "person_set");
    auto const nobody = place_at(scenario.root(), "/changes/1/set");
    REQUIRE(nobody);
    CHECK(nobody->ways.front().object.empty());
    CHECK_FALSE(place_at(scenario.root(), "/changes/0/sett"));
    CHECK(place_at(scenario.root(), "/servers/new.example/retry/first")->key->name == "first");
}

TEST_CASE("What is added to an empty world makes a world, whatever comes first") {
    std::string text = "{\n  \"format\": 1\n}\n";
    std::vector<std::string> sections{"servers", "servers", "servers"}; // many things need one
    for (int round = 0; round < 2; ++round)
        for (KeyForm const& key : object_form("scenario")->keys)
            if (!key.ways.front().inner.empty())
                sections.push_back(key.name);
    for (std::string const& section : sections) {
        INFO(section);
        Newcomer const made = newcomer(Parsed{text}.root(), section);
        text = after(text, {made.edit});
        CHECK(find_value(Parsed{text}.document, made.pointer));
        auto const loaded = load_scenario(text);
        if (auto const* wrong = std::get_if<std::vector<Diagnostic>>(&loaded))
            FAIL_CHECK(to_line(wrong->front(), text));
    }
}

TEST_CASE("Sections have words of their own") {
    CHECK(section_words("networks") == "Places");
    CHECK(newcomer_words("mail") == "Message");
    CHECK(newcomer_words("populations") == "Population"); // as its name begins in the picture
    CHECK(thing_words({"mail", "1"}) == "Message 2");
    CHECK(thing_words({"servers", "mx.example", "retry"}) == "retry");
}
