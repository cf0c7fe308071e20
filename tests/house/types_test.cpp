// Holds the types of the whole program to names of their own, and tests that it can tell.
#include "catch.hpp"
#include "house/types.hpp"

using namespace mailflow::house;

namespace {

std::vector<SourceFile> program() {
    std::vector<SourceFile> files;
    for (char const* folder : {"sim/", "viz/"})
        for (SourceFile& file : files_in(folder, {".hpp", ".cpp"}))
            files.push_back(std::move(file));
    return files;
}

std::vector<std::string> names_in(std::string const& text) {
    std::vector<std::string> names;
    for (TypeDefinition const& type : types_in({"a.cpp", text}))
        names.push_back(type.name);
    return names;
}

std::size_t complaints(std::string const& first, std::string const& second) {
    return check_types({{"a.cpp", first}, {"b.cpp", second}}).size();
}

using Names = std::vector<std::string>;

} // namespace

TEST_CASE("no two types of the program have one name") {
    std::vector<SourceFile> const files = program();
    std::size_t types = 0;
    for (SourceFile const& file : files)
        types += types_in(file).size();
    CHECK(types > 400);
    for (Complaint const& complaint : check_types(files))
        FAIL_CHECK(complaint);
}

TEST_CASE("two types of one name are found, and where the first one is") {
    CHECK(check_types({{"a.hpp", "namespace m {\nstruct A {};\n}\n"},
                       {"b.cpp", "namespace m {\n\nclass A final : B<int> {\n};\n}\n"}}) ==
          std::vector<Complaint>{{"b.cpp", 3, "m::A is the name of a type in a.hpp too"}});
    CHECK(complaints("enum class A : int { one };", "struct A { int b; };") == 1);
    CHECK(complaints("namespace m::n { union A {}; }", "namespace m { namespace n { enum A {}; } }") == 1);
    CHECK(complaints("template<class T> struct A {};", "class [[nodiscard]] A {};") == 1);
}

TEST_CASE("types that cannot be mistaken for each other may share a name") {
    std::string const type = "namespace m { struct A {}; }";
    CHECK(complaints(type, "namespace n { struct A {}; }") == 0);
    CHECK(complaints(type, "namespace m { namespace { struct A {}; } }") == 0);
    CHECK(complaints("namespace m { namespace { struct A {}; } }",
                     "namespace m { namespace { struct A {}; } }") == 0);
    CHECK(complaints(type, "namespace m { struct B { struct A {}; }; }") == 0);
    CHECK(complaints(type, "namespace m { void f() { struct A {}; } }") == 0);
    CHECK(complaints(type, "namespace m { struct A; class A; using B = Id<struct A>; }") == 0);
    CHECK(complaints(type, "namespace m { template<class A> struct B {}; }") == 0);
    CHECK(complaints("template<class T> struct A {};", "template<> struct A<int> {};") == 0);
}

TEST_CASE("what stands in comments, literals and directives defines nothing") {
    CHECK(names_in("// struct A {};\n/* struct B {};\n*/ struct C {};\n") == Names{"C"});
    CHECK(names_in("auto a = \"struct A { \\\" {\"; struct B {};\n") == Names{"B"});
    CHECK(names_in("auto a = R\"(struct A { \" {)\"; auto b = R\"x({)\" {)x\"; struct B {};\n") ==
          Names{"B"});
    CHECK(names_in("char a = '{'; int b = 1'000; char c = '\\''; struct B {};\n") == Names{"B"});
    CHECK(names_in("#define A struct A { \\\n  {\nstruct B {};\n") == Names{"B"});
    CHECK(names_in("namespace fs = std::filesystem;\nusing namespace std;\nstruct B {};\n") == Names{"B"});
}
