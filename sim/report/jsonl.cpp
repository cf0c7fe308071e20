#include "report/jsonl.hpp"

#include "report/ladder.hpp"
#include "report/words.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace mailflow {

namespace {

using Json = nlohmann::ordered_json;

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

/// What the name of a message in the lines begins with, when a server wrote it.
std::string_view prefix_of(MessageKind kind) {
    return kind == MessageKind::bounce ? "bounce" : "warning";
}

std::string_view subject_of(Change const& change) {
    return std::visit(Overloaded{[](ServerChange const&) { return "server"; },
                                 [](DnsChange const&) { return "dns"; },
                                 [](PersonChange const&) { return "person"; },
                                 [](NetworkChange const&) { return "network"; }},
                      change.what);
}

/// Where the copy for each recipient goes, as far as the events were seen.
using Destinations = std::vector<AddressId>;

/// Writes the fields of one event into its line.
struct Fields {
    World const& world;
    Trace const& trace;
    TraceIndex const& index;
    Destinations& destinations;
    Instant at;
    Json& line;

    [[nodiscard]] std::string const& host(HostId id) const { return world.hosts[id].name; }
    [[nodiscard]] std::string address_or_null_path(AddressId id) const {
        return id.valid() ? world.book.text(id) : "<>";
    }

    /// Handed-in mail goes by its id in the file, what a server wrote by its number among all messages.
    [[nodiscard]] std::string name_of_message(MessageId id) const {
        Message const& about = trace.messages[id];
        return is_handed_in(about) ? message_id(world, about)
                                   : fmt::format("{}-{}", prefix_of(about.kind), id.index + 1);
    }
    void message(MessageId id) const { line["message"] = name_of_message(id); }
    void check(MailCheckId id) const { line["check"] = id.index + 1; }
    /// What a session or a question is for.
    void purpose(MessageId for_message, MailCheckId for_check) const {
        if (for_check.valid())
            check(for_check);
        else
            message(for_message);
    }
    void session(SessionId id) const {
        Session const& about = trace.sessions[id];
        line["session"] = id.index + 1;
        line["client"] = host(about.client);
        line["server"] = host(about.server);
        line["port"] = about.port;
        purpose(about.message, about.check);
    }
    void lookup(LookupId id) const {
        Lookup const& about = trace.lookups[id];
        line["lookup"] = id.index + 1;
        line["asker"] = host(about.asker);
        line["name"] = world.book.name(about.name);
        line["type"] = about.type == RecordType::mx ? "mx" : "address";
        purpose(about.message, about.check);
    }
    void entry(QueueEntryId id) const {
        QueueEntry const& about = trace.entries[id];
        line["server"] = host(about.server);
        line["queue_id"] = queue_id(id);
        message(about.message);
    }
    void recipient(RecipientId id) const {
        message(trace.recipients[id].message);
        line["recipient"] = world.book.text(trace.recipients[id].address);
    }
    void copy(RecipientId id, MailCheckId from) const {
        check(from);
        line["device"] = host(trace.checks[from].device);
        line["server"] = host(trace.checks[from].server);
        recipient(id);
    }
    void recipients_of(Message const& about) const {
        line["to"] = Json::array();
        for (std::uint32_t i = 0; i < about.recipient_count; ++i)
            line["to"].push_back(
                world.book.text(trace.recipients[RecipientId{about.first_recipient.index + i}].address));
    }

    void operator()(MessageSubmitted const& e) const {
        line["kind"] = "message_submitted";
        Message const& about = trace.messages[e.message];
        message(e.message);
        line["host"] = host(about.origin);
        line["from"] = address_or_null_path(about.reverse_path);
        recipients_of(about);
        line["size_bytes"] = about.size_bytes;
    }
    void operator()(ConnectionOpened const& e) const {
        line["kind"] = "connection_opened";
        session(e.session);
        Session const& about = trace.sessions[e.session];
        line["client_address"] = to_text(about.client_address);
        line["server_address"] = to_text(world.hosts[about.server].address);
    }
    void operator()(ConnectionEstablished const& e) const {
        line["kind"] = "connection_established";
        session(e.session);
    }
    void operator()(ConnectionFailed const& e) const {
        line["kind"] = "connection_failed";
        session(e.session);
        line["diagnosis"] = to_line(reply_of(world, trace, index, e));
    }
    void operator()(CommandSent const& e) const {
        line["kind"] = "command_sent";
        session(e.session);
        line["line"] = command_line(world, trace, e);
    }
    void operator()(DecisionMade const& e) const {
        line["kind"] = "decision_made";
        DecisionRecord const& record = trace.decisions[e.decision];
        session(record.session);
        if (record.recipient.valid())
            line["recipient"] = world.book.text(record.recipient);
        line["list"] = name_of(record.decision.list);
        line["verdict"] = record.decision.verdict == Verdict::accept ? "accept" : "refuse";
        line["decided_by"] = rule(record.decision.decided_by()).name;
        Question const question = question_of(world, trace, record);
        line["rules"] = Json::array();
        for (Finding const& finding : record.decision.findings()) {
            Rule const& asked = rule(finding.rule);
            line["rules"].push_back({{"rule", asked.name},
                                     {"matched", finding.match == Match::yes},
                                     {"because", asked.because(question, finding)}});
        }
    }
    void operator()(ReplySent const& e) const {
        line["kind"] = "reply_sent";
        session(e.session);
        Reply const reply = reply_of(world, trace, e, at);
        line["code"] = reply.code;
        line["lines"] = reply.code == 0 ? reply.lines : to_wire(reply);
    }
    void operator()(SessionClosed const& e) const {
        line["kind"] = "session_closed";
        session(e.session);
    }
    void operator()(LookupSent const& e) const {
        line["kind"] = "lookup_sent";
        lookup(e.lookup);
    }
    void operator()(LookupAnswered const& e) const {
        line["kind"] = "lookup_answered";
        lookup(e.lookup);
        Lookup const& about = trace.lookups[e.lookup];
        line["status"] = name_of(about.status);
        line["cached"] = about.cached;
        line["answers"] = Json::array();
        if (about.status != DnsStatus::found)
            return;
        DnsRecords const& records = records_of(world, about);
        if (about.type == RecordType::address)
            line["answers"].push_back(to_text(address_in(world, records)));
        else if (records.null_mx)
            line["answers"].push_back("0 .");
        else
            for (MxRecord const& record : records.mx)
                line["answers"].push_back(
                    fmt::format("{} {}", record.preference, world.book.name(record.host)));
    }
    void operator()(LookupTimedOut const& e) const {
        line["kind"] = "lookup_timed_out";
        lookup(e.lookup);
    }
    void operator()(MessageQueued const& e) const {
        line["kind"] = "message_queued";
        entry(e.entry);
        QueueEntry const& about = trace.entries[e.entry];
        line["received_lines"] = about.received_lines;
        line["recipients"] = Json::array();
        for (EnvelopeRecipient const& to : about.recipients)
            line["recipients"].push_back(world.book.text(destinations[to.recipient.index]));
    }
    void operator()(AliasFollowed const& e) const {
        line["kind"] = "alias_followed";
        entry(e.entry);
        line["recipient"] = world.book.text(trace.recipients[e.recipient].address);
        line["from"] = world.book.text(destinations[e.recipient.index]);
        line["target"] = world.book.text(e.target);
        destinations[e.recipient.index] = e.target;
    }
    void operator()(MessageDeferred const& e) const {
        line["kind"] = "message_deferred";
        Deferral const& about = trace.deferrals[e.deferral];
        entry(about.entry);
        line["recipient"] = world.book.text(trace.recipients[about.recipient].address);
        line["reason"] = mailflow::name_of(reason_of(about.saying));
        line["by"] = host(about.by);
        line["reply"] = to_line(reply_of(world, trace, index, e.deferral));
        line["next_try_at_s"] = seconds(about.next_try.since_start);
    }
    void operator()(MessageDequeued const& e) const {
        line["kind"] = "message_dequeued";
        entry(e.entry);
    }
    void operator()(MessageFiled const& e) const {
        line["kind"] = "message_filed";
        line["server"] = host(e.server);
        recipient(e.recipient);
        line["mailbox"] = world.book.text(e.mailbox);
    }
    void operator()(MailCheckStarted const& e) const {
        line["kind"] = "mail_check_started";
        check(e.check);
        MailCheck const& about = trace.checks[e.check];
        line["device"] = host(about.device);
        line["server"] = host(about.server);
        line["protocol"] = about.protocol == Service::pop3 ? "pop3" : "imap";
    }
    void operator()(AccessCommandSent const& e) const {
        line["kind"] = "access_command_sent";
        session(e.session);
        line["line"] = command_line(world, trace, e);
    }
    void operator()(AccessReplySent const& e) const {
        line["kind"] = "access_reply_sent";
        session(e.session);
        line["lines"] = reply_lines(trace, e);
    }
    void operator()(MessageFetched const& e) const {
        line["kind"] = "message_fetched";
        copy(e.recipient, e.check);
    }
    void operator()(MessageRemoved const& e) const {
        line["kind"] = "message_removed";
        copy(e.recipient, e.check);
        line["mailbox"] = world.book.text(e.mailbox);
    }
    void operator()(MailCheckEnded const& e) const {
        line["kind"] = "mail_check_ended";
        check(e.check);
        line["device"] = host(trace.checks[e.check].device);
        line["fetched"] = e.fetched;
        line["trouble"] = nullptr;
        if (e.trouble != Saying::goodbye)
            line["trouble"] = mailflow::name_of(reason_of(e.trouble));
    }
    void operator()(BounceWritten const& e) const {
        line["kind"] = "bounce_written";
        entry(e.about);
        line["bounce"] = name_of_message(e.bounce);
        recipients_of(trace.messages[e.bounce]);
    }
    void operator()(DelayWarningWritten const& e) const {
        line["kind"] = "delay_warning_written";
        entry(e.about);
        line["warning"] = name_of_message(e.warning);
        recipients_of(trace.messages[e.warning]);
    }
    void listing(ListingId id) const {
        Listing const& about = trace.listings[id];
        line["blocklist"] = world.book.name(world.blocklists[about.list].zone);
        line["address"] = to_text(about.address);
        line["host"] = host(about.host);
    }
    void operator()(AddressListed const& e) const {
        line["kind"] = "address_listed";
        listing(e.listing);
        line["messages"] = trace.listings[e.listing].messages;
    }
    void operator()(AddressDelisted const& e) const {
        line["kind"] = "address_delisted";
        listing(e.listing);
        line["listed_at_s"] = seconds(trace.listings[e.listing].listed_at.since_start);
    }
    void operator()(WorldChanged const& e) const {
        line["kind"] = "world_changed";
        Change const& change = world.changes[e.change];
        line["change"] = e.change.index + 1;
        line["of"] = subject_of(change);
        line["words"] = change_words(world, e.change);
    }
    void operator()(RecipientSettled const& e) const {
        line["kind"] = "recipient_settled";
        recipient(e.recipient);
        line["outcome"] = mailflow::name_of(e.outcome);
        line["reason"] = nullptr;
        if (e.reason != Reason::none)
            line["reason"] = mailflow::name_of(e.reason);
        line["by"] = host(e.by);
        line["reply"] = to_line(reply_of(world, trace, index, e));
    }
};

std::string dump(Json const& line) {
    return line.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n";
}

} // namespace

std::string trace_jsonl(World const& world, Trace const& trace) {
    std::string text = dump({{"format", "mailflow-trace"},
                             {"version", 1},
                             {"scenario", world.title},
                             {"seed", world.seed},
                             {"ended_at_s", seconds(trace.ended_at.since_start)}});
    TraceIndex const index = index_of(world, trace);
    Destinations destinations;
    for (Recipient const& recipient : trace.recipients)
        destinations.push_back(recipient.address);
    for (Event const& event : trace.events) {
        Json line;
        line["at_s"] = seconds(event.at.since_start);
        std::visit(Fields{world, trace, index, destinations, event.at, line}, event.happening);
        text += dump(line);
    }
    return text;
}

} // namespace mailflow
