// What lies in the mailboxes that somebody looks into, and who has one open. A mailbox belongs to a local
// part of a server; where an account is named by a whole address, its owner sees only what came for that
// address. Of what is filed where nobody ever looks nothing is kept.
#pragma once

#include "engine/effects.hpp"

#include <deque>
#include <map>
#include <optional>
#include <utility>
#include <vector>

namespace mailflow {

/// Who opens a mailbox: whose address it is, and the account that was logged in with.
struct MailboxOwner {
    HostId server;
    AddressId address;
    bool only_this_domain = false; // the account's name is a whole address
};

class Mailboxes {
public:
    /// A message that lies in a mailbox.
    struct Stored {
        std::uint32_t uid = 0;
        RecipientId recipient;
        AddressId mailbox; // the address that it came for, aliases followed
    };

    /// What an owner finds.
    struct Contents {
        std::vector<Stored> messages; // in the order of filing
        std::uint32_t uid_next = 1;
        std::uint32_t missed = 0; // filed under a UID from `seen_to` on, and deleted since
    };

    Mailboxes(World const& world, Records const& records, Effects& effects);

    void file(RecipientId recipient, HostId server, AddressId mailbox);

    /// `seen_to` is the first UID that the owner has not seen yet.
    [[nodiscard]] Contents contents(MailboxOwner const& owner, ServerPolicy const& policy,
                                    std::uint32_t seen_to) const;

    /// How many of the messages no IMAP session has been told of before; this one is told now (RFC 3501
    /// section 2.3.2).
    std::uint32_t tell_of_recent(MailboxOwner const& owner, Contents const& contents);

    void remove(MailboxOwner const& owner, std::vector<std::uint32_t> const& uids, MailCheckId check);

    /// POP3 keeps others out of the mailbox (RFC 1939 section 4). False: somebody has it open; the session is
    /// given it by `unlock` when its turn comes.
    [[nodiscard]] bool lock(MailboxOwner const& owner, SessionId session);
    /// Gives the mailbox up, or the wait for it; comes back with the session that has it now, if another one.
    std::optional<SessionId> unlock(MailboxOwner const& owner, SessionId session);

private:
    using Key = std::pair<HostId, LocalPartId>;

    struct Kept {
        std::vector<Stored> messages;
        std::vector<Stored> removed;
        std::uint32_t uid_next = 1;
        std::uint32_t told_to = 1;      // the first UID of which no IMAP session has been told
        std::deque<SessionId> sessions; // the first has it open, the others wait
    };

    [[nodiscard]] Key key_of(HostId server, AddressId address) const {
        return {server, book_[address].local_part};
    }
    [[nodiscard]] bool sees(MailboxOwner const& owner, ServerPolicy const& policy,
                            Stored const& message) const;

    /// Somebody looks there, now or later.
    void watch(World const& world, Person const& person);

    AddressBook const& book_;
    Records const& records_;
    Effects& effects_;
    std::map<Key, Kept> kept_; // one for each mailbox that is looked into
};

} // namespace mailflow
