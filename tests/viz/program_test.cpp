// mailflow-viz as a process: its pictures, its errors, its exit statuses.
#include "catch.hpp"

#include <SFML/Graphics/Image.hpp>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <sys/wait.h>

namespace {

std::string const lessons = std::string{MAILFLOW_SOURCE_DIR} + "/scenarios/";
std::string const work = std::string{MAILFLOW_WORK_DIR} + "/";

struct Finished {
    int status = -1;
    std::string errors;
};

Finished run_viz(std::string const& arguments, std::string const& before = "") {
    std::string const log = work + "program_test.stderr";
    // The graphics driver leaks; the suite itself, in which its libraries keep their names, looks for ours.
    std::string const command = "ASAN_OPTIONS=detect_leaks=0 " + before + " '" MAILFLOW_VIZ "' " + arguments +
                                " >/dev/null 2>'" + log + "'";
    int const status = std::system(command.c_str());
    std::ifstream file{log};
    return {WIFEXITED(status) ? WEXITSTATUS(status) : -1, {std::istreambuf_iterator<char>{file}, {}}};
}

long lines_in(std::string const& text) {
    return std::count(text.begin(), text.end(), '\n');
}

std::string quoted(std::string const& path) {
    return "'" + path + "'";
}

} // namespace

TEST_CASE("A picture of one moment is written in the size that was asked for") {
    std::string const out = work + "moment.png";
    for (auto const& [text, width, height] :
         {std::tuple{"1280x720", 1280U, 720U}, std::tuple{"1920x1080", 1920U, 1080U}}) {
        std::filesystem::remove(out);
        Finished const done = run_viz(quoted(lessons + "02-relaying-denied.json") + " --screenshot " +
                                      quoted(out) + " --at end --size " + text);
        INFO(done.errors);
        REQUIRE(done.status == 0);
        CHECK(done.errors.empty());
        sf::Image image;
        REQUIRE(image.loadFromFile(out));
        CHECK(image.getSize() == sf::Vector2u{width, height});
        int refused = 0;
        for (unsigned y = 0; y < height; ++y)
            for (unsigned x = 0; x < width; ++x)
                refused += image.getPixel(x, y) == sf::Color{0xD5, 0x5E, 0x00} ? 1 : 0;
        CHECK(refused > 1000);
    }
}

TEST_CASE("The same moment gives the same bytes") {
    auto const bytes = [](std::string const& name) {
        std::ifstream file{name, std::ios::binary};
        return std::string{std::istreambuf_iterator<char>{file}, {}};
    };
    std::string const arguments = quoted(lessons + "01-magic.json") + " --at 200ms --screenshot ";
    REQUIRE(run_viz(arguments + quoted(work + "a.png")).status == 0);
    REQUIRE(run_viz(arguments + quoted(work + "b.png")).status == 0);
    CHECK(bytes(work + "a.png") == bytes(work + "b.png"));
    CHECK_FALSE(bytes(work + "a.png").empty());
}

TEST_CASE("A picture holds no word of the window about itself: that is said on standard error") {
    auto const bytes = [](std::string const& name) {
        std::ifstream file{name, std::ios::binary};
        return std::string{std::istreambuf_iterator<char>{file}, {}};
    };
    std::string const arguments = quoted(lessons + "02-relaying-denied.json") +
                                  " --at end --theme projector --size 1280x720 --ui-scale ";
    for (char const* const scale : {"1.75", "2"}) { // neither has room, and both are drawn alike
        Finished const done = run_viz(arguments + scale + " --screenshot " + quoted(work + scale + ".png"));
        CHECK(done.status == 0);
        CHECK(done.errors.find("too small") != std::string::npos);
        CHECK(lines_in(done.errors) == 1);
    }
    CHECK(bytes(work + "1.75.png") == bytes(work + "2.png"));
}

TEST_CASE("Without a display it ends with one sentence and status 3") {
    std::string const out = work + "never.png";
    std::filesystem::remove(out);
    for (std::string const& arguments :
         {quoted(lessons + "02-relaying-denied.json"),
          quoted(lessons + "02-relaying-denied.json") + " --screenshot " + quoted(out)})
        for (std::string const& before : {std::string{"env -u DISPLAY"}, std::string{"env DISPLAY=:7654"}}) {
            Finished const done = run_viz(arguments, before);
            CHECK(done.status == 3);
            CHECK(lines_in(done.errors) == 1);
            CHECK(done.errors.find("display") != std::string::npos);
            CHECK_FALSE(std::filesystem::exists(out));
        }
}

TEST_CASE("A picture that cannot be written leaves nothing behind and ends with status 3") {
    std::string const nowhere = work + "no/such/folder/out.png";
    Finished const done = run_viz(quoted(lessons + "01-magic.json") + " --screenshot " + quoted(nowhere));
    CHECK(done.status == 3);
    CHECK(lines_in(done.errors) == 1);
    Finished const folder = run_viz(quoted(lessons + "01-magic.json") + " --screenshot " + quoted(work));
    CHECK(folder.status == 3);
}

TEST_CASE("A file that cannot be read ends with status 3") {
    Finished const done = run_viz(quoted(work + "missing.json"));
    CHECK(done.status == 3);
    CHECK(lines_in(done.errors) == 1);
}

TEST_CASE("A misspelt key is pointed at with its line, and ends with status 2") {
    std::string const file = work + "misspelt.json";
    std::ofstream{file} << "{\n  \"format\": 1,\n  \"titel\": \"x\"\n}\n";
    Finished const done = run_viz(quoted(file));
    CHECK(done.status == 2);
    CHECK(done.errors.find(file + ":3:") != std::string::npos);
    CHECK(done.errors.find("title") != std::string::npos);
}

TEST_CASE("Without FILE the window opens on a lesson, but a picture or a film needs one") {
    Finished const window = run_viz("", "env -u DISPLAY"); // as far as it gets without a display
    CHECK(window.status == 3);
    CHECK(window.errors.find("display") != std::string::npos);
    for (std::string const& arguments :
         {"--screenshot " + quoted(work + "never.png"), "--record " + quoted(work + "never.gif")}) {
        Finished const done = run_viz(arguments);
        CHECK(done.status == 2);
        CHECK(done.errors.find("FILE is required") != std::string::npos);
    }
}

TEST_CASE("A film whose making is told to end leaves nothing behind") {
    namespace fs = std::filesystem;
    fs::path const folder = fs::path{work} / "told-to-end";
    fs::remove_all(folder);
    fs::create_directories(folder / "tools");
    fs::create_directories(folder / "films");
    // It ends its maker as soon as the first picture comes, whenever that is.
    std::ofstream{folder / "tools" / "ffmpeg"}
        << "#!/bin/sh\nhead -c 1000 >/dev/null\nkill -TERM $PPID\nexec cat >/dev/null\n";
    fs::permissions(folder / "tools" / "ffmpeg", fs::perms::owner_all);
    Finished const done = run_viz(quoted(lessons + "02-relaying-denied.json") + " --record " +
                                      quoted((folder / "films" / "a.gif").string()),
                                  "env PATH=" + quoted((folder / "tools").string()) + ":\"$PATH\"");
    CHECK(done.status == 3);
    CHECK(done.errors.find("given up") != std::string::npos);
    CHECK(fs::is_empty(folder / "films"));
}

TEST_CASE("Bad usage ends with status 2") {
    std::string const lesson = quoted(lessons + "01-magic.json");
    CHECK(run_viz(lesson + " --at soon").status == 2);
    CHECK(run_viz(lesson + " --size 12").status == 2);
    CHECK(run_viz(lesson + " --size 1280x720x3").status == 2);
    CHECK(run_viz(lesson + " --detail everything").status == 2);
    CHECK(run_viz(lesson + " --frobnicate").status == 2);
    CHECK(run_viz("--help").status == 0);
}

TEST_CASE("A film of no time at all is refused with the times that were given") {
    std::string const film = quoted(lessons + "01-magic.json") + " --record " + quoted(work + "never.gif");
    Finished const backwards = run_viz(film + " --from 5s --to 1s");
    CHECK(backwards.status == 2);
    CHECK(backwards.errors.find("--from 5s does not lie before --to 1s") != std::string::npos);
    Finished const too_late = run_viz(film + " --from 5h");
    CHECK(too_late.status == 2);
    CHECK(too_late.errors.find("--from") != std::string::npos);
    CHECK(too_late.errors.find("ends") != std::string::npos);
    CHECK_FALSE(std::filesystem::exists(work + "never.gif"));
}

TEST_CASE("A film that is asked for beyond the end of the run says where it ends") {
    std::string const film = quoted(lessons + "01-magic.json") + " --record " + quoted(work + "short.gif") +
                             " --size 320x240 --from 100ms --speed 1 --to ";
    CHECK(run_viz(film + "200ms").errors.empty());
    Finished const longer = run_viz(film + "1h");
    CHECK(longer.status == 0);
    CHECK(lines_in(longer.errors) == 1);
    CHECK(longer.errors.find("before --to") != std::string::npos);
    CHECK(run_viz(film + "end").errors.empty());
}

TEST_CASE("A film that cannot have the size that was asked for says which one it has") {
    auto const errors_of = [](std::string const& name, std::string const& size) {
        return run_viz(quoted(lessons + "01-magic.json") + " --record " + quoted(work + name) +
                       " --from 100ms --to 200ms --speed 1 --size " + size)
            .errors;
    };
    CHECK(errors_of("odd.mp4", "641x481") ==
          "mailflow-viz: an MP4 film has an even width and height: this one is 642x482\n");
    CHECK(errors_of("even.mp4", "640x480").empty());
    CHECK(errors_of("odd.gif", "641x481").empty());
}
