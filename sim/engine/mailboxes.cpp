#include "engine/mailboxes.hpp"

#include <algorithm>
#include <string>

namespace mailflow {

Mailboxes::Mailboxes(World const& world, Records const& records, Effects& effects)
    : book_(world.book)
    , records_(records)
    , effects_(effects) {
    for (Person const& person : world.people)
        watch(world, person);
    for (Change const& change : world.changes)
        if (auto const* person = std::get_if<PersonChange>(&change.what))
            watch(world, person->after);
    for (Spammer const& spammer : world.spammers)
        if (spammer.probe)
            kept_[key_of(world.servers[spammer.probe->drop_server].host, spammer.probe->drop)];
}

void Mailboxes::watch(World const& world, Person const& person) {
    if (person.incoming)
        kept_[key_of(world.servers[person.incoming->server].host, person.address)];
}

void Mailboxes::file(RecipientId recipient, HostId server, AddressId mailbox) {
    effects_.record(MessageFiled{recipient, server, mailbox});
    if (kept_.empty())
        return;
    auto const place = kept_.find(key_of(server, mailbox));
    if (place == kept_.end())
        return;
    Kept& kept = place->second;
    kept.messages.push_back({kept.uid_next++, recipient, mailbox});
    effects_.hold(
        records_.recipients[recipient].message); // for good: the mailbox tells of what was in it, too
}

/// One name has one mailbox for all domains of the server, but for domains where it has an account of its
/// own.
bool Mailboxes::sees(MailboxOwner const& owner, ServerPolicy const& policy, Stored const& message) const {
    AddressBook::Address const& filed = book_[message.mailbox];
    if (filed.domain == book_[owner.address].domain)
        return true;
    if (owner.only_this_domain)
        return false;
    std::string const own_account = book_.name(filed.local_part) + "@" + book_.name(filed.domain);
    return !account_at(policy, own_account);
}

Mailboxes::Contents Mailboxes::contents(MailboxOwner const& owner, ServerPolicy const& policy,
                                        std::uint32_t seen_to) const {
    Contents contents;
    auto const place = kept_.find(key_of(owner.server, owner.address));
    if (place == kept_.end())
        return contents;
    Kept const& kept = place->second;
    contents.uid_next = kept.uid_next;
    for (Stored const& message : kept.messages)
        if (sees(owner, policy, message))
            contents.messages.push_back(message);
    contents.missed = static_cast<std::uint32_t>(
        std::count_if(kept.removed.begin(), kept.removed.end(), [&](Stored const& message) {
            return message.uid >= seen_to && sees(owner, policy, message);
        }));
    return contents;
}

std::uint32_t Mailboxes::tell_of_recent(MailboxOwner const& owner, Contents const& contents) {
    std::uint32_t& told_to = kept_[key_of(owner.server, owner.address)].told_to;
    auto const recent = std::count_if(contents.messages.begin(), contents.messages.end(),
                                      [told_to](Stored const& message) { return message.uid >= told_to; });
    told_to = contents.uid_next;
    return static_cast<std::uint32_t>(recent);
}

void Mailboxes::remove(MailboxOwner const& owner, std::vector<std::uint32_t> const& uids, MailCheckId check) {
    Kept& kept = kept_[key_of(owner.server, owner.address)];
    std::vector<std::uint32_t> doomed = uids;
    std::sort(doomed.begin(), doomed.end());
    std::vector<Stored> left;
    for (Stored const& message : kept.messages) {
        if (!std::binary_search(doomed.begin(), doomed.end(), message.uid)) {
            left.push_back(message);
            continue;
        }
        kept.removed.push_back(message);
        effects_.record(MessageRemoved{message.recipient, check, message.mailbox});
    }
    kept.messages = std::move(left);
}

bool Mailboxes::lock(MailboxOwner const& owner, SessionId session) {
    std::deque<SessionId>& sessions = kept_[key_of(owner.server, owner.address)].sessions;
    sessions.push_back(session);
    return sessions.front() == session;
}

std::optional<SessionId> Mailboxes::unlock(MailboxOwner const& owner, SessionId session) {
    std::deque<SessionId>& sessions = kept_[key_of(owner.server, owner.address)].sessions;
    bool const had_it = !sessions.empty() && sessions.front() == session;
    std::erase(sessions, session);
    return had_it && !sessions.empty() ? std::optional{sessions.front()} : std::nullopt;
}

} // namespace mailflow
