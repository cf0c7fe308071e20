// A notice goes when what it says is no longer so.
#include "change_stage.hpp"

#include "viz/layout/elbow_room.hpp"

using namespace mailflow;
using namespace mailflow::viz;

namespace {

constexpr float till_looked_s = 1;

bool is_told(ChangeStage const& stage, std::string const& words) {
    return stage.shows("notice") && stage.app.view().presenting.notice.find(words) != std::string::npos;
}

/// To the last refusal, and once more.
void ask_for_one_more(ChangeStage& stage) {
    stage.key(Key::end);
    stage.key(Key::n);
    stage.frames(1);
    REQUIRE(is_told(stage, "No server refuses anything"));
}

} // namespace

TEST_CASE("What was said of the moment goes with it") {
    ChangeStage stage{denied};
    for (Key const key : {Key::home, Key::left, Key::p, Key::space}) {
        INFO(static_cast<int>(key));
        stage.key(Key::home);
        ask_for_one_more(stage);
        stage.key(key);
        stage.frames(1);
        CHECK_FALSE(stage.shows("notice"));
        if (stage.app.view().playing)
            stage.key(Key::space);
    }
    ask_for_one_more(stage);
    Rect const track = stage.shape("track");
    stage.press_at({track.x + track.w * 0.3F, track.centre().y});
    CHECK_FALSE(stage.shows("notice"));
}

TEST_CASE("What was said of the moment goes with its run") {
    ChangeStage stage{"03-authenticated"};
    stage.key(Key::n);
    stage.frames(1);
    REQUIRE(is_told(stage, "No server refuses anything"));
    stage.key(Key::i);
    stage.frames(2);
    stage.click("machine:maya");
    stage.press("set:/people/maya/outgoing/authenticate=false"); // now one does
    stage.frames(2);
    CHECK_FALSE(stage.shows("notice"));
}

TEST_CASE("What was said of the moment stays for its time while the moment does") {
    ChangeStage stage{denied};
    ask_for_one_more(stage);
    stage.app.frame(stage.ui, stage.size.width, stage.size.height, 3);
    stage.frames(1);
    CHECK(stage.shows("notice"));
    stage.app.frame(stage.ui, stage.size.width, stage.size.height, 4);
    stage.frames(1);
    CHECK_FALSE(stage.shows("notice"));
}

TEST_CASE("A notice hides no machine, no name, no mailbox and not the DNS where there is room beside them") {
    for (char const* const lesson :
         {"01-magic", denied, "05-handled-domain", "12-mistyped-domain", "22-mailbox-full"})
        for (PictureSize const size : {PictureSize{800, 600}, small_size, large_size}) {
            INFO(lesson << ' ' << size.width);
            Stage stage{lesson, size};
            stage.key(Key::u); // no machine was clicked
            stage.frames(2);
            REQUIRE(stage.shows("notice"));
            Rect const notice = stage.shape("notice");
            CanvasLayout const& layout = stage.app.layout();
            CHECK(area_shared(notice, layout.dns) <= 0);
            for (Spot const& spot : layout.spots) {
                if (!spot.host.valid())
                    continue;
                INFO(spot.called);
                CHECK(area_shared(notice, united(spot.icon, spot.name)) <= 0);
                if (spot.mailbox)
                    CHECK(area_shared(notice, *spot.mailbox) <= 0);
            }
        }
}

TEST_CASE("That a file is gone is said no longer once it is back, is saved, or another is open") {
    for (char const* const how : {"back", "saved", "another"}) {
        INFO(how);
        ChangeStage stage{denied};
        std::string const text = text_of(stage.file);
        fs::remove(stage.file);
        (void)stage.app.look_at_disk(till_looked_s); // an editor may be saving
        REQUIRE(stage.app.look_at_disk(till_looked_s));
        stage.frames(2);
        REQUIRE(is_told(stage, "is no longer there"));
        if (std::string_view{how} == "back") {
            write(stage.file, text);
            CHECK(stage.app.look_at_disk(till_looked_s)); // there is something new to draw
        } else if (std::string_view{how} == "saved") {
            stage.key(Key::s, control);
        } else {
            fs::path const other = stage.folder / "other.json";
            write(other, text);
            REQUIRE(stage.app.open_file(other.string()).empty());
        }
        stage.frames(2);
        CHECK_FALSE(is_told(stage, "is no longer there"));
    }
}

TEST_CASE("That something has to be clicked first is said no longer once it was") {
    ChangeStage stage{denied};
    for (auto const& [key, words] :
         {std::pair{Key::u, "Click a machine first"}, std::pair{Key::l, "Click a message first"}}) {
        stage.key(key);
        stage.frames(1);
        REQUIRE(is_told(stage, words));
        stage.click("machine:mx1.shop.example");
        CHECK_FALSE(stage.shows("notice"));
        stage.key(Key::escape);
    }
}

TEST_CASE("Where machines fill the picture a notice hides none of their names, nor those of places") {
    for (char const* const lesson : {"43-probing", "34-open-relay-abused", "44-two-closed-servers"})
        for (PictureSize const size : {PictureSize{800, 600}, small_size, large_size}) {
            INFO(lesson << ' ' << size.width);
            Stage stage{lesson, size};
            stage.key(Key::u);
            stage.frames(3);
            REQUIRE(stage.shows("notice"));
            Rect const notice = stage.shape("notice");
            CanvasLayout const& layout = stage.app.layout();
            for (Spot const& spot : layout.spots)
                CHECK(area_shared(notice, united(spot.icon, spot.name)) <= 0);
            for (Place const& place : layout.places)
                if (place.titled)
                    CHECK(area_shared(notice, {place.box.x, place.box.y, place.box.w, place.title}) <= 0);
        }
}
