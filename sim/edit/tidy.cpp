#include "edit/tidy.hpp"

#include "edit/json_layout.hpp"
#include "scenario/complaints.hpp"

#include <algorithm>
#include <optional>

namespace mailflow {

namespace {

/// The outermost object or list that begins and ends in the line of that byte.
std::optional<Value> container_in_line(Document const& document, std::size_t at) {
    std::size_t const begin = line_begin(document.text, at);
    std::size_t const end = line_end(document.text, at);
    for (std::uint32_t n = 0; n < document.nodes.size(); ++n) {
        Value const value{document, n};
        if (value.offset() >= end)
            break;
        if (value.offset() >= begin && is_container(value) && is_on_one_line(value))
            return value;
    }
    return std::nullopt;
}

/// A line that is too long is broken where its outermost object is.
std::string with_short_line(std::string text, std::size_t at) {
    Complaints none;
    auto const document = parse_document(text, none);
    std::size_t const begin = line_begin(text, at);
    std::size_t const width = characters_in(std::string_view{text}.substr(begin, line_end(text, at) - begin));
    if (!document || width <= longest_json_line)
        return text;
    auto const container = container_in_line(*document, at);
    if (!container || has_comment(container->written()))
        return text;
    return spliced(text, {{container->offset(), container->end_offset(),
                           lay_out(*container, place_of(text, *container))}});
}

/// Of a member that has a line of its own: where its value stands behind the key.
struct Row {
    std::size_t gap_begin = 0; // behind the colon
    std::size_t gap_end = 0;   // at the value
    std::size_t key_width = 0;
    std::size_t value_width = 0;
    std::size_t indent = 0;
    bool touched = false;

    [[nodiscard]] std::size_t column() const { return key_width + gap_end - gap_begin; }
};

std::optional<Row> row_of(std::string_view text, Value member) {
    if (!member.has_key() || !is_container(member) || !is_on_one_line(member) ||
        !begins_line(text, member.key_offset()))
        return std::nullopt;
    std::size_t const key_end = member.key_offset() + member.written_key().size();
    bool const plain = key_end < text.size() && text[key_end] == ':';
    if (!plain || text.substr(key_end + 1, member.offset() - key_end - 1).find_first_not_of(' ') !=
                      std::string_view::npos)
        return std::nullopt;
    return Row{key_end + 1,
               member.offset(),
               characters_in(member.written_key()) + 1,
               characters_in(member.written()),
               line_indent(text, member.key_offset()),
               false};
}

/// Lets the values of neighbouring one-line members of a section stand below each other, unless those that
/// nobody touched do not.
void align(std::vector<Row> const& rows, std::vector<Splice>& splices) {
    auto const untouched = [](Row const& row) { return !row.touched; };
    auto const first = std::find_if(rows.begin(), rows.end(), untouched);
    if (first != rows.end() && std::any_of(first, rows.end(), [&](Row const& row) {
            return untouched(row) && row.column() != first->column();
        }))
        return;
    std::size_t widest = 0;
    for (Row const& row : rows)
        widest = std::max(widest, row.key_width);
    for (Row const& row : rows) {
        std::size_t gap = widest + 1 - row.key_width;
        if (row.indent + row.key_width + gap + row.value_width + 1 > longest_json_line)
            gap = 1;
        if (row.gap_end - row.gap_begin != gap)
            splices.push_back({row.gap_begin, row.gap_end, std::string(gap, ' ')});
    }
}

/// The members of the section around that byte that stand in neighbouring lines.
std::string with_columns(std::string text, std::size_t at) {
    Complaints none;
    auto const document = parse_document(text, none);
    if (!document)
        return text;
    std::vector<Splice> splices;
    for (Value const section : Value{*document, 0}) {
        if (section.kind() != Kind::object || at < section.offset() || at >= section.end_offset())
            continue;
        std::vector<Row> rows;
        bool touched = false;
        for (Value const member : section) {
            if (auto const row = row_of(text, member)) {
                rows.push_back(*row);
                rows.back().touched = line_begin(text, member.offset()) == line_begin(text, at);
                touched |= rows.back().touched;
                continue;
            }
            if (touched)
                break;
            rows.clear();
        }
        if (touched)
            align(rows, splices);
    }
    return spliced(text, splices);
}

} // namespace

std::string tidied(std::string_view text, std::vector<Splice> const& splices, Columns columns) {
    std::string now = spliced(text, splices);
    struct Touch {
        std::size_t at = 0;
        bool grew = false;
    };
    std::vector<Touch> touched;
    std::size_t grown = 0;
    std::size_t shrunk = 0;
    std::vector<Splice> sorted = splices;
    std::stable_sort(sorted.begin(), sorted.end(),
                     [](Splice const& a, Splice const& b) { return a.begin < b.begin; });
    for (Splice const& splice : sorted) {
        std::size_t const begins = splice.begin + grown - shrunk;
        std::size_t const word = splice.text.find_first_not_of(" \n");
        touched.push_back({begins + (word == std::string::npos ? 0 : word),
                           splice.text.size() > splice.end - splice.begin});
        grown += splice.text.size();
        shrunk += splice.end - splice.begin;
    }
    // From the end, so that what is still to be done keeps its place.
    for (auto touch = touched.rbegin(); touch != touched.rend(); ++touch) {
        if (touch->grew)
            now = with_short_line(std::move(now), touch->at);
        if (columns == Columns::align)
            now = with_columns(std::move(now), touch->at);
    }
    return now;
}

} // namespace mailflow
