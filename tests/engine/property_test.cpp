// What holds in every world: worlds are made up from a seed, played, and held to it.
#include "engine/play.hpp"
#include "engine/random_world.hpp"

#include <algorithm>

using namespace mailflow;

namespace {

/// Recipients that no queue and no session still holds must have been settled, and none twice.
void check_conservation(Trace const& trace) {
    std::vector<int> settled(trace.recipients.size());
    std::vector<bool> submitted(trace.messages.size());
    for (Event const& event : trace.events) {
        if (auto const* one = std::get_if<RecipientSettled>(&event.happening))
            ++settled[one->recipient.index];
        if (auto const* message = std::get_if<MessageSubmitted>(&event.happening))
            submitted[message->message.index] = true;
    }
    std::vector<bool> held(trace.recipients.size());
    for (Deferral const& deferral : trace.deferrals)
        held[deferral.recipient.index] = true;
    for (std::size_t i = 0; i < trace.recipients.size(); ++i) {
        RecipientId const id = trace.recipients.id_at(i);
        Message const& message = trace.messages[trace.recipients[id].message];
        bool const handed_in =
            message.kind != MessageKind::mail || submitted[trace.recipients[id].message.index];
        INFO("recipient " << i);
        REQUIRE(settled[i] <= 1);
        if (handed_in && trace.ended_at.since_start < longest_run)
            REQUIRE((settled[i] == 1 || held[i]));
    }
}

/// What a stranger handed to a closed server was for a domain that the server handles or relays for.
void check_no_relaying_for_strangers(World const& world, Trace const& trace) {
    for (DecisionRecord const& record : trace.decisions) {
        if (record.decision.list != RuleListId::relay || record.decision.verdict != Verdict::accept)
            continue;
        Question const question = question_of(world, trace, record);
        bool const known = question.account.has_value() ||
                           std::any_of(question.server.trusts.begin(), question.server.trusts.end(),
                                       [&](IpRange const& range) { return range.contains(question.client); });
        DomainId const domain = world.book[question.recipient].domain;
        bool const its_business =
            handled_at(question.server, domain) || relayed_at(question.server, world.book, domain);
        REQUIRE((known || question.server.open_relay || its_business));
    }
}

} // namespace

TEST_CASE(
    "in every world all mail is accounted for, time runs forwards, nothing circles, no stranger relays") {
    for (std::uint64_t seed = 1; seed <= 400; ++seed) {
        std::string const text = RandomWorld{seed}.text();
        CAPTURE(seed, text);
        Play const play = play_text(text);
        check_conservation(play.trace);
        check_no_relaying_for_strangers(play.world, play.trace);
        REQUIRE(std::is_sorted(play.trace.events.begin(), play.trace.events.end(),
                               [](Event const& a, Event const& b) { return a.at < b.at; }));
        for (QueueEntry const& entry : play.trace.entries)
            REQUIRE(entry.received_lines <= 50);
    }
}

TEST_CASE("in every world the same seed gives the same run") {
    for (std::uint64_t seed = 1; seed <= 60; ++seed) {
        std::string const text = RandomWorld{seed}.text();
        CAPTURE(seed, text);
        Play const once = play_text(text);
        Play const again = play_text(text);
        REQUIRE(once.trace.events.size() == again.trace.events.size());
        REQUIRE(settlements(once) == settlements(again));
        for (std::size_t i = 0; i < once.trace.events.size(); ++i) {
            REQUIRE(once.trace.events[i].at == again.trace.events[i].at);
            REQUIRE(once.trace.events[i].happening.index() == again.trace.events[i].happening.index());
        }
    }
}
