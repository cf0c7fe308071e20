// Where an output goes: through links, into what is open already, with the permissions of what was there.
#include "catch.hpp"

#include "base/files.hpp"

#include <cstdlib>
#include <fcntl.h>
#include <filesystem>
#include <sys/stat.h>
#include <unistd.h>

using namespace mailflow;

namespace {

namespace fs = std::filesystem;

/// A folder of its own, gone afterwards.
struct Folder {
    Folder() {
        std::string name = (fs::temp_directory_path() / "mailflow-test-XXXXXX").string();
        if (::mkdtemp(name.data()) == nullptr)
            std::abort();
        path = name;
    }
    ~Folder() { fs::remove_all(path); }
    [[nodiscard]] std::string operator/(std::string const& name) const { return (path / name).string(); }
    [[nodiscard]] auto count() const {
        return std::distance(fs::directory_iterator{path}, fs::directory_iterator{});
    }
    fs::path path;
};

std::string content(std::string const& path) {
    return std::get<std::string>(read_file(path));
}

mode_t mode_of(std::string const& path) {
    struct stat there {};
    REQUIRE(::stat(path.c_str(), &there) == 0);
    return there.st_mode & 07777U;
}

} // namespace

TEST_CASE("a link stays a link, and what it leads to is written, be it there or not") {
    Folder const folder;
    fs::create_directory(folder.path / "far");
    fs::create_symlink("far/one", folder.path / "link");
    fs::create_symlink("link", folder.path / "link-to-link");
    for (std::string const text : {"new", "newer"}) { // at first the links lead to nothing
        CHECK(write_file(folder / "link-to-link", text).empty());
        CHECK(fs::read_symlink(folder.path / "link") == "far/one");
        CHECK(fs::read_symlink(folder.path / "link-to-link") == "link");
        CHECK(fs::is_regular_file(fs::symlink_status(folder.path / "far" / "one")));
        CHECK(content(folder / "far/one") == text);
    }
    fs::create_symlink("round", folder.path / "round");
    CHECK_FALSE(write_file(folder / "round", "x").empty());
    CHECK(fs::is_symlink(fs::symlink_status(folder.path / "round")));
}

TEST_CASE("what is open already is written where it stands, over nothing") {
    Folder const folder;
    int const file = ::open((folder / "log").c_str(), O_CREAT | O_WRONLY | O_CLOEXEC, 0666);
    REQUIRE(file >= 0);
    REQUIRE(write_all(file, "before, "));
    for (std::string const place : {"/dev/fd/", "/proc/self/fd/"}) {
        CHECK_FALSE(is_replaced(place + std::to_string(file)));
        CHECK(write_file(place + std::to_string(file), "now, ").empty());
    }
    REQUIRE(write_all(file, "after"));
    ::close(file);
    CHECK(content(folder / "log") == "before, now, now, after");
    CHECK(write_file("/dev/fd/1000000", "x") == "cannot write /dev/fd/1000000: Bad file descriptor");
    CHECK(is_replaced(folder / "log"));
    CHECK(is_replaced(folder / "not there yet"));
    CHECK_FALSE(is_replaced("/dev/null"));
    CHECK_FALSE(is_replaced("/dev/stdout"));
    CHECK_FALSE(is_replaced(""));
}

TEST_CASE("the permissions of a file stay, and a new one has those that are usual") {
    Folder const folder;
    REQUIRE(write_file(folder / "x", "one").empty());
    mode_t const mask = ::umask(0);
    ::umask(mask);
    CHECK(mode_of(folder / "x") == (0666U & ~mask));
    REQUIRE(::chmod((folder / "x").c_str(), 0640) == 0);
    REQUIRE(write_file(folder / "x", "two").empty());
    CHECK(mode_of(folder / "x") == 0640U);
    CHECK(content(folder / "x") == "two");
}

TEST_CASE("while it is written, an output leaves what was there and nothing else") {
    Folder const folder;
    REQUIRE(write_file(folder / "x", "one").empty());
    auto opened = Output::open(folder / "x");
    auto& output = std::get<Output>(opened);
    output.write("two");
    CHECK(content(folder / "x") == "one");
    CHECK(output.commit().empty());
    CHECK(content(folder / "x") == "two");
    CHECK(folder.count() == 1);
}

TEST_CASE("of a file that is too long no more is read than shows that") {
    Folder const folder;
    REQUIRE(write_file(folder / "x", "0123456789").empty());
    CHECK(std::get<std::string>(read_file(folder / "x", 10)) == "0123456789");
    CHECK(std::get<std::string>(read_file(folder / "x", 9)) == "0123456789");
    CHECK(std::get<std::string>(read_file(folder / "x", 5)) == "012345");
    CHECK(std::get<std::string>(read_file("/dev/zero", 100'000)).size() == 100'001);
}
