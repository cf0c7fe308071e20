// Films: which moments their pictures show, the making of one, and what is left when it is given up.
#include "stage.hpp"

#include "viz/film/encoder.hpp"
#include "viz/film/film.hpp"

#include <array>
#include <cstdlib>
#include <filesystem>

using namespace mailflow;
using namespace mailflow::viz;

namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;

fs::path const work{MAILFLOW_WORK_DIR};

std::size_t files_in(fs::path const& folder) {
    return static_cast<std::size_t>(std::distance(fs::directory_iterator{folder}, fs::directory_iterator{}));
}

bool have_ffmpeg() {
    return std::system("ffmpeg -version >/dev/null 2>&1") == 0;
}

std::string first_bytes(fs::path const& file, std::size_t count) {
    std::ifstream stream{file, std::ios::binary};
    std::string bytes(count, '\0');
    stream.read(bytes.data(), static_cast<std::streamsize>(count));
    return bytes;
}

Film begin(Stage& stage, FilmPlan const& plan, fs::path const& file) {
    auto begun = Film::begin(plan, stage.app, stage.size, file);
    REQUIRE(std::holds_alternative<Film>(begun));
    return std::get<Film>(std::move(begun));
}

} // namespace

TEST_CASE("Pictures of a film are evenly spaced, end at its end, and the end is held") {
    Stage stage{"02-relaying-denied"};
    Pace const& pace = stage.app.pace();
    FilmPlan const plan{Instant{100ms}, Instant{300ms}, {1, 10}}; // 2 s of watching
    std::uint64_t const count = picture_count(plan, pace);
    CHECK(count == 2 * film_rate + held_pictures);
    CHECK(moment_of_picture(plan, pace, 0) == plan.from);
    CHECK(moment_of_picture(plan, pace, 1) - plan.from == 4ms);
    CHECK(moment_of_picture(plan, pace, 25) == Instant{200ms});
    CHECK(moment_of_picture(plan, pace, count - held_pictures) == plan.to);
    CHECK(moment_of_picture(plan, pace, count - 1) == plan.to);
}

TEST_CASE("A film passes hours of waiting as quickly as playing does") {
    Stage stage{"18-hours-of-waiting"};
    Pace const& pace = stage.app.pace();
    FilmPlan const plan{Instant{}, pace.end(), speeds[pace.calm_speed()]};
    CHECK(picture_count(plan, pace) < film_rate * 120);
}

TEST_CASE("A film that nobody would watch is not begun") {
    Stage stage{"02-relaying-denied"};
    fs::path const folder = fresh_folder("films/long");
    FilmPlan const plan{Instant{}, stage.app.pace().end(), {1, 1'000'000}};
    auto const begun = Film::begin(plan, stage.app, small_size, folder / "a.mp4");
    REQUIRE(std::holds_alternative<std::string>(begun));
    CHECK(std::get<std::string>(begun).find("20 minutes") != std::string::npos);
    CHECK(files_in(folder) == 0);
}

TEST_CASE("A film in a folder that does not exist is refused before anything is drawn") {
    Stage stage{"02-relaying-denied"};
    FilmPlan const plan{Instant{}, stage.app.pace().end(), {1, 20}};
    auto const begun = Film::begin(plan, stage.app, small_size, work / "no such folder" / "a.mp4");
    REQUIRE(std::holds_alternative<std::string>(begun));
    CHECK(std::get<std::string>(begun).find("cannot write") == 0);
}

TEST_CASE("Without ffmpeg a film is refused in one sentence, and nothing is left behind") {
    Stage stage{"02-relaying-denied"};
    fs::path const folder = fresh_folder("films/none");
    std::string const before = std::getenv("PATH");
    ::setenv("PATH", folder.c_str(), 1);
    FilmPlan const plan{Instant{}, stage.app.pace().end(), {1, 20}};
    auto begun = Film::begin(plan, stage.app, small_size, folder / "a.mp4");
    ::setenv("PATH", before.c_str(), 1);
    REQUIRE(std::holds_alternative<std::string>(begun));
    CHECK(std::get<std::string>(begun).find("ffmpeg") != std::string::npos);
    CHECK(files_in(folder) == 0);
}

TEST_CASE("When ffmpeg dies in the middle the film says so, and nothing is left behind") {
    Stage stage{"02-relaying-denied"};
    fs::path const folder = fresh_folder("films/dies");
    fs::path const tools = fresh_folder("films/dies-tools");
    std::ofstream{tools / "ffmpeg"}
        << "#!/bin/sh\nhead -c 1000 >/dev/null\necho 'no room left' >&2\nexit 1\n";
    fs::permissions(tools / "ffmpeg", fs::perms::owner_all);
    std::string const before = std::getenv("PATH");
    ::setenv("PATH", (tools.string() + ":" + before).c_str(), 1);
    std::optional<std::string> trouble;
    {
        Film film = begin(stage, {Instant{}, stage.app.pace().end(), {1, 20}}, folder / "a.mp4");
        while (!film.done() && !trouble)
            trouble = film.step(stage.app, stage.ui);
    }
    ::setenv("PATH", before.c_str(), 1);
    REQUIRE(trouble);
    CHECK(trouble->find("no room left") != std::string::npos);
    CHECK(files_in(folder) == 0);
}

TEST_CASE("A film that is given up leaves nothing behind, and the app where it was") {
    REQUIRE(have_ffmpeg());
    Stage stage{"02-relaying-denied"};
    fs::path const folder = fresh_folder("films/given-up");
    stage.seek(Instant{300ms});
    {
        Film film = begin(stage, {Instant{}, stage.app.pace().end(), {1, 20}}, folder / "a.gif");
        for (int i = 0; i < 5; ++i)
            REQUIRE_FALSE(film.step(stage.app, stage.ui));
        CHECK_FALSE(film.done());
        CHECK(stage.app.view().now == Instant{300ms});
    }
    CHECK(files_in(folder) == 0);
}

TEST_CASE("A film of either kind is written whole, the same twice") {
    REQUIRE(have_ffmpeg());
    Stage stage{"02-relaying-denied"};
    fs::path const folder = fresh_folder("films/whole");
    std::array<std::string, 2> gifs;
    for (std::string& bytes : gifs) {
        Film film = begin(stage, {Instant{500ms}, Instant{540ms}, {1, 10}}, folder / "a.gif");
        while (!film.done())
            REQUIRE_FALSE(film.step(stage.app, stage.ui));
        CHECK(film.progress() == 1.0);
        bytes = first_bytes(folder / "a.gif", fs::file_size(folder / "a.gif"));
        CHECK(bytes.substr(0, 6) == "GIF89a");
    }
    CHECK(gifs[0] == gifs[1]);
    Film film = begin(stage, {Instant{500ms}, Instant{540ms}, {1, 10}}, folder / "a.mp4");
    while (!film.done())
        REQUIRE_FALSE(film.step(stage.app, stage.ui));
    CHECK(first_bytes(folder / "a.mp4", 8).substr(4) == "ftyp");
    CHECK(files_in(folder) == 2);
}

TEST_CASE("A film looks as the window did when it was begun, whatever is done there meanwhile") {
    REQUIRE(have_ffmpeg());
    fs::path const folder = fresh_folder("films/steady");
    std::array<std::string, 2> gifs;
    for (std::size_t n = 0; n < gifs.size(); ++n) {
        Stage stage{"02-relaying-denied"};
        Film film = begin(stage, {Instant{500ms}, Instant{540ms}, {1, 10}}, folder / "a.gif");
        while (!film.done()) {
            REQUIRE_FALSE(film.step(stage.app, stage.ui));
            if (n > 0 && film.progress() < 0.2F) {
                stage.key(Key::one);
                stage.app.carry_out(SetTheme{ThemeName::dark});
            }
        }
        gifs[n] = first_bytes(folder / "a.gif", fs::file_size(folder / "a.gif"));
    }
    CHECK(gifs[0] == gifs[1]);
}

TEST_CASE("A film of a run that is no longer shown is given up, and says so") {
    REQUIRE(have_ffmpeg());
    Stage stage{"02-relaying-denied"};
    fs::path const folder = fresh_folder("films/another");
    {
        Film film = begin(stage, {Instant{}, stage.app.pace().end(), {1, 20}}, folder / "a.gif");
        REQUIRE_FALSE(film.step(stage.app, stage.ui));
        World other = load_lesson("03-authenticated");
        Trace trace = run(other);
        stage.app.show(std::move(other), std::move(trace));
        auto const trouble = film.step(stage.app, stage.ui);
        REQUIRE(trouble);
        CHECK(trouble->find("another run") != std::string::npos);
    }
    CHECK(files_in(folder) == 0);
}

TEST_CASE("A film whose size its kind does not know has one line more, at the right or at the foot") {
    CHECK(film_size(FilmFormat::mp4, {641, 481}) == PictureSize{642, 482});
    CHECK(film_size(FilmFormat::mp4, {640, 480}) == PictureSize{640, 480});
    CHECK(film_size(FilmFormat::gif, {641, 481}) == PictureSize{641, 481});
}
