// A batch that is interrupted and resumed, and a batch in shards: in the end the same bytes as in one go.
#include "batch.hpp"

#include <chrono>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>

namespace {

/// What an interrupted batch leaves, made of what one shard of one writes: that has the same form.
struct Interrupted {
    Folder folder;
    std::string arguments;
    std::string whole; // its output in one go, as CSV
    std::string spool;

    Interrupted() {
        write(folder / "chancy.json", chancy_world);
        arguments =
            "batch " + shell_word(folder / "chancy.json") + " --seeds 1..100 --set /mail/0/size=4kB,1GB";
        whole = mailflow_program(arguments + " --format csv").out;
        spool = mailflow_program(arguments + " --shard 1/1").out;
    }

    [[nodiscard]] Ended resume(std::string const& left, std::string const& more = "") const {
        write(folder / "out.csv.partial", left);
        return mailflow_program(arguments + " --resume -o " + shell_word(folder / "out.csv") + " " + more);
    }
};

} // namespace

TEST_CASE("a batch goes on from wherever it was interrupted, to the same bytes") {
    Interrupted const batch;
    CHECK(contains(batch.spool, "\n1,"));
    std::size_t const header = batch.spool.find('\n', batch.spool.find('\n') + 1) + 1;
    for (std::size_t const kept : {header, header + 1, header + 700, batch.spool.size() / 2,
                                   batch.spool.size() - 1, batch.spool.size()}) {
        CAPTURE(kept);
        CHECK(batch.resume(batch.spool.substr(0, kept)).status == 1);
        CHECK(content_of(batch.folder / "out.csv") == batch.whole);
        CHECK_FALSE(std::filesystem::exists(batch.folder / "out.csv.partial"));
    }
}

TEST_CASE("where nothing was done yet, a batch starts, whatever there is of the first two lines") {
    Interrupted const batch;
    std::string const plainly = batch.arguments + " -o " + shell_word(batch.folder / "out.csv");
    std::size_t const first_line = batch.spool.find('\n') + 1;
    for (std::size_t const kept :
         {std::size_t{0}, std::size_t{7}, std::size_t{25}, first_line - 1, first_line, first_line + 40}) {
        CAPTURE(kept);
        std::string const left = batch.spool.substr(0, kept);
        Ended const resumed = batch.resume(left);
        CHECK(resumed.err.empty());
        CHECK(resumed.status == 1);
        CHECK(content_of(batch.folder / "out.csv") == batch.whole);
        write(batch.folder / "out.csv.partial", left);
        CHECK(mailflow_program(plainly).status == 1);
        CHECK_FALSE(std::filesystem::exists(batch.folder / "out.csv.partial"));
    }
    CHECK(batch.resume("some words without an end").status == 2);
    CHECK(content_of(batch.folder / "out.csv.partial") == "some words without an end");
}

TEST_CASE("what is being written by another batch is neither gone on with nor started again") {
    Interrupted const batch;
    auto const partial = batch.folder / "out.csv.partial";
    write(partial, batch.spool.substr(0, batch.spool.size() / 2));
    int const file = ::open(partial.c_str(), O_RDWR | O_CLOEXEC);
    REQUIRE(::flock(file, LOCK_EX | LOCK_NB) == 0);
    for (std::string const option : {"", " --resume"}) {
        Ended const ended =
            mailflow_program(batch.arguments + " -o " + shell_word(batch.folder / "out.csv") + option);
        CHECK(ended.status == 3);
        CHECK(contains(ended.err, "out.csv.partial is being written by another batch\n"));
    }
    ::close(file);
}

TEST_CASE("a row that a crash has spoilt is played again") {
    Interrupted const batch;
    std::size_t const row = batch.spool.find("\n50,") + 1;
    std::string const zeros = batch.spool.substr(0, row + 20) + std::string(500, '\0') + "\n";
    CHECK(batch.resume(zeros).status == 1);
    CHECK(content_of(batch.folder / "out.csv") == batch.whole);
    std::string const skipped =
        batch.spool.substr(0, row) + batch.spool.substr(batch.spool.find("\n51,") + 1);
    CHECK(batch.resume(skipped).status == 1);
    CHECK(content_of(batch.folder / "out.csv") == batch.whole);
}

TEST_CASE("what another batch left is not gone on with, nor overwritten unasked") {
    Interrupted const batch;
    std::string const half = batch.spool.substr(0, batch.spool.size() / 2);
    Ended const other = batch.resume(half, "--until 1h");
    CHECK(other.status == 2);
    CHECK(contains(other.err, "out.csv.partial was left by another batch"));
    Ended const again = mailflow_program(batch.arguments + " -o " + shell_word(batch.folder / "out.csv"));
    CHECK(again.status == 2);
    CHECK(contains(again.err, "--resume goes on with it; delete it to start again"));
    CHECK(content_of(batch.folder / "out.csv.partial") == half);
    Ended const changed =
        mailflow_program(batch.arguments + " --until 1h -o " + shell_word(batch.folder / "out.csv"));
    CHECK(contains(changed.err, "out.csv.partial was left by another batch")); // no --resume helps
    CHECK(batch.resume("something else\n").status == 2);
    std::string of_old = half;
    of_old.replace(of_old.find(" batch ") + 7, 1, "1");
    CHECK(contains(batch.resume(of_old).err,
                   "out.csv.partial was left by another version of mailflow; delete it"));
    CHECK_FALSE(std::filesystem::exists(batch.folder / "out.csv"));
}

TEST_CASE("with nothing to go on with, a batch starts") {
    Interrupted const batch;
    CHECK(mailflow_program(batch.arguments + " --resume -o " + shell_word(batch.folder / "out.csv")).status ==
          1);
    CHECK(content_of(batch.folder / "out.csv") == batch.whole);
}

TEST_CASE("shards are merged to the bytes of one batch, in every format") {
    Interrupted const batch;
    for (unsigned const of : {1U, 3U, 16U}) {
        std::string shards;
        for (unsigned number = of; number >= 1; --number) { // in any order
            std::string const file = shell_word(batch.folder / ("shard-" + std::to_string(number) + ".csv"));
            Ended const ended = mailflow_program(batch.arguments + " --shard " + std::to_string(number) +
                                                 "/" + std::to_string(of) + " -o " + file);
            REQUIRE(ended.status <= 1);
            shards += " " + file;
        }
        CAPTURE(of);
        Ended const merged = mailflow_program("merge --format csv" + shards);
        CHECK(merged.err.empty());
        CHECK(merged.status == 1);
        CHECK(merged.out == batch.whole);
        for (std::string const format : {"json", "junit", "table"})
            CHECK(mailflow_program("merge --format " + format + shards).out ==
                  mailflow_program(batch.arguments + " --format " + format).out);
    }
}

TEST_CASE("shards that are packed are merged like others, and are seen to be there") {
    Interrupted const batch;
    std::string shards;
    for (std::string const number : {"1", "2", "3"}) {
        auto const file = batch.folder / (number + ".csv.zst");
        std::string const command =
            batch.arguments + " --shard " + number + "/3 --resume -o " + shell_word(file);
        Ended const ended = mailflow_program(command);
        if (contains(ended.err, "built without libzstd"))
            return;
        REQUIRE(ended.status <= 1);
        auto const long_ago = std::filesystem::last_write_time(file) - std::chrono::hours{48};
        std::filesystem::last_write_time(file, long_ago);
        CHECK(mailflow_program(command).status == ended.status);
        CHECK(std::filesystem::last_write_time(file) == long_ago);
        shards += " " + shell_word(file);
    }
    CHECK(mailflow_program("merge --format csv" + shards).out == batch.whole);
    for (std::string const format : {"json", "junit", "table"}) // some of which read the rows twice
        CHECK(mailflow_program("merge --format " + format + shards).out ==
              mailflow_program(batch.arguments + " --format " + format).out);
    std::string harmed = content_of(batch.folder / "2.csv.zst");
    harmed[harmed.size() / 2] ^= 1;
    write(batch.folder / "2.csv.zst", harmed);
    Ended const ended = mailflow_program("merge --format csv" + shards);
    CHECK(ended.status == 3);
    CHECK(contains(ended.err, "2.csv.zst: it is damaged"));
    CHECK(ended.out.empty());
}

TEST_CASE("shards are merged out of pipes, too, packed or not") {
    Interrupted const batch;
    auto const shard = [&](std::string const& which) { return batch.folder / ("s" + which + ".csv"); };
    for (std::string const which : {"1", "2", "3"})
        REQUIRE(mailflow_program(batch.arguments + " --shard " + which + "/3 -o " + shell_word(shard(which)))
                    .status == 1);
    REQUIRE(::mkfifo((batch.folder / "pipe").c_str(), 0600) == 0);
    std::string const merge = "list >/dev/null; cat " + shell_word(shard("2")) + " > " +
                              shell_word(batch.folder / "pipe") + " & cat " + shell_word(shard("3")) +
                              " | \"" MAILFLOW_PROGRAM "\" merge " + shell_word(shard("1")) + " - " +
                              shell_word(batch.folder / "pipe") + " --format ";
    CHECK(mailflow_program(merge + "csv").out == batch.whole);
    CHECK(mailflow_program(merge + "junit").out == mailflow_program(batch.arguments + " --format junit").out);
    Ended const cut = mailflow_program("list >/dev/null; head -c 2000 " + shell_word(shard("3")) +
                                       " | \"" MAILFLOW_PROGRAM "\" merge " + shell_word(shard("1")) + " " +
                                       shell_word(shard("2")) + " -");
    CHECK(cut.status == 3);
    CHECK(contains(cut.err, "- has "));
    Ended const none = mailflow_program("merge " + shell_word(shard("1")) + " - </dev/null");
    CHECK(none.status == 2);
    CHECK(contains(none.err, "- is no output of `mailflow batch --shard`"));
    CHECK_FALSE(contains(none.err, "Illegal seek"));
}

TEST_CASE("shards that have nothing to do are merged with the others") {
    Interrupted const batch;
    std::string const two_runs = "batch " + shell_word(scenario_path("02-relaying-denied")) + " --seeds 1..2";
    std::string shards;
    for (std::string const number : {"1", "2", "3", "4"}) {
        std::string const file = shell_word(batch.folder / (number + ".csv"));
        CHECK(mailflow_program(two_runs + " --shard " + number + "/4 -o " + file).status == 0);
        shards += " " + file;
    }
    CHECK(mailflow_program("merge --format csv" + shards).out ==
          mailflow_program(two_runs + " --format csv").out);
}

TEST_CASE("a shard that was interrupted goes on, too") {
    Interrupted const batch;
    std::string const whole = mailflow_program(batch.arguments + " --shard 2/3").out;
    write(batch.folder / "s.csv.partial", whole.substr(0, whole.size() / 3));
    CHECK(mailflow_program(batch.arguments + " --shard 2/3 --resume -o " + shell_word(batch.folder / "s.csv"))
              .status == 1);
    CHECK(content_of(batch.folder / "s.csv") == whole);
}

TEST_CASE("a shard that is there already is not played again, unless it is not whole") {
    Interrupted const batch;
    auto const file = batch.folder / "s.csv";
    std::string const command = batch.arguments + " --shard 2/3 --resume -o " + shell_word(file);
    CHECK(mailflow_program(command).status == 1);
    std::string const whole = content_of(file);
    auto const long_ago = std::filesystem::last_write_time(file) - std::chrono::hours{48};
    std::filesystem::last_write_time(file, long_ago);
    CHECK(mailflow_program(command).status == 1);
    CHECK(std::filesystem::last_write_time(file) == long_ago);
    write(file, whole.substr(0, whole.size() / 2));
    CHECK(mailflow_program(command).status == 1);
    CHECK(content_of(file) == whole);
}

TEST_CASE("a finished part of another batch is not gone on with, nor overwritten by --resume") {
    Interrupted const batch;
    auto const file = batch.folder / "s.csv";
    std::string const output = " -o " + shell_word(file);
    CHECK(mailflow_program(batch.arguments + " --shard 1/3" + output).status == 1);
    std::string const whole = content_of(file);
    auto const complaint = [&](std::string const& more) {
        Ended const ended = mailflow_program(batch.arguments + " --resume" + more + output);
        CHECK(ended.status == 2);
        CHECK(ended.out.empty());
        CHECK(content_of(file) == whole);
        return ended.err;
    };
    CHECK(contains(complaint(" --shard 2/3"), "s.csv is shard 1/3 of this batch; name another file with -o"));
    CHECK(contains(complaint(" --shard 1/4"), "s.csv is shard 1/3 of this batch; name another file with -o"));
    CHECK(contains(complaint(""), "s.csv is shard 1/3 of this batch; name another file with -o"));
    CHECK(contains(complaint(" --shard 1/3 --until 1h"), "s.csv was left by another batch: "));
    CHECK(contains(complaint(" --until 1h"), "s.csv was left by another batch: "));
    CHECK_FALSE(std::filesystem::exists(batch.folder / "s.csv.partial"));

    // A batch that was to take its place, and was interrupted, does.
    std::string const other = mailflow_program(batch.arguments + " --shard 2/3").out;
    write(batch.folder / "s.csv.partial", other.substr(0, other.size() / 2));
    CHECK(mailflow_program(batch.arguments + " --shard 2/3 --resume" + output).status == 1);
    CHECK(content_of(file) == other);
    CHECK(mailflow_program(batch.arguments + " --until 1h --shard 1/3" + output).status <= 1); // no --resume
    CHECK(content_of(file) != other);
}

TEST_CASE("shards that are no whole batch are not merged") {
    Interrupted const batch;
    auto const shard = [&](std::string const& which, std::string const& more = "") {
        auto const file = batch.folder / ("s" + which.substr(0, 1) + ".csv");
        REQUIRE(mailflow_program(batch.arguments + " --shard " + which + more + " -o " + shell_word(file))
                    .status <= 1);
        return " " + shell_word(file);
    };
    std::string const one = shard("1/4");
    std::string const two = shard("2/4");
    std::string const three = shard("3/4");
    std::string const output = " -o " + shell_word(batch.folder / "all.csv");
    auto const complaint = [&](std::string const& shards, int status = 2) {
        Ended const ended = mailflow_program("merge" + shards + output);
        CHECK(ended.status == status);
        CHECK(ended.out.empty());
        return ended.err;
    };
    CHECK(complaint(one + three) == "mailflow: of 4 shards 2 and 4 are missing\n");
    CHECK(contains(complaint(one + two + two), "s2.csv is given twice"));
    std::filesystem::copy_file(batch.folder / "s2.csv", batch.folder / "again.csv");
    CHECK(
        contains(complaint(one + two + " " + shell_word(batch.folder / "again.csv")), "are both shard 2/4"));
    CHECK(contains(complaint(one + shard("4/5")), "is of another batch than the first file"));
    CHECK(contains(complaint(one + two + three + shard("4/4", " --until 1h")),
                   "is of another batch than the first file"));
    write(batch.folder / "plain.csv", batch.whole);
    CHECK(contains(complaint(" " + shell_word(batch.folder / "plain.csv")),
                   "is no output of `mailflow batch --shard`"));
    CHECK(contains(complaint(" /nowhere/at/all.csv", 3), "cannot read /nowhere/at/all.csv"));
    CHECK_FALSE(std::filesystem::exists(batch.folder / "all.csv"));
}

TEST_CASE("a merge does not write over one of its shards") {
    Interrupted const batch;
    auto const file = batch.folder / "s.csv";
    CHECK(mailflow_program(batch.arguments + " --shard 1/1 -o " + shell_word(file)).status == 1);
    std::string const shard = content_of(file);
    std::filesystem::create_symlink(file, batch.folder / "link.csv");
    for (std::string const name : {"s.csv", "./s.csv", "link.csv"}) {
        Ended const ended =
            mailflow_program("merge " + shell_word(file) + " -o " + shell_word(batch.folder / name));
        CHECK(ended.status == 2);
        CHECK(contains(ended.err, name + " is one of the shards; name another file with -o\n"));
        CHECK(content_of(file) == shard);
    }
}

TEST_CASE("a shard whose lines end in CRLF is told from what is no shard") {
    Interrupted const batch;
    std::string changed;
    for (char const c : batch.spool)
        changed += c == '\n' ? std::string{"\r\n"} : std::string(1, c);
    write(batch.folder / "s.csv", changed);
    Ended const ended = mailflow_program("merge " + shell_word(batch.folder / "s.csv"));
    CHECK(ended.status == 3);
    CHECK(contains(ended.err, "s.csv was changed on its way: its lines end in CRLF; copy it as it is\n"));
}

TEST_CASE("a shard that has come to harm is not merged, and nothing is written") {
    Interrupted const batch;
    std::string const one = " " + shell_word(batch.folder / "1.csv");
    std::string const two = " " + shell_word(batch.folder / "2.csv");
    CHECK(mailflow_program(batch.arguments + " --shard 1/2 -o" + one).status <= 1);
    CHECK(mailflow_program(batch.arguments + " --shard 2/2 -o" + two).status <= 1);
    std::string const sound = content_of(batch.folder / "2.csv");
    auto const complaint = [&](std::string const& harmed) {
        write(batch.folder / "2.csv", harmed);
        Ended const ended = mailflow_program("merge --format csv" + one + two);
        CHECK(ended.status == 3);
        CHECK(ended.out.empty());
        return ended.err;
    };
    std::size_t const end = sound.rfind('\n', sound.size() - 2) + 1; // of the last row
    std::size_t const last_row = sound.rfind('\n', end - 2) + 1;
    CHECK(contains(complaint(sound.substr(0, last_row)), "it was interrupted, and --resume goes on with it"));
    CHECK(contains(complaint(sound.substr(0, end)), "2.csv has no end: it was cut off"));
    CHECK(contains(complaint(sound.substr(0, sound.size() - 1)), "2.csv has no end: it was cut off"));
    std::string const damaged = "2.csv is damaged: its checksum is wrong; play that shard again";
    std::string digit = sound; // of a number in the middle: a row like any other
    std::size_t const place = digit.find_first_of("123456789", sound.size() / 2);
    digit[place] = digit[place] == '9' ? '8' : '9';
    CHECK(contains(complaint(digit), damaged));
    CHECK(contains(complaint(sound + "x"), damaged));
    CHECK(contains(complaint(sound + sound.substr(last_row, end - last_row)), damaged));
    CHECK(contains(complaint(sound.substr(0, last_row) + sound.substr(end)), damaged));
    CHECK(contains(complaint("# mailflow batch 1" + sound.substr(sound.find(','))),
                   "2.csv was written by another version of mailflow; play that shard again"));
    write(batch.folder / "2.csv", digit); // a batch of shards that is started again mends it
    CHECK(mailflow_program(batch.arguments + " --shard 2/2 --resume -o" + two).status <= 1);
    CHECK(content_of(batch.folder / "2.csv") == sound);
    CHECK(mailflow_program("merge --format csv" + one + two).out == batch.whole);
}
