// The card of signs: each sign that picture and timeline show stands on it, as they draw it.
#include "stage.hpp"

#include "viz/draw/icons.hpp"

#include <array>
#include <utility>

using namespace mailflow;
using namespace mailflow::viz;

namespace {

std::uint32_t rgb_of(viz::Colour colour) {
    return (colour & 0xFFU) << 16U | (colour & 0xFF00U) | (colour >> 16U & 0xFFU);
}

/// Left of its words.
Rect sample_of(Stage const& stage, std::string const& words) {
    Rect const row = stage.shape("sign:" + words);
    return {row.x, row.y, row.w * 0.29F, row.h};
}

} // namespace

TEST_CASE("Every mark of the timeline stands on the card of signs, in its colour") {
    Stage stage{denied, large_size};
    stage.key(Key::s);
    Picture const picture = stage.picture();
    Palette const& colours = stage.ui.ink().colours;
    for (auto const& [mark, words] :
         std::array<std::pair<Mark, char const*>, 6>{{{Mark::accepted, "accepted, or filed in a mailbox"},
                                                      {Mark::refused, "refused, or given up"},
                                                      {Mark::deferred, "put off: it is tried again later"},
                                                      {Mark::bounce, "a bounce or a delay warning"},
                                                      {Mark::dns, "the DNS is asked, or answers"},
                                                      {Mark::changed, "somebody changes a setting"}}}) {
        INFO(words);
        CHECK(count_pixels(picture, sample_of(stage, words), rgb_of(colour_of(colours, mark))) > 30);
    }
    Rect const stacked = sample_of(stage, "two of them at about the same time");
    CHECK(count_pixels(picture, stacked, rgb_of(colours.refused)) > 10);
    CHECK(count_pixels(picture, stacked, rgb_of(colours.bounce)) > 10);
}

TEST_CASE("The gap of a wait on the card of signs is that of the timeline") {
    Stage stage{"18-hours-of-waiting", large_size};
    auto const gaps_in = [](Picture const& picture, Rect line, std::uint32_t track) {
        int gaps = 0;
        bool on_line = true;
        auto const end = static_cast<unsigned>(line.right() - line.h);
        for (auto x = static_cast<unsigned>(line.x + line.h); x < end; ++x) {
            bool const here = picture.rgb_at(x, static_cast<unsigned>(line.centre().y)) == track;
            gaps += static_cast<int>(on_line && !here);
            on_line = here;
        }
        return gaps;
    };
    stage.key(Key::s);
    Picture const picture = stage.picture();
    Rect const sample = sample_of(stage, "waiting that is passed over");
    float const scale = stage.ui.ink().scale;
    Rect const track{sample.centre().x - 42 * scale, sample.centre().y - 6 * scale, 84 * scale, 12 * scale};
    CHECK(gaps_in(picture, track, rgb_of(stage.ui.ink().colours.track)) == 2);
    CHECK(stage.shows("sign:the moment that is seen"));
    CHECK(stage.shows("sign:the first difference of two runs"));
    CHECK(stage.shows("sign:why it has to wait, and the code"));
}
