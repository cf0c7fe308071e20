// What is added to a scenario at the press of a button: a place, a server, a person, a message, with what it
// needs to be valid as far as the world has it; the rest is for the person to say.
#pragma once

#include "edit/edit_text.hpp"
#include "scenario/document.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace mailflow {

struct Newcomer {
    SetValue edit;
    std::string pointer; // where it stands afterwards
};

/// A new thing for the section ("servers"), under a name that nothing there has yet.
[[nodiscard]] Newcomer newcomer(Value scenario, std::string_view section);

/// What people call a section, one thing of it, and the thing that these tokens lead to: "Places", "Place",
/// "Message 2".
[[nodiscard]] std::string section_words(std::string_view section);
[[nodiscard]] std::string newcomer_words(std::string_view section);
[[nodiscard]] std::string thing_words(std::vector<std::string> const& tokens);

} // namespace mailflow
