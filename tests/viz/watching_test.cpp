// Steps of every kind, running until somebody acts, the filter, the camera, and the timeline looked at
// closely: each driven by input and held against what it changed.
#include "stage.hpp"

#include "viz/focus.hpp"
#include "viz/shown/lists.hpp"

#include <cmath>

using namespace mailflow;
using namespace mailflow::viz;

namespace {

using namespace std::chrono_literals;

/// Whether something that the predicate picks happens at this very moment.
template<class Predicate>
bool happens_at(Stage const& stage, Instant at, Predicate const& picks) {
    std::vector<Event> const& events = stage.app.trace().events;
    return std::any_of(events.begin(), events.end(),
                       [&](Event const& event) { return event.at == at && picks(event); });
}

} // namespace

TEST_CASE("Steps go by event, decision, hop or message, as the switch or the key says") {
    Stage stage{"03-authenticated"};
    struct Kind {
        char const* button;
        Key key;
        Step step;
    };
    for (Kind const& kind :
         {Kind{"step:decision", Key::d, Step::decision}, Kind{"step:hop", Key::g, Step::hop},
          Kind{"step:message", Key::m, Step::message}, Kind{"step:event", Key::e, Step::event}}) {
        stage.key(Key::home);
        stage.click(kind.button);
        CHECK(stage.app.view().step == kind.step);
        stage.click("step forward");
        Instant const by_button = stage.app.view().now;
        stage.key(kind.key);
        stage.key(Key::home);
        stage.key(Key::right);
        CHECK(stage.app.view().now == by_button);
    }
    stage.key(Key::d);
    stage.key(Key::home);
    stage.key(Key::right);
    CHECK(happens_at(stage, stage.app.view().now, [](Event const& event) {
        return std::holds_alternative<DecisionMade>(event.happening);
    }));
    stage.key(Key::g);
    stage.key(Key::home);
    stage.key(Key::right);
    CHECK(happens_at(stage, stage.app.view().now, [](Event const& event) {
        return std::holds_alternative<MessageQueued>(event.happening);
    }));
    Instant const first_hop = stage.app.view().now;
    stage.key(Key::right);
    CHECK(stage.app.view().now > first_hop);
    stage.key(Key::left);
    CHECK(stage.app.view().now == first_hop);
}

TEST_CASE("The buttons with the cross go to the refusal after and before, and so do N and P") {
    Stage stage{denied};
    stage.click("refusal after");
    Instant const refusal = stage.app.view().now;
    CHECK(happens_at(stage, refusal,
                     [&](Event const& event) { return mark_of(stage.app.trace(), event) == Mark::refused; }));
    stage.key(Key::end);
    stage.click("refusal before");
    CHECK(stage.app.view().now >= refusal);
    stage.key(Key::home);
    stage.key(Key::n);
    CHECK(stage.app.view().now == refusal);
    stage.key(Key::p);
    CHECK(stage.app.view().now == refusal);
    CHECK(stage.app.view().presenting.notice.find("before this moment") != std::string::npos);
}

TEST_CASE("Running until a machine acts stops at its next act") {
    Stage stage{denied};
    HostId const server = host_named(stage.app.world(), "mail.isp.example");
    stage.click("machine:mail.isp.example");
    stage.key(Key::u);
    CHECK(stage.app.view().playing);
    for (int i = 0; i < 5'000 && stage.app.view().playing; ++i)
        stage.frames(1);
    Instant const now = stage.app.view().now;
    CHECK(now > Instant{});
    CHECK(now < stage.app.pace().end());
    CHECK(happens_at(stage, now, [&](Event const& event) {
        return about(stage.app.world(), stage.app.trace(), event).actor == server;
    }));
}

TEST_CASE("The line above the picture says what comes next, and not how it ends") {
    Stage stage{denied};
    stage.seek(refusal_moment(stage.app.trace()) - 10ms);
    CHECK(stage.app.next() == "mail.isp.example decides about leo@shop.example");
    stage.seek(refusal_moment(stage.app.trace()));
    CHECK(stage.app.next().find("Maya") == 0);
    stage.key(Key::end);
    CHECK(stage.app.next() == "nothing more, this is the end.");
    CHECK(stage.shows("next"));
}

TEST_CASE("At the last event that the filter shows it is said that only of that nothing more comes") {
    Stage stage{"18-hours-of-waiting"};
    Filter filter;
    filter.machine = host_named(stage.app.world(), "maya");
    stage.app.carry_out(SetFilter{filter});
    stage.app.seek(stage.app.trace().events[stage.app.rows().all().back().event].at);
    stage.frames(2);
    REQUIRE(stage.app.state().applied < stage.app.trace().events.size());
    CHECK(stage.app.next() == "nothing more of what the filter shows (only Maya); A shows all.");
    stage.key(Key::end);
    CHECK(stage.app.next() == "nothing more, this is the end.");
}

TEST_CASE("The speed's knob can be dragged along its scale") {
    Stage stage{denied};
    Rect const scale = stage.shape("speed");
    stage.press_at({scale.x + 1, scale.centre().y});
    CHECK(stage.app.view().speed == 0);
    stage.drag({scale.x + 1, scale.centre().y}, {scale.right() - 1, scale.centre().y});
    CHECK(stage.app.view().speed == speeds.size() - 1);
}

TEST_CASE("The timeline is zoomed where the mouse is, by keys, and dragged by its overview") {
    Stage stage{denied};
    Rect const track = stage.shape("track");
    CHECK_FALSE(stage.shows("overview"));
    stage.scroll({track.x + track.w * 0.25F, track.centre().y}, 4);
    TimeWindow const window = stage.app.view().timeline;
    CHECK(window.to - window.from < 0.5);
    CHECK(window.from + 0.25 * (window.to - window.from) == Approx(0.25).margin(0.02));
    REQUIRE(stage.shows("overview"));
    stage.press_at({track.x + track.w * 0.75F, track.centre().y});
    CHECK(stage.app.pace().axis_of(stage.app.view().now) ==
          Approx(window.from + 0.75 * (window.to - window.from)).margin(0.01));
    Rect const bar = stage.widget("overview");
    stage.press_at({bar.x + bar.w * 0.8F, bar.centre().y});
    CHECK(stage.app.view().timeline.from > window.from);
    stage.key(Key::zero, {true, false});
    CHECK(stage.app.view().timeline == TimeWindow{});
    stage.key(Key::k);
    CHECK(stage.app.view().timeline.to - stage.app.view().timeline.from == Approx(0.5));
}

TEST_CASE("A click on a mark of the timeline goes to its moment") {
    Stage stage{denied};
    EventNumber const refused = stage.app.rows().marked(Mark::refused).front();
    Rect const mark = stage.shape("mark:" + std::to_string(refused));
    stage.press_at(mark.centre());
    CHECK(stage.app.view().now == stage.app.trace().events[refused].at);
}

TEST_CASE("The wheel zooms the picture, a drag moves it, and keys do both") {
    Stage stage{denied};
    Rect const icon = stage.shape("icon:mail.isp.example");
    stage.scroll(icon.centre(), 3);
    Rect const close = stage.shape("icon:mail.isp.example");
    CHECK(close.w > icon.w * 1.4F);
    CHECK(close.centre().x == Approx(icon.centre().x).margin(1));
    Rect const canvas = stage.widget("canvas");
    stage.key(Key::zero, {false, true});
    CHECK(stage.app.view().camera == Camera{});
    stage.key(Key::plus, {false, true});
    CHECK(stage.app.view().camera.zoom == 1.25F);
    stage.key(Key::right, {true, false});
    CHECK(stage.app.view().camera.centre.x > 0.5F);
    stage.key(Key::zero, {false, true});
    // The lower right corner of the canvas holds nothing here.
    Point const nothing{canvas.right() - 12, canvas.bottom() - 12};
    stage.drag(nothing, nothing + Point{-60, -40});
    CHECK(stage.app.view().camera.centre.x > 0.5F);
    CHECK(stage.app.view().positions.empty());
    CHECK((stage.app.view().subject == Subject{}));
}

TEST_CASE("A machine and a place can be dragged, and stay where they were put") {
    Stage stage{denied};
    Rect const before = stage.shape("icon:mx1.shop.example");
    stage.drag(before.centre(), before.centre() + Point{-20, 60});
    Rect const after = stage.shape("icon:mx1.shop.example");
    CHECK(after.centre().y == Approx(before.centre().y + 60).margin(12));
    CHECK(stage.app.view().positions.machines.size() == 1);
    CHECK((stage.app.view().subject == Subject{})); // a drag is no click
    Rect const place = stage.shape("place:hotel");
    Point const grip{place.x + 30, place.bottom() - 20};
    stage.drag(grip, grip + Point{70, 20});
    CHECK(stage.app.view().positions.places.size() == 1);
    CHECK(stage.shape("place:hotel").x > place.x + 40);
}

TEST_CASE("The filter leaves kinds, people, messages and spam out of list, timeline and picture") {
    Stage stage{"34-open-relay-abused"};
    std::size_t const all = stage.app.rows().all().size();
    stage.click("filter");
    REQUIRE(stage.app.view().card == Card::filter);
    stage.click("filter:kind:" + std::to_string(static_cast<int>(viz::Kind::dns)));
    std::size_t const without_dns = stage.app.rows().all().size();
    CHECK(without_dns < all);
    CHECK(stage.app.rows().marked(Mark::dns).empty());
    stage.click("filter:spam");
    CHECK(stage.app.rows().all().size() < without_dns);
    stage.click("filter close");
    CHECK(stage.app.view().card == Card::none);
    stage.seek(stage.app.pace().at_axis(0.5));
    for (auto const& [name, rect] : stage.app.drawn().shapes)
        CHECK(name.find("envelope:bulk") == std::string::npos);
    stage.click("show all");
    CHECK(stage.app.rows().all().size() == all);
}

TEST_CASE("Only one machine is shown, and everything again") {
    Stage stage{denied};
    stage.key(Key::f);
    stage.frames(2);
    stage.click("filter:only:mx1.shop.example");
    CHECK(stage.app.rows().all().empty());
    stage.click("filter:only:mail.isp.example");
    HostId const server = host_named(stage.app.world(), "mail.isp.example");
    REQUIRE_FALSE(stage.app.rows().all().empty());
    for (StoryRow const& row : stage.app.rows().all()) {
        About const told = about(stage.app.world(), stage.app.trace(), stage.app.trace().events[row.event]);
        CHECK((told.actor == server || told.other == server));
    }
    stage.click("filter all");
    CHECK(stage.app.view().filter.shows_all());
    stage.key(Key::escape);
    CHECK(stage.app.view().card == Card::none);
}

TEST_CASE("A message can be followed, and let go again") {
    Stage stage{denied};
    std::string const mail = stage.app.world().mail[stage.app.world().mail.id_at(0)].id;
    stage.click("envelope:" + mail);
    stage.key(Key::l);
    REQUIRE(stage.app.view().filter.message.valid());
    for (StoryRow const& row : stage.app.rows().all())
        CHECK(about(stage.app.world(), stage.app.trace(), stage.app.trace().events[row.event]).message ==
              stage.app.view().filter.message);
    stage.key(Key::l);
    CHECK(stage.app.view().filter.shows_all());
}

TEST_CASE("A line of the dialogue opens what stands behind it") {
    Stage stage{denied};
    Instant const refusal = refusal_moment(stage.app.trace());
    stage.seek(refusal);
    EventNumber refused = never;
    for (std::size_t i = 0; i < stage.app.trace().events.size(); ++i)
        if (auto const* sent = std::get_if<ReplySent>(&stage.app.trace().events[i].happening))
            if (sent->saying == Saying::relay_denied)
                refused = static_cast<EventNumber>(i);
    REQUIRE(refused != never);
    stage.click("line:" + std::to_string(refused));
    CHECK((stage.app.view().subject == Subject{EventSubject{refused}}));
    CHECK(stage.shows("rung:0")); // the ladder of the decision that the line tells of
    CHECK(stage.shows("advice"));
}

TEST_CASE("A call that is never answered shows nothing coming back") {
    Stage stage{"26-port-25-blocked"};
    Trace const& trace = stage.app.trace();
    for (std::size_t i = 0; i < trace.events.size(); ++i) {
        auto const* const failed = std::get_if<ConnectionFailed>(&trace.events[i].happening);
        if (failed == nullptr || failed->saying == Saying::connection_refused)
            continue;
        Session const& session = trace.sessions[failed->session];
        stage.seek(session.opened + session.one_way / 2);
        CHECK(stage.shows("tag:" + std::to_string(failed->session.index)));
        stage.seek(session.opened + session.one_way + session.one_way / 2);
        Picture const late = stage.picture();
        stage.seek(session.opened + session.one_way + session.one_way / 3);
        Picture const earlier = stage.picture();
        Rect const canvas = stage.app.picture();
        int moved = 0;
        for (auto y = static_cast<unsigned>(canvas.y); y < static_cast<unsigned>(canvas.bottom()); ++y)
            for (auto x = static_cast<unsigned>(canvas.x); x < static_cast<unsigned>(canvas.right()); ++x)
                moved += late.rgb_at(x, y) != earlier.rgb_at(x, y) ? 1 : 0;
        CHECK(moved == 0);
        return;
    }
    FAIL("every call is answered");
}

TEST_CASE("The rule that decided is seen beside the advice, in the projector's large letters, too") {
    Stage stage{"13-domain-not-set-up"};
    stage.app.carry_out(SetTheme{ThemeName::projector});
    stage.key(Key::end);
    stage.frames(4);
    std::size_t rungs = 0;
    while (stage.shows("rung:" + std::to_string(rungs)))
        ++rungs;
    REQUIRE(rungs > 1);
    Rect const last = stage.shape("rung:" + std::to_string(rungs - 1));
    CHECK(last.bottom() <= stage.shape("advice").y);
    CHECK(last.y >= stage.app.picture().y - 84 * stage.ui.ink().scale);
}

TEST_CASE("However closely the picture is looked at, nothing of it is drawn over the words above") {
    Stage stage{"30-hotel-refused"};
    stage.seek(Instant{600ms});
    auto const words_above = [&stage] {
        Rect const canvas = stage.widget("canvas");
        Picture const picture = stage.picture();
        std::vector<std::uint32_t> pixels;
        for (float y = canvas.y + 4; y < stage.app.picture().y - 4; ++y)
            for (float x = canvas.x + 4; x < canvas.right() - 4; ++x)
                pixels.push_back(picture.rgb_at(static_cast<unsigned>(x), static_cast<unsigned>(y)));
        return pixels;
    };
    std::vector<std::uint32_t> const before = words_above();
    Rect const picture = stage.app.picture();
    stage.scroll({picture.centre().x, picture.bottom() - 20}, 6);
    CHECK(stage.app.view().camera.zoom > 2);
    CHECK(words_above() == before);
}

TEST_CASE("The timeline shows a bounce, though its message is given up in the same moment") {
    Stage stage{"13-domain-not-set-up"};
    Instant const at = moment_of<BounceWritten>(stage.app.trace(), [](BounceWritten const&) { return true; });
    CHECK(happens_at(stage, at, [](Event const& event) {
        return std::holds_alternative<RecipientSettled>(event.happening);
    }));
    std::vector<EventNumber> const& bounces = stage.app.rows().marked(Mark::bounce);
    CHECK(std::any_of(bounces.begin(), bounces.end(), [&](EventNumber number) {
        return stage.app.trace().events[number].at == at && stage.shows("mark:" + std::to_string(number));
    }));
}

TEST_CASE("The timeline says when the stretch that is seen begins and ends") {
    Stage stage{denied};
    Rect const track = stage.shape("track");
    Rect const from = stage.shape("seen from");
    Rect const to = stage.shape("seen to");
    CHECK(from.x == Approx(track.x));
    CHECK(to.right() == Approx(track.right()));
    CHECK(from.y > track.bottom());
    stage.scroll({track.x + track.w * 0.5F, track.centre().y}, 4);
    CHECK(stage.shape("seen from").w != from.w); // another time
}

TEST_CASE("Whoever looks at a part of the timeline sees where now is, and comes back by a button") {
    Stage stage{denied};
    CHECK(stage.app.drawn().widgets.count("whole run") == 0);
    Rect const track = stage.shape("track");
    stage.scroll({track.right() - 20, track.centre().y}, 8);
    REQUIRE_FALSE(stage.shows("knob")); // the beginning is out of sight
    CHECK(stage.shape("overview now").centre().x == Approx(track.x));
    CHECK_FALSE(stage.widget("whole run").overlaps(stage.shape("overview now")));
    stage.click("whole run");
    CHECK(stage.app.view().timeline == TimeWindow{});
    CHECK(stage.shows("knob"));
}

TEST_CASE("The list tells the moments of late events apart") {
    Stage stage{"12-mistyped-domain"};
    stage.key(Key::end);
    stage.mouse_away();
    Picture const picture = stage.picture();
    Rect const list = stage.widget("event:" + std::to_string(stage.app.rows().all().back().event));
    std::vector<std::pair<Instant, Rect>> seen; // where the moments of the last minute stand
    for (StoryRow const& row : stage.app.rows().all()) {
        Instant const at = stage.app.trace().events[row.event].at;
        auto const found = stage.app.drawn().widgets.find("event:" + std::to_string(row.event));
        bool const chosen = at == stage.app.view().now;
        if (at > Instant{10min} && !chosen && found != stage.app.drawn().widgets.end() &&
            found->second.y > stage.app.picture().y)
            seen.emplace_back(at, Rect{list.x + 30, std::round(found->second.y) + 5, list.w - 40, 16});
    }
    REQUIRE(seen.size() > 2);
    for (std::size_t i = 1; i < seen.size(); ++i) {
        int differing = 0;
        for (unsigned y = 0; y < 16; ++y)
            for (unsigned x = 0; x < static_cast<unsigned>(list.w) - 40; ++x) {
                auto const pixel = [&](Rect const& rect) {
                    return picture.rgb_at(static_cast<unsigned>(rect.x) + x,
                                          static_cast<unsigned>(rect.y) + y);
                };
                differing += pixel(seen[i - 1].second) != pixel(seen[i].second) ? 1 : 0;
            }
        INFO(i);
        CHECK((differing > 0) == (seen[i - 1].first != seen[i].first));
    }
}
