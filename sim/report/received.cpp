#include "report/received.hpp"

#include "base/text.hpp"
#include "mail/date.hpp"
#include "report/moment.hpp"
#include "report/words/words.hpp"
#include "world/client_name.hpp"

#include <fmt/format.h>

#include <array>
#include <optional>

namespace mailflow {

namespace {

/// What a line tells.
struct Stamp {
    std::string id{}; // in the queue of the server that writes it
    std::string by{};
    std::string by_address{};
    Instant at{};
    std::string sender{};     // empty: the null reverse path
    std::string recipients{}; // empty: of several each would learn of the others (RFC 5321 section 7.6)
    bool came_in = false;     // from a client; else it was written here, and what follows is empty
    std::string helo{};
    bool said_helo = false; // not EHLO
    std::string name{};     // in the DNS, if it leads back to the address; else empty
    std::string address{};
    bool is_v6 = false;
    bool encrypted = false;
    bool by_web = false; // no client of SMTP: a browser
    std::string login{}; // whose password the client had; empty: nobody's
};

using Lines = std::vector<std::string>;

/// RFC 3848. What comes from a page of the web mail came by HTTP, and the large providers and the programs
/// for web mail write so; the registry of RFC 5321 section 4.4 has no word for it.
std::string protocol_of(Stamp const& stamp) {
    if (stamp.by_web)
        return "HTTP";
    if (stamp.said_helo)
        return "SMTP";
    return fmt::format("ESMTP{}{}", stamp.encrypted ? "S" : "", stamp.login.empty() ? "" : "A");
}

/// RFC 5321 section 4.1.3.
std::string literal_of(Stamp const& stamp) {
    return fmt::format("[{}{}]", stamp.is_v6 ? "IPv6:" : "", stamp.address);
}

/// "from mail.isp.example (mail.isp.example [203.0.113.1])": what the client said in EHLO, and its name.
std::string from_clause(Stamp const& stamp, std::string_view nameless) {
    std::string const name = stamp.name.empty() ? std::string{nameless} : stamp.name;
    return fmt::format("from {} ({}{}{})", stamp.helo, name, name.empty() ? "" : " ", literal_of(stamp));
}

/// Who had logged in stands in the log alone: smtpd_sasl_authenticated_header is "no", unless somebody sets
/// it (postconf(5)); the A of ESMTPSA tells that somebody had.
Lines as_postfix(Stamp const& stamp) {
    std::string const date = mail_date(stamp.at, Software::postfix);
    if (!stamp.came_in)
        return {fmt::format("by {} (Postfix)", stamp.by), fmt::format("id {}; {}", stamp.id, date)};
    Lines lines{from_clause(stamp, "unknown")};
    std::string const by =
        fmt::format("by {} (Postfix) with {} id {}", stamp.by, protocol_of(stamp), stamp.id);
    if (stamp.recipients.empty())
        lines.insert(lines.end(), {by + ";", date});
    else
        lines.insert(lines.end(), {by, fmt::format("for <{}>; {}", stamp.recipients, date)});
    return lines;
}

/// received_header_text of Debian's configuration. A client that gives its address as its name gives none.
Lines as_exim(Stamp const& stamp) {
    std::string const protocol = stamp.came_in ? lower_case(protocol_of(stamp)) : "local";
    std::string const by = fmt::format("by {} with {} (Exim 4.96)", stamp.by, protocol);
    bool const named = stamp.helo != literal_of(stamp) && stamp.helo != stamp.name;
    std::string const helo = named ? "helo=" + stamp.helo : std::string{};
    Lines lines;
    if (!stamp.came_in)
        lines = {"from Debian-exim " + by};
    else if (stamp.name.empty())
        lines = {fmt::format("from [{}]{}", stamp.address, named ? " (" + helo + ")" : ""), by};
    else
        lines = {fmt::format("from {} ([{}]{})", stamp.name, stamp.address, named ? " " + helo : ""), by};
    if (!stamp.sender.empty())
        lines.push_back(fmt::format("(envelope-from <{}>)", stamp.sender));
    lines.push_back("id " + stamp.id);
    if (!stamp.recipients.empty())
        lines.push_back("for " + stamp.recipients);
    lines.back() += ';';
    lines.push_back(mail_date(stamp.at, Software::exim));
    return lines;
}

/// Its own version, and that of its configuration.
Lines as_sendmail(Stamp const& stamp) {
    constexpr std::string_view version = "(8.17.1.9/8.17.1.9/Debian-2+deb12u2)";
    std::string const date = mail_date(stamp.at, Software::sendmail);
    if (!stamp.came_in)
        return {"from localhost (localhost)", fmt::format("by {} {} id {};", stamp.by, version, stamp.id),
                date};
    Lines lines{from_clause(stamp, "")};
    if (!stamp.login.empty() && !stamp.by_web)
        lines.emplace_back("(authenticated bits=0)");
    std::string const by =
        fmt::format("by {} {} with {} id {}", stamp.by, version, protocol_of(stamp), stamp.id);
    if (stamp.recipients.empty())
        lines.insert(lines.end(), {by + ";", date});
    else
        lines.insert(lines.end(), {by, fmt::format("for <{}>; {}", stamp.recipients, date)});
    return lines;
}

Lines as_opensmtpd(Stamp const& stamp) {
    std::string const date = mail_date(stamp.at, Software::opensmtpd);
    Lines lines;
    if (stamp.came_in)
        lines = {from_clause(stamp, "<unknown>"),
                 fmt::format("by {} (OpenSMTPD) with {} id {}", stamp.by, protocol_of(stamp), stamp.id)};
    else
        lines = {fmt::format("by {} (OpenSMTPD) with local id {}", stamp.by, stamp.id)};
    if (!stamp.recipients.empty())
        lines.push_back(fmt::format("for <{}>", stamp.recipients));
    lines.back() += ';';
    lines.push_back(date);
    return lines;
}

/// received.c of qmail-smtpd, and what qmail-queue writes on top of it.
Lines as_qmail(Stamp const& stamp) {
    std::string const date = mail_date(stamp.at, Software::qmail);
    if (!stamp.came_in)
        return {fmt::format("(qmail {} invoked for bounce); {}", stamp.id, date)};
    std::string const name = stamp.name.empty() ? "unknown" : stamp.name;
    return {fmt::format("from {}{} ({}{})", name, stamp.helo == name ? "" : " (HELO " + stamp.helo + ")",
                        stamp.login.empty() ? "" : stamp.login + "@", stamp.address),
            fmt::format("by {} with {}; {}", stamp.by,
                        stamp.encrypted || stamp.by_web ? protocol_of(stamp) : "SMTP", date)};
}

/// It writes down the name of EHLO, and asks no DNS.
Lines as_exchange(Stamp const& stamp) {
    constexpr std::string_view version = "15.2.1544.4"; // what Exchange calls id
    std::string const date = mail_date(stamp.at, Software::exchange);
    if (!stamp.came_in || stamp.by_web) // its web mail speaks with the mailbox server as Outlook does
        return {fmt::format("by {} with mapi id {};", stamp.by, version), date};
    std::string_view const protected_by =
        stamp.encrypted ? " (version=TLS1_2, cipher=TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384)" : "";
    return {fmt::format("from {} ({}) by {}", stamp.helo, stamp.address, stamp.by),
            fmt::format("({}) with Microsoft SMTP Server{}", stamp.by_address, protected_by),
            fmt::format("id {} via Frontend Transport;", version), date};
}

/// In the order of Software.
constexpr std::array<Lines (*)(Stamp const&), software_names.size()> forms{
    as_postfix, as_exim, as_sendmail, as_opensmtpd, as_qmail, as_exchange};

ReceivedLine line_of(World const& world, Trace const& trace, TraceIndex const& index, Present const* always,
                     QueueEntryId id) {
    QueueEntry const& entry = trace.entries[id];
    AddressId const sender = trace.messages[entry.message].reverse_path;
    Stamp stamp{.id = queue_id(world, trace, id),
                .by = world.hosts[entry.server].name,
                .by_address = to_text(world.hosts[entry.server].address),
                .at = index.queued_at[id.index],
                .sender = sender.valid() ? world.book.text(sender) : std::string{},
                .recipients = entry.recipients.size() == 1 ? world.book.text(entry.recipients.front().address)
                                                           : std::string{},
                .came_in = entry.from.valid()};
    if (stamp.came_in) {
        Session const& session = trace.sessions[entry.from];
        std::optional<Present> then;
        if (always == nullptr)
            then.emplace(present_at(world, session.opened));
        Present const& present = always ? *always : *then;
        IpAddress const& address = session.client_address;
        stamp.helo = ehlo_name(world, session);
        stamp.said_helo = says_helo(world, session);
        // A name counts if it leads back to the address.
        if (reverse_name_status(present, address) == ReverseName::confirmed)
            stamp.name = reverse_name(present, address);
        stamp.address = to_text(address);
        stamp.is_v6 = !address.is_v4();
        stamp.encrypted = is_submission(session.port);
        stamp.by_web = session.service == Service::web;
        if (index.logged_in[entry.from.index])
            stamp.login = login_of(world, session);
    }
    auto const software = world.servers[world.hosts[entry.server].server].policy.software;
    ReceivedLine line{id, forms[static_cast<std::size_t>(software)](stamp)};
    line.names_login = !stamp.login.empty() && software == Software::qmail;
    for (std::string& text : line.folded)
        text.insert(0, "    ");
    line.folded.front().replace(0, 4, "Received: ");
    return line;
}

} // namespace

ReceivedLines::ReceivedLines(World const& world, Trace const& trace, TraceIndex const& index)
    : world_(world)
    , trace_(trace)
    , index_(index) {
    if (world.reverse_entries.empty()) // only entries of the DNS for addresses let names change
        always_.emplace(world);
}

std::vector<ReceivedLine> ReceivedLines::on(QueueEntryId entry) const {
    std::vector<ReceivedLine> lines;
    while (entry.valid()) {
        lines.push_back(line_of(world_, trace_, index_, always_ ? &*always_ : nullptr, entry));
        SessionId const from = trace_.entries[entry].from;
        entry = from.valid() ? trace_.sessions[from].entry : QueueEntryId{};
    }
    return lines;
}

std::string unfolded(ReceivedLine const& line) {
    std::string text;
    for (std::string const& part : line.folded)
        text += (text.empty() ? "" : " ") + part.substr(part.find_first_not_of(' '));
    return text;
}

} // namespace mailflow
