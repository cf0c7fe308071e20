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
    case RuleListId::recipient: return "recipient";
    }
    return {};
}

std::string_view name_of(DnsStatus status) {
    switch (status) {
    case DnsStatus::found: return "found";
    case DnsStatus::no_data: return "no_data";
    case DnsStatus::no_such_name: return "no_such_name";
    }
    return {};
}

/// Writes the fields of one event into its line.
struct Fields {
    World const& world;
    Trace const& trace;
    Json& line;

    [[nodiscard]] std::string const& host(HostId id) const { return world.hosts[id].name; }
    [[nodiscard]] std::string address_or_null_path(AddressId id) const {
        return id.valid() ? world.book.text(id) : "<>";
    }

    /// Handed-in mail goes by its id in the file, a bounce by its number among all messages of the run.
    void message(MessageId id) const {
        Message const& about = trace.messages[id];
        line["message"] =
            is_bounce(about) ? fmt::format("bounce-{}", id.index + 1) : world.mail[about.mail].id;
    }
    void session(SessionId id) const {
        Session const& about = trace.sessions[id];
        line["session"] = id.index + 1;
        line["client"] = host(about.client);
        line["server"] = host(about.server);
        line["port"] = about.port;
        message(about.message);
    }
    void lookup(LookupId id) const {
        Lookup const& about = trace.lookups[id];
        line["lookup"] = id.index + 1;
        line["asker"] = host(about.asker);
        line["name"] = world.book.name(about.name);
        line["type"] = about.type == RecordType::mx ? "mx" : "address";
        message(about.message);
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
        line["client_address"] = to_text(world.hosts[about.client].address);
        line["server_address"] = to_text(world.hosts[about.server].address);
    }
    void operator()(ConnectionEstablished const& e) const {
        line["kind"] = "connection_established";
        session(e.session);
    }
    void operator()(ConnectionRefused const& e) const {
        line["kind"] = "connection_refused";
        session(e.session);
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
        Reply const reply = reply_of(world, trace, e);
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
        line["answers"] = Json::array();
        if (about.status != DnsStatus::found)
            return;
        DnsRecords const& records = dns_of(world, about.name);
        if (about.type == RecordType::address)
            line["answers"].push_back(to_text(world.hosts[records.address].address));
        else if (records.null_mx)
            line["answers"].push_back("0 .");
        else
            for (MxRecord const& record : records.mx)
                line["answers"].push_back(
                    fmt::format("{} {}", record.preference, world.book.name(record.host)));
    }
    void operator()(MessageQueued const& e) const {
        line["kind"] = "message_queued";
        entry(e.entry);
        line["recipients"] = Json::array();
        for (RecipientId const id : trace.entries[e.entry].recipients)
            line["recipients"].push_back(world.book.text(trace.recipients[id].address));
    }
    void operator()(MessageDequeued const& e) const {
        line["kind"] = "message_dequeued";
        entry(e.entry);
    }
    void operator()(MessageFiled const& e) const {
        line["kind"] = "message_filed";
        line["server"] = host(e.server);
        recipient(e.recipient);
    }
    void operator()(BounceWritten const& e) const {
        line["kind"] = "bounce_written";
        entry(e.about);
        line["bounce"] = fmt::format("bounce-{}", e.bounce.index + 1);
        recipients_of(trace.messages[e.bounce]);
    }
    void operator()(RecipientSettled const& e) const {
        line["kind"] = "recipient_settled";
        recipient(e.recipient);
        line["outcome"] = mailflow::name_of(e.outcome);
        line["reason"] = nullptr;
        if (e.reason != Reason::none)
            line["reason"] = mailflow::name_of(e.reason);
        line["by"] = host(e.by);
        line["reply"] = to_line(reply_of(world, trace, e));
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
    for (Event const& event : trace.events) {
        Json line;
        line["at_s"] = seconds(event.at.since_start);
        std::visit(Fields{world, trace, line}, event.happening);
        text += dump(line);
    }
    return text;
}

} // namespace mailflow
