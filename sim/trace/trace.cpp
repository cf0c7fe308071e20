#include "trace/trace.hpp"

namespace mailflow {

void Records::recycle() {
    messages.recycle();
    recipients.recycle();
    sessions.recycle();
    entries.recycle();
    lookups.recycle();
    decisions.recycle();
    deferrals.recycle();
    checks.recycle();
    listings.recycle();
}

std::uint64_t Records::bytes() const {
    return messages.bytes() + recipients.bytes() + sessions.bytes() + entries.bytes() + lookups.bytes() +
           decisions.bytes() + deferrals.bytes() + checks.bytes() + listings.bytes();
}

Question question_of(World const& world, Records const& records, DecisionRecord const& record) {
    Session const& session = records.sessions[record.session];
    ServerId const server = world.hosts[session.server].server;
    std::string_view const user =
        record.account
            ? server_after(world, server, record.account_changes).policy.accounts[*record.account].user
            : std::string_view{};
    return {.server = server_after(world, server, record.changes).policy,
            .book = world.book,
            .client = session.client_address,
            .port = session.port,
            .account = record.account,
            .sender = record.sender,
            .recipient = record.recipient,
            .user = user,
            .written = record.written,
            .reverse = record.reverse,
            .sender_domain = record.sender_domain,
            .listed_on = record.listed_on,
            .known_for = record.known_for,
            .fetched_ago = record.fetched_ago};
}

MessageId root_of(Trace const& trace, MessageId id) {
    while (!is_handed_in(trace.messages[id]))
        id = trace.entries[trace.messages[id].about].message;
    return id;
}

DnsRecords const& records_of(World const& world, Lookup const& lookup) {
    return dns_after(world, lookup.name, lookup.changes);
}

bool is_blind(World const& world, Trace const& trace, RecipientId recipient) {
    Message const& message = trace.messages[trace.recipients[recipient].message];
    return message.mail.valid() &&
           recipient.index >= message.first_recipient.index + world.mail[message.mail].to.size();
}

} // namespace mailflow
