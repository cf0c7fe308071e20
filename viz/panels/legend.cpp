// What the marks of the timeline mean: those that the run has, as far as there is room, and the way to all.
#include "viz/draw/icons.hpp"
#include "viz/draw/widgets.hpp"
#include "viz/panels/panels.hpp"

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

namespace mailflow::viz {

namespace {

/// Whether the run has such marks; where it is predicted, by now.
bool has_mark(Frame const& frame, ViewState const& view, Mark mark) {
    std::vector<EventNumber> const& events = frame.rows.marked(mark);
    return !events.empty() && (!view.predicting.on || events.front() < frame.state.applied);
}

/// Those that there is room for: first those that the run has, by their weight, then the others.
template<class Has, class Width>
std::vector<Mark> marks_explained(Has const& has, float room, Width const& width_of_mark) {
    std::vector<Mark> chosen;
    for (bool const used : {true, false})
        for (Mark const mark :
             {Mark::refused, Mark::accepted, Mark::bounce, Mark::deferred, Mark::changed, Mark::dns}) {
            bool const rare = mark == Mark::changed || mark == Mark::deferred;
            if (has(mark) != used || (!used && rare))
                continue;
            if (width_of_mark(mark) > room)
                return chosen; // none of less weight instead
            room -= width_of_mark(mark);
            chosen.push_back(mark);
        }
    return chosen;
}

constexpr std::string_view all_signs_words = "All signs";
constexpr std::string_view other_signs_words = "+";

/// Whether what the run has is among them.
template<class Has>
bool explains_all(Has const& has, std::vector<Mark> const& chosen) {
    for (std::size_t n = 1; n < mark_count; ++n) { // but `none`
        auto const mark = static_cast<Mark>(n);
        if (has(mark) && std::find(chosen.begin(), chosen.end(), mark) == chosen.end())
            return false;
    }
    return true;
}

} // namespace

void draw_legend(Brush& brush, Rect rect, Frame const& frame, ViewState const& view, Intents& intents) {
    auto const has = [&](Mark mark) { return has_mark(frame, view, mark); };
    auto const width_of_mark = [&](Mark mark) {
        return width_of(brush.fonts.small, word_of(mark)) + brush.px(38);
    };
    std::vector<Mark> chosen = marks_explained(has, rect.w, width_of_mark);
    float x = rect.right();
    std::string_view words = all_signs_words;
    float button = width_of(brush.fonts.small_bold, words) + brush.px(18);
    if (!explains_all(has, chosen) && button <= rect.w) { // the card of signs has them all
        chosen = marks_explained(has, rect.w - button - brush.px(10), width_of_mark);
        if (chosen.empty()) { // it is not to take all the room
            words = other_signs_words;
            button = width_of(brush.fonts.small_bold, words) + brush.px(18);
            chosen = marks_explained(has, rect.w - button - brush.px(10), width_of_mark);
        }
        if (chip(brush, "all signs", {x - button, rect.y, button, rect.h}, words, false))
            intents.push_back(ShowCard{Card::signs});
        x -= button + brush.px(10);
    }
    for (Mark const mark :
         {Mark::changed, Mark::deferred, Mark::bounce, Mark::refused, Mark::dns, Mark::accepted}) {
        if (std::find(chosen.begin(), chosen.end(), mark) == chosen.end())
            continue;
        std::string_view const word = word_of(mark);
        float const w = width_of(brush.fonts.small, word);
        x -= w;
        brush.text({x, rect.y, w + 1, rect.h}, brush.fonts.small, brush.colours.quiet, word);
        brush.drawn.shapes.insert_or_assign("legend:" + std::string{word}, Rect{x, rect.y, w, rect.h});
        x -= brush.px(14);
        draw_mark(brush, {x, rect.centre().y}, brush.px(6.5F), mark);
        x -= brush.px(24);
    }
}

} // namespace mailflow::viz
