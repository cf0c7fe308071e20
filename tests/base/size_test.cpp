#include "catch.hpp"

#include "base/size.hpp"

using namespace mailflow;

TEST_CASE("Sizes are read in powers of 1000") {
    CHECK(parse_size("500B") == 500);
    CHECK(parse_size("4kB") == 4000);
    CHECK(parse_size("1.5MB") == 1'500'000);
    CHECK(parse_size("0.001kB") == 1);
    CHECK(parse_size("2GB") == 2'000'000'000);
    CHECK(parse_size("10GB") == largest_size_bytes);
    CHECK(parse_size("0B") == 0);
}

TEST_CASE("What is not a size in whole bytes is no size") {
    for (char const* text : {"",     "4",        "kB",   "4 kB",   "-4kB",         "+4kB",
                             "4KB",  "4kb",      "4MiB", ".5kB",   "5.kB",         "1.2.3kB",
                             "1.5B", "0.0001kB", "11GB", "10.1GB", "99999999999B", "184467440737095516160B",
                             "1e3B", "4kBx"})
        CHECK_FALSE(parse_size(text));
}

TEST_CASE("A written size is read back to the same value") {
    CHECK(write_size(4000) == "4kB");
    CHECK(write_size(1'500'000) == "1500kB");
    CHECK(write_size(1'000'000'000) == "1GB");
    for (std::uint64_t const bytes : {0ULL, 1ULL, 999ULL, 1001ULL, 4000ULL, 10'000'000'000ULL})
        CHECK(parse_size(write_size(bytes)) == bytes);
}
