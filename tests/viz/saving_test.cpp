// Saving under another name, and typing: the keyboard is where one expects it, no letter is late, and what
// was compared is still compared.
#include "change_stage.hpp"
#include "support/window_titles.hpp"

#include "viz/workbench/copying.hpp"
#include "viz/workbench/recent.hpp"

#include <algorithm>
#include <cstdlib>
#include <fstream>

using namespace mailflow;
using namespace mailflow::viz;

namespace {

constexpr char const* saved_server = "/servers/mail.isp.example";

/// As a keyboard sends it, faster than frames are drawn: each letter as a key and as what it types.
void type_fast(ChangeStage& stage, std::string const& text) {
    for (char const letter : text) {
        stage.app.on_event(KeyPressed{key_of(letter)}, stage.ui);
        stage.app.on_event(TextTyped{static_cast<char32_t>(letter)}, stage.ui);
    }
}

void open_relay(ChangeStage& stage) {
    stage.click("mode:what if");
    stage.press(std::string{"thing:"} + saved_server);
    stage.press(std::string{"set:"} + saved_server + "/open_relay=true");
    REQUIRE(stage.app.view().work.comparing);
}

} // namespace

TEST_CASE("Letters that come faster than frames are all taken within one frame, in their order") {
    ChangeStage stage{denied};
    stage.event(KeyPressed{Key::s, {true, true}});
    stage.frames(3);
    std::string const words = "the quick brown fox jumps over the lazy dog and is not late";
    type_fast(stage, words);
    stage.frames(1);
    CHECK(stage.app.view().work.draft("save as name") == words + ".json");
    type_fast(stage, "x");
    stage.app.on_event(KeyPressed{Key::backspace}, stage.ui);
    stage.app.on_event(KeyPressed{Key::backspace}, stage.ui);
    type_fast(stage, "rly");
    stage.frames(6);
    CHECK(stage.app.view().work.draft("save as name") ==
          "the quick brown fox jumps over the lazy dog and is not latrly.json");
}

TEST_CASE("Save as has the keyboard at the name, which the first letter replaces, and Enter saves") {
    ChangeStage stage{denied};
    open_relay(stage);
    stage.event(KeyPressed{Key::s, {true, true}});
    stage.frames(3);
    type_fast(stage, "mine");
    stage.app.on_event(KeyPressed{Key::enter}, stage.ui); // in the frame of the last letter
    stage.frames(4);
    CHECK(stage.app.view().work.sheet == Sheet::none);
    CHECK(text_of(stage.folder / "mine.json").find("\"open_relay\": true") != std::string::npos);
}

TEST_CASE("A changed world that does not meet its own checks any more is saved with a word of that") {
    ChangeStage stage{denied};
    auto const save_as = [&stage](std::string const& name) {
        stage.event(KeyPressed{Key::s, {true, true}});
        stage.frames(3);
        type_fast(stage, name);
        stage.key(Key::enter);
        stage.frames(4);
        return stage.app.view().presenting.notice;
    };
    CHECK(save_as("same").find("expect") == std::string::npos);
    open_relay(stage);
    std::string const lesson = stage.app.work().path();
    stage.key(Key::s, control);
    stage.frames(4);
    CHECK(stage.app.work().path() == lesson);
    CHECK(stage.app.view().presenting.notice.find("check (expect) fails now") != std::string::npos);
    stage.click("undo");
    stage.key(Key::s, control);
    stage.frames(4);
    CHECK(stage.app.view().presenting.notice.find("expect") == std::string::npos);
}

TEST_CASE("A copy in another folder still finds the schema that the scenario names from its own") {
    ChangeStage stage{denied};
    Workbench const& work = stage.app.work();
    std::string const named{work.scenario().find("/$schema").value().text()};
    fs::path const schema = stage.folder / named;
    auto const edits = [&](fs::path const& copy) {
        return edits_for_copy(work, stage.app.view().work, {copy.string(), "Relaying denied"});
    };
    CHECK(edits(stage.folder / "deeper" / "copy.json").empty()); // there is none: nothing to find
    fs::create_directories(schema.parent_path());
    std::ofstream{schema} << "{}";
    CHECK(edits(stage.folder / "copy.json").empty());
    auto const deeper = edits(stage.folder / "deeper" / "copy.json");
    REQUIRE(deeper.size() == 1);
    CHECK(std::get<SetValue>(deeper[0]).pointer == "/$schema");
    CHECK(std::get<SetValue>(deeper[0]).json == "\"../" + named + "\"");
    fs::remove(schema);
}

TEST_CASE("A copy of a changed world has a title of its own, and none of the checks that fail") {
    ChangeStage stage{denied};
    open_relay(stage);
    stage.click("save as");
    stage.frames(2);
    CHECK(stage.app.view().work.failing == std::vector<std::size_t>{0});
    stage.fill_in("save as name", "open");
    stage.click("save here");
    stage.frames(4);
    CHECK(stage.app.view().presenting.notice.find("without the check (expect) that fails now") !=
          std::string::npos);
    std::string const text = text_of(stage.folder / "open.json");
    CHECK(text.find(R"("title": "Relaying denied, changed")") != std::string::npos);
    CHECK(text.find("\"expect\"") == std::string::npos);
    CHECK(text.find("\"open_relay\": true") != std::string::npos);
    CHECK(stage.app.work().diagnostics().empty());
    CHECK_FALSE(stage.app.work().is_changed());
    stage.click("save as"); // nothing fails any more, and the title is this copy's own
    stage.frames(2);
    CHECK(stage.app.view().work.failing.empty());
    CHECK_FALSE(stage.has("leave out failing"));
    stage.fill_in("save as title", "The door is open");
    stage.fill_in("save as name", "second");
    stage.click("save here");
    stage.frames(4);
    CHECK(text_of(stage.folder / "second.json").find(R"("title": "The door is open")") != std::string::npos);
}

TEST_CASE("Whoever wants them keeps the checks that a copy does not meet") {
    ChangeStage stage{denied};
    open_relay(stage);
    stage.click("save as");
    stage.frames(2);
    stage.click("keep failing");
    stage.fill_in("save as name", "open");
    stage.click("save here");
    stage.frames(4);
    CHECK(stage.app.view().presenting.notice.find("check (expect) fails now") != std::string::npos);
    CHECK(text_of(stage.folder / "open.json").find("\"expect\"") != std::string::npos);
}

TEST_CASE("Save as selects the stem of the name, the second time and in a small window, too") {
    for (PictureSize const size : {small_size, PictureSize{640, 400}}) {
        INFO(size.width << "x" << size.height);
        ChangeStage stage{denied, small_size};
        stage.resize(size);
        for (char const* name : {"first", "second", "third"}) {
            INFO(name);
            stage.event(KeyPressed{Key::s, {true, true}});
            stage.frames(3);
            type_fast(stage, name);
            stage.frames(2);
            CHECK(stage.app.view().work.draft("save as name") == std::string{name} + ".json");
            stage.key(Key::enter);
            stage.frames(4);
            CHECK(stage.app.work().path() == (stage.folder / (std::string{name} + ".json")).string());
        }
    }
}

TEST_CASE("The window is called after what it shows, its file, and whether that is saved") {
    {
        Stage stage{denied}; // a run of no file
        CHECK(stage.app.title() == "Relaying denied - mailflow");
    }
    ChangeStage stage{denied};
    auto const check_called = [&](std::string const& title) {
        CHECK(stage.app.title() == title);
        stage.window.set_title(stage.app.title());
        (void)stage.window.poll();
        std::vector<std::string> const titles = window_titles();
        CHECK(std::find(titles.begin(), titles.end(), title) != titles.end());
    };
    check_called("Relaying denied (02-relaying-denied.json) - mailflow");
    open_relay(stage);
    check_called("• Relaying denied (02-relaying-denied.json) - mailflow");
    stage.click("save as");
    stage.fill_in("save as name", "open");
    stage.click("save here");
    stage.frames(2);
    check_called("Relaying denied, changed (open.json) - mailflow");
    stage.app.carry_out(WorkIntent{NewScenario{}});
    stage.frames(3);
    check_called("A new world (not saved under any name yet) - mailflow");
}

TEST_CASE("What was compared is still compared when it has been saved under another name") {
    ChangeStage stage{denied};
    open_relay(stage);
    REQUIRE(stage.app.work().difference());
    std::string const difference = stage.app.work().difference()->before;
    stage.click("save as");
    stage.fill_in("save as name", "open");
    stage.click("save here");
    stage.frames(2);
    REQUIRE(stage.app.work().path() == (stage.folder / "open.json").string());
    CHECK_FALSE(stage.app.work().is_changed());
    CHECK(stage.app.view().work.comparing);
    REQUIRE(stage.app.work().difference());
    CHECK(stage.app.work().difference()->before == difference);
    CHECK(stage.has("before/machine:mail.isp.example"));
    // A further change is held against the same run, and taking all of it back ends the comparison.
    stage.press(std::string{"set:"} + saved_server + "/up=false");
    stage.frames(2);
    CHECK(stage.app.work().before() != nullptr);
    CHECK_FALSE(stage.app.work().before()->world.servers[ServerId{0}].policy.open_relay);
    stage.click("undo");
    stage.click("undo"); // the title and the checks of the copy
    stage.click("undo");
    stage.frames(2);
    CHECK_FALSE(stage.app.view().work.comparing);
    CHECK(stage.app.work().is_changed()); // from the copy
}

TEST_CASE("Saving over the file itself ends the comparison with what it was") {
    ChangeStage stage{denied};
    open_relay(stage);
    stage.click("save");
    stage.frames(2);
    CHECK_FALSE(stage.app.view().work.comparing);
}

TEST_CASE("Recent files are those that can be shown") {
    ChangeStage stage{denied};
    fs::path const bad = stage.folder / "bad.json";
    write(bad, "{ \"format\": 1, \"titel\": \"x\" }");
    stage.app.carry_out(WorkIntent{OpenScenario{bad.string()}});
    CHECK(recent_files(stage.folder / "config") == std::vector<std::string>{stage.file.string()});
    fs::path const spoilt = stage.folder / "spoilt.json";
    write(spoilt, text_of(stage.file));
    stage.app.carry_out(WorkIntent{OpenScenario{spoilt.string()}});
    stage.app.carry_out(WorkIntent{OpenScenario{stage.file.string()}});
    write(spoilt, "{");
    stage.frames(2);
    stage.click("open");
    stage.click("tab:recent");
    stage.frames(2);
    CHECK(stage.has("recent:" + stage.file.string()));
    CHECK_FALSE(stage.has("recent:" + spoilt.string()));
    CHECK_FALSE(stage.has("recent:" + bad.string()));
}

TEST_CASE("Save as takes a whole path, a path from the folder, and one from the home directory") {
    for (std::string const kind : {"whole", "from folder", "above", "home"}) {
        INFO(kind);
        ChangeStage stage{denied};
        fs::create_directories(stage.folder / "inner");
        fs::path const home = stage.folder / "home";
        fs::create_directories(home);
        char const* const usual = std::getenv("HOME");
        std::string const kept = usual != nullptr ? usual : "";
        ::setenv("HOME", home.c_str(), 1);
        stage.key(Key::s, {true, true});
        stage.frames(3);
        fs::path const wanted = kind == "home"    ? home / "mine.json"
                                : kind == "above" ? stage.folder / "mine.json"
                                                  : stage.folder / "inner" / "mine.json";
        stage.fill_in("save as name", kind == "whole"         ? wanted.string()
                                      : kind == "from folder" ? "inner/mine"
                                      : kind == "above"       ? "inner/../mine.json"
                                                              : "~/mine.json");
        stage.click("save here");
        stage.frames(2);
        CHECK(stage.app.work().path() == wanted.string());
        CHECK(text_of(wanted) == stage.text());
        CHECK(stage.app.view().work.sheet == Sheet::none);
        ::setenv("HOME", kept.c_str(), 1);
    }
}

TEST_CASE("What is there already is not written over because its path was typed") {
    ChangeStage stage{denied};
    fs::create_directories(stage.folder / "inner");
    write(stage.folder / "inner" / "there.json", "{}");
    stage.key(Key::s, {true, true});
    stage.frames(3);
    stage.fill_in("save as name", (stage.folder / "inner" / "there").string());
    stage.key(Key::enter);
    stage.frames(2);
    CHECK(text_of(stage.folder / "inner" / "there.json") == "{}");
    CHECK(stage.app.view().work.sheet == Sheet::save_as);
    stage.fill_in("save as name", (stage.folder / "nowhere" / "x.json").string());
    CHECK_FALSE(stage.has("save here"));
}
