// How far the numbers of a saved trace may reach: the rows of each table, the last enumerator of each set.
#pragma once

#include "trace/trace.hpp"

namespace mailflow::saved {

/// How many rows there are of what an id names.
struct Bounds {
    World const& world;
    Records const& records;

    [[nodiscard]] std::size_t operator()(HostId) const { return world.hosts.size(); }
    [[nodiscard]] std::size_t operator()(PersonId) const { return world.people.size(); }
    [[nodiscard]] std::size_t operator()(SpammerId) const { return world.spammers.size(); }
    [[nodiscard]] std::size_t operator()(PopulationId) const { return world.populations.size(); }
    [[nodiscard]] std::size_t operator()(BlocklistId) const { return world.blocklists.size(); }
    [[nodiscard]] std::size_t operator()(MailId) const { return world.mail.size(); }
    [[nodiscard]] std::size_t operator()(ChangeId) const { return world.changes.size(); }
    [[nodiscard]] std::size_t operator()(DomainId) const { return world.book.domain_count(); }
    [[nodiscard]] std::size_t operator()(AddressId) const { return world.book.mark().addresses; }
    [[nodiscard]] std::size_t operator()(MessageId) const { return records.messages.size(); }
    [[nodiscard]] std::size_t operator()(RecipientId) const { return records.recipients.size(); }
    [[nodiscard]] std::size_t operator()(SessionId) const { return records.sessions.size(); }
    [[nodiscard]] std::size_t operator()(QueueEntryId) const { return records.entries.size(); }
    [[nodiscard]] std::size_t operator()(LookupId) const { return records.lookups.size(); }
    [[nodiscard]] std::size_t operator()(DecisionId) const { return records.decisions.size(); }
    [[nodiscard]] std::size_t operator()(DeferralId) const { return records.deferrals.size(); }
    [[nodiscard]] std::size_t operator()(MailCheckId) const { return records.checks.size(); }
    [[nodiscard]] std::size_t operator()(ListingId) const { return records.listings.size(); }
};

template<class Enumeration>
inline constexpr Enumeration last_of{};
template<>
inline constexpr MessageKind last_of<MessageKind> = MessageKind::crowd;
template<>
inline constexpr Service last_of<Service> = Service::web;
template<>
inline constexpr Saying last_of<Saying> = last_saying;
template<>
inline constexpr RecordType last_of<RecordType> = RecordType::address;
template<>
inline constexpr DnsStatus last_of<DnsStatus> = DnsStatus::no_answer;
template<>
inline constexpr ReverseName last_of<ReverseName> = ReverseName::unsure;
template<>
inline constexpr DomainStatus last_of<DomainStatus> = DomainStatus::unsure;
template<>
inline constexpr RuleListId last_of<RuleListId> = RuleListId::sender;
template<>
inline constexpr Verb last_of<Verb> = Verb::other;
template<>
inline constexpr AccessVerb last_of<AccessVerb> = AccessVerb::web_send;
template<>
inline constexpr AccessAnswer last_of<AccessAnswer> = AccessAnswer::web_too_big;
template<>
inline constexpr Outcome last_of<Outcome> = Outcome::discarded;
template<>
inline constexpr Reason last_of<Reason> = Reason{reason_names.size() - 1};

} // namespace mailflow::saved
