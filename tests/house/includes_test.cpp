// Holds every file to using what it includes of the standard library, and tests that the check can tell.
#include "catch.hpp"
#include "house/includes.hpp"

using namespace mailflow::house;

namespace {

std::size_t complaints_over(std::string const& text) {
    return check_includes_used({"sim/base/a.cpp", text}).size();
}

} // namespace

TEST_CASE("every standard header that is included is used") {
    auto const files = files_in("", {".hpp", ".cpp"});
    CHECK_FALSE(files.empty());
    for (SourceFile const& file : files)
        for (Complaint const& complaint : check_includes_used(file))
            FAIL_CHECK(complaint);
}

TEST_CASE("a standard header of which nothing is used is found") {
    CHECK(complaints_over("#include <vector>\nint a;\n") == 1);
    CHECK(complaints_over("#include <vector> // why\nint a;\n") == 1);
    CHECK(complaints_over("#include <optional>\n#include <span>\nstd::span<int> a;\n") == 1);
    CHECK(complaints_over("#include <vector>\n// a vector\nint a;\n") == 1);
    CHECK(complaints_over("#include <vector>\nchar const* a = \"a \\\" vector\";\n") == 1);
    CHECK(complaints_over("#include <vector>\n#include \"base/vector.hpp\"\nint vectors;\n") == 1);
}

TEST_CASE("a standard header that is used, or of which nobody can be sure, is left alone") {
    CHECK(complaints_over("#include <vector>\nstd::vector<int> a;\n") == 0);
    CHECK(complaints_over("#include <optional>\nauto a() { return std::nullopt; }\n") == 0);
    CHECK(complaints_over("#include <charconv>\nf(\"a\", std::from_chars(a, b, c)); // d\n") == 0);
    CHECK(complaints_over("#include <unistd.h>\n#include <fmt/format.h>\nint a;\n") == 0);
}
