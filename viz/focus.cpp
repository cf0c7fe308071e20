#include "viz/focus.hpp"

#include "report/advice/refused_spam.hpp"
#include "viz/shown/filter.hpp"
#include "viz/shown/saying_no.hpp"

#include <algorithm>

namespace mailflow::viz {

namespace {

/// Far enough back for any moment; a run without sessions is not walked to its beginning in each frame.
constexpr std::size_t most_looked_back = 20'000;

class Finder {
public:
    Finder(Frame const& frame, Instant now)
        : frame_(frame)
        , trace_(frame.trace)
        , lists_(frame.lists)
        , now_(now) {}

    [[nodiscard]] Focus on(DecisionId id) const {
        DecisionRecord const& record = trace_.decisions[id];
        Session const& session = trace_.sessions[record.session];
        Focus focus{.session = record.session, .decision = id, .message = session.message};
        focus.line = answer_to(id);
        // What the client said, which is how the message has it, whatever the server read out of that.
        AddressId said{};
        if (focus.line != never && record.recipient.valid())
            said = std::get<ReplySent>(trace_.events[focus.line].happening).address;
        if (record.decision.verdict == Verdict::refuse)
            advise_on(focus, said.valid() ? said : record.recipient);
        return focus;
    }

    /// A conversation: of its decisions the one that refused, else the newest.
    [[nodiscard]] Focus on(SessionId id) const {
        Focus focus{.session = id, .message = trace_.sessions[id].message};
        for (EventNumber const number : happened(lists_.of(id), frame_.state.applied)) {
            auto const* const made = std::get_if<DecisionMade>(&trace_.events[number].happening);
            if (made == nullptr || is_trivial(trace_.decisions[made->decision].decision))
                continue;
            bool const refused = focus.decision.valid() &&
                                 trace_.decisions[focus.decision].decision.verdict == Verdict::refuse;
            if (!refused)
                focus.decision = made->decision;
        }
        return focus.decision.valid() ? on(focus.decision) : focus;
    }

    [[nodiscard]] Focus on(Refusal const& refusal) const {
        if (!refusal.session.valid()) {
            Focus focus{.message = refusal.message};
            advise_on(focus, refusal.recipient);
            return focus;
        }
        DecisionId refused{}; // the answer to a command comes before the next one is decided about
        for (EventNumber const number : lists_.of(refusal.session)) {
            Happening const& happening = trace_.events[number].happening;
            if (auto const* made = std::get_if<DecisionMade>(&happening)) {
                if (trace_.decisions[made->decision].decision.verdict == Verdict::refuse)
                    refused = made->decision;
            } else if (auto const* sent = std::get_if<ReplySent>(&happening)) {
                if (refused.valid() && (!refusal.recipient.valid() || sent->address == refusal.recipient ||
                                        trace_.decisions[refused].recipient == refusal.recipient))
                    return on(refused);
                refused = {};
            }
        }
        Focus focus{.session = refusal.session, .message = refusal.message};
        for (EventNumber const number : lists_.of(refusal.session))
            if (auto const* sent = std::get_if<ReplySent>(&trace_.events[number].happening))
                if (sent->saying == refusal.saying && focus.line == never)
                    focus.line = number;
        advise_on(focus, refusal.recipient);
        return focus;
    }

    /// A line of the dialogue: with the decision that it tells of, where there is one.
    [[nodiscard]] Focus on(EventSubject subject) const {
        Event const& event = trace_.events[subject.event];
        About const told = about(frame_.world, trace_, event);
        Focus focus{.session = told.session, .message = told.message};
        if (auto const* sent = std::get_if<ReplySent>(&event.happening)) {
            DecisionId decision{};
            for (EventNumber const number : happened(lists_.of(told.session), subject.event))
                if (auto const* made = std::get_if<DecisionMade>(&trace_.events[number].happening)) {
                    if (trace_.events[number].at == event.at &&
                        !(decision.valid() && is_trivial(trace_.decisions[made->decision].decision)))
                        decision = made->decision;
                } else if (std::holds_alternative<ReplySent>(trace_.events[number].happening)) {
                    decision = {}; // that was the answer to the command before
                }
            focus.line = subject.event;
            if (decision.valid())
                focus = on(decision);
            else if (is_negative(sent->saying))
                advise_on(focus, sent->address); // on a refused login, for instance
        }
        focus.line = subject.event;
        return focus;
    }

    [[nodiscard]] Focus now() const {
        if (Refusal const* const said = said_no_now())
            return on(*said);
        if (EventNumber const reply = unmarked_refusal_now(); reply != never)
            return on(EventSubject{reply});
        Newest const newest = newest_talk();
        if (newest.silent_about) {
            Focus focus{.message = *newest.silent_about, .silent = true};
            if (focus.message.valid())
                advise_on_waiting(focus);
            return focus;
        }
        SessionId const session = newest.session;
        DecisionId const decided = newest_decision();
        Refusal const* const refusal =
            frame_.state.refusals.empty() || is_past(session) ? nullptr : &frame_.state.refusals.back();
        if (refusal != nullptr && !is_outdone(*refusal, decided))
            return on(*refusal);
        if (decided.valid() && (!session.valid() || trace_.decisions[decided].session == session))
            return on_decided(decided);
        if (session.valid()) // others may have decided since, in conversations beside it
            return on_talk(session);
        Focus focus;
        if (refusal == nullptr)
            advise_on_waiting(focus);
        return focus;
    }

    /// The advice on the message: on the first of its recipients that was not served.
    [[nodiscard]] Focus on_message(MessageId id) const {
        Focus focus{.message = id};
        advise_on(focus, {});
        for (QueuedMessage const& queued : frame_.state.queued)
            if (!focus.advice && queued.deferral.valid() && trace_.entries[queued.entry].message == id)
                focus.advice =
                    advise(frame_.world, trace_, as_if_settled(trace_.deferrals[queued.deferral]), now_);
        return focus;
    }

private:
    /// What was talked of last: a conversation; or, when something has set out since and nobody talks, that.
    struct Newest {
        SessionId session{};
        std::optional<MessageId> silent_about{}; // none of the trace: mail is looked for
    };

    /// What was said at this very moment, whoever else talks: the caption tells of it, too.
    [[nodiscard]] Refusal const* said_no_now() const {
        for (std::vector<Refusal> const* const said : {&frame_.state.refusals, &frame_.state.put_off})
            if (!said->empty() && said->back().at == trace_.events[frame_.state.applied - 1].at)
                return &said->back();
        return nullptr;
    }

    /// The reply of this very moment that said no to something else than a message: it has no mark.
    [[nodiscard]] EventNumber unmarked_refusal_now() const {
        std::size_t const applied = frame_.state.applied;
        for (std::size_t i = applied; i-- > 0 && trace_.events[i].at == trace_.events[applied - 1].at;)
            if (auto const* const sent = std::get_if<ReplySent>(&trace_.events[i].happening);
                sent != nullptr && mark_of(trace_, trace_.events[i]) == Mark::refused)
                return static_cast<EventNumber>(i);
        return never;
    }

    /// Whether the newest refusal is a thing of the past: another conversation has begun since.
    [[nodiscard]] bool is_past(SessionId session) const {
        if (frame_.state.refusals.empty() || !session.valid())
            return false;
        Refusal const& refusal = frame_.state.refusals.back();
        std::span<EventNumber const> const events = lists_.of(session);
        return session != refusal.session && !events.empty() &&
               trace_.events[events.front()].at >= refusal.at;
    }

    /// What was decided in the newest conversation, with the advice on its message where that waits.
    [[nodiscard]] Focus on_decided(DecisionId id) const {
        Focus focus = on(id);
        if (!focus.advice)
            advise_on_waiting(focus);
        return focus;
    }
    [[nodiscard]] Focus on_talk(SessionId id) const {
        Focus focus = on(id);
        if (!focus.advice)
            advise_on_waiting(focus);
        return focus;
    }

    /// Whether a decision that came after the refusal deserves the panel: for as long as its answer is under
    /// way, and longer when it is about another message.
    [[nodiscard]] bool is_outdone(Refusal const& refusal, DecisionId decided) const {
        if (!decided.valid())
            return false;
        DecisionRecord const& record = trace_.decisions[decided];
        Session const& session = trace_.sessions[record.session];
        Instant const at = trace_.events[frame_.state.last_decision_event].at;
        if (record.decision.verdict == Verdict::refuse || at < refusal.at)
            return false;
        return session.message != refusal.message || now_ < at + 2 * session.one_way;
    }

    [[nodiscard]] DecisionId newest_decision() const {
        auto const made = happened(lists_.telling(), frame_.state.applied);
        return made.empty() ? DecisionId{}
                            : std::get<DecisionMade>(trace_.events[made.back()].happening).decision;
    }

    [[nodiscard]] bool is_going_on(SessionId session) const {
        Conversation const* const talk = frame_.state.conversation(session);
        return talk != nullptr && talk->stage != ConversationStage::closed;
    }

    /// A mail program that looks for mail is spoken of while it does; afterwards the mail before it is again.
    [[nodiscard]] Newest newest_talk() const {
        bool const quiet =
            std::none_of(frame_.state.conversations.begin(), frame_.state.conversations.end(),
                         [](Conversation const& talk) { return talk.stage != ConversationStage::closed; });
        Newest newest;
        std::optional<MessageId> begun; // the newest thing that set out or was asked for
        std::size_t const end = frame_.state.applied;
        for (std::size_t i = end; i-- > end - std::min(end, most_looked_back);) {
            Event const& event = trace_.events[i];
            About const told = about(frame_.world, trace_, event);
            if (!told.session.valid()) {
                auto const* const asked = std::get_if<LookupSent>(&event.happening);
                bool const of_check = asked != nullptr && trace_.lookups[asked->lookup].check.valid();
                bool const under_way = asked != nullptr && is_asking(asked->lookup);
                bool const sets_out = std::holds_alternative<MessageSubmitted>(event.happening) ||
                                      (asked != nullptr && (!of_check || under_way));
                bool const has_ended = // without a word
                    !frame_.state.refusals.empty() && frame_.state.refusals.back().at >= event.at;
                if (quiet && sets_out && !begun && !has_ended)
                    begun = told.message;
                continue;
            }
            if (trace_.sessions[told.session].check.valid() && !is_going_on(told.session)) {
                if (!newest.session.valid())
                    newest.session = told.session;
                continue;
            }
            newest.session = told.session;
            break;
        }
        if (begun && newest.session.valid() &&
            !is_same_story(*begun, trace_.sessions[newest.session].message))
            newest.silent_about = begun;
        return newest;
    }

    [[nodiscard]] bool is_asking(LookupId lookup) const {
        return std::any_of(frame_.state.lookups.begin(), frame_.state.lookups.end(),
                           [&](LookupOnTheWay const& asked) { return asked.lookup == lookup; });
    }

    /// Whether both are one message with the bounces and warnings that come of it.
    [[nodiscard]] bool is_same_story(MessageId a, MessageId b) const {
        return a.valid() && b.valid() && root_of(trace_, a) == root_of(trace_, b);
    }

    /// The reply that tells the client what was decided.
    [[nodiscard]] EventNumber answer_to(DecisionId id) const {
        DecisionRecord const& record = trace_.decisions[id];
        bool decided = false;
        for (EventNumber const number : lists_.of(record.session)) {
            Happening const& happening = trace_.events[number].happening;
            if (auto const* made = std::get_if<DecisionMade>(&happening))
                decided = decided || made->decision == id;
            else if (decided && std::holds_alternative<ReplySent>(happening))
                return number;
        }
        return never;
    }

    void advise_on(Focus& focus, AddressId recipient) const {
        if (!focus.message.valid())
            return;
        advise_on_settled(focus, recipient);
        if (!focus.advice)
            advise_on_deferral(focus, recipient);
    }

    /// Of a recipient that was put off in the conversation, served later or not.
    void advise_on_deferral(Focus& focus, AddressId recipient) const {
        if (!focus.session.valid())
            return;
        for (EventNumber const number : lists_.of(focus.message)) {
            auto const* const made = std::get_if<MessageDeferred>(&trace_.events[number].happening);
            if (made == nullptr)
                continue;
            Deferral const& deferral = trace_.deferrals[made->deferral];
            bool const of_another =
                recipient.valid() && trace_.recipients[deferral.recipient].address != recipient;
            if (deferral.session != focus.session || of_another)
                continue;
            focus.advice =
                is_of_population(focus.message)
                    ? answer(as_if_settled(deferral), trace_.events[number].at)
                    : advise(frame_.world, trace_, as_if_settled(deferral), trace_.events[number].at);
            return;
        }
    }

    [[nodiscard]] bool is_of_population(MessageId id) const {
        return trace_.messages[root_of(trace_, id)].kind == MessageKind::crowd;
    }

    /// Who has to mend it, of a recipient that was settled or put off then.
    [[nodiscard]] std::optional<Advice> answer(RecipientSettled const& settled, Instant at) const {
        if (is_of_population(trace_.recipients[settled.recipient].message))
            return advise_on_population(frame_.world, trace_, settled, at);
        auto const advice = advise(frame_.world, trace_, settled, std::max(now_, at));
        return advice ? advice : advise_on_refused_spam(frame_.world, trace_, settled);
    }

    void advise_on_settled(Focus& focus, AddressId recipient) const {
        Message const& message = trace_.messages[focus.message];
        for (std::uint32_t i = 0; i < message.recipient_count; ++i) {
            RecipientId const id{message.first_recipient.index + i};
            EventNumber const number = lists_.settling(id);
            if (number == never || (recipient.valid() && trace_.recipients[id].address != recipient))
                continue;
            auto const& settled = std::get<RecipientSettled>(trace_.events[number].happening);
            if (settled.outcome == Outcome::delivered)
                continue;
            // From the moment of the refusal on, which comes before the client knows of it.
            bool const known = number < frame_.state.applied || focus.decision.valid() || focus.line != never;
            if (!known)
                continue;
            focus.settling = number;
            focus.advice = answer(settled, trace_.events[number].at);
            return;
        }
    }

    /// On the message that is spoken of, where it waits; where none is, on the first that does. One that is
    /// just being tried again does not.
    void advise_on_waiting(Focus& focus) const {
        for (QueuedMessage const& queued : frame_.state.queued)
            if (queued.deferral.valid() && !frame_.state.in_conversation(trace_, queued.entry) &&
                (!focus.message.valid() || trace_.entries[queued.entry].message == focus.message)) {
                focus.advice =
                    advise(frame_.world, trace_, as_if_settled(trace_.deferrals[queued.deferral]), now_);
                return;
            }
    }

    Frame const& frame_;
    Trace const& trace_;
    Lists const& lists_;
    Instant now_;
};

/// Whatever happens now, as far as the filter shows it; else the newest of what it shows.
Focus shown_of(Frame const& frame, ViewState const& view, Finder const& finder) {
    Focus focus = finder.now();
    Filter const& filter = view.filter;
    if (filter.shows_all())
        return focus;
    bool const hidden = focus.session.valid()
                            ? !passes(filter, frame.trace, frame.trace.sessions[focus.session])
                            : !passes(filter, frame.trace, focus.message);
    if (!hidden)
        return focus;
    auto const row = current_row(frame.trace, frame.rows, frame.state.applied);
    return row ? finder.on(EventSubject{frame.rows.all()[*row].event}) : Focus{};
}

} // namespace

Focus focus_of(Frame const& frame, ViewState const& view) {
    Finder const finder{frame, view.now};
    Predicting const& predicting = view.predicting;
    bool const is_foretold = predicting.said && *predicting.question < frame.lists.questions().size();
    if (is_foretold && std::holds_alternative<std::monostate>(view.subject)) { // what the verdict is about
        RecipientQuestion const& asked = frame.lists.questions()[*predicting.question];
        return asked.decides.valid() ? finder.on(asked.decides) : finder.on(EventSubject{asked.reply});
    }
    if (still_to_come(frame, view.subject))
        return {};
    return std::visit(Overloaded{[&](std::monostate) { return shown_of(frame, view, finder); },
                                 [&](HostId) { return Focus{}; }, [&](LookupId) { return Focus{}; },
                                 [&](DnsSubject) { return Focus{}; },
                                 [&](MessageId message) { return finder.on_message(message); },
                                 [&](auto subject) { return finder.on(subject); }},
                      view.subject);
}

} // namespace mailflow::viz
