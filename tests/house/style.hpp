// The habits of the house that a machine can keep: one function for each, over the text of one file.
#pragma once

#include "house/source_tree.hpp"

namespace mailflow::house {

inline constexpr std::size_t longest_line = 110;
inline constexpr std::size_t longest_file = 400;

/// Columns, tabs, spaces at line ends, the last newline.
[[nodiscard]] std::vector<Complaint> check_whitespace(SourceFile const& file);

/// Length of the file, how it opens, the names of its types.
[[nodiscard]] std::vector<Complaint> check_shape(SourceFile const& file);

/// Paths that exist on one machine only.
[[nodiscard]] std::vector<Complaint> check_machine_paths(SourceFile const& file);

/// A clock or a source of chance that would make two runs of one seed differ.
[[nodiscard]] std::vector<Complaint> check_repeatable(SourceFile const& file);

/// Test names that Catch2 would take for an option or a pattern when ctest asks for them by name, or that
/// CMake would split: such a test counts as passed without having run.
[[nodiscard]] std::vector<Complaint> check_test_names(SourceFile const& file);

/// Domain names and addresses in its strings that somebody in the real world may own (RFC 2606, RFC 6761,
/// RFC 5737, RFC 3849 and RFC 9637 name those that nobody does).
[[nodiscard]] std::vector<Complaint> check_reserved_names(SourceFile const& file);

/// Colours of the window that are named outside the one file that holds the themes.
[[nodiscard]] std::vector<Complaint> check_colours(SourceFile const& file);

} // namespace mailflow::house
