// What to do with unsaved changes before the window closes or shows another scenario.
#include "viz/panels/sheet.hpp"

namespace mailflow::viz {

void draw_question(Panel& panel, Rect rect, Frame const& frame, ViewState const&, Intents& intents) {
    Brush& brush = panel.brush;
    Rect const inside = begin_sheet(brush, rect, 560, 220, "Keep what you have changed?", intents);
    std::string const what = frame.work.path().empty()
                                 ? "This world has not been saved yet."
                                 : "There are changes that are not in " + frame.work.path() + " yet.";
    brush.paragraph({inside.x, inside.y}, inside.w, brush.fonts.body, brush.colours.ink, what, 3);
    struct Choice {
        Answer answer;
        char const* name;
        char const* words;
        ButtonLook look;
    };
    constexpr Choice choices[] = {{Answer::save, answer_save, "Save", ButtonLook::chosen},
                                  {Answer::discard, "answer:discard", "Do not save", ButtonLook::plain},
                                  {Answer::cancel, "answer:cancel", "Stay here", ButtonLook::plain}};
    float const gap = brush.px(10);
    float const width = (inside.w - 2 * gap) / 3;
    float x = inside.x;
    for (Choice const& choice : choices) {
        if (text_button(brush, choice.name, {x, inside.bottom() - brush.px(40), width, brush.px(38)},
                        choice.words, choice.look))
            intents.push_back(WorkIntent{AnswerQuestion{choice.answer}});
        x += width + gap;
    }
}

} // namespace mailflow::viz
