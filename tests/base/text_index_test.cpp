// The index of texts, held to a map.
#include "catch.hpp"

#include "base/random.hpp"
#include "base/text_index.hpp"

#include <map>
#include <string>
#include <vector>

using namespace mailflow;

TEST_CASE("an index finds each text by its number, whatever was added and forgotten before") {
    RandomStream chance{7, 0};
    std::vector<std::string> texts;
    auto const text_of = [&](std::uint32_t number) -> std::string const& { return texts[number]; };
    TextIndex index;
    std::map<std::string, std::uint32_t> expected;
    for (int step = 0; step < 20'000; ++step) {
        std::string const text = "text " + std::to_string(chance.below(500));
        auto const known = expected.find(text);
        CHECK(index.find(text, text_of).has_value() == (known != expected.end()));
        if (known != expected.end() && chance.below(2) == 0) {
            CHECK(index.find(text, text_of) == known->second);
            index.erase(text, text_of);
            expected.erase(known);
            continue;
        }
        auto const fresh = static_cast<std::uint32_t>(texts.size());
        std::uint32_t const number = index.find_or_add(text, fresh, text_of);
        CHECK(number == (known == expected.end() ? fresh : known->second));
        if (number == fresh) {
            texts.push_back(text);
            expected.emplace(text, fresh);
        }
    }
    for (auto const& [text, number] : expected)
        CHECK(index.find(text, text_of) == number);
}
