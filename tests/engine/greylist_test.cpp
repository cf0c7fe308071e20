// What greylisting servers remember, and for how long.
#include "catch.hpp"

#include "engine/greylist.hpp"

using namespace mailflow;
using std::chrono::hours;
using std::chrono::minutes;

namespace {

constexpr Duration wait = minutes{5};
constexpr Duration day = hours{24};

Instant at(Duration since_start) {
    return Instant{since_start};
}

} // namespace

TEST_CASE("a greylisting server counts from the first time that it saw the three together") {
    GreylistMemory memory;
    GreylistKey const key{};
    GreylistKey other = key;
    other.recipient = AddressId{7};
    CHECK_FALSE(memory.known_for(key, wait, at({})));
    memory.note(key, wait, at({}));
    memory.note(key, wait, at(minutes{3}));
    CHECK(memory.known_for(key, wait, at(minutes{7})) == Duration{minutes{7}});
    CHECK_FALSE(memory.known_for(other, wait, at(minutes{7})));
}

TEST_CASE("who comes back to a greylisting server after more than a day is a stranger again") {
    GreylistMemory memory;
    GreylistKey const key{};
    memory.note(key, wait, at({}));
    CHECK(memory.known_for(key, wait, at(day)) == day);
    CHECK_FALSE(memory.known_for(key, wait, at(day + minutes{1})));
    memory.note(key, wait, at(hours{30})); // begins anew
    CHECK(memory.known_for(key, wait, at(hours{31})) == Duration{hours{1}});
    // A postmaster who wants strangers to wait longer than a day keeps them in mind for longer.
    memory.note(key, hours{36}, at(hours{31}));
    CHECK(memory.known_for(key, hours{36}, at(hours{100})) == Duration{hours{70}});
}

TEST_CASE("whom a greylisting server let in comes in at once until it was not seen for a week") {
    GreylistMemory memory;
    GreylistKey const key{};
    memory.note(key, wait, at({}));
    memory.note(key, wait, at(minutes{6})); // comes in
    memory.note(key, wait, at(6 * day));
    CHECK(memory.known_for(key, wait, at(12 * day)) == 12 * day);
    CHECK_FALSE(memory.known_for(key, wait, at(14 * day)));
}
