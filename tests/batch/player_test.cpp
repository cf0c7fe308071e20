// Playing the runs of a plan, and being stopped at it.
#include "catch.hpp"

#include "batch/player.hpp"

using namespace mailflow::batch;

namespace {

Plan plan() {
    auto seeds = SeedList::parse("1..5");
    return {.files = {{"a.json", R"({ "format": 1,
        "servers": { "mail.isp.example": { "handles": ["isp.example"] } },
        "people": { "maya": { "address": "maya@isp.example",
                              "incoming": { "server": "mail.isp.example", "every": "1s" } } } })"}},
            .factors = {},
            .seeds = std::get<SeedList>(seeds)};
}

} // namespace

TEST_CASE("a player writes a row for each run, and none for one that is broken off") {
    Plan const five = plan();
    std::atomic<bool> stop = false;
    Scenes scenes{five};
    Player player{five, scenes, stop};
    CHECK(player.play(2).starts_with("3,a.json,"));
    std::string const rows = player.play(Piece{.first = 1, .count = 3});
    CHECK(std::count(rows.begin(), rows.end(), '\n') == 3);
    stop = true;
    CHECK(player.play(2).empty());
    CHECK(player.play(Piece{.first = 1, .count = 3}).empty());
}
