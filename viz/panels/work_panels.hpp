// The panels in which the scenario itself is changed, opened and kept: one file each, as those of panels.hpp.
#pragma once

#include "viz/panels/panels.hpp"
#include "viz/workbench/workbench.hpp"

namespace mailflow::viz {

/// What stands in the place of both where there is no scenario to change.
inline constexpr char const* words_on_bare_run =
    "This is a saved run, to be watched only. To change its world, open the scenario that it came from.";

/// What if: the switches of one machine, and what comes of them.
void draw_what_if(Panel& panel, Rect rect, Frame const& frame, ViewState const& view, Intents& intents);

/// In the column's upper part: who comes out differently in the two runs, each to be chosen, and how many do
/// not. The height that it takes.
float draw_changed(Brush& brush, Rect column, Frame const& frame, ViewState const& view, Intents& intents);

/// Build, left: everything that the scenario has, and how to add to it.
void draw_outline(Panel& panel, Rect rect, Frame const& frame, ViewState const& view, Intents& intents);
/// What a thing of the scenario is called there: its name, or of an item that has none, what it is about.
[[nodiscard]] std::string words_in_list(Value thing);
/// Build, right: the form of one thing.
void draw_form(Panel& panel, Rect rect, Frame const& frame, ViewState const& view, Intents& intents);

/// The world that is shown, by its file: "02-relaying-denied.json"; or what it is called where it has none.
[[nodiscard]] std::string name_of_shown(Workbench const& work, World const& shown);

/// What is wrong with the scenario, with the way to each place; over the foot of the canvas.
/// Its first words: how much is wrong, and which world is shown meanwhile.
[[nodiscard]] std::string head_of_mistakes(Workbench const& work, World const& shown);
/// The height that it needs, as far as `room` has it.
[[nodiscard]] float mistakes_height(Ink const& ink, Rect room, Workbench const& work, World const& shown,
                                    ViewState const& view);
void draw_mistakes(Panel& panel, Rect rect, Frame const& frame, ViewState const& view, Intents& intents);

/// Over everything: library, recent files, folders.
void draw_open(Panel& panel, Rect rect, Frame const& frame, ViewState const& view, Intents& intents);
/// Over everything: where to save under another name, and what becomes of the title and of checks that fail.
/// The keyboard is at the field of this name.
inline constexpr char const* save_as_name = "save as name";
inline constexpr char const* save_as_title = "save as title"; // and its draft
void draw_save_as(Panel& panel, Rect rect, Frame const& frame, ViewState const& view, Intents& intents);
/// Over everything: what to do with unsaved changes. The keyboard is at the button of this name.
inline constexpr char const* answer_save = "answer:save";
void draw_question(Panel& panel, Rect rect, Frame const& frame, ViewState const& view, Intents& intents);
/// Over everything: whether to do what leaves mistakes behind.
void draw_doubt(Panel& panel, Rect rect, Frame const& frame, ViewState const& view, Intents& intents);

/// The canvas of a run, with its name where there are two.
void draw_canvas(Brush& brush, Rect rect, Frame const& frame, ViewState const& view, Intents& intents,
                 std::string_view run);
/// The run before the changes, beside the one that is shown.
void draw_before(Panel& panel, Rect rect, Frame const& frame, ViewState const& view, Intents& intents);

/// The folder that is listed: to open a scenario there, or to choose it for one that is saved.
enum class FolderUse : std::uint8_t { open_file, choose_folder };
void draw_folder(Brush& brush, Rect rect, Workbench const& work, ViewState const& view, Intents& intents,
                 FolderUse use);

/// The ground of a panel.
void draw_sheet_ground(Brush& brush, Rect rect);
/// Undo, redo, save: at the foot of the rectangle; the height they take.
float draw_history_buttons(Brush& brush, Rect rect, Workbench const& work, Intents& intents);

} // namespace mailflow::viz
