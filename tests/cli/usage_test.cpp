#include "process.hpp"

TEST_CASE("without arguments the program explains itself and says that this was not enough") {
    Ended const ended = mailflow_program("");
    CHECK(ended.status == 2);
    CHECK(ended.out.empty());
    CHECK(contains(ended.err, "run"));
    CHECK(contains(ended.err, "check"));
    CHECK(contains(ended.err, "list"));
}

TEST_CASE("help and version are results, not errors") {
    for (std::string const arguments : {"--help", "run --help", "check --help", "list --help", "--version"}) {
        CAPTURE(arguments);
        Ended const ended = mailflow_program(arguments);
        CHECK(ended.status == 0);
        CHECK_FALSE(ended.out.empty());
        CHECK(ended.err.empty());
    }
    CHECK(contains(mailflow_program("--version").out, "mailflow 0."));
    CHECK(contains(mailflow_program("run --help").out, "--detail"));
}

TEST_CASE("bad usage says what was meant, on standard error, with status 2") {
    struct Case {
        std::string arguments;
        std::string words;
    };
    std::string const file = shell_word(scenario_path("02-relaying-denied"));
    for (Case const& c :
         {Case{"rnu " + file, "did you mean run?"},
          Case{"lsit", "did you mean list?"},
          Case{"chekc " + file, "did you mean check?"},
          Case{"zebra", "no command zebra"},
          Case{"run", "FILE"},
          Case{"check", "FILE"},
          Case{"run " + file + " --format jsno", "did you mean json?"},
          Case{"run " + file + " --format cvs", "did you mean csv?"},
          Case{"run " + file + " --detail server", "did you mean servers?"},
          Case{"run " + file + " --until soon", "250ms, 90s, 5m"},
          Case{"run " + file + " --until 367d", "too long"},
          Case{"run " + file + " --until 99999d", "too long"},
          Case{"run " + file + " --seed -1", "--seed"},
          Case{"run " + file + " --seed x", "--seed"},
          Case{"run " + file + " --seed 18446744073709551616", "--seed"},
          Case{"run " + file + " --sede 1", "--sede"},
          Case{"run " + file + " --set", "--set"},
          Case{"run " + file + " --set seed=1", "/json/pointer=value"},
          Case{"run " + file + " --set /seed", "/json/pointer=value"},
          Case{"list --loud", "--loud"},
          Case{"run " + file + " --sede 1", "mailflow: run has no option --sede; did you mean --seed?"},
          Case{"run --sede=1 " + file, "has no option --sede; did you mean --seed?"},
          Case{"check --loud", "mailflow: check has no option --loud (mailflow check --help"},
          Case{"run", "mailflow: run needs a FILE\nmailflow run --help says more."},
          Case{"talk " + file, "mailflow: talk needs a SERVER"},
          Case{"run " + file + " --until", "--until needs a value"},
          Case{"run " + file + " --seed 1 --seed 2", "--seed is there more than once"},
          Case{"run " + file + " -o ''", "the name of the file is empty"},
          Case{"run " + file + " another.json", "cannot do anything with another.json"},
          Case{"run " + file + " one.json two.json", "run cannot do anything with one.json two.json"},
          Case{"--versoin", "there is no option --versoin; did you mean --version?"},
          Case{"--detail magic run " + file, "--detail stands before the command"}}) {
        Ended const ended = mailflow_program(c.arguments);
        CAPTURE(c.arguments, ended.err);
        CHECK(ended.status == 2);
        CHECK(ended.out.empty());
        CHECK(contains(ended.err, c.words));
    }
}

TEST_CASE("a file that is not there is named, and so is the scenario that was meant") {
    for (auto const& [name, words] :
         {std::pair{"relayin-denied", "cannot read relayin-denied: No such file or directory; did you mean "
                                      "02-relaying-denied?"},
          std::pair{"scenarios/02-relaying-denid.json", "did you mean 02-relaying-denied?"},
          std::pair{"99", "there is no scenario 99, and no file of that name; mailflow list shows all"},
          std::pair{"''", "cannot read \"\": No such file"},
          std::pair{"/tmp", "Is a directory; name a file in it, or play all of them with mailflow batch"}}) {
        CAPTURE(name);
        for (std::string const command : {"run ", "check "}) {
            Ended const ended = mailflow_program(command + name);
            CHECK(ended.status == 3);
            CHECK(contains(ended.err, words));
        }
    }
}

TEST_CASE(
    "the library is found beside the program, and where it is not, it is said where it was looked for") {
    Folder const folder;
    std::filesystem::path const place = folder / "place";
    std::filesystem::create_directory(place);
    std::filesystem::copy_file(MAILFLOW_PROGRAM, place / "mailflow");
    auto const run = [&](std::string const& arguments) {
        std::string const line = shell_word(place / "mailflow") + " " + arguments + " >" +
                                 shell_word(folder / "out") + " 2>" + shell_word(folder / "err");
        int const ended = std::system(line.c_str());
        return Ended{WEXITSTATUS(ended), content_of(folder / "out"), content_of(folder / "err")};
    };
    std::string const not_found =
        "the folder of scenarios was not found (looked for: " + (folder / "scenarios").string();
    CHECK(contains(run("list").err, "mailflow: " + not_found));
    CHECK(contains(run("run 02").err,
                   "cannot read 02: No such file or directory; if it names a scenario of the library, " +
                       not_found));
    std::filesystem::create_directory(place / "scenarios");
    std::filesystem::copy_file(scenario_path("01-magic"), place / "scenarios" / "01-magic.json");
    CHECK(contains(run("list").out, "01-magic"));
    CHECK(run("run 01").status == 0);
}

TEST_CASE("a file that is too large for a scenario is not read to its end") {
    Folder const folder;
    std::filesystem::path const file = folder / "large.json";
    write(file, "{");
    std::filesystem::resize_file(file, 20'000'000'000); // a hole, which takes no room; it would not be held
    for (std::string const command : {"check", "batch"}) {
        CAPTURE(command);
        Ended const ended = mailflow_program(command + " " + shell_word(file));
        CHECK(ended.status == 2);
        CHECK(contains(ended.err, "the file is larger than 100 MB"));
    }
}
