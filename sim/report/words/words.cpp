#include "report/words/words.hpp"

#include "base/text.hpp"
#include "mail/queue_id.hpp"
#include "report/moment.hpp"
#include "world/client_name.hpp"

#include <fmt/format.h>

namespace mailflow {

namespace {

/// The text with the mailbox in the place of "{address}".
std::string with_address(std::string text, std::string const& address) {
    constexpr std::string_view place = "{address}";
    for (std::size_t at = text.find(place); at != std::string::npos;
         at = text.find(place, at + address.size()))
        text.replace(at, place.size(), address);
    return text;
}

/// What the words of a host may mention, as far as the host itself goes.
SayingContext context_of(World const& world, HostId speaker, Port port, Instant at) {
    Host const& host = world.hosts[speaker];
    SayingContext context;
    context.server_name = host.name;
    context.port = port;
    context.offers_starttls = true;
    context.at = at;
    if (host.server.valid()) {
        ServerPolicy const& policy = server_after(world, host.server, changes_by(world, at)).policy;
        context.offers_auth = !policy.accounts.empty();
        context.size_limit = policy.max_size_bytes;
    }
    return context;
}

/// The words that the world prescribes to the server; where a change has taken them away since, those that it
/// had when the session began.
Reply scripted_reply(World const& world, Session const& session, Saying saying, Instant at,
                     std::string const& address) {
    ServerId const server = world.hosts[session.server].server;
    for (Instant const moment : {at, session.opened}) {
        auto const& answers = server_after(world, server, changes_by(world, moment)).policy.answers;
        if (!answers)
            continue;
        auto const& answer = answer_in(*answers, phase_of(saying));
        if (!answer || answer->drops || scripted_saying(phase_of(saying), answer->reply) != saying)
            continue;
        Reply reply = answer->reply;
        for (std::string& line : reply.lines)
            line = with_address(std::move(line), address);
        return reply;
    }
    return {.code = class_of(saying) == SayingClass::transient ? 451 : 550, .enhanced = {}, .lines = {"no"}};
}

/// Servers greet their clients by the name that they find in the DNS.
bool names_client(Saying saying) {
    return saying == Saying::greeting || saying == Saying::helo_accepted || saying == Saying::capabilities ||
           saying == Saying::capabilities_under_tls;
}

/// What a prober has typed is spoken of as the server has read it.
void speak_of_typed_path(World const& world, HostId server, AddressId written, SayingContext& context) {
    ServerId const id = world.hosts[server].server;
    if (world.typed_paths.empty() || !id.valid())
        return;
    TypedPath const* path = typed_path(world, id, written, Verb::rcpt);
    if (!path)
        path = typed_path(world, id, written, Verb::mail);
    if (!path)
        return;
    context.line = path->given; // tells the voices that it was typed
    context.address = path->shown;
    context.flaw = path->flaw;
    context.given = path->given;
    context.argument = path->argument;
    context.before = path->before;
}

/// Words about one recipient, whoever said them.
struct Words {
    RecipientId recipient;
    HostId by;
    SessionId session;
    Saying saying;
};

/// Who says it: a diagnosis is the client's, everything else the server's.
HostId speaker_of(Trace const& trace, Words const& words, Circumstances const& circumstances) {
    if (!is_diagnosis(words.saying))
        return words.by;
    if (circumstances.holder.valid())
        return trace.entries[circumstances.holder].server;
    return words.session.valid() ? trace.sessions[words.session].server : words.by;
}

/// What Postfix puts off without a try, because others have failed, it puts off with their words.
constexpr char const* suspended = "delivery temporarily suspended: ";

bool is_suspended(Trace const& trace, Words const& words, Circumstances const& circumstances) {
    return words.session.valid() && is_diagnosis(words.saying) && circumstances.holder.valid() &&
           trace.sessions[words.session].entry != circumstances.holder;
}

/// Where the settings of whoever wrote the message send it.
Port port_of_program(World const& world, Message const& message, std::uint32_t changes) {
    if (message.kind == MessageKind::spam)
        return world.spammers[message.spammer].way == SpamWay::account ? port_submission : port_smtp;
    if (message.kind == MessageKind::crowd)
        return message.logs_in ? world.populations[message.population].port : port_smtp;
    if (message.kind != MessageKind::mail || world.mail[message.mail].via.valid())
        return port_smtp;
    return person_after(world, world.mail[message.mail].from, changes).port;
}

/// The port that was called. Where no machine has the address that the DNS gave, no session tells.
Port port_called(World const& world, Trace const& trace, Words const& words,
                 Circumstances const& circumstances) {
    if (words.session.valid())
        return trace.sessions[words.session].port;
    std::uint32_t const changes = changes_by(world, circumstances.at);
    if (!circumstances.holder.valid())
        return port_of_program(world, trace.messages[trace.recipients[words.recipient].message], changes);
    ServerId const holder = world.hosts[trace.entries[circumstances.holder].server].server;
    Server const& setting = server_after(world, holder, changes);
    bool const logs_in = setting.smarthost_account && circumstances.lookup.valid() &&
                         trace.lookups[circumstances.lookup].name == setting.smarthost;
    return logs_in ? port_submission : port_smtp;
}

Reply put(World const& world, Trace const& trace, TraceIndex const& index, Words const& words,
          Circumstances const& circumstances) {
    Session const* const session = words.session.valid() ? &trace.sessions[words.session] : nullptr;
    HostId const speaker = speaker_of(trace, words, circumstances);
    HostId const remote = session ? session->server : words.by;
    SayingContext context =
        context_of(world, remote, port_called(world, trace, words, circumstances), circumstances.at);
    std::string remote_address = to_text(world.hosts[remote].address);
    std::string id;
    if (words.saying == Saying::queued && session && index.taken_as[words.session.index].valid()) {
        QueueEntryId const taken_as = index.taken_as[words.session.index];
        id = queue_id(world, trace, taken_as);
        context.at = index.queued_at[taken_as.index];
    } else if (words.saying == Saying::queued && circumstances.holder.valid()) {
        id = queue_id(world, trace, circumstances.holder); // what the server wrote itself, nobody handed in
    }
    context.server_name = world.hosts[speaker].name;
    context.queue_id = id;
    AddressId const address = is_about_sender(words.saying)
                                  ? trace.messages[trace.recipients[words.recipient].message].reverse_path
                                  : circumstances.address;
    if (address.valid()) {
        context.address = world.book.text(address);
        context.domain = world.book.name(world.book[address].domain);
        if (session && !circumstances.holder.valid())
            speak_of_typed_path(world, session->server, address, context);
    }
    context.remote_name =
        session ? name_called(world, trace, index, words.session) : world.hosts[remote].name;
    context.remote_address = remote_address;
    if (session && session->service == Service::web) {
        if (words.saying == Saying::authentication_failed)
            return {.code = 0, .enhanced = std::nullopt, .lines = {"HTTP/1.1 403 Forbidden"}};
        if (words.saying == Saying::message_too_big)
            return {.code = 0, .enhanced = std::nullopt, .lines = {"HTTP/1.1 413 Content Too Large"}};
    }
    std::string const client = session ? to_text(session->client_address) : std::string{};
    context.client_address = client;
    if (session) {
        if (session->blocked_using.valid())
            context.blocklist = world.book.name(session->blocked_using);
        if (session->message.valid())
            context.message_size = trace.messages[session->message].size_bytes;
        context.last_command = index.last_command[words.session.index];
    }
    if (circumstances.lookup.valid()) {
        Lookup const& lookup = trace.lookups[circumstances.lookup];
        if (lookup.type == RecordType::address)
            context.sought_host = world.book.name(lookup.name);
        bool const nobody_there = session == nullptr && lookup.status == DnsStatus::found;
        if (words.saying == Saying::no_such_host || words.saying == Saying::no_host_address || nobody_there)
            context.remote_name = world.book.name(lookup.name);
        if (nobody_there && lookup.type == RecordType::address) {
            remote_address = to_text(address_in(world, records_of(world, lookup)));
            context.remote_address = remote_address;
        }
        // With a smarthost or a route it is not the recipient's.
        if ((words.saying == Saying::loops_back && lookup.status == DnsStatus::found) ||
            words.saying == Saying::no_primary_relay)
            context.domain = world.book.name(lookup.destination);
        if (words.saying == Saying::no_such_domain)
            context.domain = world.book.name(lookup.name);
    }
    Reply scripted;
    if (is_scripted(words.saying) && session != nullptr) {
        // To MAIL the sender is spoken of.
        AddressId const sender = trace.messages[session->message].reverse_path;
        bool const about_sender = phase_of(words.saying) == ScriptedPhase::mail;
        std::string const about = !about_sender    ? std::string{context.address}
                                  : sender.valid() ? world.book.text(sender)
                                                   : "";
        scripted = scripted_reply(world, *session, words.saying, circumstances.at, about);
        context.scripted = &scripted;
    }
    // A mail program finds out for itself, whatever software its server is.
    bool const is_program = is_diagnosis(words.saying) && !circumstances.holder.valid();
    return say(is_program ? Software::postfix : software_of(world, speaker), words.saying, context);
}

/// Hands what the words of a reply may mention to `word`. The present is that of the time when the session
/// was opened; it is needed where the server greets its client by name.
template<class Word>
auto put(World const& world, Trace const& trace, ReplySent const& sent, Instant at, Present const* at_opening,
         Word word) {
    Session const& session = trace.sessions[sent.session];
    SayingContext context = context_of(world, session.server, session.port, at);
    std::string const id = sent.entry.valid() ? queue_id(world, trace, sent.entry) : std::string{};
    context.queue_id = id;
    if (session.blocked_using.valid())
        context.blocklist = world.book.name(session.blocked_using);
    if (sent.address.valid()) {
        context.address = world.book.text(sent.address);
        speak_of_typed_path(world, session.server, sent.address, context);
    }
    std::string const client = to_text(session.client_address);
    std::string client_name;
    std::string helo;
    context.client_address = client;
    if (names_client(sent.saying)) {
        helo = ehlo_name(world, session);
        context.helo = helo;
        client_name = reverse_name(*at_opening, session.client_address);
        context.client_name = client_name;
        context.reverse = reverse_name_status(*at_opening, session.client_address);
    }
    Reply scripted;
    if (is_scripted(sent.saying)) {
        scripted = scripted_reply(world, session, sent.saying, at, std::string{context.address});
        context.scripted = &scripted;
    }
    return word(software_of(world, session.server), sent.saying, context);
}

std::optional<Reply> say_if_common(Software software, Saying saying, SayingContext const& context) {
    if (!is_common(software, saying, context))
        return std::nullopt;
    return say(software, saying, context);
}

} // namespace

bool is_about_sender(Saying saying) {
    return saying == Saying::sender_domain_unknown || saying == Saying::sender_domain_unsure ||
           saying == Saying::mail_syntax || saying == Saying::bad_sender_path;
}

std::string message_id(World const& world, Message const& message) {
    if (message.kind == MessageKind::spam)
        return fmt::format("{}-{}", world.spammers[message.spammer].key, message.number);
    if (message.kind == MessageKind::crowd)
        return fmt::format("{}-{}", world.populations[message.population].key, message.number);
    return world.mail[message.mail].id;
}

std::string sender_text(World const& world, Message const& message) {
    return message.reverse_path.valid() ? world.book.text(message.reverse_path) : "<>";
}

std::string_view thing(Message const& message) {
    switch (message.kind) {
    case MessageKind::spam: return "spam message";
    case MessageKind::mail:
    case MessageKind::crowd: return "message";
    case MessageKind::bounce: return "bounce";
    case MessageKind::delay_warning: return "delay warning";
    }
    return {};
}

Reply reply_of(World const& world, Trace const& trace, ReplySent const& sent, std::optional<Instant> at) {
    Instant const opened = trace.sessions[sent.session].opened;
    std::optional<Present> present;
    if (names_client(sent.saying)) // only entries of the DNS for addresses let names change
        present.emplace(world.reverse_entries.empty() ? Present{world} : present_at(world, opened));
    return put(world, trace, sent, at.value_or(opened), present ? &*present : nullptr, say);
}

Reply reply_of(World const& world, Trace const& trace, ReplySent const& sent, Instant at,
               Present const& at_opening) {
    return put(world, trace, sent, at, &at_opening, say);
}

std::optional<Reply> common_reply_of(World const& world, Trace const& trace, ReplySent const& sent,
                                     Instant at, Present const& at_opening) {
    return put(world, trace, sent, at, &at_opening, say_if_common);
}

Reply reply_of(World const& world, Trace const& trace, TraceIndex const& index,
               RecipientSettled const& settled) {
    Circumstances const& circumstances = index.settling[settled.recipient.index];
    Words const words{settled.recipient, settled.by, settled.session, settled.saying};
    Reply reply = put(world, trace, index, words, circumstances);
    bool const is_own = is_diagnosis(settled.saying) && circumstances.holder.valid();
    if (is_own && settled.reason == Reason::expired && settled.saying != Saying::retry_timeout_exceeded &&
        software_of(world, trace.entries[circumstances.holder].server) == Software::exim)
        reply.lines.back() += ": retry timeout exceeded"; // as Exim ends whatever it gave up for
    if (is_suspended(trace, words, circumstances))
        reply.lines.front().insert(0, suspended);
    return reply;
}

Reply reply_of(World const& world, Trace const& trace, RecipientSettled const& settled) {
    return reply_of(world, trace, index_of(world, trace), settled);
}

Reply reply_of(World const& world, Trace const& trace, TraceIndex const& index, DeferralId id) {
    Deferral const& deferral = trace.deferrals[id];
    Words const words{deferral.recipient, deferral.by, deferral.session, deferral.saying};
    Circumstances const& circumstances = index.deferring[id.index];
    Reply reply = put(world, trace, index, words, circumstances);
    if (is_suspended(trace, words, circumstances))
        reply.lines.front().insert(0, suspended);
    return reply;
}

bool is_frozen(Deferral const& deferral) {
    return deferral.saying == Saying::loops_back; // final with every other software
}

std::optional<Reply> last_reply(World const& world, Trace const& trace, Summary const& summary,
                                RecipientSummary const& came) {
    if (came.settled)
        return reply_of(world, trace, summary.index, *came.settled);
    if (came.deferral.valid())
        return reply_of(world, trace, summary.index, came.deferral);
    return std::nullopt;
}

Reply reply_of(World const& world, Trace const& trace, TraceIndex const& index,
               ConnectionFailed const& failed) {
    Session const& session = trace.sessions[failed.session];
    return put(world, trace, index, {{}, session.server, failed.session, failed.saying},
               {.at = session.opened,
                .address = {},
                .came_for = {},
                .holder = session.entry,
                .lookup = {},
                .answered = {}});
}

Software software_of(World const& world, HostId host) {
    ServerId const server = world.hosts[host].server;
    return server.valid() ? world.servers[server].policy.software : Software::postfix;
}

std::string queue_id(World const& world, Trace const& trace, QueueEntryId entry) {
    return queue_id(software_of(world, trace.entries[entry].server), entry.index);
}

} // namespace mailflow
