#include "report/story/chapter.hpp"

#include "base/text.hpp"
#include "report/moment.hpp"
#include "report/probe.hpp"
#include "report/words/spoken_time.hpp"
#include "report/words/words.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace mailflow {

namespace {

std::string what_is_asked(World const& world, Lookup const& lookup) {
    std::string const& name = world.book.name(lookup.name);
    return lookup.type == RecordType::mx ? fmt::format("who takes mail for {}", name)
                                         : fmt::format("for the address of {}", name);
}

/// Whether the person's mail program, or the spammer's, means to log in this time.
bool means_to_log_in(World const& world, Trace const& trace, Session const& session) {
    if (session.check.valid())
        return true;
    Message const& message = trace.messages[session.message];
    if (message.kind == MessageKind::spam)
        return world.spammers[message.spammer].way == SpamWay::account;
    if (message.kind == MessageKind::crowd)
        return message.logs_in;
    return !world.mail[message.mail].via.valid() &&
           person_after(world, world.hosts[session.client].person, changes_by(world, session.opened))
               .authenticate;
}

/// Whether a server of the world takes mail for the address.
bool exists(World const& world, AddressId address) {
    AddressBook::Address const& mailbox = world.book[address];
    return std::any_of(world.servers.begin(), world.servers.end(), [&](Server const& server) {
        return handled_at(server.policy, mailbox.domain) &&
               has_mailbox(server.policy, world.book, mailbox.local_part);
    });
}

} // namespace

std::string recipient_list(World const& world, Trace const& trace, Message const& message) {
    std::vector<std::string> named;
    std::vector<std::string> blind;
    for (std::uint32_t i = 0; i < message.recipient_count; ++i) {
        RecipientId const id{message.first_recipient.index + i};
        (is_blind(world, trace, id) ? blind : named).push_back(world.book.text(trace.recipients[id].address));
    }
    std::string words = join_words(named);
    if (!blind.empty())
        words += fmt::format(" (with a blind copy to {})", join_words(blind));
    return words;
}

void Chapter::tell(Event const& event) {
    now_ = event.at;
    std::visit([&](auto const& happening) { tell(happening); }, event.happening);
}

/// The time, unless the line before already shows the same.
std::string Chapter::margin() {
    std::string const time = say_clock(now_ - start_);
    bool const shown = time_shown_ == time;
    time_shown_ = time;
    return right_aligned(shown ? "" : time, time_column_) + "  ";
}

/// Hours of waiting get a line of their own.
void Chapter::pass_time() {
    constexpr Duration worth_a_line = std::chrono::minutes{1};
    if (now_ - told_ >= worth_a_line) {
        std::string const span = say_between(told_ - start_, now_ - start_);
        bool const is_one = span.starts_with("1 ") && std::count(span.begin(), span.end(), ' ') == 1;
        page_.item(std::string(time_column_, ' ') + "  ",
                   fmt::format("· · · {} {} · · ·", span, is_one ? "passes" : "pass"), Tone::faint);
    }
    told_ = now_;
}

void Chapter::say(std::string_view mark, std::string_view text, Tone tone) {
    pass_time();
    page_.item(margin() + (mark.empty() ? "" : std::string{mark} + " "), text, tone);
}

/// "Maya → mail.isp.example"
std::string Chapter::ends_of(SessionId id) const {
    Session const& session = trace_.sessions[id];
    return fmt::format("{} → {}", label_of(world_, session.client), label_of(world_, session.server));
}

/// Two dialogues may overlap in time; where the speakers change, they are named.
void Chapter::wire(SessionId id, std::string_view arrow, std::string_view text, Tone tone) {
    pass_time();
    if (speaking_ != id) {
        page_.item(margin() + "  ", ends_of(id) + ":", Tone::faint);
        speaking_ = id;
    }
    wire(arrow, text, tone);
}

void Chapter::wire(std::string_view arrow, std::string_view text, Tone tone) {
    pass_time();
    page_.item(fmt::format("{}  {} ", margin(), arrow), text, tone);
}

/// Several people with one address are the devices of one person, and named so.
bool Chapter::is_device(HostId host) const {
    AddressId const address = world_.people[world_.hosts[host].person].address;
    return std::count_if(world_.people.begin(), world_.people.end(),
                         [&](Person const& other) { return other.address == address; }) > 1;
}

std::string Chapter::caller(HostId host, MessageId message) const {
    // One of many people is known by the address alone; the machine is the same for all of them.
    if (world_.hosts[host].population.valid() && message.valid())
        return fmt::format("{}'s mail program", world_.book.text(trace_.messages[message].reverse_path));
    if (!world_.hosts[host].person.valid() || (!message.valid() && is_device(host)))
        return label_of(world_, host);
    if (!message.valid())
        return fmt::format("{}'s mail program", label_of(world_, host));
    return fmt::format("{}'s {}", label_of(world_, host), program_of(trace_.messages[message]));
}

void Chapter::tell(MessageSubmitted const& event) {
    Message const& message = trace_.messages[event.message];
    if (ProbeTry const* const tried = try_of(world_, trace_, event.message)) {
        say("",
            fmt::format("{} wants to know whether {} relays, and tries to send itself a message ({}).",
                        label_of(world_, message.origin),
                        world_.hosts[world_.servers[tried->server].host].name, plain_words(tried->trick)));
        return;
    }
    if (message.kind == MessageKind::spam) {
        std::string const sender =
            message.reverse_path.valid()
                ? fmt::format("as its sender it names {}, {}", sender_text(world_, message),
                              exists(world_, message.reverse_path) ? "who knows nothing of it"
                                                                   : "an address that does not exist")
                : "it names no sender at all, as if it were a bounce";
        say("", fmt::format("{} sends spam to {}; {}.", label_of(world_, message.origin),
                            recipient_list(world_, trace_, message), sender));
        return;
    }
    if (message.kind == MessageKind::crowd) {
        say("", fmt::format("{} ({}) writes to {}.", world_.book.text(message.reverse_path),
                            label_of(world_, message.origin), recipient_list(world_, trace_, message)));
        return;
    }
    std::string const& subject = world_.mail[message.mail].subject;
    say("",
        fmt::format("{} writes {}{} to {}{}.", label_of(world_, message.origin),
                    subject.empty() ? "a message" : fmt::format("\"{}\"", subject),
                    message.by_web ? fmt::format(" in the web mail of {},", web_mail_of(event.message)) : "",
                    recipient_list(world_, trace_, message),
                    world_.mail[message.mail].taken_by.valid() ? "" : " and presses \"send\""));
}

/// Where packets take so long that a conversation shows it, once in a story: whoever reads of minutes wants
/// to know why.
void Chapter::tell_slowness(HostId host) {
    constexpr Duration worth_a_line = std::chrono::milliseconds{500};
    std::uint32_t const changes = changes_by(world_, now_);
    NetworkId const id = host_after(world_, host, changes).network;
    Network const& network = network_after(world_, id, changes);
    if (std::exchange(slow_[id], network.latency) == network.latency || network.latency < worth_a_line)
        return;
    say("!",
        fmt::format("The network \"{}\" is slow: a packet takes {} to get in or out, so an answer comes {} "
                    "after its question at the earliest.",
                    network.label, say_roughly(network.latency), say_roughly(2 * network.latency)));
}

void Chapter::tell(LookupSent const& event) {
    Lookup const& lookup = trace_.lookups[event.lookup];
    tell_slowness(lookup.asker);
    if (!in_protocol())
        return;
    say("", fmt::format("{} asks the DNS {}.", caller(lookup.asker, lookup.message),
                        what_is_asked(world_, lookup)));
    wire("→",
         fmt::format("DNS: {} {}?", world_.book.name(lookup.name),
                     lookup.type == RecordType::mx ? "MX" : "A/AAAA"),
         Tone::command);
}

void Chapter::tell(LookupAnswered const& event) {
    Lookup const& lookup = trace_.lookups[event.lookup];
    bool const itself = lookup.type == RecordType::mx && lookup.status == DnsStatus::no_data;
    std::string_view const conclusion = itself ? ", so the mail goes to the machine of that name itself" : "";
    if (lookup.cached) {
        say("", fmt::format("{} remembers {}{}: {}{}.", caller(lookup.asker, lookup.message),
                            lookup.type == RecordType::mx ? "who takes mail for " : "the address of ",
                            world_.book.name(lookup.name), answer_of(world_, lookup), conclusion));
        tell_call_into_the_void(lookup);
        return;
    }
    bool const found = lookup.status == DnsStatus::found || lookup.status == DnsStatus::no_data;
    if (in_protocol()) {
        for (std::string const& line : record_lines(world_, lookup))
            wire("←", "DNS: " + line, found ? Tone::reply : Tone::bad);
    } else {
        say("", fmt::format("{} asks the DNS {}: {}{}.", caller(lookup.asker, lookup.message),
                            what_is_asked(world_, lookup), answer_of(world_, lookup), conclusion));
    }
    tell_call_into_the_void(lookup);
}

/// A call where no machine stands has no session.
void Chapter::tell_call_into_the_void(Lookup const& lookup) {
    if (lookup.type != RecordType::address || lookup.status != DnsStatus::found)
        return;
    DnsRecords const& records = records_of(world_, lookup);
    if (leads_to_no_machine(records))
        say("✗",
            fmt::format("{} calls {}, and no answer comes: no machine has that address.",
                        caller(lookup.asker, lookup.message), to_text(address_in(world_, records))),
            Tone::bad);
}

void Chapter::tell(LookupTimedOut const& event) {
    Lookup const& lookup = trace_.lookups[event.lookup];
    bool const is_slow = dns_after(world_, lookup.name, changes_by(world_, now_)).trouble == DnsTrouble::none;
    say("✗",
        fmt::format("{} asks the DNS {}, and {}.", caller(lookup.asker, lookup.message),
                    what_is_asked(world_, lookup),
                    is_slow ? "no longer waits when the answer comes" : "gets no answer"),
        Tone::bad);
}

void Chapter::tell(ConnectionOpened const& event) {
    Session const& session = trace_.sessions[event.session];
    NetworkId const here = host_after(world_, session.client, changes_by(world_, now_)).network;
    if (here != world_.hosts[session.server].network) {
        tell_slowness(session.client);
        tell_slowness(session.server);
    }
    speaking_ = event.session;
    if (is_server(world_, session.client)) {
        bool const stranger = login_of(world_, session).empty();
        bool const first = stranger && !std::exchange(told_of_servers_, true);
        say("",
            fmt::format("{} connects to {}, port {}.{}", caller(session.client),
                        label_of(world_, session.server), session.port,
                        first ? " It does not log in: where the recipient's domain is handled, nobody has to."
                              : ""));
        return;
    }
    Network const& network = network_around(world_, session.client, changes_by(world_, session.opened));
    say("", fmt::format("{} connects to {}, port {}, from {} ({}){}.",
                        caller(session.client, session.message), label_of(world_, session.server),
                        session.port, within_sentence(network.label), to_text(session.client_address),
                        means_to_log_in(world_, trace_, session) ? "" : ", and does not log in"));
}

void Chapter::tell(ConnectionEstablished const& event) {
    if (in_protocol())
        wire(event.session, "·",
             fmt::format("connected to {}",
                         to_text(world_.hosts[trace_.sessions[event.session].server].address)),
             Tone::faint);
}

void Chapter::tell(ConnectionFailed const& event) {
    Session const& session = trace_.sessions[event.session];
    std::string const& server = label_of(world_, session.server);
    std::uint32_t const changes = changes_by(world_, session.opened);
    std::string const here = within_sentence(network_around(world_, session.client, changes).label);
    switch (event.saying) {
    case Saying::connection_refused:
        say("✗",
            service_on(session.port) == session.service
                ? fmt::format("Nobody listens on port {} of {}.", session.port, server)
                : fmt::format("Nobody speaks {} on port {} of {}.", name_of(session.service), session.port,
                              server),
            Tone::bad);
        break;
    case Saying::connection_lost:
        say("✗",
            has_moved(world_, session, changes_by(world_, now_))
                ? fmt::format("The connection breaks off: {} has another address now.",
                              caller(session.client, session.message))
            : server_after(world_, world_.hosts[session.server].server, changes_by(world_, now_)).up
                ? fmt::format("{} hangs up without a word.", server)
                : fmt::format("The connection breaks off: {} is gone.", server),
            Tone::bad);
        break;
    case Saying::session_timed_out:
        say("✗",
            fmt::format("Nothing more comes from {}: the line is cut, and {} waits no longer.", server,
                        caller(session.client, session.message)),
            Tone::bad);
        break;
    case Saying::connection_unanswered:
        say("✗",
            fmt::format("No answer comes in time: the way to {} and back takes {}, and {} waits for {}.",
                        server, say_roughly(2 * session.one_way), caller(session.client, session.message),
                        say_roughly(now_ - session.opened)),
            Tone::bad);
        break;
    case Saying::no_route:
        say("✗", fmt::format("There is no route from {} to {}.", here, server), Tone::bad);
        break;
    default:
        say("✗", fmt::format("No answer comes: {} lets nothing out to port {}.", here, session.port),
            Tone::bad);
        break;
    }
}

void Chapter::tell(CommandSent const& event) {
    if (in_protocol())
        wire(event.session, "→", command_line(world_, trace_, event), Tone::command);
}

void Chapter::tell(ReplySent const& event) {
    Session const& session = trace_.sessions[event.session];
    Reply const reply = reply_of(world_, trace_, event, now_);
    if (in_protocol()) {
        bool const spoken = event.saying != Saying::tls_established;
        for (std::string const& line :
             spoken ? to_wire(reply) : std::vector<std::string>{"[TLS established]"})
            wire(event.session, "←", line, reply.permanent() || reply.transient() ? Tone::bad : Tone::reply);
        return;
    }
    if (event.saying == Saying::authenticated)
        say("✓",
            fmt::format("{} logs in{}. Now {} knows who is sending.", caller(session.client, session.message),
                        // the account of a population stands for those of all its people
                        world_.hosts[session.client].population.valid() ? ""
                                                                        : " as " + login_of(world_, session),
                        label_of(world_, session.server)),
            Tone::good);
    else if (reply.permanent() || reply.transient())
        say("✗", fmt::format("{} answers: {}", label_of(world_, session.server), to_line(reply)), Tone::bad);
}

void Chapter::tell(SessionClosed const& event) {
    if (!in_protocol())
        return;
    // The last line of a dialogue does not interrupt another one for long.
    wire("·",
         speaking_ == event.session ? "connection closed"
                                    : fmt::format("connection closed: {}", ends_of(event.session)),
         Tone::faint);
}

} // namespace mailflow
