// Where things stand stays the same when the window is used for something else, or when two runs are seen.
#include "change_stage.hpp"

#include <algorithm>
#include <set>
#include <vector>

using namespace mailflow;
using namespace mailflow::viz;

namespace {

/// Which machine stands before which other, across and down.
struct Standings {
    std::vector<std::size_t> columns;      // by HostId
    std::vector<std::vector<HostId>> down; // by column
    bool operator==(Standings const&) const = default;
};

Standings standings_of(CanvasLayout const& layout) {
    Standings all;
    for (Spot const& spot : layout.spots) {
        all.columns.push_back(spot.column);
        all.down.resize(std::max(all.down.size(), spot.column + 1));
        all.down[spot.column].push_back(spot.host);
    }
    for (std::vector<HostId>& column : all.down)
        std::sort(column.begin(), column.end(),
                  [&](HostId a, HostId b) { return layout.spot(a).cell.y < layout.spot(b).cell.y; });
    return all;
}

} // namespace

TEST_CASE("Watch, What if and Build show the same arrangement") {
    for (char const* lesson :
         {"22-mailbox-full", "44-two-closed-servers", "25-early-internet", "02-relaying-denied"})
        for (PictureSize const size : {small_size, large_size}) {
            INFO(lesson << ' ' << size.width);
            Stage stage{lesson, size};
            Standings const watched = standings_of(stage.app.layout());
            stage.key(Key::i);
            stage.frames(3);
            CHECK(standings_of(stage.app.layout()) == watched);
            stage.key(Key::b);
            stage.frames(3);
            CHECK(standings_of(stage.app.layout()) == watched);
        }
}

TEST_CASE("Two runs that are seen stand as one does, where that can be read") {
    ChangeStage stage{"02-relaying-denied", large_size};
    Standings const watched = standings_of(stage.app.layout());
    stage.key(Key::i);
    stage.frames(2);
    stage.press("thing:/servers/mail.isp.example");
    stage.press("set:/servers/mail.isp.example/open_relay=true");
    REQUIRE(stage.app.view().work.comparing);
    CHECK(standings_of(stage.app.layout()) == watched);
}

TEST_CASE("A road says once that nobody has logged in on it, however many talk there") {
    Stage stage{"34-open-relay-abused", large_size};
    for (double place = 0; place <= 1; place += 0.02) {
        stage.seek(stage.app.pace().at_axis(place));
        std::set<Road const*> roads;
        for (Conversation const& talk : stage.app.state().conversations) {
            Session const& session = stage.app.trace().sessions[talk.session];
            if (talk.mail_sent && !talk.authenticated)
                roads.insert(stage.app.layout().road(session.client, session.server));
        }
        auto const& labels = stage.app.drawn().labels;
        auto const notes = std::count_if(labels.begin(), labels.end(),
                                         [](Label const& label) { return label.text == "not logged in"; });
        CHECK(static_cast<std::size_t>(notes) <= roads.size());
    }
}
