#include "report/csv.hpp"

#include "base/csv.hpp"
#include "report/words/words.hpp"

#include <fmt/format.h>

namespace mailflow {

namespace {

constexpr std::string_view header = "scenario,seed,message,from,to,outcome,reason,by,code,enhanced,reply,"
                                    "submitted_at_s,settled_at_s,delay_s,hops,fetched\n";

std::string line_of(World const& world, Trace const& trace, Summary const& summary,
                    RecipientSummary const& came) {
    Recipient const& recipient = trace.recipients[came.recipient];
    Message const& message = trace.messages[recipient.message];
    auto const reply = last_reply(world, trace, summary, came);
    auto const [reason, by] = hindrance_of(world, trace, came);
    std::vector<std::string> fields{world.title,
                                    std::to_string(world.seed),
                                    message_id(world, message),
                                    sender_text(world, message),
                                    world.book.text(recipient.address),
                                    std::string{name_of(came.outcome)},
                                    std::string{name_of(reason)}};
    fields.push_back(by.valid() ? world.hosts[by].name : "");
    fields.push_back(reply && reply->code != 0 ? std::to_string(reply->code) : "");
    fields.push_back(reply && reply->enhanced ? to_text(*reply->enhanced) : "");
    fields.push_back(reply ? to_line(*reply) : "");
    fields.push_back(fmt::format("{}", seconds(came.submitted_at.since_start)));
    fields.push_back(came.settled_at ? fmt::format("{}", seconds(came.settled_at->since_start)) : "");
    fields.push_back(came.settled_at ? fmt::format("{}", seconds(*came.settled_at - came.submitted_at)) : "");
    fields.push_back(std::to_string(came.hops.size()));
    fields.emplace_back(came.fetches.empty() ? "false" : "true");
    for (std::string& field : fields)
        field = csv_field(field);
    return fmt::format("{}\n", fmt::join(fields, ","));
}

} // namespace

bool write_csv(World const& world, Trace const& trace, Sink const& sink) {
    Summary const summary = summarize(world, trace);
    std::string text{header};
    auto const add = [&](std::vector<RecipientSummary> const& all) {
        for (RecipientSummary const& came : all) {
            text += line_of(world, trace, summary, came);
            if (text.size() < io_chunk_bytes)
                continue;
            if (!sink(text))
                return false;
            text.clear();
        }
        return true;
    };
    return add(summary.recipients) && add(summary.spam) && add(summary.crowd) && sink(text);
}

std::string report_csv(World const& world, Trace const& trace) {
    std::string text;
    (void)write_csv(world, trace, [&text](std::string_view chunk) {
        text += chunk;
        return true;
    });
    return text;
}

} // namespace mailflow
