// Whatever belongs to the scenario format and is not played yet is refused as such, wherever it stands.
#include "loading.hpp"

#include "scenario/forms.hpp"

#include <fmt/format.h>

#include <map>

using namespace mailflow;
using namespace mailflow::test;

namespace {

/// A scenario that loads, where %...% marks the place for one more member of each kind of object.
std::string const marked = R"({
"format": 1 %scenario%,
"networks": { "home": { "blocks": [ { "port": 25 %block% } ] %network% } },
"servers": { "mail.isp.example": { "handles": ["isp.example"] %server% },
             "relay.example": { "smarthost": "mail.isp.example", "retry": { "first": "1m" %retry% },
                                "answers": { "times": 1 %answers% },
                                "smarthost_account": { "user": "u", "password": "p" %account% } } },
"people": { "maya": { "address": "maya@isp.example", "outgoing": { "port": 587 %outgoing% },
             "incoming": { "every": "1h" %incoming% } %person% } },
"dns": { "shop.example": { "ttl": "1h" %dns% },
         "far.example": { "mx": [ { "host": "mx.far.example" %mx% } ] } },
"mail": [ { "from": "maya", "to": "leo@shop.example" %mail% } ],
"spammers": { "a": { "to": "leo@shop.example" %spammer% },
              "b": { "to": { "domain": "shop.example" %guess% },
                     "account": { "server": "mail.isp.example", "user": "u", "password": "p"
                                  %stolen_account% } },
              "c": { "probe": { "servers": ["relay.example"], "to": "drop@isp.example" %probe% } } },
"domains": { "count": 1 %domains% },
"populations": { "town": { "server": "mail.isp.example", "size": { "median": "1kB" %mail_size% }
                           %population% } },
"blocklists": { "dnsbl.example": { "after": 5 %blocklist% } },
"changes": [ { "at": "1h", "network": "home", "set": { "latency": "1s" %network_set% } %change% },
             { "at": "1h", "server": "relay.example", "set": { "up": false %server_set% } },
             { "at": "1h", "dns": "shop.example", "set": { "ttl": null %dns_set% } },
             { "at": "1h", "person": "maya", "set": { "network": "home" %person_set% } } ],
"expect": [ { "mail": "mail-1", "reason": "null-mx" %expectation% } ]
})";

std::string const not_yet =
    "belongs to the scenario format, but this version of mailflow does not play it yet";

/// The scenario with the member in one kind of object, and without the marks.
std::string with_member(std::string const& object, std::string const& member) {
    std::string text = marked;
    for (ObjectKeys const& keys : all_object_keys()) {
        std::string const mark = " %" + keys.object + "%";
        std::size_t const at = text.find(mark);
        REQUIRE(at != std::string::npos);
        text.replace(at, mark.size(), keys.object == object ? ", " + member : "");
    }
    return text;
}

} // namespace

TEST_CASE("Every key of the format that is not built yet is refused with a clear word") {
    CHECK(complaints_about(with_member("", "")).empty());
    std::size_t keys_tried = 0;
    for (ObjectKeys const& object : all_object_keys()) {
        for (std::string const& key : object.not_built) {
            ++keys_tried;
            std::string const text = with_member(object.object, fmt::format("\"{}\": 1", key));
            INFO(text);
            auto const complaints = complaints_about(text);
            REQUIRE(complaints.size() == 1);
            CHECK(complaints[0].ends_with(fmt::format("{0}: \"{0}\" {1}; remove it", key, not_yet)));
        }
    }
    CHECK(keys_tried == 1);
}

TEST_CASE("Every key of the whole format is either built or refused as not built") {
    // The keys of the contract, by object.
    std::map<std::string, std::vector<std::string>> const format{
        {"scenario",
         {"format", "title", "summary", "seed", "until", "networks", "servers", "people", "spammers",
          "populations", "domains", "blocklists", "dns", "mail", "changes", "expect", "lesson"}},
        {"network", {"label", "range", "latency", "blocks", "reaches", "up", "at"}},
        {"block", {"port"}},
        {"account", {"user", "password"}},
        {"retry", {"first", "most", "give_up", "warn"}},
        {"answers", {"greeting", "mail", "rcpt", "content", "times"}},
        {"change", {"at", "server", "dns", "person", "network", "set", "note"}},
        {"server",
         {"network",         "software",   "handles",    "mailboxes",  "aliases",      "accounts",
          "trusts",          "relays_for", "open_relay", "smarthost",  "routes",       "smarthost_account",
          "pop_before_smtp", "max_size",   "greylist",   "blocklists", "max_sessions", "retry",
          "concurrency",     "answers",    "up",         "at"}},
        {"person", {"name", "address", "network", "password", "outgoing", "incoming", "at"}},
        {"spammer",
         {"name", "network", "through", "direct", "account", "probe", "from", "to", "rate", "count", "start",
          "at"}},
        {"probe", {"servers", "to", "tricks", "rate", "wait"}},
        {"stolen_account", {"server", "user", "password"}},
        {"guess", {"domain", "names"}},
        {"blocklist", {"lists", "after", "for"}},
        {"population",
         {"name", "network", "server", "people", "mail_per_day", "rhythm", "size", "mistyped", "unknown",
          "without_login", "spam", "to", "start", "end", "at_most"}},
        {"mail_size", {"median", "spread"}},
        {"domains", {"count", "people", "sizes", "exponent", "name", "network", "software"}},
        {"outgoing", {"server", "port", "authenticate", "web"}},
        {"incoming", {"server", "protocol", "port", "every"}},
        {"dns", {"mx", "ttl", "null_mx", "fails", "address", "ptr"}},
        {"mx", {"host", "preference"}},
        {"mail", {"id", "at", "from", "to", "bcc", "subject", "size", "via"}},
        {"server_set",
         {"handles", "mailboxes", "aliases", "accounts", "trusts", "relays_for", "open_relay", "smarthost",
          "routes", "smarthost_account", "pop_before_smtp", "max_size", "greylist", "blocklists",
          "max_sessions", "retry", "concurrency", "answers", "up"}},
        {"dns_set", {"mx", "ttl", "null_mx", "fails", "address", "ptr"}},
        {"person_set", {"network", "password", "outgoing", "incoming"}},
        {"network_set", {"latency", "blocks", "reaches", "up"}},
        {"expectation",
         {"mail", "spammer", "population", "to", "outcome", "reason", "by", "reply", "at_least", "at_most",
          "fetched"}},
    };
    for (ObjectKeys const& object : all_object_keys()) {
        INFO(object.object);
        std::vector<std::string> known = object.keys;
        known.insert(known.end(), object.not_built.begin(), object.not_built.end());
        std::erase(known, "$schema");
        std::sort(known.begin(), known.end());
        std::vector<std::string> expected = format.at(object.object);
        std::sort(expected.begin(), expected.end());
        CHECK(known == expected);
    }
}

TEST_CASE("A software that nobody knows is refused with the nearest one") {
    CHECK(complaints_about(with_member("server", "\"software\": \"postfx\"")) ==
          std::vector<std::string>{
              "4:76: /servers/mail.isp.example/software: \"postfx\" is none of the words for "
              "\"software\"; did you mean \"postfix\"?"});
}
