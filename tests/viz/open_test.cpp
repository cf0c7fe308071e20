// Opening and following files: the library, recent files, folders; a file that changes on disk; never losing
// what was not saved.
#include "change_stage.hpp"

#include "saved/saved_trace.hpp"
#include "viz/panels/work_panels.hpp"
#include "viz/workbench/recent.hpp"

using namespace mailflow;
using namespace mailflow::viz;

namespace {

constexpr float long_enough_s = 1;

std::string with(std::string text, std::string const& passage, std::string const& other) {
    std::size_t const at = text.find(passage);
    REQUIRE(at != std::string::npos);
    return text.replace(at, passage.size(), other);
}

} // namespace

TEST_CASE("The window follows a file that is changed in an editor, and the cursor stays") {
    ChangeStage stage{"02-relaying-denied"};
    Instant const moment{std::chrono::milliseconds{300}};
    stage.seek(moment);
    write(stage.file, with(text_of(stage.file), "\"title\": \"Relaying denied\"", "\"title\": \"Edited\""));
    CHECK(stage.app.look_at_disk(long_enough_s));
    CHECK(stage.app.world().title == "Edited");
    CHECK(stage.app.view().now == moment);
    CHECK_FALSE(stage.app.work().is_changed());
    CHECK_FALSE(stage.app.look_at_disk(long_enough_s)); // nothing new
}

TEST_CASE("A file that has become bad leaves the old world, and what is wrong is shown") {
    ChangeStage stage{"02-relaying-denied"};
    std::string const good = text_of(stage.file);
    for (std::string const& bad : {with(good, "\"hotel\",", "\"hotl\","), good.substr(0, good.size() / 2),
                                   std::string{}, std::string{"\xff"}}) {
        write(stage.file, bad);
        CHECK(stage.app.look_at_disk(long_enough_s));
        stage.frames(2);
        CHECK(stage.app.world().title == "Relaying denied");
        CHECK_FALSE(stage.app.work().diagnostics().empty());
        CHECK(stage.shows("mistakes"));
    }
    write(stage.file, good);
    CHECK(stage.app.look_at_disk(long_enough_s));
    stage.frames(2);
    CHECK(stage.app.work().diagnostics().empty());
    CHECK_FALSE(stage.shows("mistakes"));
}

TEST_CASE("A file that vanishes is told of, its world stays, and Save writes it again") {
    ChangeStage stage{"02-relaying-denied"};
    std::string const text = text_of(stage.file);
    std::filesystem::remove(stage.file);
    CHECK_FALSE(stage.app.look_at_disk(long_enough_s)); // an editor may be saving
    CHECK(stage.app.view().presenting.notice.empty());
    CHECK(stage.app.look_at_disk(long_enough_s));
    stage.frames(2);
    CHECK(stage.app.view().presenting.notice == std::filesystem::path{stage.file}.filename().string() +
                                                    " is no longer there; Save writes it again.");
    CHECK(stage.app.view().presenting.notice_left_s > 0);
    CHECK(stage.app.world().title == "Relaying denied");
    CHECK_FALSE(stage.app.look_at_disk(long_enough_s)); // said once
    stage.event(KeyPressed{Key::s, {false, true}});
    CHECK(text_of(stage.file) == text);
    CHECK_FALSE(stage.app.work().is_gone());
}

TEST_CASE("When both sides have changed, the person decides, and nothing is lost") {
    ChangeStage stage{"02-relaying-denied"};
    stage.app.carry_out(WorkIntent{MakeEdits{{SetValue{"/title", "\"Mine\""}}, {}}});
    std::string const theirs = with(text_of(stage.file), "\"Relaying denied\"", "\"Theirs\"");
    write(stage.file, theirs);
    CHECK(stage.app.look_at_disk(long_enough_s));
    CHECK(stage.app.world().title == "Mine");
    stage.frames(2);
    stage.click("take from disk");
    CHECK(stage.app.world().title == "Theirs");
    stage.event(KeyPressed{Key::z, {false, true}});
    CHECK(stage.app.world().title == "Mine");
    write(stage.file, with(theirs, "Theirs", "Again"));
    CHECK(stage.app.look_at_disk(long_enough_s));
    stage.frames(2);
    stage.click("keep mine");
    CHECK(stage.app.world().title == "Mine");
    CHECK(stage.app.work().is_changed());
    CHECK_FALSE(stage.app.work().disk_differs());
}

TEST_CASE("While the file has another text, nothing says that what is shown is saved") {
    ChangeStage stage{"02-relaying-denied"};
    stage.app.carry_out(SetMode{Mode::build});
    stage.app.carry_out(WorkIntent{MakeEdits{{SetValue{"/title", "\"Mine\""}}, {}}});
    write(stage.file, with(text_of(stage.file), "\"Relaying denied\"", "\"Theirs\""));
    REQUIRE(stage.app.look_at_disk(long_enough_s));
    stage.event(KeyPressed{Key::z, {false, true}});
    stage.frames(2);
    CHECK(stage.app.world().title == "Relaying denied");
    CHECK(stage.app.work().disk_differs());
    CHECK(stage.app.work().differs_from_file());
    CHECK(stage.app.title().starts_with("• "));
}

TEST_CASE("What somebody else has written into the file is not written over without a question") {
    ChangeStage stage{"02-relaying-denied"};
    stage.app.carry_out(WorkIntent{MakeEdits{{SetValue{"/title", "\"Mine\""}}, {}}});
    std::string const theirs = with(text_of(stage.file), "\"Relaying denied\"", "\"Theirs\"");
    write(stage.file, theirs);
    SECTION("seen by the window") {
        CHECK(stage.app.look_at_disk(long_enough_s));
    }
    SECTION("or not yet") {}
    stage.event(KeyPressed{Key::s, control});
    stage.frames(2);
    REQUIRE(stage.app.view().work.sheet == Sheet::doubt);
    CHECK(stage.app.view().work.doubt.title == "Write over what was changed outside?");
    stage.click("doubt:no");
    CHECK(text_of(stage.file) == theirs);
    CHECK(stage.app.work().is_changed());
    stage.event(KeyPressed{Key::s, control});
    stage.frames(2);
    stage.click("doubt:yes");
    CHECK(text_of(stage.file) == stage.text());
    CHECK_FALSE(stage.app.work().disk_differs());
    stage.app.carry_out(WorkIntent{MakeEdits{{SetValue{"/title", "\"Mine, too\""}}, {}}});
    stage.event(KeyPressed{Key::s, control}); // nobody has written there since
    CHECK(stage.app.view().work.sheet == Sheet::none);
    CHECK(text_of(stage.file) == stage.text());
}

TEST_CASE(
    "Before a file that was changed outside is taken it is said what is wrong with it, or that it is gone") {
    ChangeStage stage{"02-relaying-denied"};
    stage.click("mode:build");
    stage.app.carry_out(WorkIntent{MakeEdits{{SetValue{"/title", "\"Mine\""}}, {}}});
    std::string const good = text_of(stage.file);
    write(stage.file, with(good, "\"hotel\",", "\"hotl\","));
    CHECK(stage.app.look_at_disk(long_enough_s));
    stage.frames(2);
    float const of_broken = stage.shape("mistakes").h;
    REQUIRE(stage.has("take from disk"));
    REQUIRE(stage.app.work().disk_diagnostics().size() == 1);
    CHECK(stage.app.work().diagnostics().empty());
    // It is mended there: nothing is wrong with either any more.
    write(stage.file, with(good, "Relaying denied", "Theirs"));
    CHECK(stage.app.look_at_disk(long_enough_s));
    stage.frames(2);
    CHECK(stage.app.work().disk_diagnostics().empty());
    CHECK(stage.shape("mistakes").h < of_broken);
    // It is gone: there is nothing to choose from, and Save writes mine.
    std::filesystem::remove(stage.file);
    (void)stage.app.look_at_disk(long_enough_s);
    CHECK(stage.app.look_at_disk(long_enough_s));
    stage.frames(2);
    CHECK_FALSE(stage.shows("mistakes"));
    CHECK_FALSE(stage.has("take from disk"));
    stage.app.carry_out(WorkIntent{TakeFromDisk{}});
    CHECK(stage.app.world().title == "Mine");
    stage.click("save");
    CHECK(text_of(stage.file) == stage.text());
}

TEST_CASE("A file that is gone can be saved again though nothing was changed") {
    ChangeStage stage{"02-relaying-denied"};
    stage.click("mode:build");
    std::filesystem::remove(stage.file);
    (void)stage.app.look_at_disk(long_enough_s);
    (void)stage.app.look_at_disk(long_enough_s);
    stage.frames(2);
    stage.click("save");
    CHECK(text_of(stage.file) == stage.text());
}

TEST_CASE("The library is a gallery, and a click opens what it shows") {
    ChangeStage stage{"02-relaying-denied"};
    stage.event(KeyPressed{Key::o, {false, true}});
    CHECK(stage.app.view().work.sheet == Sheet::open);
    stage.frames(2);
    CHECK(stage.app.work().gallery().entries().size() > 20);
    for (int n = 0; n < 400 && stage.app.goes_on(); ++n)
        stage.frames(1);
    for (GalleryEntry const& entry : stage.app.work().gallery().entries()) {
        INFO(entry.path << ": " << entry.summary);
        CHECK(entry.shown != nullptr);
    }
    CHECK(stage.shows("lesson:1. You send, magic, it arrives")); // lessons are spoken of by their number
    // The card has a picture: machines, roads and words, not only ground.
    Rect const card = stage.widget("open:01-magic");
    Picture const picture = stage.picture();
    CHECK(count_pixels(picture, {card.x, card.y, card.w, card.h * 0.6F}, blue_rgb) > 20);
    stage.click("open:01-magic");
    CHECK(stage.app.view().work.sheet == Sheet::none);
    CHECK(stage.app.work().path().ends_with("01-magic.json"));
    CHECK(stage.app.view().now == Instant{});
}

TEST_CASE("Files are found through folders, and those opened before are remembered") {
    ChangeStage stage{"02-relaying-denied"};
    fs::create_directories(stage.folder / "inner");
    write(stage.folder / "inner" / "other.json",
          with(text_of(stage.file), "\"Relaying denied\"", "\"Other\""));
    stage.click("open");
    stage.click("tab:files");
    stage.click("folder:inner");
    stage.click("file:other.json");
    CHECK(stage.app.world().title == "Other");
    CHECK(recent_files(stage.folder / "config") ==
          std::vector<std::string>{(stage.folder / "inner" / "other.json").string(), stage.file.string()});
    stage.click("open");
    stage.click("tab:recent");
    stage.click("recent:" + stage.file.string());
    CHECK(stage.app.world().title == "Relaying denied");
    stage.click("open");
    stage.click("tab:files");
    CHECK(stage.has("folder:inner"));
    stage.click("folder:..");
    CHECK(stage.app.work().folder().path == stage.folder.parent_path().string());
}

TEST_CASE("A saved trace is opened from its folder, watched, and remembered") {
    ChangeStage stage{"02-relaying-denied"};
    WorldSource const source{text_of(fs::path{MAILFLOW_SOURCE_DIR} / "scenarios" / "07-two-devices.json")};
    World const world = world_of(source.scenario);
    std::string bytes;
    REQUIRE(write_saved_trace(source, world, run(world), [&](std::string_view some) {
        bytes += some;
        return true;
    }));
    fs::path const saved = stage.folder / "seen in class.run"; // whatever its name
    write(saved, bytes);
    write(stage.folder / "notes.txt", "nothing to open");
    stage.click("open");
    stage.click("tab:files");
    CHECK_FALSE(stage.has("file:notes.txt"));
    stage.click("file:seen in class.run");
    CHECK(stage.app.world().title == world.title);
    CHECK_FALSE(stage.app.work().is_open());
    CHECK(stage.app.work().shown_path() == saved.string());
    stage.key(Key::end);
    CHECK(stage.app.view().now == stage.app.pace().end());
    stage.key(Key::i);
    stage.frames(2);
    stage.key(Key::b);
    stage.frames(2);

    stage.click("open");
    stage.click("tab:recent");
    stage.click("recent:" + stage.file.string());
    CHECK(stage.app.world().title == "Relaying denied");
    CHECK(stage.app.work().is_open());
    stage.click("open");
    stage.click("tab:recent");
    CHECK(stage.shows("recent:seen in class.run: " + world.title));
    stage.click("recent:" + saved.string());
    CHECK(stage.app.world().title == world.title);

    write(stage.folder / "harmed.run", bytes.substr(0, bytes.size() / 2));
    stage.click("open");
    stage.click("tab:files");
    stage.click("file:harmed.run");
    CHECK(stage.app.work().trouble().find("cannot open this saved trace") != std::string::npos);
    CHECK(stage.app.world().title == world.title);
}

TEST_CASE("Recent files are called by their names and titles") {
    ChangeStage stage{"02-relaying-denied"};
    stage.click("open");
    stage.click("tab:recent");
    CHECK(stage.shows("recent:02-relaying-denied.json: Relaying denied"));
}

TEST_CASE("A file with mistakes is opened with what is wrong, and one that is gone is said to be gone") {
    ChangeStage stage{"02-relaying-denied"};
    write(stage.folder / "bad.json", "{ \"format\": 1, \"titel\": \"x\" }");
    stage.app.carry_out(Seek{refusal_moment(stage.app.trace())});
    stage.app.carry_out(WorkIntent{OpenScenario{(stage.folder / "bad.json").string()}});
    stage.frames(2);
    CHECK(stage.app.world().title == "Relaying denied");
    CHECK(stage.app.view().now == refusal_moment(stage.app.trace()));
    CHECK(stage.shows("mistakes"));
    stage.click("mend:/titel");
    CHECK(stage.app.view().mode == Mode::build);
    stage.app.carry_out(WorkIntent{OpenScenario{(stage.folder / "gone.json").string()}});
    CHECK_FALSE(stage.app.work().trouble().empty());
}

TEST_CASE("A file that is no text is told of like any other with mistakes") {
    using namespace std::string_literals;
    ChangeStage stage{denied};
    for (std::string const& bytes :
         {"\0\xff\xfe"s, "\x89PNG\r\n\x1a\n\0\0\0\rIHDR"s, "\xff\xfe{\0}\0"s, ""s}) {
        write(stage.folder / "picture.json", bytes);
        stage.app.carry_out(WorkIntent{OpenScenario{(stage.folder / "picture.json").string()}});
        stage.frames(2);
        CHECK(stage.app.world().title == "Relaying denied");
        CHECK(stage.shows("mistakes"));
    }
}

TEST_CASE("Recent files of one name are told apart, with the keyboard, too") {
    ChangeStage stage{"02-relaying-denied"};
    fs::create_directories(stage.folder / "inner");
    fs::path const other = stage.folder / "inner" / stage.file.filename();
    write(other, with(text_of(stage.file), "\"Relaying denied\"", "\"Other\""));
    REQUIRE(stage.app.open_file(other.string()).empty());
    REQUIRE(stage.app.open_file(stage.file.string()).empty());
    stage.click("open");
    stage.click("tab:recent");
    std::string const wanted = "recent:" + other.string();
    for (int n = 0; n < 20 && stage.app.drawn().focus != wanted; ++n)
        stage.key(Key::tab);
    REQUIRE(stage.app.drawn().focus == wanted);
    stage.frames(2); // out of the field of the search
    stage.key(Key::enter);
    stage.frames(3);
    CHECK(stage.app.world().title == "Other");
}

TEST_CASE("While a file with mistakes has no world of its own it is said whose is shown") {
    ChangeStage stage{"02-relaying-denied"};
    std::string const good = text_of(stage.file);
    auto const open = [&](char const* name, std::string const& text) {
        write(stage.folder / name, text);
        stage.app.carry_out(WorkIntent{OpenScenario{(stage.folder / name).string()}});
        stage.frames(2);
    };
    auto const head = [&] { return head_of_mistakes(stage.app.work(), stage.app.world()); };
    open("broken.json", R"({ "format": 1, "titel": "x" })");
    CHECK(head() == "One mistake in broken.json; 02-relaying-denied.json is still shown");
    CHECK(stage.app.title() ==
          "Relaying denied (02-relaying-denied.json); broken.json has mistakes - mailflow");
    stage.click("mode:build"); // whose forms are those of the file with the mistake
    stage.click("machine:mx1.shop.example");
    CHECK(stage.app.view().work.thing.empty());
    stage.click("mode:watch");
    open("worse.json", R"({ "format": 1, "titel": "x", "sumary": "y" })");
    CHECK(head() == "2 mistakes in worse.json; 02-relaying-denied.json is still shown");
    open("copy.json", good);
    CHECK(stage.app.title() == "Relaying denied (copy.json) - mailflow");
    // A mistake that is made here leaves the file's own world standing.
    stage.app.carry_out(WorkIntent{MakeEdits{{SetValue{"/titel", "3"}}, {}}});
    CHECK(head() == "One mistake; the last good world is still shown");
    open("broken.json", R"({ "format": 1, "titel": "x" })");
    CHECK(stage.app.view().work.sheet == Sheet::question);
}

TEST_CASE("Unsaved changes are asked about before another scenario is opened or the window closes") {
    ChangeStage stage{"02-relaying-denied"};
    stage.app.carry_out(WorkIntent{MakeEdits{{SetValue{"/title", "\"Mine\""}}, {}}});
    stage.event(CloseAsked{});
    CHECK_FALSE(stage.app.wants_to_close());
    REQUIRE(stage.app.view().work.sheet == Sheet::question);
    stage.frames(2);
    stage.click("answer:cancel");
    CHECK_FALSE(stage.app.wants_to_close());
    stage.app.carry_out(WorkIntent{NewScenario{}});
    stage.frames(2);
    stage.click("answer:save");
    CHECK(text_of(stage.file).find("\"Mine\"") != std::string::npos);
    CHECK(stage.app.work().path().empty()); // the new one
    stage.app.carry_out(WorkIntent{MakeEdits{{SetValue{"/seed", "5"}}, {}}});
    stage.event(CloseAsked{});
    stage.frames(2);
    stage.click("answer:discard");
    CHECK(stage.app.wants_to_close());
}

TEST_CASE("A file that cannot be written is said so, and the changes stay") {
    ChangeStage stage{"02-relaying-denied"};
    stage.app.carry_out(WorkIntent{MakeEdits{{SetValue{"/title", "\"Mine\""}}, {}}});
    stage.app.carry_out(WorkIntent{SaveFileAs{(stage.folder / "no" / "such" / "x.json").string()}});
    CHECK_FALSE(stage.app.work().trouble().empty());
    CHECK(stage.app.work().is_changed());
    CHECK(stage.app.work().path() == stage.file.string());
}
