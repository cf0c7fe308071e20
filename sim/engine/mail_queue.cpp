#include "engine/mail_queue.hpp"

#include "smtp/habits.hpp"
#include "world/returning.hpp"

#include <algorithm>
#include <utility>

namespace mailflow {

namespace {

/// How long a message lies in the queue before the queue manager hands it on.
constexpr Duration hand_over = std::chrono::milliseconds{5};
/// A letter to the sender without what comes back with it beyond the headers.
constexpr std::uint64_t letter_bytes = 2000;
/// Of recipients that become due within so long of each other none is tried alone: nobody goes through a
/// queue more often.
constexpr Duration one_round = std::chrono::minutes{1};

/// The address that the local part is an alias for; none when it is none.
AddressId alias_target(Server const& server, LocalPartId local_part) {
    auto const place =
        std::lower_bound(server.aliases.begin(), server.aliases.end(), local_part,
                         [](Alias const& alias, LocalPartId wanted) { return alias.local_part < wanted; });
    return place != server.aliases.end() && place->local_part == local_part ? place->target : AddressId{};
}

/// Whether an alias leads to its own name, and so to the mailbox of that name. To qmail it is an alias like
/// any other.
bool means_the_mailbox(Server const& server, AddressBook::Address const& alias,
                       AddressBook::Address const& target) {
    return target.local_part == alias.local_part && handled_at(server.policy, target.domain) &&
           server.policy.software != Software::qmail;
}

/// Whether the name has a mailbox of its own: that it is an alias, too, makes none.
bool is_mailbox(ServerPolicy const& policy, AddressBook const& book, LocalPartId local_part) {
    if (!is_alias(policy, local_part))
        return has_mailbox(policy, book, local_part);
    return policy.any_mailbox || book.name(local_part) == "postmaster" ||
           std::binary_search(policy.mailboxes.begin(), policy.mailboxes.end(), local_part);
}

} // namespace

QueueEntryId MailQueues::enqueue(QueueEntry entry) {
    effects_.hold(entry.message);
    QueueEntryId const id = records_.entries.add(std::move(entry));
    Live& live = live_.add(id);
    live.arrived = effects_.now();
    live.left = records_.entries[id].recipients;
    effects_.record(MessageQueued{id});
    effects_.wake_after(hand_over, WakeKind::entry_due, id);
    return id;
}

void MailQueues::entry_due(QueueEntryId id) {
    Live& live = live_[id];
    Server const& server = server_of(id);
    if (!server.up) {
        due_.add(server.host, id);
        return;
    }
    if (live.setback.valid() && effects_.now() < setbacks_[live.setback].next_turn) {
        // It was woken to warn, not to try.
        warn(id);
        sleep(id);
        return;
    }
    // At every turn: meanwhile a domain may have become this server's own.
    if (live.aliases_followed || !return_suspected_loop(id))
        follow_aliases(id);
    Envelope remote;
    for (EnvelopeRecipient const& recipient : live.left) {
        if (handled_at(server.policy, domain_of(recipient)))
            file_or_fail(id, recipient);
        else
            remote.push_back(recipient);
    }
    live.left.clear();
    settle_lost(id);
    Try const which = try_of(id);
    // One delivery for each way, in the order in which the ways were first needed; and for each part of the
    // recipients that goes into one session.
    std::ptrdiff_t const most = behaviour_of(server.policy.software).most_recipients;
    while (!remote.empty()) {
        NextHop const hop = next_hop(server, remote.front());
        auto* const others =
            std::stable_partition(remote.begin(), remote.end(), [&](EnvelopeRecipient const& recipient) {
                return next_hop(server, recipient) == hop;
            });
        for (auto* first = remote.begin(); first != others;) {
            auto* const last = first + std::min(most, others - first);
            ++live.deliveries_left;
            deliveries_.start(id, hop, {first, last}, which);
            first = last;
        }
        remote.erase(remote.begin(), others);
    }
    if (live.deliveries_left == 0)
        pass_ended(id);
}

/// Some softwares take a message that has been stamped too often, and then return it. Whether this one did.
bool MailQueues::return_suspected_loop(QueueEntryId id) {
    std::uint32_t const most = habits_of(server_of(id).policy.software).received_lines_bounced;
    if (most == 0 || records_.entries[id].received_lines <= most)
        return false;
    for (EnvelopeRecipient const& recipient : std::exchange(live_[id].left, {}))
        setback_of(id).troubles.push_back(
            {recipient, {.by = records_.entries[id].server, .session = {}}, Saying::suspected_loop});
    return true;
}

void MailQueues::follow_aliases(QueueEntryId id) {
    Live& live = live_[id];
    live.aliases_followed = true;
    erase_if(live.left, [&](EnvelopeRecipient& recipient) {
        auto const circle = follow_aliases(id, recipient);
        if (circle)
            setback_of(id).troubles.push_back({.recipient = recipient,
                                               .source = {.by = records_.entries[id].server, .session = {}},
                                               .saying = *circle});
        return circle.has_value();
    });
}

/// Where the aliases passed so far end, which have come back to one of them.
AddressId MailQueues::end_of_circle(Server const& server, std::vector<AddressId> const& passed,
                                    AddressId repeated) const {
    AliasCircle const circle = behaviour_of(server.policy.software).alias_circle;
    if (circle != AliasCircle::at_mailbox)
        return circle == AliasCircle::at_repeated ? repeated : AddressId{};
    AddressBook const& book = present_.world().book;
    auto const exists = [&](AddressId address) {
        return is_mailbox(server.policy, book, book[address].local_part);
    };
    if (exists(repeated))
        return repeated;
    auto const last = std::find_if(passed.rbegin(), passed.rend(),
                                   [&](AddressId name) { return name == repeated || exists(name); });
    return last == passed.rend() || *last == repeated ? AddressId{} : *last;
}

/// Follows the aliases of one recipient as long as they stay here, and says when they lead in a circle, here
/// or by way of other servers.
std::optional<Saying> MailQueues::follow_aliases(QueueEntryId id, EnvelopeRecipient& recipient) {
    Server const& server = server_of(id);
    SendingBehaviour const& ways = behaviour_of(server.policy.software);
    RecipientId const copy = recipient.recipient;
    AddressId const came_for = recipient.address;
    AddressBook const& book = present_.world().book;
    std::vector<AddressId> passed;
    AddressId end; // of a circle that was found
    for (std::size_t steps = 0; steps < ways.longest_alias_chain; ++steps) {
        AddressBook::Address const& address = book[recipient.address];
        if (!handled_at(server.policy, address.domain)) {
            if (steps > 0 && ways.delivered_to == DeliveredTo::once)
                delivered_to_.add(copy, came_for);
            return std::nullopt;
        }
        if (ways.delivered_to != DeliveredTo::never && delivered_to_.name(copy, recipient.address))
            return Saying::forwarding_loop;
        AddressId const target = alias_target(server, address.local_part);
        if (!target.valid())
            return std::nullopt;
        if (means_the_mailbox(server, address, book[target]))
            return std::nullopt;
        if (!end.valid() && std::find(passed.begin(), passed.end(), recipient.address) != passed.end())
            end = end_of_circle(server, passed, recipient.address);
        if (end.valid() && recipient.address == end)
            return std::nullopt;
        passed.push_back(recipient.address);
        if (ways.delivered_to == DeliveredTo::each_alias)
            delivered_to_.add(copy, recipient.address);
        recipient.address = target;
        effects_.record(AliasFollowed{id, copy, target});
    }
    return Saying::alias_loop;
}

void MailQueues::file_or_fail(QueueEntryId id, EnvelopeRecipient const& recipient) {
    HostId const server = records_.entries[id].server;
    AddressBook const& book = present_.world().book;
    if (!is_mailbox(server_of(id).policy, book, book[recipient.address].local_part)) {
        setback_of(id).troubles.push_back({.recipient = recipient,
                                           .source = {.by = server, .session = {}},
                                           .saying = Saying::no_such_mailbox});
        return;
    }
    mailboxes_.file(recipient.recipient, server, recipient.address);
    delivered_to_.forget(recipient.recipient);
    settlement_.settle(recipient.recipient, Outcome::delivered,
                       {.by = server, .session = records_.entries[id].from}, Saying::queued);
}

NextHop MailQueues::next_hop(Server const& server, EnvelopeRecipient const& recipient) const {
    DomainId const domain = domain_of(recipient);
    auto const route =
        std::lower_bound(server.routes.begin(), server.routes.end(), domain,
                         [](Route const& candidate, DomainId wanted) { return candidate.domain < wanted; });
    if (route != server.routes.end() && route->domain == domain)
        return {.name = route->host, .by_exchangers = false};
    if (server.smarthost)
        return {.name = *server.smarthost, .by_exchangers = false};
    return {.name = domain, .by_exchangers = true};
}

void MailQueues::delivery_ended(DeliveryReport report) {
    if (!report.troubles.empty()) {
        auto& troubles = setback_of(report.entry).troubles;
        troubles.insert(troubles.end(), report.troubles.begin(), report.troubles.end());
        settle_lost(report.entry);
    }
    Live& entry = live_[report.entry];
    --entry.deliveries_left;
    if (entry.deliveries_left == 0)
        pass_ended(report.entry);
}

MailQueues::Setback& MailQueues::setback_of(QueueEntryId id) {
    Live& live = live_[id];
    if (!live.setback.valid())
        live.setback = setbacks_.add({});
    return setbacks_[live.setback];
}

Try MailQueues::try_of(QueueEntryId id) const {
    Live const& live = live_[id];
    if (!live.setback.valid() || setbacks_[live.setback].failed_tries == 0)
        return Try::first;
    return has_expired(server_of(id), age_of(id)) ? Try::last : Try::again;
}

/// Of an entry that has met with trouble.
QueueAge MailQueues::age_of(QueueEntryId id) const {
    Live const& live = live_[id];
    return {live.arrived, effects_.now(), setbacks_[live.setback].failed_tries};
}

/// What failed for good, or for too long, is over as soon as it is known, though the pass may go on.
void MailQueues::settle_lost(QueueEntryId id) {
    if (!live_[id].setback.valid() || setback_of(id).troubles.empty())
        return;
    bool const expired = has_expired(server_of(id), age_of(id));
    Outcome const lost = is_returnable(id) ? Outcome::bounced : Outcome::discarded;
    std::vector<Trouble> deferred;
    for (Trouble const& trouble : std::exchange(setback_of(id).troubles, {})) {
        if (!trouble.is_final && !expired) {
            deferred.push_back(trouble);
            continue;
        }
        setback_of(id).is_any_lost = true;
        delivered_to_.forget(trouble.recipient.recipient);
        if (!trouble.is_final)
            settlement_.settle_expired(trouble.recipient.recipient, lost, trouble.source, trouble.saying);
        else
            settlement_.settle(trouble.recipient.recipient, lost, trouble.source, trouble.saying);
    }
    setback_of(id).troubles = std::move(deferred);
}

/// Every recipient has been tried: what is lost goes back, in one letter; the rest waits.
void MailQueues::pass_ended(QueueEntryId id) {
    settle_lost(id);
    std::vector<Trouble> deferred;
    if (live_[id].setback.valid()) {
        Setback& setback = setback_of(id);
        ++setback.failed_tries;
        deferred = std::exchange(setback.troubles, {});
        if (std::exchange(setback.is_any_lost, false) && is_returnable(id))
            write_to_sender(id, MessageKind::bounce);
    }
    if (deferred.empty()) {
        effects_.record(MessageDequeued{id});
        forget(id);
    } else {
        try_again_later(id, deferred);
    }
}

void MailQueues::forget(QueueEntryId id) {
    effects_.let_go(records_.entries[id].message);
    if (live_[id].setback.valid())
        setbacks_.let_go(live_[id].setback);
    live_.let_go(id);
    records_.entries.let_go(id);
}

void MailQueues::try_again_later(QueueEntryId id, std::vector<Trouble> const& deferred) {
    QueueAge const age = age_of(id);
    Instant const next = next_turn(id, age, deferred);
    setback_of(id).next_turn = next;
    setback_of(id).is_frozen = next > std::max(age.arrived + lifetime_of(server_of(id)), age.now);
    for (Trouble const& trouble : deferred) {
        live_[id].left.push_back(trouble.recipient);
        DeferralId const deferral = records_.deferrals.add({.entry = id,
                                                            .recipient = trouble.recipient.recipient,
                                                            .by = trouble.source.by,
                                                            .session = trouble.source.session,
                                                            .saying = trouble.saying,
                                                            .next_try = next});
        effects_.record(MessageDeferred{deferral});
        records_.deferrals.let_go(deferral);
    }
    warn(id);
    sleep(id);
}

/// Until the next turn, or the next warning before it.
void MailQueues::sleep(QueueEntryId id) {
    Setback const& setback = setback_of(id);
    Instant until = setback.next_turn;
    auto const warning = next_warning(server_of(id), age_of(id));
    if (warning && !setback.is_frozen && is_returnable(id))
        until = std::min(until, *warning);
    effects_.wake_after(until - effects_.now(), WakeKind::entry_due, id);
}

void MailQueues::warn(QueueEntryId id) {
    Setback& setback = setback_of(id);
    std::uint32_t const due = warnings_due(server_of(id), age_of(id));
    if (is_returnable(id) && setback.warnings < due) {
        setback.warnings = due;
        write_to_sender(id, MessageKind::delay_warning);
    }
}

/// When the entry is tried again: as soon as that makes sense for those of a round among those who wait.
Instant MailQueues::next_turn(QueueEntryId id, QueueAge const& age,
                              std::vector<Trouble> const& deferred) const {
    Instant const usual = next_try(server_of(id), age);
    Instant const last = std::max(age.arrived + lifetime_of(server_of(id)), age.now);
    std::vector<Instant> turns;
    for (Trouble const& trouble : deferred) {
        if (trouble.saying == Saying::loops_back) // the message is frozen, with all its recipients
            return std::max(age.arrived + frozen_for, age.now);
        turns.push_back(trouble.not_before == whenever ? usual : std::min(trouble.not_before, last));
    }
    std::sort(turns.begin(), turns.end());
    if (turns.empty())
        return std::max(usual, age.now);
    auto const in_round = std::upper_bound(turns.begin(), turns.end(), turns.front() + one_round);
    return std::max(*std::prev(in_round), age.now); // what was waited for may be over meanwhile
}

void MailQueues::server_changed(ServerId id) {
    if (!present_.server(id).up)
        return;
    HostId const host = present_.server(id).host;
    deliveries_.server_up(host);
    for (QueueEntryId const entry : due_.release(host))
        effects_.wake_after({}, WakeKind::entry_due, entry);
}

/// A bounce (RFC 5321 section 3.6.3) or a warning, with a null reverse path, into the same queue.
void MailQueues::write_to_sender(QueueEntryId id, MessageKind kind) {
    HostId const server = records_.entries[id].server;
    Message const original = records_.messages[records_.entries[id].message];
    std::uint64_t const returned = returned_octets(
        server_of(id).policy.software, kind == MessageKind::bounce ? LetterKind::bounce : LetterKind::warning,
        original.size_bytes);
    MessageId const message = records_.messages.add({.kind = kind,
                                                     .mail = {},
                                                     .reverse_path = {},
                                                     .first_recipient = {},
                                                     .recipient_count = 1,
                                                     .origin = server,
                                                     .size_bytes = letter_bytes + returned,
                                                     .about = id});
    RecipientId const recipient = records_.recipients.add({message, original.reverse_path});
    records_.messages[message].first_recipient = recipient;
    if (kind == MessageKind::bounce)
        effects_.record(BounceWritten{id, message});
    else
        effects_.record(DelayWarningWritten{id, message});
    enqueue({.message = message,
             .server = server,
             .from = {},
             .recipients = {{recipient, original.reverse_path}}});
}

} // namespace mailflow
