// Which scenario files a batch is asked for. What needs no links is tested with the program: tests/cli.
#include "catch.hpp"

#include "batch/paths.hpp"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <unistd.h>

namespace fs = std::filesystem;
using namespace mailflow;
using namespace mailflow::batch;

namespace {

/// A folder of its own in which the test works, gone afterwards.
class Workplace {
public:
    Workplace() {
        std::string name = (fs::temp_directory_path() / "mailflow-test-XXXXXX").string();
        if (::mkdtemp(name.data()) == nullptr)
            std::abort();
        folder_ = name;
        fs::current_path(folder_);
    }
    ~Workplace() {
        fs::current_path(before_);
        std::error_code ignored;
        fs::remove_all(folder_, ignored);
    }
    Workplace(Workplace const&) = delete;
    Workplace& operator=(Workplace const&) = delete;

private:
    fs::path before_ = fs::current_path();
    fs::path folder_;
};

using Names = std::vector<std::string>;

Names files(std::string const& path) {
    auto const expanded = expand_paths({path});
    Names names;
    if (auto const* found = std::get_if<std::vector<NamedFile>>(&expanded))
        for (NamedFile const& file : *found)
            names.push_back(file.name);
    return names;
}

} // namespace

TEST_CASE("links to folders are followed, and no folder is entered twice") {
    Workplace const workplace;
    fs::create_directories("g/sub[1]");
    fs::create_directories("other/deep");
    for (std::string const name : {"g/a.json", "g/sub[1]/o.json", "other/o.json", "other/deep/d.json"})
        std::ofstream{name} << "{}";
    for (auto const& [to, name] :
         {std::pair{"../other", "g/link"}, std::pair{"../g", "other/back"}, std::pair{".", "g/self"},
          std::pair{"sub[1]", "g/again"}, std::pair{"../other", "g/.hidden"}, std::pair{"nowhere", "g/lost"}})
        fs::create_symlink(to, name);
    CHECK(files("g") == Names{"g/a.json", "g/link/deep/d.json", "g/link/o.json", "g/sub[1]/o.json"});
    CHECK(files("g/link/back") == Names{"g/link/back/a.json", "g/link/back/link/deep/d.json",
                                        "g/link/back/link/o.json", "g/link/back/sub[1]/o.json"});
    CHECK(files("g/**/o.json") == Names{"g/link/o.json", "g/sub[1]/o.json"});
    CHECK(files("g/**/deep/*.json") == Names{"g/link/deep/d.json"});
    CHECK(files("g/**/deep/**/*.json") == Names{"g/link/deep/d.json"});
    CHECK(files("**/*.json") == Names{"g/a.json", "g/sub[1]/o.json", "other/deep/d.json", "other/o.json"});
    fs::current_path("g");
    CHECK(files("**/o.json") == Names{"link/o.json", "sub[1]/o.json"});
    CHECK(files(".") == Names{"./a.json", "./link/deep/d.json", "./link/o.json", "./sub[1]/o.json"});
}
