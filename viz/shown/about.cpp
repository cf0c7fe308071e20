#include "viz/shown/about.hpp"

#include "trace/closing.hpp"

namespace mailflow::viz {

namespace {

struct Telling {
    World const& world;
    Trace const& trace;
    Instant at;

    [[nodiscard]] Kind kind_in(Session const& session) const {
        return session.check.valid() ? Kind::pickup : Kind::dialogue;
    }
    [[nodiscard]] About by_client(SessionId id) const {
        Session const& session = trace.sessions[id];
        return {kind_in(session), session.client, session.server, id, session.message};
    }
    [[nodiscard]] About by_server(SessionId id) const {
        Session const& session = trace.sessions[id];
        return {kind_in(session), session.server, session.client, id, session.message};
    }
    [[nodiscard]] About of_lookup(LookupId id, bool asks) const {
        Lookup const& lookup = trace.lookups[id];
        About about{.kind = lookup.check.valid() ? Kind::pickup : Kind::dns,
                    .actor = asks ? lookup.asker : HostId{},
                    .other = asks ? HostId{} : lookup.asker,
                    .message = lookup.message};
        return about;
    }
    [[nodiscard]] About of_entry(QueueEntryId id) const {
        QueueEntry const& entry = trace.entries[id];
        HostId const from = entry.from.valid() ? trace.sessions[entry.from].client : HostId{};
        return {Kind::queue, entry.server, from, {}, entry.message};
    }
    /// The machine of the person whose mailbox it is; none: nobody's who is seen.
    [[nodiscard]] HostId whose(AddressId mailbox) const {
        for (Person const& person : world.people)
            if (person.address == mailbox)
                return person.host;
        return {};
    }
    [[nodiscard]] About written(QueueEntryId about, MessageId message) const {
        return {Kind::delivery, trace.entries[about].server, {}, {}, message};
    }
    [[nodiscard]] About of_check(MailCheckId id, RecipientId recipient = {}) const {
        MailCheck const& check = trace.checks[id];
        MessageId const message = recipient.valid() ? trace.recipients[recipient].message : MessageId{};
        return {Kind::pickup, check.device, check.server, check.session, message, recipient};
    }
    [[nodiscard]] About of_listing(ListingId id) const { return {Kind::change, {}, trace.listings[id].host}; }

    About operator()(MessageSubmitted const& e) const {
        return {Kind::delivery, trace.messages[e.message].origin, {}, {}, e.message};
    }
    About operator()(ConnectionOpened const& e) const { return by_client(e.session); }
    About operator()(ConnectionEstablished const& e) const { return by_client(e.session); }
    About operator()(ConnectionFailed const& e) const { return by_client(e.session); }
    About operator()(CommandSent const& e) const { return by_client(e.session); }
    About operator()(DecisionMade const& e) const {
        About about = by_server(trace.decisions[e.decision].session);
        about.kind = Kind::decision;
        about.decision = e.decision;
        return about;
    }
    About operator()(ReplySent const& e) const { return by_server(e.session); }
    About operator()(SessionClosed const& e) const {
        return closer_of(trace, e.session, at) == trace.sessions[e.session].server ? by_server(e.session)
                                                                                   : by_client(e.session);
    }
    About operator()(LookupSent const& e) const { return of_lookup(e.lookup, true); }
    About operator()(LookupAnswered const& e) const { return of_lookup(e.lookup, false); }
    About operator()(LookupTimedOut const& e) const { return of_lookup(e.lookup, true); }
    About operator()(MessageQueued const& e) const { return of_entry(e.entry); }
    About operator()(AliasFollowed const& e) const { return of_entry(e.entry); }
    About operator()(MessageDeferred const& e) const {
        Deferral const& deferral = trace.deferrals[e.deferral];
        About about = of_entry(deferral.entry);
        about.other = deferral.by;
        about.recipient = deferral.recipient;
        return about;
    }
    About operator()(MessageDequeued const& e) const { return of_entry(e.entry); }
    About operator()(MessageFiled const& e) const {
        return {Kind::delivery, e.server, whose(e.mailbox), {}, trace.recipients[e.recipient].message,
                e.recipient};
    }
    About operator()(BounceWritten const& e) const { return written(e.about, e.bounce); }
    About operator()(DelayWarningWritten const& e) const { return written(e.about, e.warning); }
    About operator()(AddressListed const& e) const { return of_listing(e.listing); }
    About operator()(AddressDelisted const& e) const { return of_listing(e.listing); }
    About operator()(WorldChanged const& e) const {
        Change const& change = world.changes[e.change];
        About about{.kind = Kind::change, .actor = {}, .other = {}};
        if (auto const* server = std::get_if<ServerChange>(&change.what))
            about.other = world.servers[server->server].host;
        if (auto const* person = std::get_if<PersonChange>(&change.what))
            about.other = world.people[person->person].host;
        return about;
    }
    About operator()(RecipientSettled const& e) const {
        HostId const client = e.session.valid() ? trace.sessions[e.session].client : HostId{};
        return {Kind::delivery, e.by, client, e.session, trace.recipients[e.recipient].message, e.recipient};
    }
    About operator()(MailCheckStarted const& e) const { return of_check(e.check); }
    About operator()(AccessCommandSent const& e) const { return by_client(e.session); }
    About operator()(AccessReplySent const& e) const { return by_server(e.session); }
    About operator()(MessageFetched const& e) const { return of_check(e.check, e.recipient); }
    About operator()(MessageRemoved const& e) const { return of_check(e.check, e.recipient); }
    About operator()(MailCheckEnded const& e) const { return of_check(e.check); }
};

} // namespace

std::string_view words_of(Kind kind) {
    switch (kind) {
    case Kind::dialogue: return "Dialogue";
    case Kind::decision: return "Decisions";
    case Kind::dns: return "DNS";
    case Kind::queue: return "Queues";
    case Kind::delivery: return "Delivery";
    case Kind::pickup: return "Fetching";
    case Kind::change: return "Changes";
    }
    return "";
}

About about(World const& world, Trace const& trace, Event const& event) {
    return std::visit(Telling{world, trace, event.at}, event.happening);
}

} // namespace mailflow::viz
