// "Come back later": who says it is marked for as long as nobody has tried again, and it is told apart from a
// refusal by colour, sign and words.
#include "frame_of.hpp"
#include "stage.hpp"

#include "report/words/words.hpp"
#include "viz/focus.hpp"

#include <algorithm>

using namespace mailflow;
using namespace mailflow::viz;
using namespace std::chrono_literals;

namespace {

constexpr char const* greylisting = "21-greylisting";

/// When the server first said 4xx.
Instant put_off_at(Stage const& stage) {
    for (Event const& event : stage.app.trace().events)
        if (auto const* sent = std::get_if<ReplySent>(&event.happening);
            sent != nullptr && class_of(sent->saying) == SayingClass::transient)
            return event.at;
    FAIL("nobody is put off");
    return {};
}

bool has_mark(Stage const& stage) {
    return stage.app.drawn().shapes.contains("put off:mx1.shop.example");
}

} // namespace

TEST_CASE("Who says come back later is marked in words until it is tried again") {
    for (ThemeName const theme : {ThemeName::light, ThemeName::projector}) {
        Stage stage{greylisting};
        stage.app.carry_out(SetTheme{theme});
        Instant const said = put_off_at(stage);
        stage.seek(said - Duration{1ms});
        CHECK_FALSE(has_mark(stage));
        stage.seek(said);
        CHECK(has_mark(stage));
        CHECK_FALSE(stage.app.drawn().shapes.contains("refused:mx1.shop.example"));
        std::vector<Label> const& labels = stage.app.drawn().labels;
        CHECK(std::any_of(labels.begin(), labels.end(), [](Label const& label) {
            return label.text.find("450") != std::string::npos &&
                   label.text.find("reylisted") != std::string::npos;
        }));
        stage.seek(said + Duration{1min}); // it waits
        CHECK(has_mark(stage));
        stage.seek(stage.app.pace().end()); // it came back, and was taken
        CHECK_FALSE(has_mark(stage));
    }
}

TEST_CASE("What one list of rules lets pass is not called accepted while the next one puts it off") {
    Stage stage{greylisting};
    Instant const said = put_off_at(stage);
    for (StoryRow const& row : stage.app.rows().all()) {
        Event const& event = stage.app.trace().events[row.event];
        auto const* const made = std::get_if<DecisionMade>(&event.happening);
        if (event.at != said || made == nullptr ||
            stage.app.trace().decisions[made->decision].decision.verdict != Verdict::accept)
            continue;
        CHECK(row.mark == Mark::none);
        CHECK(sentence(stage.app.world(), stage.app.trace(), event) ==
              "mx1.shop.example lets leo@shop.example pass: shop.example is handled here");
    }
}

TEST_CASE("Who is put off is told so in the list, and N still stops there") {
    Stage stage{greylisting};
    Instant const said = put_off_at(stage);
    CHECK(stage.app.rows().marked(Mark::refused).empty());
    CHECK_FALSE(stage.app.rows().marked(Mark::deferred).empty());
    stage.key(Key::n);
    CHECK(stage.app.view().now == said);
    auto const& rows = stage.app.rows().all();
    CHECK(std::any_of(rows.begin(), rows.end(), [&](StoryRow const& row) {
        return sentence(stage.app.world(), stage.app.trace(), stage.app.trace().events[row.event]) ==
               "mx1.shop.example puts leo@shop.example off: come back later";
    }));
}

TEST_CASE("The mark of a refusal stands at its own server where there is too little room above it") {
    Stage stage{denied, {1280, 720}};
    stage.app.carry_out(SetTheme{ThemeName::projector});
    stage.seek(Instant{560ms});
    Rect const mark = stage.shape("callout:mail.isp.example");
    Rect const server = stage.shape("icon:mail.isp.example");
    CHECK(mark.x < server.centre().x);
    CHECK(mark.right() > server.centre().x);
}

TEST_CASE("Who is put off keeps its mark, whatever becomes of the other recipients of the letter") {
    Stage stage{world_of(R"({ "format": 1, "title": "Two",
      "servers": { "mail.isp.example": { "handles": ["isp.example"] },
                   "mx.shop.example": { "handles": ["shop.example"], "greylist": "4m" },
                   "mx.bank.example": { "handles": ["bank.example"], "mailboxes": ["ann"] } },
      "people": { "maya": { "address": "maya@isp.example" } },
      "mail": [ { "from": "maya", "to": ["leo@shop.example", "bo@bank.example"] } ] })")};
    stage.seek(Instant{1min});
    CHECK(stage.shows("put off:mx.shop.example"));
    CHECK(stage.shows("refused:mx.bank.example"));
    stage.seek(stage.app.pace().end());
    CHECK_FALSE(stage.shows("put off:mx.shop.example"));
}

TEST_CASE("How often a server has put off is counted, and the number only grows") {
    Stage stage{"42-too-many-at-once"};
    std::uint32_t last = 0;
    for (Instant const at : {Instant{2s}, Instant{3s}, Instant{5s}}) {
        stage.seek(at);
        std::uint32_t said = 0;
        for (std::size_t i = 0; i < stage.app.state().applied; ++i)
            if (auto const* sent = std::get_if<ReplySent>(&stage.app.trace().events[i].happening))
                said += sent->saying == Saying::too_many_sessions ? 1 : 0;
        std::string const words = std::to_string(said) + " times";
        std::vector<Label> const& labels = stage.app.drawn().labels;
        INFO(words);
        CHECK(std::any_of(labels.begin(), labels.end(),
                          [&](Label const& label) { return label.text.find(words) != std::string::npos; }));
        CHECK(said > last);
        last = said;
    }
}

TEST_CASE("A clock stands on the timeline where somebody was put off, beside what was taken") {
    Stage stage{"38-bot-without-patience"};
    stage.key(Key::end);
    auto const& put_off = stage.app.rows().marked(Mark::deferred);
    CHECK(std::any_of(put_off.begin(), put_off.end(),
                      [&](EventNumber event) { return stage.shows("mark:" + std::to_string(event)); }));
}

TEST_CASE(
    "Who turns one caller away is marked, whoever else calls at that moment, and the panel tells of it") {
    Stage stage{"42-too-many-at-once"};
    stage.key(Key::n);
    CHECK(has_mark(stage));
    Present const present = present_in(stage.app.world(), stage.app.state());
    Focus const focus = focus_of(frame_of(stage, present), stage.app.view());
    REQUIRE(focus.line != never);
    CHECK(std::get<ReplySent>(stage.app.trace().events[focus.line].happening).saying ==
          Saying::too_many_sessions);
}

TEST_CASE("N stops where a try came to nothing without a word") {
    Stage stage{"18-hours-of-waiting"};
    stage.key(Key::n);
    std::vector<EventNumber> const& later = stage.app.rows().marked(Mark::deferred);
    REQUIRE_FALSE(later.empty());
    CHECK(stage.app.view().now == stage.app.trace().events[later.front()].at);
}
