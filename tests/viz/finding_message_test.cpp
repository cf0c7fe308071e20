// One message among many is found in the card of the filter: each is told by whose it is and what has become
// of it, and a field searches them.
#include "stage.hpp"

#include "viz/shown/told_message.hpp"

#include <algorithm>

using namespace mailflow;
using namespace mailflow::viz;

namespace {

/// The rows of messages that the card shows: "right: maya@isp.example → ...: delivered".
std::vector<std::string> rows_told(Stage const& stage) {
    std::vector<std::string> rows;
    for (auto const& [name, rect] : stage.app.drawn().shapes)
        if (name.starts_with("told:"))
            rows.push_back(name.substr(5));
    return rows;
}

bool all_say(std::vector<std::string> const& rows, std::string const& words) {
    return std::all_of(rows.begin(), rows.end(),
                       [&](std::string const& row) { return row.find(words) != std::string::npos; });
}

struct FilterStage : Stage {
    explicit FilterStage(std::string const& lesson) : Stage(lesson) {}

    /// However far down it lies.
    void press_in_card(std::string const& name) {
        for (int turn = 0; turn < 60 && widget(name).bottom() > 600; ++turn)
            scroll({640, 400}, -3);
        for (int turn = 0; turn < 60 && widget(name).y < 140; ++turn)
            scroll({640, 400}, 3);
        click(name);
    }
    void search(std::string const& words) {
        press_in_card("search messages");
        key(Key::a, control);
        key(Key::del);
        for (char const c : words)
            event(TextTyped{static_cast<char32_t>(c)});
        frames(3);
    }
    void open_card() {
        key(Key::f);
        frames(3);
    }
};

} // namespace

TEST_CASE(
    "Each message of the filter says whose it is and what has become of it, and nothing that lies ahead") {
    FilterStage stage{"45-a-town-writes"};
    stage.key(Key::end);
    stage.open_card();
    stage.search("maya@isp.example");
    CHECK(rows_told(stage) ==
          std::vector<std::string>{
              "right: maya@isp.example → user1@domain7.example: delivered",
              "swapped: maya@isp.example → user1@dmoain7.example: bounced: no such domain"});
    stage.key(Key::escape); // out of the field
    stage.frames(2);
    stage.key(Key::escape);
    stage.key(Key::home);
    stage.open_card();
    stage.search("maya@isp.example");
    CHECK(rows_told(stage) ==
          std::vector<std::string>{"right: maya@isp.example → user1@domain7.example: not sent yet",
                                   "swapped: maya@isp.example → user1@dmoain7.example: not sent yet"});
}

TEST_CASE("Messages are searched for by name, address and what became of them, and pressed to be followed") {
    FilterStage stage{"45-a-town-writes"};
    stage.key(Key::end);
    stage.open_card();
    std::size_t const all = stage.app.shown().lists.submissions().size();
    CHECK(rows_told(stage).size() == 60);
    stage.search("BOUNCED domain3");
    std::vector<std::string> const found = rows_told(stage);
    CHECK_FALSE(found.empty());
    CHECK(found.size() < all / 10);
    CHECK(all_say(found, "bounced: "));
    CHECK(all_say(found, "domain3"));
    stage.search("town-38");
    std::vector<std::string> const named = rows_told(stage);
    CHECK(all_say(named, "town-38"));
    stage.press_in_card("filter:message:town-38");
    REQUIRE(stage.app.view().filter.message.valid());
    CHECK(words_of(stage.app.view().filter, stage.app.world(), stage.app.trace()) == "only town-38");
    stage.search("zebra");
    CHECK(rows_told(stage).empty());
    CHECK(stage.shows("no message found"));
    stage.search("");
    CHECK(rows_told(stage).size() == 60);
    // The next time it begins anew.
    stage.search("zebra");
    stage.click("filter close");
    stage.mouse_away();
    stage.open_card();
    CHECK(rows_told(stage).size() == 60);
}

TEST_CASE(
    "A message that is shown alone is called by who wrote to whom, and its subject if that is not enough") {
    auto const follow = [](FilterStage& stage, std::string const& name) {
        stage.open_card();
        stage.press_in_card("filter:message:" + name);
        stage.click("filter close");
        stage.frames(2);
        return words_of(stage.app.view().filter, stage.app.world(), stage.app.trace());
    };
    {
        FilterStage once{denied};
        std::string const only = once.app.world().mail[MailId{0}].id;
        CHECK(follow(once, only) == "only Maya to leo@shop.example");
    }
    FilterStage twice{"14-admin-mends-it"};
    std::string const told = follow(twice, "early");
    CHECK(told == "only Maya to leo@shop.example, \"My order\"");
    Rect const words = twice.shape("filtered:" + told);
    CHECK(words.bottom() <= twice.widget("show all").y); // which it has no room beside
    twice.click("show all");
    CHECK(twice.app.view().filter.shows_all());
}

TEST_CASE("What was found is told in pages, too") {
    FilterStage stage{"45-a-town-writes"};
    stage.key(Key::end);
    stage.open_card();
    stage.search("delivered");
    CHECK(rows_told(stage).size() == 60);
    CHECK(all_say(rows_told(stage), ": delivered"));
    std::string const last = rows_told(stage).back();
    CHECK(stage.app.shown().lists.submissions().size() > 600);
    stage.press_in_card("filter:earlier");
    stage.frames(2);
    CHECK(rows_told(stage).size() == 60);
    CHECK(all_say(rows_told(stage), ": delivered"));
    CHECK(rows_told(stage).back() != last);
}

TEST_CASE("Where there are few messages nobody has to search") {
    FilterStage stage{denied};
    stage.seek(refusal_moment(stage.app.trace()));
    stage.open_card();
    CHECK(stage.app.drawn().widgets.count("search messages") == 0);
    CHECK(rows_told(stage).size() == 1);
    stage.key(Key::f);
    stage.key(Key::end);
    stage.open_card();
    REQUIRE(rows_told(stage).size() == 1);
    CHECK(rows_told(stage).front().ends_with(
        ": maya@isp.example → leo@shop.example: refused: relaying denied"));
}

TEST_CASE("Of several recipients it is said how many have come to what") {
    World const world = world_of(R"({ "format": 1, "title": "Three",
        "servers": { "mail.isp.example": { "handles": ["isp.example"], "mailboxes": ["maya", "ann"] },
                     "mx.shop.example": { "handles": ["shop.example"], "mailboxes": ["leo"] } },
        "people": { "maya": { "address": "maya@isp.example" } },
        "mail": [ { "id": "one", "from": "maya", "subject": "Supper",
                    "to": ["ann@isp.example", "leo@shop.example", "lea@shop.example"] } ] })");
    Shown const shown{world, run(world)};
    EventNumber const sent = shown.lists.submissions().front();
    ToldMessage const told =
        tell_briefly(shown.world, shown.trace, shown.lists, sent, shown.trace.events.size());
    CHECK(told.way == "maya@isp.example → ann@isp.example and 2 more");
    CHECK(told.fate == "2 delivered, 1 bounced");
    CHECK(told.mark == Mark::bounce);
    CHECK(is_found(told, "supper BOUNCED"));
    CHECK_FALSE(is_found(told, "supper refused"));
    ToldMessage const before = tell_briefly(shown.world, shown.trace, shown.lists, sent, sent + 1);
    CHECK(before.fate == "on its way");
    CHECK(before.mark == Mark::none);
}
