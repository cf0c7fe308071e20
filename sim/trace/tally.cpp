#include "trace/tally.hpp"

#include "world/present.hpp"

#include <algorithm>
#include <optional>
#include <utility>

namespace mailflow {

namespace {

/// Makes room for a number that may be beyond the end.
template<class Row>
Row& grown(RowArray<Row>& rows, std::uint32_t index, Row const& between) {
    while (rows.size() <= index)
        rows.push_back(between);
    return rows[index];
}

/// When a message was sent that nobody has sent yet, or that is over.
constexpr Instant not_in_play{Duration{-1}};

} // namespace

Tally::Tally(World const& world, Records const& records)
    : world_(world)
    , records_(records)
    , expected_(world.expectations.size()) {
    numbers_.servers.reserve(world.servers.size());
    for (std::size_t i = 0; i < world.servers.size(); ++i)
        numbers_.servers.add({});
    servers_.reserve(world.hosts.size());
    for (Host const& host : world.hosts)
        servers_.push_back(host.server);
    for (std::size_t i = 0; i < world.spammers.size(); ++i)
        numbers_.spammers.add({});
    for (std::uint32_t i = 0; i < world.expectations.size(); ++i) {
        Expectation const& expected = world.expectations[i];
        concerned_.push_back({expected.mail, expected.spammer, expected.population, i});
    }
    std::stable_sort(concerned_.begin(), concerned_.end(),
                     [](Concerned const& a, Concerned const& b) { return a.whose() < b.whose(); });
}

void Tally::see(Event const& event) {
    std::visit([&](auto const& happened) { see(event.at, happened); }, event.happening);
}

void Tally::begin(MessageId id, Instant now, SpammerId spammer) {
    Message const& message = records_.messages[id];
    grown(sent_, id.index, not_in_play) = now;
    if (!world_.spammers.empty())
        grown(spammers_behind_, id.index, {}) = spammer;
    for (std::uint32_t i = 0; i < message.recipient_count; ++i) {
        grown(came_, message.first_recipient.index + i, {}) = {};
        for_each_count(id, [](Outcomes& counts) { counts.count(Outcome::queued, Reason::none); });
    }
}

/// Every count that the recipients of the message are part of.
template<class Use>
void Tally::for_each_count(MessageId id, Use use) {
    Message const& message = records_.messages[id];
    switch (message.kind) {
    case MessageKind::mail:
    case MessageKind::crowd: use(numbers_.people); break;
    case MessageKind::spam:
        use(numbers_.spam);
        use(numbers_.spammers[message.spammer].recipients);
        break;
    case MessageKind::bounce:
        use(numbers_.bounces);
        if (SpammerId const spammer = spammer_behind(id); spammer.valid()) {
            use(numbers_.backscatter);
            use(numbers_.spammers[spammer].backscatter);
        }
        break;
    case MessageKind::delay_warning: break;
    }
}

void Tally::change(RecipientId id, Outcome outcome, Reason reason) {
    Came& came = came_[id.index];
    if (came.outcome == outcome && came.reason == reason)
        return;
    for_each_count(records_.recipients[id].message, [&](Outcomes& counts) {
        counts.uncount(came.outcome, came.reason);
        counts.count(outcome, reason);
    });
    came.outcome = outcome;
    came.reason = reason;
}

void Tally::see(Instant now, MessageSubmitted const& event) {
    ++numbers_.events;
    ++numbers_.messages;
    SpammerId const spammer = records_.messages[event.message].spammer;
    if (spammer.valid()) {
        ++numbers_.spammers[spammer].messages;
        numbers_.spammers[spammer].last_sent = now;
    }
    begin(event.message, now, spammer);
}

SpammerId Tally::root_spammer(QueueEntryId about) const {
    return spammer_behind(records_.entries[about].message);
}

void Tally::see(Instant now, BounceWritten const& event) {
    ++numbers_.events;
    ++of(records_.entries[event.about].server).bounces;
    begin(event.bounce, now, root_spammer(event.about));
}

void Tally::see(Instant now, DelayWarningWritten const& event) {
    ++numbers_.events;
    ++of(records_.entries[event.about].server).delay_warnings;
    begin(event.warning, now, root_spammer(event.about));
}

/// Of a negative reply.
void Tally::count_refusal(ReplySent const& event) {
    Reason const reason = reason_of(event.saying);
    if (reason == Reason::none)
        return;
    of(records_.sessions[event.session].server).refused.count(reason);
}

void Tally::see(Instant, MessageQueued const& event) {
    ++numbers_.events;
    QueueEntry const& entry = records_.entries[event.entry];
    ServerNumbers& server = of(entry.server);
    if (entry.from.valid())
        ++server.accepted;
    ++server.queued;
    server.queued_peak = std::max(server.queued_peak, server.queued);
    for (EnvelopeRecipient const& recipient : entry.recipients) {
        change(recipient.recipient, Outcome::queued, Reason::none);
        came_[recipient.recipient.index].by = entry.server; // until something is said of it
    }
}

void Tally::see(Instant, MessageDequeued const& event) {
    ++numbers_.events;
    --of(records_.entries[event.entry].server).queued;
}

void Tally::see(Instant, MessageDeferred const& event) {
    ++numbers_.events;
    Deferral const& deferral = records_.deferrals[event.deferral];
    ++of(records_.entries[deferral.entry].server).deferred;
    change(deferral.recipient, Outcome::queued, reason_of(deferral.saying));
    came_[deferral.recipient.index].by = deferral.by;
}

void Tally::see(Instant now, RecipientSettled const& event) {
    ++numbers_.events;
    change(event.recipient, event.outcome, event.reason);
    came_[event.recipient.index].by = event.by;
    if (event.outcome != Outcome::delivered)
        return;
    MessageId const id = records_.recipients[event.recipient].message;
    Message const& message = records_.messages[id];
    if (is_handed_in(message))
        (message.spammer.valid() ? numbers_.spam_delays : numbers_.people_delays).add(now - sent_[id.index]);
}

void Tally::see(Instant, MessageFetched const& event) {
    ++numbers_.events;
    if (!std::exchange(came_[event.recipient.index].fetched, true) &&
        is_handed_in(records_.messages[records_.recipients[event.recipient].message]))
        ++numbers_.fetched;
}

void Tally::check_expectations(MessageId id) {
    Message const& message = records_.messages[id];
    if (concerned_.empty() || !is_handed_in(message))
        return;
    auto const ours = std::equal_range(
        concerned_.begin(), concerned_.end(), Concerned{message.mail, message.spammer, message.population},
        [](Concerned const& a, Concerned const& b) { return a.whose() < b.whose(); });
    for (auto place = ours.first; place != ours.second; ++place) {
        Expectation const& expectation = world_.expectations[place->expectation];
        for (std::uint32_t i = 0; i < message.recipient_count; ++i) {
            RecipientId const recipient{message.first_recipient.index + i};
            if (expectation.to.valid() && records_.recipients[recipient].address != expectation.to)
                continue;
            ++expected_[place->expectation].subjects;
            if (meets_but_for_words(expectation, came_[recipient.index]))
                ++expected_[place->expectation].meeting;
        }
    }
}

void Tally::forget(MessageId id) {
    if (id.index >= sent_.size() || sent_[id.index] == not_in_play)
        return;
    check_expectations(id);
    sent_[id.index] = not_in_play;
}

void Tally::blame_stopped_holders(Instant ended_at) {
    std::optional<Present> at_end;
    for (std::uint32_t i = 0; i < sent_.size(); ++i) {
        if (sent_[i] == not_in_play)
            continue;
        Message const& message = records_.messages[MessageId{i}];
        for (std::uint32_t k = 0; k < message.recipient_count; ++k) {
            RecipientId const id{message.first_recipient.index + k};
            Came const came = came_[id.index];
            if (came.outcome != Outcome::queued || came.reason != Reason::none || !came.by.valid())
                continue;
            if (!at_end)
                at_end.emplace(present_at(world_, ended_at));
            if (at_end->sketch_of(came.by).up)
                came_[id.index].by = {};
            else
                change(id, Outcome::queued, Reason::unreachable);
        }
    }
}

Numbers Tally::result(Instant ended_at, EndedBy ended_by) && {
    blame_stopped_holders(ended_at);
    for (std::uint32_t i = 0; i < sent_.size(); ++i)
        forget(MessageId{i});
    for (std::size_t i = 0; i < expected_.size(); ++i)
        ++(is_met_by(world_.expectations[i], expected_[i].meeting, expected_[i].subjects)
               ? numbers_.expectations.met
               : numbers_.expectations.failed);
    numbers_.ended_at = ended_at;
    numbers_.ended_by = ended_by;
    return std::move(numbers_);
}

Numbers numbers_of(World const& world, Trace const& trace, EndedBy ended_by) {
    Tally tally{world, trace};
    for (Event const& event : trace.events)
        tally.see(event);
    return std::move(tally).result(trace.ended_at, ended_by);
}

} // namespace mailflow
