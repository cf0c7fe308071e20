#include "viz/shown/filter.hpp"

#include "base/text.hpp"
#include "report/words/words.hpp"

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

std::string words_of(Filter const& filter, World const& world, Trace const& trace) {
    std::vector<std::string> words;
    if (filter.message.valid()) {
        Message const& message = trace.messages[filter.message];
        words.push_back("only " +
                        (is_handed_in(message) ? message_id(world, message) : std::string{thing(message)}));
    }
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
