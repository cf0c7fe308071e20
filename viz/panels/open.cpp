// Opening another scenario: the library as a gallery, the recent files, the folders; or a new world.
#include "viz/draw/miniature.hpp"
#include "viz/forms/form_pen.hpp"
#include "viz/panels/sheet.hpp"
#include "viz/scene/scene.hpp"

#include <algorithm>
#include <array>
#include <filesystem>

namespace mailflow::viz {

namespace {

/// "2. Relaying denied": lessons are spoken of by the number that their file's name begins with.
std::string numbered(GalleryEntry const& entry) {
    std::string const stem = std::filesystem::path{entry.path}.stem().string();
    std::size_t const digits = stem.find_first_not_of("0123456789");
    if (digits == 0 || digits == std::string::npos || stem[digits] != '-' || entry.title == stem)
        return entry.title;
    std::size_t const first = std::min(stem.find_first_not_of('0'), digits - 1);
    return stem.substr(first, digits - first) + ". " + entry.title;
}

/// One scenario as a card: its picture, its title, its first words. The keyboard comes also to those that lie
/// out of `sight`.
void draw_card(Brush& brush, Rect card, Rect sight, GalleryEntry const& entry, Workbench const& work,
               Intents& intents) {
    std::string const name = "open:" + std::filesystem::path{entry.path}.stem().string();
    Press const press = press_area(brush.drawn, name, card);
    if (press.clicked)
        intents.push_back(WorkIntent{OpenScenario{entry.path}});
    if (!card.overlaps(sight))
        return;
    brush.fill(card, press.hovered ? brush.colours.accent_fill : brush.colours.backdrop, brush.px(9));
    float const words = brush.px(74);
    Rect const picture{card.x + brush.px(6), card.y + brush.px(6), card.w - brush.px(12),
                       card.h - words - brush.px(12)};
    brush.fill(picture, brush.colours.canvas, brush.px(6));
    if (entry.shown != nullptr) {
        Shown const& shown = *entry.shown;
        ReplayState const state = shown.replay.at(entry.moment);
        Present const present = present_in(shown.world, state);
        static StoryRows const no_rows;
        static RowTops const no_tops;
        static Screen const no_screen;
        static std::string const no_text;
        static std::vector<std::size_t> const none_found;
        Rect const whole{0, 0, gallery_width, gallery_height};
        Frame const frame{shown.world, shown.trace, state,        shown.pace, shown.lists, shown.index,
                          no_rows,     no_tops,     entry.layout, whole,      no_screen,   present,
                          no_text,     none_found,  work,         nullptr};
        ViewState view;
        view.now = entry.moment;
        view.detail = Detail::servers;
        Miniature miniature{
            {enlarged(brush.fonts, 1 / brush.px(1)), brush.colours, 1}, gallery_width, gallery_height};
        Intents nothing;
        draw_scene(miniature.brush(), whole, frame, view, nothing);
        miniature.show_in(picture);
    }
    float const left = card.x + brush.px(12);
    float const width = card.w - brush.px(24);
    std::string const title = numbered(entry);
    brush.text({left, picture.bottom() + brush.px(4), width, brush.px(26)}, brush.fonts.bold,
               brush.colours.ink, title);
    brush.drawn.shapes.insert_or_assign("lesson:" + title, card);
    brush.paragraph({left, picture.bottom() + brush.px(30)}, width, brush.fonts.small, brush.colours.quiet,
                    entry.summary, 2);
    brush.outline(card, press.hovered ? brush.colours.accent : brush.colours.line, brush.px(1.5F),
                  brush.px(9));
}

/// The field that the gallery is searched with, whichever tab is shown: shows what is found as one types, and
/// Enter opens the first.
std::string draw_search(FormPen& pen, Workbench const& work, ViewState const& view, Intents& intents) {
    Typed const typed =
        pen.field(library_search, view.work.draft(library_search), "Search: a name, or words of the lesson");
    if (typed.changed) {
        intents.push_back(WorkIntent{SetDraft{library_search, typed.text}});
        if (view.work.tab != OpenTab::library)
            intents.push_back(WorkIntent{ShowTab{OpenTab::library}});
    }
    std::vector<GalleryEntry> const& entries = work.gallery().entries();
    auto const first = std::find_if(entries.begin(), entries.end(),
                                    [&](GalleryEntry const& entry) { return is_found(entry, typed.text); });
    if (typed.entered && view.work.tab == OpenTab::library && first != entries.end())
        intents.push_back(WorkIntent{OpenScenario{first->path}});
    return typed.text;
}

void draw_library(Brush& outer, Rect rect, std::string const& search, Workbench const& work,
                  Intents& intents) {
    FlowArea area{outer, "library", rect};
    Brush brush = area.brush();
    float const gap = brush.px(14);
    auto const columns = static_cast<std::size_t>(std::max(1.0F, area.width() / brush.px(270)));
    float const width = (area.width() - gap * static_cast<float>(columns - 1)) / static_cast<float>(columns);
    float const height = width * gallery_height / gallery_width + brush.px(80);
    std::vector<GalleryEntry> const& entries = work.gallery().entries();
    if (entries.empty())
        brush.text({area.origin().x, area.origin().y, area.width(), brush.px(30)}, brush.fonts.body,
                   brush.colours.quiet, "No folder of scenarios was found beside the program.");
    float bottom = area.origin().y;
    std::size_t n = 0;
    for (GalleryEntry const& entry : entries) {
        if (!is_found(entry, search))
            continue;
        Rect const card{area.origin().x + static_cast<float>(n % columns) * (width + gap),
                        area.origin().y + static_cast<float>(n / columns) * (height + gap), width, height};
        bottom = card.bottom();
        draw_card(brush, card, rect, entry, work, intents);
        ++n;
    }
    if (n == 0 && !entries.empty()) {
        Rect const line{area.origin().x, area.origin().y, area.width(), brush.px(30)};
        brush.text(line, brush.fonts.body, brush.colours.ink,
                   "No scenario has “" + search + "” in its name, its title or its summary.");
        brush.drawn.shapes.insert_or_assign("nothing found", line);
        bottom = line.bottom();
    }
    area.end_at(bottom);
}

/// What it is called comes first; the folder below tells files of one name apart.
void draw_recent_file(Brush& brush, Rect row, RecentFile const& recent, Intents& intents) {
    Press const press = press_area(brush.drawn, "recent:" + recent.path, row);
    if (press.clicked)
        intents.push_back(WorkIntent{OpenScenario{recent.path}});
    brush.fill(row, press.hovered ? brush.colours.accent_fill : brush.colours.surface, brush.px(7));
    brush.outline(row, press.hovered ? brush.colours.accent : brush.colours.line, brush.px(1.2F),
                  brush.px(7));
    std::filesystem::path const path{recent.path};
    std::string const name = path.filename().string();
    float const left = row.x + brush.px(12);
    float const right = row.right() - brush.px(12);
    Rect const first{left, row.y + brush.px(5), right - left, brush.px(22)};
    Rect const called = brush.text(first, brush.fonts.bold, brush.colours.ink, name);
    brush.text({called.right() + brush.px(14), first.y, right - called.right() - brush.px(14), first.h},
               brush.fonts.body, brush.colours.ink, recent.title);
    brush.text({left, first.bottom(), right - left, brush.px(20)}, brush.fonts.small, brush.colours.quiet,
               path.parent_path().string());
    brush.drawn.shapes.insert_or_assign("recent:" + name + ": " + recent.title, called);
}

void draw_recent(Brush& outer, Rect rect, Workbench const& work, ViewState const& view, Intents& intents) {
    FlowArea area{outer, "recent", rect};
    FormPen pen{area.brush(), {area.origin().x, area.origin().y, area.width(), 0}, work, view, intents};
    if (work.recent().empty())
        pen.words("Nothing was opened yet.", outer.colours.quiet);
    for (RecentFile const& recent : work.recent()) {
        Rect row = pen.rest();
        row.h = outer.px(52);
        draw_recent_file(pen.brush(), row, recent, intents);
        pen.pass(row.h + outer.px(6));
    }
    area.end_at(pen.y());
}

} // namespace

void draw_open(Panel& panel, Rect rect, Frame const& frame, ViewState const& view, Intents& intents) {
    Brush& brush = panel.brush;
    Rect const inside = begin_sheet(brush, rect, 1500, 1200, "Open a scenario", intents);
    struct Choice {
        OpenTab tab;
        char const* name;
        char const* words;
    };
    constexpr std::array<Choice, 3> tabs{{{OpenTab::library, "tab:library", "Library"},
                                          {OpenTab::recent, "tab:recent", "Recent files"},
                                          {OpenTab::files, "tab:files", "Files"}}};
    FormPen pen{brush, {inside.x, inside.y, inside.w, 0}, frame.work, view, intents};
    pen.begin_chips();
    for (Choice const& choice : tabs)
        if (pen.chip(choice.name, choice.words,
                     view.work.tab == choice.tab ? ButtonLook::chosen : ButtonLook::plain))
            intents.push_back(WorkIntent{ShowTab{choice.tab}});
    if (pen.chip("new world", "+ A new world", ButtonLook::plain))
        intents.push_back(WorkIntent{NewScenario{}});
    pen.end_chips();
    if (!frame.work.trouble().empty())
        pen.words(frame.work.trouble(), brush.colours.refused);
    pen.gap(6);
    std::string const search = draw_search(pen, frame.work, view, intents);
    Rect const rest{inside.x, pen.y(), inside.w, inside.bottom() - pen.y()};
    switch (view.work.tab) {
    case OpenTab::library: draw_library(brush, rest, search, frame.work, intents); return;
    case OpenTab::recent: draw_recent(brush, rest, frame.work, view, intents); return;
    case OpenTab::files: draw_folder(brush, rest, frame.work, view, intents, FolderUse::open_file); return;
    }
}

} // namespace mailflow::viz
