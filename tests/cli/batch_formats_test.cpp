// The outputs of `mailflow batch` beside CSV.
#include "batch.hpp"

#include "base/zstd_stream.hpp"

#include <nlohmann/json.hpp>

#include <optional>

using Json = nlohmann::json;

namespace {

/// One run as expected, one not, one without a valid scenario.
std::string three_kinds(Folder const& folder) {
    write(folder / "broken & \"bad\".json", "{ \"format\": <2> }");
    return "batch " + lesson + " " + shell_word(folder / "broken & \"bad\".json") +
           " --set /servers/mail.isp.example/open_relay=false,true";
}

std::size_t count(std::string const& text, std::string const& part) {
    std::size_t found = 0;
    for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1))
        ++found;
    return found;
}

/// What SQLite answers from the file; none where its program is not installed.
std::optional<std::string> answer_of(std::filesystem::path const& file, std::string const& query) {
    if (std::system("command -v sqlite3 >/dev/null") != 0)
        return std::nullopt;
    Folder const folder;
    std::string const line =
        "sqlite3 " + shell_word(file) + " '" + query + "' >" + shell_word(folder / "answer") + " 2>&1";
    CHECK(std::system(line.c_str()) == 0);
    return content_of(folder / "answer");
}

std::string unpacked(std::string const& packed) {
    mailflow::Decompressed read = mailflow::decompress(packed, 1UL << 24U);
    CHECK(read.trouble.empty());
    return std::move(read.bytes);
}

} // namespace

TEST_CASE("the JSON of a batch is a list of the same rows, with numbers as numbers") {
    Folder const folder;
    std::string const command = three_kinds(folder);
    Json const list = Json::parse(mailflow_program(command + " --format json").out);
    auto const rows = rows_of(mailflow_program(command + " --format csv").out);
    REQUIRE(list.size() == 4);
    REQUIRE(rows.size() == 4);
    for (std::size_t i = 0; i < 4; ++i) {
        CHECK(list[i].size() == rows[i].size());
        for (auto const& [name, field] : rows[i]) {
            Json const& value = list[i].at(name);
            CAPTURE(i, name, field);
            if (value.is_number())
                CHECK(value.get<double>() == std::stod(field));
            else if (value.is_null())
                CHECK(field.empty());
            else
                CHECK((value.is_string() ? value.get<std::string>() : value.dump()) == field);
        }
    }
    CHECK(list[0]["/servers/mail.isp.example/open_relay"] == false);
    CHECK(list[0]["seed"].is_number_unsigned());
    CHECK(list[0]["trouble"].is_null());
    CHECK(list[3]["recipients"].is_null());
}

TEST_CASE("JUnit's XML has a suite for each file and a case for each run") {
    Folder const folder;
    Ended const ended = mailflow_program(three_kinds(folder) + " --format junit");
    CHECK(ended.status == 1);
    CHECK(ended.out.starts_with(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"mailflow batch\" "
        "tests=\"4\" failures=\"1\" errors=\"2\" skipped=\"0\">\n"));
    CHECK(count(ended.out, "<testsuite ") == 2);
    CHECK(count(ended.out, "</testsuite>") == 2);
    CHECK(count(ended.out, "<testcase ") == 4);
    CHECK(count(ended.out, "<failure ") == 1);
    CHECK(count(ended.out, "<error ") == 2);
    CHECK(contains(ended.out, "broken &amp; &quot;bad&quot;.json"));
    CHECK(contains(ended.out, "name=\"run 2: open_relay=true, seed 1\""));
    CHECK(ended.out.ends_with("</testsuites>\n"));
    // Whoever has a parser for it asks that, too.
    write(folder / "out.xml", ended.out);
    int const parsed = std::system(
        ("! command -v xmllint >/dev/null || xmllint --noout " + shell_word(folder / "out.xml")).c_str());
    CHECK(parsed == 0);
}

TEST_CASE("the table has a block for each number and a line for each variation") {
    Ended const ended = mailflow_program(
        "batch " + lesson + " --seeds 1..20 --set /servers/mail.isp.example/open_relay=false,true");
    CHECK(contains(ended.out, "02-relaying-denied.json, 2 variations: 20 as expected, 20 not as expected\n"));
    CHECK(contains(ended.out, "\nrefused, recipients of a run\n"));
    CHECK(contains(
        ended.out,
        "\n  open_relay=false     20         1                1 .. 1         1         1         1\n"));
    CHECK(contains(ended.out, "95 % interval"));
    CHECK(contains(ended.out,
                   "\n20 runs, first run 21: not as expected: hello to leo@shop.example: expected refused"));
    CHECK_FALSE(contains(ended.out, "bounced")); // it is 0 everywhere
}

TEST_CASE("the name of the output decides what is written") {
    Folder const folder;
    for (auto const& [name, beginning] :
         {std::pair{"a.csv", "run,file,"}, std::pair{"a.json", "[\n  { \"run\": 1, "},
          std::pair{"a.xml", "<?xml "}, std::pair{"a.txt", "1 run of "}}) {
        CHECK(mailflow_program("batch " + lesson + " -o " + shell_word(folder / name)).status == 0);
        CHECK(content_of(folder / name).starts_with(beginning));
    }
    CHECK(mailflow_program("batch " + lesson + " --format json -o " + shell_word(folder / "a.csv")).status ==
          0);
    CHECK(content_of(folder / "a.csv").starts_with("["));
    CHECK(folder.count() == 4);
}

TEST_CASE("a name in .zst packs what the name before it says") {
    Folder const folder;
    Ended const ended = mailflow_program("batch " + lesson + " -o " + shell_word(folder / "a.csv.zst"));
    if (ended.status == 2) {
        CHECK(contains(ended.err, "built without libzstd"));
        CHECK(folder.count() == 0);
        return;
    }
    for (std::string const format : {"csv", "json", "xml", "txt"}) {
        std::string const name = "a." + format;
        CHECK(mailflow_program("batch " + lesson + " -o " + shell_word(folder / name)).status == 0);
        CHECK(mailflow_program("batch " + lesson + " -o " + shell_word(folder / (name + ".zst"))).status ==
              0);
        std::string const packed = content_of(folder / (name + ".zst"));
        REQUIRE(packed.starts_with("\x28\xb5\x2f\xfd"));
        CHECK(unpacked(packed) == content_of(folder / name));
    }
    CHECK(folder.count() == 8);
}

TEST_CASE("Where no temporary file can be made, that is said in the same words for every format") {
    Folder const folder;
    auto const told = folder / "told";
    for (std::string const& output :
         {std::string{"--format table"}, "-o " + shell_word(folder / "out.sqlite")}) {
        CAPTURE(output);
        std::string const line = "TMPDIR=/proc \"" MAILFLOW_PROGRAM "\" batch " + lesson + " " + output +
                                 " >/dev/null 2>" + shell_word(told) + " </dev/null";
        CHECK(std::system(line.c_str()) != 0);
        std::string const words = content_of(told);
        if (!contains(words, "built without SQLite"))
            CHECK(contains(words, "cannot write to the folder for temporary files: "));
    }
}

TEST_CASE("SQLite gets a table with a row for each run, or a word that it is not there") {
    Folder const folder;
    Ended const ended = mailflow_program(three_kinds(folder) + " -o " + shell_word(folder / "out.sqlite"));
    if (ended.status == 2) {
        CHECK(contains(ended.err, "built without SQLite"));
        CHECK(folder.count() == 1);
        return;
    }
    CHECK(ended.status == 1);
    CHECK(content_of(folder / "out.sqlite").starts_with("SQLite format 3"));
    if (auto const answer =
            answer_of(folder / "out.sqlite", "SELECT run, typeof(delivered), delivered, "
                                             "\"/servers/mail.isp.example/open_relay\", status FROM runs"))
        CHECK(*answer == "1|integer|0|false|met\n2|integer|1|true|failed\n3|null||false|invalid\n"
                         "4|null||true|invalid\n");
}

TEST_CASE("SQLite keeps every seed exactly, those that it has no number for as a text") {
    Folder const folder;
    std::string const seeds = " --seeds 7,9223372036854775807,9223372036854775808,18446744073709551615";
    auto const file = folder / "out.sqlite";
    if (mailflow_program("batch " + lesson + seeds + " -o " + shell_word(file)).status == 2)
        return;
    if (auto const answer = answer_of(file, "SELECT seed, typeof(seed) FROM runs"))
        CHECK(*answer == "7|integer\n9223372036854775807|integer\n9223372036854775808|text\n"
                         "18446744073709551615|text\n");
}

TEST_CASE("SQLite keeps a number that no double is as it was written") {
    Folder const folder;
    std::string const set = " --set /servers/mail.isp.example/open_relay=true,1e400,1e-400,-1.5";
    auto const file = folder / "out.sqlite";
    if (mailflow_program("batch " + lesson + set + " -o " + shell_word(file)).status == 2)
        return;
    std::string const query = "SELECT \"/servers/mail.isp.example/open_relay\", "
                              "typeof(\"/servers/mail.isp.example/open_relay\") FROM runs";
    if (auto const answer = answer_of(file, query))
        CHECK(*answer == "true|text\n1e400|text\n1e-400|text\n-1.5|real\n");
}

TEST_CASE("parameters that SQLite cannot tell apart are refused before the first run") {
    Folder const folder;
    std::string const command = "batch " + lesson +
                                " --set /servers/mail.isp.example/up=true,false "
                                "--set /servers/MAIL.isp.example/up=true ";
    Ended const ended = mailflow_program(command + "-o " + shell_word(folder / "out.sqlite"));
    if (contains(ended.err, "built without SQLite"))
        return;
    CHECK(ended.status == 2);
    CHECK(ended.err == "mailflow: SQLite takes /servers/mail.isp.example/up and /servers/MAIL.isp.example/up "
                       "for one name; write csv or json\n");
    CHECK(folder.count() == 0);
}

TEST_CASE("parameters that are more than SQLite has columns for are refused before the first run") {
    Folder const folder;
    std::string pointers = "/title";
    for (int i = 0; i < 2100; ++i)
        pointers += ",/servers/s" + std::to_string(i) + ".example/up";
    write(folder / "wide.csv", pointers + "\nWide" + std::string(2100, ',') + "\n");
    Ended const ended = mailflow_program("batch " + lesson + " --vary " + shell_word(folder / "wide.csv") +
                                         " -o " + shell_word(folder / "out.sqlite"));
    if (contains(ended.err, "built without SQLite"))
        return;
    CHECK(ended.status == 2);
    CHECK(contains(ended.err, " columns, and a row has 2"));
    CHECK(folder.count() == 1);
}
