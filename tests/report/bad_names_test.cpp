// Many names at once that a server does not take, names that lead to no machine, and what is said of them.
#include "one_message.hpp"

#include <fmt/format.h>

using namespace mailflow;

namespace {

/// One message to Leo and to names that nobody has, these first.
Played to_wrong_names(std::size_t count, std::string const& shop, std::string const& until = "7d") {
    std::string to;
    for (std::size_t n = 1; n <= count; ++n)
        to += fmt::format("\"n{}@shop.example\", ", n);
    return {world_of(fmt::format(R"({{ "format": 1, "until": "{}",
        "servers": {{ "mail.isp.example": {{ "handles": ["isp.example"] }},
                      "mx1.shop.example": {{ "handles": ["shop.example"], "mailboxes": ["leo"], {} }} }},
        "people": {{ "maya": {{ "name": "Maya", "address": "maya@isp.example" }} }},
        "mail": [ {{ "from": "maya", "to": [{}"leo@shop.example"] }} ] }})",
                                 until, shop, to))};
}

} // namespace

TEST_CASE("many wrong names are one piece of advice") {
    std::string const told = to_wrong_names(12, R"("software": "sendmail")").told();
    CHECK(contains(told,
                   "Maya: There is no mailbox at shop.example for 12 names: \"n1\", \"n2\", \"n3\" and 9 "
                   "more. Check the part of each address before the @"));
    CHECK(count_in(told, "Check the part of") == 1);
}

TEST_CASE("a server that hears no more after greylisting has found no name wrong") {
    std::string const told = to_wrong_names(22, R"("software": "exim", "greylist": "5m")").told();
    CHECK(contains(told, "Maya: mx1.shop.example asked the recipients before this one to come back later "
                         "(greylisting), and counts that as if their addresses were wrong"));
    CHECK(contains(told, "leo@shop.example: bounced after 2.5 s (the server had already said no too often)"));
    CHECK(contains(told, "it hears no more. Nothing is said of this address."));
    CHECK_FALSE(contains(told, "See to those"));
}

TEST_CASE("a server that hears no more for now is waited for") {
    std::string const told = to_wrong_names(22, R"("software": "postfix")", "1m").told();
    CHECK(contains(told,
                   "Nobody: mx1.shop.example said no to 20 of the recipients before this one, and after "
                   "too many it hears no more. Nothing is said of this address. Just wait"));
}

TEST_CASE("where no machine has the address, the port is named that was called") {
    std::string const nowhere = R"("mail.isp.example": { "address": "192.0.2.77" })";
    auto const says = [&](std::string const& outgoing) {
        return one_message::result_of(
                   {.maya = fmt::format(R"(, "outgoing": {{ {} }})", outgoing), .dns = nowhere})
            .reply();
    };
    auto const port = [](std::string_view called) {
        return fmt::format("4.4.1 connect to mail.isp.example[192.0.2.77]:{}: Connection timed out", called);
    };
    CHECK(says("") == port("587"));
    CHECK(says(R"("port": 465)") == port("465"));
    CHECK(says(R"("authenticate": false)") == port("25"));
    CHECK(says(R"("web": true)") == port("443"));
}

TEST_CASE("a bounce names the port of the smarthost at which its server logs in") {
    auto const bounce = [](std::string const& account) {
        return one_message::result_of(
                   {.provider = R"(, "smarthost": "out.big.example", "retry": { "give_up": "1h" })" + account,
                    .shop = R"(}, "out.big.example": { "accounts": { "i": "p" })",
                    .dns = R"("out.big.example": { "address": "192.0.2.77" })"})
            .told(Detail::protocol);
    };
    std::string const words = "Diagnostic-Code: X-Postfix; connect to out.big.example[192.0.2.77]:";
    CHECK(contains(bounce(R"(, "smarthost_account": { "user": "i", "password": "p" })"), words + "587: "));
    CHECK(contains(bounce(""), words + "25: "));
}
