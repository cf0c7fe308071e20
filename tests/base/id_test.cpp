// Identifiers and the tables that they index.
#include "catch.hpp"

#include "base/id.hpp"

#include <string>
#include <type_traits>

using namespace mailflow;

namespace {

using HouseId = Id<struct HouseTag>;
using StreetId = Id<struct StreetTag>;

template<class Row, class Key>
concept indexable_by = requires(Row row, Key key) {
    row[key];
};

} // namespace

TEST_CASE("an id that nobody gave out names no row") {
    CHECK_FALSE(HouseId{}.valid());
    CHECK(HouseId{0}.valid());
    CHECK(HouseId{0} < HouseId{1});
    CHECK(HouseId{2} == HouseId{2});
}

TEST_CASE("a table gives rows back by the id that adding them gave") {
    Table<HouseId, std::string> houses;
    CHECK(houses.empty());
    HouseId const first = houses.add("first");
    HouseId const second = houses.add("second");
    CHECK(houses.size() == 2);
    CHECK(houses[first] == "first");
    CHECK(houses[second] == "second");
    CHECK(houses.id_at(1) == second);
    houses[second] += " house";
    std::string all;
    for (std::string const& house : houses)
        all += house + ";";
    CHECK(all == "first;second house;");
}

TEST_CASE("a table takes no other table's ids and no bare numbers") {
    STATIC_REQUIRE(indexable_by<Table<HouseId, int>, HouseId>);
    STATIC_REQUIRE_FALSE(indexable_by<Table<HouseId, int>, StreetId>);
    STATIC_REQUIRE_FALSE(indexable_by<Table<HouseId, int>, std::size_t>);
    STATIC_REQUIRE_FALSE(std::is_convertible_v<HouseId, StreetId>);
}
