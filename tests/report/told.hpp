// A world that was played, and what is told of it: for tests that look for single sentences.
#pragma once

#include "library.hpp"

#include "report/json_report.hpp"
#include "report/story/story.hpp"
#include "report/summary.hpp"

#include <nlohmann/json.hpp>

#include <sstream>
#include <string>
#include <string_view>

namespace mailflow {

/// However it is wrapped.
inline std::string in_one_line(std::string const& text) {
    std::istringstream words{text};
    std::string line;
    for (std::string word; words >> word;)
        line += (line.empty() ? "" : " ") + word;
    return line;
}

struct Played {
    World world;
    Trace trace = run(world);
    Summary summary = summarize(world, trace);

    /// The story in one line, however it is wrapped.
    [[nodiscard]] std::string told(Detail detail = Detail::servers) const {
        return in_one_line(story(world, trace, detail, Colour::off));
    }
    [[nodiscard]] nlohmann::ordered_json report() const {
        return nlohmann::ordered_json::parse(report_json(world, trace));
    }
};

inline bool contains(std::string_view text, std::string_view part) {
    return text.find(part) != std::string_view::npos;
}

inline std::size_t count_in(std::string_view text, std::string_view part) {
    std::size_t count = 0;
    for (std::size_t at = text.find(part); at != std::string_view::npos; at = text.find(part, at + 1))
        ++count;
    return count;
}

} // namespace mailflow
