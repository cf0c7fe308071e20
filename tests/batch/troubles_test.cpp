// What went wrong in many runs, told once.
#include "catch.hpp"

#include "batch/troubles.hpp"

using namespace mailflow::batch;

TEST_CASE("numbers and times leave the words of a trouble, names and addresses stay") {
    CHECK(
        without_numbers("not as expected: customer: expected at least 40000, came out 39871 (and 2 more)") ==
        "not as expected: customer: expected at least #, came out # (and # more)");
    CHECK(without_numbers("stopped by the limit of memory, at 1 min 3.5 s") ==
          without_numbers("stopped by the limit of memory, at 45 s"));
    CHECK(without_numbers("by mx1.shop.example (192.0.2.1): 554 5.7.1 no") ==
          "by mx1.shop.example (192.0.2.1): # 5.7.1 no");
    CHECK(without_numbers("a1.json:4:27: /mail/0/at: 5x is no time") ==
          "a1.json:4:27: /mail/0/at: 5x is no time");
    CHECK(without_numbers("2% of (3), 4") == "# of (#), #");
    CHECK(without_numbers("").empty());
}

TEST_CASE("troubles that differ in their numbers alone are one kind") {
    Troubles troubles;
    CHECK(troubles.text().empty());
    for (int run = 1; run <= 40; ++run)
        troubles.note("expected at least 100, came out " + std::to_string(run % 4), std::to_string(run));
    troubles.note("another", "41");
    CHECK(troubles.text() == "\n40 runs, first run 1: expected at least 100, came out 1 (and other numbers)\n"
                             "1 run, first run 41: another\n");
    for (char kind = 'a'; kind < 'k'; ++kind)
        troubles.note(std::string{"kind "} + kind, "42");
    CHECK(troubles.text().ends_with("2 runs with other words; --format csv has them all\n"));
}
