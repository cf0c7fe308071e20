// The entry scripts as far as they go without installing or building anything.
#include "catch.hpp"
#include "house/source_tree.hpp"

#include <cstdlib>
#include <filesystem>
#include <sys/wait.h>

using namespace mailflow::house;

namespace {

std::string quoted(std::string const& path) {
    std::string quoted = "'";
    for (char const c : path)
        quoted += c == '\'' ? std::string{"'\\''"} : std::string(1, c);
    return quoted + "'";
}

std::string at_top(std::string const& path) {
    return quoted(std::string{MAILFLOW_SOURCE_DIR} + "/" + path);
}

int exit_status(std::string const& command) {
    int const status = std::system((command + " >/dev/null 2>&1").c_str());
    REQUIRE(WIFEXITED(status));
    return WEXITSTATUS(status);
}

} // namespace

TEST_CASE("the entry scripts can be executed and read by the shell") {
    for (std::string const path : {"run.sh", "test.sh", ".ci/run"}) {
        INFO(path);
        auto const status = std::filesystem::status(std::filesystem::path{MAILFLOW_SOURCE_DIR} / path);
        CHECK((status.permissions() & std::filesystem::perms::others_exec) != std::filesystem::perms::none);
        CHECK(exit_status("bash -n " + at_top(path)) == 0);
    }
    CHECK(exit_status("bash -n " + at_top(".ci/prepare.sh")) == 0);
}

TEST_CASE("the run script explains itself and refuses what it does not know") {
    CHECK(exit_status(at_top("run.sh") + " --help") == 0);
    CHECK(exit_status(at_top("run.sh") + " --no-such-option") == 2);
    CHECK(exit_status(at_top("run.sh") + " one.json two.json") == 2);
}

TEST_CASE("continuous integration runs what the README tells people to run") {
    for (SourceFile const& file : files_in(".ci/run", {}))
        CHECK(file.text.find("./test.sh") != std::string::npos);
    CHECK(files_in(".ci/run", {}).size() == 1);
}
