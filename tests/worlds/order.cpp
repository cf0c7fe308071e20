// Time runs forwards, and what has an order happens in it; nothing goes on for ever.
#include "worlds/properties.hpp"

#include <fmt/format.h>

#include <map>

namespace mailflow::worlds {

namespace {

std::string time_runs_forwards(Played const& played) {
    Instant now{};
    for (Event const& event : played.trace.events) {
        if (event.at < now)
            return fmt::format("{} ns comes after {} ns", event.at.since_start.count(),
                               now.since_start.count());
        now = event.at;
    }
    if (played.trace.ended_at < now)
        return "something happens after the end";
    return played.trace.ended_at.since_start > played.world.until ? "the run is longer than it may be" : "";
}

/// How far something has come that begins once and ends at most once.
enum class Stage : std::uint8_t { before, begun, open, ended };

/// Follows sessions, queue entries, look-ups and looks for mail from stage to stage.
class Stages {
public:
    explicit Stages(Trace const& trace)
        : trace_{trace}
        , sessions_(trace.sessions.size())
        , entries_(trace.entries.size())
        , lookups_(trace.lookups.size())
        , checks_(trace.checks.size())
        , messages_(trace.messages.size()) {}

    std::string trouble() {
        for (std::size_t n = 0; n < trace_.events.size() && trouble_.empty(); ++n) {
            at_ = n;
            std::visit([this](auto const& happening) { follow(happening); }, trace_.events[n].happening);
        }
        return trouble_;
    }

private:
    void expect(Stage is, Stage wanted, std::string_view what) {
        if (is != wanted)
            trouble_ = fmt::format("event {}: {} out of turn", at_, what);
    }
    void step(Stage& stage, Stage from, Stage to, std::string_view what) {
        expect(stage, from, what);
        stage = to;
    }
    void end(Stage& stage, std::string_view what) {
        if (stage != Stage::begun && stage != Stage::open)
            trouble_ = fmt::format("event {}: {} out of turn", at_, what);
        stage = Stage::ended;
    }

    void follow(MessageSubmitted const& e) {
        step(messages_[e.message.index], Stage::before, Stage::begun, "a submission");
    }
    void follow(ConnectionOpened const& e) {
        step(sessions_[e.session.index], Stage::before, Stage::begun, "a call");
    }
    void follow(ConnectionEstablished const& e) {
        step(sessions_[e.session.index], Stage::begun, Stage::open, "a connection");
    }
    void follow(ConnectionFailed const& e) { end(sessions_[e.session.index], "a failure"); }
    void follow(SessionClosed const& e) { end(sessions_[e.session.index], "a hanging up"); }
    void follow(CommandSent const& e) { expect(sessions_[e.session.index], Stage::open, "a command"); }
    void follow(ReplySent const& e) { expect(sessions_[e.session.index], Stage::open, "a reply"); }
    void follow(AccessCommandSent const& e) { expect(sessions_[e.session.index], Stage::open, "a command"); }
    void follow(AccessReplySent const& e) { expect(sessions_[e.session.index], Stage::open, "an answer"); }
    void follow(LookupSent const& e) {
        step(lookups_[e.lookup.index], Stage::before, Stage::open, "a question");
    }
    void follow(LookupAnswered const& e) {
        bool const cached = trace_.lookups[e.lookup].cached;
        step(lookups_[e.lookup.index], cached ? Stage::before : Stage::open, Stage::ended, "an answer");
    }
    void follow(LookupTimedOut const& e) { end(lookups_[e.lookup.index], "a time-out"); }
    void follow(MessageQueued const& e) {
        step(entries_[e.entry.index], Stage::before, Stage::open, "queueing");
    }
    void follow(AliasFollowed const& e) { expect(entries_[e.entry.index], Stage::open, "an alias"); }
    void follow(MessageDeferred const& e) {
        expect(entries_[trace_.deferrals[e.deferral].entry.index], Stage::open, "a deferral");
        if (trace_.deferrals[e.deferral].next_try < trace_.events[at_].at)
            trouble_ = fmt::format("event {}: the next try is in the past", at_);
    }
    void follow(MessageDequeued const& e) { end(entries_[e.entry.index], "leaving the queue"); }
    void follow(BounceWritten const& e) { expect(entries_[e.about.index], Stage::open, "a bounce"); }
    void follow(DelayWarningWritten const& e) { expect(entries_[e.about.index], Stage::open, "a warning"); }
    void follow(MailCheckStarted const& e) {
        step(checks_[e.check.index], Stage::before, Stage::open, "a look for mail");
    }
    void follow(MailCheckEnded const& e) { end(checks_[e.check.index], "the end of a look for mail"); }
    void follow(DecisionMade const&) {}
    void follow(MessageFiled const&) {}
    void follow(MessageFetched const&) {}
    void follow(MessageRemoved const&) {}
    void follow(AddressListed const&) {}
    void follow(AddressDelisted const&) {}
    void follow(WorldChanged const& e) {
        if (e.change.index != changes_++)
            trouble_ = fmt::format("event {}: a change out of turn", at_);
    }
    void follow(RecipientSettled const&) {}

    Trace const& trace_;
    std::vector<Stage> sessions_;
    std::vector<Stage> entries_;
    std::vector<Stage> lookups_;
    std::vector<Stage> checks_;
    std::vector<Stage> messages_;
    std::uint32_t changes_ = 0;
    std::size_t at_ = 0;
    std::string trouble_;
};

/// More hops than any software lets a message make.
constexpr std::uint32_t most_hops = 101;

std::string nothing_circles(Played const& played) {
    Trace const& trace = played.trace;
    std::map<RecipientId, std::size_t> entries;
    for (QueueEntry const& entry : trace.entries) {
        if (entry.received_lines > most_hops)
            return fmt::format("message {} has {} stamps", entry.message.index, entry.received_lines);
        for (EnvelopeRecipient const& recipient : entry.recipients)
            if (++entries[recipient.recipient] > most_hops)
                return fmt::format("recipient {} has been in {} queues", recipient.recipient.index,
                                   most_hops);
    }
    for (Message const& message : trace.messages)
        if (message.about.valid() && !is_handed_in(trace.messages[trace.entries[message.about].message]))
            return "a letter about a letter that a server wrote";
    return {};
}

} // namespace

std::vector<Property> order_properties() {
    return {
        {"time never runs backwards", time_runs_forwards},
        {"everything begins before it ends, and ends once",
         [](Played const& played) { return Stages{played.trace}.trouble(); }},
        {"no mail circles for ever", nothing_circles},
    };
}

} // namespace mailflow::worlds
