// Whatever is done to the text of a scenario, the loader answers: with a world, or with complaints about
// places that are in the text.
#include "loading.hpp"

#include "base/random.hpp"

#include <fmt/format.h>

#include <algorithm>

using namespace mailflow;
using namespace mailflow::test;

namespace {

std::string const sound_text = R"({ // comment
  "format": 1, "title": "Caf\u00e9 é \ud83d\ude00", "seed": 12, "until": "1.5h",
  "networks": { "home": { "range": "192.0.2.0/28", "latency": "5ms" },
                "hotel": { "blocks": [ { "port": 25 } ], "reaches": [ "home" ] } },
  "servers": {
    "mail.isp.example": { "handles": ["isp.example"], "mailboxes": ["maya", "*"], "accounts": { "maya": "x" },
                          "trusts": ["home", "2001:db8::/64"], "relays_for": ["p.example"],
                          "open_relay": false, "aliases": { "post": "maya", "x": "leo@a.example" },
                          "smarthost": "relay.example", "routes": { "p.example": "relay.example" },
                          "smarthost_account": { "user": "u", "password": "p" }, "max_size": "1MB",
                          "greylist": "5m", "retry": { "first": "1m", "most": "1h", "warn": "4h" } },
    "relay.example": { "up": false }
  },
  "people": { "maya": { "address": "maya@isp.example", "network": "hotel", "outgoing": { "port": 25 } } },
  "dns": { "a.example": { "mx": [ { "host": "mail.isp.example", "preference": 5 } ] },
           "b.example": { "null_mx": true }, "c.example": { "fails": "timeout", "ttl": "5m" } },
  /* another */
  "mail": [ { "from": "maya", "to": ["leo@a.example", "\"q\\\" x\"@b.example"], "size": "1kB", "at": "1s",
              "via": "relay.example" } ],
  "changes": [ { "at": "1h", "server": "mail.isp.example", "set": { "smarthost": null,
                 "smarthost_account": null },
                 "note": "n" },
               { "at": "30m", "dns": "c.example", "set": { "fails": null,
                 "mx": [ { "host": "relay.example" } ] } },
               { "at": "1h", "person": "maya", "set": { "network": null } },
               { "at": "80m", "network": "hotel", "set": { "blocks": [], "latency": "1s" } } ],
  "expect": [ { "mail": "mail-1", "to": "leo@a.example", "outcome": "bounced", "reason": "unknown-user" } ]
})";

void check_answer(std::string const& text) {
    auto const loaded = load_scenario(text);
    auto const* diagnostics = std::get_if<std::vector<Diagnostic>>(&loaded);
    if (!diagnostics)
        return;
    auto const lines = 1 + static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n'));
    bool sound = !diagnostics->empty();
    for (std::size_t n = 0; n < diagnostics->size(); ++n) {
        Diagnostic const& diagnostic = (*diagnostics)[n];
        sound = sound && diagnostic.line >= 1 && diagnostic.line <= lines && diagnostic.column >= 1 &&
                diagnostic.column <= text.size() + 1 && !diagnostic.what.empty();
        sound = sound && (n == 0 || (*diagnostics)[n - 1].line <= diagnostic.line);
    }
    INFO(text);
    if (!sound)
        FAIL("a complaint without words, or about a place outside the text");
}

} // namespace

TEST_CASE("The scenario that is spoilt below is sound to begin with") {
    CHECK(complaints_about(sound_text).empty());
}

TEST_CASE("Every scenario that stops in the middle gets a complaint") {
    for (std::size_t length = 0; length < sound_text.size(); ++length) {
        std::string const text = sound_text.substr(0, length);
        check_answer(text);
        if (complaints_about(text).size() != 1)
            FAIL("not one complaint about: " << text);
    }
}

TEST_CASE("A scenario with characters spoilt at random gets an answer") {
    RandomStream chance{2026, 1};
    std::string_view const alphabet = "{}[]:,\"'\\/*0123456789-+.eE truefalsn\n\r\t\xc3\xa9\x80\xff@%";
    for (int round = 0; round < 4000; ++round) {
        std::string text = sound_text;
        for (std::uint64_t changes = 1 + chance.below(4); changes > 0; --changes) {
            auto const at = static_cast<std::size_t>(chance.below(text.size()));
            char const c = alphabet[static_cast<std::size_t>(chance.below(alphabet.size()))];
            switch (chance.below(3)) {
            case 0: text[at] = c; break;
            case 1: text.insert(at, 1, c); break;
            default: text.erase(at, 1 + static_cast<std::size_t>(chance.below(6)));
            }
        }
        check_answer(text);
    }
}

TEST_CASE("A scenario with every value exchanged for every kind of value gets an answer") {
    std::vector<std::string> const values{"null",
                                          "true",
                                          "-7",
                                          "1e3",
                                          "\"\"",
                                          "\"*\"",
                                          "[]",
                                          "{}",
                                          "[[[]]]",
                                          R"({ "": { "": [] } })",
                                          R"(["a", 1, {}, null])"};
    for (std::size_t colon = sound_text.find(": "); colon != std::string::npos;
         colon = sound_text.find(": ", colon + 1)) {
        std::size_t const start = colon + 2;
        // The end of a value: where brackets and quotes are balanced.
        std::size_t end = start;
        int depth = 0;
        bool quoted = false;
        for (; end < sound_text.size(); ++end) {
            char const c = sound_text[end];
            if (c == '"' && sound_text[end - 1] != '\\')
                quoted = !quoted;
            if (quoted)
                continue;
            if ((c == ',' || c == '}' || c == ']') && depth == 0)
                break;
            depth += c == '{' || c == '[' ? 1 : c == '}' || c == ']' ? -1 : 0;
        }
        for (std::string const& value : values)
            check_answer(sound_text.substr(0, start) + value + sound_text.substr(end));
    }
}

TEST_CASE("A world with ten thousand changes loads") {
    std::string servers;
    std::string changes;
    for (int n = 0; n < 5000; ++n) {
        std::string const comma = n > 0 ? "," : "";
        servers += fmt::format("{}\"mx{}.example\":{{}}", comma, n);
        changes += fmt::format(R"({}{{"at":"{}s","server":"mx{}.example","set":{{"up":false}}}},)", comma,
                               5000 - n, n);
        changes += fmt::format(R"({{"at":"{}s","dns":"mx{}.example","set":{{"ttl":"1m"}}}})", n, n);
    }
    World const world =
        world_of(fmt::format(R"({{"format":1,"servers":{{{}}},"changes":[{}]}})", servers, changes));
    REQUIRE(world.changes.size() == 10'000);
    for (std::uint32_t n = 1; n < 10'000; ++n)
        if (world.changes[ChangeId{n}].at < world.changes[ChangeId{n - 1}].at)
            FAIL("the changes are not in the order of time");
}

TEST_CASE("A world of ten thousand machines loads") {
    std::string servers;
    std::string people;
    std::string mail;
    for (int n = 0; n < 5000; ++n) {
        std::string const comma = n > 0 ? "," : "";
        servers += fmt::format("{}\"mx{}.example\":{{\"handles\":[\"d{}.example\"]}}", comma, n, n);
        people += fmt::format("{}\"p{}\":{{\"address\":\"a@d{}.example\"}}", comma, n, n);
        mail += fmt::format("{}{{\"from\":\"p{}\",\"to\":\"b@d{}.example\"}}", comma, n, 4999 - n);
    }
    World const world = world_of(
        fmt::format(R"({{"format":1,"servers":{{{}}},"people":{{{}}},"mail":[{}]}})", servers, people, mail));
    CHECK(world.hosts.size() == 10'000);
    CHECK(world.networks.size() == 10'000);
    CHECK(world.mail.size() == 5000);
}
