#include "report/lines/event_line.hpp"

#include "report/ladder.hpp"
#include "report/probe.hpp"
#include "report/words/words.hpp"

#include <fmt/format.h>

namespace mailflow {

namespace {

std::string_view name_of(RuleListId list) {
    switch (list) {
    case RuleListId::relay: return "relay";
    case RuleListId::submission: return "submission";
    case RuleListId::spam: return "spam";
    case RuleListId::recipient: return "recipient";
    case RuleListId::sender: return "sender";
    }
    return {};
}

std::string_view name_of(DnsStatus status) {
    switch (status) {
    case DnsStatus::found: return "found";
    case DnsStatus::no_data: return "no_data";
    case DnsStatus::no_such_name: return "no_such_name";
    case DnsStatus::server_failure: return "server_failure";
    case DnsStatus::no_answer: return "no_answer";
    }
    return {};
}

std::string_view subject_of(Change const& change) {
    return std::visit(Overloaded{[](ServerChange const&) { return "server"; },
                                 [](DnsChange const&) { return "dns"; },
                                 [](PersonChange const&) { return "person"; },
                                 [](NetworkChange const&) { return "network"; }},
                      change.what);
}

} // namespace

/// Writes the members of one event behind its time.
struct EventLines::Fields {
    World const& world;
    Trace const& trace;
    TraceIndex const& index;
    EventNames const& names;
    ReplyMemory& replies;
    std::vector<AddressId>& destinations;
    Instant at;
    JsonText& line;

    // -- one member each
    template<std::size_t size>
    void kind(char const (&name)[size]) const {
        line.raw(",\"kind\":\"");
        line.raw(name);
        line.raw("\"");
    }
    template<std::size_t size>
    void number(char const (&key)[size], std::uint64_t value) const {
        line.key(key);
        line.number(value);
    }
    template<std::size_t size>
    void text(char const (&key)[size], std::string_view value) const {
        line.key(key);
        line.text(value);
    }
    /// A name of the world or of the trace.
    template<std::size_t size, class NamedId>
    void name(char const (&key)[size], NamedId id) const {
        line.key(key);
        line.name(names[id]);
    }
    /// What stands there is never escaped.
    template<std::size_t size>
    void word(char const (&key)[size], std::string_view value) const {
        line.key(key);
        line.name(value);
    }
    template<std::size_t size, class Write>
    void list(char const (&key)[size], Write write_items) const {
        line.key(key);
        line.raw("[");
        write_items();
        line.raw("]");
    }
    void item(std::string_view escaped) const {
        line.item();
        line.name(escaped);
    }

    // -- what several kinds of events have
    void message(MessageId id) const { name("message", id); }
    void check(MailCheckId id) const { number("check", id.index + 1U); }
    /// What a session or a question is for.
    void purpose(MessageId for_message, MailCheckId for_check) const {
        if (for_check.valid())
            check(for_check);
        else
            message(for_message);
    }
    void session(SessionId id) const {
        Session const& about = trace.sessions[id];
        number("session", id.index + 1U);
        name("client", about.client);
        name("server", about.server);
        number("port", about.port);
        purpose(about.message, about.check);
    }
    void lookup(LookupId id) const {
        Lookup const& about = trace.lookups[id];
        number("lookup", id.index + 1U);
        name("asker", about.asker);
        name("name", about.name);
        word("type", about.type == RecordType::mx ? "mx" : "address");
        purpose(about.message, about.check);
    }
    void entry(QueueEntryId id) const {
        QueueEntry const& about = trace.entries[id];
        name("server", about.server);
        word("queue_id", queue_id(world, trace, id));
        message(about.message);
    }
    void recipient(RecipientId id) const {
        message(trace.recipients[id].message);
        name("recipient", trace.recipients[id].address);
    }
    void copy(RecipientId id, MailCheckId from) const {
        check(from);
        name("device", trace.checks[from].device);
        name("server", trace.checks[from].server);
        recipient(id);
    }
    void recipients_of(Message const& about) const {
        list("to", [&] {
            for (std::uint32_t i = 0; i < about.recipient_count; ++i)
                item(names[trace.recipients[RecipientId{about.first_recipient.index + i}].address]);
        });
    }
    void listing(ListingId id) const {
        Listing const& about = trace.listings[id];
        name("blocklist", world.blocklists[about.list].zone);
        word("address", to_text(about.address));
        name("host", about.host);
    }

    // -- the events
    void operator()(MessageSubmitted const& e) const {
        kind("message_submitted");
        Message const& about = trace.messages[e.message];
        message(e.message);
        name("host", about.origin);
        word("from", about.reverse_path.valid() ? names[about.reverse_path] : "<>");
        recipients_of(about);
        number("size_bytes", about.size_bytes);
        if (ProbeTry const* const tried = try_of(world, trace, e.message)) {
            line.raw(",\"probe\":{\"server\":");
            line.text(world.hosts[world.servers[tried->server].host].name);
            line.key("trick");
            line.text(mailflow::name_of(tried->trick));
            line.key("aim");
            line.text(world.book.text(world.spammers[about.spammer].probe->drop));
            line.raw("}");
        }
    }
    void operator()(ConnectionOpened const& e) const {
        kind("connection_opened");
        session(e.session);
        Session const& about = trace.sessions[e.session];
        word("client_address", to_text(about.client_address));
        word("server_address", names.host_addresses[about.server.index]);
    }
    void operator()(ConnectionEstablished const& e) const {
        kind("connection_established");
        session(e.session);
    }
    void operator()(ConnectionFailed const& e) const {
        kind("connection_failed");
        session(e.session);
        text("diagnosis", to_line(reply_of(world, trace, index, e)));
    }
    void operator()(CommandSent const& e) const {
        kind("command_sent");
        session(e.session);
        text("line", command_line(world, trace, e));
    }
    void operator()(DecisionMade const& e) const {
        kind("decision_made");
        DecisionRecord const& record = trace.decisions[e.decision];
        session(record.session);
        if (record.recipient.valid())
            name("recipient", record.recipient);
        word("list", name_of(record.decision.list));
        word("verdict", record.decision.verdict == Verdict::accept ? "accept" : "refuse");
        word("decided_by", rule(record.decision.decided_by()).name);
        list("rules", [&] {
            Question const question = question_of(world, trace, record);
            for (Finding const& finding : record.decision.findings()) {
                Rule const& asked = rule(finding.rule);
                line.item();
                line.raw("{\"rule\":");
                line.name(asked.name);
                line.key("matched");
                line.boolean(finding.match == Match::yes);
                text("because", asked.because(question, finding));
                line.raw("}");
            }
        });
    }
    void operator()(ReplySent const& e) const {
        kind("reply_sent");
        session(e.session);
        replies.write(line, e, at);
    }
    void operator()(SessionClosed const& e) const {
        kind("session_closed");
        session(e.session);
    }
    void operator()(LookupSent const& e) const {
        kind("lookup_sent");
        lookup(e.lookup);
    }
    void operator()(LookupAnswered const& e) const {
        kind("lookup_answered");
        lookup(e.lookup);
        Lookup const& about = trace.lookups[e.lookup];
        word("status", name_of(about.status));
        line.key("cached");
        line.boolean(about.cached);
        list("answers", [&] {
            if (about.status != DnsStatus::found)
                return;
            DnsRecords const& records = records_of(world, about);
            if (about.type == RecordType::address)
                item(to_text(address_in(world, records)));
            else if (records.null_mx)
                item("0 .");
            else
                for (MxRecord const& record : records.mx)
                    item(fmt::format("{} {}", record.preference, names[record.host]));
        });
    }
    void operator()(LookupTimedOut const& e) const {
        kind("lookup_timed_out");
        lookup(e.lookup);
    }
    void operator()(MessageQueued const& e) const {
        kind("message_queued");
        entry(e.entry);
        QueueEntry const& about = trace.entries[e.entry];
        number("received_lines", about.received_lines);
        list("recipients", [&] {
            for (EnvelopeRecipient const& to : about.recipients)
                item(names[destinations[to.recipient.index]]);
        });
    }
    void operator()(AliasFollowed const& e) const {
        kind("alias_followed");
        entry(e.entry);
        name("recipient", trace.recipients[e.recipient].address);
        name("from", destinations[e.recipient.index]);
        name("target", e.target);
        destinations[e.recipient.index] = e.target;
    }
    void operator()(MessageDeferred const& e) const {
        kind("message_deferred");
        Deferral const& about = trace.deferrals[e.deferral];
        entry(about.entry);
        name("recipient", trace.recipients[about.recipient].address);
        word("reason", mailflow::name_of(reason_of(about.saying)));
        name("by", about.by);
        text("reply", to_line(reply_of(world, trace, index, e.deferral)));
        line.key("next_try_at_s");
        line.seconds(about.next_try.since_start);
    }
    void operator()(MessageDequeued const& e) const {
        kind("message_dequeued");
        entry(e.entry);
    }
    void operator()(MessageFiled const& e) const {
        kind("message_filed");
        name("server", e.server);
        recipient(e.recipient);
        name("mailbox", e.mailbox);
    }
    void operator()(MailCheckStarted const& e) const {
        kind("mail_check_started");
        check(e.check);
        MailCheck const& about = trace.checks[e.check];
        name("device", about.device);
        name("server", about.server);
        word("protocol", about.protocol == Service::pop3 ? "pop3" : "imap");
    }
    void operator()(AccessCommandSent const& e) const {
        kind("access_command_sent");
        session(e.session);
        text("line", command_line(world, trace, e));
    }
    void operator()(AccessReplySent const& e) const {
        kind("access_reply_sent");
        session(e.session);
        list("lines", [&] {
            for (std::string const& reply_line : reply_lines(trace, e)) {
                line.item();
                line.text(reply_line);
            }
        });
    }
    void operator()(MessageFetched const& e) const {
        kind("message_fetched");
        copy(e.recipient, e.check);
    }
    void operator()(MessageRemoved const& e) const {
        kind("message_removed");
        copy(e.recipient, e.check);
        name("mailbox", e.mailbox);
    }
    void operator()(MailCheckEnded const& e) const {
        kind("mail_check_ended");
        check(e.check);
        name("device", trace.checks[e.check].device);
        number("fetched", e.fetched);
        line.key("trouble");
        if (e.trouble != Saying::goodbye)
            line.name(mailflow::name_of(reason_of(e.trouble)));
        else
            line.raw("null");
    }
    void operator()(BounceWritten const& e) const {
        kind("bounce_written");
        entry(e.about);
        name("bounce", e.bounce);
        recipients_of(trace.messages[e.bounce]);
    }
    void operator()(DelayWarningWritten const& e) const {
        kind("delay_warning_written");
        entry(e.about);
        name("warning", e.warning);
        recipients_of(trace.messages[e.warning]);
    }
    void operator()(AddressListed const& e) const {
        kind("address_listed");
        listing(e.listing);
        number("messages", trace.listings[e.listing].messages);
    }
    void operator()(AddressDelisted const& e) const {
        kind("address_delisted");
        listing(e.listing);
        line.key("listed_at_s");
        line.seconds(trace.listings[e.listing].listed_at.since_start);
    }
    void operator()(WorldChanged const& e) const {
        kind("world_changed");
        number("change", e.change.index + 1U);
        word("of", subject_of(world.changes[e.change]));
        text("words", change_words(world, e.change));
    }
    void operator()(RecipientSettled const& e) const {
        kind("recipient_settled");
        recipient(e.recipient);
        word("outcome", mailflow::name_of(e.outcome));
        line.key("reason");
        if (e.reason != Reason::none)
            line.name(mailflow::name_of(e.reason));
        else
            line.raw("null");
        name("by", e.by);
        text("reply", to_line(reply_of(world, trace, index, e)));
    }
};

EventLines::EventLines(World const& world, Trace const& trace)
    : world_(world)
    , trace_(trace)
    , index_(index_of(world, trace))
    , names_(world, trace)
    , replies_(world, trace) {
    for (Recipient const& recipient : trace.recipients)
        destinations_.push_back(recipient.address);
}

void EventLines::write(JsonText& line, Event const& event) {
    line.raw("{\"at_s\":");
    line.seconds(event.at.since_start);
    std::visit(Fields{world_, trace_, index_, names_, replies_, destinations_, event.at, line},
               event.happening);
    line.raw("}");
}

} // namespace mailflow
