#include "catch.hpp"

#include "report/page.hpp"

using namespace mailflow;

TEST_CASE("a long text is wrapped at spaces, under itself") {
    Page page{Colour::off};
    page.item("  - ", std::string(60, 'a') + " " + std::string(40, 'b') + " c");
    CHECK(page.text() == "  - " + std::string(60, 'a') + "\n    " + std::string(40, 'b') + " c\n");
}

TEST_CASE("a text that just fits is not wrapped") {
    Page page{Colour::off};
    page.line(std::string(49, 'a') + " " + std::string(50, 'b'));
    CHECK(page.text() == std::string(49, 'a') + " " + std::string(50, 'b') + "\n");
}

TEST_CASE("a word longer than the line is cut between characters, never within one") {
    std::string word;
    for (int i = 0; i < 150; ++i)
        word += "é";
    Page page{Colour::off};
    page.line(word);
    CHECK(page.text().size() == 150 * 2 + 2);
    CHECK(page.text().find('\n') == 200);
}

TEST_CASE("colour wraps the words of a line and nothing else") {
    Page page{Colour::on};
    page.item("  ✗ ", "refused", Tone::bad);
    CHECK(page.text() == "  ✗ \x1b[1;38;5;166mrefused\x1b[0m\n");
}

TEST_CASE("control characters in a text cannot reach the terminal") {
    Page page{Colour::off};
    page.line("a\x1b[31mb\nc");
    CHECK(page.text() == "a [31mb c\n");
}

TEST_CASE("an empty text makes an empty line") {
    Page page{Colour::off};
    page.line("");
    page.item("  ", "");
    CHECK(page.text() == "\n\n");
}

TEST_CASE("columns count characters, not bytes") {
    CHECK(character_count("✗ né") == 4);
    CHECK(padded("é", 3) == "é  ");
    CHECK(right_aligned("é", 3) == "  é");
}
