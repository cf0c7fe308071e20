// Scenarios that nobody means: absurd numbers, sizes and nestings end in a clear complaint, or load, and
// neither takes long. The sizes are those that a test has time for; the work grows with them in proportion.
#include "loading.hpp"

#include <fmt/format.h>

using namespace mailflow::test;

namespace {

std::string repeated(std::string const& item, std::size_t count) {
    std::string text;
    for (std::size_t n = 0; n < count; ++n)
        text += (n == 0 ? "" : ",") + item;
    return text;
}

/// Items numbered from 0, in which # stands for the number.
std::string numbered(std::string_view item, std::size_t count) {
    std::string text;
    for (std::size_t n = 0; n < count; ++n) {
        text += n == 0 ? "" : ",";
        for (char const c : item)
            text += c == '#' ? std::to_string(n) : std::string(1, c);
    }
    return text;
}

constexpr std::string_view world_start = R"({ "format": 1,
  "servers": { "mail.isp.example": { "handles": ["isp.example"] } },
  "people": { "maya": { "address": "maya@isp.example" } })";

std::string limited_with(std::string_view rest) {
    return fmt::format("{}, {} }}", world_start, rest);
}

/// The one complaint about the text.
std::string complaint_about(std::string const& text) {
    auto const complaints = complaints_about(text);
    return complaints.size() == 1 ? complaints[0] : fmt::format("{} complaints", complaints.size());
}

} // namespace

TEST_CASE("nesting bombs of every kind are refused at once") {
    for (std::string const opening : {"[", "{\"a\":", "[{\"a\":", "{\"servers\":["}) {
        std::string bomb;
        for (int n = 0; n < 100'000; ++n)
            bomb += opening;
        INFO(opening);
        CHECK(contains(complaint_about(bomb), "this is nested more than 64 levels deep"));
        CHECK(contains(complaint_about(limited_with("\"mail\": " + bomb)),
                       "this is nested more than 64 levels deep"));
    }
    CHECK(complaint_about(std::string(50, '[') + std::string(50, ']')) ==
          "1:1: /: the scenario must be an object, not a list");
}

TEST_CASE("a text larger than a scenario may be is refused before it is read") {
    CHECK(complaint_about(std::string(100'000'001, ' ')) == "1:1: /: the file is larger than 100 MB");
}

TEST_CASE("giant numbers, times, sizes and texts are complained about") {
    std::string const nines(10'000, '9');
    CHECK(contains(complaint_about(limited_with("\"seed\": " + nines)), "this number is too large"));
    CHECK(contains(complaint_about(limited_with("\"seed\": 1e999999999")), "this number is too large"));
    CHECK(contains(complaint_about(limited_with("\"seed\": -1")), "must be a whole number"));
    CHECK(contains(complaint_about(limited_with("\"seed\": 1e-3")), "must be a whole number"));
    for (std::string const& time :
         {nines + "d", std::string{"367d"}, std::string{"1ns"}, std::string{"-1s"}, std::string{"1e9s"},
          std::string{"9223372036854775808ms"}, std::string{}}) {
        INFO(time.substr(0, 30));
        CHECK(contains(complaint_about(limited_with("\"until\": \"" + time + "\"")), "\"until\" must be"));
    }
    CHECK(contains(complaint_about(limited_with("\"title\": \"" + std::string(1'000'000, 'x') + "\"")),
                   "\"title\" is longer than 1000 characters"));
    CHECK(contains(complaint_about(limited_with("\"" + std::string(100'000, 'k') + "\": 1")), "unknown key"));
}

TEST_CASE("nothing happens without end, or more often than once a second") {
    auto const person = [](std::string_view every) {
        return fmt::format(
            R"({{ "format": 1, "servers": {{ "mail.isp.example": {{ "handles": ["isp.example"] }} }},
          "people": {{ "maya": {{ "address": "maya@isp.example", "incoming": {{ "every": "{}" }} }} }} }})",
            every);
    };
    for (std::string_view const every : {"0s", "1ns", "1ms", "0.001s"}) {
        INFO(every);
        CHECK(contains(complaint_about(person(every)), "\"every\" must be"));
    }
    CHECK(complaints_about(person("1s")).empty());
    CHECK(contains(complaint_about(limited_with(R"("until": "0s")")), "must be more than 0s"));
}

TEST_CASE("more spam than a run can keep is refused, however it is asked for") {
    for (std::string const spammer :
         {R"({ "to": "maya@isp.example", "count": 1000000000 })",
          R"({ "to": { "domain": "isp.example", "names": 1000000000 } })",
          R"({ "to": ["maya@isp.example", "leo@isp.example"], "count": 100000 })"}) {
        INFO(spammer);
        CHECK_FALSE(complaints_about(limited_with(R"("spammers": { "bulk": )" + spammer + " }")).empty());
    }
}

TEST_CASE("a hundred thousand complaints are counted, and the first hundred told") {
    for (std::string const& text :
         {limited_with(fmt::format("\"mail\": [{}]", repeated("7", 100'000))),
          limited_with(
              fmt::format("\"mail\": [{}]", repeated(R"({"from":"maia","to":"a@b.example"})", 100'000))),
          limited_with(fmt::format("\"dns\": {{ {} }}", numbered(R"("d#.example":{"tttl":"1s"})", 100'000))),
          limited_with(fmt::format("{}", repeated("\"title\":\"x\"", 100'001))),
          limited_with(numbered("\"k#\":1", 100'000))}) {
        auto const complaints = complaints_about(text);
        INFO(complaints.front());
        REQUIRE(complaints.size() == 101);
        CHECK(contains(complaints.back(), "99900 more complaints are not shown; mend the first ones"));
    }
}

TEST_CASE("long lists load: recipients, aliases, mailboxes, changes of one server") {
    CHECK(world_of(limited_with(fmt::format(R"("mail": [ {{ "from": "maya", "to": [{}] }} ])",
                                            numbered("\"u#@isp.example\"", 50'000))))
              .mail[mailflow::MailId{0}]
              .to.size() == 50'000);
    CHECK(world_of(fmt::format(R"({{ "format": 1, "servers": {{ "mail.isp.example": {{
              "handles": ["isp.example"], "mailboxes": [{}], "aliases": {{ {} }} }} }} }})",
                               numbered("\"u#\"", 50'000), numbered("\"a#\":\"u#\"", 50'000)))
              .servers[mailflow::ServerId{0}]
              .aliases.size() == 50'000);
    CHECK(world_of(limited_with(fmt::format(
                       "\"changes\": [{}]",
                       numbered(R"({"at":"#ms","server":"mail.isp.example","set":{"up":false}})", 20'000))))
              .changes.size() == 20'000);
    CHECK(
        world_of(fmt::format(
                     R"({{ "format": 1, "servers": {{ "mail.isp.example": {{ "handles": ["isp.example"] }} }},
              "people": {{ {} }} }})",
                     numbered(R"("p#":{"address":"p#@isp.example"})", 20'000)))
            .people.size() == 20'000);
}

TEST_CASE("the same message twice in a list of a hundred thousand is found") {
    auto const complaints = complaints_about(
        limited_with(fmt::format(R"("mail": [{}, {{ "id": "m5", "from": "maya", "to": "a@isp.example" }}])",
                                 numbered(R"({"id":"m#","from":"maya","to":"a@isp.example"})", 100'000))));
    REQUIRE(complaints.size() == 1);
    CHECK(contains(complaints[0], "/mail/100000/id: \"m5\" is the id of another message"));
    auto const twice = complaints_about(
        limited_with(fmt::format(R"("mail": [ {{ "from": "maya", "to": [{}], "bcc": "U7@isp.example" }} ])",
                                 numbered("\"u#@isp.example\"", 10'000))));
    REQUIRE(twice.size() == 1);
    CHECK(contains(twice[0], "/mail/0/bcc: U7@isp.example is a recipient of this message already"));
}

TEST_CASE("changes that repeat a large server over and over are refused before they fill the memory") {
    std::string const text = fmt::format(
        R"({{ "format": 1, "servers": {{ "mail.isp.example": {{ "handles": ["isp.example"],
              "mailboxes": [{}] }} }}, "changes": [{}] }})",
        numbered("\"u#\"", 20'000),
        numbered(R"({"at":"#s","server":"mail.isp.example","set":{"up":false}})", 1000));
    CHECK(contains(complaint_about(text),
                   "up to here the changes of servers repeat more than 3000000 mailboxes"));
}
