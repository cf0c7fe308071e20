// The scenario that the window is open on: its text with everything that was changed, its file, what is wrong
// with it, and the run that its saved text gives, to compare with. It draws nothing, and shows nothing: the
// run of what was changed goes to whoever asks for it.
#pragma once

#include "edit/edited_scenario.hpp"
#include "scenario/load.hpp"
#include "viz/workbench/folder.hpp"
#include "viz/workbench/gallery.hpp"
#include "viz/workbench/intents.hpp"
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

class Workbench {
public:
    /// Where the list of recent files is kept; empty: nowhere.
    void set_config(std::filesystem::path config) { config_ = std::move(config); }
    [[nodiscard]] std::filesystem::path const& config() const { return config_; }

    /// How long a frame waits for the run of what was changed before it goes on without; without a limit
    /// every change is played before anything else happens.
    void set_patience(std::optional<std::chrono::milliseconds> patience) { patience_ = patience; }

    /// Works on the file from now on. Empty when it could be read, else a sentence; then nothing has changed.
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

    /// Whether there is a scenario to work on: a bare run that was handed to the window has none.
    [[nodiscard]] bool is_open() const { return scenario_.has_value(); }
    [[nodiscard]] EditedScenario const& scenario() const { return *scenario_; }
    [[nodiscard]] std::string const& path() const { return file_.path(); }
    [[nodiscard]] bool is_changed() const { return is_open() && scenario_->is_changed(); }
    [[nodiscard]] bool disk_differs() const { return disk_text_.has_value(); }
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
    [[nodiscard]] std::vector<std::string> const& recent() const { return recent_; }
    [[nodiscard]] Gallery const& gallery() const { return gallery_; }
    /// Goes on with the pictures of the library. Whether there is more to do.
    bool read_gallery() { return gallery_.read_next(); }

    /// Whether a change has not been played yet.
    [[nodiscard]] bool is_running() const { return rerun_.is_running(); }
    /// The world as it is now, with its run, once after each change of the text that makes one.
    [[nodiscard]] std::shared_ptr<Shown const> take_run();
    /// The run of the saved text; null where nothing was changed since, or that text has none.
    [[nodiscard]] std::shared_ptr<Shown const> const& before() const { return before_.shown; }
    [[nodiscard]] std::optional<Difference> const& difference() const { return difference_; }

private:
    void follow_text();
    void begin_with(ScenarioFile file, std::string text);
    void fetch_run(std::optional<std::chrono::milliseconds> patience);
    void compare_with_nothing();

    std::filesystem::path config_;
    ScenarioFile file_;
    std::optional<EditedScenario> scenario_;
    std::optional<std::string> disk_text_; // stands in the file, and was neither taken nor turned down
    std::vector<Diagnostic> diagnostics_;
    std::string trouble_;
    Rerun rerun_;
    std::optional<std::chrono::milliseconds> patience_;
    Played now_;
    bool run_is_new_ = false;
    Played before_;
    std::optional<Difference> difference_;
    std::uint64_t edition_ = 0;
    float since_look_s_ = 0;
    Folder folder_;
    std::vector<std::string> recent_;
    Gallery gallery_;
};

} // namespace mailflow::viz
