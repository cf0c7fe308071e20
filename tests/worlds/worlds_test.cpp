// Thousands of made-up worlds, each held to every property. MAILFLOW_WORLDS=20000 looks at so many instead,
// MAILFLOW_FIRST_WORLD=7 begins with that one.
#include "catch.hpp"
#include "worlds/apart.hpp"

#include <cstdlib>

using namespace mailflow::worlds;

namespace {

std::uint64_t number_from(char const* variable, std::uint64_t usual) {
    char const* const text = std::getenv(variable);
    return text == nullptr ? usual : std::strtoull(text, nullptr, 10);
}

} // namespace

TEST_CASE("every property holds in every made-up world") {
    auto const finding = look_at_worlds(number_from("MAILFLOW_FIRST_WORLD", 1),
                                        number_from("MAILFLOW_WORLDS", 2000), first_violation);
    INFO((finding ? shrunk(*finding, first_violation) : ""));
    CHECK_FALSE(finding);
}
