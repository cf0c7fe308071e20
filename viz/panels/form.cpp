// Build, right: the form of one thing, with the way back to what it is part of.
#include "edit/format.hpp"
#include "edit/newcomers.hpp"
#include "scenario/places.hpp"
#include "viz/forms/form_pen.hpp"
#include "viz/panels/work_panels.hpp"
#include "viz/workbench/naming.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <span>

namespace mailflow::viz {

namespace {

/// "‹ mail.isp.example  ‹ retry": each part leads there.
void draw_way(FormPen& pen, std::vector<std::string> const& tokens, Intents& intents) {
    pen.begin_chips();
    std::span<std::string const> const way{tokens};
    for (std::size_t n = 2; n < tokens.size(); ++n) {
        std::string const pointer = pointer_to(way.first(n));
        auto const thing = pen.value_at(pointer);
        std::string const words = "‹ " + (thing ? words_in_list(*thing) : tokens[n - 1]);
        if (pen.chip("up:" + pointer, words, ButtonLook::plain))
            intents.push_back(WorkIntent{ShowThing{pointer}});
        pen.brush().drawn.shapes.insert_or_assign("way:" + words,
                                                  pen.brush().drawn.widgets.at("up:" + pointer));
    }
    pen.end_chips();
}

/// The way to be rid of the thing; and its name, where that is somebody's choice and not a key of the format.
void draw_name(FormPen& pen, std::string const& pointer, Workbench const& work, ViewState const& view,
               Intents& intents) {
    EditedScenario const& scenario = work.scenario();
    bool const has_name = has_own_name(scenario, pointer);
    Brush& brush = pen.brush();
    std::string const draft = draft_of_name(pointer);
    std::string const name = view.work.drafts.contains(draft) ? view.work.draft(draft)
                                                              : std::string{scenario.find(pointer)->key()};
    NewName const wanted = has_name ? new_name(scenario, pointer, name) : NewName::none;
    pen.begin_chips();
    if (pen.chip("remove:" + pointer, "Remove it", ButtonLook::plain))
        intents.push_back(WorkIntent{RemoveThing{pointer}});
    bool const pressed =
        wanted == NewName::free && pen.chip("rename:" + pointer, "Rename it, everywhere", ButtonLook::chosen);
    pen.end_chips();
    if (!has_name)
        return;
    pen.words("Its name; all that speaks of it follows", brush.colours.quiet);
    Typed const typed = pen.field("name:" + pointer, name);
    if (view.work.asked == pointer)
        brush.drawn.asked = "name:" + pointer;
    if (typed.changed)
        intents.push_back(WorkIntent{SetDraft{draft, typed.text}});
    if (wanted == NewName::taken)
        pen.words(fmt::format("! There is another {} already.", name), brush.colours.refused);
    if (pressed || typed.entered || typed.left)
        for (WorkIntent& intent : take_name(scenario, pointer, typed.text))
            intents.push_back(std::move(intent));
}

/// Whether the value at the pointer is itself what is wrong.
bool is_wrong_at(Workbench const& work, std::string const& pointer) {
    return std::any_of(work.diagnostics().begin(), work.diagnostics().end(),
                       [&](Diagnostic const& diagnostic) { return diagnostic.pointer == pointer; });
}

/// The keys of the whole scenario that are no sections; first those that a person has something to say about.
/// Of a section only what is wrong with it as a whole.
void draw_world(FormPen& pen, Workbench const& work) {
    ObjectForm const& form = *object_form("scenario");
    pen.own_complaints("");
    pen.strangers("", form);
    for (KeyForm const& key : form.keys)
        if (!key.ways.front().inner.empty() && is_wrong_at(work, "/" + key.name))
            pen.row("", "/" + key.name);
    auto const is_for_programs = [](KeyForm const& key) {
        return key.name == "$schema" || key.name == "format";
    };
    for (bool const for_programs : {false, true})
        for (KeyForm const& key : form.keys)
            if (key.ways.front().inner.empty() && is_for_programs(key) == for_programs)
                pen.row("", "/" + escape_for_pointer(key.name));
}

} // namespace

void draw_form(Panel& panel, Rect rect, Frame const& frame, ViewState const& view, Intents& intents) {
    Brush& outer = panel.brush;
    draw_sheet_ground(outer, rect);
    Rect const inside = rect.inset(outer.px(14));
    Workbench const& work = frame.work;
    float const buttons = draw_history_buttons(outer, inside, work, intents);
    std::string const& pointer = view.work.thing;
    // Another thing begins at its top. Left of it is room for the frame around what was asked for.
    float const side = outer.px(7);
    Rect const room{inside.x - side, inside.y, inside.w + side, inside.h - buttons};
    outer.drawn.shapes.insert_or_assign("form", room);
    FlowArea area{outer, ("form " + pointer).c_str(), room};
    Rect const column{area.origin().x + side, area.origin().y, area.width() - side, 0};
    FormPen pen{area.brush(), column, work, view, intents};
    auto const root = work.is_open() ? work.scenario().root() : std::nullopt;
    if (!root) {
        pen.words("There is nothing here that a form could change.", outer.colours.quiet);
        area.end_at(pen.y());
        return;
    }
    std::vector<std::string> const tokens = tokens_of(pointer).value_or(std::vector<std::string>{});
    ObjectForm const* const form = form_at(root, pointer);
    if (tokens.empty() || form == nullptr) {
        pen.heading("The scenario");
        draw_world(pen, work);
        area.end_at(pen.y());
        return;
    }
    draw_way(pen, tokens, intents);
    auto const thing = work.scenario().find(pointer);
    pen.heading(thing && thing->has_key() ? tokens.back() : thing_words(tokens));
    if (thing)
        draw_name(pen, pointer, work, view, intents);
    pen.gap(8);
    pen.own_complaints(pointer);
    pen.strangers(pointer, *form);
    pen.rows(pointer, *form);
    area.end_at(pen.y());
}

} // namespace mailflow::viz
