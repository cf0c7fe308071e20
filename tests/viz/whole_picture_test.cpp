// The picture as a whole, in every scenario, at several sizes and in every look: what is written in it is
// whole, covers nothing else, and lies on no line.
#include "stage.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <filesystem>

using namespace mailflow;
using namespace mailflow::viz;

namespace {

constexpr PictureSize little_size{800, 600};
constexpr std::array sizes{little_size, small_size, large_size};

std::vector<std::string> lessons() {
    std::vector<std::string> names;
    for (auto const& entry : std::filesystem::directory_iterator{MAILFLOW_SOURCE_DIR "/scenarios"})
        if (entry.path().extension() == ".json")
            names.push_back(entry.path().stem().string());
    std::sort(names.begin(), names.end());
    REQUIRE(names.size() > 40);
    return names;
}

/// The first refusal, if any, and moments from the beginning to the end.
std::vector<Instant> moments_of(Stage const& stage) {
    std::vector<Instant> moments;
    for (Event const& event : stage.app.trace().events)
        if (auto const* sent = std::get_if<ReplySent>(&event.happening);
            sent != nullptr && class_of(sent->saying) == SayingClass::permanent) {
            moments.push_back(event.at);
            break;
        }
    for (double const place : {0.15, 0.3, 0.5, 0.7, 0.85, 1.0})
        moments.push_back(stage.app.pace().at_axis(place));
    return moments;
}

/// Shows every lesson at every size, in every look, at some of its moments.
template<class Check>
void look_at_all(Check const& check) {
    for (std::string const& lesson : lessons()) {
        Stage stage{lesson};
        for (PictureSize const size : sizes)
            for (ThemeName const theme : {ThemeName::light, ThemeName::projector}) {
                stage.app.carry_out(SetTheme{theme});
                stage.resize(size);
                for (Instant const moment : moments_of(stage)) {
                    stage.app.seek(moment);
                    stage.frames(1);
                    INFO(lesson << ' ' << size.width << 'x' << size.height << ' ' << theme_of(theme).words
                                << " at " << say_instant(moment));
                    check(stage);
                }
            }
    }
}

/// The edges of a place, as rectangles.
std::array<Rect, 4> edges_of(Rect const& box) {
    return {Rect{box.x - 1, box.y, 2, box.h}, Rect{box.right() - 1, box.y, 2, box.h},
            Rect{box.x, box.y - 1, box.w, 2}, Rect{box.x, box.bottom() - 1, box.w, 2}};
}

/// Whether somebody has logged in is told clear of the edges of places, of names and of machines.
int check_login_notes(Stage const& stage) {
    int seen = 0;
    for (auto const& [name, box] : stage.app.drawn().shapes) {
        if (!name.starts_with("login:"))
            continue;
        ++seen;
        for (Place const& place : stage.app.layout().places)
            for (Rect const& edge : edges_of(place.box))
                CHECK(area_shared(box, edge) <= 0);
        for (Spot const& spot : stage.app.layout().spots)
            if (spot.host.valid())
                CHECK(area_shared(box, spot.icon) <= 0);
    }
    return seen;
}

/// Of what has to be mended no line is seen by half.
int check_advice(Stage const& stage) {
    if (!stage.shows("advice words"))
        return 0;
    float const lines = stage.shape("advice words").h / stage.shape("line of advice").h;
    CHECK(lines >= 1);
    CHECK(std::abs(lines - std::round(lines)) < 0.01F);
    return 1;
}

/// No label covers another, none is too small, and none is cut, but for long names in rows, and for some
/// that the letters of a projector leave no room for.
void check_labels(Stage const& stage) {
    std::vector<Label> const& labels = stage.app.drawn().labels;
    bool const is_cramped =
        stage.app.layout().standing == Standing::line ||
        (stage.size.width != small_size.width && stage.app.view().looks.theme == ThemeName::projector);
    for (std::size_t i = 0; i < labels.size(); ++i) {
        INFO(labels[i].text);
        CHECK_FALSE((labels[i].cut && !is_cramped));
        CHECK(labels[i].rect.h >= 10);
        for (std::size_t j = i + 1; j < labels.size(); ++j) {
            INFO("and " << labels[j].text);
            CHECK(area_shared(labels[i].rect, labels[j].rect) < 1);
        }
    }
}

} // namespace

TEST_CASE("In every lesson, at every size and in every look, what is written is whole and covers nothing") {
    int notes = 0;
    int scrolled = 0;
    look_at_all([&](Stage const& stage) {
        notes += check_login_notes(stage);
        scrolled += check_advice(stage);
        check_labels(stage);
    });
    CHECK(notes > 200);
    CHECK(scrolled > 10);
}
