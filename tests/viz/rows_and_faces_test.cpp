// Where many machines stand: those that have room for a face have one, and a refusal has its words even in a
// row.
#include "change_stage.hpp"

#include "viz/layout/packing.hpp"

#include <fmt/format.h>

using namespace mailflow;
using namespace mailflow::viz;

namespace {

using namespace std::chrono_literals;

/// Pupils write through servers of which none knows them, among many others.
World strangers() {
    std::string servers;
    std::string people;
    std::string mail;
    for (int i = 0; i < 30; ++i)
        servers += fmt::format(R"({1}"mx{0}.shop{0}.example": {{ "handles": ["shop{0}.example"],
            "mailboxes": "*" }})",
                               i, i == 0 ? "" : ",");
    for (int i = 0; i < 6; ++i) {
        people += fmt::format(R"({1}"pupil{0}": {{ "address": "pupil{0}@far.example", "network": "school",
            "outgoing": {{ "server": "mx{0}.shop{0}.example", "authenticate": false }} }})",
                              i, i == 0 ? "" : ",");
        mail += fmt::format(R"({1}{{ "from": "pupil{0}", "to": ["ann@shop{2}.example"] }})", i,
                            i == 0 ? "" : ",", i + 6);
    }
    auto loaded = load_scenario(fmt::format(
        R"({{ "format": 1, "title": "Strangers", "networks": {{ "school": {{ "label": "School" }} }},
            "servers": {{ {} }}, "people": {{ {} }}, "mail": [ {} ] }})",
        servers, people, mail));
    REQUIRE(std::holds_alternative<World>(loaded));
    return std::get<World>(std::move(loaded));
}

} // namespace

TEST_CASE("In rows a refusal has its words, not its code alone") {
    for (PictureSize const size : {small_size, large_size, PictureSize{1024, 768}}) {
        INFO(size.width);
        Stage stage{strangers(), size};
        stage.key(Key::end);
        REQUIRE(stage.app.layout().standing == Standing::line);
        auto const& drawn = stage.app.drawn();
        int marks = 0;
        for (int i = 0; i < 6; ++i) {
            std::string const name = fmt::format("mx{0}.shop{0}.example", i);
            marks += stage.shows("refused:" + name) ? 1 : 0;
            Rect const said = stage.shape("callout:" + name);
            bool in_words = false;
            for (Label const& label : drawn.labels)
                if (label.text.find("elaying denied") != std::string::npos &&
                    area_shared(label.rect, said.inset(-2)) > 1)
                    in_words = in_words || !label.cut;
            INFO(name);
            CHECK(in_words);
        }
        CHECK(marks == 6);
        for (std::size_t i = 0; i < drawn.labels.size(); ++i)
            for (std::size_t j = i + 1; j < drawn.labels.size(); ++j) {
                INFO(drawn.labels[i].text << " and " << drawn.labels[j].text);
                CHECK(area_shared(drawn.labels[i].rect, drawn.labels[j].rect) < 1);
            }
    }
}

TEST_CASE("Seven machines have faces on a projector, too, and all that is written there is whole") {
    for (char const* lesson : {"34-open-relay-abused", "43-probing"})
        for (PictureSize const size : {small_size, large_size}) {
            INFO(lesson << ' ' << size.width);
            Stage stage{lesson, size};
            stage.app.carry_out(SetTheme{ThemeName::projector});
            stage.frames(3);
            CHECK(stage.app.layout().standing != Standing::line);
            for (double const place : {0.3, 0.6, 1.0}) {
                stage.seek(stage.app.pace().at_axis(place));
                for (Label const& label : stage.app.drawn().labels) {
                    INFO(label.text);
                    CHECK_FALSE(label.cut);
                }
            }
        }
}

TEST_CASE("At a large UI scale the mailboxes beside the faces say what is in them") {
    Stage stage{"30-hotel-refused", {800, 600}};
    stage.app.carry_out(SetUiScale{1.4F});
    stage.key(Key::end);
    CHECK(stage.app.layout().standing == Standing::beside);
    bool told = false;
    for (Label const& label : stage.app.drawn().labels) {
        INFO(label.text);
        CHECK_FALSE(label.cut);
        told = told || label.text == "maya: 1 new";
    }
    CHECK(told);
}

TEST_CASE("Beside a small face a refusal keeps the code of its reply") {
    using namespace std::chrono_literals;
    for (ThemeName const theme : {ThemeName::light, ThemeName::projector})
        for (PictureSize const size : {PictureSize{800, 600}, small_size, large_size}) {
            INFO(theme_of(theme).words << ' ' << size.width);
            Stage stage{"43-probing", size};
            stage.app.carry_out(SetTheme{theme});
            stage.seek(Instant{240ms});
            REQUIRE(stage.shows("refused:mail.firm.example"));
            World const& world = stage.app.world();
            HostId const server = host_named(world, "mail.firm.example");
            Rect const place = stage.shape("place:" + world.networks[world.hosts[server].network].name);
            bool coded = false;
            for (Label const& label : stage.app.drawn().labels)
                coded = coded || (label.text.starts_with("554") && place.overlaps(label.rect));
            CHECK(coded);
        }
}

TEST_CASE("The stack of a queue and its ring leave the words beside a small face free") {
    for (PictureSize const size : {PictureSize{700, 600}, small_size}) {
        INFO(size.width);
        Stage stage{"37-queue-of-spam", size};
        stage.app.carry_out(SetTheme{ThemeName::projector});
        stage.seek(Instant{1h});
        REQUIRE(stage.app.layout().standing == Standing::beside);
        for (char const* const part : {"queue:relay.school.example", "countdown:relay.school.example"})
            for (Label const& label : stage.app.drawn().labels) {
                INFO(part << " and " << label.text);
                CHECK(area_shared(stage.shape(part), label.rect) <= 0);
            }
    }
}

TEST_CASE("Where not even short names have room, machines are called by what tells them apart") {
    World const world = world_of(R"({ "format": 1, "servers": {
        "mail.d1.example": { "handles": ["d1.example"] }, "mail.d2.example": { "handles": ["d2.example"] },
        "mx.d2.example": { "handles": ["mx.example"] }, "mx.d3.example": { "handles": ["d3.example"] },
        "relay.example": { "handles": ["relay.example"] } } })");
    std::vector<std::string> const names = shortest_names(world);
    auto const name_of = [&](char const* host) { return names[host_named(world, host).index]; };
    CHECK(name_of("mail.d1.example") == "d1");
    CHECK(name_of("mail.d2.example") == "mail.d2"); // two are called d2
    CHECK(name_of("mx.d3.example") == "d3");
    CHECK(name_of("relay.example") == "relay");
}

TEST_CASE("Of sixty machines no name is cut, also where two runs of them stand above each other") {
    std::string servers;
    std::string people;
    std::string mail;
    for (int i = 10; i < 30; ++i) {
        char const* const comma = i == 10 ? "" : ",";
        servers += fmt::format(R"({1}"mail.d{0}.example": {{ "handles": ["d{0}.example"] }})", i, comma);
        people += fmt::format(R"({1}"p{0}a": {{ "address": "p{0}a@d{0}.example", "network": "home{2}" }},
            "p{0}b": {{ "address": "p{0}b@d{0}.example", "network": "home{3}" }})",
                              i, comma, i % 7, i % 5);
        mail += fmt::format(R"({2}{{ "from": "p{0}a", "to": "p{1}b@d{1}.example" }})", i,
                            i == 29 ? 10 : i + 1, comma);
    }
    std::string networks;
    for (int i = 0; i < 7; ++i)
        networks += fmt::format(R"({1}"home{0}": {{ "label": "Home {0}" }})", i, i == 0 ? "" : ",");
    ChangeStage stage{"02-relaying-denied"};
    write(stage.file, fmt::format(R"({{ "format": 1, "title": "Sixty machines", "networks": {{ {} }},
                                        "servers": {{ {} }}, "people": {{ {} }}, "mail": [ {} ] }})",
                                  networks, servers, people, mail));
    REQUIRE(stage.app.open_file(stage.file.string()).empty());
    stage.app.carry_out(SetMode{Mode::what_if});
    stage.app.carry_out(
        WorkIntent{MakeEdits{{SetValue{"/servers/mail.d10.example/open_relay", "true"}}, {}}});
    stage.frames(3);
    stage.seek(stage.app.pace().end());
    REQUIRE(stage.app.view().work.sees_both());
    REQUIRE(stage.app.layout().standing == Standing::line);
    for (int i = 10; i < 30; ++i) {
        std::string const end = fmt::format("d{}", i);
        INFO(end);
        std::vector<Label> const& labels = stage.app.drawn().labels;
        auto const is_it = [&](Label const& label) { return label.text.ends_with(end); };
        auto const found = std::find_if(labels.begin(), labels.end(), is_it); // of the run now
        REQUIRE(found != labels.end());
        CHECK_FALSE(found->cut);
    }
}
