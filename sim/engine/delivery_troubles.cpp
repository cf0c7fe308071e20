#include "engine/delivery.hpp"

#include <algorithm>
#include <utility>

namespace mailflow {

namespace {

/// Trouble with a host, not with the recipient: another host may still do. What was temporary stays worth a
/// try, unless a host that answers says that it is not.
void note_host_trouble(Trouble& open, SendingBehaviour const& ways, Source source, Saying saying,
                       bool final) {
    if (open.of_recipient && ways.keeps_refusal_of_recipient)
        return;
    if (open.source.by.valid() && !open.is_final && final && !is_refused_greeting(saying))
        return;
    open.source = source;
    open.saying = saying;
    open.is_final = final;
}

/// Whether it would have been the same for anybody who is to go there.
bool is_of_destination(Trouble const& trouble) {
    return !trouble.is_final && (is_diagnosis(trouble.saying) || is_refused_greeting(trouble.saying));
}

} // namespace

/// What the end of a delivery tells of its destination.
void Deliveries::note_end(DeliveryId id, InlineList<Trouble> const& troubles) {
    std::uint32_t const most = behaviour(id).failures_until_dead;
    if (most == 0)
        return;
    HostId const sender = sender_of(id);
    DomainId const hop = live_[id].hop;
    Instant const now = effects_.now();
    if (troubles.empty() || !std::all_of(troubles.begin(), troubles.end(), is_of_destination))
        dead_destinations_.forget_failures(sender, hop, now);
    else if (!dead_destinations_.dead(sender, hop, now))
        dead_destinations_.note_failure(sender, hop, {troubles.begin()->source, troubles.begin()->saying},
                                        most, next_call(settings_of(id), {now, now, 1}));
}

Deliveries::Troubles& Deliveries::troubles_of(DeliveryId id) {
    Delivery& delivery = live_[id];
    if (!delivery.troubles.valid()) {
        Troubles troubles;
        for (EnvelopeRecipient const& recipient : std::exchange(delivery.open, {}))
            troubles.open.push_back({.recipient = recipient});
        delivery.troubles = troubles_.add(std::move(troubles));
    }
    return troubles_[delivery.troubles];
}

/// Who is still to be served.
Envelope Deliveries::open_recipients(DeliveryId id) const {
    Delivery const& delivery = live_[id];
    if (!delivery.troubles.valid())
        return delivery.open;
    Envelope recipients;
    for (Trouble const& open : troubles_[delivery.troubles].open)
        recipients.push_back(open.recipient);
    return recipients;
}

/// The next server has taken the recipient.
void Deliveries::note_taken(DeliveryId id, EnvelopeRecipient const& recipient) {
    Delivery& delivery = live_[id];
    if (delivery.troubles.valid())
        erase_if(troubles_[delivery.troubles].open,
                 [&](Trouble const& open) { return open.recipient == recipient; });
    else
        erase_if(delivery.open, [&](EnvelopeRecipient const& open) { return open == recipient; });
}

/// A permanent refusal is final; a transient one may still be mended by the next host, for those who ask it.
void Deliveries::trouble_for(DeliveryId id, RecipientId recipient, Source source, Saying saying,
                             SessionNews::Kind news) {
    Troubles& troubles = troubles_of(id);
    auto* const open =
        std::find_if(troubles.open.begin(), troubles.open.end(),
                     [&](Trouble const& candidate) { return candidate.recipient.recipient == recipient; });
    if (open == troubles.open.end())
        return;
    open->source = source;
    open->saying = saying;
    open->is_final = is_final(behaviour(id), saying);
    open->of_recipient = news == SessionNews::Kind::recipient_refused;
    if (open->is_final || !behaviour(id).next_after_transient_reply) {
        troubles.done.push_back(*open);
        troubles.open.erase(open);
    }
}

void Deliveries::trouble_for_all(DeliveryId id, Source source, Saying saying) {
    for (Trouble& open : troubles_of(id).open)
        note_host_trouble(open, behaviour(id), source, saying, is_final(behaviour(id), saying));
}

/// Nobody could talk to the host: it was out of reach, broke off, or turned the client away at the door.
void Deliveries::trouble_with_host(DeliveryId id, Source source, Saying saying) {
    SendingBehaviour const& ways = behaviour(id);
    Troubles& troubles = troubles_of(id);
    std::optional<FailingHost> failing;
    if (ways.remembers_hosts)
        failing = failing_hosts_.note_failure(sender_of(id), settings_of(id), host_of(id), effects_.now());
    bool const dead = failing && is_dead(id, *failing);
    Saying const said = dead ? Saying::retry_timeout_exceeded : saying;
    bool const is_last = live_[id].next_host == live_[id].hosts.size();
    bool const final = is_final(ways, said) && (is_last || !is_refused_greeting(said));
    Envelope const concerned = connections_.open_recipients(source.session);
    for (Trouble& open : troubles.open)
        if (std::find(concerned.begin(), concerned.end(), open.recipient) != concerned.end())
            note_host_trouble(open, ways, source, said, final);
    if (failing)
        wait_for(id, *failing);
    if (!tries_next(ways, source.session, saying)) {
        troubles.done.insert(troubles.done.end(), troubles.open.begin(), troubles.open.end());
        troubles.open.clear();
    }
}

/// Whether another host is asked after the one that this went wrong with.
bool Deliveries::tries_next(SendingBehaviour const& ways, SessionId session, Saying saying) const {
    if (is_refused_greeting(saying))
        return ways.next_after_refused_greeting;
    if (!is_broken_line(saying))
        return true;
    switch (ways.after_lost_connection) {
    case AfterLostConnection::next: return true;
    case AfterLostConnection::next_before_mail: return !connections_.has_said_mail(session);
    case AfterLostConnection::waits: break;
    }
    return false;
}

/// Whether the host has failed for longer than any message would wait for it.
bool Deliveries::is_dead(DeliveryId id, FailingHost const& failing) const {
    return effects_.now() - failing.since >= lifetime_of(settings_of(id));
}

/// Nothing is to be expected before that host, or an earlier one, is called again.
void Deliveries::wait_for(DeliveryId id, FailingHost const& failing) {
    for (Trouble& open : troubles_of(id).open)
        open.not_before = std::min(open.not_before, failing.next_call);
}

} // namespace mailflow
