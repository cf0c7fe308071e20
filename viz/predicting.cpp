#include "viz/predicting.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace mailflow::viz {

std::string_view words_of(Foretold answer) {
    switch (answer) {
    case Foretold::accept: return "accepts it";
    case Foretold::refuse: return "refuses it";
    case Foretold::later: return "says: try again later";
    }
    return "";
}

Foretold truth_of(Trace const& trace, RecipientQuestion const& question) {
    if (question.reply == never) // the connection broke before anything was said
        return trace.decisions[question.decides].decision.verdict == Verdict::accept ? Foretold::accept
                                                                                     : Foretold::refuse;
    auto const& sent = std::get<ReplySent>(trace.events[question.reply].happening);
    switch (class_of(sent.saying)) {
    case SayingClass::permanent: return Foretold::refuse;
    case SayingClass::transient: return Foretold::later;
    default: return Foretold::accept;
    }
}

Instant just_before(Trace const& trace, RecipientQuestion const& question) {
    return trace.events[question.decision].at - Duration{1};
}

std::optional<std::size_t> question_between(Shown const& shown, Filter const& filter, Instant from,
                                            Instant to, std::optional<std::size_t> left) {
    std::span<RecipientQuestion const> const all = shown.lists.questions();
    std::vector<Event> const& events = shown.trace.events;
    auto next = std::upper_bound(all.begin(), all.end(), from,
                                 [&](Instant moment, RecipientQuestion const& question) {
                                     return moment < events[question.decision].at;
                                 });
    for (; next != all.end() && events[next->decision].at <= to; ++next) {
        auto const number = static_cast<std::size_t>(next - all.begin());
        if (left != number &&
            passes(filter, shown.trace, about(shown.world, shown.trace, events[next->decision])))
            return number;
    }
    return std::nullopt;
}

std::string say_outcome(Trace const& trace, Lists const& lists, Predicting const& predicting) {
    if (!predicting.question || !predicting.said)
        return {};
    Foretold const truth = truth_of(trace, lists.questions()[*predicting.question]);
    if (truth == *predicting.said)
        return fmt::format("You said: it {}. Right.", words_of(truth));
    return fmt::format("You said: it {}. No, it {}.", words_of(*predicting.said), words_of(truth));
}

} // namespace mailflow::viz
