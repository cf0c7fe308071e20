// Whether something that happens in the world meanwhile has to do with a message, or with somebody who looks
// for mail: it is about a machine, a name, a person or a network that takes part.
#pragma once

#include "report/story/section.hpp"

#include <set>

namespace mailflow {

class Concern {
public:
    /// What takes part in the events of the section, before or after the moment that is asked for.
    Concern(World const& world, Trace const& trace, Section const& section);

    /// Whether a change of the world, or what a blocklist does, is about any of it.
    [[nodiscard]] bool in(Event const& event) const;

private:
    void add(HostId host, Instant at);
    void add(SessionId session);
    void add(LookupId lookup, Instant at);
    [[nodiscard]] bool in(Change const& change) const;

    World const& world_;
    Trace const& trace_;
    std::set<HostId> hosts_;
    std::set<DomainId> names_; // that the DNS was asked for
    std::set<PersonId> people_;
    std::set<NetworkId> networks_;
};

} // namespace mailflow
