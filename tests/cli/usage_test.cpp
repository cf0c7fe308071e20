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
    for (Case const& c : {Case{"rnu " + file, "did you mean run?"},
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
                          Case{"run " + file + " another.json", "another.json"}}) {
        Ended const ended = mailflow_program(c.arguments);
        CAPTURE(c.arguments, ended.err);
        CHECK(ended.status == 2);
        CHECK(ended.out.empty());
        CHECK(contains(ended.err, c.words));
    }
}
