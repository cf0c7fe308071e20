// Where to save under another name.
#include "viz/draw/fields.hpp"
#include "viz/forms/form_pen.hpp"
#include "viz/panels/sheet.hpp"
#include "viz/workbench/copying.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

namespace mailflow::viz {

namespace {

constexpr char const* name_draft = "save as name";

/// "02-relaying-denied.json" -> "02-relaying-denied-changed.json".
std::string usual_name(Workbench const& work) {
    if (work.path().empty())
        return "my-world.json";
    return std::filesystem::path{work.path()}.stem().string() + "-changed.json";
}

/// What is to become of checks that the world, as it was changed, does not meet.
void ask_about_checks(FormPen& pen, Workbench const& work, WorkView const& view, Intents& intents) {
    if (view.failing.empty())
        return;
    bool const all = view.failing.size() == checks_in(work);
    std::string const which =
        all ? view.failing.size() == 1 ? "Its check (expect) fails" : "All of its checks (expect) fail"
            : fmt::format("{} of its {} checks (expect) {}", view.failing.size(), checks_in(work),
                          view.failing.size() == 1 ? "fails" : "fail");
    std::string_view const them = view.failing.size() == 1 ? "it" : "them";
    pen.words(which + " in this world as it is now.", pen.brush().colours.ink);
    pen.begin_chips();
    for (bool const keeps : {false, true})
        if (pen.chip(keeps ? "keep failing" : "leave out failing",
                     fmt::format("{} {}{}", keeps ? "Keep" : "Leave", them, keeps ? "" : " out"),
                     view.keeps_failing == keeps ? ButtonLook::chosen : ButtonLook::plain))
            intents.push_back(WorkIntent{KeepFailing{keeps}});
    pen.end_chips();
}

/// A sheet lower than this, at scale 1, scrolls as a whole and has this height within.
constexpr float least_sheet_height = 300;
constexpr float scrolled_sheet_height = 420;

void draw_save_form(Brush& brush, Rect rect, Workbench const& work, ViewState const& view, Intents& intents) {
    Folder const& folder = work.folder();
    FormPen pen{brush, rect, work, view, intents};
    pen.words("Name of the file, in " + folder.path, brush.colours.quiet);
    Typed const typed = pen.field(
        save_as_name, view.work.drafts.contains(name_draft) ? view.work.draft(name_draft) : usual_name(work));
    std::string const& name = typed.text; // with what was typed in this very frame
    if (typed.changed)
        intents.push_back(WorkIntent{SetDraft{name_draft, typed.text}});
    std::string const whole = name.ends_with(".json") ? name : name + ".json";
    pen.words("Its title", brush.colours.quiet);
    Typed const titled =
        pen.field(save_as_title, view.work.drafts.contains(save_as_title) ? view.work.draft(save_as_title)
                                                                          : usual_title(work));
    if (titled.changed)
        intents.push_back(WorkIntent{SetDraft{save_as_title, titled.text}});
    ask_about_checks(pen, work, view.work, intents);
    bool const there = std::find(folder.files.begin(), folder.files.end(), whole) != folder.files.end();
    Copy const copy{(std::filesystem::path{folder.path} / whole).string(), titled.text};
    bool const possible = !name.empty() && name.find('/') == std::string::npos;
    if (!possible)
        pen.words("A name without slashes, please.", brush.colours.refused);
    else if (pen.wide_button("save here", there ? "Replace " + whole : "Save " + whole, ButtonLook::chosen) ||
             ((typed.entered || titled.entered) && !there))
        intents.push_back(WorkIntent{SaveFileAs{copy.path, edits_for_copy(work, view.work, copy)}});
    if (!work.trouble().empty())
        pen.words(work.trouble(), brush.colours.refused);
    draw_folder(brush, {rect.x, pen.y(), rect.w, rect.bottom() - pen.y()}, work, view, intents,
                FolderUse::choose_folder);
}

} // namespace

void draw_save_as(Panel& panel, Rect rect, Frame const& frame, ViewState const& view, Intents& intents) {
    Brush& brush = panel.brush;
    Rect const inside = begin_sheet(brush, rect, 620, 640, "Save as a new scenario", intents);
    if (inside.h >= brush.px(least_sheet_height)) {
        draw_save_form(brush, inside, frame.work, view, intents);
        return;
    }
    FlowArea area{brush, "low save as", inside};
    Brush inner = area.brush();
    float const height = brush.px(scrolled_sheet_height);
    draw_save_form(inner, {area.origin().x, area.origin().y, area.width(), height}, frame.work, view,
                   intents);
    area.end_at(area.origin().y + height);
}

} // namespace mailflow::viz
