#include "mail/reply.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace mailflow {

namespace {

/// The enhanced code, where there is one, before the text of a line.
std::string with_status(Reply const& reply, std::string const& text) {
    return reply.enhanced ? fmt::format("{} {}", to_text(*reply.enhanced), text) : text;
}

} // namespace

std::string to_text(EnhancedCode const& code) {
    return fmt::format("{}.{}.{}", code.status_class, code.subject, code.detail);
}

std::string to_line(Reply const& reply) {
    std::string text = with_status(reply, reply.lines.empty() ? std::string{} : reply.lines.front());
    // A diagnosis may be laid out over lines (qmail's): tables and reports have one for each recipient.
    std::replace(text.begin(), text.end(), '\n', ' ');
    return reply.code == 0 ? text : fmt::format("{} {}", reply.code, text);
}

std::vector<std::string> to_wire(Reply const& reply) {
    std::vector<std::string> wire;
    for (std::size_t i = 0; i < reply.lines.size(); ++i)
        wire.push_back(fmt::format("{}{}{}", reply.code, i + 1 < reply.lines.size() ? '-' : ' ',
                                   with_status(reply, reply.lines[i])));
    return wire;
}

} // namespace mailflow
