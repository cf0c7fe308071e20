// The one-way order of the folders, and what breaks it.
#pragma once

#include "house/source_tree.hpp"

#include <map>
#include <set>
#include <string>
#include <vector>

namespace mailflow::house {

/// Which folders' headers each folder may include, besides its own. All that is below is spelt out: the
/// engine and the sessions stay behind run/, so "whatever the linker would find" is not the rule.
[[nodiscard]] std::map<std::string, std::set<std::string>> const& layer_order();

/// The folder that a file belongs to: "sim/policy/rules/mailbox.cpp" -> "policy", "viz/app.cpp" -> "viz".
[[nodiscard]] std::string layer_of(std::string_view path);

/// Every include of the file that the order or the place of a library forbids.
[[nodiscard]] std::vector<Complaint> check_includes(SourceFile const& file);

/// The `add_layer(name USES ...)` lines of sim/CMakeLists.txt: what each layer links directly.
[[nodiscard]] std::map<std::string, std::set<std::string>> linked_layers(std::string const& cmake);

/// The layers that the text names as targets ("mailflow_world"), in any command but add_library.
[[nodiscard]] std::set<std::string> linked_targets(std::string const& cmake, std::string const& target);

/// Where the linked layers and the order disagree: links that includes may not use, and includes that would
/// not link.
[[nodiscard]] std::vector<Complaint> check_links(std::map<std::string, std::set<std::string>> const& linked);

} // namespace mailflow::house
