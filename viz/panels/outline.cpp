// Build, left: everything that the scenario has, section by section, and a button to add to each.
#include "edit/format.hpp"
#include "edit/json_layout.hpp"
#include "edit/newcomers.hpp"
#include "scenario/places.hpp"
#include "viz/forms/form_pen.hpp"
#include "viz/panels/work_panels.hpp"

#include <fmt/format.h>

#include <array>

namespace mailflow::viz {

std::string words_in_list(Value thing) {
    if (thing.has_key())
        return std::string{thing.key()};
    for (char const* key : {"id", "subject", "note", "mail", "spammer", "server", "dns", "person", "network"})
        if (auto const value = find_child(thing, key); value && !value->text().empty()) {
            auto const at = find_child(thing, "at");
            return (at ? std::string{at->text()} + "  " : std::string{}) + std::string{value->text()};
        }
    auto const from = find_child(thing, "from");
    auto const to = find_child(thing, "to");
    if (!from || !to)
        return on_one_line(thing);
    bool const many = to->kind() == mailflow::Kind::list && to->begin() != to->end();
    return fmt::format("{} → {}", from->text(), many ? (*to->begin()).text() : to->text());
}

namespace {

/// In a lower list, at scale 1, there is no hint of the keys.
constexpr float least_for_hint = 200;

bool is_wrong(Workbench const& work, std::string const& pointer) {
    for (Diagnostic const& diagnostic : work.diagnostics())
        if (diagnostic.pointer == pointer || diagnostic.pointer.starts_with(pointer + "/"))
            return true;
    return false;
}

/// At the corner of the thing's button: something is wrong with it.
void draw_badge(Brush& brush, std::string const& pointer) {
    Rect const button = brush.drawn.widgets.at("thing:" + pointer);
    Point const at{button.right() - brush.px(5), button.y + brush.px(5)};
    float const r = brush.px(9);
    brush.disc(at, r, brush.colours.refused);
    brush.text(around(at, 2 * r, 2 * r), brush.fonts.small_bold, brush.colours.surface, "!", Align::centre);
    brush.drawn.shapes.insert_or_assign("mistaken:" + pointer, around(at, 2 * r, 2 * r));
}

void draw_section(FormPen& pen, KeyForm const& section, Workbench const& work, WorkView const& view,
                  FlowArea& area, Intents& intents) {
    std::string const pointer = "/" + section.name;
    auto const things = work.scenario().find(pointer);
    pen.words(section_words(section.name), pen.brush().colours.quiet);
    std::size_t n = 0;
    if (things && (things->kind() == mailflow::Kind::object || things->kind() == mailflow::Kind::list))
        for (Value const thing : *things) {
            std::string const here = thing.has_key() ? pointer + "/" + escape_for_pointer(thing.key())
                                                     : fmt::format("{}/{}", pointer, n);
            ++n;
            bool const chosen = view.thing == here || view.thing.starts_with(here + "/");
            if (pen.wide_button("thing:" + here, words_in_list(thing),
                                chosen ? ButtonLook::chosen : ButtonLook::plain))
                intents.push_back(WorkIntent{ShowThing{here}});
            if (is_wrong(work, here))
                draw_badge(pen.brush(), here);
            if (chosen)
                area.reveal(here, pen.brush().drawn.widgets.at("thing:" + here));
        }
    pen.begin_chips();
    if (pen.chip("add:" + pointer, "+ " + newcomer_words(section.name), ButtonLook::plain)) {
        Newcomer const made = newcomer(*work.scenario().root(), section.name);
        intents.push_back(WorkIntent{MakeEdits{{made.edit}, {}}});
        intents.push_back(WorkIntent{ShowThing{made.pointer, made.pointer}}); // to be named
    }
    pen.end_chips();
    pen.gap(8);
}

/// What the hands need most while they build, always in sight at the foot of the list; the height it takes.
float draw_keys_hint(Brush& brush, Rect rect) {
    constexpr std::array<std::string_view, 2> lines{"Ctrl+Z takes back · Ctrl+S saves",
                                                    "Tab next field · Esc H all keys"};
    float const line_height = brush.px(19);
    float const height = line_height * static_cast<float>(lines.size()) + brush.px(8);
    if (rect.h < brush.px(least_for_hint))
        return 0;
    float y = rect.bottom() - height + brush.px(8);
    brush.line({rect.x, y - brush.px(6)}, {rect.right(), y - brush.px(6)}, brush.colours.line,
               brush.px(1.2F));
    brush.drawn.shapes.insert_or_assign("keys hint", Rect{rect.x, y, rect.w, rect.bottom() - y});
    for (std::string_view const words : lines) {
        brush.text({rect.x, y, rect.w, line_height}, brush.fonts.small, brush.colours.quiet, words);
        y += line_height;
    }
    return height;
}

} // namespace

void draw_outline(Panel& panel, Rect rect, Frame const& frame, ViewState const& view, Intents& intents) {
    Brush& outer = panel.brush;
    draw_sheet_ground(outer, rect);
    Rect inside = rect.inset(outer.px(12));
    inside.h -= draw_keys_hint(outer, inside);
    FlowArea area{outer, "outline list", inside};
    Workbench const& work = frame.work;
    FormPen pen{area.brush(), {area.origin().x, area.origin().y, area.width(), 0}, work, view, intents};
    pen.heading("The world");
    if (!work.is_open() || !work.scenario().root()) {
        pen.words(work.is_open() ? "The file is no JSON now. Mend it in a text editor; the window follows."
                                 : words_on_bare_run,
                  outer.colours.quiet);
        area.end_at(pen.y());
        return;
    }
    if (pen.wide_button("thing:", "Title, seed, length",
                        view.work.thing.empty() ? ButtonLook::chosen : ButtonLook::plain))
        intents.push_back(WorkIntent{ShowThing{}});
    pen.gap(8);
    for (KeyForm const& section : object_form("scenario")->keys)
        if (!section.ways.front().inner.empty())
            draw_section(pen, section, work, view.work, area, intents);
    area.end_at(pen.y());
}

} // namespace mailflow::viz
