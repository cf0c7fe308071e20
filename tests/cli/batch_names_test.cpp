// Names of files that hold any bytes, and outputs that are no plain files.
#include "batch.hpp"

#include "base/text.hpp"

#include <nlohmann/json.hpp>

#include <sys/stat.h>

TEST_CASE("a name of a file that is not UTF-8 is UTF-8 in every output, with percent escapes") {
    Folder const folder;
    write(folder / "gr\xfc\xdf"
                   "e.json",
          chancy_world);
    write(folder / "gr\xfc\xdf"
                   "e?.json",
          "{ \"format\": 1,");
    for (std::string const format : {"table", "csv", "json", "junit", "sqlite"}) {
        CAPTURE(format);
        Ended const ended =
            mailflow_program("batch " + shell_word(folder / ".") + " --seeds 1..2 --format " + format);
        if (contains(ended.err, "built without SQLite"))
            continue;
        CHECK(ended.status == 1);
        CHECK(ended.err.empty());
        CHECK((format == "sqlite" || mailflow::valid_utf8(ended.out)));
        CHECK((format == "table" || contains(ended.out, "gr%FC%DFe.json")));
        CHECK(contains(ended.out, "gr%FC%DFe?.json:1:15: /: "));
        CHECK_FALSE(contains(ended.out, "\xfc"));
    }
    std::filesystem::create_directory(folder / "caf\xe9");
    std::string const unreadable = shell_word(folder / ("caf\xe9/*"));
    std::filesystem::create_symlink("nowhere", folder / "caf\xe9" / "x.json"); // found, and not to be read
    Ended const ended = mailflow_program("batch " + unreadable + " " +
                                         shell_word(folder / "gr\xfc\xdf"
                                                             "e.json") +
                                         " --format json");
    CHECK(nlohmann::json::accept(ended.out));
    CHECK(contains(ended.out, "caf%E9/x.json: No such file"));
}

TEST_CASE("a line break in the name of a file is a percent escape in its rows") {
    Folder const folder;
    write(folder / "new\nline.json", chancy_world);
    auto const rows = rows_of(mailflow_program("batch " + shell_word(folder / ".") + " --format csv").out);
    REQUIRE(rows.size() == 1);
    CHECK(rows[0].at("file").ends_with("/new%0Aline.json"));
}

TEST_CASE("two files have two names in the rows, whatever looks like a percent escape") {
    Folder const folder;
    write(folder / "gr\xfc.json", chancy_world);
    write(folder / "gr%FC.json", chancy_world);
    write(folder / "half 50%.json", chancy_world);
    auto const rows = rows_of(mailflow_program("batch " + shell_word(folder / ".") + " --format csv").out);
    REQUIRE(rows.size() == 3);
    CHECK(rows[0].at("file").ends_with("/gr%25FC.json"));
    CHECK(rows[1].at("file").ends_with("/gr%FC.json"));
    CHECK(rows[2].at("file").ends_with("/half 50%.json"));
}

TEST_CASE("a value that is not UTF-8 is refused before the first run") {
    for (std::string const set : {"/title='a\xff',b", "/tit'\xff'le=a"}) {
        Ended const ended = mailflow_program("batch 02 --set " + set);
        CHECK(ended.status == 2);
        CHECK(contains(ended.err, "%FF"));
        CHECK(contains(ended.err, "is not UTF-8"));
    }
}

TEST_CASE("an output may be a link, or what is open already") {
    Folder const folder;
    std::filesystem::create_symlink("rows.csv", folder / "link.csv");
    std::string const batch = "batch " + shell_word(scenario_path("02-relaying-denied"));
    std::string const whole = mailflow_program(batch + " --format csv").out;
    for (int i = 0; i < 2; ++i) { // at first it leads to nothing
        CHECK(mailflow_program(batch + " -o " + shell_word(folder / "link.csv")).status == 0);
        CHECK(std::filesystem::is_symlink(folder / "link.csv"));
        CHECK(content_of(folder / "rows.csv") == whole);
    }
    CHECK(mailflow_program(batch + " --format csv -o /dev/null").status == 0);
    Ended const between = mailflow_program(batch + " --format csv -o /dev/stdout; echo behind");
    CHECK(between.out == whole + "behind\n");
    CHECK(std::filesystem::is_character_file("/dev/null"));
    CHECK_FALSE(std::filesystem::exists("/dev/stdout.partial"));
    REQUIRE(::mkfifo((folder / "pipe").c_str(), 0600) == 0);
    std::string const read = "cat " + shell_word(folder / "pipe") + " > " + shell_word(folder / "read");
    Ended const piped =
        mailflow_program("list > /dev/null; { " + read + "; } & \"" MAILFLOW_PROGRAM "\" " + batch +
                         " --format csv -o " + shell_word(folder / "pipe") + "; wait");
    CHECK(piped.err.empty());
    CHECK(content_of(folder / "read") == whole);
    CHECK(std::filesystem::is_fifo(folder / "pipe"));
}

TEST_CASE("nothing is written over what is read") {
    Folder const folder;
    std::string const file = shell_word(folder / "a.json");
    write(folder / "a.json", chancy_world);
    write(folder / "v.csv", "/mail/0/size\n4kB\n");
    for (std::string const& command :
         {"run " + file + " -o " + file, "batch " + file + " -o " + shell_word(folder / "./a.json"),
          "batch 02 --vary " + shell_word(folder / "v.csv") + " -o " + shell_word(folder / "v.csv")}) {
        CAPTURE(command);
        Ended const ended = mailflow_program(command);
        CHECK(ended.status == 2);
        CHECK(contains(ended.err, " would be overwritten; name another file with -o\n"));
    }
    CHECK(content_of(folder / "a.json") == chancy_world);
    // What a batch has written into its folder is no scenario when it is written again.
    std::string const again = "batch " + shell_word(folder / ".") + " -o " + shell_word(folder / "runs.json");
    CHECK(mailflow_program(again).status == 0);
    std::string const rows = content_of(folder / "runs.json");
    CHECK(mailflow_program(again).status == 0);
    CHECK(content_of(folder / "runs.json") == rows);
    // A scenario of the folder is one, whoever found it; also one with mistakes in it, or half of one.
    write(folder / "b.json", R"({ "format": 1, "titel": "B" })");
    write(folder / "c.json", R"({ "format": 1, "title": "C", })");
    for (std::string const name : {"a.json", "b.json", "c.json"}) {
        std::string const before = content_of(folder / name);
        for (std::string const& paths : {shell_word(folder / "."), shell_word(folder / "*.json")}) {
            Ended const ended = mailflow_program("batch " + paths + " -o " + shell_word(folder / name));
            CHECK(ended.status == 2);
            CHECK(contains(ended.err, " would be overwritten; name another file with -o\n"));
            CHECK(content_of(folder / name) == before);
        }
    }
}
