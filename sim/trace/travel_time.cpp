#include "trace/replay.hpp"

namespace mailflow {

Duration travel_time(Trace const& trace, Event const& event) {
    auto const session = [&trace](auto const& about) { return trace.sessions[about.session].one_way; };
    auto const lookup = [&trace](auto const& about) { return trace.lookups[about.lookup].one_way; };
    return std::visit(
        Overloaded{[](MessageSubmitted const&) { return Duration{}; },
                   [&](ConnectionOpened const& opened) { return 2 * session(opened); },
                   [&](ConnectionEstablished const& established) { return session(established); },
                   [](ConnectionFailed const&) { return Duration{}; },
                   [&](CommandSent const& sent) { return session(sent); },
                   [](DecisionMade const&) { return Duration{}; },
                   [&](ReplySent const& sent) { return session(sent); },
                   [](SessionClosed const&) { return Duration{}; },
                   [&](LookupSent const& sent) { return lookup(sent); },
                   [&](LookupAnswered const& answered) {
                       return trace.lookups[answered.lookup].cached ? Duration{} : lookup(answered);
                   },
                   [](LookupTimedOut const&) { return Duration{}; },
                   [](MessageQueued const&) { return Duration{}; },
                   [](AliasFollowed const&) { return Duration{}; },
                   [](MessageDeferred const&) { return Duration{}; },
                   [](MessageDequeued const&) { return Duration{}; },
                   [](MessageFiled const&) { return Duration{}; },
                   [](BounceWritten const&) { return Duration{}; },
                   [](DelayWarningWritten const&) { return Duration{}; },
                   [](AddressListed const&) { return Duration{}; },
                   [](AddressDelisted const&) { return Duration{}; },
                   [](WorldChanged const&) { return Duration{}; },
                   [](RecipientSettled const&) { return Duration{}; },
                   [](MailCheckStarted const&) { return Duration{}; },
                   [&](AccessCommandSent const& sent) { return session(sent); },
                   [&](AccessReplySent const& sent) { return session(sent); },
                   [](MessageFetched const&) { return Duration{}; },
                   [](MessageRemoved const&) { return Duration{}; },
                   [](MailCheckEnded const&) { return Duration{}; }},
        event.happening);
}

} // namespace mailflow
