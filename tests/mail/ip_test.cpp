// Internet addresses and ranges of both families.
#include "catch.hpp"

#include "mail/ip.hpp"

using namespace mailflow;
using namespace std::string_literals;

namespace {

IpAddress ip(std::string_view text) {
    auto const read = parse_ip(text);
    REQUIRE(read.has_value());
    return *read;
}

IpRange range(std::string_view text) {
    auto const read = parse_range(text);
    REQUIRE(read.has_value());
    return *read;
}

} // namespace

TEST_CASE("addresses are written as they are read") {
    for (std::string const text :
         {"192.0.2.7", "0.0.0.0", "255.255.255.255", "2001:db8::7", "::", "::1", "2001:db8::"})
        CHECK(to_text(ip(text)) == text);
    CHECK(to_text(ip("2001:DB8:0:0:0:0:0:7")) == "2001:db8::7");
    CHECK(ip("192.0.2.7").is_v4());
    CHECK_FALSE(ip("2001:db8::7").is_v4());
    CHECK(ip("::ffff:192.0.2.7") == ip("192.0.2.7"));
}

TEST_CASE("what is no address of either family is not read as one") {
    for (std::string const& text :
         {""s, "192.0.2"s, "192.0.2.256"s, "192.0.2.1.1"s, "192.0.2.01"s, " 192.0.2.1"s, "192.0.2.1 "s,
          "192.0.2.-1"s, "0xc0.0.2.1"s, "2001:db8"s, "2001:db8:::1"s, "2001:db8::1::2"s, "2001:db8::g"s,
          "[2001:db8::1]"s, "2001:db8::1%eth0"s, "mail.isp.example"s, "192.0.2.1\0x"s}) {
        INFO(text);
        CHECK_FALSE(parse_ip(text).has_value());
    }
}

TEST_CASE("ranges are written as they are read") {
    for (std::string const text : {"192.0.2.0/24", "192.0.2.128/25", "0.0.0.0/0", "198.51.100.7",
                                   "2001:db8::/32", "2001:db8::1", "::/0"})
        CHECK(to_text(range(text)) == text);
    CHECK(to_text(range("192.0.2.7/32")) == "192.0.2.7");
    CHECK(to_text(range("2001:db8::7/128")) == "2001:db8::7");
}

TEST_CASE("what is no range is not read as one") {
    for (std::string const text :
         {"192.0.2.0/", "192.0.2.0/33", "192.0.2.0/-1", "192.0.2.0/+24", "192.0.2.0/24x", "192.0.2.0/ 24",
          "/24", "192.0.2.0/24/24", "192.0.2.0/255.255.255.0", "2001:db8::/129", "192.0.2.0/99999999999",
          "home"}) {
        INFO(text);
        CHECK_FALSE(parse_range(text).has_value());
    }
}

TEST_CASE("a range with bits after its prefix is not read") {
    CHECK_FALSE(parse_range("192.0.2.1/24").has_value());
    CHECK_FALSE(parse_range("192.0.2.64/25").has_value());
    CHECK_FALSE(parse_range("2001:db8::1/64").has_value());
    CHECK(parse_range("192.0.2.64/26").has_value());
}

TEST_CASE("a range contains its first and last address and not their neighbours") {
    CHECK(range("192.0.2.0/24").contains(ip("192.0.2.0")));
    CHECK(range("192.0.2.0/24").contains(ip("192.0.2.255")));
    CHECK_FALSE(range("192.0.2.0/24").contains(ip("192.0.1.255")));
    CHECK_FALSE(range("192.0.2.0/24").contains(ip("192.0.3.0")));
    CHECK(range("192.0.2.64/26").contains(ip("192.0.2.127")));
    CHECK_FALSE(range("192.0.2.64/26").contains(ip("192.0.2.128")));
    CHECK(range("192.0.2.7").contains(ip("192.0.2.7")));
    CHECK_FALSE(range("192.0.2.7").contains(ip("192.0.2.6")));
    CHECK(range("2001:db8::/32").contains(ip("2001:db8:ffff::1")));
    CHECK_FALSE(range("2001:db8::/32").contains(ip("2001:db9::")));
}

TEST_CASE("the whole of one family contains nothing of the other") {
    CHECK(range("0.0.0.0/0").contains(ip("203.0.113.9")));
    CHECK_FALSE(range("0.0.0.0/0").contains(ip("2001:db8::9")));
    CHECK(range("::/0").contains(ip("2001:db8::9")));
    CHECK_FALSE(range("::/0").contains(ip("203.0.113.9")));
    CHECK_FALSE(range("::/0").overlaps(range("203.0.113.0/24")));
}

TEST_CASE("ranges overlap when one lies in the other") {
    auto const overlap = [](std::string_view a, std::string_view b) {
        bool const one_way = range(a).overlaps(range(b));
        CHECK(one_way == range(b).overlaps(range(a)));
        return one_way;
    };
    CHECK(overlap("192.0.2.0/24", "192.0.2.0/24"));
    CHECK(overlap("192.0.2.0/24", "192.0.2.128/25"));
    CHECK(overlap("0.0.0.0/0", "192.0.2.7"));
    CHECK(overlap("2001:db8::/32", "2001:db8:1::/48"));
    CHECK_FALSE(overlap("192.0.2.0/25", "192.0.2.128/25"));
    CHECK_FALSE(overlap("192.0.2.0/24", "198.51.100.0/24"));
    CHECK_FALSE(overlap("192.0.2.0/24", "2001:db8::/32"));
}

TEST_CASE("an IPv4 block has room for all but its network and broadcast address") {
    CHECK(range("192.0.2.0/24").room() == 254);
    CHECK(to_text(range("192.0.2.0/24").machine(0)) == "192.0.2.1");
    CHECK(to_text(range("192.0.2.0/24").machine(253)) == "192.0.2.254");
    CHECK(range("192.0.2.4/30").room() == 2);
    CHECK(to_text(range("192.0.2.4/30").machine(1)) == "192.0.2.6");
    CHECK(range("192.0.2.4/31").room() == 2); // RFC 3021
    CHECK(to_text(range("192.0.2.4/31").machine(0)) == "192.0.2.4");
    CHECK(range("192.0.2.7").room() == 1);
    CHECK(to_text(range("192.0.2.7").machine(0)) == "192.0.2.7");
}

TEST_CASE("every machine of a block lies in it and has an address of its own") {
    for (std::string const text :
         {"198.51.100.0/24", "198.51.100.32/28", "203.0.113.2/31", "2001:db8::/120"}) {
        IpRange const block = range(text);
        INFO(text);
        for (std::uint64_t n = 0; n < block.room(); ++n) {
            REQUIRE(block.contains(block.machine(n)));
            if (n > 0)
                REQUIRE(block.machine(n - 1) < block.machine(n));
        }
    }
}

TEST_CASE("an IPv6 block has more room than is ever counted") {
    CHECK(range("2001:db8::/120").room() == 256);
    CHECK(range("2001:db8::/65").room() == std::uint64_t{1} << 63);
    CHECK(range("2001:db8::/64").room() == ~std::uint64_t{0});
    CHECK(range("::/0").room() == ~std::uint64_t{0});
    CHECK(to_text(range("2001:db8::/64").machine(0x1'0000'0000)) == "2001:db8::1:0:0");
}

TEST_CASE("steps carry from octet to octet") {
    CHECK(to_text(offset(ip("192.0.2.255"), 1)) == "192.0.3.0");
    CHECK(to_text(offset(ip("192.0.2.0"), 0)) == "192.0.2.0");
    CHECK(to_text(offset(ip("198.51.100.0"), 256 * 256)) == "198.52.100.0");
    CHECK(to_text(offset(ip("2001:db8::ffff"), 1)) == "2001:db8::1:0");
}
