#include "report/episode.hpp"

#include <fmt/format.h>

#include <optional>
#include <string>

namespace mailflow {

namespace {

/// What an event is as a part of a try, without times and numbers; empty for what is no part of one, and for
/// questions to the DNS "-", since they are cached now and then.
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

/// Cuts the events at the end of each try and compares it with the try before.
class Cutting {
public:
    explicit Cutting(Trace const& trace) : trace_(trace) {}

    void see(Event const* event) {
        bool const puts_off = std::holds_alternative<MessageDeferred>(event->happening);
        if (ending_ && !puts_off)
            end_try();
        ending_ = puts_off;
        std::string const part = std::visit(Signature{trace_}, event->happening);
        if (part.empty()) {
            tell_try();
            to_tell().events.push_back(event);
            try_before_.reset();
            return;
        }
        if (part != "-")
            signature_ += part + ' ';
        try_.push_back(event);
    }

    [[nodiscard]] std::vector<Episode> result() && {
        if (ending_)
            end_try();
        tell_try();
        return std::move(episodes_);
    }

private:
    void end_try() {
        if (try_before_ == signature_) {
            if (episodes_.back().repeated_tries == 0)
                episodes_.emplace_back();
            ++episodes_.back().repeated_tries;
            append(episodes_.back().events);
            signature_.clear();
            return;
        }
        std::string const signature = signature_;
        tell_try();
        try_before_ = signature;
    }

    /// What was seen since the last try is to be told in full.
    void tell_try() {
        if (!try_.empty())
            append(to_tell().events);
        signature_.clear();
    }

    void append(std::vector<Event const*>& events) {
        events.insert(events.end(), try_.begin(), try_.end());
        try_.clear();
    }

    Episode& to_tell() {
        if (episodes_.empty() || episodes_.back().repeated_tries > 0)
            episodes_.emplace_back();
        return episodes_.back();
    }

    Trace const& trace_;
    std::vector<Episode> episodes_;
    std::vector<Event const*> try_; // seen since the last one ended
    std::string signature_;         // of these
    std::optional<std::string> try_before_;
    bool ending_ = false;
};

} // namespace

std::vector<Episode> episodes_of(Trace const& trace, std::vector<Event const*> const& events) {
    Cutting cutting{trace};
    for (Event const* event : events)
        cutting.see(event);
    return std::move(cutting).result();
}

} // namespace mailflow
