#include "catch.hpp"

#include "base/numbers.hpp"

using namespace mailflow;

TEST_CASE("A number is read when it is the whole text") {
    CHECK(number_in<std::uint64_t>("0") == 0);
    CHECK(number_in<std::uint64_t>("007") == 7);
    CHECK(number_in<std::uint64_t>("18446744073709551615") == 18'446'744'073'709'551'615U);
    CHECK(number_in<int>("-12") == -12);
    CHECK(number_in<double>("-0.5") == -0.5);
    CHECK(number_in<double>("12") == 12.0);
    CHECK(number_in<double>("1e3") == 1000.0);
}

TEST_CASE("What begins with a number is none") {
    for (char const* text : {"", " 1", "1 ", "+1", "12abc", "abc", "-", "0x1", "1,5", "1\r"}) {
        CAPTURE(text);
        CHECK_FALSE(number_in<std::uint64_t>(text));
        CHECK_FALSE(number_in<double>(text));
    }
    CHECK_FALSE(number_in<std::uint64_t>("1.5"));
}

TEST_CASE("A number beyond what its type holds is none") {
    CHECK_FALSE(number_in<std::uint64_t>("18446744073709551616"));
    CHECK_FALSE(number_in<unsigned>("4294967296"));
    CHECK_FALSE(number_in<unsigned>("-1"));
    CHECK_FALSE(number_in<double>("1e999"));
}

TEST_CASE("The nearest rank is the first one with that share at or below it") {
    CHECK(nearest_rank(0.0, 10) == 1);
    CHECK(nearest_rank(0.05, 10) == 1);
    CHECK(nearest_rank(0.5, 10) == 5);
    CHECK(nearest_rank(0.51, 10) == 6);
    CHECK(nearest_rank(0.99, 10) == 10);
    CHECK(nearest_rank(1.0, 10) == 10);
    CHECK(nearest_rank(0.5, 1) == 1);
}
