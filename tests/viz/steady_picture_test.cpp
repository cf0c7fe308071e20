// While somebody builds, the picture is not turned round: who stands left of somebody stays there, whatever
// is added; and all that was added is seen.
#include "change_stage.hpp"

#include "edit/newcomers.hpp"

#include <cmath>
#include <map>

using namespace mailflow;
using namespace mailflow::viz;

namespace {

/// As the button of the list does it, which a small window has to bring out first.
void add_to(ChangeStage& stage, std::string const& section) {
    Newcomer const made = newcomer(*stage.app.work().scenario().root(), section);
    stage.app.carry_out(WorkIntent{MakeEdits{{made.edit}, {}}});
    stage.app.carry_out(WorkIntent{ShowThing{made.pointer, made.pointer}});
    stage.frames(3);
}

std::map<std::string, Rect> cells_of(ChangeStage const& stage) {
    std::map<std::string, Rect> cells;
    for (Spot const& spot : stage.app.layout().spots)
        if (spot.host.valid())
            cells[stage.app.world().hosts[spot.host].name] = spot.cell;
    return cells;
}

/// How many have changed sides: what was clearly left of something is clearly right of it now.
int turned_round(std::map<std::string, Rect> const& before, std::map<std::string, Rect> const& after) {
    int count = 0;
    for (auto const& [one, was] : before)
        for (auto const& [other, other_was] : before)
            if (was.right() < other_was.x && after.at(one).x > after.at(other).right())
                ++count;
    return count;
}

} // namespace

TEST_CASE("Whatever is added in Build, nobody changes sides, and hardly anybody moves") {
    int moved = 0;
    int all = 0;
    for (char const* const lesson :
         {denied, "08-dns-answers", "17-tester-inside", "25-early-internet", "33-names-in-the-dns",
          "34-open-relay-abused", "42-too-many-at-once", "45-a-town-writes"})
        for (PictureSize const size : {PictureSize{800, 600}, small_size, large_size})
            for (char const* const section : {"mail", "spammers", "populations"}) {
                INFO(lesson << ' ' << size.width << ' ' << section);
                ChangeStage stage{lesson, size};
                stage.key(Key::b);
                stage.frames(3);
                auto const before = cells_of(stage);
                add_to(stage, section);
                auto const after = cells_of(stage);
                for (auto const& [name, cell] : before) {
                    REQUIRE(after.contains(name));
                    ++all;
                    moved +=
                        std::hypot(after.at(name).centre().x - cell.centre().x,
                                   after.at(name).centre().y - cell.centre().y) > 40 * stage.ui.ink().scale
                            ? 1
                            : 0;
                }
                CHECK(turned_round(before, after) == 0);
            }
    INFO(moved << " of " << all);
    CHECK(5 * moved <= all);
}

TEST_CASE("A message that is added moves nobody") {
    for (char const* const lesson : {denied, "17-tester-inside", "23-backup-mx", "34-open-relay-abused"})
        for (PictureSize const size : {small_size, large_size}) {
            INFO(lesson << ' ' << size.width);
            ChangeStage stage{lesson, size};
            stage.key(Key::b);
            stage.frames(3);
            auto const before = cells_of(stage);
            add_to(stage, "mail");
            for (auto const& [name, cell] : cells_of(stage)) {
                INFO(name);
                CHECK(cell.x == before.at(name).x);
                CHECK(cell.y == before.at(name).y);
            }
        }
}

TEST_CASE("A place in which nobody is yet is seen, however many there are") {
    for (char const* const lesson : {"33-names-in-the-dns", "44-two-closed-servers", "45-a-town-writes"})
        for (PictureSize const size : {PictureSize{800, 600}, small_size}) {
            INFO(lesson << ' ' << size.width);
            ChangeStage stage{lesson, size};
            stage.key(Key::b);
            stage.key(Key::r);
            stage.frames(3);
            for (std::string const name : {"place", "place2", "place3"}) {
                add_to(stage, "networks");
                stage.key(Key::escape);
                stage.frames(2);
                INFO(name);
                bool const is_there =
                    std::any_of(stage.app.layout().places.begin(), stage.app.layout().places.end(),
                                [&](Place const& place) {
                                    return stage.app.world().networks[place.network].name == name;
                                });
                CHECK(is_there);
            }
        }
}
