#include "report/advice/refused_spam.hpp"

#include "report/spam.hpp"

#include <fmt/format.h>

namespace mailflow {

namespace {

/// The server that had it from the spammer and could not pass it on; none: it was refused at the first door.
HostId passed_on_by(World const& world, Trace const& trace, RecipientSettled const& settled) {
    // Without a session it was found out by whoever had it.
    HostId const had_it = settled.session.valid() ? trace.sessions[settled.session].client : settled.by;
    return world.hosts[had_it].server.valid() ? had_it : HostId{};
}

std::string why_right(World const& world, Spammer const& spammer, RecipientSettled const& settled) {
    std::string const& server = world.hosts[settled.by].name;
    switch (settled.reason) {
    case Reason::relay_denied:
        return fmt::format("A stranger asked {} to pass mail on to somebody else's domain. It refused, as it "
                           "should.",
                           server);
    case Reason::blocklisted:
        return fmt::format(
            "The machine that sends this is known for spam, and {} does not listen to it. That "
            "is what the list is for.",
            server);
    case Reason::greylisted:
        return fmt::format(
            "{} puts strangers off for a while. Real servers come again; most spammers do not.", server);
    case Reason::unknown_user:
        return fmt::format("{}obody here has this {}. It was refused at the door, so that no bounce goes to "
                           "anybody.",
                           guesses_names(spammer) ? "The spammer guesses names, and n" : "N",
                           guesses_names(spammer) ? "one" : "name");
    default: return "This is spam, and it did not get in.";
    }
}

} // namespace

std::optional<Advice> advise_on_refused_spam(World const& world, Trace const& trace,
                                             RecipientSettled const& settled) {
    MessageId const id = trace.recipients[settled.recipient].message;
    Message const& message = trace.messages[id];
    if (settled.outcome == Outcome::delivered || trace.messages[root_of(trace, id)].kind != MessageKind::spam)
        return std::nullopt;
    if (message.kind != MessageKind::spam) {
        std::string const& writer = world.hosts[message.origin].name;
        return Advice{"the postmaster of " + writer,
                      fmt::format("This letter is about spam, and goes to somebody who sent nothing. {} took "
                                  "what it could not deliver: let it refuse at the door instead.",
                                  writer)};
    }
    HostId const relay = passed_on_by(world, trace, settled);
    if (!relay.valid())
        return Advice{"nobody", why_right(world, world.spammers[message.spammer], settled)};
    std::string const& name = world.hosts[relay].name;
    return Advice{"the postmaster of " + name,
                  fmt::format("{0} took this spam from the spammer and could not pass it on. What is to be "
                              "mended is the rule by which {0} took it.",
                              name)};
}

} // namespace mailflow
