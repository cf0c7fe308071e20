#include "engine/mail_check.hpp"

#include "engine/dialing.hpp"

#include <algorithm>

namespace mailflow {

void MailChecks::schedule(PersonId id, Duration delay) {
    devices_[id.index].next = effects_.now() + delay;
    effects_.wake_after(delay, WakeKind::check_due, id);
}

void MailChecks::begin() {
    for (std::size_t i = 0; i < devices_.size(); ++i)
        person_changed(present_.world().people.id_at(i));
}

void MailChecks::person_changed(PersonId id) {
    std::optional<Incoming> const& incoming = present_.person(id).incoming;
    std::optional<Instant> const next = devices_[id.index].next;
    if (incoming && !next)
        schedule(id, {});
    else if (incoming && effects_.now() + incoming->every < *next)
        schedule(id, incoming->every);
}

void MailChecks::due(PersonId id) {
    Device& device = devices_[id.index];
    if (device.next != effects_.now())
        return; // an earlier one was scheduled since
    device.next.reset();
    std::optional<Incoming> const& incoming = present_.person(id).incoming;
    if (!incoming)
        return;
    if (device.current.valid()) {
        schedule(id, incoming->every);
        return;
    }
    // When only looks are left, nothing will be filed any more: this one sees all that there will be.
    bool const last = effects_.only_checks_left();
    look(id, *incoming);
    if (!last)
        schedule(id, incoming->every);
}

void MailChecks::look(PersonId id, Incoming const& incoming) {
    Person const& person = present_.person(id);
    MailCheckId const check = records_.checks.add({.person = id,
                                                   .device = person.host,
                                                   .server = present_.server(incoming.server).host,
                                                   .protocol = incoming.protocol});
    devices_[id.index].current = check;
    effects_.record(MailCheckStarted{check});
    resolver_.ask({.asker = person.host,
                   .name = present_.server(incoming.server).name,
                   .type = RecordType::address,
                   .check = check});
}

void MailChecks::answer_arrives(LookupId id) {
    Lookup const& lookup = records_.lookups[id];
    MailCheck const& check = records_.checks[lookup.check];
    Person const& person = present_.person(check.person);
    if (lookup.status != DnsStatus::found) {
        end(lookup.check, trouble_with_own_server(lookup.status));
        // An answer from memory may be out of date: when it has expired, another look may do better.
        if (lookup.cached && person.incoming && !devices_[check.person.index].next)
            schedule(check.person, person.incoming->every);
        records_.checks.let_go(lookup.check);
        return;
    }
    auto const found = server_at(present_, records_of(present_.world(), lookup));
    if (auto const* trouble = std::get_if<Saying>(&found)) {
        end(lookup.check, *trouble);
        return;
    }
    if (!person.incoming || present_.server(person.incoming->server).host != check.server) {
        end(lookup.check, Saying::goodbye); // the settings have changed meanwhile
        records_.checks.let_go(lookup.check);
        return;
    }
    Incoming const& incoming = *person.incoming;
    auto const seen = next_uid_.find({check.person, check.server, person.address});
    AccessPlan const plan{.service = incoming.protocol,
                          .port = incoming.port,
                          .next_uid = seen == next_uid_.end() ? 1 : seen->second};
    connections_.open({.client = check.device,
                       .server = check.server,
                       .check = lookup.check,
                       .plan = plan,
                       .address = person.address,
                       .user = incoming.user,
                       .password = incoming.password});
}

void MailChecks::session_news(AccessReport const& report) {
    MailCheckId const id = records_.sessions[report.session].check;
    if (devices_[records_.checks[id].person.index].current ==
        id) // else its trouble was told before it hung up
        end(id, report.saying);
}

void MailChecks::end(MailCheckId id, Saying trouble) {
    MailCheck const& check = records_.checks[id];
    devices_[check.person.index].current = {};
    std::uint32_t& next =
        next_uid_.try_emplace({check.person, check.server, present_.person(check.person).address}, 1)
            .first->second;
    for (MailboxCopy const& copy : check.copies)
        next = std::max(next, copy.uid + 1);
    if (trouble == Saying::goodbye)
        next = std::max(next, check.uid_next);
    effects_.record(MailCheckEnded{id, static_cast<std::uint32_t>(check.copies.size()), trouble});
}

} // namespace mailflow
