// Mail addresses after RFC 5321 section 4.1.2, and the book that numbers them.
#include "catch.hpp"

#include "mail/address.hpp"

using namespace mailflow;
using namespace std::string_literals;

namespace {

std::string repeated(std::string_view piece, std::size_t times) {
    std::string all;
    for (std::size_t i = 0; i < times; ++i)
        all += piece;
    return all;
}

/// A domain of exactly that many octets, of labels of at most 63.
std::string domain_of_length(std::size_t length) {
    std::string domain;
    while (domain.size() + 64 < length)
        domain += std::string(62, 'd') + ".";
    return domain + std::string(length - domain.size(), 'e');
}

} // namespace

TEST_CASE("addresses of every form are read") {
    struct Row {
        std::string text, local_part, domain;
    };
    std::vector<Row> const rows{
        {"maya@isp.example", "maya", "isp.example"},
        {"Maya.M@ISP.Example", "Maya.M", "ISP.Example"},
        {"a@b", "a", "b"},
        {"!#$%&'*+-/=?^_`{|}~@x.example", "!#$%&'*+-/=?^_`{|}~", "x.example"},
        {"sales+eu=west@shop.example", "sales+eu=west", "shop.example"},
        {"user%elsewhere.example@isp.example", "user%elsewhere.example", "isp.example"},
        {"elsewhere.example!user@isp.example", "elsewhere.example!user", "isp.example"},
        {"\"maya m\"@isp.example", "\"maya m\"", "isp.example"},
        {"\"maya@home\"@isp.example", "\"maya@home\"", "isp.example"},
        {"\"a\\\"b\\\\c\"@isp.example", "\"a\\\"b\\\\c\"", "isp.example"},
        {"\"\"@isp.example", "\"\"", "isp.example"},
        {"x@1.2.example", "x", "1.2.example"},
        {"x@xn--bcher-kva.example", "x", "xn--bcher-kva.example"},
    };
    for (Row const& row : rows) {
        INFO(row.text);
        auto const read = parse_mailbox(row.text);
        REQUIRE(read.has_value());
        CHECK(read->local_part == row.local_part);
        CHECK(read->domain == row.domain);
    }
}

TEST_CASE("what is no address is not read as one") {
    for (std::string const& text : {""s,
                                    "@"s,
                                    "maya"s,
                                    "maya@"s,
                                    "@isp.example"s,
                                    "maya@@isp.example"s,
                                    "maya@isp@shop.example"s,
                                    ".maya@isp.example"s,
                                    "maya.@isp.example"s,
                                    "ma..ya@isp.example"s,
                                    "ma ya@isp.example"s,
                                    "maya@isp..example"s,
                                    "maya@.example"s,
                                    "maya@isp.example."s,
                                    "maya@-isp.example"s,
                                    "maya@isp-.example"s,
                                    "maya@isp_x.example"s,
                                    "maya@isp example"s,
                                    "maya@bücher.example"s,
                                    "jürgen@isp.example"s,
                                    "\"jürgen\"@isp.example"s,
                                    " maya@isp.example"s,
                                    "maya@isp.example "s,
                                    "<maya@isp.example>"s,
                                    "maya@isp.example\r\nDATA"s,
                                    "ma\rya@isp.example"s,
                                    "\"maya@isp.example"s,
                                    "\"maya\"m@isp.example"s,
                                    "m\"ay\"a@isp.example"s,
                                    "\"ma\nya\"@isp.example"s,
                                    "\"ma\\\nya\"@isp.example"s,
                                    "\"ma\\\""s,
                                    "\"ma\\"s,
                                    "\"ma\x7fya\"@isp.example"s,
                                    "ma(x)ya@isp.example"s,
                                    "ma,ya@isp.example"s,
                                    "ma\\ya@isp.example"s,
                                    "ma\xffya@isp.example"s,
                                    "m\0a@isp.example"s,
                                    "@relay.example:maya@isp.example"s}) {
        INFO(text);
        CHECK_FALSE(parse_mailbox(text).has_value());
    }
}

TEST_CASE("addresses are as long as RFC 5321 section 4.5.3.1 allows and no longer") {
    CHECK(parse_mailbox(std::string(64, 'm') + "@isp.example"));
    CHECK_FALSE(parse_mailbox(std::string(65, 'm') + "@isp.example"));
    CHECK(parse_mailbox("m@" + domain_of_length(252)));
    CHECK_FALSE(parse_mailbox("m@" + domain_of_length(253)));
}

TEST_CASE("domain names keep to the lengths of labels and names") {
    CHECK(is_domain_name(std::string(63, 'd') + ".example"));
    CHECK_FALSE(is_domain_name(std::string(64, 'd') + ".example"));
    CHECK(is_domain_name(domain_of_length(255)));
    CHECK_FALSE(is_domain_name(domain_of_length(256)));
    CHECK_FALSE(is_domain_name(""));
    CHECK_FALSE(is_domain_name("."));
    CHECK(is_domain_name("a-b.c--d.example"));
}

TEST_CASE("the book numbers names that differ only in case once") {
    AddressBook book;
    DomainId const isp = book.add_domain("ISP.example");
    CHECK(book.add_domain("isp.EXAMPLE") == isp);
    CHECK(book.name(isp) == "isp.example");
    CHECK(book.find_domain("Isp.Example") == isp);
    CHECK_FALSE(book.find_domain("shop.example").has_value());

    LocalPartId const maya = book.add_local_part("Maya");
    CHECK(book.add_local_part("maya") == maya);
    CHECK(book.find_local_part("MAYA") == maya);
    CHECK_FALSE(book.find_local_part("leo").has_value());
}

TEST_CASE("the book keeps addresses as they were written") {
    AddressBook book;
    AddressId const shouted = book.add_address({"MAYA", "ISP.example"});
    AddressId const spoken = book.add_address({"maya", "isp.example"});
    CHECK(book.text(shouted) == "MAYA@ISP.example");
    CHECK(book.text(spoken) == "maya@isp.example");
    CHECK(book.add_address({"maya", "isp.example"}) == spoken);
    CHECK(book[shouted].domain == book[spoken].domain);
    CHECK(book[shouted].local_part == book[spoken].local_part);
}

TEST_CASE("the book knows the domains above each domain") {
    AddressBook book;
    DomainId const deep = book.add_domain("a.b.shop.example");
    DomainId above = book.parent(deep);
    CHECK(book.name(above) == "b.shop.example");
    above = book.parent(above);
    CHECK(above == book.find_domain("shop.example"));
    above = book.parent(above);
    CHECK(book.name(above) == "example");
    CHECK_FALSE(book.parent(above).valid());
    CHECK(book.domain_count() == 4);
}

TEST_CASE("the book takes a domain of more than a hundred labels") {
    AddressBook book;
    DomainId const deepest = book.add_domain(repeated("d.", 120) + "example");
    std::size_t above = 0;
    for (DomainId domain = book.parent(deepest); domain.valid(); domain = book.parent(domain))
        ++above;
    CHECK(above == 120);
}

TEST_CASE("what is added after a mark can be forgotten, and comes back under the same numbers") {
    AddressBook book;
    AddressId const maya = book.add_address({"maya", "isp.example"});
    auto const mark = book.mark();
    auto const add_more = [&] {
        AddressId const leo = book.add_address({"leo%there.example", "shop.example"});
        AddressId const typed =
            book.add_typed("@relay.example:zoe@deep.shop.example", {"zoe", "deep.shop.example"});
        CHECK(book.add_typed("@relay.example:zoe@deep.shop.example", {"zoe", "deep.shop.example"}) == typed);
        CHECK(book.text(book[leo].percent) == "leo@there.example");
        return std::pair{leo, typed};
    };
    auto const first = add_more();
    book.roll_back(mark);
    CHECK_FALSE(book.find_domain("shop.example").has_value());
    CHECK_FALSE(book.find_local_part("zoe").has_value());
    CHECK(book.add_address({"maya", "isp.example"}) == maya);
    CHECK(add_more() == first);
}

TEST_CASE("a typed path is no address, not even one that reads the same") {
    AddressBook book;
    AddressId const typed = book.add_typed("maya@isp.example", {"maya", "isp.example"});
    AddressId const address = book.add_address({"maya", "isp.example"});
    CHECK(typed != address);
    CHECK(book.add_typed("maya@isp.example", {"maya", "isp.example"}) == typed);
    book.roll_back({0, 0, 0});
    CHECK(book.add_address({"maya", "isp.example"}) == typed);
}
