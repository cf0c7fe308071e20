// The gallery of scenarios, searched and used with the keyboard alone.
#include "change_stage.hpp"

#include <algorithm>

using namespace mailflow;
using namespace mailflow::viz;

namespace {

/// A window with the gallery before it, of which all has been read.
struct GalleryStage : ChangeStage {
    GalleryStage() : ChangeStage("02-relaying-denied") {
        key(Key::o, {false, true});
        for (int n = 0; n < 200 && !app.work().gallery().is_read(); ++n)
            frames(1);
        REQUIRE(app.work().gallery().is_read());
        frames(2);
    }

    [[nodiscard]] std::size_t cards() const {
        auto const& widgets = app.drawn().widgets;
        return static_cast<std::size_t>(std::count_if(widgets.begin(), widgets.end(), [](auto const& widget) {
            return widget.first.starts_with("open:");
        }));
    }
};

} // namespace

TEST_CASE("The gallery is searched as one types, and Enter opens the first that is found") {
    GalleryStage stage;
    std::size_t const all = stage.cards();
    CHECK(all == stage.app.work().gallery().entries().size());
    stage.type("GREY"); // the keyboard is there already
    CHECK(stage.cards() < all);
    CHECK(stage.cards() > 0);
    CHECK(stage.has("open:21-greylisting"));
    stage.type("listing");
    CHECK(stage.has("open:21-greylisting"));
    stage.key(Key::enter);
    stage.frames(3);
    CHECK(stage.app.view().work.sheet == Sheet::none);
    CHECK(stage.app.world().title == "Come back later");
}

TEST_CASE("A search looks at names, titles and summaries, for all of its words") {
    GalleryEntry const entry{.path = "/lib/21-greylisting.json",
                             .title = "Come back later",
                             .summary = "The shop's server greylists",
                             .shown = nullptr,
                             .moment = {},
                             .layout = {}};
    for (char const* const found : {"", " ", "21", "later COME", "shop's", "grey back"})
        CHECK(is_found(entry, found));
    for (char const* const not_found : {"22", "later never", "json"})
        CHECK_FALSE(is_found(entry, not_found));
}

TEST_CASE("What is searched for is found before its picture has been made") {
    ChangeStage stage{"02-relaying-denied"};
    stage.key(Key::o, {false, true});
    stage.type("forgets visit"); // the last lesson, in words of its summary
    REQUIRE_FALSE(stage.app.work().gallery().is_read());
    CHECK(stage.has("open:47-round-and-round"));
    CHECK_FALSE(stage.shows("nothing found"));
    stage.type(" zebra");
    CHECK(stage.shows("nothing found"));
}

TEST_CASE("A search that finds nothing says so, and Enter opens nothing") {
    GalleryStage stage;
    stage.type("zebra");
    CHECK(stage.cards() == 0);
    CHECK(stage.shows("nothing found"));
    stage.key(Key::enter);
    stage.frames(3);
    CHECK(stage.app.view().work.sheet == Sheet::open);
    CHECK(stage.app.world().title == "Relaying denied");
    // The next time it begins anew.
    stage.key(Key::escape);
    stage.key(Key::o, {false, true});
    stage.frames(3);
    CHECK_FALSE(stage.shows("nothing found"));
    CHECK(stage.cards() > 40);
}

TEST_CASE("Tab comes to every card of the gallery, and brings it into sight") {
    GalleryStage stage;
    std::string const last = "open:47-round-and-round";
    for (int n = 0; n < 100 && stage.app.drawn().focus != last; ++n)
        stage.key(Key::tab);
    REQUIRE(stage.app.drawn().focus == last);
    stage.frames(3);
    CHECK(Rect{0, 0, 1280, 720}.contains(stage.widget(last)));
    stage.key(Key::space);
    stage.frames(3);
    CHECK(stage.app.world().title == "Round and round");
}

TEST_CASE("Letters that are typed while the keyboard is at a card search the library") {
    GalleryStage stage;
    for (int n = 0; n < 100 && !stage.app.drawn().focus.starts_with("open:"); ++n)
        stage.key(Key::tab);
    REQUIRE(stage.app.drawn().focus.starts_with("open:"));
    stage.frames(3);
    stage.type("grey");
    CHECK(stage.app.view().work.draft(library_search) == "grey");
    CHECK(stage.app.drawn().focus == library_search);
    stage.type("listing");
    CHECK(stage.app.view().work.draft(library_search) == "greylisting");
    stage.key(Key::enter);
    stage.frames(3);
    CHECK(stage.app.world().title == "Come back later");
}

TEST_CASE("Whatever is typed while another tab is shown, or after a click on one, searches the library") {
    for (char const* const tab : {"tab:files", "tab:recent", "tab:library"}) {
        INFO(tab);
        GalleryStage stage;
        stage.click(tab);
        stage.frames(2);
        stage.type("34");
        stage.frames(2);
        CHECK(stage.app.view().work.tab == OpenTab::library);
        CHECK(stage.app.view().work.draft(library_search) == "34");
        CHECK(stage.has("open:34-open-relay-abused"));
        stage.key(Key::enter);
        stage.frames(3);
        CHECK(stage.app.view().work.sheet == Sheet::none);
        CHECK(stage.app.world().title == load_lesson("34-open-relay-abused").title);
    }
    GalleryStage stage;
    stage.click("tab:files");
    stage.key(Key::enter); // opens nothing that is not seen
    stage.frames(2);
    CHECK(stage.app.view().work.sheet == Sheet::open);
}
