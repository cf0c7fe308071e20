#include "edit/insertion.hpp"

#include <algorithm>

namespace mailflow {

namespace {

/// `"port": 25` or `"x"`, laid out for a line of its own.
std::string own_line(NewMember const& member, std::size_t depth, std::size_t indent) {
    std::string const lead = member.key.empty() ? std::string{} : member.key + " ";
    return lead + lay_out(member.json, {depth, indent, indent + characters_in(lead)});
}

/// The container with the new member in it, in one line, as a text that is yet to be laid out.
std::string with_member(Value container, std::size_t place, NewMember const& member) {
    std::vector<Value> const children = children_of(container);
    std::string const added = (member.key.empty() ? std::string{} : member.key + " ") + member.json;
    std::string text;
    for (std::size_t n = 0; n <= children.size(); ++n) {
        if (n == place)
            text += (text.empty() ? "" : ", ") + added;
        if (n == children.size())
            break;
        std::string_view const written = std::string_view{container.written()}.substr(
            start_of(children[n]) - container.offset(), children[n].end_offset() - start_of(children[n]));
        text += (text.empty() ? "" : ", ") + std::string{written};
    }
    return container.kind() == Kind::object ? "{" + text + "}" : "[" + text + "]";
}

/// Into a container that has only comments in it.
std::vector<Splice> beside_comments(std::string_view text, Value container, NewMember const& member) {
    std::size_t const close = container.end_offset() - 1;
    std::size_t const content_end = text.find_last_not_of(" \t\r\n", close - 1) + 1;
    std::size_t const indent = line_indent(text, container.offset());
    std::string const line = own_line(member, depth_of(container) + 1, indent + json_indent);
    return {{content_end, close,
             "\n" + std::string(indent + json_indent, ' ') + line + "\n" + std::string(indent, ' ')}};
}

/// Into a container whose children stand in several lines, behind `before`; `next` may be null.
std::vector<Splice> behind(std::string_view text, Value before, Value const* next, NewMember const& member) {
    std::size_t const depth = depth_of(before);
    std::size_t const indent = line_indent(text, start_of(before));
    std::string const margin(indent, ' ');
    std::string const line = own_line(member, depth, indent);
    bool const is_section = depth == 1 && line.find('\n') != std::string::npos;
    LineTail const tail = tail_of(text, before.end_offset());
    bool const own_lines = tail.ends_line && (tail.has_comma || next == nullptr);
    if (own_lines) {
        std::string const blank = is_section ? "\n" : "";
        std::string const comma = next == nullptr ? "" : ",";
        std::vector<Splice> splices;
        if (next == nullptr)
            splices.push_back({before.end_offset(), before.end_offset(), ","});
        splices.push_back({tail.end, tail.end, "\n" + blank + margin + line + comma});
        return splices;
    }
    // Others stand in the same line: it gets longer, or is broken where it would get too long.
    std::size_t const begin = line_begin(text, before.end_offset());
    std::size_t const width = characters_in(text.substr(begin, tail.end - begin)) + 2 + characters_in(line);
    bool const fits = width <= longest_json_line && line.find('\n') == std::string::npos;
    std::string const gap = fits ? " " : "\n" + margin;
    if (next == nullptr)
        return {{before.end_offset(), before.end_offset(), "," + gap + line}};
    return {{start_of(*next), start_of(*next), line + "," + gap}};
}

std::vector<Splice> in_front(std::string_view text, Value first, NewMember const& member) {
    std::size_t const indent = line_indent(text, start_of(first));
    std::string const line = own_line(member, depth_of(first), indent);
    bool const fits = !begins_line(text, start_of(first)) && line.find('\n') == std::string::npos;
    return {{start_of(first), start_of(first), line + "," + (fits ? " " : "\n" + std::string(indent, ' '))}};
}

/// Of one that shares its line with others.
Splice cut_within_line(std::string_view text, Value value, Value const* before, Value const* next) {
    if (before != nullptr)
        return {before->end_offset(), value.end_offset(), ""};
    if (next != nullptr)
        return {start_of(value), start_of(*next), ""};
    std::size_t const from = value.parent().offset() + 1;
    std::size_t const to = value.parent().end_offset() - 1;
    std::string_view const around{text.substr(from, to - from)};
    bool const comments = has_comment(around);
    return comments ? Splice{start_of(value), value.end_offset(), ""} : Splice{from, to, ""};
}

} // namespace

std::vector<Splice> insertion(std::string_view text, Value container, std::size_t place,
                              NewMember const& member) {
    std::vector<Value> const children = children_of(container);
    bool const commented = has_comment(container.written());
    if (children.empty() && commented)
        return beside_comments(text, container, member);
    if (children.empty() || (is_on_one_line(container) && !commented))
        return {{container.offset(), container.end_offset(),
                 lay_out(with_member(container, place, member), place_of(text, container))}};
    if (place == 0)
        return in_front(text, children.front(), member);
    place = std::min(place, children.size());
    return behind(text, children[place - 1], place < children.size() ? &children[place] : nullptr, member);
}

std::vector<Splice> removal(std::string_view text, Value value) {
    std::vector<Value> const siblings = children_of(value.parent());
    std::size_t at = 0;
    while (siblings[at].offset() != value.offset())
        ++at;
    Value const* const before = at > 0 ? &siblings[at - 1] : nullptr;
    Value const* const next = at + 1 < siblings.size() ? &siblings[at + 1] : nullptr;
    LineTail const tail = tail_of(text, value.end_offset());
    bool const own_lines = begins_line(text, start_of(value)) && tail.ends_line;
    if (!own_lines || (before == nullptr && next == nullptr))
        return {cut_within_line(text, value, before, next)};
    std::size_t from = line_begin(text, start_of(value));
    std::size_t const to = std::min(tail.end + 1, text.size());
    // Of two blank lines that would meet, one goes along.
    bool const blank_before = from >= 2 && text[from - 1] == '\n' && text[from - 2] == '\n';
    std::size_t const after = std::min(text.find_first_not_of(' ', to), text.size());
    bool const end_follows = after < text.size() && (text[after] == '}' || text[after] == ']');
    if (blank_before && (end_follows || (after < text.size() && text[after] == '\n')))
        --from;
    std::vector<Splice> splices{{from, to, ""}};
    if (next == nullptr)
        if (LineTail const last = tail_of(text, before->end_offset()); last.has_comma)
            splices.push_back({last.after_comma - 1, last.after_comma, ""});
    return splices;
}

} // namespace mailflow
