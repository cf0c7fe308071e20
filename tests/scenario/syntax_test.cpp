// A text that is not JSON: one complaint, at the very place, in words for people.
#include "loading.hpp"

using namespace mailflow;
using namespace mailflow::test;

namespace {

struct Broken {
    std::string text;
    std::string complaint;
};

void check_all(std::vector<Broken> const& table) {
    for (Broken const& broken : table) {
        INFO(broken.text);
        CHECK(complaints_about(broken.text) == std::vector<std::string>{broken.complaint});
    }
}

std::string const number_trouble = "this number is not written as JSON has it; write 12 or 0.5: no +, no "
                                   "leading 0, no bare point; times and sizes "
                                   "stand in double quotes";

} // namespace

TEST_CASE("An empty file is said to be empty") {
    std::string const empty = R"(the file is empty; a scenario is an object: { "format": 1, ... })";
    check_all({{"", "1:1: /: " + empty},
               {"  // nothing\n", "2:1: /: " + empty},
               {"\xef\xbb\xbf", "1:1: /: " + empty}});
}

TEST_CASE("Commas, colons and brackets are told apart") {
    check_all({
        {"{ \"format\": 1\n \"title\": \"x\" }", "2:2: /: a comma is missing before this"},
        {R"({ "mail": [1 2] })", "1:14: /mail: a comma is missing before this"},
        {R"({ "format": 1,, "title": "x" })", "1:15: /: there are two commas in a row; remove one"},
        {"{ \"format\": 1,\n \"title\": \"x\",\n}",
         "2:14: /: there is a comma before the closing }; remove it"},
        {R"({ "mail": [1, 2, /* last */ ] })",
         "1:16: /mail: there is a comma before the closing ]; remove it"},
        {R"({ "format" 1 })", "1:12: /: a colon is missing before this; an object reads \"key\": value"},
        {R"({ "format" = 1 })", "1:12: /: a colon is missing before this; write : instead of ="},
        {R"({ "format": })", "1:13: /: a value is missing before this"},
        {"{\n\"mail\": [ { \"id\": \"a\" ] }",
         "2:23: /mail/0: ] does not close the object that was opened in line 2; that needs a } first"},
        {R"({ , })", "1:3: /: a key in double quotes was to come here"},
        {R"([ } ])", "1:3: /: a value is missing before this"},
    });
}

TEST_CASE("A file that ends too early names what is open") {
    check_all({
        {"\n{ \"format\": 1",
         "2:14: /: the file ends before the object that was opened in line 2 is closed; add the "
         "missing }"},
        {R"({ "mail": [)",
         "1:12: /mail: the file ends before the list that was opened in line 1 is closed; add the missing ]"},
        {R"({ "mail": [ 1,)",
         "1:15: /mail: the file ends before the list that was opened in line 1 is closed; add the missing ]"},
        {R"({ "format")",
         "1:11: /: the file ends before the object that was opened in line 1 is closed; add the missing }"},
        {R"({ "format": 1 } x)",
         "1:17: /: the scenario has ended before this; remove what follows the last }"},
    });
}

TEST_CASE("Quotes, words and numbers that JSON does not have are explained") {
    check_all({
        {"{ 'format': 1 }", "1:3: /: keys stand in double quotes; write \" instead of '"},
        {"{ format: 1 }", "1:3: /: keys stand in double quotes; write \"format\""},
        {"{ \"title\": 'x' }", "1:12: /: texts stand in double quotes; write \" instead of '"},
        {R"({ "title": Hello })", "1:12: /: Hello is no value; texts stand in double quotes: \"Hello\""},
        {R"({ "open": True })", "1:11: /: True is no value; did you mean true?"},
        {R"({ "open": no })", "1:11: /: no is no value; did you mean false?"},
        {R"({ "format": 01 })", "1:13: /: " + number_trouble},
        {R"({ "seed": +1 })", "1:11: /: " + number_trouble},
        {R"({ "seed": .5 })", "1:11: /: " + number_trouble},
        {R"({ "seed": 1.2.3 })", "1:11: /: " + number_trouble},
        {R"({ "mail": [ { "at": 5m } ] })", "1:21: /mail/0: " + number_trouble},
        {R"({ "seed": 1e999 })", "1:11: /: this number is too large"},
    });
}

TEST_CASE("What a word processor makes of quotes and blanks is named, and so is what to write instead") {
    check_all({
        {"{ “format”: 1 }",
         "1:3: /: keys stand in straight double quotes; write \" instead of “, before and behind"},
        {"{ \"until\": „1d“ }",
         "1:12: /: texts stand in straight double quotes; write \" instead of „, before and behind"},
        {"{ \"title\": ‘x’ }",
         "1:12: /: texts stand in straight double quotes; write \" instead of ‘, before and behind"},
        {"{ \"title\": \"x”,\n}",
         "1:12: /: this text is not closed in its line; end it with \", which is not ”"},
        {"{\u00a0\"format\": 1 }",
         "1:2: /: this is not the blank of the space bar; write a plain blank instead of it"},
        {"{ \"format\":\u202f1 }",
         "1:12: /: this is not the blank of the space bar; write a plain blank instead of it"},
    });
}

TEST_CASE("Texts that are not closed or hold what a text cannot hold are explained") {
    check_all({
        {"{ \"title\": \"abc\n}", "1:12: /: this text is not closed in its line; end it with \""},
        {R"({ "title": "abc)", "1:12: /: this text is never closed; end it with \""},
        {"{ \"title\": \"a\tb\" }", "1:14: /: a tab inside a text is written \\t"},
        {R"({ "title": "a\q" })",
         "1:14: /: a backslash means nothing before this character; write \\\\ for a "
         "backslash itself"},
        {R"({ "title": "\u12" })",
         "1:13: /: \\u wants the four hexadecimal digits of a character; characters above "
         "\\uffff are written as a pair, or as themselves"},
        {R"({ "title": "\ud800x" })",
         "1:13: /: \\u wants the four hexadecimal digits of a character; characters "
         "above \\uffff are written as a pair, or as themselves"},
        {std::string{"{ \"format\": 1 }\0x", 17},
         "1:16: /: a control character (U+0000) stands here; remove it"},
        {"{ \"title\": \"\xff\" }", "1:13: /: this is not UTF-8; save the file in the encoding UTF-8"},
        {"{ \"title\": \"\xc3", "1:13: /: this is not UTF-8; save the file in the encoding UTF-8"},
    });
}

TEST_CASE("Comments may stand anywhere, and a comment that never ends is found") {
    CHECK(complaints_about("// first\n{ /* a */ \"format\": /* b */ 1 // last\n}\n// after").empty());
    check_all({
        {"{ \"format\": 1 /* abc }", "1:15: /: this comment is never closed; end it with */"},
        {"# first\n{ \"format\": 1 }", "1:1: /: a # means nothing here; a comment starts with //"},
        {"{ # first\n \"format\": 1 }", "1:3: /: a # means nothing here; a comment starts with //"},
        {"{ \"format\": 1 # last\n}", "1:15: /: a # means nothing here; a comment starts with //"},
        {"{ \"format\": 1 / }", "1:15: /: a single / means nothing here; a comment starts with //"},
    });
}

TEST_CASE("Columns count characters, lines count line feeds, a byte order mark counts nothing") {
    check_all({
        {"{ \"format\": 1,\r\n  \"title\": \"Caf\u00e9 \u2192\", titel: 1 }",
         "2:22: /: keys stand in double quotes; write "
         "\"titel\""},
        {"\xef\xbb\xbf{ format: 1 }", "1:3: /: keys stand in double quotes; write \"format\""},
    });
    CHECK(complaints_about("{ \"format\": 1,\r\n \"\u20ac\": \"\U0001F600\", \"titel\": 1 }") ==
          std::vector<std::string>{
              "2:2: /\u20ac: unknown key \"\u20ac\"; the keys here are format, title, "
              "summary, seed, until, networks, servers, "
              "people, spammers, populations, domains, blocklists, dns, mail, changes and expect",
              "2:12: /titel: unknown key \"titel\"; did you mean \"title\"?"});
}

TEST_CASE("A text nested too deep is refused, however deep it is") {
    auto const nested = [](std::size_t levels) {
        return "{ \"format\": 1, \"x\": " + std::string(levels, '[') + std::string(levels, ']') + " }";
    };
    CHECK(contains(complaints_about(nested(63)).front(), "unknown key"));
    for (std::size_t const levels : {64U, 1'000'000U}) {
        auto const complaints = complaints_about(nested(levels));
        REQUIRE(complaints.size() == 1);
        CHECK(complaints[0].starts_with("1:84: /x/0/0"));
        CHECK(contains(complaints[0], "this is nested more than 64 levels deep"));
    }
}

TEST_CASE("A key that an object has twice is found") {
    CHECK(complaints_about("{ \"format\": 1,\n \"title\": \"a\",\n \"title\": \"b\" }") ==
          std::vector<std::string>{
              "3:2: /title: the key \"title\" is here twice; it was given in line 2 already"});
    CHECK(complaints_about("{ \"format\": 1, \"networks\": { \"a/b~c\": {}, \"a/b~c\": {} } }") ==
          std::vector<std::string>{
              "1:43: /networks/a~1b~0c: the key \"a/b~c\" is here twice; it was given in line 1 already"});
}
