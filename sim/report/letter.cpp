#include "report/letter.hpp"

#include "base/text.hpp"
#include "mail/date.hpp"
#include "mail/encoded_words.hpp"
#include "mail/queue_id.hpp"
#include "report/letters/letters.hpp"
#include "report/moment.hpp"
#include "report/received.hpp"
#include "report/words/words.hpp"
#include "world/queue_times.hpp"
#include "world/returning.hpp"

#include <fmt/format.h>

#include <array>
#include <cassert>

namespace mailflow {

namespace {

/// In the order of Software.
constexpr std::array<LetterWriter const*, software_names.size()> writers{
    &postfix_letters,   &exim_letters,  &sendmail_letters,
    &opensmtpd_letters, &qmail_letters, &exchange_letters};

/// Words about one recipient of the message, whenever they were said.
struct Said {
    RecipientId recipient;
    Circumstances const& circumstances;
    SessionId session;
    Saying saying;
    Reply reply;
    bool gave_up;
};

bool takes_commands_ahead(Software software, std::string_view server) {
    std::vector<std::string> const offers =
        say(software, Saying::capabilities, {.server_name = server}).lines;
    return std::find(offers.begin(), offers.end(), "PIPELINING") != offers.end();
}

void add_session(World const& world, Trace const& trace, TraceIndex const& index, SessionId session,
                 LetterTrouble& trouble) {
    Host const& remote = world.hosts[trace.sessions[session].server];
    trouble.remote_name = name_called(world, trace, index, session);
    trouble.remote_address = to_text(remote.address);
    trouble.last_command = index.last_command[session.index];
    Software const software = software_of(world, trace.sessions[session].server);
    if (takes_commands_ahead(software, remote.name))
        trouble.answer_to_data =
            to_line(say(software, Saying::no_valid_recipients, {.server_name = remote.name}));
}

/// Of a host that nobody came to call.
void add_lookup(World const& world, Lookup const& lookup, LetterTrouble& trouble) {
    if (lookup.type != RecordType::address)
        return;
    trouble.remote_name = world.book.name(lookup.name);
    if (lookup.status == DnsStatus::found)
        trouble.remote_address = to_text(address_in(world, records_of(world, lookup)));
}

LetterTrouble to_trouble(World const& world, Trace const& trace, TraceIndex const& index, Said said) {
    AddressId const address = said.circumstances.address;
    LetterTrouble trouble{.address = world.book.text(address),
                          .came_for = world.book.text(said.circumstances.came_for),
                          .domain = world.book.name(world.book[address].domain),
                          .saying = said.saying,
                          .reply = std::move(said.reply),
                          .answered = said.circumstances.answered,
                          .said_remotely = said.session.valid() && !is_diagnosis(said.saying),
                          .gave_up = said.gave_up};
    if (said.session.valid())
        add_session(world, trace, index, said.session, trouble);
    else if (said.circumstances.lookup.valid())
        add_lookup(world, trace.lookups[said.circumstances.lookup], trouble);
    return trouble;
}

std::vector<LetterTrouble> troubles_of(World const& world, Trace const& trace, TraceIndex const& index,
                                       MessageId written) {
    std::vector<LetterTrouble> troubles;
    if (auto const bounced = index.returned.find(written); bounced != index.returned.end())
        for (RecipientSettled const& settled : bounced->second)
            troubles.push_back(to_trouble(
                world, trace, index,
                {settled.recipient, index.settling[settled.recipient.index], settled.session, settled.saying,
                 reply_of(world, trace, index, settled), settled.reason == Reason::expired}));
    if (auto const delayed = index.delayed.find(written); delayed != index.delayed.end())
        for (DeferralId const id : delayed->second) {
            Deferral const& deferral = trace.deferrals[id];
            LetterTrouble& trouble = troubles.emplace_back(
                to_trouble(world, trace, index,
                           {deferral.recipient, index.deferring[id.index], deferral.session, deferral.saying,
                            reply_of(world, trace, index, id), true}));
            trouble.still_waits = true;
        }
    return troubles;
}

std::string field_lines(std::vector<Field> const& fields) {
    std::string lines;
    for (Field const& field : fields)
        lines += fmt::format("{}: {}\n", field.name, field.value);
    return lines;
}

/// Behind "From: ".
std::string sender_field(std::string_view name, std::string_view address) {
    constexpr std::size_t before = 6;
    constexpr std::size_t usual_line = 78; // RFC 5322 section 2.1.1
    std::string const shown = display_name(name, before);
    std::size_t const last_break = shown.rfind('\n');
    std::size_t const column =
        last_break == std::string::npos ? before + shown.size() : shown.size() - last_break - 1;
    bool const fits = column + address.size() + 3 <= usual_line; // with the blank and the brackets
    return fmt::format("{}{} <{}>", shown, fits ? "" : "\n", address);
}

/// Who handed the message to the server.
void add_client(World const& world, Trace const& trace, QueueEntry const& entry, LetterSubject& subject) {
    if (!entry.from.valid())
        return;
    Session const& session = trace.sessions[entry.from];
    std::string const address = fmt::format("[{}]", to_text(session.client_address));
    bool const has_name = is_server(world, session.client);
    subject.client_name = has_name ? world.hosts[session.client].name : address;
    subject.client = has_name ? fmt::format("{} {}", subject.client_name, address) : address;
}

Field field_of(ReceivedLine const& line) {
    std::string text{fmt::format("{}", fmt::join(line.folded, "\n"))};
    return {"Received", text.substr(text.find(' ') + 1)};
}

LetterSubject subject_of(World const& world, Trace const& trace, TraceIndex const& index,
                         ReceivedLines const& received, MessageId written) {
    Message const& message = trace.messages[written];
    QueueEntry const& entry = trace.entries[message.about];
    Message const& original = trace.messages[entry.message];
    LetterSubject subject;
    subject.is_warning = message.kind == MessageKind::delay_warning;
    subject.server = world.hosts[message.origin].name;
    subject.sender = original.reverse_path.valid() ? world.book.text(original.reverse_path) : "";
    subject.queue_id = queue_id(world, trace, message.about);
    auto const kept_as = index.kept_as.find(written); // none where a saved trace lies
    QueueEntryId const own = kept_as == index.kept_as.end() ? QueueEntryId{} : kept_as->second;
    subject.own_id = queue_id(software_of(world, message.origin), own.index);
    subject.size_bytes = original.size_bytes;
    subject.written = index.written_at.at(written);
    subject.arrived = index.queued_at[message.about.index];
    for (ReceivedLine const& line : received.on(message.about))
        subject.returned_headers.push_back(field_of(line));
    std::vector<Field> const written_with = headers_of(world, index, entry.message, original);
    subject.returned_headers.insert(subject.returned_headers.end(), written_with.begin(), written_with.end());
    subject.sent = written_with.back().value;
    subject.subject = original.kind == MessageKind::mail ? world.mail[original.mail].subject : "";
    add_client(world, trace, entry, subject);
    Server const& server =
        server_after(world, world.hosts[message.origin].server, changes_by(world, subject.written));
    QueueTimes const times = queue_times(server);
    subject.give_up = times.give_up;
    subject.warned_after = times.warn.value_or(Duration{});
    if (times.warns_again && subject.warned_after > Duration::zero())
        subject.warned_after *= (subject.written - subject.arrived) / subject.warned_after;
    subject.troubles = troubles_of(world, trace, index, written);
    for (LetterTrouble const& trouble : subject.troubles)
        subject.first_try = subject.first_try && !trouble.gave_up;
    return subject;
}

LetterWriter const& writer_of(World const& world, Trace const& trace, MessageId written) {
    HostId const origin = trace.messages[written].origin;
    return *writers[static_cast<std::size_t>(software_of(world, origin))];
}

std::string returned_part(Letter const& letter) {
    std::string text = field_lines(letter.returned_headers) + "\n";
    if (letter.returned == Returned::headers)
        return text;
    return text + (letter.returned_bytes == letter.message_bytes
                       ? fmt::format("[the message, {} octets]\n", letter.message_bytes)
                       : fmt::format("[the first {} of the message's {} octets]\n", letter.returned_bytes,
                                     letter.message_bytes));
}

} // namespace

std::vector<Field> headers_of(World const& world, TraceIndex const& index, MessageId id,
                              Message const& message) {
    if (message.kind == MessageKind::spam)
        return {{"From", fmt::format("<{}>", world.book.text(world.spammers[message.spammer].from))}};
    if (is_one_of_many(message))
        return {{"From", fmt::format("<{}>", world.book.text(message.reverse_path))}};
    if (message.kind != MessageKind::mail)
        return {{"From",
                 fmt::format("Mail Delivery System <MAILER-DAEMON@{}>", world.hosts[message.origin].name)},
                {"Date", mail_date(index.written_at.at(id))}};
    Mail const& mail = world.mail[message.mail];
    std::vector<Field> fields{
        {"From", sender_field(world.people[mail.from].name, world.book.text(message.reverse_path))}};
    std::string named; // those of "bcc" stand in the envelope alone
    for (AddressId const to : mail.to)
        named += (named.empty() ? "" : ",\n    ") + world.book.text(to);
    if (!named.empty())
        fields.push_back({"To", std::move(named)});
    fields.push_back({"Subject", field_words(mail.subject, std::string_view{"Subject: "}.size())});
    if (!mail.taken_by.valid()) // of such a message it is not known what else its header says
        fields.push_back(
            {"Message-ID", fmt::format("<{:x}.{:x}@{}>", unix_time(mail.at), message.mail.index,
                                       world.book.name(world.book[world.people[mail.from].address].domain))});
    fields.push_back({"Date", mail_date(mail.at)});
    return fields;
}

std::string words_of(LetterTrouble const& trouble) {
    return to_line(trouble.reply);
}

std::string spoken(Duration duration) {
    using namespace std::chrono;
    auto const with_unit = [](std::int64_t count, char const* unit) {
        return fmt::format("{} {}{}", count, unit, count == 1 ? "" : "s");
    };
    if (duration >= hours{24})
        return with_unit(floor<days>(duration).count(), "day");
    if (duration >= hours{1})
        return with_unit(floor<hours>(duration).count(), "hour");
    if (duration >= minutes{1})
        return with_unit(floor<minutes>(duration).count(), "minute");
    return with_unit(floor<std::chrono::seconds>(duration).count(), "second");
}

Letter letter_of(World const& world, Trace const& trace, TraceIndex const& index,
                 ReceivedLines const& received, MessageId written) {
    assert(!is_handed_in(trace.messages[written]));
    LetterSubject const subject = subject_of(world, trace, index, received, written);
    Letter letter = writer_of(world, trace, written).write(subject);
    letter.returned_headers = subject.returned_headers;
    letter.message_bytes = subject.size_bytes;
    letter.returned_bytes =
        returned_octets(software_of(world, trace.messages[written].origin),
                        subject.is_warning ? LetterKind::warning : LetterKind::bounce, subject.size_bytes);
    letter.returned = letter.returned_bytes > 0 ? Returned::whole : Returned::headers;
    return letter;
}

Letter letter_of(World const& world, Trace const& trace, TraceIndex const& index, MessageId written) {
    return letter_of(world, trace, index, ReceivedLines{world, trace, index}, written);
}

Letter letter_of(World const& world, Trace const& trace, MessageId written) {
    return letter_of(world, trace, index_of(world, trace), written);
}

std::vector<std::string> explanations_of(World const& world, Trace const& trace, TraceIndex const& index,
                                         MessageId written) {
    std::vector<std::string> lines;
    for (LetterTrouble const& trouble : troubles_of(world, trace, index, written))
        lines.push_back(writer_of(world, trace, written).explain(trouble));
    return lines;
}

std::string to_text(Letter const& letter) {
    std::string text = field_lines(letter.headers) + "\n";
    if (letter.form == LetterForm::text)
        return text + letter.human + returned_part(letter);
    std::string const boundary = "--" + letter.boundary;
    bool const whole = letter.returned == Returned::whole;
    // What another server said, and is quoted here, need not be ASCII: RFC 2045 sections 2.8 and 6.2.
    text += boundary + "\nContent-Description: Notification\nContent-Type: text/plain; charset=";
    text += is_ascii(letter.human) ? "us-ascii\n\n" : "utf-8\nContent-Transfer-Encoding: 8bit\n\n";
    text += letter.human;
    text +=
        "\n" + boundary + "\nContent-Description: Delivery report\nContent-Type: message/delivery-status\n\n";
    text += field_lines(letter.per_message);
    for (std::vector<Field> const& group : letter.per_recipient)
        text += "\n" + field_lines(group);
    text += fmt::format("\n{}\nContent-Description: Undelivered Message{}\nContent-Type: {}\n\n", boundary,
                        whole ? "" : " Headers", whole ? "message/rfc822" : "text/rfc822-headers");
    return text + returned_part(letter) + "\n" + boundary + "--\n";
}

} // namespace mailflow
