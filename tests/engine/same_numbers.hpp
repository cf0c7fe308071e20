// For tests that play a world twice, with a trace and without: whether both came to the same.
#pragma once

#include "catch.hpp"

#include "trace/numbers.hpp"

namespace mailflow {

inline void check_same(Numbers const& one, Numbers const& other) {
    CHECK(one.messages == other.messages);
    CHECK((one.people == other.people));
    CHECK((one.spam == other.spam));
    CHECK((one.bounces == other.bounces));
    CHECK((one.backscatter == other.backscatter));
    CHECK(one.fetched == other.fetched);
    CHECK((one.people_delays == other.people_delays));
    CHECK((one.spam_delays == other.spam_delays));
    REQUIRE(one.servers.size() == other.servers.size());
    for (std::size_t i = 0; i < one.servers.size(); ++i)
        CHECK((one.servers[one.servers.id_at(i)] == other.servers[one.servers.id_at(i)]));
    REQUIRE(one.spammers.size() == other.spammers.size());
    for (std::size_t i = 0; i < one.spammers.size(); ++i)
        CHECK((one.spammers[one.spammers.id_at(i)] == other.spammers[one.spammers.id_at(i)]));
    CHECK((one.expectations == other.expectations));
    CHECK(one.events == other.events);
    CHECK((one.ended_at == other.ended_at));
    CHECK(one.ended_by == other.ended_by);
}

} // namespace mailflow
