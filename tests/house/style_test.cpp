// Holds every file of the project to the house's habits, and tests that each check can tell.
#include "catch.hpp"
#include "house/style.hpp"

using namespace mailflow::house;
using namespace std::string_literals;

namespace {

using Check = std::vector<Complaint> (*)(SourceFile const&);

/// Holds the files to the check; there must be some.
void hold(std::vector<SourceFile> const& files, Check check) {
    CHECK_FALSE(files.empty());
    for (SourceFile const& file : files)
        for (Complaint const& complaint : check(file))
            FAIL_CHECK(complaint);
}

std::size_t complaints(Check check, std::string const& path, std::string const& text) {
    return check({path, text}).size();
}

std::vector<SourceFile> sources() {
    return files_in("", {".hpp", ".cpp"});
}

} // namespace

TEST_CASE("lines are short and end in their last letter") {
    hold(sources(), check_whitespace);
}

TEST_CASE("files are of one subject and open in the form of the house") {
    hold(sources(), check_shape);
}

TEST_CASE("no file names a path of one machine") {
    hold(files_in("", {}), check_machine_paths);
}

TEST_CASE("the simulation takes time and chance from its seed alone") {
    for (char const* folder : {"sim/base/", "sim/mail/", "sim/policy/", "sim/smtp/", "sim/world/",
                               "sim/trace/", "sim/engine/", "sim/run/", "sim/scenario/", "sim/report/"})
        hold(files_in(folder, {".hpp", ".cpp"}), check_repeatable);
}

TEST_CASE("tests can be asked for by their names") {
    hold(files_in("tests/", {"_test.cpp"}), check_test_names);
}

TEST_CASE("scenarios and tests use only names and addresses that nobody owns") {
    hold(files_in("scenarios/", {".json"}), check_reserved_names);
    for (SourceFile const& file : files_in("tests/", {".hpp", ".cpp", ".json"})) {
        // The arithmetic of addresses goes past the ends of the ranges, and this test needs bad examples.
        if (file.path == "tests/mail/ip_test.cpp" || file.path == "tests/house/style_test.cpp")
            continue;
        for (Complaint const& complaint : check_reserved_names(file))
            FAIL_CHECK(complaint);
    }
}

TEST_CASE("the window takes its colours from the theme alone") {
    hold(files_in("viz/", {".hpp", ".cpp"}), check_colours);
    CHECK(complaints(check_colours, "viz/theme.cpp", "rgb(0x0072B2)\n") == 0);
    CHECK(complaints(check_colours, "viz/a.cpp", "rgb(0x0072B2)\n") == 1);
    CHECK(complaints(check_colours, "viz/a.cpp", "fill(rect, 0xFF0072B2);\n") == 1);
    CHECK(complaints(check_colours, "viz/a.cpp", "IM_COL32(1, 2, 3, 4)\n") == 1);
    CHECK(complaints(check_colours, "viz/a.cpp", "colour & 0x00FFFFFFU\n") == 0);
}

TEST_CASE("bad whitespace is found") {
    CHECK(complaints(check_whitespace, "a.cpp", "int a;\n") == 0);
    CHECK(complaints(check_whitespace, "a.cpp", "int a;\n\tint b;\n") == 1);
    CHECK(complaints(check_whitespace, "a.cpp", "int a; \n") == 1);
    CHECK(complaints(check_whitespace, "a.cpp", "int a;\r\n") == 1);
    CHECK(complaints(check_whitespace, "a.cpp", "int a;") == 1);
    CHECK(complaints(check_whitespace, "a.cpp", "int a;\n\n") == 1);
    CHECK(complaints(check_whitespace, "a.cpp", std::string(110, 'x') + "\n") == 0);
    CHECK(complaints(check_whitespace, "a.cpp", std::string(111, 'x') + "\n") == 1);
    CHECK(complaints(check_whitespace, "a.cpp", "// " + std::string(106, 'x') + "é\n") == 0);
    CHECK(check_whitespace({"a.cpp", "a\nb \n"}) ==
          std::vector<Complaint>{{"a.cpp", 2, "space at the end of the line"}});
}

TEST_CASE("files of the wrong shape are found") {
    CHECK(complaints(check_shape, "a.hpp", "// What it is.\n#pragma once\n") == 0);
    CHECK(complaints(check_shape, "a.hpp", "// What it is,\n// and is not.\n\n#pragma once\n") == 0);
    CHECK(complaints(check_shape, "a.hpp", "#pragma once\n") == 1);
    CHECK(complaints(check_shape, "a.hpp", "// What it is.\nint a;\n") == 1);
    CHECK(complaints(check_shape, "a.hpp", "// What it is.\n#include <vector>\n#pragma once\n") == 1);
    CHECK(complaints(check_shape, "a.cpp", "#include \"a.hpp\"\n") == 0);
    CHECK(complaints(check_shape, "a.cpp", "// What it is.\n") == 0);
    CHECK(complaints(check_shape, "a.cpp", "int a;\n") == 1);
    CHECK(complaints(check_shape, "a.cpp", "") == 1);
    std::string longest = "// What it is.\n";
    for (std::size_t i = 1; i < longest_file; ++i)
        longest += "\n";
    CHECK(complaints(check_shape, "a.cpp", longest) == 0);
    CHECK(complaints(check_shape, "a.cpp", longest + "\n") == 1);
    CHECK(complaints(check_shape, "a.cpp", "// x\nclass SessionManager {\n") == 1);
    CHECK(complaints(check_shape, "a.cpp", "// x\nstruct QueueUtil;\n") == 1);
    CHECK(complaints(check_shape, "a.cpp", "// x\nstruct Utility;\n") == 0);
}

TEST_CASE("paths of one machine are found") {
    std::string const slash = "/"; // so that this file does not fail its own check
    CHECK(complaints(check_machine_paths, "a.md", "see " + slash + "work/main\n") == 1);
    CHECK(complaints(check_machine_paths, "a.md", slash + "home/maya/mail\n") == 1);
    CHECK(complaints(check_machine_paths, "a.sh", "cd \"" + slash + "root\"\n") == 1);
    CHECK(complaints(check_machine_paths, "a.sh", "PATH=" + slash + "farm/bin\n") == 1);
    CHECK(complaints(check_machine_paths, "a.json", "\"/networks/home/range\"\n") == 0);
    CHECK(complaints(check_machine_paths, "a.json", "\"https://isp.example/home/\"\n") == 0);
    CHECK(complaints(check_machine_paths, "a.md", slash + "usr/bin/env and at work/home\n") == 0);
}

TEST_CASE("clocks and chance from outside are found") {
    CHECK(complaints(check_repeatable, "a.cpp", "auto t = std::chrono::steady_clock::now();\n") == 1);
    CHECK(complaints(check_repeatable, "a.cpp", "std::random_device seed;\n") == 1);
    CHECK(complaints(check_repeatable, "a.cpp", "std::uniform_int_distribution<int> die{1, 6};\n") == 1);
    CHECK(complaints(check_repeatable, "a.cpp", "RandomStream stream{world.seed, 1};\n") == 0);
}

TEST_CASE("test names that would be misread are found") {
    std::string const test_case = "TEST_CASE(\"";
    CHECK(complaints(check_test_names, "a_test.cpp", test_case + "a sentence, with - and ~ inside\") {\n") ==
          0);
    CHECK(complaints(check_test_names, "a_test.cpp", test_case + "-o writes a file\") {\n") == 1);
    CHECK(complaints(check_test_names, "a_test.cpp", test_case + "one thing; another\") {\n") == 1);
    CHECK(complaints(check_test_names, "a_test.cpp", test_case + "~not\") {\n") == 1);
    CHECK(complaints(check_test_names, "a_test.cpp", test_case + "a [tag] inside\", \"[x]\") {\n") == 1);
    CHECK(complaints(check_test_names, "a_test.cpp", test_case + "a sentence\", \"[x]\") {\n") == 0);
}

TEST_CASE("names and addresses that somebody may own are found") {
    for (std::string const good : {"maya@isp.example",
                                   "mx.example.org",
                                   "a.test",
                                   "127.0.0.1",
                                   "192.0.2.0/24",
                                   "198.51.100.7",
                                   "203.0.113.25",
                                   "2001:db8::1",
                                   "2001:db8::/32",
                                   "554 5.7.1 <leo@shop.example>: Relay access denied",
                                   "version 2.0.1",
                                   "RFC 5321 section 4.5.3.1",
                                   "see 02-relaying-denied.json",
                                   "12:30:15",
                                   "e.g. this",
                                   "0.0.0.0/0",
                                   "224.0.0.0/4",
                                   "255.255.255.255",
                                   "ff02::1",
                                   "std::vector"}) {
        INFO(good);
        CHECK(complaints(check_reserved_names, "a.json", "\"" + good + "\"\n") == 0);
    }
    for (std::string const bad :
         {"maya@mail.com", "mx1.Provider.NET", "leo@firma.at", "notexample.com", "mail.example.org.de",
          "8.8.8.8", "10.0.0.0/8", "192.0.20.1", "2a00:1450::1", "2001:4860:4860::8888"}) {
        INFO(bad);
        CHECK(complaints(check_reserved_names, "a.json", "\"x\": \"" + bad + "\"\n") == 1);
    }
    CHECK(complaints(check_reserved_names, "a.cpp", "trace.net = 8;\n") == 0); // not in a string
}
