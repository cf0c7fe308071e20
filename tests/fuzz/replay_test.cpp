// What the fuzzer starts from, and what it has found, without the fuzzer: every scenario of the library, the
// kept inputs, and some of each spoilt at random.
#include "catch.hpp"
#include "fuzz/take.hpp"

#include "base/random.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <vector>

using namespace mailflow;

namespace {

std::vector<std::filesystem::path> inputs() {
    std::vector<std::filesystem::path> files;
    for (char const* folder : {"/scenarios", "/tests/fuzz/found"})
        for (auto const& entry :
             std::filesystem::directory_iterator{MAILFLOW_SOURCE_DIR + std::string{folder}})
            if (entry.path().extension() != ".md")
                files.push_back(entry.path());
    std::sort(files.begin(), files.end());
    return files;
}

std::string text_of(std::filesystem::path const& path) {
    std::ifstream file{path, std::ios::binary};
    std::ostringstream text;
    text << file.rdbuf();
    return text.str();
}

/// Some bytes of the text exchanged, doubled, left out, or taken from another text.
std::string spoilt(std::string text, std::string const& other, RandomStream& chance) {
    for (std::uint64_t changes = 1 + chance.below(6); changes > 0 && !text.empty(); --changes) {
        auto const at = static_cast<std::size_t>(chance.below(text.size()));
        auto const length = static_cast<std::size_t>(1 + chance.below(40));
        switch (chance.below(5)) {
        case 0: text[at] = static_cast<char>(chance.below(256)); break;
        case 1: text.insert(at, text.substr(at, length)); break;
        case 2: text.erase(at, length); break;
        case 3: text.insert(at, other.substr(at % other.size(), length)); break;
        default: text.replace(at, length, other.substr(at % other.size(), length));
        }
    }
    return text;
}

} // namespace

TEST_CASE("whatever the fuzzer has found is answered, and so is what it starts from") {
    auto const files = inputs();
    REQUIRE(files.size() > 30);
    for (auto const& file : files) {
        CAPTURE(file.string());
        fuzz::take(text_of(file));
    }
    SUCCEED("no input ended the process");
}

TEST_CASE("spoilt scenarios of the library are answered") {
    auto const files = inputs();
    RandomStream chance{2027, 1};
    std::string other = text_of(files.back());
    for (auto const& file : files) {
        std::string const text = text_of(file);
        for (int round = 0; round < 40; ++round) {
            std::string const bytes = spoilt(text, other, chance);
            CAPTURE(bytes);
            fuzz::take(bytes);
        }
        other = text;
    }
    SUCCEED("no input ended the process");
}
