// Who acts: what cannot be run to or followed is said, and who closes a connection.
#include "stage.hpp"

#include "viz/shown/next.hpp"

#include <set>

using namespace mailflow;
using namespace mailflow::viz;

TEST_CASE("Running until a machine acts that does nothing more does not begin, and says so") {
    Stage stage{denied};
    stage.key(Key::u);
    CHECK_FALSE(stage.app.view().playing);
    CHECK(stage.app.view().presenting.notice == "Click a machine first: U runs until that one acts.");
    stage.click("machine:mx1.shop.example"); // nobody gets so far
    stage.key(Key::u);
    CHECK_FALSE(stage.app.view().playing);
    CHECK(stage.app.view().now == Instant{});
    CHECK(stage.app.view().presenting.notice == "mx1.shop.example does nothing more in this run.");
    stage.key(Key::q); // but that would tell too much
    stage.key(Key::u);
    CHECK(stage.app.view().playing);
}

TEST_CASE("Following without a message says what is missing") {
    Stage stage{denied};
    stage.key(Key::l);
    CHECK(stage.app.view().presenting.notice == "Click a message first: L follows that one.");
    CHECK(stage.app.view().filter.shows_all());
}

TEST_CASE("Where a server closes the connection it is the server that acts") {
    Stage stage{"42-too-many-at-once"};
    Trace const& trace = stage.app.trace();
    std::set<SessionId> turned_away;
    for (std::size_t n = 0; n < trace.events.size(); ++n) {
        Event const& event = trace.events[n];
        if (auto const* sent = std::get_if<ReplySent>(&event.happening);
            sent != nullptr && sent->saying == Saying::too_many_sessions)
            turned_away.insert(sent->session);
        auto const* const closed = std::get_if<SessionClosed>(&event.happening);
        if (closed == nullptr || !turned_away.contains(closed->session))
            continue;
        CHECK(next_words(stage.app.world(), trace, stage.app.shown().lists, stage.app.rows(), Filter{}, n) ==
              "mx1.shop.example closes the connection");
        CHECK(about(stage.app.world(), trace, event).actor ==
              host_named(stage.app.world(), "mx1.shop.example"));
        return;
    }
    FAIL("nobody is turned away");
}
