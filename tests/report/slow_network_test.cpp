// A network in which packets take seconds or minutes is told of as what it is.
#include "one_message.hpp"

using namespace mailflow;
using namespace mailflow::one_message;

namespace {

std::string slow(std::string const& which, std::string const& latency) {
    return R"({ "at": "0s", "network": ")" + which + R"(", "set": { "latency": ")" + latency + R"(" } })";
}

} // namespace

TEST_CASE("a story says once of a network that it is slow") {
    for (Detail const detail : {Detail::servers, Detail::protocol}) {
        std::string const told = result_of({.changes = slow("shop", "3s")}).told(detail);
        CHECK(count_in(told,
                       "The network \"shop\" is slow: a packet takes 3 s to get in or out, so an answer "
                       "comes 6 s after its question at the earliest.") == 1);
        CHECK_FALSE(contains(told, "\"home\" is slow"));
    }
    CHECK_FALSE(contains(result_of({}).told(), "is slow"));
    CHECK(count_in(result_of({.changes = slow("home", "2s")}).told(), "The network \"home\" is slow") == 1);
}

TEST_CASE("of many messages the first tells that a network is slow, and again when it is slower") {
    auto const told = [](std::string const& changes) {
        return Played{world_of(R"({ "format": 1, "until": "1d", "networks": { "far": { "latency": "3s" } },
            "servers": { "mail.isp.example": { "handles": ["isp.example"] },
                         "mx1.shop.example": { "network": "far", "handles": ["shop.example"] } },
            "people": { "maya": { "address": "maya@isp.example" } },
            "mail": [ { "from": "maya", "to": "leo@shop.example" },
                      { "at": "1h", "from": "maya", "to": "mia@shop.example" },
                      { "at": "3h", "from": "maya", "to": "ida@shop.example" } ],
            "changes": [ )" + changes +
                               " ] }")}
            .told();
    };
    CHECK(count_in(told(""), "The network \"far\" is slow") == 1);
    CHECK(count_in(told(R"({ "at": "2h", "network": "far", "set": { "latency": "5s" } })"),
                   "The network \"far\" is slow") == 2);
}

TEST_CASE("a call that comes to nothing in a slow network is not taken for a closed port") {
    std::string const told = result_of({.changes = slow("shop", "1m"), .until = "1h"}).told();
    CHECK(contains(told, "No answer comes in time: the way to mx1.shop.example and back takes 2 min, and "
                         "mail.isp.example waits for 30 s."));
    CHECK_FALSE(contains(told, "lets nothing out"));
    std::string const lookup = result_of({.changes = slow("home", "1m")}).told();
    CHECK(contains(lookup, "and no longer waits when the answer comes."));
}
