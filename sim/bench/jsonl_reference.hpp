// The lines of a trace once more, written by {fmt} from values that lie ready: one format string for each
// shape of a line, its numbers as numbers, its texts escaped already. What the workload `jsonl` is measured
// against.
#pragma once

#include <fmt/args.h>
#include <fmt/format.h>

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace mailflow::bench {

class JsonlReference {
public:
    /// Takes the lines apart; each must be JSON without white space between its tokens.
    explicit JsonlReference(std::string lines);
    JsonlReference(JsonlReference const&) = delete;
    JsonlReference& operator=(JsonlReference const&) = delete;

    /// Writes them and hands chunks to `sink`, which takes a std::string_view.
    template<class Sink>
    void write(Sink sink) const {
        fmt::memory_buffer text;
        for (Line const& line : lines_) {
            fmt::vformat_to(fmt::appender{text}, line.shape, line.values);
            if (text.size() < chunk_size)
                continue;
            sink(std::string_view{text.data(), text.size()});
            text.clear();
        }
        sink(std::string_view{text.data(), text.size()});
    }

    [[nodiscard]] std::size_t size() const { return lines_.size(); }

private:
    static constexpr std::size_t chunk_size = std::size_t{1} << 16U;

    struct Line {
        std::string shape; // a format string
        fmt::dynamic_format_arg_store<fmt::format_context> values;
    };
    void take_apart(std::string_view text);

    std::string const text_; // the values' texts point into it
    std::vector<Line> lines_;
};

} // namespace mailflow::bench
