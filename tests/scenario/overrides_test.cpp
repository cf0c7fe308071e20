// --set /json/pointer=value: values put into a scenario before it is read.
#include "loading.hpp"

using namespace mailflow;
using namespace mailflow::test;

namespace {

std::string const overridden = R"({ // a comment, "with" a { quote
  "format": 1, "title": "Before /* no comment */ {",
  "servers": {
    "mail.isp.example": { "handles": ["isp.example", /* [ */ "b.example"], "retry": { "first": "1m" } },
    "a~b.example": {}
  },
  "people": { "maya": { "address": "maya@isp.example" },
              "x/y": { "address": "x@isp.example", "outgoing": {} } },
  "mail": []
})";

std::vector<Override> overrides_of(std::vector<std::string> const& texts) {
    std::vector<Override> overrides;
    for (std::string const& text : texts) {
        auto const read = parse_override(text);
        INFO(text);
        REQUIRE(std::holds_alternative<Override>(read));
        overrides.push_back(std::get<Override>(read));
    }
    return overrides;
}

std::string sound_scenario() {
    std::string text = overridden;
    text.replace(text.find("a~b"), 3, "a-b");
    return text;
}

World overridden_world(std::vector<std::string> const& texts) {
    auto loaded = load_scenario(sound_scenario(), overrides_of(texts));
    if (auto const* diagnostics = std::get_if<std::vector<Diagnostic>>(&loaded))
        FAIL(to_line(diagnostics->front(), "scenario"));
    return std::get<World>(std::move(loaded));
}

std::vector<std::string> complaints_with(std::vector<std::string> const& texts,
                                         std::string const& text = sound_scenario()) {
    auto const loaded = load_scenario(text, overrides_of(texts));
    std::vector<std::string> lines;
    if (auto const* diagnostics = std::get_if<std::vector<Diagnostic>>(&loaded))
        for (Diagnostic const& diagnostic : *diagnostics)
            lines.push_back(to_line(diagnostic, "f.json"));
    return lines;
}

} // namespace

TEST_CASE("A value that stands in the file is replaced, whatever its kind") {
    CHECK(overridden_world({"/title=After"}).title == "After");
    CHECK(overridden_world({R"(/title="Aft\u0065r")"}).title == "After");
    CHECK(overridden_world({"/summary=x", "/summary="}).summary.empty());
    World const world = overridden_world({R"(/servers/mail.isp.example/handles=["c.example", "isp.example"])",
                                          R"(/servers/mail.isp.example/retry={"first": "9m"})"});
    CHECK(policy_of(world, "mail.isp.example").handles.size() == 2);
    CHECK(world.book.find_domain("c.example"));
    CHECK_FALSE(world.book.find_domain("b.example"));
    CHECK(world.servers[ServerId{0}].retry->back_off->first == std::chrono::minutes{9});
    CHECK(world.title == "Before /* no comment */ {");
}

TEST_CASE("A member that is not there is made, in an empty object as in a full one") {
    CHECK(overridden_world({"/seed=7"}).seed == 7);
    CHECK(overridden_world({"/seed=18446744073709551615"}).seed == 18446744073709551615U);
    CHECK(policy_of(overridden_world({"/servers/mail.isp.example/open_relay=true"}), "mail.isp.example")
              .open_relay);
    CHECK(policy_of(overridden_world({"/servers/a-b.example/open_relay=true"}), "a-b.example").open_relay);
    CHECK(overridden_world({R"(/networks={"home": {}})"}).networks.size() >
          overridden_world({}).networks.size());
}

TEST_CASE("Items of lists are counted from 0, and - stands for a new one") {
    CHECK(overridden_world({"/servers/mail.isp.example/handles/1=c.example"}).book.find_domain("c.example"));
    World const world =
        overridden_world({R"(/mail/-={"from": "maya", "to": "leo@isp.example"})",
                          R"(/mail/-={"from": "x/y", "to": "leo@b.example", "subject": "Second"})"});
    REQUIRE(world.mail.size() == 2);
    CHECK(world.mail[MailId{1}].subject == "Second");
    CHECK(world.mail[MailId{0}].subject == "Hello");
}

TEST_CASE("Later overrides win, and may go into what earlier ones have put in") {
    CHECK(overridden_world({"/seed=7", "/seed=8"}).seed == 8);
    CHECK(person_named(overridden_world({R"(/people/maya/outgoing={})", "/people/maya/outgoing/port=25",
                                         "/people/maya/outgoing/authenticate=false"}),
                       "maya")
              .port == 25);
}

TEST_CASE("Slash and tilde in keys are written as RFC 6901 has them") {
    CHECK(person_named(overridden_world({"/people/x~1y/outgoing/port=465"}), "x/y").port == 465);
    CHECK(complaints_with({"/servers/a~0b.example/open_relay=true"}, overridden) ==
          std::vector<std::string>{"f.json:5:5: /servers/a~0b.example: \"a~b.example\" is no host name; a "
                                   "server is named like mail.isp.example"});
    CHECK(complaints_with({"/servers/a~b/open_relay=true"}) ==
          std::vector<std::string>{"--set /servers/a~b/open_relay: ~ stands for ~0 or ~1 only; write ~0 for "
                                   "~ and ~1 for /"});
}

TEST_CASE("A pointer that leads nowhere is told what was meant") {
    CHECK(complaints_with({"/servers/mail.ips.example/open_relay=true"}) ==
          std::vector<std::string>{"--set /servers/mail.ips.example/open_relay: there is no "
                                   "/servers/mail.ips.example; did you mean \"mail.isp.example\"?"});
    CHECK(
        complaints_with({"/people/maya/outgoing/server=a-b.example"}) ==
        std::vector<std::string>{R"(--set /people/maya/outgoing/server: there is no /people/maya/outgoing; )"
                                 R"(make it: /people/maya/outgoing={"server": "a-b.example"})"});
    CHECK(
        complaints_with({"/servers/mail.isp.example/handles/2=c.example"}) ==
        std::vector<std::string>{"--set /servers/mail.isp.example/handles/2: the list has 2 items; they are "
                                 "numbered from 0; - stands for the place behind the last"});
    CHECK(complaints_with({"/servers/mail.isp.example/handles/01=c.example"}).size() == 1);
    CHECK(
        complaints_with({"/title/x=c"}) ==
        std::vector<std::string>{"--set /title/x: nothing can be put into a value that is neither an object "
                                 "nor a list"});
}

TEST_CASE("What is wrong with a value that was put in is said of the override, not of a line") {
    CHECK(
        complaints_with({"/servers/mail.isp.example/open_relay=yes"}) ==
        std::vector<std::string>{"--set /servers/mail.isp.example/open_relay: \"open_relay\" must be true or "
                                 "false, not a text"});
    CHECK(
        complaints_with({"/servers/mail.isp.example/open_rely=true"}) ==
        std::vector<std::string>{"--set /servers/mail.isp.example/open_rely: unknown key \"open_rely\"; did "
                                 "you mean \"open_relay\"?"});
    CHECK(complaints_with({R"(/people/maya={"address": "m@isp.example", "network": "home"})"}) ==
          std::vector<std::string>{"--set /people/maya: /people/maya/network: there is no network \"home\""});
    CHECK(complaints_with({R"(/people/maya={"address":)"}) ==
          std::vector<std::string>{
              "--set /people/maya: column 12 of the value: the file ends before the object "
              "that was opened in line 1 is closed; add the missing }"});
    CHECK(complaints_with({"/title=\xff"}) == std::vector<std::string>{"--set /title: this is not UTF-8"});
}

TEST_CASE("What is wrong elsewhere keeps its line, and comes first") {
    CHECK(complaints_with({"/until=soon", "/servers/mail.isp.example/handles=[]", R"(/title="x")"}) ==
          std::vector<std::string>{
              "f.json:7:36: /people/maya/address: no server handles isp.example; name the person's server in "
              "\"outgoing\": { \"server\": ... }",
              "f.json:8:35: /people/x~1y/address: no server handles isp.example; name the person's server in "
              "\"outgoing\": { \"server\": ... }",
              "--set /until: \"until\" must be a time such as \"250ms\", \"90s\", \"5m\", \"2h\" or \"5d\""});
}

TEST_CASE("A value may hold comments and lines of its own") {
    World const world = overridden_world(
        {"/networks={ // mine\n\"home\": {} } // that is all", "/servers/a-b.example/network=home"});
    CHECK(world.networks[NetworkId{0}].name == "home");
    CHECK(complaints_with({"/networks={\n\"home\":\n{} }", "/mail=7", "/x=1"}).size() == 2);
}

TEST_CASE("null puts a key back to its default, whether it stands in the file or not") {
    CHECK_FALSE(overridden_world({"/servers/mail.isp.example/retry=null"}).servers[ServerId{0}].retry);
    auto const retry =
        overridden_world({"/servers/mail.isp.example/retry/first= null"}).servers[ServerId{0}].retry;
    CHECK((!retry || !retry->back_off));
    CHECK(overridden_world({"/seed=7", "/seed=null"}).seed == 1);
    CHECK(overridden_world({"/seed=null", "/until=null", "/people/maya/outgoing/port=null"}).seed == 1);
    CHECK_FALSE(person_named(overridden_world({"/people/x~1y/outgoing=null"}), "x/y").name.empty());
    CHECK(overridden_world({"/people/x~1y=null"}).people.size() == 1);
    CHECK(overridden_world({"/people/maya=null", "/people/x~1y=null", "/mail=null"}).people.size() == 0);
    CHECK(overridden_world({"/summary=null", "/mail=null", "/people=null", "/title=After"}).title == "After");
    // Of what a change sets it is a value.
    std::string const change = R"(/changes=[{ "at": "1h", "server": "a-b.example", "set": {} }])";
    CHECK(overridden_world({change, "/changes/0/set/open_relay=null"}).changes.size() == 1);
    CHECK(complaints_with({change, "/changes/0/set/network=null"}).size() == 1);
    CHECK(overridden_world({change, "/changes=null"}).changes.size() == 0);
}

TEST_CASE("What has no default, or is no key, cannot be put back to one") {
    CHECK(complaints_with({"/servers/mail.isp.example/greylst=null"}) ==
          std::vector<std::string>{
              "--set /servers/mail.isp.example/greylst: there is no \"greylst\" to put back "
              "to its default; did you mean \"greylist\"?"});
    CHECK(complaints_with({"/servers/mail.isp.example/handles/0=null"}) ==
          std::vector<std::string>{
              "--set /servers/mail.isp.example/handles/0: null puts a key of an object back "
              "to its default, and this is none"});
    CHECK(complaints_with({"/people/maya/outgoing/prt=null"}).size() == 1);
    CHECK(complaints_with({"/servers/mail.ips.example/greylist=null"}).size() == 1);
    std::vector<std::string> const missing = complaints_with({"/people/maya/address=null"});
    REQUIRE_FALSE(missing.empty());
    CHECK(contains(missing.front(), "\"address\" is missing"));
    CHECK(contains(complaints_with({"/seed=null", "/until=soon", "/people/maya/name=7"}).back(),
                   "/people/maya/name"));
}

TEST_CASE("What is wrong behind a key that was left out keeps its line") {
    std::string text = sound_scenario();
    text.insert(text.find("\"mail\""), "\"mal\": 1, ");
    CHECK(complaints_with({"/servers/mail.isp.example/retry=null", "/title=null"}, text) ==
          std::vector<std::string>{"f.json:9:3: /mal: unknown key \"mal\"; did you mean \"mail\"?"});
}

TEST_CASE("What is no override is told how one reads") {
    for (char const* text : {"", "=", "seed=1", "/seed", "=7"}) {
        auto const read = parse_override(text);
        REQUIRE(std::holds_alternative<std::string>(read));
        CHECK(contains(std::get<std::string>(read), "/json/pointer=value"));
    }
    CHECK(std::get<Override>(parse_override("/a=b=c")) == Override{"/a", "b=c"});
}
