// The scenario that somebody works on: steps back and forth, and what is saved.
#include "catch.hpp"

#include "edit/edited_scenario.hpp"

using namespace mailflow;

namespace {

constexpr char const* small = "{\n  \"format\": 1,\n  \"title\": \"T\"\n}\n";

std::string titled(EditedScenario& scenario, std::string const& title, std::string const& strand = {}) {
    return scenario.apply({SetValue{"/title", "\"" + title + "\""}}, strand);
}

std::string title_of(EditedScenario const& scenario) {
    return std::string{scenario.find("/title")->text()};
}

} // namespace

TEST_CASE("Changes are taken back one by one, and made again") {
    EditedScenario scenario{small};
    CHECK_FALSE(scenario.can_undo());
    CHECK(titled(scenario, "A").empty());
    CHECK(titled(scenario, "B").empty());
    scenario.undo();
    CHECK(title_of(scenario) == "A");
    scenario.undo();
    CHECK(scenario.text() == small);
    CHECK_FALSE(scenario.can_undo());
    scenario.undo();
    scenario.redo();
    scenario.redo();
    CHECK(title_of(scenario) == "B");
    CHECK_FALSE(scenario.can_redo());
    scenario.undo();
    CHECK(titled(scenario, "C").empty());
    CHECK_FALSE(scenario.can_redo()); // another way was taken
}

TEST_CASE("Letters of one strand are one step, and leave what the whole word would have left") {
    EditedScenario scenario{small};
    for (char const* word : {"12", "123", ""})
        CHECK((*word == '\0' ? scenario.apply({RemoveValue{"/title"}}, "title")
                             : titled(scenario, word, "title"))
                  .empty());
    CHECK_FALSE(scenario.find("/title"));
    CHECK(titled(scenario, "1234", "title").empty());
    CHECK(scenario.text() == "{\n  \"format\": 1,\n  \"title\": \"1234\"\n}\n");
    scenario.undo();
    CHECK(scenario.text() == small);
}

TEST_CASE("It knows whether it differs from what was saved") {
    EditedScenario scenario{small};
    CHECK_FALSE(scenario.is_changed());
    CHECK(titled(scenario, "A").empty());
    CHECK(scenario.is_changed());
    scenario.mark_saved();
    CHECK_FALSE(scenario.is_changed());
    scenario.undo();
    CHECK(scenario.is_changed());
    scenario.redo();
    CHECK_FALSE(scenario.is_changed());
    scenario.mark_saved("{}");
    CHECK(scenario.is_changed());
    CHECK(scenario.saved_text() == "{}");
}

TEST_CASE("Another text is a step like any other, also one that is no JSON") {
    EditedScenario scenario{small};
    scenario.replace("{ \"format\": ");
    CHECK_FALSE(scenario.root());
    CHECK_FALSE(titled(scenario, "A").empty());
    scenario.undo();
    CHECK(scenario.root());
    CHECK(scenario.text() == small);
}

TEST_CASE("Only so many steps are kept") {
    EditedScenario scenario{small};
    for (std::size_t n = 0; n < most_undo_steps + 10; ++n)
        CHECK(titled(scenario, std::to_string(n)).empty());
    std::size_t steps = 0;
    for (; scenario.can_undo(); ++steps)
        scenario.undo();
    CHECK(steps == most_undo_steps);
}
