#include "report/words.hpp"

#include "base/text.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace mailflow {

namespace {

/// What a client calls itself: a server by its host name, a person's computer by its address (RFC 5321
/// section 4.1.3), since it has no name in the DNS.
std::string ehlo_name(World const& world, HostId client) {
    Host const& host = world.hosts[client];
    if (host.server.valid())
        return host.name;
    return fmt::format("[{}{}]", host.address.is_v4() ? "" : "IPv6:", to_text(host.address));
}

std::string auth_line(World const& world, Session const& session) {
    PersonId const person = world.hosts[session.client].person;
    if (!person.valid())
        return "AUTH PLAIN";
    std::string initial_response; // RFC 4616 section 2, without an authorization identity
    initial_response += '\0';
    initial_response += world.people[person].user;
    initial_response += '\0';
    initial_response += world.people[person].password;
    return "AUTH PLAIN " + base64(initial_response);
}

std::string mail_line(World const& world, Trace const& trace, CommandSent const& sent) {
    Message const& message = trace.messages[trace.sessions[sent.session].message];
    return fmt::format("MAIL FROM:<{}> SIZE={}", sent.address.valid() ? world.book.text(sent.address) : "",
                       message.size_bytes);
}

/// What the words of a host may mention, as far as the host itself goes.
SayingContext context_of(World const& world, HostId speaker, Port port) {
    Host const& host = world.hosts[speaker];
    SayingContext context;
    context.server_name = host.name;
    context.port = port;
    context.offers_starttls = true;
    context.offers_auth = host.server.valid() && !world.servers[host.server].policy.accounts.empty();
    return context;
}

Software software_of(World const& world, HostId host) {
    ServerId const server = world.hosts[host].server;
    return server.valid() ? world.servers[server].policy.software : Software::postfix;
}

bool holds(QueueEntry const& entry, RecipientId recipient) {
    return std::find(entry.recipients.begin(), entry.recipients.end(), recipient) != entry.recipients.end();
}

/// The entry under which the session's content was queued, for the reply that says so.
QueueEntryId entry_from(Trace const& trace, SessionId session, RecipientId recipient) {
    for (std::size_t i = trace.entries.size(); i-- > 0;) {
        QueueEntry const& entry = trace.entries[trace.entries.id_at(i)];
        if (entry.from == session && holds(entry, recipient))
            return trace.entries.id_at(i);
    }
    return {};
}

/// The host that a server could not find: the one it asked the DNS for last on behalf of this recipient.
std::string_view sought_host(World const& world, Trace const& trace, RecipientId recipient) {
    for (std::size_t i = trace.lookups.size(); i-- > 0;) {
        Lookup const& lookup = trace.lookups[trace.lookups.id_at(i)];
        if (lookup.type == RecordType::address && lookup.status != DnsStatus::found && lookup.entry.valid() &&
            holds(trace.entries[lookup.entry], recipient))
            return world.book.name(lookup.name);
    }
    return {};
}

} // namespace

std::string command_line(World const& world, Trace const& trace, CommandSent const& sent) {
    Session const& session = trace.sessions[sent.session];
    switch (sent.verb) {
    case Verb::ehlo: return "EHLO " + ehlo_name(world, session.client);
    case Verb::starttls: return "STARTTLS";
    case Verb::tls_handshake: return "[TLS handshake]";
    case Verb::auth: return auth_line(world, session);
    case Verb::mail: return mail_line(world, trace, sent);
    case Verb::rcpt: return fmt::format("RCPT TO:<{}>", world.book.text(sent.address));
    case Verb::data: return "DATA";
    case Verb::content:
        return fmt::format("[the message, {} octets, and a line with a lone dot]",
                           trace.messages[session.message].size_bytes);
    case Verb::quit: return "QUIT";
    }
    return {};
}

Reply reply_of(World const& world, Trace const& trace, ReplySent const& sent) {
    Session const& session = trace.sessions[sent.session];
    SayingContext context = context_of(world, session.server, session.port);
    std::string const id = sent.entry.valid() ? queue_id(sent.entry) : std::string{};
    context.queue_id = id;
    if (sent.address.valid())
        context.address = world.book.text(sent.address);
    return say(software_of(world, session.server), sent.saying, context);
}

Reply reply_of(World const& world, Trace const& trace, RecipientSettled const& settled) {
    AddressId const address = trace.recipients[settled.recipient].address;
    Port const port = settled.session.valid() ? trace.sessions[settled.session].port : port_smtp;
    SayingContext context = context_of(world, settled.by, port);
    std::string const remote_address = to_text(world.hosts[settled.by].address);
    std::string id;
    if (settled.saying == Saying::queued && settled.session.valid())
        if (QueueEntryId const entry = entry_from(trace, settled.session, settled.recipient); entry.valid())
            id = queue_id(entry);
    context.queue_id = id;
    context.address = world.book.text(address);
    context.domain = world.book.name(world.book[address].domain);
    context.remote_name = world.hosts[settled.by].name;
    context.remote_address = remote_address;
    if (settled.saying == Saying::no_such_host || settled.saying == Saying::no_host_address)
        context.remote_name = sought_host(world, trace, settled.recipient);
    return say(software_of(world, settled.by), settled.saying, context);
}

std::string queue_id(QueueEntryId entry) {
    // Postfix makes them of microseconds and an inode, in hexadecimal; ours only have to look so and differ:
    // the multiplier is odd, so that the low 32 bits of the product are another order of the same numbers.
    constexpr std::uint64_t scatter = 2'654'435'761; // Knuth's, 2^32 divided by the golden ratio
    std::uint64_t const mixed = (entry.index + 1ULL) * scatter & 0xffff'ffffULL;
    return fmt::format("4{:08X}", mixed);
}

} // namespace mailflow
