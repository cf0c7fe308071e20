// A batch that is asked to end, at whatever moment.
#include "batch.hpp"

#include <sys/stat.h>

namespace {

/// What the shell says of the script.
Ended script(std::string const& lines) {
    return mailflow_program("list > /dev/null; m='" MAILFLOW_PROGRAM "'; " + lines);
}

} // namespace

TEST_CASE("a batch that is asked to end while it still reads ends at once, and says that nothing was done") {
    Folder const folder;
    REQUIRE(::mkfifo((folder / "slow.json").c_str(), 0600) == 0);
    std::string const slow = shell_word(folder / "slow.json");
    for (std::string const signal : {"INT", "TERM"}) {
        // Whoever can write into the pipe knows that the batch waits for what comes out of it.
        Ended const ended = script("\"$m\" batch " + slow + " -o " + shell_word(folder / "x.csv") +
                                   " & exec 9> " + slow + "; kill -" + signal + " $!; wait $!; echo $?");
        CHECK(ended.out == "130\n");
        CHECK(ended.err == "mailflow: interrupted; nothing was written\n");
        CHECK(folder.count() == 1);
    }
}

TEST_CASE("a batch that is asked to end in the middle keeps what was done") {
    Folder const folder;
    write(folder / "chancy.json", chancy_world);
    std::string const partial = shell_word(folder / "x.csv.partial");
    Ended const ended =
        script("\"$m\" batch " + shell_word(folder / "chancy.json") + " --seeds 1..1000000000 -o " +
               shell_word(folder / "x.csv") + " & until [ -s " + partial + " ] && [ $(wc -l < " + partial +
               ") -gt 3 ]; do :; done; kill -TERM $!; kill -TERM $!; wait $!; echo $?");
    CHECK(ended.out == "130\n");
    CHECK(contains(ended.err, " of 1000000000 runs; "));
    CHECK(contains(ended.err, "x.csv.partial keeps what was done; the same command with --resume goes on"));
    CHECK_FALSE(std::filesystem::exists(folder / "x.csv"));
}
