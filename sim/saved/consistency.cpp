#include "saved/consistency.hpp"

#include "world/present.hpp"

#include <algorithm>
#include <utility>

namespace mailflow::saved {

Consistency::Consistency(World const& world, Records& records)
    : world_(world)
    , records_(records)
    , begun_(records.messages.size())
    , sessions_(records.sessions.size())
    , entries_(records.entries.size())
    , settled_(records.recipients.size()) {}

/// Of what kind it is decides what else it names. The mail of the world comes first, under the same numbers.
bool Consistency::fits(MessageId id) const {
    Message const& message = records_.messages[id];
    bool const of_world = id.index < world_.mail.size();
    if (of_world != (message.kind == MessageKind::mail) || (of_world && message.mail.index != id.index))
        return false;
    if (!of_world && message.mail.valid())
        return false;
    if ((message.kind == MessageKind::spam) != message.spammer.valid() ||
        (message.kind == MessageKind::crowd) != message.population.valid())
        return false;
    bool const was_taken = of_world && world_.mail[message.mail].taken_by.valid();
    if (is_handed_in(message)
            ? !message.reverse_path.valid() && !was_taken
            : !message.about.valid() || records_.entries[message.about].message.index >= id.index)
        return false;
    std::size_t const first = message.first_recipient.index;
    if (message.recipient_count == 0 || message.recipient_count > records_.recipients.size() - first)
        return false;
    if (of_world &&
        message.recipient_count != world_.mail[message.mail].to.size() + world_.mail[message.mail].bcc.size())
        return false;
    for (std::uint32_t i = 0; i < message.recipient_count; ++i)
        if (records_.recipients[RecipientId{message.first_recipient.index + i}].message != id)
            return false;
    return true;
}

bool Consistency::fits(Session const& session) const {
    bool const for_one = session.message.valid() != session.check.valid();
    bool const is_access = session.service == Service::pop3 || session.service == Service::imap;
    return for_one && is_server(session.server) && (!is_access || session.check.valid()) &&
           (session.service != Service::smtp || session.message.valid());
}

bool Consistency::decide_again(DecisionRecord& record) const {
    Session const& session = records_.sessions[record.session];
    if (!session.message.valid() || record.changes > world_.changes.size() ||
        record.account_changes > record.changes)
        return false;
    bool const about_sender = record.decision.list == RuleListId::sender;
    if (about_sender ? !record.sender.valid() : !record.recipient.valid())
        return false;
    ServerId const server = world_.hosts[session.server].server;
    ServerPolicy const& policy = server_after(world_, server, record.changes).policy;
    ServerPolicy const& policy_at_login = server_after(world_, server, record.account_changes).policy;
    if ((record.account && *record.account >= policy_at_login.accounts.size()) ||
        (record.listed_on && *record.listed_on >= policy.blocklists.size()) ||
        rules_of(policy.software, record.decision.list).empty())
        return false;
    record.decision = decide(record.decision.list, question_of(world_, records_, record));
    return !record.decision.kept.empty();
}

/// A copy that a server passed on was queued there before: following the copies back comes to an end.
bool Consistency::comes_from_earlier(QueueEntry const& entry, std::size_t number) const {
    QueueEntryId const before = entry.from.valid() ? records_.sessions[entry.from].entry : QueueEntryId{};
    return !before.valid() || (before.index < number && records_.entries[before].message == entry.message);
}

bool Consistency::of_tables() {
    if (records_.messages.size() < world_.mail.size())
        return false;
    for (std::size_t i = 0; i < records_.messages.size(); ++i)
        if (!fits(records_.messages.id_at(i)))
            return false;
    for (Session const& session : records_.sessions)
        if (!fits(session))
            return false;
    for (std::size_t i = 0; i < records_.entries.size(); ++i) {
        QueueEntry const& entry = records_.entries[records_.entries.id_at(i)];
        if (!comes_from_earlier(entry, i))
            return false;
        auto const strange = [&](EnvelopeRecipient const& to) {
            return records_.recipients[to.recipient].message != entry.message;
        };
        if (!is_server(entry.server) ||
            std::any_of(entry.recipients.begin(), entry.recipients.end(), strange))
            return false;
    }
    for (Lookup const& lookup : records_.lookups)
        if (lookup.changes > world_.changes.size() || (!lookup.message.valid() && !lookup.check.valid()))
            return false;
    for (MailCheck const& check : records_.checks)
        if (!is_server(check.server))
            return false;
    for (DecisionRecord& record : records_.decisions)
        if (!decide_again(record))
            return false;
    return true;
}

bool Consistency::of_next(Event const& event) {
    if (event.at < now_)
        return false;
    now_ = event.at;
    return std::visit([this](auto const& happened) { return see(happened); }, event.happening);
}

bool Consistency::begin(MessageId id) {
    if (begun_[id.index])
        return false;
    begun_[id.index] = true;
    return true;
}

bool Consistency::has_begun(RecipientId recipient) const {
    return begun_[records_.recipients[recipient].message.index];
}

bool Consistency::is_open(SessionId session) const {
    return sessions_[session.index] == Stage::going_on;
}

bool Consistency::holds_mail(SessionId session) const {
    return records_.sessions[session].message.valid();
}

bool Consistency::steps(Stage& stage, Stage from, Stage to) const {
    return std::exchange(stage, to) == from;
}

bool Consistency::see(ConnectionOpened const& e) {
    return steps(sessions_[e.session.index], Stage::before, Stage::going_on);
}

bool Consistency::see(ConnectionFailed const& e) {
    return is_diagnosis(e.saying) && steps(sessions_[e.session.index], Stage::going_on, Stage::over);
}

bool Consistency::see(SessionClosed const& e) {
    return steps(sessions_[e.session.index], Stage::going_on, Stage::over);
}

bool Consistency::see(CommandSent const& e) {
    return is_open(e.session) && holds_mail(e.session) && (e.verb != Verb::rcpt || e.address.valid());
}

bool Consistency::see(ReplySent const& e) {
    return is_open(e.session) && holds_mail(e.session) && !is_diagnosis(e.saying);
}

/// Only somebody who looks for mail speaks POP3 or IMAP.
bool Consistency::see(AccessCommandSent const& e) {
    bool const looks = e.verb >= AccessVerb::pop3_user && e.verb <= AccessVerb::imap_logout;
    return is_open(e.session) && (!looks || records_.sessions[e.session].check.valid());
}

bool Consistency::see(AccessReplySent const& e) {
    if (!is_open(e.session))
        return false;
    MailCheckId const check = records_.sessions[e.session].check;
    std::size_t const copies = check.valid() ? records_.checks[check].copies.size() : 0;
    return e.first_copy <= copies && e.copies <= copies - e.first_copy;
}

bool Consistency::see(MessageQueued const& e) {
    MessageId const id = records_.entries[e.entry].message;
    Message const& message = records_.messages[id];
    if (message.mail.valid() && world_.mail[message.mail].taken_by.valid())
        begun_[id.index] = true;
    return begun_[id.index] && steps(entries_[e.entry.index], Stage::before, Stage::going_on);
}

bool Consistency::see(MessageDequeued const& e) {
    return steps(entries_[e.entry.index], Stage::going_on, Stage::over);
}

bool Consistency::see(BounceWritten const& e) {
    Message const& bounce = records_.messages[e.bounce];
    return bounce.kind == MessageKind::bounce && bounce.about == e.about &&
           entries_[e.about.index] != Stage::before && begin(e.bounce);
}

bool Consistency::see(DelayWarningWritten const& e) {
    Message const& warning = records_.messages[e.warning];
    return warning.kind == MessageKind::delay_warning && warning.about == e.about &&
           entries_[e.about.index] != Stage::before && begin(e.warning);
}

bool Consistency::see(RecipientSettled const& e) {
    bool const again = settled_[e.recipient.index];
    settled_[e.recipient.index] = true;
    return !again && has_begun(e.recipient) && (!e.session.valid() || holds_mail(e.session));
}

} // namespace mailflow::saved
