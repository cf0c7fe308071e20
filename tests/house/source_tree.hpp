// The project's own files, as the house tests read them.
#pragma once

#include <cstddef>
#include <ostream>
#include <string>
#include <string_view>
#include <vector>

namespace mailflow::house {

struct SourceFile {
    std::string path; // from the top of the checkout, with slashes: "sim/base/id.hpp"
    std::string text;
};

/// One thing that is wrong with a file.
struct Complaint {
    std::string path;
    std::size_t line = 0; // from 1; 0 is the file as a whole
    std::string what;

    bool operator==(Complaint const&) const = default;
};

std::ostream& operator<<(std::ostream& out, Complaint const& complaint);

/// Every text file of the project, sorted by path: its folders and what stands at the top, not what is built.
[[nodiscard]] std::vector<SourceFile> const& all_files();

/// Those of them that lie below `folder` ("sim/"; empty: all) and end in one of the extensions (none: all).
[[nodiscard]] std::vector<SourceFile> files_in(std::string_view folder,
                                               std::vector<std::string_view> const& extensions);

[[nodiscard]] bool is_source(std::string_view path); // .hpp or .cpp

/// The lines of the text without their line ends. What follows the last line end is a line if it is not
/// empty.
[[nodiscard]] std::vector<std::string_view> lines_of(std::string_view text);

/// The contents of the string literals of C++, or the strings of JSON, that begin and end in the line.
[[nodiscard]] std::vector<std::string> literals_in(std::string_view line);

} // namespace mailflow::house
