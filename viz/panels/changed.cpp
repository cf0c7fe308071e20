// What comes out differently in the two runs that are compared: a line for each recipient of which something
// else is told now, and how many are as before.
#include "viz/draw/flow.hpp"
#include "viz/panels/work_panels.hpp"

#include <fmt/format.h>

#include <array>

namespace mailflow::viz {

float draw_changed(Brush& brush, Rect column, Frame const& frame, ViewState const& view, Intents& intents) {
    ChangedOutcomes const& outcomes = frame.work.outcomes();
    Palette const& colours = brush.colours;
    Flow flow{brush, {column.x, column.y}, column.w, Pass::draw};
    bool const sees_before = view.work.seen() == Runs::before;
    std::size_t const told = std::min(outcomes.changed.size(), view.work.most_changed);
    for (std::size_t i = 0; i < told; ++i) {
        ChangedOutcome const& one = outcomes.changed[i];
        MessageId const message = sees_before ? one.message_before : one.message_now;
        bool const lit = message.valid() && view.subject == Subject{message};
        std::string const now = "→ " + one.now;
        std::array<Flow::Words, 3> const lines{{{brush.fonts.bold, colours.ink, one.whose},
                                                {brush.fonts.body, colours.quiet, one.before},
                                                {brush.fonts.body, colours.ink, now}}};
        if (flow.block(fmt::format("changed:{}", i), lines, lit) && message.valid())
            intents.push_back(Choose{lit ? Subject{} : Subject{message}});
        flow.gap(4);
    }
    if (std::size_t const left = outcomes.changed.size() - told; left > 0) {
        std::size_t const next = std::min(left, changed_at_a_time);
        std::string const words = fmt::format("and {} more that come out differently; list {}", left,
                                              next == left ? "them all" : fmt::format("{} more", next));
        if (flow.line("more changed", brush.fonts.body, colours.accent, words, false))
            intents.push_back(WorkIntent{ListChanged{told + next}});
    }
    if (std::string const others = say_others(outcomes); !others.empty()) {
        float const before = flow.height();
        flow.say(brush.fonts.body, colours.quiet, others);
        flow.name_since(before, "others as before");
    }
    return flow.height();
}

} // namespace mailflow::viz
