// Sixty machines in a small window, and many envelopes on short roads: what can be read, and what covers
// what.
#include "stage.hpp"

#include <fmt/format.h>

#include <set>

using namespace mailflow;
using namespace mailflow::viz;

namespace {

using namespace std::chrono_literals;

/// Pupils at a school, people at home, six providers with a backup each, and shops.
std::string region() {
    std::string networks = R"("school": { "label": "School" })";
    std::string servers;
    std::string people;
    std::string mail;
    for (int i = 0; i < 6; ++i) {
        networks += fmt::format(R"(, "p{0}": {{ "label": "Provider {0}" }})", i);
        servers += fmt::format(R"("mail.isp{0}.example": {{ "handles": ["isp{0}.example"], "mailboxes": "*",
            "network": "p{0}", "trusts": ["school"] }},
            "backup.isp{0}.example": {{ "relays_for": ["isp{0}.example"], "network": "p{0}" }},)",
                               i);
    }
    for (int i = 0; i < 20; ++i)
        servers += fmt::format(R"({1}"mx.shop{0}.example": {{ "handles": ["shop{0}.example"],
            "mailboxes": "*" }})",
                               i, i == 0 ? "" : ",");
    for (int i = 0; i < 28; ++i) {
        people += fmt::format(R"({1}"pupil{0}": {{ "address": "pupil{0}@isp{2}.example", "network": "school",
            "outgoing": {{ "server": "mail.isp{2}.example", "authenticate": false }} }})",
                              i, i == 0 ? "" : ",", i % 6);
        mail += fmt::format(R"({1}{{ "at": "{2}ms", "from": "pupil{0}", "to": ["ann@shop{3}.example"] }})", i,
                            i == 0 ? "" : ",", i * 9, i % 20);
    }
    return fmt::format(
        R"({{ "format": 1, "title": "A region", "networks": {{ {} }}, "servers": {{ {} }}, "people": {{ {} }},
            "mail": [ {} ] }})",
        networks, servers, people, mail);
}

World load_region() {
    auto loaded = load_scenario(region());
    if (auto const* wrong = std::get_if<std::vector<Diagnostic>>(&loaded))
        for (Diagnostic const& diagnostic : *wrong)
            UNSCOPED_INFO(diagnostic.pointer << ": " << diagnostic.what);
    REQUIRE(std::holds_alternative<World>(loaded));
    return std::get<World>(std::move(loaded));
}

/// Everybody of forty domains is written to, a hundred times and more.
World load_forty_domains() {
    std::string servers;
    std::string to;
    std::string mail;
    for (int i = 1; i <= 40; ++i) {
        servers += fmt::format(R"(, "mx.domain{0}.example": {{ "handles": ["domain{0}.example"],
            "mailboxes": "*", "network": "far" }})",
                               i);
        to += fmt::format(R"({}"ann@domain{}.example")", i == 1 ? "" : ",", i);
    }
    for (int i = 0; i < 110; ++i)
        mail += fmt::format(R"({}{{ "at": "{}s", "from": "maya", "to": [{}] }})", i == 0 ? "" : ",", i, to);
    return world_of(fmt::format(
        R"({{ "format": 1, "title": "Forty domains", "networks": {{ "far": {{ "label": "40 domains" }} }},
            "servers": {{ "mail.isp.example": {{ "handles": ["isp.example"], "mailboxes": ["maya"] }}{} }},
            "people": {{ "maya": {{ "address": "maya@isp.example", "outgoing": {{
                "server": "mail.isp.example" }} }} }},
            "mail": [ {} ] }})",
        servers, mail));
}

} // namespace

TEST_CASE("However many servers stand in rows, each tells how much lies in its mailboxes") {
    for (PictureSize const size : {small_size, large_size}) {
        Stage stage{load_forty_domains(), size};
        for (ThemeName const theme : {ThemeName::light, ThemeName::projector}) {
            INFO(size.width << (theme == ThemeName::light ? " light" : " projector"));
            stage.app.carry_out(SetTheme{theme});
            stage.key(Key::end);
            stage.frames(3);
            REQUIRE(stage.app.layout().standing == Standing::line);
            auto const& labels = stage.app.drawn().labels;
            CHECK(std::count_if(labels.begin(), labels.end(),
                                [](Label const& label) { return label.text == "110"; }) == 40);
        }
    }
}

TEST_CASE("Twenty providers keep their names on a projector while mail lies in their mailboxes") {
    std::string servers;
    std::string people;
    std::string mail;
    for (int i = 0; i < 20; ++i) {
        char const* const comma = i == 0 ? "" : ",";
        servers +=
            fmt::format(R"({1}"mail.d{0:02}.example": {{ "handles": ["d{0:02}.example"] }})", i, comma);
        for (char const who : {'a', 'b'})
            people += fmt::format(R"({2}"p{0:02}{1}": {{ "address": "p{0:02}{1}@d{0:02}.example",
                "network": "home{3}" }})",
                                  i, who, i == 0 && who == 'a' ? "" : ",", i % 7);
        mail += fmt::format(R"({2}{{ "from": "p{0:02}a", "to": "p{1:02}b@d{1:02}.example" }})", i,
                            (i + 1) % 20, comma);
    }
    std::string networks;
    for (int i = 0; i < 7; ++i)
        networks += fmt::format(R"({1}"home{0}": {{ "label": "Home {0}" }})", i, i == 0 ? "" : ",");
    Stage stage{world_of(fmt::format(R"({{ "format": 1, "title": "Sixty machines", "networks": {{ {} }},
                                          "servers": {{ {} }}, "people": {{ {} }}, "mail": [ {} ] }})",
                                     networks, servers, people, mail)),
                large_size};
    stage.key(Key::end);
    stage.frames(3);
    REQUIRE(stage.app.layout().standing == Standing::line);
    auto const& labels = stage.app.drawn().labels;
    for (int i = 0; i < 20; ++i) {
        std::string const name = fmt::format("mail.d{:02}", i);
        INFO(name);
        CHECK(std::any_of(labels.begin(), labels.end(),
                          [&](Label const& label) { return label.text == name && !label.cut; }));
    }
    CHECK(std::count_if(labels.begin(), labels.end(), [](Label const& label) { return label.text == "1"; }) >=
          20);
}

TEST_CASE("Where a refusal takes the room below a name, the mailbox is told of behind it") {
    Stage stage{"19-gave-up", small_size};
    stage.app.carry_out(SetTheme{ThemeName::projector});
    stage.app.carry_out(SetUiScale{1.4F});
    stage.key(Key::end);
    stage.frames(3);
    REQUIRE(stage.app.layout().standing == Standing::beside);
    HostId const server = host_named(stage.app.world(), "mail.isp.example");
    Rect const cell = stage.app.layout().spot(server).cell;
    auto const& labels = stage.app.drawn().labels;
    CHECK(std::any_of(labels.begin(), labels.end(), [&](Label const& label) {
        return label.text == "2" && cell.contains(label.rect.centre());
    }));
}

TEST_CASE("A population has the sign of many people, and a person that of one") {
    Stage stage{"45-a-town-writes"};
    World const& world = stage.app.world();
    REQUIRE(world.populations.size() > 0);
    for (std::size_t n = 0; n < world.hosts.size(); ++n) {
        Host const& host = world.hosts[world.hosts.id_at(n)];
        CHECK(stage.shows("people:" + host.name) == (host.population.valid() && !host.spammer.valid()));
    }
}

TEST_CASE("The names of sixty machines can be read in a small window") {
    Stage stage{load_region()};
    REQUIRE(stage.app.world().hosts.size() == 60);
    stage.seek(Instant{500ms});
    for (Label const& label : stage.app.drawn().labels) {
        INFO(label.text);
        CHECK(label.rect.h >= 13.9F);
    }
    CanvasLayout const& layout = stage.app.layout();
    std::set<std::string> names; // as they are drawn, whole or shortened
    int whole = 0;
    for (Label const& label : stage.app.drawn().labels)
        for (Spot const& spot : layout.spots)
            if (spot.name.contains(label.rect.centre()) && label.rect.x < spot.name.x + 2) {
                names.insert(label.text);
                whole += label.text == spot.called ? 1 : 0;
            }
    CHECK(names.size() == 60);
    CHECK(whole >= 40);
    for (Spot const& spot : layout.spots)
        for (Spot const& other : layout.spots)
            if (spot.host < other.host)
                CHECK(area_shared(spot.name, other.name) < 1);
}

TEST_CASE("In a small window texts stay large enough to be read, and cover no others") {
    for (char const* lesson : {"08-dns-answers", "30-hotel-refused", "34-open-relay-abused", "43-probing"}) {
        Stage stage{lesson, {800, 600}};
        for (double const place : {0.3, 0.55, 0.6, 0.8, 1.0}) {
            stage.seek(stage.app.pace().at_axis(place));
            std::vector<Label> const& labels = stage.app.drawn().labels;
            for (std::size_t i = 0; i < labels.size(); ++i) {
                INFO(lesson << ": " << labels[i].text);
                CHECK(labels[i].rect.h >= 10);
                for (std::size_t j = i + 1; j < labels.size(); ++j) {
                    INFO("and " << labels[j].text);
                    CHECK(area_shared(labels[i].rect, labels[j].rect) < 1);
                }
            }
        }
    }
}

TEST_CASE("In a crowd of talks only those of the chosen machine have padlocks") {
    Stage stage{load_region()};
    auto const padlocks = [&stage] {
        auto const& shapes = stage.app.drawn().shapes;
        return std::count_if(shapes.begin(), shapes.end(),
                             [](auto const& shape) { return shape.first.starts_with("padlock:"); });
    };
    stage.seek(Instant{500ms});
    REQUIRE(stage.app.state().conversations.size() > 5);
    CHECK(padlocks() == 0);
}

TEST_CASE("On a short road what was stopped gives way to what comes after it") {
    Stage stage{"43-probing"};
    int seen = 0;
    for (int part = 0; part <= 60; ++part) {
        stage.seek(stage.app.pace().at_axis(part / 120.0));
        std::vector<Label> const& labels = stage.app.drawn().labels;
        auto const notes = std::count_if(labels.begin(), labels.end(),
                                         [](Label const& label) { return label.text == "not logged in"; });
        auto const& talks = stage.app.state().conversations;
        auto const open = std::count_if(talks.begin(), talks.end(), [](Conversation const& talk) {
            return talk.stage != ConversationStage::closed;
        });
        CHECK(notes <= std::max<std::ptrdiff_t>(open, 1)); // not one for each that was refused before
        std::vector<Rect> envelopes;
        for (auto const& [name, rect] : stage.app.drawn().shapes)
            if (name.starts_with("envelope:"))
                envelopes.push_back(rect);
        seen += static_cast<int>(envelopes.size());
        for (std::size_t i = 0; i < envelopes.size(); ++i)
            for (std::size_t j = i + 1; j < envelopes.size(); ++j) {
                INFO(say_instant(stage.app.view().now));
                CHECK(area_shared(envelopes[i], envelopes[j]) <= 0.21F * envelopes[i].w * envelopes[i].h);
            }
    }
    CHECK(seen > 20);
}
