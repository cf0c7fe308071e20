#include "viz/shown/next.hpp"

#include "report/words/words.hpp"
#include "trace/closing.hpp"

#include <fmt/format.h>

namespace mailflow::viz {

namespace {

struct ForetellNext {
    World const& world;
    Trace const& trace;
    Lists const& lists;
    EventNumber number;
    bool sees_servers;

    [[nodiscard]] std::string client(SessionId id) const {
        return label_of(world, trace.sessions[id].client);
    }
    [[nodiscard]] std::string server(SessionId id) const {
        return label_of(world, trace.sessions[id].server);
    }
    [[nodiscard]] std::string holder(QueueEntryId id) const {
        return label_of(world, trace.entries[id].server);
    }
    [[nodiscard]] std::string mailbox(RecipientId id) const {
        return world.book.text(trace.recipients[id].address);
    }
    [[nodiscard]] static std::string spoken(Verb verb) {
        switch (verb) {
        case Verb::ehlo: return "EHLO";
        case Verb::helo: return "HELO";
        case Verb::starttls: return "STARTTLS";
        case Verb::tls_handshake: return "the TLS handshake";
        case Verb::auth: return "AUTH";
        case Verb::mail: return "MAIL FROM";
        case Verb::rcpt: return "RCPT TO";
        case Verb::data: return "DATA";
        case Verb::content: return "the content";
        case Verb::quit: return "QUIT";
        case Verb::other: return "the command";
        }
        return "";
    }
    [[nodiscard]] std::string writes_back(QueueEntryId about) const {
        return sees_servers ? holder(about) + " writes to the sender" : "something sets out to the sender";
    }
    /// What the reply is to: the command before it.
    [[nodiscard]] std::string answered(SessionId session) const {
        std::string words = "the call";
        for (EventNumber const event : happened(lists.of(session), number))
            if (auto const* sent = std::get_if<CommandSent>(&trace.events[event].happening))
                words = spoken(sent->verb);
        return words;
    }

    std::string operator()(MessageSubmitted const& e) const {
        return label_of(world, trace.messages[e.message].origin) + " sends a message";
    }
    std::string operator()(ConnectionOpened const& e) const {
        return client(e.session) + " calls " + server(e.session);
    }
    std::string operator()(ConnectionEstablished const& e) const {
        return server(e.session) + " answers the call";
    }
    std::string operator()(ConnectionFailed const& e) const {
        return client(e.session) + " hears what came of the call";
    }
    std::string operator()(CommandSent const& e) const {
        return client(e.session) + " says " + spoken(e.verb);
    }
    std::string operator()(DecisionMade const& e) const {
        DecisionRecord const& record = trace.decisions[e.decision];
        std::string const whom = record.recipient.valid() ? world.book.text(record.recipient)
                                 : record.sender.valid()  ? "the sender " + world.book.text(record.sender)
                                                          : "the caller";
        return server(record.session) + " decides about " + whom;
    }
    std::string operator()(ReplySent const& e) const {
        return server(e.session) + " answers " + answered(e.session);
    }
    std::string operator()(SessionClosed const& e) const {
        HostId const closer = closer_of(trace, e.session, trace.events[number].at);
        return label_of(world, closer) +
               (closer == trace.sessions[e.session].server ? " closes the connection" : " hangs up");
    }
    std::string operator()(LookupSent const& e) const {
        Lookup const& lookup = trace.lookups[e.lookup];
        return label_of(world, lookup.asker) + " asks the DNS about " + world.book.name(lookup.name);
    }
    std::string operator()(LookupAnswered const& e) const {
        return "the DNS answers about " + world.book.name(trace.lookups[e.lookup].name);
    }
    std::string operator()(LookupTimedOut const& e) const {
        return label_of(world, trace.lookups[e.lookup].asker) + " waits no longer for the DNS";
    }
    std::string operator()(MessageQueued const& e) const {
        return holder(e.entry) + " takes the message into its queue";
    }
    std::string operator()(AliasFollowed const& e) const {
        return holder(e.entry) + " looks up an alias of " + mailbox(e.recipient);
    }
    std::string operator()(MessageDeferred const& e) const {
        return holder(trace.deferrals[e.deferral].entry) + " sees what came of its try";
    }
    std::string operator()(MessageDequeued const& e) const {
        return holder(e.entry) + " is done with the message";
    }
    std::string operator()(MessageFiled const& e) const {
        if (!sees_servers)
            return "something is put into the mailbox of " + mailbox(e.recipient);
        return label_of(world, e.server) + " files the message for " + mailbox(e.recipient);
    }
    std::string operator()(BounceWritten const& e) const { return writes_back(e.about); }
    std::string operator()(DelayWarningWritten const& e) const { return writes_back(e.about); }
    std::string operator()(AddressListed const&) const { return "a blocklist takes note"; }
    std::string operator()(AddressDelisted const&) const { return "a blocklist forgets"; }
    std::string operator()(WorldChanged const&) const { return "somebody changes a setting"; }
    std::string operator()(RecipientSettled const& e) const {
        return "it is settled what becomes of the message to " + mailbox(e.recipient);
    }
    std::string operator()(MailCheckStarted const& e) const {
        return label_of(world, trace.checks[e.check].device) + " looks for mail";
    }
    std::string operator()(AccessCommandSent const& e) const {
        return client(e.session) + " asks " + server(e.session) + " for mail";
    }
    std::string operator()(AccessReplySent const& e) const { return server(e.session) + " answers"; }
    std::string operator()(MessageFetched const& e) const {
        return label_of(world, trace.checks[e.check].device) + " fetches a message";
    }
    std::string operator()(MessageRemoved const& e) const {
        return label_of(world, trace.checks[e.check].server) + " deletes the message";
    }
    std::string operator()(MailCheckEnded const& e) const {
        return label_of(world, trace.checks[e.check].device) + " is done looking for mail";
    }
};

} // namespace

std::string next_words(World const& world, Trace const& trace, Lists const& lists, StoryRows const& rows,
                       Filter const& filter, std::size_t applied) {
    std::size_t const row = rows.happened(applied);
    if (row >= rows.all().size()) {
        if (filter.shows_all() || applied >= trace.events.size())
            return "nothing more, this is the end.";
        return fmt::format("nothing more of what the filter shows ({}); A shows all.",
                           words_of(filter, world, trace));
    }
    EventNumber const number = rows.all()[row].event;
    return std::visit(ForetellNext{world, trace, lists, number, rows.detail() != Detail::magic},
                      trace.events[number].happening);
}

} // namespace mailflow::viz
