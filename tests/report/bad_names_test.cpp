// Many names at once that a server does not take, and what is said of them.
#include "told.hpp"

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
