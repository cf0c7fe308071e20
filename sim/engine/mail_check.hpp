// Looking for mail: each mail program with settings for incoming mail looks when the run starts, and then
// every so often, as long as anything else may still happen and once more after that. It shows its user what
// goes wrong, and looks again when its time comes.
#pragma once

#include "engine/access_connection.hpp"
#include "engine/resolver.hpp"

#include <map>
#include <optional>
#include <tuple>
#include <vector>

namespace mailflow {

class MailChecks {
public:
    MailChecks(Present const& present, Records& records, Effects& effects, Resolver& resolver,
               AccessConnections& connections)
        : present_(present)
        , records_(records)
        , effects_(effects)
        , resolver_(resolver)
        , connections_(connections)
        , devices_(present.world().people.size()) {}

    /// Lets everybody who looks for mail begin.
    void begin();
    void due(PersonId id);
    void answer_arrives(LookupId id);
    void session_news(AccessReport const& report);
    /// Somebody who did not look for mail before, or not as often, may do so now.
    void person_changed(PersonId id);

private:
    struct Device {
        std::optional<Instant> next{}; // look that is scheduled
        MailCheckId current{};         // the look that is going on
    };
    using Seen = std::tuple<PersonId, HostId, AddressId>;

    void schedule(PersonId id, Duration delay);
    void look(PersonId id, Incoming const& incoming);
    void end(MailCheckId id, Saying trouble);

    Present const& present_;
    Records& records_;
    Effects& effects_;
    Resolver& resolver_;
    AccessConnections& connections_;
    std::vector<Device> devices_;            // by person
    std::map<Seen, std::uint32_t> next_uid_; // what lies before it in the mailbox the device has
};

} // namespace mailflow
