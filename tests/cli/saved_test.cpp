// Runs that are kept in files, and files that are compressed.
#include "process.hpp"

#include <algorithm>

namespace {

std::string const scenario = shell_word(scenario_path("02-relaying-denied"));

} // namespace

TEST_CASE("a saved trace gives every format the bytes of the run") {
    Folder const folder;
    std::string const saved = shell_word(folder / "run.trace");
    CHECK(mailflow_program("run " + scenario + " --format trace -o " + saved).status == 0);
    for (std::string const options :
         {"", " --detail protocol", " --format json", " --format jsonl", " --format csv"}) {
        CAPTURE(options);
        Ended const run = mailflow_program("run " + scenario + options);
        Ended const opened = mailflow_program("run " + saved + options);
        CHECK(opened.status == 0);
        CHECK(opened.err.empty());
        CHECK(opened.out == run.out);
    }
    CHECK(mailflow_program("run - <" + saved).out == mailflow_program("run " + scenario).out);
}

TEST_CASE("a saved trace that is cut off, or is to be changed, ends in one sentence") {
    Folder const folder;
    std::string const saved = shell_word(folder / "run.trace");
    CHECK(mailflow_program("run " + scenario + " --format trace -o " + saved).status == 0);
    Ended const seeded = mailflow_program("run " + saved + " --seed 2");
    CHECK(seeded.status == 2);
    CHECK(contains(seeded.err,
                   "a saved trace is what has happened; --set, --seed and --until need the scenario"));
    Ended const checked = mailflow_program("check " + saved);
    CHECK(checked.status == 2);
    CHECK(contains(checked.err, "this is a saved trace, no scenario; mailflow run opens it"));
    Ended const batch = mailflow_program("batch " + saved);
    CHECK(batch.status == 2);
    CHECK(contains(batch.err, "run.trace: this is a saved trace, no scenario; mailflow run opens it"));
    std::string const bytes = content_of(folder / "run.trace");
    write(folder / "cut.trace", bytes.substr(0, bytes.size() / 2));
    Ended const cut = mailflow_program("run " + shell_word(folder / "cut.trace"));
    CHECK(cut.status == 3);
    CHECK(cut.out.empty());
    CHECK(contains(cut.err, "cut.trace: cannot open this saved trace: it is damaged or cut off"));
    CHECK(std::count(cut.err.begin(), cut.err.end(), '\n') == 1);
}

TEST_CASE("a name in .zst packs the output, and packed files are read like others") {
    Folder const folder;
    std::string const packed = shell_word(folder / "run.trace.zst");
    Ended const ended = mailflow_program("run " + scenario + " --format trace -o " + packed);
    if (contains(ended.err, "built without libzstd"))
        return;
    CHECK(ended.status == 0);
    CHECK(content_of(folder / "run.trace.zst").substr(0, 4) == "\x28\xb5\x2f\xfd");
    CHECK(mailflow_program("run " + packed).out == mailflow_program("run " + scenario).out);
    Ended const lines = mailflow_program("run " + scenario + " --format jsonl --compress");
    CHECK(lines.status == 0);
    CHECK(lines.out.substr(0, 4) == "\x28\xb5\x2f\xfd");
    std::string bytes = content_of(folder / "run.trace.zst");
    bytes[bytes.size() / 2] ^= 1;
    write(folder / "bad.zst", bytes);
    Ended const bad = mailflow_program("run " + shell_word(folder / "bad.zst"));
    CHECK(bad.status == 3);
    CHECK(contains(bad.err, "it is damaged"));
}

TEST_CASE("an output that nobody can open again is told from a scenario with mistakes") {
    Folder const folder;
    for (std::string const format : {"json", "jsonl", "csv"}) {
        std::string const file = shell_word(folder / ("run." + format));
        CHECK(mailflow_program("run " + scenario + " --format " + format + " -o " + file).status == 0);
        for (std::string const& command :
             {"run " + file, "check " + file, "batch " + file, "talk " + file + " x"}) {
            CAPTURE(command);
            Ended const ended = mailflow_program(command);
            CHECK(ended.status == 2);
            CHECK(ended.out.empty());
            CHECK(contains(ended.err,
                           "run." + format + ": this is what mailflow run --format " + format +
                               " writes, no scenario; what can be opened again is written by mailflow "
                               "run --format trace\n"));
            CHECK(std::count(ended.err.begin(), ended.err.end(), '\n') == 1);
        }
    }
    CHECK(mailflow_program("batch " + scenario + " --format csv -o " + shell_word(folder / "b.csv")).status ==
          0);
    CHECK(mailflow_program("batch " + scenario + " -o " + shell_word(folder / "b.json")).status == 0);
    CHECK(mailflow_program("batch " + scenario + " --shard 1/1 -o " + shell_word(folder / "s.csv")).status ==
          0);
    Ended const found =
        mailflow_program("batch " + shell_word(folder / ".") + " " + scenario + " --format csv");
    CHECK(found.status == 1); // of what only lies in a folder there is a row
    CHECK(contains(found.out, "/run.json: this is what mailflow run --format json writes, no scenario; "));
    CHECK_FALSE(contains(found.out, "run.json: " + (folder / "run.json").string()));
    CHECK(contains(mailflow_program("run " + shell_word(folder / "b.csv")).err, "a table of runs"));
    CHECK(contains(mailflow_program("run " + shell_word(folder / "b.json")).err, "a table of runs"));
    CHECK(contains(mailflow_program("check " + shell_word(folder / "s.csv")).err, "mailflow merge takes it"));
}
