// Worlds that nobody means, played: they come to their end, and the work grows in proportion to them. The
// sizes are those that a test has time for.
#include "engine/play.hpp"
#include "run/count.hpp"

#include <fmt/format.h>

using namespace mailflow;

namespace {

/// Items from 0 on, as `item` writes each.
template<class Item>
std::string listed(std::size_t count, Item item) {
    std::string text;
    for (std::size_t n = 0; n < count; ++n)
        text += (n == 0 ? "" : ",") + item(n);
    return text;
}

} // namespace

TEST_CASE("thousands of changes of one server and one name beside thousands of messages are all in force") {
    constexpr std::size_t many = 4000;
    Play const play = play_text(fmt::format(
        R"({{ "format": 1,
            "servers": {{ "mail.isp.example": {{ "handles": ["isp.example"] }},
                          "mx.shop.example": {{ "handles": ["shop.example"] }} }},
            "people": {{ "maya": {{ "address": "maya@isp.example" }} }},
            "mail": [{}], "changes": [{},{}] }})",
        listed(many,
               [](std::size_t n) {
                   return fmt::format(R"({{ "at": "{}s", "from": "maya", "to": ["leo@shop.example"] }})",
                                      10 * n);
               }),
        listed(many,
               [](std::size_t n) { // down for every other message
                   return fmt::format(
                       R"({{ "at": "{}s", "server": "mx.shop.example", "set": {{ "up": {} }} }})", 10 * n + 9,
                       n % 2 == 1);
               }),
        listed(many, [](std::size_t n) {
            return fmt::format(R"({{ "at": "{}s", "dns": "shop.example", "set": {{ "ttl": "{}s" }} }})",
                               10 * n + 5, 1 + n % 7);
        })));
    CHECK(play.world.changes.size() == 2 * many);
    Numbers const numbers = count(play.world);
    CHECK(numbers.people.of(Outcome::delivered) == many);
    std::uint64_t deferred = 0;
    for (ServerNumbers const& server : numbers.servers)
        deferred += server.deferred;
    CHECK(deferred >= many / 2);
}

TEST_CASE("a chain of thousands of smarthosts, and one of aliases, end with a word about the loop") {
    constexpr std::size_t many = 2000;
    Play const hosts = play_text(fmt::format(
        R"({{ "format": 1, "servers": {{ {} }}, "people": {{ "maya": {{ "address": "maya@h0.example" }} }},
            "mail": [ {{ "from": "maya", "to": ["leo@nowhere.example"] }} ] }})",
        listed(many, [](std::size_t n) {
            return fmt::format(
                R"("s{0}.example": {{ "handles": ["h{0}.example"], "open_relay": true,
                                     "smarthost": "s{1}.example" }})",
                n, (n + 1) % many);
        })));
    CHECK(count(hosts.world).people.of(Outcome::bounced, Reason::mail_loop) == 1);
    Play const aliases = play_text(fmt::format(
        R"({{ "format": 1,
            "servers": {{ "mail.isp.example": {{ "handles": ["isp.example"], "aliases": {{ {} }} }} }},
            "people": {{ "maya": {{ "address": "maya@isp.example" }} }},
            "mail": [ {{ "from": "maya", "to": ["a0@isp.example"] }} ] }})",
        listed(many, [](std::size_t n) { return fmt::format(R"("a{}": "a{}")", n, (n + 1) % many); })));
    CHECK(count(aliases.world).people.of(Outcome::delivered) == 0);
    CHECK(count(aliases.world).people.all() == 1);
}
