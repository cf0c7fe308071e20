#include "process.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>

using Json = nlohmann::json;

namespace {

/// The lesson with one text replaced.
std::string changed_lesson(std::string const& from, std::string const& to) {
    std::string text = content_of(scenario_path("02-relaying-denied"));
    std::size_t const at = text.find(from);
    REQUIRE(at != std::string::npos);
    return text.replace(at, from.size(), to);
}

} // namespace

TEST_CASE("run tells the story on standard output and nothing on standard error") {
    Ended const ended = mailflow_program("run " + lesson);
    CHECK(ended.status == 0);
    CHECK(ended.err.empty());
    CHECK(ended.out == content_of(MAILFLOW_SOURCE_DIR "/tests/golden/02-relaying-denied.servers.txt"));
}

TEST_CASE("run tells as much as it is asked for") {
    for (std::string const level : {"magic", "servers", "protocol"})
        CHECK(mailflow_program("run " + lesson + " --detail " + level).out ==
              content_of(MAILFLOW_SOURCE_DIR "/tests/golden/02-relaying-denied." + level + ".txt"));
}

TEST_CASE("run finds a scenario of the library by its name or number, and reads standard input") {
    std::string const told = mailflow_program("run " + lesson).out;
    CHECK(mailflow_program("run - <" + lesson).out == told);
    // The library lies beside the build folder, which may be elsewhere.
    if (!std::filesystem::exists(std::filesystem::path{MAILFLOW_PROGRAM}.parent_path().parent_path() /
                                 "scenarios"))
        return;
    CHECK(mailflow_program("run 02-relaying-denied").out == told);
    CHECK(mailflow_program("run relaying-denied").out == told);
    CHECK(mailflow_program("run 02").out == told);
    CHECK(mailflow_program("run 2").out == told);
    Ended const list = mailflow_program("list");
    CHECK(list.status == 0);
    CHECK(contains(list.out, "02-relaying-denied  "));
    CHECK(contains(list.out, "Relaying denied: Maya writes"));
}

TEST_CASE("seed and end of the run can be chosen") {
    Json const seeded = Json::parse(mailflow_program("run " + lesson + " --format json --seed 7").out);
    CHECK(seeded["seed"] == 7);
    Ended const cut = mailflow_program("run " + lesson + " --format json --until 100ms");
    Json const report = Json::parse(cut.out);
    CHECK(report["ended_at_s"] == 0.1);
    CHECK(report["messages"][0]["outcome"] == "queued");
    CHECK(report["messages"][0]["settled_at_s"].is_null());
    CHECK(report["totals"]["queued"] == 1);
    CHECK(cut.status == 1);
    CHECK(contains(cut.err, "still queued when the run ended"));
}

TEST_CASE("run writes a line for each recipient as CSV") {
    Ended const ended = mailflow_program("run " + lesson + " --format csv");
    CHECK(ended.status == 0);
    CHECK(ended.out.starts_with("scenario,seed,message,from,to,outcome,reason,by,"));
    CHECK(contains(ended.out,
                   "\nRelaying denied,1,hello,maya@isp.example,leo@shop.example,refused,relay-denied,"
                   "mail.isp.example,554,5.7.1,554 5.7.1 <leo@shop.example>: Relay access denied,"));
    CHECK(std::count(ended.out.begin(), ended.out.end(), '\n') == 2);
}

TEST_CASE("an expectation that is not met leads to status 1, and the report says which") {
    Folder const folder;
    write(folder / "wrong.json",
          changed_lesson("\"reason\": \"relay-denied\"", "\"reason\": \"auth-failed\""));
    Ended const told = mailflow_program("run " + shell_word(folder / "wrong.json"));
    CHECK(told.status == 1);
    CHECK(contains(told.out, "✗ 1 expectation not met, of 1:"));
    CHECK(contains(told.err, "expected refused, auth-failed"));
    Ended const json = mailflow_program("run --format json " + shell_word(folder / "wrong.json"));
    CHECK(json.status == 1);
    Json const report = Json::parse(json.out);
    CHECK(report["expect"]["met"] == 0);
    REQUIRE(report["expect"]["failed"].size() == 1);
    CHECK(contains(report["expect"]["failed"][0], "came refused, relay-denied, by mail.isp.example"));
}

TEST_CASE("a misspelt key is pointed at, with what was meant, and nothing is run") {
    Folder const folder;
    auto const file = folder / "misspelt.json";
    write(file, changed_lesson("\"handles\"", "\"handels\""));
    write(folder / "report.json", "what was there");
    for (std::string const& command :
         {"run " + shell_word(file), "check " + shell_word(file),
          "run --format json -o " + shell_word(folder / "report.json") + " " + shell_word(file)}) {
        Ended const ended = mailflow_program(command);
        CAPTURE(command, ended.err);
        CHECK(ended.status == 2);
        CHECK(ended.out.empty());
        CHECK(ended.err.starts_with(file.string() + ":"));
        CHECK(contains(ended.err, "/servers/mail.isp.example/handels: "));
        CHECK(contains(ended.err, "did you mean \"handles\""));
        // file:line:col
        std::size_t line = 0;
        std::size_t column = 0;
        REQUIRE(std::sscanf(ended.err.c_str() + file.string().size(), ":%zu:%zu:", &line, &column) == 2);
        std::istringstream lines{content_of(file)};
        std::string found;
        for (std::size_t i = 0; i < line; ++i)
            std::getline(lines, found);
        CHECK(contains(found, "handels"));
        CHECK(column > 0);
        CHECK(column <= found.size());
    }
    CHECK(content_of(folder / "report.json") == "what was there");
    CHECK(folder.count() == 2);
}

TEST_CASE("all complaints of all files come at once") {
    Folder const folder;
    write(folder / "a.json", changed_lesson("\"handles\"", "\"handels\""));
    write(folder / "b.json", "{ \"format\": 1,");
    Ended const ended = mailflow_program("check " + shell_word(folder / "a.json") + " " +
                                         shell_word(folder / "b.json") + " " + lesson);
    CHECK(ended.status == 2);
    CHECK(contains(ended.err, "a.json:"));
    CHECK(contains(ended.err, "b.json:"));
    CHECK(contains(ended.out, "02-relaying-denied.json: no complaints"));
    CHECK_FALSE(contains(ended.out, "a.json"));
}

TEST_CASE("warnings are told by a check, which succeeds all the same") {
    Folder const folder;
    write(folder / "a.json",
          changed_lesson("\"expect\"", "\"blocklists\": { \"dnsbl.example\": {} }, \"expect\""));
    std::string const file = shell_word(folder / "a.json");
    Ended const checked = mailflow_program("check " + file);
    CHECK(checked.status == 0);
    CHECK(contains(checked.err, "/blocklists/dnsbl.example: warning: no server asks the blocklist"));
    CHECK(contains(checked.out, "a.json: no errors, 1 warning\n"));
    CHECK(mailflow_program("run " + file).err.empty());
}

TEST_CASE("option -o writes the same bytes as standard output, whole, and leaves nothing else behind") {
    Folder const folder;
    auto const file = folder / "report.json";
    write(file, "something older and longer than nothing");
    Ended const ended = mailflow_program("run --format json -o " + shell_word(file) + " " + lesson);
    CHECK(ended.status == 0);
    CHECK(ended.out.empty());
    CHECK(content_of(file) == mailflow_program("run --format json " + lesson).out);
    CHECK(folder.count() == 1);
}

TEST_CASE("option -o - writes to standard output, and no file of that name") {
    Folder const folder;
    std::string const there = "cd " + shell_word(folder / ".") + " && \"" MAILFLOW_PROGRAM "\" ";
    for (std::string const command : {"run --format csv ", "batch --format csv ", "run "}) {
        Ended const plain = mailflow_program(command + lesson);
        Ended const dash = mailflow_program("--version >/dev/null; " + there + command + lesson + " -o -");
        CHECK(plain.out.size() > 100);
        CHECK(dash.out == plain.out);
        CHECK(dash.status == plain.status);
    }
    CHECK(folder.count() == 0);
}

TEST_CASE("option -o through a link writes the file that the link leads to") {
    Folder const folder;
    write(folder / "real.json", "old");
    std::filesystem::create_symlink(folder / "real.json", folder / "link.json");
    CHECK(
        mailflow_program("run --format json -o " + shell_word(folder / "link.json") + " " + lesson).status ==
        0);
    CHECK(std::filesystem::is_symlink(folder / "link.json"));
    CHECK(content_of(folder / "real.json").starts_with("{"));
}

TEST_CASE("a file that may not grow any further is told of, and nothing is left of it") {
    Folder const folder;
    Ended const ended = mailflow_program("list >/dev/null; ulimit -f 1; \"" MAILFLOW_PROGRAM "\" run " +
                                         shell_word(scenario_path("02-relaying-denied")) +
                                         " --detail protocol -o " + shell_word(folder / "story.txt"));
    INFO(ended.err);
    CHECK(ended.status == 3);
    CHECK(contains(ended.err, "cannot write"));
    CHECK_FALSE(std::filesystem::exists(folder / "story.txt"));
}

TEST_CASE("what cannot be read or written ends with status 3 and a sentence") {
    Folder const folder;
    std::filesystem::create_directory(folder / "a folder");
    for (std::string const& arguments :
         {std::string{"run /nowhere/at/all.json"}, "run " + shell_word(folder / "a folder"),
          std::string{"check /nowhere/at/all.json"}, "run " + lesson + " -o /nowhere/at/all.txt",
          "run " + lesson + " -o " + shell_word(folder / "a folder"), "run " + lesson + " >/dev/full",
          "check " + lesson + " >/dev/full", std::string{"--help >/dev/full"},
          "run " + lesson + " -o /dev/full", "run " + lesson + " >&-"}) {
        Ended const ended = mailflow_program(arguments);
        CAPTURE(arguments, ended.err);
        CHECK(ended.status == 3);
        CHECK(contains(ended.err, "mailflow: cannot "));
    }
    CHECK(folder.count() == 1);
}

TEST_CASE("where nobody can read what is wrong the status says it all the same, and no file gets the words") {
    Folder const folder;
    std::string const table = shell_word(folder / "table.csv");
    std::string const failing = "run " + lesson + " --set /servers/mail.isp.example/open_relay=true ";
    for (std::string const& nowhere : {std::string{" 2>/dev/full"}, std::string{" 2>&-"}}) {
        CAPTURE(nowhere);
        CHECK(mailflow_program("run /nowhere/at/all.json" + nowhere).status == 3);
        CHECK(mailflow_program("btch" + nowhere).status == 2);
        CHECK(mailflow_program("batch " + lesson + " --seeds x" + nowhere).status == 2);
        CHECK(mailflow_program(failing + nowhere).status == 1);
        CHECK(mailflow_program(failing + "--format csv -o " + table + nowhere).status == 1);
        std::string const rows = content_of(folder / "table.csv");
        CHECK(std::count(rows.begin(), rows.end(), '\n') == 2); // the heading and one message
    }
}

TEST_CASE("colour is for terminals: a pipe and a file get none") {
    CHECK_FALSE(contains(mailflow_program("run " + lesson).out, "\x1b"));
}

TEST_CASE("whoever stops listening is not shouted at") {
    Ended const ended = mailflow_program("run --detail protocol " + lesson + " | head -n 1");
    CHECK(ended.out == "Relaying denied\n");
    CHECK(ended.err.empty());
}

TEST_CASE("option --set changes the scenario for one run, and what is wrong with it is said of it") {
    Ended const opened = mailflow_program("run --format json " + lesson +
                                          " --set /servers/mail.isp.example/open_relay=true --set /seed=9");
    CHECK(opened.status == 1); // the lesson expects a refusal
    CHECK(contains(opened.out, "\"outcome\": \"delivered\""));
    CHECK(contains(opened.out, "\"seed\": 9"));
    CHECK(mailflow_program("run " + lesson + " --set '/title=Denied, again'")
              .out.starts_with("Denied, again\n"));

    Ended const nowhere = mailflow_program("run " + lesson + " --set /servers/mail.isp.exampel/up=false");
    CHECK(nowhere.status == 2);
    CHECK(nowhere.out.empty());
    CHECK(nowhere.err == "--set /servers/mail.isp.exampel/up: there is no /servers/mail.isp.exampel; did you "
                         "mean \"mail.isp.example\"?\n");
    Ended const wrong = mailflow_program("run " + lesson + " --set /servers/mail.isp.example/up=down");
    CHECK(wrong.status == 2);
    CHECK(wrong.err == "--set /servers/mail.isp.example/up: \"up\" must be true or false, not a text\n");
}
