#include "scenario/load.hpp"

#include <fmt/format.h>

namespace mailflow {

std::string to_line(Diagnostic const& diagnostic, std::string_view file, std::string_view overrides) {
    if (diagnostic.line == 0)
        return fmt::format("{}: {}", file, diagnostic.what);
    std::string place;
    if (diagnostic.override_pointer.empty())
        place = fmt::format("{}:{}:{}: {}", file, diagnostic.line, diagnostic.column,
                            diagnostic.pointer.empty() ? "/" : diagnostic.pointer);
    else if (diagnostic.pointer.empty() || diagnostic.pointer == diagnostic.override_pointer)
        place = fmt::format("{} {}", overrides, diagnostic.override_pointer);
    else
        place = fmt::format("{} {}: {}", overrides, diagnostic.override_pointer, diagnostic.pointer);
    return fmt::format("{}: {}{}{}{}", place, diagnostic.gravity == Gravity::warning ? "warning: " : "",
                       diagnostic.what, diagnostic.hint.empty() ? "" : "; ", diagnostic.hint);
}

} // namespace mailflow
