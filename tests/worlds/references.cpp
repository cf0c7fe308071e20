// Every number in a trace names a row that is there.
#include "worlds/properties.hpp"

#include <fmt/format.h>

namespace mailflow::worlds {

namespace {

/// Counts what points nowhere, and keeps the first.
class References {
public:
    explicit References(Played const& played) : world_{played.world}, trace_{played.trace} {}

    std::string trouble() {
        tables();
        for (at_ = 0; at_ < trace_.events.size(); ++at_)
            std::visit([this](auto const& happening) { check(happening); }, trace_.events[at_].happening);
        return trouble_;
    }

private:
    template<class Id, class Rows>
    void must(Id id, Rows const& rows, std::string_view what) {
        if (trouble_.empty() && id.index >= rows.size())
            trouble_ = fmt::format("event {}: there is no {} {}", at_, what, id.index);
    }
    template<class Id, class Rows>
    void may(Id id, Rows const& rows, std::string_view what) {
        if (id.valid())
            must(id, rows, what);
    }
    void address(AddressId id, bool needed) {
        if (trouble_.empty() && (needed || id.valid()) && id.index >= world_.book.mark().addresses)
            trouble_ = fmt::format("event {}: there is no address {}", at_, id.index);
    }

    void session(SessionId id) { must(id, trace_.sessions, "session"); }
    void message(MessageId id) { must(id, trace_.messages, "message"); }
    void recipient(RecipientId id) { must(id, trace_.recipients, "recipient"); }
    void entry(QueueEntryId id) { must(id, trace_.entries, "queue entry"); }
    void host(HostId id) { must(id, world_.hosts, "host"); }
    void check_id(MailCheckId id) { must(id, trace_.checks, "mail check"); }

    void check(MessageSubmitted const& e) { message(e.message); }
    void check(ConnectionOpened const& e) { session(e.session); }
    void check(ConnectionEstablished const& e) { session(e.session); }
    void check(ConnectionFailed const& e) { session(e.session); }
    void check(CommandSent const& e) {
        session(e.session);
        address(e.address, e.verb == Verb::rcpt);
    }
    void check(DecisionMade const& e) { must(e.decision, trace_.decisions, "decision"); }
    void check(ReplySent const& e) {
        session(e.session);
        address(e.address, e.saying == Saying::recipient_ok || e.saying == Saying::relay_denied);
        may(e.entry, trace_.entries, "queue entry");
    }
    void check(SessionClosed const& e) { session(e.session); }
    void check(LookupSent const& e) { must(e.lookup, trace_.lookups, "look-up"); }
    void check(LookupAnswered const& e) { must(e.lookup, trace_.lookups, "look-up"); }
    void check(LookupTimedOut const& e) { must(e.lookup, trace_.lookups, "look-up"); }
    void check(MessageQueued const& e) { entry(e.entry); }
    void check(AliasFollowed const& e) {
        entry(e.entry);
        recipient(e.recipient);
        address(e.target, true);
    }
    void check(MessageDeferred const& e) { must(e.deferral, trace_.deferrals, "deferral"); }
    void check(MessageDequeued const& e) { entry(e.entry); }
    void check(MessageFiled const& e) {
        recipient(e.recipient);
        host(e.server);
        address(e.mailbox, true);
    }
    void check(MailCheckStarted const& e) { check_id(e.check); }
    void check(AccessCommandSent const& e) { session(e.session); }
    void check(AccessReplySent const& e) {
        session(e.session);
        if (e.copies == 0 || !trouble_.empty())
            return;
        MailCheckId const id = trace_.sessions[e.session].check;
        check_id(id);
        if (trouble_.empty() && e.first_copy + e.copies > trace_.checks[id].copies.size())
            trouble_ = fmt::format("event {}: copies that were never given", at_);
    }
    void check(MessageFetched const& e) {
        recipient(e.recipient);
        check_id(e.check);
    }
    void check(MessageRemoved const& e) {
        recipient(e.recipient);
        check_id(e.check);
        address(e.mailbox, true);
    }
    void check(MailCheckEnded const& e) { check_id(e.check); }
    void check(BounceWritten const& e) {
        entry(e.about);
        message(e.bounce);
    }
    void check(DelayWarningWritten const& e) {
        entry(e.about);
        message(e.warning);
    }
    void check(AddressListed const& e) { must(e.listing, trace_.listings, "listing"); }
    void check(AddressDelisted const& e) { must(e.listing, trace_.listings, "listing"); }
    void check(WorldChanged const& e) { must(e.change, world_.changes, "change"); }
    void check(RecipientSettled const& e) {
        recipient(e.recipient);
        host(e.by);
        may(e.session, trace_.sessions, "session");
    }

    void tables() {
        for (Message const& row : trace_.messages) {
            may(row.mail, world_.mail, "mail");
            address(row.reverse_path, false);
            host(row.origin);
            may(row.about, trace_.entries, "queue entry");
            may(row.spammer, world_.spammers, "spammer");
            recipient(RecipientId{row.first_recipient.index + row.recipient_count - 1});
        }
        for (Recipient const& row : trace_.recipients) {
            message(row.message);
            address(row.address, true);
        }
        for (Session const& row : trace_.sessions) {
            host(row.client);
            host(row.server);
            may(row.entry, trace_.entries, "queue entry");
            row.check.valid() ? check_id(row.check) : message(row.message);
        }
        for (QueueEntry const& row : trace_.entries) {
            message(row.message);
            host(row.server);
            may(row.from, trace_.sessions, "session");
            for (EnvelopeRecipient const& one : row.recipients) {
                recipient(one.recipient);
                address(one.address, true);
            }
        }
        for (Deferral const& row : trace_.deferrals) {
            entry(row.entry);
            recipient(row.recipient);
            host(row.by);
            may(row.session, trace_.sessions, "session");
        }
        other_tables();
    }

    void other_tables() {
        for (Lookup const& row : trace_.lookups) {
            host(row.asker);
            may(row.entry, trace_.entries, "queue entry");
            may(row.message, trace_.messages, "message");
            may(row.check, trace_.checks, "mail check");
            if (trouble_.empty() && row.name.index >= world_.book.domain_count())
                trouble_ = "a look-up of no name";
        }
        for (DecisionRecord const& row : trace_.decisions) {
            session(row.session);
            address(row.sender, false);
            address(row.recipient, row.decision.list == RuleListId::recipient);
            address(row.written, false);
        }
        for (MailCheck const& row : trace_.checks) {
            must(row.person, world_.people, "person");
            host(row.device);
            host(row.server);
            may(row.session, trace_.sessions, "session");
            for (MailboxCopy const& copy : row.copies)
                recipient(copy.recipient);
        }
        for (Listing const& row : trace_.listings) {
            must(row.list, world_.blocklists, "blocklist");
            host(row.host);
        }
    }

    World const& world_;
    Trace const& trace_;
    std::size_t at_ = 0;
    std::string trouble_;
};

} // namespace

std::vector<Property> references_properties() {
    return {{"every number in the trace names a row that is there",
             [](Played const& played) { return References{played}.trouble(); }}};
}

} // namespace mailflow::worlds
