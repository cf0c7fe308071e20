// Neighbours whose names are alike for the most part: what tells them apart is seen.
#include "change_stage.hpp"

#include "viz/row_tops.hpp"
#include "viz/telling.hpp"

#include <fmt/format.h>

#include <set>

using namespace mailflow;
using namespace mailflow::viz;

namespace {

/// Forty shops in one data centre; Maya has written to the first twelve of them.
std::string shops_text() {
    std::string servers = R"("mail.isp.example": { "handles": ["isp.example"], "trusts": ["home"] })";
    std::string mail;
    for (int i = 1; i <= 40; ++i)
        servers += fmt::format(
            R"(, "mx.shop{0:02}.example": {{ "network": "dc", "handles": ["shop{0:02}.example"],
                "mailboxes": "*" }})",
            i);
    for (int i = 0; i < 12; ++i)
        mail += fmt::format(R"({}{{ "from": "maya", "to": ["info@shop{:02}.example"] }})", i == 0 ? "" : ",",
                            i + 1);
    return fmt::format(
        R"({{ "format": 1, "title": "Forty shops",
              "networks": {{ "home": {{}}, "dc": {{ "label": "Data centre" }} }},
              "servers": {{ {} }},
              "people": {{ "maya": {{ "address": "maya@isp.example", "network": "home",
                                      "outgoing": {{ "server": "mail.isp.example" }} }} }},
              "mail": [ {} ] }})",
        servers, mail);
}

std::uint32_t rgb_of_refused(Stage& stage) {
    viz::Colour const colour = stage.ui.ink().colours.refused;
    return (colour & 0xFFU) << 16U | (colour & 0xFF00U) | (colour >> 16U & 0xFFU);
}

std::string told(std::string const& name, TellingPart part) {
    return name.substr(part.from, part.to - part.from);
}

} // namespace

TEST_CASE("What tells neighbours apart is their numbers, or the ends that no other has") {
    std::vector<std::string> names{"mx.shop01.example", "mx.shop02.example", "mx.shop11.example"};
    std::vector<TellingPart> parts = telling_parts(names);
    CHECK(told(names[0], parts[0]) == "01");
    CHECK(told(names[1], parts[1]) == "02");
    CHECK(told(names[2], parts[2]) == "11");
    names = {"gateway-east.example", "gateway-west.example"};
    parts = telling_parts(names);
    CHECK(told(names[0], parts[0]) == "east");
    CHECK(told(names[1], parts[1]) == "west");
    names = {"mail.isp0.example", "backup.isp0.example", "mail.isp1.example", "Maya"};
    parts = telling_parts(names);
    CHECK(told(names[0], parts[0]) == "l.isp0");
    CHECK(told(names[1], parts[1]) == "p.isp0");
    CHECK(told(names[2], parts[2]) == "1");
    CHECK(told(names[3], parts[3]) == "Maya");
    names = {"mail"};
    parts = telling_parts(names);
    CHECK(told(names[0], parts[0]) == "mail");
    CHECK(telling_parts({}).empty());
}

TEST_CASE(
    "Forty servers of one place can be told apart at every size, and busy mailboxes keep their counts") {
    World const world = world_of(shops_text());
    for (PictureSize const size : {small_size, large_size, PictureSize{1024, 768}})
        for (ThemeName const theme : {ThemeName::light, ThemeName::projector}) {
            INFO(size.width << ' ' << theme_of(theme).words);
            Stage stage{world, size};
            stage.app.carry_out(SetTheme{theme});
            stage.key(Key::end);
            stage.mouse_away();
            stage.frames(3);
            std::set<std::string> seen;
            int counts = 0;
            for (Label const& label : stage.app.drawn().labels) {
                for (Spot const& spot : stage.app.layout().spots)
                    if (spot.name.inset(-1).contains(label.rect.centre()) && label.rect.x < spot.name.x + 2) {
                        INFO(label.text);
                        CHECK_FALSE(label.cut);
                        CHECK(seen.insert(label.text).second);
                    }
                counts += static_cast<int>(label.text == "1");
            }
            CHECK(counts >= 12);
            CHECK(seen.size() == 42);
        }
}

TEST_CASE("Beside each other two runs of forty servers have no mark that lies over another server") {
    std::string const text = shops_text();
    ChangeStage stage{denied, GENERATE(small_size, large_size)};
    stage.app.carry_out(SetTheme{GENERATE(ThemeName::light, ThemeName::projector)});
    write(stage.folder / "shops.json", text);
    REQUIRE(stage.app.open_file((stage.folder / "shops.json").string()).empty());
    stage.frames(3);
    // Every other shop knows nobody.
    std::vector<Edit> edits;
    for (int i = 1; i <= 12; i += 2)
        edits.push_back(SetValue{fmt::format("/servers/mx.shop{:02}.example/mailboxes", i), R"(["leo"])"});
    stage.app.carry_out(WorkIntent{MakeEdits{edits, {}}});
    stage.click("mode:what if");
    stage.app.carry_out(WorkIntent{ShowRuns{Runs::beside}});
    stage.key(Key::end);
    stage.mouse_away();
    stage.frames(3);
    REQUIRE(stage.app.layout().standing == Standing::line);
    Picture const picture = stage.picture();
    std::uint32_t const refused = rgb_of_refused(stage);
    int marks = 0;
    for (Spot const& spot : stage.app.layout().spots) {
        if (!spot.host.valid())
            continue;
        std::string const& name = stage.app.world().hosts[spot.host].name;
        if (stage.shows("refused:" + name)) {
            ++marks;
            CHECK(spot.cell.inset(-1).contains(stage.shape("refused:" + name)));
            continue;
        }
        INFO(name);
        CHECK(count_pixels(picture, spot.icon, refused) == 0);
    }
    CHECK(marks == 6);
}

TEST_CASE("The long name of a server does not hide in the list what the server says") {
    std::string text = text_of(fs::path{MAILFLOW_SOURCE_DIR} / "scenarios" / "02-relaying-denied.json");
    std::string const name = "mail.isp.example";
    for (std::size_t at = 0; (at = text.find(name, at)) != std::string::npos;)
        text.replace(at, name.size(), "outgoing-mail-gateway-3.provider.example");
    Stage stage{world_of(text)};
    stage.seek(refusal_moment(stage.app.trace()));
    int rows = 0;
    for (auto const& [told_in_row, row] : stage.app.drawn().shapes) {
        if (!told_in_row.starts_with("told in row:"))
            continue;
        std::string const words = told_in_row.substr(std::string_view{"told in row:"}.size());
        float const width = row.w - row_spacing::text_left - row_spacing::text_right;
        std::vector<std::string> const lines =
            wrapped(stage.ui.ink().fonts.small, words, width, row_spacing::most_lines);
        INFO(words);
        if (words.find("554") == std::string::npos)
            continue;
        ++rows;
        CHECK(std::any_of(lines.begin(), lines.end(),
                          [](std::string const& line) { return line.find("554") != std::string::npos; }));
    }
    CHECK(rows == 1);
}
