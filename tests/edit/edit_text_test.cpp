// Changes to the text of a scenario: what is new reads as if a teacher had written it, what is old stays.
#include "catch.hpp"

#include "edit/edit_text.hpp"
#include "scenario/complaints.hpp"
#include "scenario/load.hpp"

#include <filesystem>
#include <fstream>
#include <iterator>

using namespace mailflow;

namespace {

std::string after(std::string_view text, std::vector<Edit> const& edits) {
    auto changed = edited(text, edits);
    if (auto const* trouble = std::get_if<EditTrouble>(&changed))
        FAIL(trouble->words);
    return std::get<std::string>(std::move(changed));
}

std::string trouble_with(std::string_view text, std::vector<Edit> const& edits) {
    auto const changed = edited(text, edits);
    REQUIRE(std::holds_alternative<EditTrouble>(changed));
    return std::get<EditTrouble>(changed).words;
}

constexpr std::string_view small = R"(// The traveller.
{
  "format": 1,
  "title": "T",

  "networks": {
    "home":  { "label": "Maya's home" }, // where she lives
    "hotel": { "label": "Hotel Wi-Fi" }
  },

  "servers": {
    "mail.isp.example": {
      "network": "home",
      "handles": ["isp.example"], "mailboxes": ["maya"] // two
    }
  },

  "people": {
    "maya": { "address": "m@isp.example", "network": "hotel", "outgoing": { "server": "mail.isp.example" } }
  },

  "mail": [
    { "id": "hello", "from": "maya", "to": ["leo@isp.example"] }
  ]
}
)";

/// The small scenario with one passage in another wording.
std::string small_with(std::string_view passage, std::string_view replacement) {
    std::string text{small};
    std::size_t const at = text.find(passage);
    REQUIRE(at != std::string::npos);
    return text.replace(at, passage.size(), replacement);
}

} // namespace

TEST_CASE("A value is put in the place of another, and nothing else changes") {
    CHECK(after(small, {SetValue{"/title", R"("U")"}}) == small_with(R"("title": "T")", R"("title": "U")"));
    CHECK(after(small, {SetValue{"/people/maya/network", R"("home")"}}) ==
          small_with(R"("network": "hotel")", R"("network": "home")"));
    CHECK(after(small, {SetValue{"/servers/mail.isp.example/handles/0", R"("b.example")"}}) ==
          small_with(R"(["isp.example"])", R"(["b.example"])"));
}

TEST_CASE("A new member stands where the format has it, behind the comments of the one before") {
    CHECK(after(small, {SetValue{"/servers/mail.isp.example/open_relay", "true"}}) ==
          small_with("[\"maya\"] // two\n", "[\"maya\"], // two\n      \"open_relay\": true\n"));
    CHECK(after(small, {SetValue{"/servers/mail.isp.example/software", R"("exim")"}}) ==
          small_with("\"network\": \"home\",\n", "\"network\": \"home\",\n      \"software\": \"exim\",\n"));
    CHECK(after(small, {SetValue{"/seed", "7"}}) ==
          small_with("\"title\": \"T\",\n", "\"title\": \"T\",\n  \"seed\": 7,\n"));
}

TEST_CASE("Objects on the way to a new member are made") {
    std::string const line =
        "    \"maya\": { \"address\": \"m@isp.example\", \"network\": \"hotel\", "
        "\"outgoing\": { \"server\": \"mail.isp.example\" } }\n";
    constexpr char const* lines = R"(    "maya": {
      "address": "m@isp.example",
      "network": "hotel",
      "outgoing": { "server": "mail.isp.example" },
      "incoming": { "protocol": "pop3" }
    }
)";
    CHECK(after(small, {SetValue{"/people/maya/incoming/protocol", R"("pop3")"}}) == small_with(line, lines));
}

TEST_CASE("A section that was not there gets a paragraph of its own") {
    CHECK(after(small, {SetValue{"/dns/isp.example", R"({"null_mx":true})"}}) ==
          small_with("\n  \"mail\": [", "\n  \"dns\": {\n    \"isp.example\": { \"null_mx\": true }\n  },\n"
                                        "\n  \"mail\": ["));
    CHECK(after(small, {SetValue{"/expect/-", "{}"}}) ==
          small_with("  ]\n}", "  ],\n\n  \"expect\": [\n    {}\n  ]\n}"));
}

TEST_CASE("Short members of a section stay aligned") {
    CHECK(after(small, {SetValue{"/networks/isp", R"({"label":"The provider"})"}}) ==
          small_with("{ \"label\": \"Hotel Wi-Fi\" }\n",
                     "{ \"label\": \"Hotel Wi-Fi\" },\n    \"isp\":   { \"label\": \"The provider\" }\n"));
    CHECK(after(small, {SetValue{"/networks/provider", "{}"}}) ==
          small_with(R"(    "home":  { "label": "Maya's home" }, // where she lives
    "hotel": { "label": "Hotel Wi-Fi" }
)",
                     R"(    "home":     { "label": "Maya's home" }, // where she lives
    "hotel":    { "label": "Hotel Wi-Fi" },
    "provider": {}
)"));
}

TEST_CASE("Items are added at the end of a list, and a long list is broken") {
    CHECK(after(small, {SetValue{"/servers/mail.isp.example/handles/-", R"("b.example")"}}) ==
          small_with(R"(["isp.example"])", R"(["isp.example", "b.example"])"));
    CHECK(after(small, {SetValue{"/mail/-", R"({"from":"maya","to":["a@isp.example"]})"}}) ==
          small_with("[\"leo@isp.example\"] }\n",
                     "[\"leo@isp.example\"] },\n    { \"from\": \"maya\", \"to\": [\"a@isp.example\"] }\n"));
    std::string text{small};
    for (int n = 0; n < 12; ++n)
        text = after(text, {SetValue{"/servers/mail.isp.example/mailboxes/-",
                                     "\"user-number-" + std::to_string(n) + "\""}});
    for (std::size_t at = 0; at < text.size();) {
        std::size_t const end = text.find('\n', at);
        CHECK(end - at <= 111);
        at = end + 1;
    }
    CHECK(std::holds_alternative<World>(load_scenario(text)));
}

TEST_CASE("What is removed takes its line, its comma and its own comment along") {
    CHECK(after(small, {RemoveValue{"/networks/home"}}) ==
          small_with("    \"home\":  { \"label\": \"Maya's home\" }, // where she lives\n", ""));
    CHECK(after(small, {RemoveValue{"/networks/hotel"}}) ==
          small_with("}, // where she lives\n    \"hotel\": { \"label\": \"Hotel Wi-Fi\" }\n",
                     "} // where she lives\n"));
    CHECK(after(small, {RemoveValue{"/people/maya/network"}}) == small_with(R"( "network": "hotel",)", ""));
    CHECK(after(small, {RemoveValue{"/servers/mail.isp.example/mailboxes/0"}}) ==
          small_with(R"(["maya"])", "[]"));
    CHECK(after(small, {RemoveValue{"/mail"}}) ==
          small_with(",\n\n  \"mail\": [\n    { \"id\": \"hello\", \"from\": \"maya\", \"to\": "
                     "[\"leo@isp.example\"] }\n  ]\n",
                     "\n"));
}

TEST_CASE("A thing keeps what speaks of it when it gets another name") {
    std::string const renamed = after(small, {RenameKey{"/networks/home", "house"}});
    CHECK(renamed.find("\"house\": { \"label\"") != std::string::npos);
    CHECK(renamed.find(R"("network": "house")") != std::string::npos);
    CHECK(renamed.find("\"home\"") == std::string::npos);
    std::string const server = after(small, {RenameKey{"/servers/mail.isp.example", "mx.isp.example"}});
    CHECK(server.find(R"("outgoing": { "server": "mx.isp.example" })") != std::string::npos);
    std::string const person = after(small, {RenameKey{"/people/maya", "mia"}});
    CHECK(person.find(R"("from": "mia")") != std::string::npos);
    CHECK(person.find(R"("mailboxes": ["maya"])") != std::string::npos); // not the person
    CHECK(std::holds_alternative<World>(load_scenario(person)));
}

TEST_CASE("What cannot be done is said, and nothing is done") {
    CHECK(trouble_with(small, {RemoveValue{"/networks/moon"}}) == "there is no /networks/moon to remove");
    CHECK(trouble_with(small, {RenameKey{"/networks/home", "hotel"}}) == "there is a \"hotel\" already");
    CHECK(trouble_with(small, {SetValue{"/title/x", "1"}}) == "/title has no place for \"x\"");
    CHECK(trouble_with(small, {SetValue{"/mail/7", "{}"}}) == "/mail has no place for \"7\"");
    CHECK(trouble_with("{ \"format\": 1, ", {SetValue{"/seed", "1"}}) ==
          "the file is no JSON now; mend it in a text editor first");
    CHECK_FALSE(trouble_with(small, {SetValue{"/seed", "{"}}).empty());
    CHECK_FALSE(trouble_with(small, {SetValue{"", "1"}}).empty());
}

TEST_CASE("Comments stay where they are, also in an object that has nothing else") {
    CHECK(after("{ // mine\n}", {SetValue{"/format", "1"}}) == "{ // mine\n  \"format\": 1\n}");
    CHECK(after("{\n  /* a */ \"format\": 1, /* b */ \"seed\": 2 // c\n}", {RemoveValue{"/seed"}}) ==
          "{\n  /* a */ \"format\": 1 // c\n}");
    CHECK(after("{\"format\": 1}", {SetValue{"/seed", "2"}}) == "{\n  \"format\": 1,\n  \"seed\": 2\n}");
}

TEST_CASE("Every value of every scenario of the library can be set to itself, and nothing changes") {
    for (auto const& file : std::filesystem::directory_iterator{MAILFLOW_SOURCE_DIR "/scenarios"}) {
        if (file.path().extension() != ".json")
            continue;
        std::ifstream stream{file.path()};
        std::string const text{std::istreambuf_iterator<char>{stream}, {}};
        INFO(file.path());
        Complaints none;
        auto const document = parse_document(text, none);
        REQUIRE(document);
        for (std::uint32_t n = 1; n < document->nodes.size(); ++n) {
            Value const value{*document, n};
            if (value.kind() == Kind::object || value.kind() == Kind::list)
                continue;
            INFO(value.pointer());
            CHECK(after(text, {SetValue{value.pointer(), std::string{value.written()}}}) == text);
        }
    }
}

TEST_CASE("Whatever is taken out of a scenario of the library leaves JSON that a teacher can read") {
    for (auto const& file : std::filesystem::directory_iterator{MAILFLOW_SOURCE_DIR "/scenarios"}) {
        if (file.path().extension() != ".json")
            continue;
        std::ifstream stream{file.path()};
        std::string const text{std::istreambuf_iterator<char>{stream}, {}};
        INFO(file.path());
        Complaints none;
        auto const document = parse_document(text, none);
        REQUIRE(document);
        for (std::uint32_t n = 1; n < document->nodes.size(); ++n) {
            std::string const pointer = Value{*document, n}.pointer();
            std::string const written{Value{*document, n}.written()};
            INFO(pointer);
            std::string const without = after(text, {RemoveValue{pointer}});
            Complaints found;
            CHECK(parse_document(without, found));
            CHECK(found.empty());
            CHECK(without.find("\n\n\n") == std::string::npos);
            if (Value{*document, n}.has_key()) {
                // And put in again, it means what it meant.
                std::string const again = after(without, {SetValue{pointer, written}});
                auto const before = load_scenario(text);
                auto const now = load_scenario(again);
                CHECK(before.index() == now.index());
            }
        }
    }
}
