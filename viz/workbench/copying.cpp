#include "viz/workbench/copying.hpp"

#include "report/expect.hpp"
#include "report/summary.hpp"
#include "scenario/places.hpp"
#include "viz/shown/shown.hpp"
#include "viz/workbench/workbench.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <iterator>

namespace mailflow::viz {

namespace {

std::string title_of(Workbench const& work) {
    auto const title = work.scenario().find("/title");
    return title ? std::string{title->text()} : std::string{};
}

/// Where the copy finds the schema that the scenario names by a path from its own folder; empty: as before.
std::string schema_from(Workbench const& work, std::filesystem::path const& copy) {
    auto const schema = work.scenario().find("/$schema");
    if (!schema || work.path().empty())
        return {};
    std::filesystem::path const named{schema->text()};
    std::filesystem::path const meant = std::filesystem::path{work.path()}.parent_path() / named;
    std::error_code error;
    if (named.is_absolute() || !std::filesystem::exists(meant, error))
        return {}; // an address on the web, or a dead end already
    std::filesystem::path const from = copy.parent_path();
    std::string const path =
        std::filesystem::relative(meant, from.empty() ? "." : from, error).generic_string();
    return error || path == named ? std::string{} : path;
}

} // namespace

std::size_t checks_in(Workbench const& work) {
    auto const checks = work.scenario().find("/expect");
    return checks ? static_cast<std::size_t>(std::distance(checks->begin(), checks->end())) : 0;
}

std::string usual_title(Workbench const& work) {
    std::string title = title_of(work);
    bool const is_that_of_another =
        !work.path().empty() && work.before() != nullptr && work.before()->world.title == title;
    if (is_that_of_another && !title.empty())
        title += ", changed";
    return title;
}

std::vector<std::size_t> failing_checks(Shown const& shown) {
    if (shown.world.expectations.empty())
        return {};
    return verify(shown.world, shown.trace, summarize(shown.world, shown.trace)).failed_at;
}

std::string say_failing(std::size_t failing, std::size_t all, Checks checks) {
    if (failing == 0)
        return {};
    if (checks == Checks::left_out)
        return failing == 1 ? ", without the check (expect) that fails now"
                            : fmt::format(", without the {} checks (expect) that fail now", failing);
    return all == 1 ? ". Its check (expect) fails now"
                    : fmt::format(". {} of its {} checks (expect) {} now", failing, all,
                                  failing == 1 ? "fails" : "fail");
}

std::vector<Edit> edits_for_copy(Workbench const& work, WorkView const& view, Copy const& copy) {
    std::vector<Edit> edits;
    if (!work.diagnostics().empty())
        return edits; // it goes as it is
    if (copy.title != title_of(work))
        edits.push_back(SetValue{"/title", json_string(copy.title)});
    if (std::string const schema = schema_from(work, copy.path); !schema.empty())
        edits.push_back(SetValue{"/$schema", json_string(schema)});
    if (view.keeps_failing)
        return edits;
    if (!view.failing.empty() && view.failing.size() == checks_in(work))
        edits.push_back(RemoveValue{"/expect"});
    else // from the end, so that the others keep their places
        std::for_each(view.failing.rbegin(), view.failing.rend(), [&](std::size_t place) {
            edits.push_back(RemoveValue{fmt::format("/expect/{}", place)});
        });
    return edits;
}

} // namespace mailflow::viz
