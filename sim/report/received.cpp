#include "report/received.hpp"

#include "mail/date.hpp"
#include "report/moment.hpp"
#include "report/words.hpp"
#include "world/client_name.hpp"

#include <fmt/format.h>

#include <array>
#include <optional>

namespace mailflow {

namespace {

/// What each software calls itself there, in the order of Software.
constexpr std::array<std::string_view, software_names.size()> own_names{
    "Postfix", "Exim", "Sendmail", "OpenSMTPD", "qmail", "Microsoft SMTP Server"};

/// "from mail.isp.example (mail.isp.example [203.0.113.1])": what the client said in EHLO, and what the
/// server found in the DNS: a name counts if it leads back to the address.
std::string from_clause(World const& world, Present const& present, Session const& session) {
    bool const named = reverse_name_status(present, session.client_address) == ReverseName::confirmed;
    return fmt::format("from {} ({} [{}{}])", ehlo_name(world, session),
                       named ? reverse_name(present, session.client_address) : "unknown",
                       session.client_address.is_v4() ? "" : "IPv6:", to_text(session.client_address));
}

/// RFC 3848.
std::string_view protocol_of(Session const& session, bool logged_in) {
    if (is_submission(session.port))
        return logged_in ? "ESMTPSA" : "ESMTPS";
    return logged_in ? "ESMTPA" : "ESMTP";
}

ReceivedLine line_of(World const& world, Trace const& trace, TraceIndex const& index, Present const* always,
                     QueueEntryId id) {
    QueueEntry const& entry = trace.entries[id];
    std::string const& name = world.hosts[entry.server].name;
    auto const software =
        static_cast<std::size_t>(world.servers[world.hosts[entry.server].server].policy.software);
    std::string const date = mail_date(index.queued_at[id.index]);
    ReceivedLine line{id, {}};
    if (!entry.from.valid()) { // written here
        line.folded = {fmt::format("Received: by {} ({})", name, own_names[software]),
                       fmt::format("    id {}; {}", queue_id(id), date)};
        return line;
    }
    Session const& session = trace.sessions[entry.from];
    bool const logged_in = index.logged_in[entry.from.index];
    line.folded.push_back("Received: " +
                          (always ? from_clause(world, *always, session)
                                  : from_clause(world, present_at(world, session.opened), session)));
    if (logged_in)
        line.folded.push_back(fmt::format("    (Authenticated sender: {})", login_of(world, session)));
    line.folded.push_back(fmt::format("    by {} ({}) with {} id {}", name, own_names[software],
                                      protocol_of(session, logged_in), queue_id(id)));
    // With several recipients it would tell each of the others (RFC 5321 section 7.6).
    if (entry.recipients.size() == 1) {
        line.folded.push_back(
            fmt::format("    for <{}>; {}", world.book.text(entry.recipients.front().address), date));
    } else {
        line.folded.back() += ';';
        line.folded.push_back("    " + date);
    }
    return line;
}

} // namespace

std::vector<ReceivedLine> received_lines(World const& world, Trace const& trace, TraceIndex const& index,
                                         QueueEntryId entry) {
    std::optional<Present> always;
    if (world.reverse_entries.empty()) // only entries of the DNS for addresses let names change
        always.emplace(world);
    std::vector<ReceivedLine> lines;
    while (entry.valid()) {
        lines.push_back(line_of(world, trace, index, always ? &*always : nullptr, entry));
        SessionId const from = trace.entries[entry].from;
        entry = from.valid() ? trace.sessions[from].entry : QueueEntryId{};
    }
    return lines;
}

} // namespace mailflow
