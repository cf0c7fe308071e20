// How a story tells a decision: what the server knows, and the ladder of its rules.
#include "report/ladder.hpp"
#include "report/story/chapter.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace mailflow {

namespace {

/// Whether the ladder tells more than that the mailbox is another server's business.
bool worth_telling(Decision const& decision) {
    return decision.list != RuleListId::recipient || decision.decided_by() != RuleId::foreign_mailbox;
}

/// All that a server knows when it is to decide: neither who the person is, nor where the client stands.
std::string knowledge(World const& world, Trace const& trace, DecisionRecord const& record) {
    Session const& session = trace.sessions[record.session];
    Question const question = question_of(world, trace, record);
    return fmt::format("It knows: client {}, {}, sender {}.", to_text(session.client_address),
                       record.account ? fmt::format("logged in as {}", question.user) : "not logged in",
                       record.sender.valid() ? world.book.text(record.sender) : "nobody, as in all bounces");
}

} // namespace

void Chapter::tell(DecisionMade const& event) {
    DecisionRecord const& record = trace_.decisions[event.decision];
    if (!worth_telling(record.decision))
        return;
    Ladder const ladder = ladder_of(world_, trace_, record);
    say("?", fmt::format("{}, about {}: {}", label_of(world_, ladder.server), ladder.about, ladder.question),
        Tone::decision);
    if (!ladder.read_as.empty())
        page_.item(margin() + "    ", fmt::format("It takes that for {}.", ladder.read_as));
    if (std::exchange(session_known_, record.session) != record.session)
        page_.item(margin() + "    ", knowledge(world_, trace_, record));
    std::size_t longest = 0;
    for (Rung const& rung : ladder.rungs)
        longest = std::max(longest, character_count(rung.sentence));
    bool const accepts = ladder.verdict == Verdict::accept;
    Tone const verdict_tone = accepts ? Tone::good : Tone::bad;
    for (Rung const& rung : ladder.rungs) {
        bool const matched = rung.match == Match::yes;
        page_.item(fmt::format("{}    {}  {}  ", margin(), matched ? "✓ yes" : "✗ no ",
                               padded(rung.sentence, longest)),
                   rung.because, matched ? verdict_tone : Tone::plain);
    }
    std::string verdict = fmt::format("= decides: {}", verdict_words(ladder));
    if (in_protocol())
        verdict += fmt::format(" ({})", ladder.rungs.back().source);
    page_.item(margin() + "    ", verdict, verdict_tone);
}

} // namespace mailflow
