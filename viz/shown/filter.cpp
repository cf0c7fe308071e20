#include "viz/shown/filter.hpp"

#include "base/text.hpp"
#include "report/words/words.hpp"

#include <fmt/format.h>

namespace mailflow::viz {

bool passes(Filter const& filter, Trace const& trace, MessageId message) {
    if (!message.valid())
        return !filter.message.valid();
    if (!filter.message.valid() && filter.spam)
        return true;
    MessageId const root = root_of(trace, message);
    if (!filter.spam && trace.messages[root].kind == MessageKind::spam)
        return false;
    return !filter.message.valid() || filter.message == message || filter.message == root;
}

bool passes(Filter const& filter, Trace const& trace, MessageId message, HostId machine, HostId other) {
    bool const is_there = !filter.machine.valid() || filter.machine == machine || filter.machine == other;
    return is_there && passes(filter, trace, message);
}

bool passes(Filter const& filter, Trace const& trace, Session const& session) {
    return passes(filter, trace, session.message, session.client, session.server);
}

bool passes(Filter const& filter, Trace const& trace, About const& about) {
    if (!filter.kinds[static_cast<std::size_t>(about.kind)])
        return false;
    if (!filter.background && about.kind == Kind::pickup)
        return false;
    if (filter.machine.valid() && filter.machine != about.actor && filter.machine != about.other)
        return false;
    // What concerns no message, a change of the world, belongs to the story of each.
    if (!about.message.valid() && about.kind == Kind::change)
        return true;
    return passes(filter, trace, about.message);
}

namespace {

/// By who wrote to whom; where another mail has the same, by its subject, too, or else by its name in the
/// file. Of the many that nobody wrote by hand, their number; of what a server wrote, what it is.
std::string words_of_message(World const& world, Trace const& trace, Message const& message) {
    if (!is_handed_in(message))
        return std::string{thing(message)};
    if (message.kind != MessageKind::mail || message.recipient_count == 0)
        return message_id(world, message);
    Mail const& mail = world.mail[message.mail];
    std::string words =
        mail.from.valid() ? label_of(world, world.people[mail.from].host) : sender_text(world, message);
    words += " to " + world.book.text(trace.recipients[message.first_recipient].address);
    if (message.recipient_count > 1)
        words += fmt::format(" and {} more", message.recipient_count - 1);
    bool has_same = false;
    bool has_same_subject = mail.subject.empty();
    for (Mail const& other : world.mail)
        if (other.id != mail.id && other.from == mail.from && other.reverse_path == mail.reverse_path &&
            !other.to.empty() && !mail.to.empty() && *other.to.begin() == *mail.to.begin()) {
            has_same = true;
            has_same_subject = has_same_subject || other.subject == mail.subject;
        }
    if (has_same)
        words += has_same_subject ? fmt::format(" ({})", mail.id) : fmt::format(", \"{}\"", mail.subject);
    return words;
}

} // namespace

std::string words_of(Filter const& filter, World const& world, Trace const& trace) {
    std::vector<std::string> words;
    if (filter.message.valid())
        words.push_back("only " + words_of_message(world, trace, trace.messages[filter.message]));
    if (filter.machine.valid())
        words.push_back("only " + label_of(world, filter.machine));
    if (!filter.spam)
        words.push_back("no spam");
    if (!filter.background)
        words.push_back("no fetching");
    for (std::size_t i = 0; i < kind_count; ++i)
        if (!filter.kinds[i] && (filter.background || static_cast<Kind>(i) != Kind::pickup)) {
            std::string name{words_of(static_cast<Kind>(i))};
            if (name != "DNS")
                name[0] = static_cast<char>(name[0] - 'A' + 'a');
            words.push_back("no " + name);
        }
    std::string joined;
    for (std::string const& word : words)
        joined += (joined.empty() ? "" : ", ") + word;
    return joined;
}

} // namespace mailflow::viz
