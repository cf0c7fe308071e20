// What is written appears whole or not at all, compressed or not.
#include "catch.hpp"

#include "base/files.hpp"
#include "base/packed_output.hpp"

#include <cstdlib>
#include <filesystem>
#include <iterator>

using namespace mailflow;

namespace {

std::string packed(std::string const& text, std::size_t piece) {
    std::string bytes;
    ZstdStream stream{[&](std::string_view chunk) {
        bytes += chunk;
        return true;
    }};
    for (std::size_t at = 0; at < text.size(); at += piece)
        REQUIRE(stream.write(std::string_view{text}.substr(at, piece)));
    REQUIRE(stream.finish());
    return bytes;
}

std::string long_text() {
    std::string text;
    for (int i = 0; i < 100'000; ++i)
        text += std::to_string(i * 7919 % 100'003) + " 250 2.1.5 Ok\n";
    return text;
}

/// A folder of its own, gone afterwards.
struct Folder {
    Folder() {
        std::string name = (std::filesystem::temp_directory_path() / "mailflow-test-XXXXXX").string();
        if (::mkdtemp(name.data()) == nullptr)
            std::abort();
        path = name;
    }
    ~Folder() { std::filesystem::remove_all(path); }
    std::filesystem::path path;
};

} // namespace

TEST_CASE("what was compressed in pieces comes back whole") {
    if (!can_compress())
        return;
    std::string const text = long_text();
    std::string const bytes = packed(text, 1000);
    CHECK(is_zstd(bytes));
    CHECK_FALSE(is_zstd(text));
    CHECK(bytes.size() * 2 < text.size());
    CHECK(decompress(bytes, text.size()).bytes == text);
    CHECK(decompress(packed("", 1), 10).trouble.empty());
}

TEST_CASE("compressed bytes that are damaged, cut off or too many give a sentence") {
    if (!can_compress())
        return;
    std::string const text = long_text();
    std::string bytes = packed(text, 65'536);
    CHECK(decompress(std::string_view{bytes}.substr(0, bytes.size() - 1), text.size()).trouble ==
          "it is damaged: it ends too early");
    CHECK(decompress(bytes, 9).bytes == text.substr(0, 10)); // so that it can be seen that there is more
    bytes[bytes.size() / 2] ^= 1;
    Decompressed const damaged = decompress(bytes, text.size());
    CHECK(damaged.trouble.find("it is damaged: ") == 0);
    CHECK(damaged.bytes.empty());
}

TEST_CASE("a file that is not finished leaves what was there") {
    Folder const folder;
    std::string const path = (folder.path / "x.jsonl").string();
    CHECK(write_file(path, "before").empty());
    {
        PackedOutput file{path, Compression::none};
        CHECK(file.write("after"));
    }
    CHECK(std::get<std::string>(read_file(path)) == "before");
    auto const entries = std::filesystem::directory_iterator{folder.path};
    CHECK(std::distance(entries, std::filesystem::directory_iterator{}) == 1);
}

TEST_CASE("a compressed file is read as if it were none") {
    if (!can_compress())
        return;
    Folder const folder;
    std::string const path = (folder.path / "x.json.zst").string();
    CHECK(compression_by_name(path) == Compression::zstd);
    PackedOutput file{path, compression_by_name(path)};
    CHECK(file.write("{ \"format\""));
    CHECK(file.write(": 1 }"));
    CHECK(file.commit().empty());
    CHECK(std::get<std::string>(read_file(path)) == "{ \"format\": 1 }");
}

TEST_CASE("a full disk is told in words") {
    PackedOutput file{"/dev/full", Compression::none};
    CHECK(file.write(std::string(200'000, 'x')));
    CHECK(file.commit() == "cannot write /dev/full: No space left on device");
}
