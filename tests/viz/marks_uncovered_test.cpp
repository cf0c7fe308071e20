// The words of a mark can be read while mail passes it.
#include "stage.hpp"

#include <cmath>
#include <set>
#include <string>
#include <utility>

using namespace mailflow;
using namespace mailflow::viz;

TEST_CASE("No envelope lies over the words of a refusal") {
    int marks = 0;
    for (char const* lesson : {"13-domain-not-set-up", "15-mx-points-wrong", "19-gave-up", "36-backscatter",
                               "11-mistyped-name", "30-hotel-refused"})
        for (PictureSize const size : {PictureSize{800, 600}, small_size, large_size})
            for (ThemeName const theme : {ThemeName::light, ThemeName::projector}) {
                Stage stage{lesson, size};
                stage.app.carry_out(SetTheme{theme});
                std::set<Instant> moments;
                for (Event const& event : stage.app.trace().events)
                    if (moments.size() < 90)
                        moments.insert(event.at);
                for (Instant const moment : moments) {
                    stage.app.seek(moment);
                    stage.frames(1);
                    auto const& shapes = stage.app.drawn().shapes;
                    for (auto const& [name, said] : shapes) {
                        if (!name.starts_with("callout:"))
                            continue;
                        ++marks;
                        for (auto const& [other, envelope] : shapes)
                            if (other.starts_with("envelope:")) {
                                INFO(lesson << ' ' << size.width << ' ' << theme_of(theme).words << ' '
                                            << say_instant(moment) << ' ' << name << " under " << other);
                                CHECK(area_shared(envelope, said.inset(2)) <= 0);
                            }
                    }
                }
            }
    CHECK(marks > 100);
}

TEST_CASE("A mark where there is little room is no wider than the place of its server") {
    Stage stage{"34-open-relay-abused", large_size};
    stage.app.carry_out(SetTheme{ThemeName::dark});
    stage.app.seek(Instant{std::chrono::minutes{30}});
    stage.frames(2);
    Rect const mark = stage.shape("callout:mx1.shop.example");
    Rect const server = stage.shape("refused:mx1.shop.example");
    int places = 0;
    for (auto const& [name, place] : stage.app.drawn().shapes)
        if (name.starts_with("place:") && area_shared(place, server) > 0) {
            ++places;
            CHECK(mark.x >= place.x);
            CHECK(mark.right() <= place.right());
        }
    CHECK(places == 1);
}

TEST_CASE("The words of a refusal are whole, with the code, and lie over no other place's machine") {
    for (PictureSize const size : {PictureSize{800, 600}, small_size, large_size}) {
        INFO(size.width);
        Stage stage{"48-asking-the-postmaster", size};
        stage.app.seek(Instant{std::chrono::minutes{1}});
        stage.frames(2);
        for (auto const& [server, code] :
             {std::pair{"mx.books.example", "550"}, std::pair{"mx.shoes.example", "554"}}) {
            Rect const said = stage.shape(std::string{"callout:"} + server);
            Rect const icon = stage.shape(std::string{"icon:"} + server);
            INFO(server);
            CHECK(std::abs(said.centre().x - icon.centre().x) < 140);
            int found = 0;
            for (Label const& label : stage.app.drawn().labels)
                if (label.text.find("blocklist") != std::string::npos && area_shared(label.rect, said) > 1) {
                    ++found;
                    CHECK_FALSE(label.cut);
                    CHECK(label.text.find(code) != std::string::npos);
                }
            CHECK(found == 1);
            CHECK(said.w < 220);
        }
    }
}
