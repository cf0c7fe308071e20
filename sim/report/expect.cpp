#include "report/expect.hpp"

#include "base/text.hpp"
#include "report/probe.hpp"
#include "report/words/words.hpp"
#include "trace/meets.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

namespace mailflow {

namespace {

/// "refused, relay-denied, by mail.isp.example, with "554 5.7.1""; leaves out what is empty.
std::string describe(std::string_view outcome, std::string_view reason, std::string_view by,
                     std::string_view reply) {
    std::vector<std::string> parts;
    if (!outcome.empty())
        parts.emplace_back(outcome);
    if (!reason.empty())
        parts.emplace_back(reason);
    if (!by.empty())
        parts.push_back(fmt::format("by {}", by));
    if (!reply.empty())
        parts.push_back(fmt::format("with \"{}\"", reply));
    return fmt::format("{}", fmt::join(parts, ", "));
}

std::string_view fetched_words(bool fetched) {
    return fetched ? "fetched" : "not fetched";
}

std::string expected_words(World const& world, Expectation const& expected) {
    std::string words =
        describe(expected.outcome ? name_of(*expected.outcome) : std::string_view{},
                 expected.reason ? name_of(*expected.reason) : std::string_view{},
                 expected.by.valid() ? std::string_view{world.hosts[expected.by].name} : std::string_view{},
                 expected.reply);
    if (expected.fetched)
        words += fmt::format("{}{}", words.empty() ? "" : ", ", fetched_words(*expected.fetched));
    return words.empty() ? "to be handed in" : words;
}

std::string reply_line(World const& world, Trace const& trace, Summary const& summary,
                       RecipientSummary const& came) {
    auto const reply = last_reply(world, trace, summary, came);
    return reply ? to_line(*reply) : std::string{};
}

bool meets(World const& world, Trace const& trace, Summary const& summary, Expectation const& expected,
           RecipientSummary const& came) {
    auto const [reason, by] = hindrance_of(world, trace, came);
    if (!meets_but_for_words(expected, {came.outcome, reason, !came.fetches.empty(), by}))
        return false;
    return expected.reply.empty() || reply_line(world, trace, summary, came).starts_with(expected.reply);
}

std::string came_words(World const& world, Trace const& trace, Summary const& summary,
                       Expectation const& expected, RecipientSummary const& came) {
    auto const [reason, host] = hindrance_of(world, trace, came);
    std::string_view const by = host.valid() ? std::string_view{world.hosts[host].name} : "";
    std::string words = describe(came.settled ? name_of(came.outcome) : "still queued when the run ended",
                                 name_of(reason), by, reply_line(world, trace, summary, came));
    if (expected.fetched)
        words += fmt::format(", {}", fetched_words(!came.fetches.empty()));
    return words;
}

/// Of whose mail it speaks: "hello", "hello to leo@shop.example", "the spammer bulk", "the population
/// customer".
std::string subject_words(World const& world, Expectation const& expected) {
    std::string words;
    if (expected.spammer.valid())
        words = fmt::format("the spammer {}", world.spammers[expected.spammer].key);
    else if (expected.population.valid())
        words = fmt::format("the population {}", world.populations[expected.population].key);
    else
        words = world.mail[expected.mail].id;
    return words + (expected.to.valid() ? " to " + world.book.text(expected.to) : std::string{});
}

/// The recipients that it speaks of, as far as they were handed in.
std::vector<RecipientSummary const*> subjects_of(World const& world, Trace const& trace,
                                                 Summary const& summary, Expectation const& expected) {
    std::vector<RecipientSummary const*> subjects;
    auto const& all = expected.spammer.valid()      ? summary.spam
                      : expected.population.valid() ? summary.crowd
                                                    : summary.recipients;
    for (RecipientSummary const& came : all) {
        Recipient const& recipient = trace.recipients[came.recipient];
        Message const& message = trace.messages[recipient.message];
        if (message.mail != expected.mail || message.spammer != expected.spammer ||
            message.population != expected.population)
            continue;
        if (!expected.to.valid() || aim_of(world, trace, came.recipient) == expected.to)
            subjects.push_back(&came);
    }
    return subjects;
}

/// "at least 3", "at most 0", "from 3 to 5".
std::string number_words(Expectation const& expected) {
    if (!expected.at_most)
        return fmt::format("at least {}", *expected.at_least);
    if (!expected.at_least)
        return fmt::format("at most {}", *expected.at_most);
    return fmt::format("from {} to {}", *expected.at_least, *expected.at_most);
}

/// Where it is said how many recipients are to come out so.
std::optional<std::string> complaint_about_number(World const& world, Trace const& trace,
                                                  Summary const& summary, Expectation const& expected) {
    auto const subjects = subjects_of(world, trace, summary, expected);
    auto const count = static_cast<std::size_t>(
        std::count_if(subjects.begin(), subjects.end(), [&](RecipientSummary const* came) {
            return meets(world, trace, summary, expected, *came);
        }));
    if (is_met_by(expected, count, subjects.size()))
        return std::nullopt;
    return fmt::format("{}: expected {} {}; came {} of {}", subject_words(world, expected),
                       number_words(expected), expected_words(world, expected), count, subjects.size());
}

/// The sentence about the first recipient that does not meet it; none when all do.
std::optional<std::string> complaint(World const& world, Trace const& trace, Summary const& summary,
                                     Expectation const& expected) {
    if (expected.at_least || expected.at_most)
        return complaint_about_number(world, trace, summary, expected);
    auto const subjects = subjects_of(world, trace, summary, expected);
    for (RecipientSummary const* came : subjects) {
        Recipient const& recipient = trace.recipients[came->recipient];
        if (!meets(world, trace, summary, expected, *came))
            return fmt::format("{} to {}: expected {}; came {}",
                               message_id(world, trace.messages[recipient.message]),
                               world.book.text(recipient.address), expected_words(world, expected),
                               came_words(world, trace, summary, expected, *came));
    }
    if (!subjects.empty())
        return std::nullopt;
    return fmt::format("{}: expected {}; but it was not yet sent when the run ended",
                       subject_words(world, expected), expected_words(world, expected));
}

} // namespace

Verification verify(World const& world, Trace const& trace, Summary const& summary) {
    Verification result;
    for (std::size_t at = 0; at < world.expectations.size(); ++at) {
        auto sentence = complaint(world, trace, summary, world.expectations[at]);
        if (!sentence) {
            ++result.met;
            continue;
        }
        result.failed.push_back(*std::move(sentence));
        result.failed_at.push_back(at);
    }
    return result;
}

} // namespace mailflow
