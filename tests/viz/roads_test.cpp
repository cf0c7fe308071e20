// How roads look: straight, or clearly bent.
#include "stage.hpp"

#include <cmath>
#include <optional>

using namespace mailflow;
using namespace mailflow::viz;

TEST_CASE("No dots of a road at rest lie between the dashes of one that was refused") {
    Stage stage{denied};
    CHECK(stage.shows("at rest:mail.isp.example maya"));
    stage.seek(refusal_moment(stage.app.trace()));
    CHECK_FALSE(stage.shows("at rest:mail.isp.example maya"));
}

TEST_CASE("Between neighbours of nearly the same height the road runs straight") {
    int straight = 0;
    for (char const* const lesson :
         {"05-handled-domain", "22-mailbox-full", "27-company-smarthost", "34-open-relay-abused"})
        for (PictureSize const size : {PictureSize{800, 600}, small_size, large_size}) {
            Stage const stage{lesson, size};
            CanvasLayout const& layout = stage.app.layout();
            for (Road const& road : layout.roads) {
                float const rise = std::abs(road.path.back().y - road.path.front().y);
                std::size_t const from = layout.spot(road.from).column;
                std::size_t const to = layout.spot(road.to).column;
                if (std::max(from, to) - std::min(from, to) != 1 || rise >= 24 * layout.unit)
                    continue;
                ++straight;
                INFO(lesson << ' ' << size.width);
                CHECK(road.path.size() == 2);
            }
        }
    CHECK(straight > 3);
}

TEST_CASE("A road is straight or clearly bent, not stepped a little") {
    int bends = 0;
    for (char const* const lesson : {"07-two-devices", "24-backup-not-told", "27-company-smarthost",
                                     "34-open-relay-abused", "38-bot-without-patience", "43-probing"})
        for (PictureSize const size : {PictureSize{800, 600}, small_size, large_size}) {
            Stage const stage{lesson, size};
            CanvasLayout const& layout = stage.app.layout();
            auto const check = [&](std::vector<Point> const& path) {
                std::optional<float> level; // of the last part that ran level
                for (std::size_t i = 0; i + 1 < path.size(); ++i) {
                    if (std::abs(path[i + 1].y - path[i].y) > 0.5F || std::abs(path[i + 1].x - path[i].x) < 6)
                        continue;
                    float const step = std::abs(path[i].y - level.value_or(path[i].y));
                    bool const steep =
                        i > 0 && std::abs(path[i].x - path[i - 1].x) < std::abs(path[i].y - path[i - 1].y);
                    INFO(lesson << ' ' << size.width << " step " << step / layout.unit);
                    CHECK((step < 1 || step >= 24 * layout.unit || !steep));
                    bends += step >= 24 * layout.unit ? 1 : 0;
                    level = path[i + 1].y;
                }
            };
            for (Road const& road : layout.roads)
                check(road.path);
            for (DnsRoad const& road : layout.dns_roads)
                check(road.path);
        }
    CHECK(bends > 20);
}
