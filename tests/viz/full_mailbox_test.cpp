// A mailbox that is full is drawn as one, and not by its colour alone.
#include "stage.hpp"

using namespace mailflow;
using namespace mailflow::viz;

namespace {

/// How much of the icon is drawn on.
double inked(Picture const& picture, Rect icon) {
    return 1 - count_pixels(picture, icon, 0xFFFFFF) / static_cast<double>(icon.w * icon.h);
}

} // namespace

TEST_CASE("A full mailbox is full of letters, and an empty one is not") {
    Stage stage{"22-mailbox-full"};
    stage.key(Key::n);
    stage.mouse_away();
    Picture const picture = stage.picture();
    double const full = inked(picture, stage.shape("mailbox:mx1.shop.example"));
    double const empty = inked(picture, stage.shape("mailbox:mail.isp.example"));
    INFO(full << " and " << empty);
    CHECK(full > empty + 0.2);
    stage.key(Key::end); // Leo has deleted old mail; one message lies there
    stage.mouse_away();
    CHECK(stage.shows("mailbox:mx1.shop.example"));
    CHECK(inked(stage.picture(), stage.shape("mailbox:mx1.shop.example")) < full);
}

TEST_CASE("The signs tell of a full mailbox") {
    Stage stage{denied};
    stage.key(Key::s);
    stage.frames(2);
    CHECK(stage.shows("sign:a full mailbox: no more goes in"));
    CHECK(stage.shape("signs").contains(stage.shape("sign:a full mailbox: no more goes in")));
}
