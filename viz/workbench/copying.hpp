// What a scenario becomes on its way into a file of its own: another title, and no checks that the world as
// it was changed does not meet.
#pragma once

#include "edit/edit_text.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace mailflow::viz {

struct Shown;
class Workbench;
struct WorkView;

/// The title that a copy has if nobody types another one: of a changed world one that tells it from what it
/// was made from.
[[nodiscard]] std::string usual_title(Workbench const& work);

/// How many checks (`expect`) the scenario has.
[[nodiscard]] std::size_t checks_in(Workbench const& work);

/// The checks that the run does not meet, by their places in the list. They were made for the world as it
/// was; one that has been changed need not meet them.
[[nodiscard]] std::vector<std::size_t> failing_checks(Shown const& shown);
/// What became of them when the scenario was saved, to be added to a sentence; of none of them nothing.
enum class Checks : std::uint8_t { kept, left_out };
[[nodiscard]] std::string say_failing(std::size_t failing, std::size_t all, Checks checks);

struct Copy {
    std::string path;
    std::string title;
};

/// What is changed before it is saved: the title, if it is another one; the path to the schema, if the copy
/// goes into another folder; and the checks that fail go, unless they are kept.
[[nodiscard]] std::vector<Edit> edits_for_copy(Workbench const& work, WorkView const& view, Copy const& copy);

} // namespace mailflow::viz
