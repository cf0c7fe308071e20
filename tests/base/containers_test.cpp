// Lists without memory of their own, tables whose rows come back, and the hash table.
#include "catch.hpp"

#include "base/flat_map.hpp"
#include "base/inline_list.hpp"
#include "base/random.hpp"
#include "base/rows.hpp"

#include <map>
#include <vector>

using namespace mailflow;

namespace {

using Numbers = InlineList<int, 2>;
using RowId = Id<struct ContainersTestTag>;

std::vector<int> values(Numbers const& list) {
    return {list.begin(), list.end()};
}

} // namespace

TEST_CASE("a list holds few and many records in their order") {
    Numbers list;
    CHECK(list.empty());
    std::vector<int> expected;
    for (int i = 0; i < 20; ++i) {
        list.push_back(i);
        expected.push_back(i);
        CHECK(values(list) == expected);
    }
    CHECK(list.front() == 0);
    CHECK(list[19] == 19);
}

TEST_CASE("copies of a list are lists of their own, and what is moved from is empty") {
    for (int const size : {0, 1, 2, 3, 9}) {
        CAPTURE(size);
        Numbers list;
        for (int i = 0; i < size; ++i)
            list.push_back(i);
        Numbers copy = list;
        copy.push_back(77);
        CHECK(values(list).size() == static_cast<std::size_t>(size));
        Numbers moved = std::move(copy);
        CHECK(moved.size() == list.size() + 1);
        CHECK(copy.empty()); // NOLINT: that is what is tested
        list = moved;
        CHECK(list == moved);
        list = std::move(moved);
        CHECK(list[static_cast<std::size_t>(size)] == 77);
        list = *&list;
        CHECK(list.size() == static_cast<std::uint32_t>(size + 1));
    }
}

TEST_CASE("a list takes a record of its own while it grows") {
    Numbers list{5, 6};
    list.push_back(list.front());
    CHECK(values(list) == std::vector<int>{5, 6, 5});
}

TEST_CASE("records are erased from a list") {
    Numbers list{1, 2, 3, 4, 5, 6};
    CHECK(erase_if(list, [](int value) { return value % 2 == 0; }) == 3);
    CHECK(values(list) == std::vector<int>{1, 3, 5});
    list.erase(list.begin());
    CHECK(values(list) == std::vector<int>{3, 5});
    list.erase(list.begin(), list.end());
    CHECK(list.empty());
}

TEST_CASE("rows that are let go keep their numbers in a table that keeps everything") {
    Rows<RowId, int> rows;
    RowId const first = rows.add(1);
    rows.let_go(first);
    CHECK(rows.add(2) != first);
    CHECK(rows[first] == 1);
}

TEST_CASE("in a table that recycles the numbers of what is let go come back") {
    Rows<RowId, int> rows;
    rows.recycle();
    RowId const first = rows.add(1);
    RowId const second = rows.add(2);
    rows.let_go(first);
    CHECK(rows.add(3) == first);
    CHECK(rows[first] == 3);
    CHECK(rows[second] == 2);
    CHECK(rows.add(4) != second);
    CHECK(rows.size() == 3);
}

TEST_CASE("blocks of rows stand one behind the other and come back as blocks of the same size") {
    Rows<RowId, int> rows;
    rows.recycle();
    RowId const five = rows.add_block(5, 7);
    RowId const three = rows.add_block(3, 8);
    CHECK(three.index == five.index + 5);
    rows.let_go_block(five, 5);
    CHECK(rows.add_block(4, 9).index == 8);
    CHECK(rows.add_block(5, 6) == five);
    for (std::uint32_t i = 0; i < 5; ++i)
        CHECK(rows[RowId{five.index + i}] == 6);
    CHECK(rows[three] == 8);
}

TEST_CASE("the hash table knows what an ordered map knows, whatever is put in and taken out") {
    FlatMap<int> table;
    std::map<std::uint64_t, int> expected;
    RandomStream chance{5, 0};
    for (int i = 0; i < 50'000; ++i) {
        // Few keys, so that they meet again; some in rows, as packed numbers are.
        std::uint64_t const key = (chance.below(40) << 32U) | chance.below(20);
        switch (chance.below(3)) {
        case 0:
            table[key] = i;
            expected[key] = i;
            break;
        case 1:
            table.erase(key);
            expected.erase(key);
            break;
        default: {
            int const* const found = table.find(key);
            auto const place = expected.find(key);
            REQUIRE((found != nullptr) == (place != expected.end()));
            if (found != nullptr)
                REQUIRE(*found == place->second);
        }
        }
        REQUIRE(table.size() == expected.size());
    }
    table.erase_if([](int value) { return value % 2 == 0; });
    std::erase_if(expected, [](auto const& entry) { return entry.second % 2 == 0; });
    CHECK(table.size() == expected.size());
    for (auto const& [key, value] : expected)
        CHECK(*table.find(key) == value);
}
