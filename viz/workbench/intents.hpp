// What a person can ask for about the scenario itself: to change it, to open another, to keep it.
#pragma once

#include "edit/edit_text.hpp"

#include <cstdint>
#include <map>
#include <string>
#include <variant>
#include <vector>

namespace mailflow::viz {

/// Edits with the same strand, one right after the other, are taken back together.
struct MakeEdits {
    std::vector<Edit> edits;
    std::string strand;
};
struct Undo {};
struct Redo {};
/// As it was when it was saved last; can be undone.
struct BackToSaved {};
struct SaveFile {};
struct SaveFileAs {
    std::string path;
    std::vector<Edit> edits{}; // what is changed on the way
};
/// The same, after it was asked whether the file is to have mistakes in it, or to lose what others wrote.
struct SaveSurely {
    std::string path;
};
/// Takes the thing out of the scenario; asks first where others speak of it.
struct RemoveThing {
    std::string pointer;
};
/// The same, after it was asked.
struct RemoveSurely {
    std::string pointer;
};
struct OpenScenario {
    std::string path;
};
/// A world in which there is nothing yet.
struct NewScenario {};

/// After the file was changed by somebody else while there are changes here.
struct TakeFromDisk {};
struct KeepMine {};

/// What to do with unsaved changes, or with a film in the making, before what was asked for is done.
enum class Answer : std::uint8_t { save, discard, cancel, give_up_film };
struct AnswerQuestion {
    Answer answer = Answer::cancel;
};

/// The thing that forms speak of: the JSON pointer of a value, which need not be there yet; and the value in
/// its form that is asked for, which is marked and has the keyboard, none for the empty pointer. The thing
/// itself: its name has the keyboard.
struct ShowThing {
    std::string pointer;
    std::string asked{};
};

/// The list of mistakes folds up to one line, and unfolds.
struct FoldMistakes {};

/// What of this lies over the window.
enum class Sheet : std::uint8_t { none, open, save_as, question, doubt };
struct ShowSheet {
    Sheet sheet = Sheet::none;
};

enum class OpenTab : std::uint8_t { library, recent, files };
/// The field, and the draft of it, that the library is searched with: it has the keyboard first.
inline constexpr char const* library_search = "search the library";
struct ShowTab {
    OpenTab tab = OpenTab::library;
};
struct ShowFolder {
    std::string path;
};
/// A text that is being typed and belongs to no scenario yet: the name of a new file.
struct SetDraft {
    std::string name;
    std::string text;
};

/// Whether a copy of a changed scenario keeps the checks (`expect`) that it does not meet.
struct KeepFailing {
    bool keeps = false;
};

/// Which of the two runs are seen while something is changed: the one of the saved text, the one of the text
/// as it is now, or both: as there is most room for them, or one beside the other however narrow that is.
enum class Runs : std::uint8_t { now, both, beside, before };
struct ShowRuns {
    Runs runs = Runs::both;
};
/// Both, beside each other, the one before, the one now, and so on.
struct NextRuns {};

/// So many of those that come out differently are listed.
struct ListChanged {
    std::size_t most = 0;
};

using WorkIntent = std::variant<MakeEdits, Undo, Redo, BackToSaved, SaveFile, SaveFileAs, OpenScenario,
                                NewScenario, TakeFromDisk, KeepMine, AnswerQuestion, ShowThing, FoldMistakes,
                                ShowSheet, ShowTab, ShowFolder, SetDraft, KeepFailing, ShowRuns, NextRuns,
                                SaveSurely, RemoveThing, RemoveSurely, ListChanged>;

/// A question before something is done that leaves mistakes behind, or loses what was made.
struct Doubt {
    std::string title;
    std::vector<std::string> words; // a paragraph each
    std::string yes;
    std::string no;
    WorkIntent then; // what is done at yes
};

/// The list of what comes out differently in two runs grows by so many.
inline constexpr std::size_t changed_at_a_time = 100;

/// What was chosen of it; no part of a scenario.
struct WorkView {
    /// A form that has gone with its thing, and what is shown instead.
    struct Left {
        std::string thing;
        std::string to;
    };

    std::string thing;
    std::string before; // the thing that was shown before this one
    Left left;
    std::string asked; // the value in its form that is asked for; empty: none
    Sheet sheet = Sheet::none;
    OpenTab tab = OpenTab::library;
    std::string folder; // whose files are listed
    std::map<std::string, std::string> drafts;
    std::vector<std::size_t>
        failing; // where a copy is saved: the checks that fail, by their places in `expect`
    bool keeps_failing = false;
    Doubt doubt;                                  // what is asked while its sheet lies over the window
    bool comparing = false;                       // there are two runs to look at
    Runs runs = Runs::both;                       // which of them are seen then
    std::size_t most_changed = changed_at_a_time; // of what comes out differently, so much is listed
    bool mistaken = false;                        // something is wrong, or has to be decided
    bool mistakes_folded = false;

    /// Which runs are seen; while nothing is changed there is but one.
    [[nodiscard]] Runs seen() const { return comparing ? runs : Runs::now; }
    [[nodiscard]] bool sees_both() const { return seen() == Runs::both || seen() == Runs::beside; }
    [[nodiscard]] std::string draft(std::string const& name) const {
        auto const found = drafts.find(name);
        return found == drafts.end() ? std::string{} : found->second;
    }
};

} // namespace mailflow::viz
