// Whether a trace that somebody else may have made is one that a run can leave behind, as far as its readers
// rely on it: what belongs together refers to each other, and things happen only to what has begun and is not
// over. Not whether it is the true one: for that, run the scenario again.
#pragma once

#include "trace/trace.hpp"

#include <vector>

namespace mailflow::saved {

class Consistency {
public:
    /// Every id in the tables names a row already (saved/reader.hpp).
    Consistency(World const& world, Records& records);

    /// Holds the tables against each other and against the world, and makes the decisions again, which are
    /// pure functions of their questions. To be asked once, before the events.
    [[nodiscard]] bool of_tables();
    /// Holds the next event against the tables and against those before it.
    [[nodiscard]] bool of_next(Event const& event);

private:
    enum class Stage : std::uint8_t { before, going_on, over };

    [[nodiscard]] bool is_server(HostId host) const { return mailflow::is_server(world_, host); }
    [[nodiscard]] bool fits(MessageId id) const;
    [[nodiscard]] bool fits(Session const& session) const;
    [[nodiscard]] bool comes_from_earlier(QueueEntry const& entry, std::size_t number) const;
    [[nodiscard]] bool decide_again(DecisionRecord& record) const;
    [[nodiscard]] bool begin(MessageId id);
    [[nodiscard]] bool has_begun(RecipientId recipient) const;
    [[nodiscard]] bool is_open(SessionId session) const;
    [[nodiscard]] bool holds_mail(SessionId session) const;
    [[nodiscard]] bool steps(Stage& stage, Stage from, Stage to) const;

    [[nodiscard]] bool see(MessageSubmitted const& e) {
        return is_handed_in(records_.messages[e.message]) && begin(e.message);
    }
    [[nodiscard]] bool see(ConnectionOpened const& e);
    [[nodiscard]] bool see(ConnectionEstablished const& e) { return is_open(e.session); }
    [[nodiscard]] bool see(ConnectionFailed const& e);
    [[nodiscard]] bool see(CommandSent const& e);
    [[nodiscard]] bool see(DecisionMade const& e) { return is_open(records_.decisions[e.decision].session); }
    [[nodiscard]] bool see(ReplySent const& e);
    [[nodiscard]] bool see(SessionClosed const& e);
    [[nodiscard]] bool see(LookupSent const&) { return true; }
    [[nodiscard]] bool see(LookupAnswered const&) { return true; }
    [[nodiscard]] bool see(LookupTimedOut const&) { return true; }
    [[nodiscard]] bool see(MessageQueued const& e);
    [[nodiscard]] bool see(AliasFollowed const& e) { return has_begun(e.recipient); }
    [[nodiscard]] bool see(MessageDeferred const& e) {
        return has_begun(records_.deferrals[e.deferral].recipient);
    }
    [[nodiscard]] bool see(MessageDequeued const& e);
    [[nodiscard]] bool see(MessageFiled const& e) { return has_begun(e.recipient) && is_server(e.server); }
    [[nodiscard]] bool see(BounceWritten const& e);
    [[nodiscard]] bool see(DelayWarningWritten const& e);
    [[nodiscard]] bool see(AddressListed const&) { return true; }
    [[nodiscard]] bool see(AddressDelisted const&) { return true; }
    [[nodiscard]] bool see(WorldChanged const& e) { return e.change.index == changes_++; }
    [[nodiscard]] bool see(RecipientSettled const& e);
    [[nodiscard]] bool see(MailCheckStarted const&) { return true; }
    [[nodiscard]] bool see(AccessCommandSent const& e);
    [[nodiscard]] bool see(AccessReplySent const& e);
    [[nodiscard]] bool see(MessageFetched const& e) { return has_begun(e.recipient); }
    [[nodiscard]] bool see(MessageRemoved const& e) { return has_begun(e.recipient); }
    [[nodiscard]] bool see(MailCheckEnded const&) { return true; }

    World const& world_;
    Records& records_;
    std::vector<bool> begun_; // messages
    std::vector<Stage> sessions_;
    std::vector<Stage> entries_;
    std::vector<bool> settled_; // recipients
    std::uint32_t changes_ = 0;
    Instant now_;
};

} // namespace mailflow::saved
