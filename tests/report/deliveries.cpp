#include "deliveries.hpp"

#include "library.hpp"

#include "mail/voice.hpp"
#include "report/words/words.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <regex>

using namespace mailflow;

namespace deliveries {

namespace {

using Json = nlohmann::ordered_json;

std::vector<Field> fields_of(Json const& pairs) {
    std::vector<Field> fields;
    for (Json const& pair : pairs)
        fields.push_back({pair[0], pair[1]});
    return fields;
}

/// How patient the servers under test were made for the recording, and how long it lasted.
struct Patience {
    char const* retry;
    char const* until;
};

Patience patience_of(std::string const& software) {
    if (software == "exim")
        return {R"("first": "3s", "most": "5s", "give_up": "26s", "warn": "8s")", "24s"};
    if (software == "opensmtpd")
        return {R"("first": "400s", "most": "1h", "give_up": "4d", "warn": "0s")", "30s"};
    return {R"("first": "1s", "most": "1h", "give_up": "24s", "warn": "6s")", "60s"};
}

/// The DNS and the servers of the records: tests/facts/deliveries.json was taken in this world.
constexpr char const* world_form = R"({{
  "format": 1, "title": "The world of the records", "until": "{until}",
  "networks": {{ "trusted": {{ "range": "198.51.100.0/24" }}, "internet": {{ "range": "203.0.113.0/24" }},
                "void": {{ "reaches": [] }} }},
  "servers": {{
    "mx.example.org": {{ "network": "internet", "handles": ["example.org"], "mailboxes": ["alice", "bob"],
                        "trusts": ["trusted", "203.0.113.25"], "max_size": "100kB",
                        "relays_for": ["partner.example", "partner2.example"], "retry": {{ {retry} }} }},
    "mx.foreign.example": {{ "network": "internet", "handles": ["foreign.example", "implicit.example",
        "domcname.example", "partner2.example", "prio.example", "prio554.example", "prio421.example",
        "prio451.example", "prio550.example", "priodrop.example", "prioeod451.example", "equal.example"] }},
    "mx.foreign2.example": {{ "network": "internet", "handles": ["equal.example"] }},
    "mx.downhost.example": {{ "network": "internet", "up": false }},
    "mx.partner.example": {{ "network": "internet", "up": false }},
    "mx.nohost.example": {{ "network": "void" }},
    "mx.grey.example": {{ "network": "internet", "answers": {{
        "rcpt": "451 4.7.1 <{{address}}>: Recipient address rejected: Greylisted" }} }},
    "mx.greet421.example": {{ "network": "internet", "answers": {{ "greeting": "421 4.3.2 later" }} }},
    "mx.greet554.example": {{ "network": "internet", "answers": {{
        "greeting": "554 5.7.1 mx.greet554.example No SMTP service here for you" }} }},
    "mx.small.example": {{ "network": "internet", "handles": ["small.example"], "max_size": "1kB" }},
    "mx.full452.example": {{ "network": "internet", "answers": {{
        "rcpt": "452 4.2.2 <{{address}}>: Mailbox full" }} }},
    "mx.drop.example": {{ "network": "internet", "answers": {{ "greeting": "drop" }} }},
    "mx.unknown550.example": {{ "network": "internet", "answers": {{ "rcpt":
      "550 5.1.1 <{{address}}>: Recipient address rejected: User unknown in local recipient table" }} }},
    "mx.mail550.example": {{ "network": "internet", "answers": {{
        "mail": "550 5.7.1 <{{address}}>: Sender address rejected: SPF fail" }} }},
    "mx.eod451.example": {{ "network": "internet", "handles": ["prioeod451.example"], "answers": {{
        "content": "451 4.3.0 Temporary local problem, try again" }} }},
    "mx.retry2.example": {{ "network": "internet", "handles": ["retry2.example"], "answers": {{
        "rcpt": "451 4.7.1 <{{address}}>: try again later", "times": 2 }} }}
  }},
  "dns": {{
    "foreign.example": {{ "mx": [ {{ "host": "mx.foreign.example" }} ] }},
    "domcname.example": {{ "mx": [ {{ "host": "mx.foreign.example" }} ] }},
    "partner.example": {{ "mx": [ {{ "host": "mx.partner.example" }},
                                 {{ "host": "mx.example.org", "preference": 20 }} ] }},
    "partner2.example": {{ "mx": [ {{ "host": "mx.foreign.example" }},
                                  {{ "host": "mx.example.org", "preference": 20 }} ] }},
    "downhost.example": {{ "mx": [ {{ "host": "mx.downhost.example" }} ] }},
    "nohost.example": {{ "mx": [ {{ "host": "mx.nohost.example" }} ] }},
    "grey.example": {{ "mx": [ {{ "host": "mx.grey.example" }} ] }},
    "greet554.example": {{ "mx": [ {{ "host": "mx.greet554.example" }} ] }},
    "full452.example": {{ "mx": [ {{ "host": "mx.full452.example" }} ] }},
    "mail550.example": {{ "mx": [ {{ "host": "mx.mail550.example" }} ] }},
    "small.example": {{ "mx": [ {{ "host": "mx.small.example" }} ] }},
    "retry2.example": {{ "mx": [ {{ "host": "mx.retry2.example" }} ] }},
    "nullmx.example": {{ "null_mx": true }},
    "noaddr.example": {{ "mx": [] }},
    "mx127.example": {{ "mx": [ {{ "host": "lo.example" }} ] }},
    "lo.example": {{ "address": "127.0.0.1" }},
    "prio554.example": {{ "mx": [ {{ "host": "mx.greet554.example" }},
                                 {{ "host": "mx.foreign.example", "preference": 20 }} ] }},
    "prio421.example": {{ "mx": [ {{ "host": "mx.greet421.example" }},
                                 {{ "host": "mx.foreign.example", "preference": 20 }} ] }},
    "prio451.example": {{ "mx": [ {{ "host": "mx.grey.example" }},
                                 {{ "host": "mx.foreign.example", "preference": 20 }} ] }},
    "prio550.example": {{ "mx": [ {{ "host": "mx.unknown550.example" }},
                                 {{ "host": "mx.foreign.example", "preference": 20 }} ] }},
    "priodrop.example": {{ "mx": [ {{ "host": "mx.drop.example" }},
                                  {{ "host": "mx.foreign.example", "preference": 20 }} ] }},
    "prioeod451.example": {{ "mx": [ {{ "host": "mx.eod451.example" }},
                                    {{ "host": "mx.foreign.example", "preference": 20 }} ] }},
    "equal.example": {{ "mx": [ {{ "host": "mx.foreign.example" }}, {{ "host": "mx.foreign2.example" }} ] }},
    "loop2.example": {{ "mx": [ {{ "host": "mx.downhost.example" }},
                               {{ "host": "mx.example.org", "preference": 20 }} ] }},
    "loopa.example": {{ "mx": [], "address": "203.0.113.25" }}
  }},
  "people": {{ "client": {{ "address": "{sender}", "network": "{network}", "outgoing": {{
      "server": "mx.example.org", "port": 25, "authenticate": false }} }} }},
  "mail": [ {{ "id": "it", "at": "{at}", "from": "client", "to": ["{recipient}"], "size": "2520B",
              "subject": "{subject}" }} {earlier} ]
}})";

constexpr std::array<std::pair<char const*, char const*>, 16> addresses{{
    {"mx.example.org", "203.0.113.25"},
    {"mx.foreign.example", "203.0.113.60"},
    {"mx.downhost.example", "203.0.113.62"},
    {"mx.partner.example", "203.0.113.62"},
    {"mx.nohost.example", "203.0.113.63"},
    {"mx.grey.example", "203.0.113.64"},
    {"mx.greet421.example", "203.0.113.65"},
    {"mx.greet554.example", "203.0.113.66"},
    {"mx.small.example", "203.0.113.68"},
    {"mx.full452.example", "203.0.113.69"},
    {"mx.drop.example", "203.0.113.70"},
    {"mx.unknown550.example", "203.0.113.71"},
    {"mx.mail550.example", "203.0.113.72"},
    {"mx.eod451.example", "203.0.113.73"},
    {"mx.retry2.example", "203.0.113.74"},
    {"mx.foreign2.example", "203.0.113.75"},
}};

World world_for(Record const& record) {
    Patience const patience = patience_of(record.software);
    bool const untrusted = record.name == "partner(from untrusted)";
    // Exim had found these hosts dead in earlier tests, for longer than it keeps a message.
    bool const known_dead =
        record.software == "exim" && (record.name == "loop2.example" || record.name == "partner.example");
    std::string const domain = record.recipient.substr(record.recipient.find('@') + 1);
    World world = world_of(fmt::format(
        world_form, fmt::arg("until", known_dead ? "60s" : patience.until), fmt::arg("retry", patience.retry),
        fmt::arg("sender", record.sender), fmt::arg("network", untrusted ? "internet" : "trusted"),
        fmt::arg("at", known_dead ? "40s" : "0s"), fmt::arg("recipient", record.recipient),
        fmt::arg("subject",
                 untrusted ? "gt h_backup" : "gt dlv-" + record.name.substr(0, record.name.find('.'))),
        fmt::arg("earlier", known_dead
                                ? fmt::format(R"(, {{ "from": "client", "to": ["earlier@{}"] }})", domain)
                                : "")));
    for (auto const& [name, address] : addresses)
        for (Host& host : world.hosts)
            if (host.name == name)
                host.address = parse_ip(address).value();
    for (Host& host : world.hosts)
        if (host.person.valid())
            host.address = parse_ip(untrusted ? "203.0.113.100" : "198.51.100.10").value();
    for (DnsRecords& records : world.dns)
        for (Server const& server : world.servers)
            if (records.other_address == world.hosts[server.host].address)
                records.address = server.host;
    for (Server& server : world.servers)
        if (world.hosts[server.host].name == "mx.example.org")
            server.policy.software = static_cast<Software>(
                std::find(software_names.begin(), software_names.end(), record.software) -
                software_names.begin());
    return world;
}

std::vector<Attempt> attempts_in(World const& world, Trace const& trace) {
    std::vector<Attempt> attempts;
    MessageId const message{0}; // the mail of the record stands first
    for (Event const& event : trace.events) {
        auto const* sent = std::get_if<ReplySent>(&event.happening);
        if (sent == nullptr)
            continue;
        Session const& session = trace.sessions[sent->session];
        if (session.message != message || !session.entry.valid() || session.client == session.server)
            continue; // the servers of the records did not write down what they were told by themselves
        std::string const address = to_text(world.hosts[session.server].address);
        if (sent->saying == Saying::queued)
            attempts.push_back({address, "EOD", "250"});
        SayingClass const answer = class_of(sent->saying);
        if (is_refused_greeting(sent->saying) ||
            (answer != SayingClass::transient && answer != SayingClass::permanent))
            continue;
        char const* const phase = sent->saying == Saying::message_too_big              ? "MAIL"
                                  : sent->saying == Saying::scripted_mail_permanent    ? "MAIL"
                                  : sent->saying == Saying::scripted_content_transient ? "EOD"
                                                                                       : "RCPT";
        attempts.push_back({address, phase, to_line(reply_of(world, trace, *sent))});
    }
    return attempts;
}

std::string header(Letter const& letter, std::string_view name) {
    for (Field const& field : letter.headers)
        if (field.name == name)
            return field.value;
    return "";
}

Report to_report(Letter const& letter) {
    std::string const type = header(letter, "Content-Type");
    return {.subject = header(letter, "Subject"),
            .type = type.substr(0, type.find(';')),
            .returned = letter.returned == Returned::whole ? "message/rfc822" : "text/rfc822-headers",
            .from = header(letter, "From"),
            .to = header(letter, "To"),
            .human = letter.human,
            .message = letter.per_message,
            .recipient = letter.per_recipient.at(0)};
}

std::string without_what_varies(std::string text) {
    static std::array<std::pair<std::regex, char const*>, 8> const patterns{{
        {std::regex{R"((Mon|Tue|Wed|Thu|Fri|Sat|Sun), [ \d]?\d \w+ \d{4} [0-9:]+ (\+0000|GMT)( \(UTC\))?)"},
         "DATE"},
        {std::regex{R"(\d+ (second|minute|hour|day)(s|\(s\))?)"}, "AGE"},
        {std::regex{R"(message \S+ delayed)"}, "message ID delayed"},
        {std::regex{R"(identifier is:\s+\S+)"}, "identifier is: ID"},
        {std::regex{R"(SIZE=\d+)"}, "SIZE=N"},
        {std::regex{R"(from \S* ?\[)"}, "from ["},
        {std::regex{R"(\s+)"}, " "},
        {std::regex{R"(^ | $)"}, ""},
    }};
    for (auto const& [pattern, replacement] : patterns)
        text = std::regex_replace(text, pattern, replacement);
    return text;
}

void level(std::vector<Field>& fields) {
    for (Field& field : fields) {
        field.value = without_what_varies(field.value);
        if (field.name == "X-Postfix-Queue-ID")
            field.value = "ID";
        if (field.name == "Received-From-MTA")
            field.value = "CLIENT";
    }
}

} // namespace

std::vector<Record> read_records() {
    std::vector<Record> records;
    for (Json const& row : Json::parse(text_of(MAILFLOW_SOURCE_DIR "/tests/facts/deliveries.json"))) {
        Record record{row["software"], row["case"], row["sender"], row["recipient"], {}};
        for (Json const& attempt : row["attempts"])
            record.outcome.attempts.push_back({attempt[0], attempt[1], attempt[2]});
        for (Json const& letter : row["letters"])
            record.outcome.letters.push_back({letter["subject"], letter["type"], letter["returned"],
                                              letter["from"], letter["to"], letter["human"],
                                              fields_of(letter["message"]), fields_of(letter["recipient"])});
        records.push_back(std::move(record));
    }
    return records;
}

Outcome play(Record const& record) {
    World const world = world_for(record);
    Trace const trace = run(world);
    TraceIndex const index = index_of(world, trace);
    Outcome outcome;
    outcome.attempts = attempts_in(world, trace);
    for (std::size_t i = 0; i < trace.messages.size(); ++i) {
        MessageId const id = trace.messages.id_at(i);
        Message const& message = trace.messages[id];
        bool const about_it = message.about.valid() && trace.entries[message.about].message == MessageId{0};
        if (about_it)
            outcome.letters.push_back(to_report(letter_of(world, trace, index, id)));
    }
    return outcome;
}

Outcome levelled(Outcome outcome) {
    for (Attempt& attempt : outcome.attempts)
        if (attempt.address == "203.0.113.75")
            attempt.address = "203.0.113.60"; // of equal exchangers either may be first
    for (Report& letter : outcome.letters) {
        letter.subject = without_what_varies(letter.subject);
        letter.human = without_what_varies(letter.human);
        level(letter.message);
        level(letter.recipient);
    }
    return outcome;
}

} // namespace deliveries
