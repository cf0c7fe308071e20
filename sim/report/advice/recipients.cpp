// Who has to mend it where a server does not take the recipients: names that are wrong, or too many of them.
#include "report/advice/case.hpp"
#include "report/words/words.hpp"
#include "trace/events_by.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace mailflow {

namespace {

/// What a server has said to the recipients that were named before, in one session.
struct Answers {
    std::size_t put_off = 0; // greylisted
    std::size_t refused = 0;
};

Answers answers_before(Case const& c) {
    Answers answers;
    if (!c.settled.session.valid())
        return answers;
    // From the moment at which the session began: the whole trace for each recipient would be too much.
    Duration const a_moment{1};
    auto const begin = c.trace.events.begin() +
                       static_cast<std::ptrdiff_t>(
                           events_by(c.trace, c.trace.sessions[c.settled.session].opened - a_moment));
    for (auto event = begin; event != c.trace.events.end(); ++event) {
        auto const* const reply = std::get_if<ReplySent>(&event->happening);
        if (reply == nullptr || reply->session != c.settled.session)
            continue;
        Reason const reason = reason_of(reply->saying);
        if (reason == Reason::too_many_recipients)
            break;
        if (reason == Reason::greylisted)
            ++answers.put_off;
        else if (reason != Reason::none && is_negative(reply->saying))
            ++answers.refused;
    }
    return answers;
}

} // namespace

std::optional<Advice> on_lost_mailbox(Case const& c) {
    AddressBook::Address const& address = c.world.book[c.address()];
    std::string const& name = c.world.book.name(address.local_part);
    auto const has_it = [&](ServerPolicy const& policy) {
        // One that every name had is nobody's.
        return handled_at(policy, address.domain) && !policy.any_mailbox &&
               has_mailbox(policy, c.world.book, address.local_part);
    };
    std::string const was = fmt::format("{} had no mailbox {}", c.server(), name);
    if (was_once(c, has_it))
        return Advice{c.postmaster(),
                      fmt::format("The server had a mailbox {0}, and somebody took it away. Give it back; "
                                  "or, if the person has left, tell those who write to {1} of another "
                                  "address.",
                                  name, c.world.book.text(c.address())),
                      was};
    auto const owner = std::find_if(c.world.people.begin(), c.world.people.end(),
                                    [&](Person const& person) { return person.address == c.address(); });
    if (owner == c.world.people.end())
        return std::nullopt;
    return Advice{c.postmaster(),
                  fmt::format("{} is the address of {}, and this server has no mailbox for it. Add one.",
                              c.world.book.text(c.address()), owner->name),
                  was};
}

Advice on_unknown_user(Case const& c) {
    if (auto const advice = on_alias_without_mailbox(c))
        return *advice;
    if (auto const advice = on_mailbox_elsewhere(c))
        return *advice;
    if (auto const advice = on_lost_mailbox(c))
        return *advice;
    std::string const& name = c.world.book.name(c.world.book[c.address()].local_part);
    return {c.writer().name,
            fmt::format("Nobody called \"{}\" has a mailbox at {}. Check the part of the "
                        "address before the @ for a typing error, or ask the person.",
                        name, c.domain()),
            {},
            fmt::format("\"{}\"", name),
            fmt::format("There is no mailbox at {} for {{count}} names: {{names}}. Check the part of each "
                        "address before the @ for a typing error, or ask the people.",
                        c.domain())};
}

Advice on_too_many_recipients(Case const& c) {
    if (c.settled.saying == Saying::too_many_recipients)
        return {c.waits() ? "nobody" : c.writer().name,
                fmt::format("{} takes no more recipients at once. {}", c.server(),
                            c.waits() ? "Just wait: the queue sends the message to the others later."
                                      : "Send the message to fewer at a time.")};
    auto const [put_off, refused] = answers_before(c);
    std::string const why =
        refused == 0
            ? fmt::format("{} asked the recipients before this one to come back later (greylisting), and "
                          "counts that as if their addresses were wrong: after too many it hears no more. "
                          "Nothing is said of this address.",
                          c.server())
            : fmt::format("{} said no to {} of the recipients before this one{}, and after too many it hears "
                          "no more. Nothing is said of this address.",
                          c.server(), refused,
                          put_off == 0
                              ? ""
                              : fmt::format(", and asked {} to come back later (greylisting)", put_off));
    if (c.waits())
        return {"nobody", why + " Just wait: the queue tries again by itself."};
    return {c.writer().name, why + (refused == 0 ? " Send the message again, to fewer at a time."
                                                 : " See to those addresses first; then send the message to "
                                                   "this one again.")};
}

} // namespace mailflow
