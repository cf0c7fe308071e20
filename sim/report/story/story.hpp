// A run told for people: what happened to each message, who decided what and why, what became of it, and who
// has to mend it. Not for programs: those read report/json_report.hpp or report/lines/jsonl.hpp.
#pragma once

#include "report/detail.hpp"
#include "report/page.hpp"
#include "trace/trace.hpp"

#include <string>

namespace mailflow {

/// The story of the whole run, in lines of at most so many characters. The same run gives the same bytes.
[[nodiscard]] std::string story(World const& world, Trace const& trace, Detail detail, Colour colour,
                                std::size_t characters = Page::width);

} // namespace mailflow
