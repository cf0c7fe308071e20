#include "scenario/load.hpp"

#include <fmt/format.h>

namespace mailflow {

std::string to_line(Diagnostic const& diagnostic, std::string_view file) {
    return fmt::format("{}:{}:{}: {}: {}{}{}", file, diagnostic.line, diagnostic.column,
                       diagnostic.pointer.empty() ? "/" : diagnostic.pointer, diagnostic.what,
                       diagnostic.hint.empty() ? "" : "; ", diagnostic.hint);
}

} // namespace mailflow
