#include "report/story/signature.hpp"

#include <fmt/format.h>

namespace mailflow {

namespace {

struct Signature {
    Trace const& trace;

    std::string operator()(ConnectionOpened const& e) const {
        return fmt::format("o{}.{}", trace.sessions[e.session].server.index, trace.sessions[e.session].port);
    }
    std::string operator()(ConnectionEstablished const&) const { return "e"; }
    std::string operator()(ConnectionFailed const& e) const { return word('f', e.saying); }
    std::string operator()(CommandSent const& e) const {
        return fmt::format("c{}.{}", static_cast<int>(e.verb), e.address.index);
    }
    std::string operator()(DecisionMade const& e) const {
        Decision const& decision = trace.decisions[e.decision].decision;
        return fmt::format("d{}.{}", static_cast<int>(decision.list),
                           static_cast<int>(decision.decided_by()));
    }
    std::string operator()(ReplySent const& e) const { return word('r', e.saying); }
    std::string operator()(SessionClosed const&) const { return "x"; }
    std::string operator()(LookupSent const&) const { return "-"; }
    std::string operator()(LookupAnswered const& e) const { return answer(trace.lookups[e.lookup]); }
    std::string operator()(LookupTimedOut const& e) const { return answer(trace.lookups[e.lookup]); }
    std::string operator()(MessageDeferred const& e) const {
        Deferral const& deferral = trace.deferrals[e.deferral];
        return fmt::format("w{}.{}.{}", deferral.entry.index, deferral.recipient.index,
                           static_cast<int>(deferral.saying));
    }
    std::string operator()(MessageSubmitted const&) const { return {}; }
    std::string operator()(MessageQueued const&) const { return {}; }
    std::string operator()(AliasFollowed const&) const { return {}; }
    std::string operator()(MessageDequeued const&) const { return {}; }
    std::string operator()(MessageFiled const&) const { return {}; }
    std::string operator()(BounceWritten const&) const { return {}; }
    std::string operator()(DelayWarningWritten const&) const { return {}; }
    std::string operator()(AddressListed const&) const { return {}; }
    std::string operator()(AddressDelisted const&) const { return {}; }
    std::string operator()(WorldChanged const&) const { return {}; }
    std::string operator()(RecipientSettled const&) const { return {}; }
    std::string operator()(MailCheckStarted const&) const { return {}; }
    std::string operator()(AccessCommandSent const&) const { return {}; }
    std::string operator()(AccessReplySent const&) const { return {}; }
    std::string operator()(MessageFetched const&) const { return {}; }
    std::string operator()(MessageRemoved const&) const { return {}; }
    std::string operator()(MailCheckEnded const&) const { return {}; }

    [[nodiscard]] static std::string word(char kind, Saying saying) {
        return fmt::format("{}{}", kind, static_cast<int>(saying));
    }
    [[nodiscard]] static std::string answer(Lookup const& lookup) {
        bool const usable = lookup.status == DnsStatus::found || lookup.status == DnsStatus::no_data;
        return usable ? "-" : fmt::format("a{}.{}", lookup.name.index, static_cast<int>(lookup.status));
    }
};

} // namespace

std::string signature_of(Trace const& trace, Event const& event) {
    return std::visit(Signature{trace}, event.happening);
}

} // namespace mailflow
