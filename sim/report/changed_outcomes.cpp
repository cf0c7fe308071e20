#include "report/changed_outcomes.hpp"

#include "report/words/outcome_words.hpp"
#include "report/words/words.hpp"

#include <fmt/format.h>

#include <map>
#include <utility>

namespace mailflow {

namespace {

/// How two runs know a recipient: name of the message, address, and how many such came before it.
struct RecipientKey {
    std::string message;
    std::string address;
    std::size_t earlier = 0;

    auto operator<=>(RecipientKey const&) const = default;
};

/// A run with all its recipients, in the order of the lines.
struct Told {
    explicit Told(Run const& a_run) : run(a_run), summary(summarize(a_run.world, a_run.trace)) {
        std::map<std::pair<std::string, std::string>, std::size_t> seen;
        for (auto const* part : {&summary.recipients, &summary.crowd, &summary.spam})
            for (RecipientSummary const& came : *part) {
                std::string const name = message_id(run.world, message_of(came));
                std::string const& address =
                    run.world.book.text(run.trace.recipients[came.recipient].address);
                keys.push_back({name, address, seen[{name, address}]++});
                all.push_back(&came);
            }
    }

    [[nodiscard]] MessageId id_of(RecipientSummary const& came) const {
        return run.trace.recipients[came.recipient].message;
    }
    [[nodiscard]] Message const& message_of(RecipientSummary const& came) const {
        return run.trace.messages[id_of(came)];
    }
    [[nodiscard]] bool has_several() const {
        return !all.empty() && id_of(*all.front()) != id_of(*all.back());
    }
    /// The outcome, and whose words it was.
    [[nodiscard]] std::string words(RecipientSummary const& came) const {
        std::string const words = outcome_words(run.world, run.trace, summary, came);
        bool const is_said = came.outcome != Outcome::delivered && reply(came);
        return is_said ? fmt::format("{}, by {}", words, speaker_of(run.world, run.trace, came)) : words;
    }
    [[nodiscard]] std::optional<Reply> reply(RecipientSummary const& came) const {
        return last_reply(run.world, run.trace, summary, came);
    }

    Run run;
    Summary summary;
    std::vector<RecipientKey> keys;
    std::vector<RecipientSummary const*> all; // beside its key
};

constexpr char const* unwritten = "not written";

/// What is told of it in both runs; where that is the same but for the words of the reply, with these.
void tell_both(ChangedOutcome& changed, Told const& before, RecipientSummary const& was, Told const& now,
               RecipientSummary const& is) {
    changed.before = before.words(was);
    changed.now = now.words(is);
    auto const said = before.reply(was);
    auto const says = now.reply(is);
    if (changed.before != changed.now || was.outcome == Outcome::delivered || !said || !says)
        return;
    if (std::string const a = to_line(*said), b = to_line(*says); a != b) {
        changed.before += ": " + a;
        changed.now += ": " + b;
    }
}

} // namespace

ChangedOutcomes changed_outcomes(Run const& before, Run const& now) {
    Told const was{before};
    Told const is{now};
    Named const named = was.has_several() || is.has_several() ? Named::yes : Named::no;
    std::map<RecipientKey, RecipientSummary const*> left;
    for (std::size_t i = 0; i < was.all.size(); ++i)
        left.emplace(was.keys[i], was.all[i]);
    ChangedOutcomes outcomes;
    for (std::size_t i = 0; i < is.all.size(); ++i) {
        RecipientSummary const& came = *is.all[i];
        ChangedOutcome changed{.message_before = {},
                               .message_now = is.id_of(came),
                               .whose = whose_words(now.world, now.trace, came, named),
                               .before = unwritten,
                               .now = {}};
        if (auto const found = left.find(is.keys[i]); found != left.end()) {
            changed.message_before = was.id_of(*found->second);
            tell_both(changed, was, *found->second, is, came);
            left.erase(found);
        } else {
            changed.now = is.words(came);
        }
        if (changed.before == changed.now)
            ++outcomes.others;
        else
            outcomes.changed.push_back(std::move(changed));
    }
    for (std::size_t i = 0; i < was.all.size(); ++i)
        if (left.contains(was.keys[i]))
            outcomes.changed.push_back({.message_before = was.id_of(*was.all[i]),
                                        .message_now = {},
                                        .whose = whose_words(before.world, before.trace, *was.all[i], named),
                                        .before = was.words(*was.all[i]),
                                        .now = unwritten});
    return outcomes;
}

std::string say_others(ChangedOutcomes const& outcomes) {
    if (outcomes.others == 0)
        return {};
    if (outcomes.changed.empty())
        return outcomes.others == 1 ? "It ends as before."
                                    : fmt::format("All {} end as before.", outcomes.others);
    return outcomes.others == 1 ? "1 other as before" : fmt::format("{} others as before", outcomes.others);
}

} // namespace mailflow
