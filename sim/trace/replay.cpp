#include "trace/replay.hpp"

#include "trace/events_by.hpp"

#include <algorithm>
#include <cassert>
#include <utility>

namespace mailflow {

namespace {

/// Few events are soon laid on a keyframe; many keyframes of a long run would need much memory.
constexpr std::size_t shortest_keyframe_distance = 256;
constexpr std::size_t most_keyframes = 1024;
constexpr std::size_t most_keyframe_bytes = 200'000'000;

template<class Rows>
std::size_t bytes_of(Rows const& rows) {
    return rows.size() * sizeof(typename Rows::value_type);
}

std::size_t bytes_of(ReplayState const& state) {
    return sizeof state + bytes_of(state.conversations) + bytes_of(state.refusals) + bytes_of(state.put_off) +
           bytes_of(state.lookups) + bytes_of(state.queued) + bytes_of(state.listed) +
           bytes_of(state.mailboxes) + bytes_of(state.mailboxes_by_key) + bytes_of(state.messages);
}

/// Answers that have arrived are no longer on the way. None is asked for in between, so that it is enough to
/// look when a state is kept or handed out.
void forget_answered(ReplayState& state, Instant now) {
    state.lookups.erase_if([now](LookupOnTheWay const& lookup) {
        return lookup.crossing.direction == Direction::to_client && !lookup.crossing.on_the_way(now);
    });
}

/// One event laid on a state. Every kind of event has its own line, so that a new kind does not compile
/// before somebody has said what it changes.
class Fold {
public:
    Fold(Trace const& trace, std::vector<std::size_t> const& set_out, ReplayState& state, std::size_t index)
        : trace_(trace)
        , set_out_(set_out)
        , state_(state)
        , index_(index)
        , now_(trace.events[index].at) {}

    void operator()(MessageSubmitted const& submitted) { set_out(submitted.message); }

    void operator()(ConnectionOpened const& opened) {
        Session const& session = trace_.sessions[opened.session];
        std::erase_if(state_.put_off, [&](Refusal const& mark) { // it is tried again
            return same_way(mark, session.client, session.server) && mark.message == session.message;
        });
        state_.conversations.insert({.session = opened.session,
                                     .stage = ConversationStage::calling,
                                     .authenticated = false,
                                     .crossing = crossing(opened.session, Direction::to_server),
                                     .mail_sent = {},
                                     .letter_sent = {},
                                     .taken = false,
                                     .refused = false});
    }

    void operator()(ConnectionEstablished const& established) {
        Conversation& conversation = of(established.session);
        conversation.stage = ConversationStage::open;
        conversation.crossing = crossing(established.session, Direction::to_server);
    }

    void operator()(ConnectionFailed const& failed) { close(failed.session); }

    void operator()(CommandSent const& sent) {
        Conversation& conversation = of(sent.session);
        conversation.crossing = crossing(sent.session, Direction::to_server);
        if (sent.verb == Verb::mail)
            conversation.mail_sent = now_;
        if (sent.verb == Verb::content)
            conversation.letter_sent = now_;
    }

    void operator()(DecisionMade const& made) {
        state_.last_decision = made.decision;
        state_.last_decision_event = index_;
    }

    void operator()(ReplySent const& sent) {
        Conversation& conversation = of(sent.session);
        conversation.crossing = crossing(sent.session, Direction::to_client);
        if (sent.saying == Saying::authenticated)
            conversation.authenticated = true;
        if (sent.saying == Saying::queued) {
            conversation.taken = true;
            forget_refusal(trace_.sessions[sent.session]);
        }
        if (reason_of(sent.saying) == Reason::none)
            return;
        Session const& session = trace_.sessions[sent.session];
        SayingClass const kind = class_of(sent.saying);
        Refusal const refusal{.by = session.server,
                              .client = session.client,
                              .session = sent.session,
                              .message = session.message,
                              .recipient = sent.address,
                              .saying = sent.saying,
                              .at = now_,
                              .is_final = kind == SayingClass::permanent};
        if (kind == SayingClass::permanent) {
            conversation.refused = true;
            refuse(refusal);
        } else if (kind == SayingClass::transient) {
            put_off(refusal);
        }
    }

    void operator()(SessionClosed const& closed) { close(closed.session); }

    void operator()(LookupSent const& sent) {
        state_.lookups.insert({sent.lookup, lookup_crossing(sent.lookup, Direction::to_server)});
    }

    void operator()(LookupAnswered const& answered) {
        state_.last_answer = answered.lookup;
        if (LookupOnTheWay* const lookup = state_.lookups.find(answered.lookup))
            lookup->crossing = lookup_crossing(answered.lookup, Direction::to_client);
    }

    void operator()(LookupTimedOut const& timed_out) { state_.lookups.erase(timed_out.lookup); }

    void operator()(MessageQueued const& queued) {
        state_.queued.insert({.entry = queued.entry, .deferral = {}, .deferrals = 0});
    }

    void operator()(AliasFollowed const&) {} // the queue entry says where the copies go

    void operator()(MessageDeferred const& deferred) {
        if (auto* const message = state_.queued.find(trace_.deferrals[deferred.deferral].entry)) {
            message->deferral = deferred.deferral;
            ++message->deferrals;
        }
    }

    void operator()(MessageDequeued const& dequeued) { state_.queued.erase(dequeued.entry); }

    void operator()(MessageFiled const& filed) {
        auto const place = mailbox(filed.server, filed.mailbox);
        if (!is_there(place, filed.server, filed.mailbox)) {
            state_.mailboxes_by_key.insert(place, static_cast<std::uint32_t>(state_.mailboxes.size()));
            state_.mailboxes.push_back({filed.server, filed.mailbox, 1, filed.recipient});
            return;
        }
        MailboxFill& fill = state_.mailboxes[*place];
        ++fill.count;
        fill.newest = filed.recipient;
    }

    void operator()(MailCheckStarted const&) {}

    void operator()(AccessCommandSent const& sent) {
        Conversation& conversation = of(sent.session);
        conversation.crossing = crossing(sent.session, Direction::to_server);
        if (sent.verb == AccessVerb::web_send)
            conversation.mail_sent = conversation.letter_sent = now_;
    }

    void operator()(AccessReplySent const& sent) {
        Conversation& conversation = of(sent.session);
        conversation.crossing = crossing(sent.session, Direction::to_client);
        if (is_login(sent.answer))
            conversation.authenticated = true;
        if (sent.answer == AccessAnswer::web_sent) {
            conversation.taken = true;
            forget_refusal(trace_.sessions[sent.session]);
        }
    }

    void operator()(MessageFetched const&) {} // a copy; what lies in the mailbox stays there

    void operator()(MessageRemoved const& removed) {
        HostId const server = trace_.checks[removed.check].server;
        auto const place = mailbox(server, removed.mailbox);
        if (is_there(place, server, removed.mailbox) && state_.mailboxes[*place].count > 0)
            --state_.mailboxes[*place].count;
    }

    void operator()(MailCheckEnded const&) {}

    void operator()(BounceWritten const& written) { set_out(written.bounce); }
    void operator()(DelayWarningWritten const& written) { set_out(written.warning); }
    void operator()(AddressListed const& listed) { state_.listed.push_back(listed.listing); }
    void operator()(AddressDelisted const& delisted) { std::erase(state_.listed, delisted.listing); }
    void operator()(WorldChanged const& changed) { state_.changes = changed.change.index + 1; }

    void operator()(RecipientSettled const& settled) {
        Recipient const& recipient = trace_.recipients[settled.recipient];
        MessageOnTheWay* const message = state_.messages.find(set_out_[recipient.message.index]);
        bool const is_over = message == nullptr || --message->unsettled == 0;
        if (message != nullptr && is_over)
            state_.messages.erase(message->event);
        std::erase_if(state_.put_off, [&](Refusal const& mark) {
            return mark.message == recipient.message && (is_over || mark.recipient == recipient.address);
        });
        bool const served = settled.outcome == Outcome::delivered || settled.outcome == Outcome::queued;
        if (served || is_marked(settled))
            return;
        HostId const client = settled.session.valid() ? trace_.sessions[settled.session].client : settled.by;
        bool const never_left =
            settled.saying == Saying::connection_blocked || settled.saying == Saying::no_route;
        bool const is_said_to_client = settled.outcome == Outcome::refused && !is_diagnosis(settled.saying);
        refuse({.by = never_left ? client : settled.by,
                .client = client,
                .session = settled.session,
                .message = recipient.message,
                .recipient = recipient.address,
                .saying = settled.saying,
                .at = now_,
                .is_final = !is_said_to_client || class_of(settled.saying) == SayingClass::permanent});
    }

private:
    using MailboxPlace = std::vector<std::uint32_t>::const_iterator;

    /// Where the mailbox stands among those in the order of server and address, or would stand.
    [[nodiscard]] MailboxPlace mailbox(HostId server, AddressId address) const {
        return std::partition_point(state_.mailboxes_by_key.cbegin(), state_.mailboxes_by_key.cend(),
                                    [&, key = std::pair{server, address}](std::uint32_t n) {
                                        MailboxFill const& fill = state_.mailboxes[n];
                                        return std::pair{fill.server, fill.address} < key;
                                    });
    }
    [[nodiscard]] bool is_there(MailboxPlace place, HostId server, AddressId address) const {
        return place != state_.mailboxes_by_key.cend() && state_.mailboxes[*place].server == server &&
               state_.mailboxes[*place].address == address;
    }

    Conversation& of(SessionId session) {
        Conversation* const conversation = state_.conversations.find(session);
        assert(conversation != nullptr);
        return *conversation;
    }

    [[nodiscard]] Crossing crossing(SessionId session, Direction direction) const {
        return {index_, direction, now_, now_ + trace_.sessions[session].one_way};
    }

    [[nodiscard]] Crossing lookup_crossing(LookupId lookup, Direction direction) const {
        return {index_, direction, now_, now_ + trace_.lookups[lookup].one_way};
    }

    void set_out(MessageId message) {
        state_.messages.insert({index_, message, now_, trace_.messages[message].recipient_count});
    }

    /// A conversation that ends is forgotten, unless its envelope was stopped and the mark still tells of it:
    /// of several refusals on a way one conversation is kept, and none of those that a later mail has undone.
    void close(SessionId session) {
        Conversation& conversation = of(session);
        conversation.stage = ConversationStage::closed;
        if (!conversation.refused || state_.refusal_on(session) == nullptr)
            state_.conversations.erase(session);
    }

    /// Whether the reply that settled it has its mark already, as this or among others of its way.
    [[nodiscard]] bool is_marked(RecipientSettled const& settled) const {
        if (!settled.session.valid())
            return false;
        bool const replied =
            class_of(settled.saying) == SayingClass::permanent && reason_of(settled.saying) != Reason::none;
        Session const& session = trace_.sessions[settled.session];
        return state_.refusal_on(settled.session) != nullptr ||
               (replied &&
                std::any_of(state_.refusals.begin(), state_.refusals.end(), [&](Refusal const& mark) {
                    return same_way(mark, session.client, session.server);
                }));
    }

    /// To which server it was: what did not come there is marked at the client itself.
    [[nodiscard]] HostId goal_of(Refusal const& refusal) const {
        bool const stayed = refusal.by == refusal.client && refusal.session.valid();
        return stayed ? trace_.sessions[refusal.session].server : refusal.by;
    }
    [[nodiscard]] bool same_way(Refusal const& refusal, HostId client, HostId server) const {
        return refusal.client == client && goal_of(refusal) == server;
    }

    void drop_stopped_conversation(SessionId session) {
        Conversation const* const conversation = state_.conversation(session);
        if (conversation != nullptr && conversation->stage == ConversationStage::closed)
            state_.conversations.erase(session);
    }

    void forget_refusal(Session const& session) {
        for (Refusal const& refusal : state_.refusals)
            if (same_way(refusal, session.client, session.server) && refusal.message != session.message)
                drop_stopped_conversation(refusal.session);
        std::erase_if(state_.refusals, [&](Refusal const& refusal) {
            return same_way(refusal, session.client, session.server) && refusal.message != session.message;
        });
    }

    void forget_put_off(HostId client, HostId server) {
        std::erase_if(state_.put_off, [&](Refusal const& mark) { return same_way(mark, client, server); });
    }

    void put_off(Refusal const& mark) {
        forget_put_off(mark.client, mark.by);
        state_.put_off.push_back(mark);
    }

    /// One mark for each way between two machines.
    void refuse(Refusal refusal) {
        forget_put_off(refusal.client, goal_of(refusal));
        auto const place =
            std::find_if(state_.refusals.begin(), state_.refusals.end(), [&](Refusal const& earlier) {
                return same_way(earlier, refusal.client, goal_of(refusal));
            });
        if (place != state_.refusals.end()) {
            SessionId const earlier = place->session;
            refusal = merged(*place, refusal);
            state_.refusals.erase(place);
            if (earlier != refusal.session)
                drop_stopped_conversation(earlier);
        }
        state_.refusals.push_back(refusal);
    }

    Trace const& trace_;
    std::vector<std::size_t> const& set_out_;
    ReplayState& state_;
    std::size_t index_;
    Instant now_;
};

/// For each message the event with which it set out; of one that did not, a number behind them all.
std::vector<std::size_t> setting_out(Trace const& trace) {
    std::vector<std::size_t> events(trace.messages.size(), trace.events.size());
    for (std::size_t i = 0; i < trace.events.size(); ++i) {
        auto const note = [&](MessageId message) { events[message.index] = i; };
        std::visit(Overloaded{[&](MessageSubmitted const& e) { note(e.message); },
                              [&](BounceWritten const& e) { note(e.bounce); },
                              [&](DelayWarningWritten const& e) { note(e.warning); }, [](auto const&) {}},
                   trace.events[i].happening);
    }
    return events;
}

} // namespace

Replay::Replay(Trace const& trace)
    : trace_(trace)
    , set_out_(setting_out(trace))
    , keyframe_distance_(std::max(shortest_keyframe_distance, trace.events.size() / most_keyframes)) {
    ReplayState state;
    keyframes_.push_back(state);
    std::size_t bytes = 0;
    while (state.applied < trace_.events.size()) {
        apply_next(state);
        if (state.applied % keyframe_distance_ != 0)
            continue;
        forget_answered(state, trace_.events[state.applied - 1].at);
        keyframes_.push_back(state);
        bytes += bytes_of(state);
        while (bytes > most_keyframe_bytes && keyframes_.size() > 2) { // half as many, twice as far apart
            bytes = 0;
            std::size_t kept = 0;
            for (std::size_t i = 0; i < keyframes_.size(); i += 2, ++kept) {
                if (i != kept)
                    keyframes_[kept] = std::move(keyframes_[i]);
                bytes += bytes_of(keyframes_[kept]);
            }
            keyframes_.resize(kept);
            keyframe_distance_ *= 2;
        }
    }
}

ReplayState Replay::at(Instant now) const {
    ReplayState state = keyframes_[events_by(trace_, now) / keyframe_distance_];
    carry_on(state, now);
    return state;
}

void Replay::carry_on(ReplayState& state, Instant now) const {
    std::size_t const count = events_by(trace_, now);
    if (state.applied > count || count - state.applied > keyframe_distance_ || now < state.at)
        state = keyframes_[count / keyframe_distance_];
    while (state.applied < count)
        apply_next(state);
    state.at = now;
    forget_answered(state, now);
}

void Replay::apply_next(ReplayState& state) const {
    std::visit(Fold{trace_, set_out_, state, state.applied}, trace_.events[state.applied].happening);
    ++state.applied;
}

} // namespace mailflow
