// Building: a world from nothing, every key in a form, what is wrong said at its field.
#include "change_stage.hpp"

#include "edit/format.hpp"
#include "viz/forms/form_pen.hpp"
#include "viz/workbench/copying.hpp"

#include <cmath>

using namespace mailflow;
using namespace mailflow::viz;

namespace {

/// A scenario that has one of everything.
constexpr char const* everything = R"({
  "format": 1,
  "networks": { "home": { "blocks": [ { "port": 25 } ] } },
  "servers": {
    "mail.isp.example": { "handles": ["isp.example"], "accounts": { "maya": "x" } },
    "mx.shop.example":  { "handles": ["shop.example"] }
  },
  "people": { "maya": { "address": "maya@isp.example" } },
  "spammers": {
    "bulk": { "to": { "domain": "shop.example", "names": 3 }, "count": 3 },
    "seeker": { "count": 1, "probe": { "servers": ["mail.isp.example"], "to": "maya@isp.example" } }
  },
  "populations": {
    "crowd": { "server": "mail.isp.example", "people": 2, "at_most": 1, "size": { "median": "4kB" } }
  },
  "domains": { "count": 1 },
  "blocklists": { "dnsbl.example": {} },
  "dns": { "new.example": { "mx": [ { "host": "mx.shop.example" } ] } },
  "mail": [ { "id": "hello", "from": "maya", "to": ["leo@shop.example"] } ],
  "changes": [
    { "at": "1h", "server": "mx.shop.example", "set": { "up": false } },
    { "at": "1h", "dns": "shop.example", "set": { "null_mx": true } },
    { "at": "1h", "person": "maya", "set": { "network": "home" } },
    { "at": "1h", "network": "home", "set": { "latency": "20ms" } }
  ],
  "expect": [ { "mail": "hello", "outcome": "delivered" } ]
}
)";

/// Whether something is drawn in which the value at the pointer is set, chosen or opened.
bool has_control(ChangeStage const& stage, std::string const& pointer) {
    for (auto const& [name, rect] : stage.app.drawn().widgets) {
        std::size_t const at = name.find(":" + pointer);
        if (at == std::string::npos)
            continue;
        std::string const rest = name.substr(at + 1 + pointer.size());
        if (rest.empty() || rest.front() == '=' || rest.front() == '/' || rest.front() == ':')
            return true;
    }
    return false;
}

} // namespace

TEST_CASE("A world is built from nothing") {
    ChangeStage stage{"02-relaying-denied"};
    stage.event(KeyPressed{Key::n, {false, true}});
    CHECK(stage.app.view().mode == Mode::build);
    stage.frames(2);
    stage.press("add:/servers");
    stage.press("add:/networks");
    stage.press("add:/people");
    stage.press("add:/spammers");
    stage.press("add:/mail");
    CHECK(stage.app.work().diagnostics().empty());
    CHECK(stage.app.world().servers.size() == 1);
    CHECK(stage.app.world().people.size() == 1);
    CHECK(stage.app.world().mail.size() == 1);
    CHECK(stage.app.world().spammers.size() == 1);
    CHECK(stage.app.view().work.thing == "/mail/0");
    CHECK(stage.text() == R"({
  "format": 1,
  "title": "A new world",

  "networks": {
    "place": {}
  },

  "servers": {
    "mail.isp.example": { "handles": ["isp.example"] }
  },

  "people": {
    "maya": { "address": "maya@isp.example" }
  },

  "spammers": {
    "bulk": { "to": ["someone@isp.example"], "count": 10 }
  },

  "mail": [
    { "from": "maya", "to": ["someone@isp.example"] }
  ]
}
)");
    stage.fill_in("field:/mail/0/subject", "Hello");
    CHECK(stage.says("\"subject\": \"Hello\""));
    // It is connected: the person stands in the new place.
    stage.press("thing:/people/maya");
    stage.press("set:/people/maya/network=place");
    CHECK(stage.says("\"maya\": { \"address\": \"maya@isp.example\", \"network\": \"place\" }"));
}

TEST_CASE("What is added waits for its name: it can be typed at once, and the picture has it") {
    ChangeStage stage{"02-relaying-denied"};
    stage.event(KeyPressed{Key::n, {false, true}});
    stage.frames(2);
    stage.press("add:/networks");
    stage.frames(3);
    stage.type("School");
    stage.key(Key::enter);
    stage.frames(3);
    CHECK(stage.app.view().card == Card::none); // no letter of it was a key
    CHECK(stage.app.view().work.thing == "/networks/School");
    REQUIRE(stage.app.world().networks.size() == 1);
    CHECK(stage.app.world().networks[NetworkId{0}].label == "School");
}

TEST_CASE("Undo and redo keep to the form of the thing while it is there, and come back to it") {
    ChangeStage stage{"02-relaying-denied"};
    auto const thing = [&] { return stage.app.view().work.thing; };
    stage.click("mode:build");
    stage.press("thing:/people/maya");
    stage.press("add:/populations");
    REQUIRE(thing() == "/populations/town");
    stage.click("undo");
    CHECK(thing() == "/people/maya"); // as before
    stage.click("redo");
    CHECK(thing() == "/populations/town");
    stage.press("set:/populations/town/server=mx1.shop.example");
    stage.click("undo");
    CHECK(thing() == "/populations/town");
    stage.click("undo");
    stage.press("thing:/servers/mx1.shop.example");
    stage.click("redo");
    CHECK(thing() == "/servers/mx1.shop.example"); // somebody has gone on
    // What was removed has its form again as soon as it is there again.
    stage.press("thing:/populations/town");
    stage.press("remove:/populations/town");
    CHECK(thing().empty());
    stage.click("undo");
    CHECK(thing() == "/populations/town");
}

TEST_CASE("Every key of the format can be changed in a form") {
    ChangeStage stage{"02-relaying-denied"};
    write(stage.file, everything);
    REQUIRE(stage.app.open_file(stage.file.string()).empty());
    REQUIRE(stage.app.work().diagnostics().empty());
    stage.click("mode:build");
    std::map<std::string, std::string> const places{
        {"scenario", ""},
        {"network", "/networks/home"},
        {"block", "/networks/home/blocks/0"},
        {"server", "/servers/mail.isp.example"},
        {"account", "/servers/mail.isp.example/smarthost_account"},
        {"retry", "/servers/mail.isp.example/retry"},
        {"answers", "/servers/mail.isp.example/answers"},
        {"person", "/people/maya"},
        {"outgoing", "/people/maya/outgoing"},
        {"incoming", "/people/maya/incoming"},
        {"spammer", "/spammers/bulk"},
        {"stolen_account", "/spammers/bulk/account"},
        {"guess", "/spammers/bulk/to"},
        {"probe", "/spammers/seeker/probe"},
        {"population", "/populations/crowd"},
        {"mail_size", "/populations/crowd/size"},
        {"domains", "/domains"},
        {"blocklist", "/blocklists/dnsbl.example"},
        {"dns", "/dns/new.example"},
        {"mx", "/dns/new.example/mx/0"},
        {"mail", "/mail/0"},
        {"change", "/changes/0"},
        {"server_set", "/changes/0/set"},
        {"dns_set", "/changes/1/set"},
        {"person_set", "/changes/2/set"},
        {"network_set", "/changes/3/set"},
        {"expectation", "/expect/0"}};
    for (ObjectForm const& form : object_forms()) {
        INFO(form.name);
        auto const place = places.find(form.name);
        REQUIRE(place != places.end()); // a new object of the format: say here where one stands
        stage.app.carry_out(WorkIntent{ShowThing{place->second}});
        stage.frames(2);
        for (KeyForm const& key : form.keys) {
            INFO(key.name);
            CHECK(has_control(stage, place->second + "/" + key.name));
        }
    }
}

TEST_CASE("What is wrong is said at its field while it is typed, and the last good world stays") {
    ChangeStage stage{"02-relaying-denied"};
    stage.click("mode:build");
    stage.press("thing:/people/maya");
    std::size_t const servers = stage.app.world().servers.size();
    stage.fill_in("field:/people/maya/address", "maya at nowhere");
    CHECK(stage.says(R"("address": "maya at nowhere")")); // the first mistake does not end the typing
    REQUIRE_FALSE(stage.app.work().diagnostics().empty());
    CHECK(stage.shows("wrong:/people/maya/address"));
    CHECK(stage.shows("mistakes"));
    stage.event(KeyPressed{Key::s, {true, true}});
    stage.frames(2);
    CHECK_FALSE(stage.shows("mistakes")); // the list does not lie over a sheet
    stage.key(Key::escape);
    stage.frames(2);
    CHECK(stage.shows("mistakes"));
    CHECK(stage.app.world().servers.size() == servers);
    stage.fill_in("field:/people/maya/address", "maya@isp.example");
    CHECK(stage.app.work().diagnostics().empty());
    CHECK_FALSE(stage.shows("mistakes"));
}

TEST_CASE("A text that is longer than its field is read whole below it") {
    ChangeStage stage{"47-round-and-round"};
    stage.click("mode:build");
    stage.press("thing:");
    CHECK_FALSE(stage.shows("whole:/title"));
    REQUIRE(stage.shows("whole:/summary"));
    Rect const whole = stage.shape("whole:/summary");
    Face const font = stage.ui.ink().fonts.small;
    std::string const& summary = stage.app.world().summary;
    CHECK(whole.h * whole.w > width_of(font, summary) * font.size); // all its lines
    CHECK(whole.y >= stage.widget("field:/summary").bottom());
    stage.fill_in("field:/summary", "In short.");
    CHECK_FALSE(stage.shows("whole:/summary"));
}

TEST_CASE("What is wrong with a thing is a mark of its own, not that of removing") {
    ChangeStage stage{"02-relaying-denied"};
    stage.event(KeyPressed{Key::n, {false, true}});
    stage.frames(2);
    stage.press("add:/people"); // whose server is not there yet
    stage.frames(2);
    REQUIRE_FALSE(stage.app.work().diagnostics().empty());
    CHECK(stage.shape("mistaken:/people/maya").overlaps(stage.widget("thing:/people/maya")));
    stage.press("add:/servers");
    stage.frames(2);
    REQUIRE(stage.app.work().diagnostics().empty());
    CHECK_FALSE(stage.shows("mistaken:/people/maya"));
}

TEST_CASE("Letters typed into one field are taken back together") {
    ChangeStage stage{"02-relaying-denied"};
    std::string const before = stage.text();
    stage.click("mode:build");
    stage.press("thing:");
    stage.fill_in("field:/title", "Another title");
    CHECK(stage.app.world().title == "Another title");
    stage.click("undo");
    CHECK(stage.text() == before);
}

TEST_CASE("Ctrl+Z takes back what was typed into one field when Tab has led to another") {
    ChangeStage stage{"02-relaying-denied"};
    std::string const before = stage.text();
    stage.click("mode:build");
    stage.press("thing:");
    stage.fill_in("field:/title", "Mine");
    std::string const mine = stage.text();
    for (int n = 0; n < 10 && stage.app.drawn().focus != "field:/summary"; ++n) {
        stage.key(Key::tab);
        stage.frames(3);
    }
    REQUIRE(stage.app.drawn().focus == "field:/summary");
    REQUIRE(stage.ui.wants_text());
    stage.key(Key::z, control);
    stage.frames(3);
    CHECK(stage.text() == before);
    stage.key(Key::y, control);
    stage.frames(3);
    CHECK(stage.text() == mine);
}

TEST_CASE("What is dragged to another place is kept in the scenario, in one step") {
    ChangeStage stage{"02-relaying-denied"};
    std::string const before = stage.text();
    Point const from = stage.widget("machine:mail.isp.example").centre();
    stage.event(MouseMoved{from});
    stage.event(MousePressed{from});
    for (int n = 1; n <= 10; ++n)
        stage.event(
            MouseMoved{{from.x + 3.0F * static_cast<float>(n), from.y + 4.0F * static_cast<float>(n)}});
    CHECK(stage.text() == before); // the hand has not let go yet
    stage.event(MouseReleased{{from.x + 30, from.y + 40}});
    stage.frames(3);
    CHECK(stage.says("\"at\": ["));
    CHECK(stage.app.view().positions.empty());
    stage.event(KeyPressed{Key::z, {false, true}});
    CHECK(stage.text() == before);
}

TEST_CASE("A place that is there by default is dragged, and written down with what it is") {
    ChangeStage stage{"02-relaying-denied"};
    fs::path const file = stage.folder / "plain.json";
    write(file,
          R"({ "format": 1, "servers": { "mail.a.example": { "handles": ["a.example"], "mailboxes": ["ann"] },
        "mx.b.example": { "handles": ["b.example"], "mailboxes": ["bob"] } },
      "people": { "ann": { "address": "ann@a.example" } },
      "mail": [ { "from": "ann", "to": ["bob@b.example"] } ] })");
    REQUIRE(stage.app.open_file(file.string()).empty());
    stage.frames(3);
    auto const address = [&] {
        for (Host const& host : stage.app.world().hosts)
            if (host.name == "mx.b.example")
                return to_text(host.address);
        return std::string{};
    };
    std::string const had = address();
    Rect const box = stage.shape("place:mx.b.example");
    stage.drag({box.x + 12, box.bottom() - 6}, {box.x - 8, box.bottom() + 34});
    stage.frames(3);
    CHECK(stage.says("\"networks\": {"));
    CHECK(stage.says("\"network\": \"mx.b.example\""));
    CHECK(stage.app.view().positions.empty());
    CHECK(stage.app.work().diagnostics().empty());
    CHECK(address() == had);
    CHECK_FALSE(stage.app.work().difference()); // nothing else has changed
    Rect const put = stage.shape("place:mx.b.example");
    CHECK(std::abs(put.centre().x - box.centre().x + 20) < 3);
    stage.app.carry_out(WorkIntent{MakeEdits{{SetValue{"/seed", "9"}}, {}}});
    stage.frames(3);
    CHECK(stage.shape("place:mx.b.example") == put); // also in the next run
}

TEST_CASE("Tab goes from control to control, and Enter presses the one that it has come to") {
    ChangeStage stage{"02-relaying-denied"};
    stage.click("mode:what if");
    stage.press("thing:/servers/mail.isp.example");
    stage.frames(1);
    std::string const wanted = "set:/servers/mail.isp.example/open_relay=true";
    for (int n = 0; n < 200 && stage.app.drawn().focus != wanted; ++n) {
        stage.event(KeyPressed{Key::tab});
        stage.frames(1);
    }
    REQUIRE(stage.app.drawn().focus == wanted);
    stage.event(KeyPressed{Key::enter});
    stage.frames(2);
    CHECK(stage.policy("mail.isp.example").open_relay);
    stage.event(KeyPressed{Key::tab, {true, false}});
    stage.frames(1);
    CHECK(stage.app.drawn().focus == "set:/servers/mail.isp.example/open_relay=false");
}

TEST_CASE("Objects within objects open, and the way leads back") {
    ChangeStage stage{"02-relaying-denied"};
    stage.click("mode:build");
    stage.press("thing:/people/maya");
    stage.press("open:/people/maya/outgoing");
    CHECK(stage.app.view().work.thing == "/people/maya/outgoing");
    stage.press("set:/people/maya/outgoing/authenticate=true");
    CHECK(stage.says("\"authenticate\": true"));
    stage.press("up:/people/maya");
    CHECK(stage.app.view().work.thing == "/people/maya");
    stage.press("remove:/people/maya/outgoing");
    CHECK_FALSE(stage.says("\"outgoing\""));
}

TEST_CASE("A world without a file asks for a name when it is saved") {
    ChangeStage stage{"02-relaying-denied"};
    stage.event(KeyPressed{Key::n, {false, true}});
    stage.frames(1);
    stage.event(KeyPressed{Key::s, {false, true}});
    CHECK(stage.app.view().work.sheet == Sheet::save_as);
    CHECK_FALSE(stage.app.work().folder().path.empty()); // it says where
    CHECK(usual_title(stage.app.work()) == "A new world");
    stage.app.carry_out(WorkIntent{ShowFolder{stage.folder.string()}});
    stage.frames(2);
    stage.fill_in("save as name", "mine.json");
    stage.click("save here");
    CHECK(text_of(stage.folder / "mine.json") == stage.text());
}

TEST_CASE("What has become of a world is played at a speed at which it can be followed") {
    ChangeStage stage{"02-relaying-denied"};
    stage.event(KeyPressed{Key::n, {false, true}});
    stage.frames(2);
    stage.press("add:/servers");
    stage.press("add:/people");
    stage.press("add:/mail");
    REQUIRE(stage.app.pace().end() > Instant{});
    CHECK(stage.app.view().speed == stage.app.pace().calm_speed());
    stage.app.carry_out(ChangeSpeed{1}); // somebody has chosen it
    std::size_t const chosen = stage.app.view().speed;
    stage.press("remove:/mail/0");
    stage.frames(2);
    CHECK(stage.app.world().mail.size() == 0);
    CHECK(stage.app.view().speed == chosen);
}
