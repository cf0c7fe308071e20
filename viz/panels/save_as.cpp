// Where to save under another name.
#include "viz/draw/fields.hpp"
#include "viz/forms/form_pen.hpp"
#include "viz/panels/sheet.hpp"
#include "viz/workbench/copying.hpp"

#include <fmt/format.h>

#include <cstdlib>
#include <filesystem>

namespace mailflow::viz {

namespace {

namespace fs = std::filesystem;

constexpr char const* name_draft = "save as name";

/// "02-relaying-denied.json" -> "02-relaying-denied-changed.json".
std::string usual_name(Workbench const& work) {
    if (work.path().empty())
        return "my-world.json";
    return std::filesystem::path{work.path()}.stem().string() + "-changed.json";
}

/// What the name means that was typed: a path of its own, one from the home directory, or one from the
/// folder.
fs::path path_of(std::string const& name, std::string const& folder) {
    std::string whole = name.ends_with(".json") ? name : name + ".json";
    if (char const* const home = std::getenv("HOME"); whole.starts_with("~/") && home != nullptr)
        whole = home + whole.substr(1);
    return (fs::path{folder} / whole).lexically_normal();
}

/// Its name alone where it lies in the folder that is listed.
std::string shown_path(fs::path const& path, std::string const& folder) {
    return path.parent_path() == fs::path{folder}.lexically_normal() ? path.filename().string()
                                                                     : path.string();
}

/// Why nothing can be saved there; empty: it can.
std::string hindrance_to(fs::path const& path, std::string const& name) {
    std::error_code unknown;
    if (name.empty() || name.ends_with('/'))
        return "The file has no name yet.";
    if (!fs::is_directory(path.parent_path(), unknown))
        return fmt::format("There is no folder {}.", path.parent_path().string());
    return fs::is_directory(path, unknown) ? fmt::format("{} is a folder.", path.string()) : std::string{};
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
    pen.words("Name of the file, in " + folder.path + "; or its whole path", brush.colours.quiet);
    Typed const typed = pen.field(
        save_as_name, view.work.drafts.contains(name_draft) ? view.work.draft(name_draft) : usual_name(work));
    std::string const& name = typed.text; // with what was typed in this very frame
    if (typed.changed)
        intents.push_back(WorkIntent{SetDraft{name_draft, typed.text}});
    fs::path const path = path_of(name, folder.path);
    pen.words("Its title", brush.colours.quiet);
    Typed const titled =
        pen.field(save_as_title, view.work.drafts.contains(save_as_title) ? view.work.draft(save_as_title)
                                                                          : usual_title(work));
    if (titled.changed)
        intents.push_back(WorkIntent{SetDraft{save_as_title, titled.text}});
    ask_about_checks(pen, work, view.work, intents);
    std::error_code unknown;
    bool const there = fs::exists(path, unknown);
    Copy const copy{path.string(), titled.text};
    std::string const shown = shown_path(path, folder.path);
    if (std::string const hindrance = hindrance_to(path, name); !hindrance.empty())
        pen.words(hindrance, brush.colours.refused);
    else if (pen.wide_button("save here", (there ? "Replace " : "Save ") + shown, ButtonLook::chosen) ||
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
