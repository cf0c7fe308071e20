#include "report/story/concern.hpp"

#include "report/moment.hpp"

namespace mailflow {

Concern::Concern(World const& world, Trace const& trace, Section const& section)
    : world_(world)
    , trace_(trace) {
    for (Event const* event : section.events)
        if (auto const* const submitted = std::get_if<MessageSubmitted>(&event->happening))
            add(trace.messages[submitted->message].origin, event->at);
        else if (auto const* const queued = std::get_if<MessageQueued>(&event->happening))
            add(trace.entries[queued->entry].server, event->at);
        else if (auto const* const opened = std::get_if<ConnectionOpened>(&event->happening))
            add(opened->session);
        else if (auto const* const answered = std::get_if<LookupAnswered>(&event->happening))
            add(answered->lookup, event->at);
        else if (auto const* const unanswered = std::get_if<LookupTimedOut>(&event->happening))
            add(unanswered->lookup, event->at);
        else if (auto const* const started = std::get_if<MailCheckStarted>(&event->happening))
            add(trace.checks[started->check].device, event->at);
}

void Concern::add(HostId host, Instant at) {
    hosts_.insert(host);
    networks_.insert(host_after(world_, host, changes_by(world_, at)).network);
    if (PersonId const person = world_.hosts[host].person; person.valid())
        people_.insert(person);
}

void Concern::add(SessionId id) {
    Session const& session = trace_.sessions[id];
    add(session.client, session.opened);
    add(session.server, session.opened);
}

void Concern::add(LookupId id, Instant at) {
    Lookup const& lookup = trace_.lookups[id];
    add(lookup.asker, at);
    names_.insert(lookup.name);
}

bool Concern::in(Event const& event) const {
    if (auto const* const changed = std::get_if<WorldChanged>(&event.happening))
        return in(world_.changes[changed->change]);
    if (auto const* const listed = std::get_if<AddressListed>(&event.happening))
        return hosts_.contains(trace_.listings[listed->listing].host);
    if (auto const* const delisted = std::get_if<AddressDelisted>(&event.happening))
        return hosts_.contains(trace_.listings[delisted->listing].host);
    return false;
}

bool Concern::in(Change const& change) const {
    return std::visit(
        Overloaded{[&](ServerChange const& c) { return hosts_.contains(world_.servers[c.server].host); },
                   [&](DnsChange const& c) { return names_.contains(c.name); },
                   [&](PersonChange const& c) { return people_.contains(c.person); },
                   [&](NetworkChange const& c) { return networks_.contains(c.network); }},
        change.what);
}

} // namespace mailflow
