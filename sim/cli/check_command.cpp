// mailflow check FILE...
#include "base/files.hpp"
#include "base/standard_error.hpp"
#include "base/text.hpp"
#include "cli/commands.hpp"
#include "cli/scenarios.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace mailflow::cli {

Status check_scenarios(std::vector<std::string> const& files) {
    Status worst = Status::done;
    std::string good;
    for (std::string const& name : files) {
        std::string const file = resolve(name);
        auto const checked = check_file(file);
        if (auto const* status = std::get_if<Status>(&checked))
            worst = std::max(worst, *status);
        else if (auto const warnings = std::get<std::size_t>(checked); warnings > 0)
            good += fmt::format("{}: no errors, {}\n", file, count_of(warnings, "warning", "warnings"));
        else
            good += fmt::format("{}: no complaints\n", file);
    }
    if (std::string const trouble = write_stdout(good); !trouble.empty()) {
        say_on_stderr("mailflow: {}\n", trouble);
        return Status::file_trouble;
    }
    return worst;
}

} // namespace mailflow::cli
