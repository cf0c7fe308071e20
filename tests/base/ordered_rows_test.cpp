// Rows that lie in the order of a key.
#include "catch.hpp"

#include "base/ordered_rows.hpp"

#include <map>

using namespace mailflow;

namespace {

struct Numbered {
    int number = 0;
    int value = 0;

    bool operator==(Numbered const&) const = default;
};

using Rows = OrderedRows<Numbered, &Numbered::number>;

std::vector<Numbered> in_turn(Rows const& rows) {
    return {rows.begin(), rows.end()};
}

} // namespace

TEST_CASE("ordered rows are found, changed and taken out by their key") {
    Rows rows;
    CHECK(rows.empty());
    CHECK(rows.begin() == rows.end());
    CHECK(rows.find(3) == nullptr);
    rows.insert({5, 50});
    rows.insert({3, 30});
    rows.insert({4, 40});
    CHECK(in_turn(rows) == std::vector<Numbered>{{3, 30}, {4, 40}, {5, 50}});
    CHECK(rows.front().number == 3);
    rows.find(4)->value = 41;
    CHECK(rows.find(4)->value == 41);
    CHECK(rows.find(6) == nullptr);
    rows.insert({4, 42}); // in the place of the other
    CHECK(rows.size() == 3);
    CHECK(rows.find(4)->value == 42);
    rows.erase(4);
    rows.erase(4);
    CHECK(in_turn(rows) == std::vector<Numbered>{{3, 30}, {5, 50}});
    rows.erase(3);
    rows.erase(5);
    CHECK(rows.begin() == rows.end());
}

TEST_CASE("ordered rows stay what a map would hold, whatever comes and goes in whatever order") {
    Rows rows;
    std::map<int, Numbered> map;
    unsigned dice = 1;
    for (int turn = 0; turn < 20'000; ++turn) {
        dice = dice * 1'664'525U + 1'013'904'223U;
        int const number = static_cast<int>(dice >> 20U); // to 4095: many blocks
        if (dice % 3 == 0 || turn > 15'000) {
            rows.erase(number);
            map.erase(number);
        } else {
            rows.insert({number, turn});
            map.insert_or_assign(number, Numbered{number, turn});
        }
    }
    auto const is_odd = [](Numbered const& row) { return row.number % 2 == 1; };
    rows.erase_if(is_odd);
    std::erase_if(map, [&](auto const& entry) { return is_odd(entry.second); });
    std::vector<Numbered> expected;
    for (auto const& [number, row] : map)
        expected.push_back(row);
    CHECK(expected.size() > 300);
    CHECK(rows.size() == expected.size());
    CHECK(in_turn(rows) == expected);
}
