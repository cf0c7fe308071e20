// What a saved trace holds of each record, named once for both directions: an archive that writes and one
// that reads take the same lists. A member that is added to a record does not compile until it stands here.
#pragma once

#include "trace/trace.hpp"

#include <type_traits>

namespace mailflow::saved {

/// An id that must name a row.
template<class RowId>
struct Required {
    RowId& id;
};
template<class RowId>
Required(RowId&) -> Required<RowId>;

// -- the tables

template<class Archive>
void fields(Archive& archive, Message& record) {
    auto& [kind, by_web, logs_in, mail, reverse_path, first_recipient, recipient_count, origin, size_bytes,
           about, spammer, population, number] = record;
    archive(kind, mail, reverse_path, Required{first_recipient}, recipient_count, size_bytes,
            Required{origin}, about, by_web, logs_in, spammer, population, number);
}

template<class Archive>
void fields(Archive& archive, Recipient& record) {
    auto& [message, address] = record;
    archive(Required{message}, Required{address});
}

template<class Archive>
void fields(Archive& archive, Session& record) {
    auto& [client, server, client_address, port, one_way, opened, message, entry, service, check,
           blocked_using] = record;
    archive(Required{client}, Required{server}, client_address, port, one_way, opened, message, entry,
            service, check, blocked_using);
}

template<class Archive>
void fields(Archive& archive, MailboxCopy& record) {
    auto& [recipient, number, uid] = record;
    archive(Required{recipient}, number, uid);
}

template<class Archive>
void fields(Archive& archive, MailCheck& record) {
    auto& [person, device, server, protocol, session, messages, octets, recent, uid_next, missed, copies] =
        record;
    archive(Required{person}, Required{device}, Required{server}, protocol, session, messages, octets, recent,
            uid_next, missed, copies);
}

template<class Archive>
void fields(Archive& archive, EnvelopeRecipient& record) {
    auto& [recipient, address] = record;
    archive(Required{recipient}, Required{address});
}

template<class Archive>
void fields(Archive& archive, QueueEntry& record) {
    auto& [message, server, from, received_lines, recipients] = record;
    archive(Required{message}, Required{server}, from, received_lines, recipients);
}

template<class Archive>
void fields(Archive& archive, Deferral& record) {
    auto& [entry, recipient, by, session, saying, next_try] = record;
    archive(Required{entry}, Required{recipient}, Required{by}, session, saying, next_try);
}

template<class Archive>
void fields(Archive& archive, Lookup& record) {
    auto& [asker, name, type, status, cached, changes, one_way, destination, entry, message, check] = record;
    archive(Required{asker}, Required{name}, type, status, cached, changes, one_way, destination, entry,
            message, check);
}

/// The findings are not kept: a decision is a pure function of its question, and is made again.
template<class Archive>
void fields(Archive& archive, DecisionRecord& record) {
    auto& [session, sender, recipient, account, changes, listed_on, known_for, fetched_ago, written, reverse,
           sender_domain, account_changes, decision] = record;
    archive(Required{session}, sender, recipient, account, changes, listed_on, known_for, fetched_ago,
            written, reverse, sender_domain, account_changes, decision.list);
}

template<class Archive>
void fields(Archive& archive, Listing& record) {
    auto& [list, address, host, messages, listed_at] = record;
    archive(Required{list}, address, Required{host}, messages, listed_at);
}

// -- the events

/// The events that are nothing but a number.
template<class Event>
inline constexpr bool is_one_id =
    std::is_same_v<Event, MessageSubmitted> || std::is_same_v<Event, ConnectionOpened> ||
    std::is_same_v<Event, ConnectionEstablished> || std::is_same_v<Event, DecisionMade> ||
    std::is_same_v<Event, SessionClosed> || std::is_same_v<Event, LookupSent> ||
    std::is_same_v<Event, LookupAnswered> || std::is_same_v<Event, LookupTimedOut> ||
    std::is_same_v<Event, MessageQueued> || std::is_same_v<Event, MessageDeferred> ||
    std::is_same_v<Event, MessageDequeued> || std::is_same_v<Event, MailCheckStarted> ||
    std::is_same_v<Event, AddressListed> || std::is_same_v<Event, AddressDelisted> ||
    std::is_same_v<Event, WorldChanged>;

template<class Archive, class Event>
requires is_one_id<Event>
void fields(Archive& archive, Event& event) {
    auto& [id] = event;
    archive(Required{id});
}

template<class Archive>
void fields(Archive& archive, ConnectionFailed& event) {
    auto& [session, saying] = event;
    archive(Required{session}, saying);
}

template<class Archive>
void fields(Archive& archive, CommandSent& event) {
    auto& [session, address, verb] = event;
    archive(Required{session}, address, verb);
}

template<class Archive>
void fields(Archive& archive, ReplySent& event) {
    auto& [session, address, entry, saying] = event;
    archive(Required{session}, address, entry, saying);
}

template<class Archive>
void fields(Archive& archive, AliasFollowed& event) {
    auto& [entry, recipient, target] = event;
    archive(Required{entry}, Required{recipient}, Required{target});
}

template<class Archive>
void fields(Archive& archive, MessageFiled& event) {
    auto& [recipient, server, mailbox] = event;
    archive(Required{recipient}, Required{server}, Required{mailbox});
}

template<class Archive>
void fields(Archive& archive, AccessCommandSent& event) {
    auto& [session, number, verb] = event;
    archive(Required{session}, number, verb);
}

template<class Archive>
void fields(Archive& archive, AccessReplySent& event) {
    auto& [session, first_copy, copies, answer] = event;
    archive(Required{session}, first_copy, copies, answer);
}

template<class Archive>
void fields(Archive& archive, MessageFetched& event) {
    auto& [recipient, check] = event;
    archive(Required{recipient}, Required{check});
}

template<class Archive>
void fields(Archive& archive, MessageRemoved& event) {
    auto& [recipient, check, mailbox] = event;
    archive(Required{recipient}, Required{check}, Required{mailbox});
}

template<class Archive>
void fields(Archive& archive, MailCheckEnded& event) {
    auto& [check, fetched, trouble] = event;
    archive(Required{check}, fetched, trouble);
}

template<class Archive>
void fields(Archive& archive, BounceWritten& event) {
    auto& [about, bounce] = event;
    archive(Required{about}, Required{bounce});
}

template<class Archive>
void fields(Archive& archive, DelayWarningWritten& event) {
    auto& [about, warning] = event;
    archive(Required{about}, Required{warning});
}

template<class Archive>
void fields(Archive& archive, RecipientSettled& event) {
    auto& [recipient, by, session, outcome, reason, saying] = event;
    archive(Required{recipient}, Required{by}, session, outcome, reason, saying);
}

} // namespace mailflow::saved
