// The sentence of each kind of event: report/words/words.hpp.
#include "base/text.hpp"
#include "report/words/spoken_time.hpp"
#include "report/words/words.hpp"
#include "trace/closing.hpp"

#include <fmt/format.h>

namespace mailflow {

namespace {

/// A "yes" of one list of rules is none of the server yet: others may follow.
std::string passed(RuleListId list, std::string const& whom) {
    switch (list) {
    case RuleListId::relay:
    case RuleListId::submission: return "lets " + whom + " pass";
    case RuleListId::spam: return "has nothing against " + whom;
    case RuleListId::sender: return "takes mail from " + whom;
    case RuleListId::recipient: break;
    }
    return "accepts " + whom;
}

/// Says one event; borrowed for the call.
struct Teller {
    World const& world;
    Trace const& trace;
    Instant at;

    [[nodiscard]] std::string const& host(HostId id) const { return label_of(world, id); }
    [[nodiscard]] std::string const& address(AddressId id) const { return world.book.text(id); }

    [[nodiscard]] std::string recipients(Message const& message) const {
        std::vector<std::string> names;
        for (std::uint32_t i = 0; i < message.recipient_count; ++i)
            names.push_back(address(trace.recipients[{message.first_recipient.index + i}].address));
        return join_words(names);
    }

    [[nodiscard]] std::string operator()(MessageSubmitted const& event) const {
        Message const& message = trace.messages[event.message];
        return fmt::format("{} sends a {} to {}", host(message.origin), thing(message), recipients(message));
    }
    [[nodiscard]] std::string operator()(ConnectionOpened const& event) const {
        Session const& session = trace.sessions[event.session];
        return fmt::format("{} calls {}, port {}", host(session.client), host(session.server), session.port);
    }
    [[nodiscard]] std::string operator()(ConnectionEstablished const& event) const {
        Session const& session = trace.sessions[event.session];
        return fmt::format("{} is connected with {}", host(session.client), host(session.server));
    }
    [[nodiscard]] std::string operator()(ConnectionFailed const& event) const {
        Session const& session = trace.sessions[event.session];
        switch (event.saying) {
        case Saying::connection_refused:
            return fmt::format("{} has nobody listening on port {}", host(session.server), session.port);
        case Saying::connection_lost:
            return fmt::format("{} loses the connection with {}", host(session.client), host(session.server));
        case Saying::session_timed_out:
            return fmt::format("{} gets no reply from {} any more", host(session.client),
                               host(session.server));
        case Saying::no_route:
            return fmt::format("There is no route from {} to {}", host(session.client), host(session.server));
        default:
            return fmt::format("{} gets no answer from {}, port {}", host(session.client),
                               host(session.server), session.port);
        }
    }
    [[nodiscard]] std::string operator()(CommandSent const& event) const {
        return fmt::format("{}: {}", host(trace.sessions[event.session].client),
                           command_line(world, trace, event));
    }
    [[nodiscard]] std::string operator()(ReplySent const& event) const {
        return fmt::format("{}: {}", host(trace.sessions[event.session].server),
                           to_line(reply_of(world, trace, event, at)));
    }
    [[nodiscard]] std::string operator()(DecisionMade const& event) const {
        DecisionRecord const& record = trace.decisions[event.decision];
        Question const question = question_of(world, trace, record);
        AddressId const about = record.recipient.valid() ? record.recipient : record.sender;
        Finding const& last = record.decision.findings().back();
        std::string const whom = about.valid() ? address(about) : "<>";
        bool const later = class_of(record.decision.saying) == SayingClass::transient;
        return fmt::format("{} {}: {}", host(trace.sessions[record.session].server),
                           record.decision.verdict == Verdict::accept ? passed(record.decision.list, whom)
                           : later                                    ? "puts " + whom + " off"
                                                                      : "refuses " + whom,
                           rule(last.rule).because(question, last));
    }
    [[nodiscard]] std::string operator()(SessionClosed const& event) const {
        Session const& session = trace.sessions[event.session];
        HostId const closer = closer_of(trace, event.session, at);
        return host(closer) + (closer == session.server ? " closes the connection" : " hangs up");
    }
    [[nodiscard]] std::string operator()(LookupSent const& event) const {
        Lookup const& lookup = trace.lookups[event.lookup];
        return fmt::format("{} asks the DNS for the {} of {}", host(lookup.asker),
                           lookup.type == RecordType::mx ? "MX records" : "address",
                           world.book.name(lookup.name));
    }
    [[nodiscard]] std::string operator()(LookupAnswered const& event) const {
        Lookup const& lookup = trace.lookups[event.lookup];
        if (lookup.cached)
            return fmt::format("{} remembers: {}", host(lookup.asker), answer_of(world, lookup));
        return fmt::format("The DNS answers {}: {}", host(lookup.asker), answer_of(world, lookup));
    }
    [[nodiscard]] std::string operator()(LookupTimedOut const& event) const {
        Lookup const& lookup = trace.lookups[event.lookup];
        return fmt::format("{} waits no longer for the DNS: {}", host(lookup.asker),
                           answer_of(world, lookup));
    }
    [[nodiscard]] std::string operator()(MessageQueued const& event) const {
        QueueEntry const& entry = trace.entries[event.entry];
        return fmt::format("{} takes charge of the {}, queue id {}", host(entry.server),
                           thing(trace.messages[entry.message]), queue_id(world, trace, event.entry));
    }
    [[nodiscard]] std::string operator()(AliasFollowed const& event) const {
        return fmt::format("{} sends what is for {} on to {}: an alias",
                           host(trace.entries[event.entry].server),
                           address(trace.recipients[event.recipient].address), address(event.target));
    }
    [[nodiscard]] std::string operator()(MessageDeferred const& event) const {
        Deferral const& deferral = trace.deferrals[event.deferral];
        if (is_frozen(deferral))
            return fmt::format("{} freezes the message to {}: {}", host(trace.entries[deferral.entry].server),
                               address(trace.recipients[deferral.recipient].address),
                               plain_words_for_now(deferral.saying));
        return fmt::format("{} puts off {}: {}; next try in {}", host(trace.entries[deferral.entry].server),
                           address(trace.recipients[deferral.recipient].address),
                           plain_words_for_now(deferral.saying), say_roughly(deferral.next_try - at));
    }
    [[nodiscard]] std::string operator()(MessageDequeued const& event) const {
        return fmt::format("{} is done with {}", host(trace.entries[event.entry].server),
                           queue_id(world, trace, event.entry));
    }
    [[nodiscard]] std::string operator()(MessageFiled const& event) const {
        Recipient const& recipient = trace.recipients[event.recipient];
        return fmt::format("{} files the {} in the mailbox of {}", host(event.server),
                           thing(trace.messages[recipient.message]), address(event.mailbox));
    }
    [[nodiscard]] std::string operator()(MailCheckStarted const& event) const {
        MailCheck const& check = trace.checks[event.check];
        return fmt::format("{} looks for mail at {} ({})", host(check.device), host(check.server),
                           name_of(check.protocol));
    }
    [[nodiscard]] std::string operator()(AccessCommandSent const& event) const {
        return fmt::format("{}: {}", host(trace.sessions[event.session].client),
                           command_line(world, trace, event));
    }
    [[nodiscard]] std::string operator()(AccessReplySent const& event) const {
        return fmt::format("{}: {}", host(trace.sessions[event.session].server),
                           reply_lines(trace, event).front());
    }
    [[nodiscard]] std::string operator()(MessageFetched const& event) const {
        return fmt::format("{} fetches the {} from {}", host(trace.checks[event.check].device),
                           thing(trace.messages[trace.recipients[event.recipient].message]),
                           host(trace.checks[event.check].server));
    }
    [[nodiscard]] std::string operator()(MessageRemoved const& event) const {
        return fmt::format("{} deletes the {} from the mailbox of {}", host(trace.checks[event.check].server),
                           thing(trace.messages[trace.recipients[event.recipient].message]),
                           address(event.mailbox));
    }
    [[nodiscard]] std::string operator()(MailCheckEnded const& event) const {
        std::string const& device = host(trace.checks[event.check].device);
        if (event.trouble != Saying::goodbye)
            return fmt::format("{} cannot look for mail: {}", device, check_trouble_words(event.trouble));
        return event.fetched == 0
                   ? fmt::format("{} finds no new mail", device)
                   : fmt::format("{} has fetched {}", device, count_of(event.fetched, "message", "messages"));
    }
    [[nodiscard]] std::string operator()(BounceWritten const& event) const {
        return fmt::format("{} writes a bounce to {}", host(trace.entries[event.about].server),
                           recipients(trace.messages[event.bounce]));
    }
    [[nodiscard]] std::string operator()(DelayWarningWritten const& event) const {
        return fmt::format("{} warns {} of the delay", host(trace.entries[event.about].server),
                           recipients(trace.messages[event.warning]));
    }
    [[nodiscard]] std::string operator()(AddressListed const& event) const {
        Listing const& listing = trace.listings[event.listing];
        return fmt::format("The blocklist {} lists {} ({}): {} from there",
                           world.book.name(world.blocklists[listing.list].zone), to_text(listing.address),
                           host(listing.host),
                           count_of(listing.messages, "spam message has come", "spam messages have come"));
    }
    [[nodiscard]] std::string operator()(AddressDelisted const& event) const {
        Listing const& listing = trace.listings[event.listing];
        Blocklist const& list = world.blocklists[listing.list];
        return fmt::format("The blocklist {} forgets {} ({}): no spam has come from there for {}",
                           world.book.name(list.zone), to_text(listing.address), host(listing.host),
                           say_roughly(list.lasts));
    }
    [[nodiscard]] std::string operator()(WorldChanged const& event) const {
        return change_words(world, event.change);
    }
    [[nodiscard]] std::string operator()(RecipientSettled const& event) const {
        std::string const& whom = address(trace.recipients[event.recipient].address);
        switch (event.outcome) {
        case Outcome::delivered: return fmt::format("{} has delivered to {}", host(event.by), whom);
        case Outcome::refused:
            if (is_diagnosis(event.saying))
                return fmt::format("The message to {} was not sent: {}", whom, why(event));
            return fmt::format("{} refuses {}: {}", host(event.by), whom, why(event));
        case Outcome::bounced: return fmt::format("The message to {} comes back: {}", whom, why(event));
        case Outcome::queued: return fmt::format("The message to {} still waits", whom);
        case Outcome::discarded:
            return fmt::format("{} gives up on {}, and nobody can be told: {}", host(event.by), whom,
                               why(event));
        }
        return {};
    }
    [[nodiscard]] static std::string_view why(RecipientSettled const& event) { return plain_words(event); }
};

} // namespace

std::string with_capital(std::string words) {
    bool const is_host = words.substr(0, words.find(' ')).find('.') != std::string::npos;
    if (!words.empty() && !is_host)
        words.replace(0, 1, upper_case(words.substr(0, 1)));
    return words;
}

std::string within_sentence(std::string name) {
    for (std::string_view const article : {"The ", "A ", "An "})
        if (name.starts_with(article))
            name.replace(0, 1, lower_case(name.substr(0, 1)));
    return name;
}

std::string_view plain_words(Reason reason) {
    switch (reason) {
    case Reason::none: return "no trouble";
    case Reason::relay_denied: return "relaying denied";
    case Reason::auth_required: return "a login is required";
    case Reason::auth_failed: return "the login failed";
    case Reason::unknown_user: return "no such mailbox";
    case Reason::no_such_domain: return "no such domain";
    case Reason::null_mx: return "the domain takes no mail";
    case Reason::unreachable: return "the server cannot be reached";
    case Reason::mail_loop: return "the mail would go in a circle";
    case Reason::dns_trouble: return "trouble with the DNS";
    case Reason::blocked_port: return "the network blocks the port";
    case Reason::too_big: return "the message is too big";
    case Reason::greylisted: return "greylisted: asked to come back later";
    case Reason::expired: return "the queue gave up";
    case Reason::blocklisted: return "the sending machine is on a blocklist";
    case Reason::too_many_sessions: return "the server has too many sessions already";
    case Reason::scripted_answer: return "the server says no";
    case Reason::too_many_recipients: return "too many recipients at once, or too many wrong ones";
    case Reason::bad_address: return "the server takes no such address";
    }
    return {};
}

namespace {

/// Of words about the domain that the message comes from, so that nobody takes it for the recipient's.
std::string_view plain_words_about_sender(Reason reason) {
    return reason == Reason::no_such_domain ? "the sender's domain does not exist"
           : reason == Reason::dns_trouble  ? "trouble with the DNS about the sender's domain"
                                            : plain_words(reason);
}

} // namespace

std::string_view plain_words(RecipientSettled const& settled) {
    if (is_about_sender(settled.saying) && settled.reason != Reason::expired)
        return plain_words_about_sender(settled.reason);
    if (settled.reason == Reason::too_many_recipients)
        return plain_words_for_now(settled.saying);
    bool const broke_off = is_broken_line(settled.saying) && settled.reason == Reason::unreachable;
    return broke_off ? "the connection broke off" : plain_words(settled.reason);
}

std::string_view plain_words_for_now(Saying saying) {
    switch (saying) {
    case Saying::connection_lost:
    case Saying::session_timed_out: return "the connection broke off";
    case Saying::too_many_recipients: return "too many recipients at once";
    case Saying::too_many_bad_recipients:
    case Saying::too_many_errors: return "the server had already said no too often";
    default: break;
    }
    Reason const reason = reason_of(saying);
    if (is_about_sender(saying))
        return plain_words_about_sender(reason);
    return reason == Reason::scripted_answer ? "the server says: not now" : plain_words(reason);
}

bool is_mailbox_full(Reply const& reply) {
    return reply.enhanced && reply.enhanced->subject == 2 && reply.enhanced->detail == 2;
}

std::string exchangers_of(World const& world, DnsRecords const& records) {
    std::vector<std::string> hosts;
    for (MxRecord const& record : records.mx)
        hosts.push_back(fmt::format("{} (preference {})", world.book.name(record.host), record.preference));
    return join_words(hosts);
}

std::string answer_of(World const& world, Lookup const& lookup) {
    std::string const& name = world.book.name(lookup.name);
    DnsRecords const& records = records_of(world, lookup);
    switch (lookup.status) {
    case DnsStatus::found: break;
    case DnsStatus::no_such_name: return fmt::format("there is no such name as {}", name);
    case DnsStatus::no_data:
        return fmt::format("{} has no {}", name, lookup.type == RecordType::mx ? "MX record" : "address");
    case DnsStatus::server_failure: return fmt::format("the name servers of {} fail", name);
    case DnsStatus::no_answer: return fmt::format("no answer about {}", name);
    }
    if (lookup.type == RecordType::address)
        return to_text(address_in(world, records));
    if (records.null_mx)
        return fmt::format("{} takes no mail (null MX)", name);
    return exchangers_of(world, records);
}

std::vector<std::string> record_lines(World const& world, Lookup const& lookup) {
    std::string const& name = world.book.name(lookup.name);
    DnsRecords const& records = records_of(world, lookup);
    switch (lookup.status) {
    case DnsStatus::found: break;
    case DnsStatus::no_such_name: return {name + ": NXDOMAIN, no such name"};
    case DnsStatus::no_data: return {name + ": no such record"};
    case DnsStatus::server_failure: return {name + ": SERVFAIL, the name servers fail"};
    case DnsStatus::no_answer: return {name + ": no answer"};
    }
    if (lookup.type == RecordType::address) {
        IpAddress const address = address_in(world, records);
        return {fmt::format("{} {} {}", name, address.is_v4() ? "A" : "AAAA", to_text(address))};
    }
    if (records.null_mx)
        return {name + " MX 0 ."};
    std::vector<std::string> lines;
    for (MxRecord const& record : records.mx)
        lines.push_back(fmt::format("{} MX {} {}", name, record.preference, world.book.name(record.host)));
    return lines;
}

std::string sentence(World const& world, Trace const& trace, Event const& event) {
    return std::visit(Teller{world, trace, event.at}, event.happening);
}

} // namespace mailflow
