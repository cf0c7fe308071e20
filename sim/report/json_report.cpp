#include "report/json_report.hpp"

#include "report/crowds.hpp"
#include "report/expect.hpp"
#include "report/letter.hpp"
#include "report/probe.hpp"
#include "report/received.hpp"
#include "report/summary.hpp"
#include "report/words/words.hpp"

#include <nlohmann/json.hpp>

namespace mailflow {

namespace {

using Json = nlohmann::ordered_json;

Json seconds_or_null(std::optional<Instant> at) {
    return at ? Json(seconds(at->since_start)) : Json(nullptr);
}

/// The Received lines of the message as it lies in the mailbox, from the top, each on one line; empty where
/// it does not lie in one.
Json received_json(ReceivedLines const& received, Summary const& summary, RecipientSummary const& came) {
    Json lines = Json::array();
    if (came.outcome == Outcome::delivered)
        for (ReceivedLine const& line : received.on(summary.index.settling[came.recipient.index].holder))
            lines.push_back(unfolded(line));
    return lines;
}

Json recipient_json(World const& world, Trace const& trace, Summary const& summary,
                    ReceivedLines const& received, RecipientSummary const& came) {
    Recipient const& recipient = trace.recipients[came.recipient];
    Message const& message = trace.messages[recipient.message];
    auto const reply = last_reply(world, trace, summary, came);
    Json row;
    row["id"] = message_id(world, message);
    row["from"] = sender_text(world, message);
    row["to"] = world.book.text(recipient.address);
    row["outcome"] = name_of(came.outcome);
    auto const [reason, by] = hindrance_of(world, trace, came);
    row["reason"] = reason != Reason::none ? Json(name_of(reason)) : Json(nullptr);
    row["by"] = by.valid() ? Json(world.hosts[by].name) : Json(nullptr);
    row["reply"] = reply ? Json(to_line(*reply)) : Json(nullptr);
    row["fetched"] = !came.fetches.empty();
    row["submitted_at_s"] = seconds(came.submitted_at.since_start);
    row["settled_at_s"] = seconds_or_null(came.settled_at);
    row["path"] = Json::array();
    for (HostId const host : came.path)
        row["path"].push_back(world.hosts[host].name);
    row["hops"] = Json::array();
    for (Hop const& hop : came.hops)
        row["hops"].push_back({{"server", world.hosts[hop.server].name},
                               {"arrived_at_s", seconds(hop.arrived.since_start)},
                               {"delay_s", seconds(hop.left.value_or(trace.ended_at) - hop.arrived)}});
    row["received"] = received_json(received, summary, came);
    row["fetches"] = Json::array();
    for (Fetch const& fetch : came.fetches)
        row["fetches"].push_back({{"by", world.hosts[fetch.device].name},
                                  {"at_s", seconds(fetch.at.since_start)},
                                  {"deleted", fetch.deleted}});
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

Json delays_json(std::vector<Duration> const& sorted) {
    Json delays;
    for (auto const& [name, share] :
         {std::pair{"p50", 0.50}, std::pair{"p90", 0.90}, std::pair{"p99", 0.99}}) {
        auto const delay = percentile(sorted, share);
        delays[name] = delay ? Json(seconds(*delay)) : Json(nullptr);
    }
    return delays;
}

Json queue_json(QueueCourse const& queue) {
    Json course = Json::array();
    for (QueueLength const& length : queue.points())
        course.push_back({{"at_s", seconds(length.from.since_start)}, {"messages", length.messages}});
    return course;
}

Json statistics_json(ServerCounts const& counts) {
    Json refused = Json::object();
    for (std::size_t i = 0; i < reason_names.size(); ++i)
        if (std::uint64_t const count = counts.refused.of(static_cast<Reason>(i)); count > 0)
            refused[std::string{reason_names[i]}] = count;
    return {{"refused", refused},
            {"deferred", counts.deferred},
            {"delay_warnings", counts.delay_warnings},
            {"served", counts.delays.size()},
            {"delay_s", delays_json(counts.delays)},
            {"queue", queue_json(counts.queue)}};
}

/// What a prober tried, and what it found.
void add_probe(World const& world, Trace const& trace, Summary const& summary, SpammerId id, Json& row) {
    Spammer const& spammer = world.spammers[id];
    row["tries"] = Json::array();
    for (RecipientSummary const* const came : tries_of(trace, summary, world, id)) {
        Recipient const& recipient = trace.recipients[came->recipient];
        ProbeTry const& tried = *try_of(world, trace, recipient.message);
        auto const reply = last_reply(world, trace, summary, *came);
        row["tries"].push_back({{"server", world.hosts[world.servers[tried.server].host].name},
                                {"trick", name_of(tried.trick)},
                                {"to", world.book.text(recipient.address)},
                                {"accepted", !came->hops.empty()},
                                {"relayed", has_relayed(world, *came, tried, spammer)},
                                {"outcome", name_of(came->outcome)},
                                {"by", came->by.valid() ? Json(world.hosts[came->by].name) : Json(nullptr)},
                                {"reply", reply ? Json(to_line(*reply)) : Json(nullptr)}});
    }
    ProbeTry const* const relay = relay_found(world, trace, id);
    row["relay"] = relay ? Json{{"server", world.hosts[world.servers[relay->server].host].name},
                                {"trick", name_of(relay->trick)}}
                         : Json(nullptr);
}

Json spammers_json(World const& world, Trace const& trace, Summary const& summary) {
    Json rows = Json::object();
    for (std::size_t i = 0; i < world.spammers.size(); ++i) {
        SpammerId const id = world.spammers.id_at(i);
        SpammerNumbers const& counts = summary.spammers[id];
        Json row;
        row["messages"] = counts.messages;
        row.update(totals_json(totals_of(counts.recipients)));
        row["reasons"] = Json::object();
        for (std::size_t reason = 1; reason < reason_names.size(); ++reason)
            if (auto const count = counts.recipients.of(static_cast<Reason>(reason)); count > 0)
                row["reasons"][std::string{reason_names[reason]}] = count;
        row["backscatter"] = bounces_json(totals_of(counts.backscatter));
        if (world.spammers[id].probe)
            add_probe(world, trace, summary, id, row);
        rows[world.spammers[id].key] = std::move(row);
    }
    return rows;
}

Json populations_json(World const& world, Trace const& trace, Summary const& summary) {
    Table<PopulationId, Outcomes> const counts = count_crowds(world, trace, summary);
    Json rows = Json::object();
    for (std::size_t i = 0; i < world.populations.size(); ++i) {
        PopulationId const id = world.populations.id_at(i);
        Json row = totals_json(totals_of(counts[id]));
        row["reasons"] = Json::object();
        for (std::size_t reason = 1; reason < reason_names.size(); ++reason)
            if (auto const count = counts[id].of(static_cast<Reason>(reason)); count > 0)
                row["reasons"][std::string{reason_names[reason]}] = count;
        rows[world.populations[id].key] = std::move(row);
    }
    return rows;
}

/// The addresses that got onto blocklists, and when.
Json listings_json(World const& world, Trace const& trace) {
    std::vector<std::optional<Instant>> ends(trace.listings.size());
    for (Event const& event : trace.events)
        if (auto const* end = std::get_if<AddressDelisted>(&event.happening))
            ends[end->listing.index] = event.at;
    Json rows = Json::array();
    for (std::size_t i = 0; i < trace.listings.size(); ++i) {
        Listing const& listing = trace.listings[trace.listings.id_at(i)];
        rows.push_back({{"blocklist", world.book.name(world.blocklists[listing.list].zone)},
                        {"address", to_text(listing.address)},
                        {"host", world.hosts[listing.host].name},
                        {"listed_at_s", seconds(listing.listed_at.since_start)},
                        {"delisted_at_s", seconds_or_null(ends[i])}});
    }
    return rows;
}

/// A member whose name is new: an ordered object would look through all that it has for it.
void append(Json& object, std::string const& name, Json value) {
    static_cast<Json::object_t::Container&>(object.get_ref<Json::object_t&>())
        .emplace_back(name, std::move(value));
}

Json accepted_json(ServerCounts const& counts) {
    return {{"accepted", counts.accepted},
            {"relay_denied", counts.refused.of(Reason::relay_denied)},
            {"queued_peak", counts.queued_peak}};
}

template<class ToJson>
Json for_each_server(World const& world, Summary const& summary, ToJson to_json) {
    Json rows = Json::object();
    for (std::size_t i = 0; i < world.servers.size(); ++i) {
        ServerId const server = world.servers.id_at(i);
        append(rows, world.hosts[world.servers[server].host].name, to_json(summary.servers[server]));
    }
    return rows;
}

/// The bounces and delay warnings about what people wrote, whole (RFC 3464); those about spam are only
/// counted.
Json letters_json(World const& world, Trace const& trace, TraceIndex const& index) {
    constexpr std::size_t most = 1000;
    Json letters = Json::array();
    ReceivedLines const received{world, trace, index};
    for (auto const& [letter, written_at] : index.written_at) {
        Message const& message = trace.messages[letter];
        if (letters.size() == most || trace.messages[root_of(trace, letter)].kind != MessageKind::mail)
            continue;
        AddressId const to = trace.recipients[message.first_recipient].address;
        letters.push_back({{"about", message_id(world, trace.messages[root_of(trace, letter)])},
                           {"kind", message.kind == MessageKind::bounce ? "bounce" : "delay-warning"},
                           {"by", world.hosts[message.origin].name},
                           {"to", world.book.text(to)},
                           {"written_at_s", seconds(written_at.since_start)},
                           {"text", to_text(letter_of(world, trace, index, received, letter))}});
    }
    return letters;
}

/// All but the messages, in whose place there is an empty list.
Json frame_of(World const& world, Trace const& trace, Summary const& summary) {
    Verification const verification = verify(world, trace, summary);
    Json report;
    report["scenario"] = world.title;
    report["seed"] = world.seed;
    report["ended_at_s"] = seconds(trace.ended_at.since_start);
    report["messages"] = Json::array();
    report["totals"] = totals_json(summary.totals);
    report["bounces"] = bounces_json(summary.bounces);
    if (!world.spammers.empty())
        report["spammers"] = spammers_json(world, trace, summary);
    if (!world.populations.empty())
        report["populations"] = populations_json(world, trace, summary);
    if (!trace.listings.empty())
        report["listings"] = listings_json(world, trace);
    report["servers"] = for_each_server(world, summary, accepted_json);
    report["expect"] = {{"met", verification.met}, {"failed", verification.failed}};
    report["statistics"] = for_each_server(world, summary, statistics_json);
    if (Json letters = letters_json(world, trace, summary.index); !letters.empty())
        report["letters"] = std::move(letters);
    return report;
}

std::string dump(Json const& value) {
    return value.dump(2, ' ', false, Json::error_handler_t::replace);
}

/// The rows of the list of messages, one after the other, so that no more than a chunk of them is in memory.
class JsonArray {
public:
    explicit JsonArray(Sink const& sink) : sink_(sink) {}

    [[nodiscard]] bool add(Json const& row) {
        text_ += any_ ? ",\n    " : "\n    ";
        any_ = true;
        for (char const c : dump(row)) {
            text_ += c;
            if (c == '\n')
                text_ += "    ";
        }
        return text_.size() < io_chunk_bytes || flush();
    }
    [[nodiscard]] bool end() {
        if (any_)
            text_ += "\n  ";
        return flush();
    }

private:
    bool flush() {
        bool const taken = sink_(text_);
        text_.clear();
        return taken;
    }

    Sink const& sink_;
    std::string text_;
    bool any_ = false;
};

} // namespace

bool write_json(World const& world, Trace const& trace, Sink const& sink) {
    Summary const summary = summarize(world, trace);
    std::string const frame = dump(frame_of(world, trace, summary)) + "\n";
    // No text can hold this: in a JSON string there are no line breaks.
    constexpr std::string_view opening = "\n  \"messages\": [";
    std::size_t const place = frame.find(opening) + opening.size();
    if (!sink(std::string_view{frame}.substr(0, place)))
        return false;
    JsonArray rows{sink};
    ReceivedLines const received{world, trace, summary.index};
    for (RecipientSummary const& came : summary.recipients)
        if (!rows.add(recipient_json(world, trace, summary, received, came)))
            return false;
    if (lists_spam(summary))
        for (RecipientSummary const& came : summary.spam)
            if (!rows.add(recipient_json(world, trace, summary, received, came)))
                return false;
    if (lists_crowds(summary))
        for (RecipientSummary const& came : summary.crowd)
            if (!rows.add(recipient_json(world, trace, summary, received, came)))
                return false;
    return rows.end() && sink(std::string_view{frame}.substr(place));
}

std::string report_json(World const& world, Trace const& trace) {
    std::string text;
    (void)write_json(world, trace, [&text](std::string_view chunk) {
        text += chunk;
        return true;
    });
    return text;
}

} // namespace mailflow
