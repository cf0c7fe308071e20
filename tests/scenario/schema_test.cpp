// The schema for editors and the loader say the same. The only file that compiles valijson: it takes long.
#include "loading.hpp"

#include "scenario/forms.hpp"

#include <nlohmann/json.hpp>
#include <valijson/adapters/nlohmann_json_adapter.hpp>
#include <valijson/schema.hpp>
#include <valijson/schema_parser.hpp>
#include <valijson/validator.hpp>

#include <filesystem>
#include <fstream>
#include <sstream>

using namespace mailflow;
using namespace mailflow::test;

namespace {

std::string text_of(std::filesystem::path const& path) {
    std::ifstream file{path};
    REQUIRE(file);
    std::stringstream text;
    text << file.rdbuf();
    return text.str();
}

nlohmann::json const& schema_document() {
    static auto const document = nlohmann::json::parse(
        text_of(std::filesystem::path{MAILFLOW_SOURCE_DIR} / "assets/scenario.schema.json"));
    return document;
}

bool schema_accepts(std::string_view text) {
    static auto const schema = [] {
        auto parsed = std::make_unique<valijson::Schema>();
        valijson::adapters::NlohmannJsonAdapter const adapter{schema_document()};
        valijson::SchemaParser{}.populateSchema(adapter, *parsed);
        return parsed;
    }();
    auto const document = nlohmann::json::parse(text, nullptr, true, true);
    valijson::adapters::NlohmannJsonAdapter const adapter{document};
    return valijson::Validator{}.validate(*schema, adapter, nullptr);
}

std::vector<std::string> sorted(std::vector<std::string> words) {
    std::sort(words.begin(), words.end());
    return words;
}

/// A scenario with the given members beside a small world.
std::string schema_case_with(std::string const& members) {
    return R"({ "format": 1, "networks": { "home": {} },
"servers": { "mail.isp.example": { "handles": ["isp.example"] } },
"people": { "maya": { "address": "maya@isp.example" } })" +
           (members.empty() ? std::string{} : ", " + members) + " }";
}

std::string with_mail(std::string const& members) {
    return schema_case_with(R"("mail": [ { "id": "a", "from": "maya", "to": "leo@isp.example")" + members +
                            " } ]");
}

std::string with_expectation(std::string const& members) {
    return schema_case_with(
        R"("mail": [ { "id": "a", "from": "maya", "to": "leo@isp.example" } ], "expect": [ { )" + members +
        " } ]");
}

std::string with_person(std::string const& members) {
    return R"({ "format": 1, "servers": { "mail.isp.example": { "handles": ["isp.example"] } },
"people": { "maya": { "address": "maya@isp.example", )" +
           members + " } } }";
}

std::string with_server(std::string const& members) {
    return R"({ "format": 1, "servers": { "a.example": { )" + members + " } } }";
}

std::string with_network(std::string const& members) {
    return R"({ "format": 1, "networks": { "home": { )" + members + " } } }";
}

std::string with_change(std::string const& members) {
    return schema_case_with(R"("changes": [ { "at": "1h", )" + members + " } ]");
}

} // namespace

TEST_CASE("The schema has the very keys that the loader reads") {
    auto const& definitions = schema_document().at("definitions");
    std::size_t objects = 0;
    for (auto const& [name, definition] : definitions.items())
        objects += definition.contains("properties") ? 1 : 0;
    CHECK(objects == all_object_keys().size());

    for (ObjectKeys const& object : all_object_keys()) {
        INFO(object.object);
        REQUIRE(definitions.contains(object.object));
        auto const& definition = definitions.at(object.object);
        std::vector<std::string> keys;
        for (auto const& [key, value] : definition.at("properties").items())
            keys.push_back(key);
        CHECK(sorted(keys) == sorted(object.keys));
        CHECK(sorted(definition.value("required", std::vector<std::string>{})) == sorted(object.required));
        CHECK(definition.at("additionalProperties") == false);
    }
}

TEST_CASE("Every key of the schema tells editors what it is for") {
    auto const& definitions = schema_document().at("definitions");
    for (auto const& [name, definition] : definitions.items())
        if (definition.contains("properties"))
            for (auto const& [key, value] : definition.at("properties").items()) {
                INFO(name << "." << key);
                CHECK(value.contains("description"));
            }
}

TEST_CASE("The schema and the loader accept the same scenarios") {
    for (
        std::string const& text :
        {std::string{R"({ "format": 1 })"},
         std::string{R"({ "$schema": "x", "format": 1 } // comment)"},
         schema_case_with(""),
         schema_case_with(R"("title": "T", "summary": "", "seed": 0, "until": "1.5h")"),
         schema_case_with(R"("lesson": {})"),
         schema_case_with(R"("spammers": { "s": { "to": "leo@isp.example",
                                 "account": { "user": "maya", "password": "p" } } })"),
         schema_case_with(R"("seed": 9223372036854775807)"),
         schema_case_with(R"("dns": { "a.example": { "mx": [] } })"),
         schema_case_with(
             R"("dns": { "a.example": { "mx": [ { "host": "b.example", "preference": 65535 } ] } })"),
         schema_case_with(
             R"("dns": { "a.example": { "null_mx": true }, "b.example": { "fails": "nxdomain" }, )"
             R"("c.example": {} })"),
         with_mail(""),
         schema_case_with(
             R"("spammers": { "s": { "to": "a@b.example" }, "t": { "to": ["a@b.example", "c@b.example"], )"
             R"("direct": true, "rate": "1.5/m", "count": 3, "start": "1h", "from": "x@y.example" } })"),
         schema_case_with(
             R"("spammers": { "s": { "name": "S", "network": "home", "through": "mail.isp.example", )"
             R"("to": { "domain": "b.example", "names": 7 } } })"),
         schema_case_with(R"("spammers": { "s": { "to": "a@b.example", "direct": false, )"
                          R"("through": "mail.isp.example" } })"),
         schema_case_with(
             R"("spammers": { "s": { "to": "a@b.example", "account": { "server": "mail.isp.example", )"
             R"("user": "u", "password": "p" } } }, "expect": [ { "spammer": "s", "outcome": "refused", )"
             R"("reason": "blocklisted", "at_least": 1, "at_most": 2 } ])"),
         schema_case_with(
             R"("blocklists": { "b.example": { "lists": ["home", "mail.isp.example", "203.0.113.9"], )"
             R"("after": 5, "for": "2h" } })"),
         with_server(R"("blocklists": ["b.example"], "max_sessions": 5)"),
         with_mail(R"(, "at": "250ms", "subject": "S\u00e9", "size": "1.5MB")"),
         schema_case_with(R"("mail": [ { "from": "maya", "to": ["a@b.example", "\"a b\"@b.example"] } ])"),
         with_expectation(R"("mail": "a", "outcome": "delivered")"),
         with_expectation(R"("mail": "a", "to": "leo@isp.example", "reason": "null-mx", "reply": "5")"),
         with_expectation(R"("mail": "a", "by": "mail.isp.example")"),
         schema_case_with(
             R"("spammers": { "p": { "probe": { "servers": ["mail.isp.example"], "to": "drop@isp.example",
              "tricks": ["percent", "bang-domain"], "rate": "1/s", "wait": "5m" } } })"),
         with_server(R"("mailboxes": "*")"),
         with_server(R"("mailboxes": ["*", "x"], "accounts": { "u": "p" })"),
         with_server(
             R"("trusts": ["192.0.2.0/24", "2001:db8::1"], "relays_for": ["b.example"], "open_relay": true)"),
         with_server(R"("software": "postfix", "handles": [])"),
         with_server(R"("handles": ["a.example"], "aliases": { "x": "y", "z": "a@b.example" })"),
         with_server(R"("smarthost": "a.example", "smarthost_account": { "user": "u", "password": "p" })"),
         with_server(R"("routes": { "b.example": "a.example" }, "max_size": "10MB", "greylist": "5m")"),
         with_server(R"("retry": {}, "up": false)"),
         with_server(R"("concurrency": 1)"),
         with_server(R"("answers": {})"),
         with_server(
             R"("answers": { "greeting": "554 5.3.2 no", "mail": "drop", "rcpt": "452 full", "times": 2 })"),
         schema_case_with(R"("dns": { "a.example": { "address": "127.0.0.1" } })"),
         with_change(R"("server": "mail.isp.example", "set": { "answers": { "content": "451 no" } })"),
         with_change(R"("dns": "a.example", "set": { "address": "127.0.0.1", "fails": null })"),
         with_server(R"("retry": { "first": "1s", "most": "1s", "give_up": "0s" })"),
         with_network(R"("blocks": [ { "port": 25 } ], "reaches": [])"),
         with_network(R"("blocks": [])"),
         with_server(R"("pop_before_smtp": "10m")"),
         with_person(R"("incoming": {})"),
         with_person(R"("incoming": { "server": "mail.isp.example", "protocol": "pop3", "port": 995 })"),
         with_person(R"("incoming": { "every": "1s" })"),
         with_person(R"("outgoing": { "web": true })"),
         with_person(R"("outgoing": { "web": false, "authenticate": false })"),
         with_person(R"("outgoing": { "web": true, "port": 443 })"),
         with_mail(R"(, "bcc": "maya@isp.example")"),
         with_mail(R"(, "bcc": ["maya@isp.example", "ada@isp.example"])"),
         with_expectation(R"("mail": "a", "fetched": false)"),
         with_change(R"("server": "mail.isp.example", "set": { "pop_before_smtp": "1h" })"),
         with_change(R"("person": "maya", "set": { "incoming": null })"),
         with_change(R"("person": "maya", "set": { "incoming": { "protocol": "imap" } })"),
         with_mail(R"(, "via": "mail.isp.example")"),
         schema_case_with(R"("dns": { "a.example": { "fails": "servfail", "ttl": "5m" } })"),
         with_expectation(R"("mail": "a", "outcome": "queued", "reason": "dns-trouble")"),
         with_change(R"("server": "mail.isp.example", "set": { "up": false, "retry": null })"),
         with_change(R"("dns": "new.example", "note": "n", "set": { "mx": [], "fails": null })"),
         with_change(R"("person": "maya", "set": { "network": "home", "outgoing": { "port": 25 } })"),
         with_change(R"("network": "home", "set": { "blocks": null, "reaches": ["home"] })")}) {
        INFO(text);
        CHECK(schema_accepts(text));
        CHECK(complaints_about(text).empty());
    }
}

TEST_CASE("The schema and the loader refuse the same scenarios") {
    for (std::string const& text :
         {std::string{"{}"},
          std::string{"[]"},
          std::string{R"({ "format": 2 })"},
          std::string{R"({ "format": "1" })"},
          schema_case_with(R"("titel": "T")"),
          schema_case_with(R"("title": "")"),
          schema_case_with(R"("title": 7)"),
          schema_case_with(R"("title": null)"),
          schema_case_with(R"("seed": -1)"),
          schema_case_with(R"("seed": "1")"),
          schema_case_with(R"("until": "5 m")"),
          schema_case_with(R"("until": 5)"),
          schema_case_with(R"("until": "-5m")"),
          schema_case_with(R"("lesson": { "steps": [] })"),
          schema_case_with(R"("lesson": 1)"),
          schema_case_with(R"("spammers": [])"),
          schema_case_with(R"("spammers": { "s": {} })"),
          schema_case_with(R"("spammers": { "s": { "to": [] } })"),
          schema_case_with(R"("spammers": { "s": { "to": "a@b.example", "direct": false } })"),
          schema_case_with(
              R"("spammers": { "s": { "to": "a@b.example", "direct": true, "through": "x.example" } })"),
          schema_case_with(
              R"("spammers": { "s": { "to": "a@b.example", "direct": 0, "through": "mail.isp.example" } })"),
          schema_case_with(R"("spammers": { "s": { "to": "a@b.example", "rate": 20 } })"),
          schema_case_with(R"("spammers": { "s": { "to": "a@b.example", "rate": "20/d" } })"),
          schema_case_with(R"("spammers": { "s": { "to": "a@b.example", "count": 0 } })"),
          schema_case_with(R"("spammers": { "s": { "to": { "names": 5 } } })"),
          schema_case_with(
              R"("spammers": { "s": { "to": "a@b.example", "account": { "server": "mail.isp.example" } } })"),
          schema_case_with(R"("blocklists": { "a b": {} })"),
          schema_case_with(R"("blocklists": { "b.example": { "after": 0 } })"),
          schema_case_with(R"("expect": [ { "outcome": "delivered", "at_most": 0 } ])"),
          with_expectation(R"("mail": "a", "at_most": 3)"),
          with_server(R"("max_sessions": 0)"),
          schema_case_with(R"("dns": { "a b": {} })"),
          schema_case_with(R"("dns": { "a.example": { "ttl": 3600 } })"),
          schema_case_with(R"("dns": { "a.example": { "fails": "servfial" } })"),
          schema_case_with(R"("dns": { "a.example": { "fails": "timeout", "mx": [] } })"),
          schema_case_with(R"("dns": { "a.example": { "mx": [], "null_mx": true } })"),
          schema_case_with(R"("dns": { "a.example": { "fails": "nxdomain", "null_mx": true } })"),
          schema_case_with(R"("dns": { "a.example": { "mx": [ {} ] } })"),
          schema_case_with(
              R"("dns": { "a.example": { "mx": [ { "host": "b.example", "preference": 65536 } ] } })"),
          with_mail(R"(, "size": "4 kB")"),
          with_mail(R"(, "size": 4000)"),
          with_mail(R"(, "via": "a b")"),
          schema_case_with(R"("mail": [ { "to": "a@b.example" } ])"),
          schema_case_with(R"("mail": [ { "from": "maya", "to": [] } ])"),
          schema_case_with(R"("mail": [ { "from": "maya", "to": ["a@b.example", "a@b.example"] } ])"),
          schema_case_with(R"("mail": [ { "from": "maya", "to": "nowhere" } ])"),
          with_expectation(R"("mail": "a")"),
          with_expectation(R"("mail": "a", "to": "leo@isp.example")"),
          with_expectation(R"("outcome": "queued")"),
          with_expectation(R"("mail": "a", "outcome": "lost")"),
          with_expectation(R"("mail": "a", "reason": "")"),
          with_server(R"("mailboxes": "x")"),
          with_server(R"("mailboxes": [""])"),
          with_server(R"("handles": "x")"),
          with_server(R"("handles": ["a..b"])"),
          with_server(R"("software": "postfx")"),
          with_server(R"("open_relay": "no")"),
          with_server(R"("accounts": { "u": "" })"),
          with_server(R"("accounts": ["u"])"),
          with_server(R"("trusts": ["a\nb"])"),
          with_server(R"("aliases": ["x"])"),
          with_server(R"("aliases": { "*": "a@b.example" })"),
          with_server(R"("smarthost": "a.example", "smarthost_account": { "user": "u" })"),
          with_server(R"("routes": { "a b": "a.example" })"),
          with_server(R"("max_size": 10)"),
          with_server(R"("greylist": 5)"),
          with_server(R"("retry": { "last": "1h" })"),
          with_server(R"("concurrency": 0)"),
          with_server(R"("answers": "550 no")"),
          with_server(R"("answers": { "rcpt": "250 ok" })"),
          with_server(R"("answers": { "rcpt": "no" })"),
          with_server(R"("answers": { "helo": "550 no" })"),
          with_server(R"("answers": { "rcpt": "550 no", "times": 0 })"),
          schema_case_with(R"("dns": { "a.example": { "address": "a b" } })"),
          with_server(R"("up": null)"),
          with_network(R"("blocks": [ 25 ])"),
          with_network(R"("blocks": [ {} ])"),
          with_network(R"("blocks": [ { "port": 0 } ])"),
          with_network(R"("reaches": "home")"),
          with_change(R"("set": { "up": false })"),
          with_change(R"("server": "mail.isp.example")"),
          with_change(R"("server": "mail.isp.example", "set": {})"),
          with_change(R"("server": "mail.isp.example", "set": { "network": "home" })"),
          with_change(R"("server": "mail.isp.example", "set": { "software": null })"),
          with_change(R"("server": "mail.isp.example", "set": { "pop_before_smtp": 5 })"),
          with_server(R"("pop_before_smtp": true)"),
          with_person(R"("incoming": "imap")"),
          with_person(R"("incoming": { "protocol": "pop" })"),
          with_person(R"("incoming": { "password": "x" })"),
          with_person(R"("incoming": { "every": 10 })"),
          with_person(R"("outgoing": { "web": "yes" })"),
          with_person(R"("outgoing": { "web": true, "authenticate": false })"),
          with_person(R"("outgoing": { "web": true, "port": 587 })"),
          with_mail(R"(, "bcc": [])"),
          with_mail(R"(, "bcc": "nowhere")"),
          with_expectation(R"("mail": "a", "fetched": "yes")"),
          with_change(R"("server": "mail.isp.example", "dns": "a.example", "set": { "up": true })"),
          with_change(R"("dns": "a.example", "set": { "up": true })"),
          with_change(R"("dns": "a.example", "set": { "mx": [], "null_mx": true })"),
          with_change(R"("person": "maya", "set": { "address": "a@b.example" })"),
          with_change(R"("network": "home", "set": { "range": "192.0.2.0/24" })"),
          schema_case_with(R"("changes": [ { "server": "mail.isp.example", "set": { "up": true } } ])"),
          schema_case_with(R"("changes": {})"),
          std::string{R"({ "format": 1, "servers": { "a_b": {} } })"},
          std::string{R"({ "format": 1, "people": { "p": {} } })"},
          std::string{R"({ "format": 1, "people": { "p": { "address": "a b" } } })"},
          std::string{R"({ "format": 1, "networks": { "n": { "range": "home" } } })"}}) {
        INFO(text);
        CHECK_FALSE(schema_accepts(text));
        CHECK_FALSE(complaints_about(text).empty());
    }
}

TEST_CASE("The scenarios that come with mailflow load, are valid by the schema, and tell what they expect") {
    std::size_t count = 0;
    for (auto const& entry :
         std::filesystem::directory_iterator{std::filesystem::path{MAILFLOW_SOURCE_DIR} / "scenarios"}) {
        if (entry.path().extension() != ".json")
            continue;
        ++count;
        INFO(entry.path().string());
        std::string const text = text_of(entry.path());
        CHECK(complaints_about(text).empty());
        CHECK(schema_accepts(text));
        World const world = world_of(text);
        CHECK(world.title != "Untitled");
        CHECK_FALSE(world.summary.empty());
        for (std::size_t m = 0; m < world.mail.size(); ++m)
            for (AddressId const to : world.mail[world.mail.id_at(m)].to)
                CHECK(std::any_of(world.expectations.begin(), world.expectations.end(),
                                  [&](Expectation const& e) {
                                      return e.mail == world.mail.id_at(m) && (!e.to.valid() || e.to == to) &&
                                             e.outcome.has_value();
                                  }));
    }
    CHECK(count >= 7);
}
