// Lists of many thousand things: where they are in them, all of it can be read and reached.
#include "stage.hpp"

#include "report/words/words.hpp"
#include "viz/row_tops.hpp"

#include <fmt/format.h>

using namespace mailflow;
using namespace mailflow::viz;

namespace {

constexpr char const* town = "45-a-town-writes";

/// The rows of the list of events that were drawn, from the top.
std::vector<Rect> rows_drawn(Stage const& stage) {
    std::vector<Rect> rows;
    for (auto const& [name, rect] : stage.app.drawn().widgets)
        if (name.starts_with("event:"))
            rows.push_back(rect);
    std::sort(rows.begin(), rows.end(), [](Rect const& a, Rect const& b) { return a.y < b.y; });
    return rows;
}

} // namespace

TEST_CASE("Late in a long run the rows of the list follow each other without gap or overlap") {
    Stage stage{town};
    REQUIRE(stage.app.rows().all().size() > 2 * most_on_one_page);
    for (double const place : {0.3, 0.77, 1.0}) {
        INFO(place);
        stage.seek(stage.app.pace().at_axis(place));
        stage.frames(3);
        std::vector<Rect> const rows = rows_drawn(stage);
        REQUIRE(rows.size() > 4);
        for (std::size_t i = 1; i < rows.size(); ++i)
            CHECK(rows[i].y == Approx(rows[i - 1].bottom()).margin(0.1));
        // The newest of what has happened is one of them.
        std::size_t const happened = stage.app.rows().happened(stage.app.state().applied);
        Rect const newest =
            stage.widget("event:" + std::to_string(stage.app.rows().all()[happened - 1].event));
        CHECK(newest.y > stage.widget("filter").bottom());
        CHECK(newest.bottom() < stage.widget("play").y);
    }
}

TEST_CASE("What lies before the rows that are listed is counted and can be gone to") {
    Stage stage{town};
    stage.key(Key::end);
    stage.frames(3);
    for (int turn = 0; turn < 400 && stage.app.drawn().widgets.count("earlier events") == 0; ++turn) {
        Rect const row = rows_drawn(stage)[1];
        stage.scroll(row.centre(), 20);
    }
    Instant const end = stage.app.view().now;
    stage.scroll(rows_drawn(stage)[1].centre(), 1000);
    stage.click("earlier events");
    CHECK(stage.app.view().now < end);
    CHECK(stage.app.view().now > Instant{});
}

TEST_CASE("Of many messages the filter says how many there are, and every one can be reached") {
    Stage stage{town};
    stage.seek(stage.app.pace().at_axis(0.5));
    std::size_t const all = stage.app.shown().lists.submissions().size();
    REQUIRE(all > 200);
    auto const id_of = [&](std::size_t number) {
        EventNumber const event = stage.app.shown().lists.submissions()[number];
        MessageId const id = std::get<MessageSubmitted>(stage.app.trace().events[event].happening).message;
        return message_id(stage.app.world(), stage.app.trace().messages[id]);
    };
    auto const offers = [&](std::size_t number) {
        return stage.app.drawn().widgets.count("filter:message:" + id_of(number)) == 1;
    };
    auto const press = [&](std::string const& name) { // however far down it lies
        for (int turn = 0; turn < 60 && stage.widget(name).bottom() > 600; ++turn)
            stage.scroll({640, 400}, -3);
        for (int turn = 0; turn < 60 && stage.widget(name).y < 140; ++turn)
            stage.scroll({640, 400}, 3);
        stage.click(name);
    };
    stage.key(Key::f);
    stage.frames(2);
    CHECK_FALSE(offers(0));
    while (stage.app.drawn().widgets.count("filter:earlier") == 1)
        press("filter:earlier");
    CHECK(offers(0));
    CHECK_FALSE(offers(all - 1));
    press("filter:later");
    CHECK(offers(60));
    stage.key(Key::f);
    stage.key(Key::end);
    stage.key(Key::f);
    stage.frames(2);
    CHECK(offers(all - 1));
    CHECK(stage.app.drawn().widgets.count("filter:later") == 0);
    press("filter:message:" + id_of(all - 1));
    CHECK(stage.app.view().filter.message.valid());
}
