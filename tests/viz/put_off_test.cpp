// "Come back later": who says it is marked for as long as nobody has tried again, and it is told apart from a
// refusal by colour, sign and words.
#include "stage.hpp"

#include "report/words.hpp"

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
