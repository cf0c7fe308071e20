#include "report/json_report.hpp"

#include "report/expect.hpp"
#include "report/summary.hpp"
#include "report/words.hpp"

#include <nlohmann/json.hpp>

namespace mailflow {

namespace {

using Json = nlohmann::ordered_json;

Json recipient_json(World const& world, Trace const& trace, RecipientSummary const& came) {
    Recipient const& recipient = trace.recipients[came.recipient];
    Message const& message = trace.messages[recipient.message];
    Json row;
    row["id"] = world.mail[message.mail].id;
    row["from"] = world.book.text(message.reverse_path);
    row["to"] = world.book.text(recipient.address);
    row["outcome"] = name_of(came.outcome);
    row["reason"] = nullptr;
    row["by"] = nullptr;
    row["reply"] = nullptr;
    if (came.settled) {
        if (came.settled->reason != Reason::none)
            row["reason"] = name_of(came.settled->reason);
        row["by"] = world.hosts[came.settled->by].name;
        row["reply"] = to_line(reply_of(world, trace, *came.settled));
    }
    row["fetched"] = false;
    row["submitted_at_s"] = seconds(came.submitted_at.since_start);
    row["settled_at_s"] = nullptr;
    if (came.settled_at)
        row["settled_at_s"] = seconds(came.settled_at->since_start);
    row["path"] = Json::array();
    for (HostId const host : came.path)
        row["path"].push_back(world.hosts[host].name);
    return row;
}

Json totals_json(Totals const& totals) {
    return {{"recipients", totals.recipients}, {"delivered", totals.delivered},
            {"refused", totals.refused},       {"bounced", totals.bounced},
            {"queued", totals.queued},         {"discarded", totals.discarded}};
}

/// A bounce is either brought back, or given up on, or still on its way.
Json bounces_json(Totals const& bounces) {
    return {{"written", bounces.recipients},
            {"delivered", bounces.delivered},
            {"queued", bounces.queued},
            {"discarded", bounces.discarded}};
}

} // namespace

std::string report_json(World const& world, Trace const& trace) {
    Summary const summary = summarize(world, trace);
    Verification const verification = verify(world, trace, summary);
    Json report;
    report["scenario"] = world.title;
    report["seed"] = world.seed;
    report["ended_at_s"] = seconds(trace.ended_at.since_start);
    report["messages"] = Json::array();
    for (RecipientSummary const& came : summary.recipients)
        report["messages"].push_back(recipient_json(world, trace, came));
    report["totals"] = totals_json(summary.totals);
    report["bounces"] = bounces_json(summary.bounces);
    report["servers"] = Json::object();
    for (std::size_t i = 0; i < world.servers.size(); ++i) {
        ServerId const server = world.servers.id_at(i);
        ServerCounts const& counts = summary.servers[server];
        report["servers"][world.hosts[world.servers[server].host].name] = {
            {"accepted", counts.accepted},
            {"relay_denied", counts.relay_denied},
            {"queued_peak", counts.queued_peak}};
    }
    report["expect"] = {{"met", verification.met}, {"failed", verification.failed}};
    return report.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

} // namespace mailflow
