// What somebody did while the clock ran, in words: report/words/words.hpp.
#include "base/text.hpp"
#include "report/words/change_parts.hpp"
#include "report/words/words.hpp"

#include <fmt/format.h>

namespace mailflow {

namespace {

/// Of a change that sets what there are no words for.
std::string some_change(World const& world, Change const& change) {
    return std::visit(
        Overloaded{[&](ServerChange const& c) {
                       return fmt::format("the postmaster of {} changes its settings",
                                          world.hosts[c.after.host].name);
                   },
                   [&](DnsChange const& c) {
                       return fmt::format("the DNS records of {} change", world.book.name(c.name));
                   },
                   [&](PersonChange const& c) {
                       return fmt::format("{} changes the settings of the mail program", c.after.name);
                   },
                   [&](NetworkChange const& c) { return fmt::format("{} changes", c.after.label); }},
        change.what);
}

/// Of whom or what all words begin to speak.
std::string subject_of(World const& world, Change const& change) {
    return std::visit(Overloaded{[&](ServerChange const& c) { return world.hosts[c.after.host].name; },
                                 [&](DnsChange const&) { return std::string{}; },
                                 [&](PersonChange const& c) { return c.after.name; },
                                 [&](NetworkChange const& c) { return c.after.label; }},
                      change.what);
}

} // namespace

std::string change_words(World const& world, ChangeId id) {
    Change const& change = world.changes[id];
    if (!change.note.empty())
        return change.note;
    std::vector<std::string> words;
    std::string const subject = subject_of(world, change) + " ";
    for (ChangePart const& part : parts_of(world, id))
        if (!part.may_follow)
            words.push_back(!words.empty() && part.words.starts_with(subject)
                                ? part.words.substr(subject.size())
                                : part.words);
    return words.empty() ? some_change(world, change) : join_words(words);
}

} // namespace mailflow
