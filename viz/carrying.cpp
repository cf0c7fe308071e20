#include "viz/carrying.hpp"

#include "report/words/words.hpp"

namespace mailflow::viz {

namespace {

HostId machine_like(HostId machine, World const& from, World const& to) {
    if (!machine.valid())
        return {};
    for (std::size_t i = 0; i < to.hosts.size(); ++i)
        if (HostId const host = to.hosts.id_at(i); to.hosts[host].name == from.hosts[machine].name)
            return host;
    return {};
}

MessageId message_like(MessageId message, Shown const& from, Shown const& to) {
    if (!message.valid() || !is_handed_in(from.trace.messages[message]))
        return {};
    MessageKind const kind = from.trace.messages[message].kind;
    std::string const name = message_id(from.world, from.trace.messages[message]);
    for (std::size_t i = 0; i < to.trace.messages.size(); ++i)
        if (MessageId const id = to.trace.messages.id_at(i);
            to.trace.messages[id].kind == kind && message_id(to.world, to.trace.messages[id]) == name)
            return id;
    return {};
}

} // namespace

Filter carried_over(Filter filter, Shown const& from, Shown const& to) {
    filter.machine = machine_like(filter.machine, from.world, to.world);
    filter.message = message_like(filter.message, from, to);
    return filter;
}

Subject carried_over(Subject const& subject, Shown const& from, Shown const& to) {
    if (auto const* machine = std::get_if<HostId>(&subject))
        if (HostId const there = machine_like(*machine, from.world, to.world); there.valid())
            return there;
    if (auto const* message = std::get_if<MessageId>(&subject))
        if (MessageId const there = message_like(*message, from, to); there.valid())
            return there;
    return {};
}

} // namespace mailflow::viz
