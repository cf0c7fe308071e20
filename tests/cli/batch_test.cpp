// `mailflow batch`: which runs there are, what stands in their rows, and how it ends.
#include "batch.hpp"

#include <nlohmann/json.hpp>

#include <array>
#include <set>
#include <sys/stat.h>

using Json = nlohmann::json;

namespace {

std::string const open_relay = "/servers/mail.isp.example/open_relay";

} // namespace

TEST_CASE("a row says which run it is of and what became of it") {
    Ended const ended = mailflow_program("batch " + lesson + " --seeds 1..2,9 --set " + open_relay +
                                         "=false,true --format csv");
    CHECK(ended.err.empty());
    CHECK(ended.status == 1); // an open relay does not refuse
    auto const rows = rows_of(ended.out);
    REQUIRE(rows.size() == 6);
    for (std::size_t i = 0; i < rows.size(); ++i) {
        auto const& row = rows[i];
        bool const open = i >= 3;
        CHECK(row.at("run") == std::to_string(i + 1));
        CHECK(row.at("file") == scenario_path("02-relaying-denied").string());
        CHECK(row.at("scenario") == "Relaying denied");
        CHECK(row.at(open_relay) == (open ? "true" : "false"));
        CHECK(row.at("seed") == std::array{"1", "2", "9"}[i % 3]);
        CHECK(row.at("status") == (open ? "failed" : "met"));
        CHECK(row.at("recipients") == "1");
        CHECK(row.at("delivered") == (open ? "1" : "0"));
        CHECK(row.at("refused") == (open ? "0" : "1"));
        CHECK(row.at("reason_relay_denied") == (open ? "0" : "1"));
        CHECK(row.at("delay_mean_s").empty() != open);
        CHECK(row.at("trouble").starts_with("not as expected: hello to leo@shop.example: expected refused") ==
              open);
    }
}

TEST_CASE("the numbers of a row are those of the report of that run") {
    Ended const ended =
        mailflow_program("batch " + shell_word(scenario_path("*")) + " --seeds 3 --format csv");
    auto const rows = rows_of(ended.out);
    CHECK(rows.size() > 20);
    for (auto const& row : rows) {
        CAPTURE(row.at("file"));
        Json const report =
            Json::parse(mailflow_program("run --format json --seed 3 " + shell_word(row.at("file"))).out);
        for (char const* count : {"recipients", "delivered", "refused", "bounced", "queued", "discarded"})
            CHECK(row.at(count) == std::to_string(report["totals"][count].get<std::uint64_t>()));
        CHECK(std::stod(row.at("ended_at_s")) == report["ended_at_s"].get<double>());
        CHECK(row.at("expectations_met") == std::to_string(report["expect"]["met"].get<std::uint64_t>()));
        CHECK(row.at("bounces_written") == std::to_string(report["bounces"]["written"].get<std::uint64_t>()));
    }
}

TEST_CASE("the output has the same bytes with any number of threads") {
    Folder const folder;
    write(folder / "chancy.json", chancy_world);
    std::string const command = "batch " + shell_word(folder / "chancy.json") + " " + lesson +
                                " --seeds 1..150 --set /mail/0/size=4kB,5kB,1GB --format ";
    std::set<std::string> seen;
    for (std::string const format : {"csv", "json", "junit", "table"}) {
        std::string const one = mailflow_program(command + format + " --jobs 1").out;
        CHECK(one.size() > 500);
        CHECK(mailflow_program(command + format + " --jobs 2").out == one);
        CHECK(mailflow_program(command + format + " --jobs 5").out == one);
        seen.insert(one);
    }
    CHECK(seen.size() == 4);
    auto const rows = rows_of(mailflow_program(command + "csv").out);
    REQUIRE(rows.size() == 900);
    std::set<std::string> outcomes; // the seed decides in the chancy world
    for (std::size_t i = 0; i < 150; ++i)
        outcomes.insert(rows[i].at("status"));
    CHECK(outcomes == std::set<std::string>{"failed", "met"});
}

#if !defined(__SANITIZE_ADDRESS__) // which takes more addresses than any limit
TEST_CASE("a batch plays on as many threads as there is room for") {
    // Room for the stacks of some of them.
    Ended const ended =
        mailflow_program("list > /dev/null; ulimit -v 2000000; \"" MAILFLOW_PROGRAM "\" batch " + lesson +
                         " --seeds 1..100 --jobs 1024");
    CHECK(ended.status == 0);
    CHECK(ended.err.empty());
    CHECK(contains(ended.out, ": 100 as expected\n"));
}
#endif

TEST_CASE("paths are files, folders, patterns and names, each file once") {
    Folder const folder;
    std::filesystem::create_directories(folder / "more/deep");
    for (std::string const name : {"b.json", "a.json", "more/c.json", "more/deep/d.json"})
        write(folder / name, chancy_world);
    write(folder / "notes.txt", "no scenario");
    std::filesystem::create_directories(folder / "more/.git");
    for (std::string const hidden : {".b.json", "more/.c.json", "more/.git/x.json"})
        write(folder / hidden, chancy_world);
    auto const files = [&](std::string const& paths) {
        std::vector<std::string> names;
        for (auto const& row : rows_of(mailflow_program("batch --format csv " + paths).out))
            names.push_back(std::filesystem::relative(row.at("file"), folder / ".").string());
        return names;
    };
    using Names = std::vector<std::string>;
    CHECK(files(shell_word(folder / ".")) == Names{"a.json", "b.json", "more/c.json", "more/deep/d.json"});
    CHECK(files(shell_word(folder / "?.json")) == Names{"a.json", "b.json"});
    CHECK(files(shell_word(folder / "more") + " " + shell_word(folder / "a.json") + " " +
                shell_word(folder / "*.json")) ==
          Names{"more/c.json", "more/deep/d.json", "a.json", "b.json"});
    CHECK(files(shell_word(folder / "**/*.json")) ==
          Names{"a.json", "b.json", "more/c.json", "more/deep/d.json"});
    CHECK(files(shell_word(folder / "**/deep/**/*.json")) == Names{"more/deep/d.json"});
    CHECK(files(shell_word(folder / "m*/**/?.json")) == Names{"more/c.json", "more/deep/d.json"});
    CHECK(files(shell_word(folder / ".b.json")) == Names{".b.json"}); // whoever names it means it
    CHECK(files(shell_word(folder / "more/.git")) == Names{"more/.git/x.json"});
    for (std::string const& nothing :
         {shell_word(folder / "none.json"), shell_word(folder / "x*.json"), std::string{"no-such-lesson"}}) {
        Ended const ended = mailflow_program("batch " + nothing);
        CHECK(ended.status == 3);
        CHECK(ended.out.empty());
        CHECK(ended.err.starts_with("mailflow: "));
    }
    std::filesystem::create_directory(folder / "empty");
    CHECK(
        contains(mailflow_program("batch " + shell_word(folder / "empty")).err, "there is no scenario in "));
}

TEST_CASE("a scenario or a variation that is wrong is a row with its diagnostic, and the rest goes on") {
    Folder const folder;
    write(folder / "broken.json", "{ \"format\": 1,");
    Ended const ended =
        mailflow_program("batch " + shell_word(folder / "broken.json") + " " + lesson +
                         " --set /servers/mail.isp.example/max_size=1MB,huge --seeds 1..2 --format csv");
    CHECK(ended.status == 1);
    CHECK(ended.err.empty());
    auto const rows = rows_of(ended.out);
    REQUIRE(rows.size() == 8);
    for (std::size_t i = 0; i < 8; ++i)
        CHECK(rows[i].at("status") == (i == 4 || i == 5 ? "met" : "invalid"));
    CHECK(contains(rows[0].at("trouble"), "broken.json:1:15: /: "));
    CHECK(rows[7].at("trouble").starts_with("--set /servers/mail.isp.example/max_size: "));
    CHECK(rows[7].at("seed") == "2");
    CHECK(rows[7].at("recipients").empty());
}

TEST_CASE("when nothing at all is valid, the complaints are told and nothing is written") {
    Folder const folder;
    write(folder / "out.csv", "what was there");
    Ended const ended = mailflow_program(
        "batch " + lesson + " --seeds 1..1000 --set /servers/mail.isp.exampel/up=true,false -o " +
        shell_word(folder / "out.csv"));
    CHECK(ended.status == 2);
    CHECK(ended.err ==
          "--set /servers/mail.isp.exampel/up: there is no /servers/mail.isp.exampel; did you mean "
          "\"mail.isp.example\"?\n");
    CHECK(content_of(folder / "out.csv") == "what was there");
    CHECK(folder.count() == 1);
    write(folder / "v.csv", "/servers/mail.isp.example/up\nperhaps\nnever\n");
    std::string const bad = " /servers/mail.isp.example/up: \"up\" must be true or false, not a text\n";
    CHECK(mailflow_program("batch " + lesson + " --vary " + shell_word(folder / "v.csv")).err ==
          (folder / "v.csv").string() + ", line 2:" + bad);
    write(folder / "copy.json", content_of(scenario_path("02-relaying-denied")));
    CHECK(mailflow_program("batch " + lesson + " " + shell_word(folder / "copy.json") +
                           " --set /servers/mail.isp.example/up=perhaps")
              .err == scenario_path("02-relaying-denied").string() + ": --set" + bad +
                          (folder / "copy.json").string() + ": --set" + bad);
}

TEST_CASE("null among the values is what the scenario says of itself when it says nothing") {
    std::string const greylisting = "batch " + shell_word(scenario_path("21-greylisting")) +
                                    " --format csv --set /servers/mx1.shop.example/greylist=null,5m";
    auto const rows = rows_of(mailflow_program(greylisting).out);
    REQUIRE(rows.size() == 2);
    CHECK(rows[0].at("/servers/mx1.shop.example/greylist") == "null");
    CHECK(rows[0].at("deferrals") == "0");
    CHECK(rows[1].at("deferrals") == "1");
    CHECK(mailflow_program("run 21 --set /servers/mx1.shop.example/greylist=null").status == 0);
}

TEST_CASE("a file of variations is a row for each of its lines") {
    Folder const folder;
    write(folder / "v.csv", "/servers/mail.isp.example/open_relay,/title\ntrue,\"Open, wide\"\n,Closed\n");
    auto const rows = rows_of(
        mailflow_program("batch " + lesson + " --format csv --vary " + shell_word(folder / "v.csv")).out);
    REQUIRE(rows.size() == 2);
    CHECK(rows[0].at("scenario") == "Open, wide");
    CHECK(rows[0].at("delivered") == "1");
    CHECK(rows[1].at("scenario") == "Closed");
    CHECK(rows[1].at(open_relay).empty());
    CHECK(rows[1].at("refused") == "1");
    write(folder / "v.csv", "open_relay\ntrue\n");
    Ended const wrong = mailflow_program("batch " + lesson + " --vary " + shell_word(folder / "v.csv"));
    CHECK(wrong.status == 2);
    CHECK(contains(wrong.err, "v.csv:1: column 1 is \"open_relay\", which is no JSON pointer"));
    CHECK(mailflow_program("batch " + lesson + " --vary " + shell_word(folder / "none.csv")).status == 3);
}

TEST_CASE("the delays of honest mail stand beside those of all") {
    std::string const spam = "batch " + shell_word(scenario_path("46-half-of-it-is-spam")) + " --format csv";
    auto const mixed = rows_of(mailflow_program(spam).out).at(0);
    CHECK(mixed.at("spam_delivered") != "0");
    CHECK(mixed.at("honest_delay_mean_s") != mixed.at("delay_mean_s"));
    auto const honest = rows_of(mailflow_program("batch " + lesson +
                                                 " --format csv --set "
                                                 "/servers/mail.isp.example/open_relay=true")
                                    .out)
                            .at(0);
    for (std::string const name :
         {"delay_mean_s", "delay_p50_s", "delay_p90_s", "delay_p99_s", "delay_max_s"}) {
        CHECK_FALSE(honest.at(name).empty());
        CHECK(honest.at("honest_" + name) == honest.at(name));
    }
}

TEST_CASE("how many events a run may have is told as people write large numbers") {
    for (std::string const many : {"20", "2e1", "2.0E+1", "0.02k"})
        CHECK(rows_of(mailflow_program("batch " + lesson + " --format csv --max-events " + many).out)
                  .at(0)
                  .at("status") == "met");
    for (std::string const few : {"10", "1e1", "1.0e1", "0.01k", "0.00001M"}) {
        CAPTURE(few);
        CHECK(rows_of(mailflow_program("batch " + lesson + " --format csv --max-events " + few).out)
                  .at(0)
                  .at("trouble") == "stopped by the limit of events, after 10");
    }
    for (std::string const large : {"1e6", "2.5e6", "1M", "500k", "1G", "1e19", "18446744073709551615"})
        CHECK(mailflow_program("batch " + lesson + " --max-events " + large).status == 0);
    for (std::string const none :
         {"1e", "e6", "1e-1", "1.5", "1.23e1", "1m", "1MB", "1e20", "2e19", "1 M", ".5k", "1.k", "1.2.3k",
          "1e99999999999999999999", "18446744073709551616", "kk"}) {
        CAPTURE(none);
        Ended const ended = mailflow_program("batch " + lesson + " --max-events '" + none + "'");
        CHECK(ended.status == 2);
        CHECK(contains(ended.err, " is no whole number; write for example 1000000, 1e6 or 1M"));
    }
}

TEST_CASE("a run that hits a limit is a row that says so") {
    for (auto const& [option, words] :
         {std::pair{"--max-events 10", "stopped by the limit of events, after 10"},
          std::pair{"--max-time 100ms", "stopped by the limit of simulated time, at 0.1"},
          std::pair{"--max-memory 10B", "stopped by the limit of memory, at "}}) {
        CAPTURE(option);
        Ended const ended = mailflow_program("batch " + lesson + " --format csv " + option);
        CHECK(ended.status == 1);
        auto const rows = rows_of(ended.out);
        REQUIRE(rows.size() == 1);
        CHECK(rows[0].at("status") == "limit");
        CHECK(rows[0].at("trouble").starts_with(words));
    }
    // That a run is to end then is no limit that it hits.
    auto const until = rows_of(mailflow_program("batch " + lesson + " --format csv --until 100ms").out);
    CHECK(until.at(0).at("status") == "failed");
    CHECK(until.at(0).at("ended_at_s") == "0.1");
}

TEST_CASE("what is wrong with the command is said in a sentence, and nothing is run") {
    for (auto const& [arguments, words] :
         {std::pair{" --seeds 1-5", "is neither a seed nor a range of seeds"},
          std::pair{" --set up=true", "is no /json/pointer=value"},
          std::pair{" --jobs 0", "0 is too few"},
          std::pair{" --jobs many", "is no whole number"},
          std::pair{" --format exel", "is none of table, csv, json, junit and sqlite"},
          std::pair{" --shard 5/4", "5/4 is no shard"},
          std::pair{" --shard 1/0", "1/0 is no shard; there is one part at least: 1/1"},
          std::pair{" --jobs -1", "-1 is too few; 1 is the least"},
          std::pair{" --seeds 1..5,3", "seed 3 is given twice"},
          std::pair{" --set /mail/0/size=4kB,1kB,4kB", "/mail/0/size: the value 4kB is given twice"},
          std::pair{" --set /servers/mail.isp.example/greylist=5m,1m,60s",
                    "/servers/mail.isp.example/greylist: the values 1m and 60s are the same"},
          std::pair{" --set /populations/office/mail_per_day=1,2,1.0", "the values 1 and 1.0 are the same"},
          std::pair{" --set /mail/0/size=4kB,4000B", "the values 4kB and 4000B are the same"},
          std::pair{" --shard 1/4 --format json", "a shard is written as csv"},
          std::pair{" --shard 1/4 -o x.xml", "a shard is written as csv"},
          std::pair{" --shard 1/4 -o x.txt", "a shard is written as csv"},
          std::pair{" --resume", "name it with -o"},
          std::pair{" --max-memory 3", "3 is no size"},
          std::pair{" --set /seed=1,2 --seeds 1..3", "leave one of them out"},
          std::pair{" --seeds 1..1000000000 --set /seed2=1,2", "a batch has at most 1000000000"},
          std::pair{" -", "no standard input"}}) {
        CAPTURE(arguments);
        Ended const ended = mailflow_program("batch " + lesson + arguments);
        CHECK(ended.status == 2);
        CHECK(ended.out.empty());
        CHECK(contains(ended.err, words));
    }
    CHECK(mailflow_program("batch").status == 2);
}

TEST_CASE("what cannot be written ends a batch with status 3, and leaves nothing behind") {
    Folder const folder;
    std::filesystem::create_directory(folder / "folder");
    for (std::string const& output :
         {shell_word(folder / "folder"), std::string{"/nowhere/at/all.csv"}, std::string{"/dev/full"}}) {
        Ended const ended = mailflow_program("batch " + lesson + " --format csv -o " + output);
        CAPTURE(output, ended.err);
        CHECK(ended.status == 3);
        CHECK(ended.err.starts_with("mailflow: cannot "));
    }
    CHECK(mailflow_program("batch " + lesson + " --format csv >/dev/full").status == 3);
    CHECK(folder.count() == 1);
}

TEST_CASE("a file that cannot be read is a row where it was found, and an error where it was named") {
    Folder const folder;
    std::filesystem::copy_file(scenario_path("02-relaying-denied"), folder / "good.json");
    std::filesystem::create_symlink("nowhere", folder / "astray.json");
    REQUIRE(::mkfifo((folder / "pipe.json").c_str(), 0600) == 0);
    std::string const all = shell_word((folder / "*.json").string());
    Ended const ended = mailflow_program("batch " + all + " --format csv");
    CHECK(ended.status == 1);
    CHECK(contains(ended.out, "cannot read "));
    CHECK(contains(ended.out, "astray.json: No such file or directory"));
    CHECK(contains(ended.out, "good.json,Relaying denied,"));
    CHECK_FALSE(contains(ended.out, "pipe.json"));
    Ended const named = mailflow_program("batch " + shell_word(folder / "astray.json") + " --format csv");
    CHECK(named.status == 3);
    CHECK(named.out.empty());
}

TEST_CASE("the trouble of a bad value is that value, not what follows from it") {
    Ended const ended = mailflow_program("batch " + shell_word(scenario_path("46-half-of-it-is-spam")) +
                                         " --set /populations/office/spam=101%,50% --format csv");
    CHECK(contains(ended.out, "\"--set /populations/office/spam: "));
    Folder const folder;
    write(folder / "v.csv", "/populations/office/spam,/title\n50%,Half\n\n101%,Too much\n102%,More\n");
    std::string const vary = "batch " + shell_word(scenario_path("46-half-of-it-is-spam")) + " --vary " +
                             shell_word(folder / "v.csv");
    std::string const words = ", line 4: /populations/office/spam: ";
    CHECK(contains(mailflow_program(vary + " --format csv").out, (folder / "v.csv").string() + words));
    CHECK(
        contains(mailflow_program(vary).out, "2 runs, first run 2: " + (folder / "v.csv").string() + words));
}

TEST_CASE("a shard that is not there is said so") {
    Ended const ended = mailflow_program("merge nosuch.csv");
    CHECK(contains(ended.err, "cannot read nosuch.csv: No such file or directory"));
}

TEST_CASE("a name that promises a format which there is not is refused") {
    Folder const folder;
    for (auto const& [name, extension] :
         {std::pair{"runs.parquet", ".parquet"}, std::pair{"runs.tsv.zst", ".tsv"},
          std::pair{"runs.csv.gz", ".gz"}, std::pair{"runs.junit", ".junit"},
          std::pair{"runs.foo.zst", ".foo"}})
        for (std::string const& command : {"batch " + lesson, std::string{"merge s.csv"}}) {
            Ended const ended = mailflow_program(command + " -o " + shell_word(folder / name));
            CHECK(ended.status == 2);
            CHECK(contains(ended.err, std::string{"nothing is written as "} + extension +
                                          " here; name the output .csv, .json, .xml or .sqlite"));
        }
    CHECK(folder.count() == 0);
    CHECK(
        mailflow_program("batch " + lesson + " --format csv -o " + shell_word(folder / "runs.foo")).status ==
        0);
    CHECK(mailflow_program("batch " + lesson + " -o " + shell_word(folder / "runs")).status == 0);
    CHECK(content_of(folder / "runs").starts_with("1 run of "));
    CHECK(contains(mailflow_program("batch --help").out, "write it as csv"));
}
