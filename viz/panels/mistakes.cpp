// What is wrong with the scenario as it is now, while the last good world is still shown; and the choice when
// its file was changed by somebody else, too. As high as its words need, and one line where it is folded.
#include "edit/format.hpp"
#include "edit/json_layout.hpp"
#include "viz/forms/form_pen.hpp"
#include "viz/panels/work_panels.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <filesystem>

namespace mailflow::viz {

namespace {

constexpr std::size_t most_told = 100;
constexpr std::size_t most_told_of_file = 3;     // before it is decided whether that is taken
constexpr std::size_t most_lines_of_mistake = 8; // of one mistake
constexpr std::size_t most_head_lines = 3;

// At scale 1.
constexpr float around_all = 10;
constexpr float head_height = 30;
constexpr float button_width = 84;
constexpr float row_gap = 6;
constexpr float least_row = 30; // a button's height
constexpr float bar = 14;       // beside a list that scrolls

struct Row {
    std::string words;
    Diagnostic const* mends = nullptr; // what its button leads to; null: it has none
};

/// The thing whose form has the field that is meant.
std::string thing_at(Workbench const& work, std::string pointer) {
    auto const root = work.scenario().root();
    while (!pointer.empty() && form_at(root, pointer) == nullptr)
        pointer.erase(pointer.rfind('/'));
    return pointer;
}

/// The value in the thing's form that is meant. What is wrong with the thing itself is mended at the first
/// key that it has to have and has not, or else at its first.
std::string value_at(Workbench const& work, std::string const& thing, std::string const& pointer) {
    ObjectForm const* const form = form_at(work.scenario().root(), thing);
    if (pointer != thing || form == nullptr)
        return pointer;
    auto const missing = std::find_if(form->keys.begin(), form->keys.end(), [&](KeyForm const& key) {
        return key.required && !work.scenario().find(thing + "/" + escape_for_pointer(key.name));
    });
    KeyForm const& key = missing == form->keys.end() ? form->keys.front() : *missing;
    return thing + "/" + escape_for_pointer(key.name);
}

std::string words_of(Diagnostic const& one) {
    std::string const where = place_words(one.pointer);
    return fmt::format("Line {}: {}{}{}{}{}", one.line, where, where.empty() ? "" : ": ", one.what,
                       one.hint.empty() ? "" : "; ", one.hint);
}

std::vector<Row> rows_of(Workbench const& work) {
    std::vector<Row> rows;
    if (!work.trouble().empty())
        rows.push_back({work.trouble(), nullptr});
    if (work.disk_differs())
        for (std::size_t n = 0; n < std::min(work.disk_diagnostics().size(), most_told_of_file); ++n)
            rows.push_back({"In the file: " + words_of(work.disk_diagnostics()[n]), nullptr});
    std::vector<Diagnostic> const& wrong = work.diagnostics();
    bool const has_forms = work.is_open() && work.scenario().root().has_value();
    for (std::size_t n = 0; n < std::min(wrong.size(), most_told); ++n)
        rows.push_back({words_of(wrong[n]), has_forms ? &wrong[n] : nullptr});
    if (wrong.size() > most_told)
        rows.push_back({fmt::format("And {} more.", wrong.size() - most_told), nullptr});
    return rows;
}

/// Beside the button that folds the list.
float width_of_head(Rect rect, float scale) {
    return std::max(rect.w - (2 * around_all + button_width + row_gap) * scale, 1.0F);
}

/// Of its words alone.
float height_of_head(Face font, float width, std::string const& words) {
    return std::round(font.size * 1.25F) *
           static_cast<float>(wrapped(font, words, width, most_head_lines).size());
}

float width_of_words(Rect rect, float scale, bool with_button) {
    float const button = with_button ? button_width + row_gap : 0;
    return std::max(rect.w - (2 * around_all + bar + button) * scale, 1.0F);
}

float height_of_row(Row const& row, Ink const& ink, Rect rect) {
    bool const button = row.mends != nullptr;
    Face const font = ink.fonts.small;
    auto const lines =
        wrapped(font, row.words, width_of_words(rect, ink.scale, button), most_lines_of_mistake).size();
    float const words = std::round(font.size * 1.25F) * static_cast<float>(lines);
    return std::max(words, button ? least_row * ink.scale : 0.0F) + row_gap * ink.scale;
}

/// Two buttons, one below the other where they do not fit beside each other, and what they are about.
constexpr float choice_height = 130;

void draw_disk_choice(FormPen& pen, Workbench const& work, Intents& intents) {
    std::size_t const wrong = work.disk_diagnostics().size();
    bool const is_told_above = work.diagnostics().empty();
    pen.words(fmt::format("{} {}",
                          is_told_above ? "You have changed it here, too."
                                        : "The file was changed outside, and you have changed it here, too.",
                          wrong == 0 ? "Which of the two is to stay?"
                                     : "What is in the file cannot be played as it is."),
              pen.brush().colours.ink);
    std::string const with = wrong == 0   ? ""
                             : wrong == 1 ? ", with its mistake"
                                          : fmt::format(", with its {} mistakes", wrong);
    pen.begin_chips();
    if (pen.chip("take from disk", "Take the file's" + with + " (undo brings yours back)", ButtonLook::plain))
        intents.push_back(WorkIntent{TakeFromDisk{}});
    if (pen.chip("keep mine", "Keep mine", ButtonLook::plain))
        intents.push_back(WorkIntent{KeepMine{}});
    pen.end_chips();
}

float draw_row(Brush& brush, Rect place, Row const& row, Workbench const& work, Intents& intents) {
    float const used = brush.paragraph({place.x, place.y}, place.w, brush.fonts.small,
                                       row.mends == nullptr ? brush.colours.refused : brush.colours.ink,
                                       row.words, most_lines_of_mistake);
    brush.drawn.shapes.insert_or_assign("mistake:" + row.words, Rect{place.x, place.y, place.w, used});
    if (row.mends == nullptr)
        return used + brush.px(row_gap);
    std::string const& pointer = row.mends->pointer;
    Rect const button{place.right() + brush.px(row_gap), place.y, brush.px(button_width),
                      brush.px(least_row)};
    if (text_button(brush, "mend:" + pointer, button, "Mend it", ButtonLook::plain)) {
        std::string const thing = thing_at(work, pointer);
        intents.push_back(SetMode{Mode::build});
        intents.push_back(WorkIntent{ShowThing{thing, value_at(work, thing, pointer)}});
    }
    return std::max(used, button.h) + brush.px(row_gap);
}

} // namespace

std::string name_of_shown(Workbench const& work, World const& shown) {
    if (!work.shown_path().empty())
        return std::filesystem::path{work.shown_path()}.filename().string();
    return shown.title.empty() ? "a world without a title" : fmt::format("\"{}\"", shown.title);
}

std::string head_of_mistakes(Workbench const& work, World const& shown) {
    std::size_t const count = work.diagnostics().size();
    if (count == 0)
        return !work.disk_differs()              ? "That could not be done"
               : work.disk_diagnostics().empty() ? "The file was changed outside"
                                                 : "The file was changed outside, and has mistakes now";
    std::string const mistakes = count == 1 ? "One mistake" : fmt::format("{} mistakes", count);
    if (!work.shows_another())
        return mistakes + "; the last good world is still shown";
    std::string const file = std::filesystem::path{work.path()}.filename().string();
    return fmt::format("{} in {}; {} is still shown", mistakes, file, name_of_shown(work, shown));
}

float mistakes_height(Ink const& ink, Rect room, Workbench const& work, World const& shown,
                      ViewState const& view) {
    float const head =
        height_of_head(ink.fonts.head, width_of_head(room, ink.scale), head_of_mistakes(work, shown));
    float height = 2 * around_all * ink.scale + std::max(head_height * ink.scale, head);
    if (view.work.mistakes_folded)
        return std::min(std::ceil(height), room.h);
    height += row_gap * ink.scale;
    if (work.disk_differs())
        height += choice_height * ink.scale;
    for (Row const& row : rows_of(work))
        height += height_of_row(row, ink, room);
    return std::min(std::ceil(height), room.h);
}

void draw_mistakes(Panel& panel, Rect rect, Frame const& frame, ViewState const& view, Intents& intents) {
    Brush& outer = panel.brush;
    Workbench const& work = frame.work;
    outer.fill(rect, outer.colours.surface, outer.px(9));
    outer.outline(rect, outer.colours.refused, outer.px(2), outer.px(9));
    outer.drawn.shapes.insert_or_assign("mistakes", rect);
    Rect const inside = rect.inset(outer.px(around_all));
    std::string const words = head_of_mistakes(work, frame.world);
    float const beside_fold = width_of_head(rect, outer.px(1));
    float const high = height_of_head(outer.fonts.head, beside_fold, words);
    Rect const head{inside.x, inside.y, inside.w, std::max(outer.px(head_height), high)};
    Rect const fold{head.right() - outer.px(button_width), head.y, outer.px(button_width),
                    outer.px(head_height)};
    outer.paragraph({head.x, head.y + (head.h - high) / 2}, beside_fold, outer.fonts.head, outer.colours.ink,
                    words, most_head_lines);
    bool const folded = view.work.mistakes_folded;
    if (text_button(outer, "fold mistakes", fold, folded ? "Show" : "Fold", ButtonLook::plain))
        intents.push_back(WorkIntent{FoldMistakes{}});
    if (folded)
        return;
    float const top = head.bottom() + outer.px(row_gap);
    FlowArea area{outer, "mistakes list", {inside.x, top, inside.w, inside.bottom() - top}};
    FormPen pen{area.brush(), {area.origin().x, area.origin().y, area.width(), 0}, work, view, intents};
    if (work.disk_differs())
        draw_disk_choice(pen, work, intents);
    float y = pen.y();
    for (Row const& row : rows_of(work)) {
        float const width = width_of_words(rect, outer.px(1), row.mends != nullptr);
        y += draw_row(pen.brush(), {area.origin().x, y, width, 0}, row, work, intents);
    }
    area.end_at(y);
}

} // namespace mailflow::viz
