// What the panel on the right speaks of: the conversation of the moment that the picture shows, with the line
// that matters in sight.
#include "stage.hpp"

#include "viz/panels/panels.hpp"
#include "viz/shown/lists.hpp"

using namespace mailflow;
using namespace mailflow::viz;

namespace {

using namespace std::chrono_literals;

/// The first event from that moment on that the predicate picks.
template<class Predicate>
EventNumber event_from(Stage const& stage, Instant from, Predicate const& picks) {
    std::vector<Event> const& events = stage.app.trace().events;
    for (std::size_t i = 0; i < events.size(); ++i)
        if (events[i].at >= from && picks(events[i].happening))
            return static_cast<EventNumber>(i);
    FAIL("the trace has no such event");
    return never;
}

/// The lines of dialogue that the panel shows: how many, and whether all are of that session.
struct Lines {
    int count = 0;
    bool of_session_only = true;
};
Lines lines_shown(Stage const& stage, SessionId session) {
    Lines lines;
    for (auto const& [name, rect] : stage.app.drawn().widgets) {
        if (!name.starts_with("line:"))
            continue;
        ++lines.count;
        Event const& event = stage.app.trace().events[std::stoul(name.substr(5))];
        if (about(stage.app.world(), stage.app.trace(), event).session != session)
            lines.of_session_only = false;
    }
    return lines;
}

} // namespace

TEST_CASE("A refusal gives way to the conversation that comes after it") {
    Stage stage{"22-mailbox-full"};
    EventNumber const number = event_from(stage, Instant{5min}, [](Happening const& happening) {
        auto const* sent = std::get_if<ReplySent>(&happening);
        return sent != nullptr && sent->saying == Saying::scripted_rcpt_transient;
    });
    Event const event = stage.app.trace().events[number];
    SessionId const session = std::get<ReplySent>(event.happening).session;
    for (Instant const moment : {event.at, event.at + 1min}) {
        stage.seek(moment);
        Lines const lines = lines_shown(stage, session);
        CHECK(lines.count > 0);
        CHECK(lines.of_session_only);
    }
}

TEST_CASE("While something has set out of which nobody has said a word, no old dialogue is shown") {
    Stage stage{"27-company-smarthost"};
    EventNumber const asked = event_from(stage, Instant{2h}, [](Happening const& happening) {
        return std::holds_alternative<LookupSent>(happening);
    });
    stage.seek(stage.app.trace().events[asked].at);
    CHECK(stage.shows("nothing said"));
    CHECK(lines_shown(stage, {}).count == 0);
}

TEST_CASE("A call that has just begun is what the panel speaks of") {
    Stage stage{"47-round-and-round"};
    EventNumber const opened = event_from(stage, Instant{50s}, [&](Happening const& happening) {
        auto const* call = std::get_if<ConnectionOpened>(&happening);
        return call != nullptr &&
               stage.app.world().hosts[stage.app.trace().sessions[call->session].client].person.valid();
    });
    stage.seek(stage.app.trace().events[opened].at);
    CHECK(lines_shown(stage, {}).count == 0);
}

TEST_CASE("The line that refuses is in sight beside the ladder and the advice") {
    for (PictureSize const size : {small_size, PictureSize{1024, 640}, large_size}) {
        INFO(size.width);
        Stage stage{"34-open-relay-abused", size};
        stage.key(Key::end);
        stage.key(Key::p);
        stage.frames(3);
        EventNumber const said = event_from(stage, stage.app.view().now, [](Happening const& happening) {
            auto const* sent = std::get_if<ReplySent>(&happening);
            return sent != nullptr && class_of(sent->saying) == SayingClass::permanent;
        });
        Rect const line = stage.widget("line:" + std::to_string(said));
        if (stage.shows("advice"))
            CHECK(line.bottom() <= stage.shape("advice").y + 1);
        CHECK(line.bottom() <= static_cast<float>(size.height) - 116);
        CHECK(line.y >= 48);
    }
}

TEST_CASE("In the projector's letters the refusal is in sight with its rule and who has to mend it") {
    for (PictureSize const size : {PictureSize{800, 600}, small_size, large_size}) {
        INFO(size.width);
        Stage stage{denied, size};
        stage.app.carry_out(SetTheme{ThemeName::projector});
        stage.seek(Instant{540ms});
        if (!stage.shows("details"))
            stage.key(Key::r); // too small for the panel beside the picture
        stage.frames(3);
        EventNumber const said = event_from(stage, stage.app.view().now, [](Happening const& happening) {
            return std::holds_alternative<ReplySent>(happening);
        });
        float const box = stage.shape("advice").y;
        Rect const line = stage.widget("line:" + std::to_string(said));
        CHECK(line.bottom() <= box + 1);
        Rect const decided = stage.shape("rung:3");
        CHECK(decided.bottom() <= line.y + 1);
        CHECK(decided.y >= stage.app.drawn().shapes.at("details").y);
        if (size.width == large_size.width)
            CHECK(stage.shows("reason:1"));
    }
}

TEST_CASE("The clock tells milliseconds however late it is, and is never cut") {
    CHECK(say_clock(Instant{575ms}) == "0.575 s");
    CHECK(say_clock(Instant{11min + 49213ms}) == "11 min 49.213 s");
    CHECK(say_clock(Instant{2h + 350ms}) == "2 h 0 min 0.350 s");
    CHECK(say_clock(Instant{51h + 5ms}) == "2 d 3 h 0 min 0.005 s");
    for (char const* lesson :
         {"44-two-closed-servers", "45-a-town-writes", "22-mailbox-full", "18-hours-of-waiting"}) {
        INFO(lesson);
        Stage stage{lesson};
        stage.key(Key::end);
        CHECK(width_of(stage.ui.ink().fonts.small, say_clock(stage.app.pace().end())) <=
              stage.shape("clock").w);
    }
}
