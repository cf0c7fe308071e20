// What the choices of a form show, and what pressing one of them does.
#include "change_stage.hpp"

using namespace mailflow;
using namespace mailflow::viz;

namespace {

constexpr char const* relay = "/servers/mx1.shop.example";

/// Whether the button is the one that is lit.
bool is_lit(ChangeStage& stage, std::string const& name) {
    stage.reveal(name);
    stage.mouse_away();
    stage.frames(2);
    Rect const button = stage.widget(name);
    return count_pixels(stage.picture(), button.inset(2), blue_rgb) >
           static_cast<int>(button.w * button.h * 0.3F);
}

void show_form(ChangeStage& stage, std::string const& thing) {
    stage.app.carry_out(SetMode{Mode::build});
    stage.app.carry_out(WorkIntent{ShowThing{thing}});
    stage.frames(3);
}

/// A world of one's own, saved and opened.
void open_text(ChangeStage& stage, std::string const& text) {
    write(stage.file, text);
    REQUIRE(stage.app.open_file(stage.file.string()).empty());
    REQUIRE(stage.app.work().diagnostics().empty());
    stage.frames(3);
}

} // namespace

TEST_CASE("A switch that is so already changes nothing when it is pressed") {
    ChangeStage stage{denied};
    stage.key(Key::i);
    stage.frames(2);
    stage.click("machine:mx1.shop.example");
    std::string const before = stage.text();
    stage.press(std::string{"set:"} + relay + "/open_relay=false");
    stage.press(std::string{"set:"} + relay + "/up=true");
    stage.press(std::string{"set:"} + relay + "/software=postfix");
    stage.frames(2);
    CHECK(stage.text() == before);
    CHECK_FALSE(stage.app.work().is_changed());
    CHECK_FALSE(stage.app.view().work.comparing);
    CHECK(stage.app.title().find("•") == std::string::npos);
    stage.press("all things");
    stage.press("thing:/people/maya");
    stage.press("set:/people/maya/network=hotel"); // where she is
    CHECK(stage.text() == before);
}

TEST_CASE("A switch that was pressed twice is taken back at once") {
    ChangeStage stage{denied};
    stage.key(Key::i);
    stage.frames(2);
    stage.click("machine:mx1.shop.example");
    stage.press(std::string{"set:"} + relay + "/open_relay=true");
    stage.press(std::string{"set:"} + relay + "/open_relay=true");
    CHECK(stage.app.work().is_changed());
    stage.key(Key::z, control);
    CHECK_FALSE(stage.app.work().is_changed());
}

TEST_CASE("A choice shows what holds where its key is left out") {
    ChangeStage stage{denied};
    open_text(stage, R"({ "format": 1, "title": "Choices",
        "servers": { "mail.isp.example": { "handles": ["isp.example"] } },
        "domains": { "count": 3 },
        "people": { "maya": { "address": "maya@isp.example" } },
        "populations": { "town": { "server": "mail.isp.example", "people": 5 } },
        "mail": [ { "id": "one", "from": "maya", "to": ["maya@isp.example"] } ],
        "expect": [ { "mail": "one", "outcome": "delivered" } ],
        "changes": [ { "at": "1m", "server": "mail.isp.example", "set": { "greylist": "5m" } } ] })");
    std::string const server = "/servers/mail.isp.example";
    show_form(stage, server);
    CHECK(is_lit(stage, "way:" + server + "/mailboxes:Every name"));
    CHECK_FALSE(is_lit(stage, "way:" + server + "/mailboxes:A list"));
    CHECK(is_lit(stage, "set:" + server + "/open_relay=false"));
    CHECK(is_lit(stage, "set:" + server + "/up=true"));
    CHECK(is_lit(stage, "set:" + server + "/software=postfix"));
    show_form(stage, "/populations/town");
    CHECK(is_lit(stage, "set:/populations/town/rhythm=even"));
    CHECK_FALSE(is_lit(stage, "way:/populations/town/rhythm:A list"));
    CHECK(is_lit(stage, "way:/populations/town/size:A single one"));
    show_form(stage, "/domains");
    CHECK(is_lit(stage, "set:/domains/sizes=zipf"));
    CHECK(is_lit(stage, "set:/domains/software=postfix"));
    // What is not said there stays as it is, or is not asked: neither yes nor no.
    show_form(stage, "/changes/0/set");
    for (std::string const value : {"open_relay=false", "open_relay=true", "up=false", "up=true"}) {
        INFO(value);
        CHECK_FALSE(is_lit(stage, "set:/changes/0/set/" + value));
    }
    CHECK_FALSE(is_lit(stage, "way:/changes/0/set/mailboxes:A list"));
    CHECK_FALSE(is_lit(stage, "way:/changes/0/set/mailboxes:Every name"));
    show_form(stage, "/expect/0");
    CHECK_FALSE(is_lit(stage, "set:/expect/0/fetched=false"));
    CHECK_FALSE(is_lit(stage, "set:/expect/0/fetched=true"));
}

TEST_CASE("What is not said yet can be said in either way, the usual one too") {
    ChangeStage stage{"22-mailbox-full"};
    show_form(stage, "/changes/0/set");
    stage.press("set:/changes/0/set/up=true");
    CHECK(stage.says("\"up\": true"));
    stage.press("way:/changes/0/set/mailboxes:A list");
    CHECK(stage.says("\"mailboxes\": []"));
    CHECK(is_lit(stage, "way:/changes/0/set/mailboxes:A list"));
    stage.press("way:/changes/0/set/mailboxes:Every name");
    CHECK(stage.says("\"mailboxes\": \"*\""));
    CHECK(is_lit(stage, "way:/changes/0/set/mailboxes:Every name"));
}

TEST_CASE("Every name of a server's mailboxes gives way to a list, and comes back") {
    ChangeStage stage{denied};
    open_text(stage, R"({ "format": 1, "title": "Names",
        "servers": { "mail.isp.example": { "handles": ["isp.example"] } } })");
    std::string const mailboxes = "/servers/mail.isp.example/mailboxes";
    show_form(stage, "/servers/mail.isp.example");
    stage.press("way:" + mailboxes + ":Every name"); // it is so already
    CHECK_FALSE(stage.app.work().is_changed());
    stage.press("way:" + mailboxes + ":A list");
    CHECK(stage.says("\"mailboxes\": []"));
    stage.fill_in("new:" + mailboxes, "leo");
    stage.press("add:" + mailboxes);
    CHECK(stage.says("\"mailboxes\": [\"leo\"]"));
    stage.press("way:" + mailboxes + ":Every name");
    CHECK(stage.says("\"mailboxes\": \"*\""));
    stage.press("remove:" + mailboxes);
    CHECK_FALSE(stage.says("mailboxes"));
    CHECK(is_lit(stage, "way:" + mailboxes + ":Every name"));
}

TEST_CASE("A choice whose value is wrong is lit nowhere, and either answer mends it") {
    ChangeStage stage{denied};
    std::string const server = "/servers/mx1.shop.example";
    stage.app.carry_out(WorkIntent{
        MakeEdits{{SetValue{server + "/up", "\"yes\""}, SetValue{server + "/mailboxes", "\"all\""}}, {}}});
    show_form(stage, server);
    REQUIRE(stage.app.work().diagnostics().size() == 2);
    CHECK_FALSE(is_lit(stage, "set:" + server + "/up=true"));
    CHECK_FALSE(is_lit(stage, "set:" + server + "/up=false"));
    CHECK_FALSE(is_lit(stage, "way:" + server + "/mailboxes:Every name"));
    stage.press("set:" + server + "/up=true");
    stage.press("way:" + server + "/mailboxes:Every name");
    CHECK(stage.app.work().diagnostics().empty());
}

TEST_CASE("The way back from what a change sets is called as the list calls the change") {
    ChangeStage stage{"22-mailbox-full"};
    stage.key(Key::b);
    stage.frames(2);
    stage.press("thing:/changes/0");
    stage.press("open:/changes/0/set");
    CHECK(stage.app.view().work.thing == "/changes/0/set");
    CHECK(stage.shows("way:‹ 45m  Leo deletes old mail"));
    CHECK_FALSE(stage.shows("way:‹ 0"));
    stage.press("up:/changes/0");
    CHECK(stage.app.view().work.thing == "/changes/0");
    stage.app.carry_out(WorkIntent{ShowThing{"/servers/mx1.shop.example/answers"}});
    stage.frames(2);
    CHECK(stage.shows("way:‹ mx1.shop.example")); // what has a name is called by it
}
