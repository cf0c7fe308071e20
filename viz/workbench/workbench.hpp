// The scenario that the window is open on: its text with everything that was changed, its file, what is wrong
// with it, and the run that it is compared with: of its saved text, or of the one it was made from. It draws
// nothing, and shows nothing: the run of what was changed goes to whoever asks for it.
#pragma once

#include "edit/edited_scenario.hpp"
#include "scenario/load.hpp"
#include "viz/workbench/folder.hpp"
#include "viz/workbench/gallery.hpp"
#include "viz/workbench/intents.hpp"
#include "viz/workbench/recent.hpp"
#include "viz/workbench/rerun.hpp"
#include "viz/workbench/scenario_file.hpp"

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace mailflow::viz {

/// Seconds between two looks at the file.
inline constexpr float seconds_between_looks = 0.4F;

/// What is wrong with the text as a scenario.
[[nodiscard]] std::vector<Diagnostic> mistakes_in(std::string const& text);

class Workbench {
public:
    /// Where the list of recent files is kept; empty: nowhere.
    void set_config(std::filesystem::path config) { config_ = std::move(config); }
    [[nodiscard]] std::filesystem::path const& config() const { return config_; }

    /// How long a frame waits for the run of what was changed before it goes on without; without a limit
    /// every change is played before anything else happens.
    void set_patience(std::optional<std::chrono::milliseconds> patience) { patience_ = patience; }

    /// Works on the file from now on; a saved trace can only be watched. Empty when it could be read, else a
    /// sentence; then nothing has changed.
    [[nodiscard]] std::string open(std::string const& path);
    void start_new();

    void make(MakeEdits const& edits);
    void undo();
    void redo();
    void back_to_saved();
    /// Whether it went well; else `trouble` says what did not.
    bool save();
    bool save_as(std::string const& path);
    void take_from_disk();
    void keep_mine();
    /// Looks at the file when it is time to. Whether something has changed.
    bool look_at_disk(float seconds);

    /// Whether there is a scenario to work on: a saved trace, and a bare run that was handed to the window,
    /// have none.
    [[nodiscard]] bool is_open() const { return scenario_.has_value(); }
    [[nodiscard]] EditedScenario const& scenario() const { return *scenario_; }
    [[nodiscard]] std::string const& path() const { return file_.path(); }
    /// Whether the run that is shown is still that of what was open before: this had no good text yet.
    [[nodiscard]] bool shows_another() const { return shown_before_.has_value(); }
    /// The file that the run shown comes from; empty: it has none.
    [[nodiscard]] std::string const& shown_path() const {
        return shown_before_ ? *shown_before_ : is_open() ? file_.path() : trace_path_;
    }
    /// Another one for each scenario that was opened or begun, as soon as it has a run to be shown; however
    /// it changes then, and under whatever name it is saved.
    [[nodiscard]] std::uint64_t shown_number() const { return shown_number_; }
    [[nodiscard]] bool is_changed() const { return is_open() && scenario_->is_changed(); }
    /// Whether the file holds another text that was neither taken nor turned down.
    [[nodiscard]] bool disk_differs() const { return disk_text_ && !is_gone(); }
    /// Whether the file has another text than what is shown, whoever changed it.
    [[nodiscard]] bool differs_from_file() const { return is_changed() || disk_differs(); }
    /// What is wrong with that text.
    [[nodiscard]] std::vector<Diagnostic> const& disk_diagnostics() const { return disk_diagnostics_; }
    /// Whether the file is no longer there.
    [[nodiscard]] bool is_gone() const { return file_.is_gone(); }
    /// Another one after each change of the text, whatever brought it about; 0: nothing was opened.
    [[nodiscard]] std::uint64_t edition() const { return edition_; }
    /// What is wrong with the text as it is now; none: it is the run that is shown.
    [[nodiscard]] std::vector<Diagnostic> const& diagnostics() const { return diagnostics_; }
    /// What could not be done last, in a sentence; empty when all went well.
    [[nodiscard]] std::string const& trouble() const { return trouble_; }

    /// What there is to open: made ready when a sheet is shown, or the folder changes.
    void list_files(WorkView const& view);
    [[nodiscard]] Folder const& folder() const { return folder_; }
    [[nodiscard]] std::vector<RecentFile> const& recent() const { return recent_; }
    [[nodiscard]] Gallery const& gallery() const { return gallery_; }
    /// Goes on with the pictures of the library. Whether there is more to do.
    bool read_gallery() { return gallery_.read_next(); }

    /// Whether a change has not been played yet.
    [[nodiscard]] bool is_running() const { return rerun_.is_running(); }
    /// The world as it is now, with its run, once after each change of the text that makes one.
    [[nodiscard]] std::shared_ptr<Shown const> take_run();
    /// Whether the text differs from the one that it is compared with.
    [[nodiscard]] bool is_compared() const { return is_open() && scenario_->text() != compared_text(); }
    /// The run of the text that it is compared with; null where that is the same, or has none.
    [[nodiscard]] std::shared_ptr<Shown const> const& before() const { return before_.shown; }
    [[nodiscard]] std::optional<Difference> const& difference() const { return difference_; }
    /// What became of whom in one of the two runs and not in the other; nothing where they do not differ.
    [[nodiscard]] ChangedOutcomes const& outcomes() const { return outcomes_; }

private:
    [[nodiscard]] std::string open_trace(std::string const& path, std::string const& bytes);
    void follow_text();
    void leave_scenario();
    void begin_with(ScenarioFile file, std::string text);
    void fetch_run(std::optional<std::chrono::milliseconds> patience);
    void compare_with_nothing();
    /// What was saved last. Under another name it is still what it was made from, which has not changed.
    [[nodiscard]] std::string const& compared_text() const {
        return made_from_ ? *made_from_ : scenario_->saved_text();
    }

    std::filesystem::path config_;
    ScenarioFile file_;
    std::string trace_path_;                  // of the saved trace that is watched
    std::optional<std::string> shown_before_; // the file of the run that stands until this one has its own
    std::uint64_t shown_number_ = 0;
    std::optional<EditedScenario> scenario_;
    std::optional<std::string> made_from_;     // the text of the file that this one was saved as a copy of
    std::optional<std::string> disk_text_;     // stands in the file, and was neither taken nor turned down
    std::vector<Diagnostic> disk_diagnostics_; // of that one
    std::vector<Diagnostic> diagnostics_;
    std::string trouble_;
    Rerun rerun_;
    std::optional<std::chrono::milliseconds> patience_;
    Played now_;
    bool run_is_new_ = false;
    Played before_;
    std::optional<Difference> difference_;
    ChangedOutcomes outcomes_;
    std::uint64_t edition_ = 0;
    float since_look_s_ = 0;
    Folder folder_;
    std::vector<RecentFile> recent_;
    Gallery gallery_;
};

} // namespace mailflow::viz
