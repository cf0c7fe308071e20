#include "trace/replay.hpp"

#include "trace/events_by.hpp"

#include <algorithm>

namespace mailflow {

namespace {

/// Few events are soon laid on a keyframe; many keyframes of a long run would need much memory.
constexpr std::size_t shortest_keyframe_distance = 256;
constexpr std::size_t most_keyframes = 1024;
constexpr std::size_t most_keyframe_bytes = 200'000'000;

template<class Element>
std::size_t bytes_of(std::vector<Element> const& elements) {
    return elements.size() * sizeof(Element);
}

std::size_t bytes_of(ReplayState const& state) {
    return sizeof state + bytes_of(state.conversations) + bytes_of(state.refusals) + bytes_of(state.put_off) +
           bytes_of(state.lookups) + bytes_of(state.queued) + bytes_of(state.listed) +
           bytes_of(state.mailboxes) + bytes_of(state.messages);
}

/// One event laid on a state. Every kind of event has its own line, so that a new kind does not compile
/// before somebody has said what it changes.
class Fold {
public:
    Fold(Trace const& trace, ReplayState& state, std::size_t index)
        : trace_(trace)
        , state_(state)
        , index_(index)
        , now_(trace.events[index].at) {
        std::erase_if(state_.lookups, [this](LookupOnTheWay const& lookup) {
            return lookup.crossing.direction == Direction::to_client && !lookup.crossing.on_the_way(now_);
        });
    }

    void operator()(MessageSubmitted const& submitted) { set_out(submitted.message); }

    void operator()(ConnectionOpened const& opened) {
        Session const& session = trace_.sessions[opened.session];
        std::erase_if(state_.put_off, [&](Refusal const& mark) { // it is tried again
            return same_way(mark, session.client, session.server) && mark.message == session.message;
        });
        state_.conversations.push_back({.session = opened.session,
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
        state_.lookups.push_back({sent.lookup, lookup_crossing(sent.lookup, Direction::to_server)});
    }

    void operator()(LookupAnswered const& answered) {
        state_.last_answer = answered.lookup;
        for (LookupOnTheWay& lookup : state_.lookups)
            if (lookup.lookup == answered.lookup)
                lookup.crossing = lookup_crossing(answered.lookup, Direction::to_client);
    }

    void operator()(LookupTimedOut const& timed_out) {
        std::erase_if(state_.lookups,
                      [&](LookupOnTheWay const& lookup) { return lookup.lookup == timed_out.lookup; });
    }

    void operator()(MessageQueued const& queued) {
        state_.queued.push_back({.entry = queued.entry, .deferral = {}, .deferrals = 0});
    }

    void operator()(AliasFollowed const&) {} // the queue entry says where the copies go

    void operator()(MessageDeferred const& deferred) {
        for (QueuedMessage& message : state_.queued)
            if (message.entry == trace_.deferrals[deferred.deferral].entry) {
                message.deferral = deferred.deferral;
                ++message.deferrals;
            }
    }

    void operator()(MessageDequeued const& dequeued) {
        std::erase_if(state_.queued,
                      [&](QueuedMessage const& message) { return message.entry == dequeued.entry; });
    }

    void operator()(MessageFiled const& filed) {
        auto found = mailbox(filed.server, filed.mailbox);
        if (found == state_.mailboxes.end())
            found = state_.mailboxes.insert(found, {filed.server, filed.mailbox, 0, filed.recipient});
        ++found->count;
        found->newest = filed.recipient;
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
        auto const found = mailbox(trace_.checks[removed.check].server, removed.mailbox);
        if (found != state_.mailboxes.end() && found->count > 0)
            --found->count;
    }

    void operator()(MailCheckEnded const&) {}

    void operator()(BounceWritten const& written) { set_out(written.bounce); }
    void operator()(DelayWarningWritten const& written) { set_out(written.warning); }
    void operator()(AddressListed const& listed) { state_.listed.push_back(listed.listing); }
    void operator()(AddressDelisted const& delisted) { std::erase(state_.listed, delisted.listing); }
    void operator()(WorldChanged const& changed) { state_.changes = changed.change.index + 1; }

    void operator()(RecipientSettled const& settled) {
        Recipient const& recipient = trace_.recipients[settled.recipient];
        for (MessageOnTheWay& message : state_.messages)
            if (message.message == recipient.message && message.unsettled > 0)
                --message.unsettled;
        std::erase_if(state_.messages, [](MessageOnTheWay const& message) { return message.unsettled == 0; });
        bool const is_over =
            std::none_of(state_.messages.begin(), state_.messages.end(), [&](MessageOnTheWay const& message) {
                return message.message == recipient.message;
            });
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
    [[nodiscard]] std::vector<MailboxFill>::iterator mailbox(HostId server, AddressId address) {
        return std::find_if(state_.mailboxes.begin(), state_.mailboxes.end(), [&](MailboxFill const& fill) {
            return fill.server == server && fill.address == address;
        });
    }

    Conversation& of(SessionId session) {
        return *std::find_if(state_.conversations.begin(), state_.conversations.end(),
                             [session](Conversation const& c) { return c.session == session; });
    }

    [[nodiscard]] Crossing crossing(SessionId session, Direction direction) const {
        return {index_, direction, now_, now_ + trace_.sessions[session].one_way};
    }

    [[nodiscard]] Crossing lookup_crossing(LookupId lookup, Direction direction) const {
        return {index_, direction, now_, now_ + trace_.lookups[lookup].one_way};
    }

    void set_out(MessageId message) {
        state_.messages.push_back({message, now_, trace_.messages[message].recipient_count});
    }

    /// A conversation that ends is forgotten, unless its envelope was stopped and the mark still tells of it:
    /// of several refusals on a way one conversation is kept, and none of those that a later mail has undone.
    void close(SessionId session) {
        Conversation& conversation = of(session);
        conversation.stage = ConversationStage::closed;
        if (!conversation.refused || state_.refusal_on(session) == nullptr)
            std::erase_if(state_.conversations,
                          [session](Conversation const& c) { return c.session == session; });
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
        std::erase_if(state_.conversations, [session](Conversation const& c) {
            return c.session == session && c.stage == ConversationStage::closed;
        });
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
    ReplayState& state_;
    std::size_t index_;
    Instant now_;
};

void apply_next(Trace const& trace, ReplayState& state) {
    std::visit(Fold{trace, state, state.applied}, trace.events[state.applied].happening);
    ++state.applied;
}

} // namespace

Replay::Replay(Trace const& trace)
    : trace_(trace)
    , keyframe_distance_(std::max(shortest_keyframe_distance, trace.events.size() / most_keyframes)) {
    ReplayState state;
    keyframes_.push_back(state);
    std::size_t bytes = 0;
    while (state.applied < trace_.events.size()) {
        apply_next(trace_, state);
        if (state.applied % keyframe_distance_ != 0)
            continue;
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
        apply_next(trace_, state);
    state.at = now;
    std::erase_if(state.lookups, [now](LookupOnTheWay const& lookup) {
        return lookup.crossing.direction == Direction::to_client && !lookup.crossing.on_the_way(now);
    });
}

} // namespace mailflow
