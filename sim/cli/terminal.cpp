#include "cli/terminal.hpp"

#include "base/standard_error.hpp"

#include <fmt/format.h>

#include <cstdlib>
#include <unistd.h>

namespace mailflow::cli {

Status complain(Status status, std::string_view words) {
    say_on_stderr("mailflow: {}\n", words);
    return status;
}

Colour colour_of_terminal() {
    char const* const no_color = std::getenv("NO_COLOR");
    bool const wanted = no_color == nullptr || *no_color == '\0';
    return wanted && ::isatty(STDOUT_FILENO) == 1 ? Colour::on : Colour::off;
}

} // namespace mailflow::cli
