#include "batch/columns.hpp"

#include "mail/outcome.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace mailflow::batch {

namespace {

struct Named {
    std::string_view name;
    ColumnType type;
};

constexpr std::array before_parameters{Named{"run", ColumnType::whole}, Named{"file", ColumnType::text},
                                       Named{"scenario", ColumnType::text}};
constexpr std::array behind_parameters{
    Named{"seed", ColumnType::whole},
    Named{"status", ColumnType::text},
    Named{"expectations_met", ColumnType::whole},
    Named{"expectations_failed", ColumnType::whole},
    Named{"messages", ColumnType::whole},
    Named{"recipients", ColumnType::whole},
    Named{"delivered", ColumnType::whole},
    Named{"refused", ColumnType::whole},
    Named{"bounced", ColumnType::whole},
    Named{"queued", ColumnType::whole},
    Named{"discarded", ColumnType::whole},
    Named{"fetched", ColumnType::whole},
    Named{"delay_mean_s", ColumnType::real},
    Named{"delay_p50_s", ColumnType::real},
    Named{"delay_p90_s", ColumnType::real},
    Named{"delay_p99_s", ColumnType::real},
    Named{"delay_max_s", ColumnType::real},
    Named{"honest_delay_mean_s", ColumnType::real},
    Named{"honest_delay_p50_s", ColumnType::real},
    Named{"honest_delay_p90_s", ColumnType::real},
    Named{"honest_delay_p99_s", ColumnType::real},
    Named{"honest_delay_max_s", ColumnType::real},
    Named{"deferrals", ColumnType::whole},
    Named{"bounces_written", ColumnType::whole},
    Named{"spam_recipients", ColumnType::whole},
    Named{"spam_delivered", ColumnType::whole},
    Named{"spam_backscatter", ColumnType::whole},
    Named{"ended_at_s", ColumnType::real},
    Named{"events", ColumnType::whole},
};

/// "relay-denied" as "reason_relay_denied".
std::string reason_column(std::string_view reason) {
    std::string name{reason};
    std::replace(name.begin(), name.end(), '-', '_');
    return "reason_" + name;
}

} // namespace

std::string_view name_of(RunStatus status) {
    switch (status) {
    case RunStatus::met: return "met";
    case RunStatus::failed: return "failed";
    case RunStatus::limit: return "limit";
    case RunStatus::invalid: return "invalid";
    }
    return {};
}

std::vector<Column> columns_with(std::span<std::string const> parameters) {
    std::vector<Column> columns;
    for (Named const& named : before_parameters)
        columns.push_back({std::string{named.name}, named.type});
    for (std::string const& pointer : parameters)
        columns.push_back({pointer, ColumnType::parameter});
    for (Named const& named : behind_parameters)
        columns.push_back({std::string{named.name}, named.type});
    for (std::string_view const reason : reason_names)
        if (!reason.empty())
            columns.push_back({reason_column(reason), ColumnType::whole});
    columns.push_back({"trouble", ColumnType::text});
    return columns;
}

std::size_t place_of(std::span<Column const> columns, std::string_view name) {
    auto const at = std::find_if(columns.begin(), columns.end(),
                                 [name](Column const& column) { return column.name == name; });
    return static_cast<std::size_t>(at - columns.begin());
}

std::string parameter_words(std::span<Column const> columns, std::size_t place, std::string_view value) {
    auto const last_token = [](std::string_view pointer) { return pointer.substr(pointer.rfind('/') + 1); };
    std::string_view const token = last_token(columns[place].name);
    bool const is_clear = std::count_if(columns.begin(), columns.end(), [&](Column const& column) {
                              return column.type == ColumnType::parameter && last_token(column.name) == token;
                          }) == 1;
    return fmt::format("{}={}", is_clear ? token : columns[place].name,
                       value.empty() ? "as in the file" : value);
}

} // namespace mailflow::batch
