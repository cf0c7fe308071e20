// Lists without memory of their own, tables whose rows come back, and the hash table.
#include "catch.hpp"

#include "base/bounded_list.hpp"
#include "base/flat_map.hpp"
#include "base/free_places.hpp"
#include "base/inline_list.hpp"
#include "base/random.hpp"
#include "base/rows.hpp"

#include <map>
#include <set>
#include <string>
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

TEST_CASE("free places come back lowest first, however many there are") {
    FreePlaces free;
    std::set<std::uint32_t> expected;
    RandomStream chance{7, 0};
    constexpr std::uint32_t most = 300'000; // some levels
    for (int i = 0; i < 200'000; ++i) {
        auto const place = static_cast<std::uint32_t>(chance.below(i % 3 == 0 ? most : 100));
        if (expected.insert(place).second)
            free.add(place);
        if (chance.below(2) == 0 || expected.size() > 1000) {
            REQUIRE(free.take() == *expected.begin());
            expected.erase(expected.begin());
        }
        REQUIRE(free.empty() == expected.empty());
    }
    CHECK(free.bytes() < most / 2);
}

TEST_CASE("an array of rows begins on a cache line and keeps its rows while it grows") {
    RowArray<std::string> rows;
    CHECK(rows.empty());
    for (int i = 0; i < 1000; ++i)
        rows.push_back("row " + std::to_string(i));
    CHECK(reinterpret_cast<std::uintptr_t>(rows.begin()) % cache_line_bytes == 0);
    CHECK(rows.size() == 1000);
    CHECK(rows[0] == "row 0");
    CHECK(rows[999] == "row 999");
    rows.push_back(rows[3]); // one of its own
    CHECK(rows[1000] == "row 3");
}

TEST_CASE("an array of rows is copied and moved as a whole") {
    RowArray<std::string> rows;
    rows.grow_to(2);
    rows[1] = "one";
    RowArray<std::string> copy{rows};
    copy[1] = "other";
    CHECK(rows[1] == "one");
    RowArray<std::string> const moved{std::move(copy)};
    CHECK(moved.size() == 2);
    CHECK(moved[1] == "other");
    rows = moved;
    CHECK(rows[1] == "other");
    rows.truncate(1);
    CHECK(rows.size() == 1);
    rows.grow_to(2);
    CHECK(rows[1].empty());
}

TEST_CASE("an array of rows that fills huge pages is no different") {
    RowArray<std::uint64_t> rows;
    constexpr std::uint32_t count = 3 * huge_page_bytes / sizeof(std::uint64_t);
    for (std::uint32_t i = 0; i < count; ++i)
        rows.push_back(i * std::uint64_t{7});
    CHECK(reinterpret_cast<std::uintptr_t>(rows.begin()) % huge_page_bytes == 0);
    CHECK(rows[count - 1] == (count - 1) * std::uint64_t{7});
}

TEST_CASE("a bounded list holds as many as there is room for") {
    BoundedList<int, 3> list;
    CHECK(list.empty());
    for (int i = 1; i <= 3; ++i)
        CHECK(list.push_back(10 * i) == 10 * i);
    CHECK(std::vector<int>(list.begin(), list.end()) == std::vector{10, 20, 30});
    CHECK(list.back() == 30);
    BoundedList<int, 3> const copy = list;
    list.clear();
    CHECK(list.empty());
    CHECK(copy.size() == 3);
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
