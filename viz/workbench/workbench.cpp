#include "viz/workbench/workbench.hpp"

#include "base/files.hpp"
#include "saved/saved_trace.hpp"
#include "scenario/document.hpp"
#include "scenario/library.hpp"
#include "scenario/load.hpp"

#include <fmt/format.h>

#include <utility>

namespace mailflow::viz {

namespace {

/// The title of the scenario that the saved trace holds at its beginning; empty where it has none, or is too
/// long to be looked for.
std::string title_of_saved(std::string const& path) {
    constexpr std::size_t longest_scenario = 1'000'000;
    auto const read = read_file(path, longest_scenario);
    auto const* bytes = std::get_if<std::string>(&read);
    std::optional<WorldSource> const source = bytes != nullptr ? source_in(*bytes) : std::nullopt;
    if (!source)
        return {};
    auto loaded = load_world(*source);
    auto* const world = std::get_if<World>(&loaded);
    return world != nullptr ? std::move(world->title) : std::string{};
}

/// What there is in the file by now; none where that cannot be shown.
std::optional<RecentFile> described(std::string const& path) {
    if (holds_saved_trace(path))
        return RecentFile{path, title_of_saved(path)};
    auto const read = read_file(path, largest_text_bytes);
    auto const* text = std::get_if<std::string>(&read);
    if (text == nullptr)
        return std::nullopt;
    auto loaded = load_scenario(*text);
    auto* const world = std::get_if<World>(&loaded);
    return world == nullptr ? std::nullopt : std::optional{RecentFile{path, std::move(world->title)}};
}

} // namespace

std::vector<Diagnostic> mistakes_in(std::string const& text) {
    auto loaded = load_scenario(text);
    auto* const wrong = std::get_if<std::vector<Diagnostic>>(&loaded);
    return wrong == nullptr ? std::vector<Diagnostic>{} : std::move(*wrong);
}

std::string Workbench::open(std::string const& path) {
    auto read = read_file(path, largest_text_bytes);
    if (auto const* trouble = std::get_if<FileTrouble>(&read))
        return trouble_ = trouble->words;
    std::string& text = std::get<std::string>(read);
    if (is_saved_trace(text)) {
        if (text.size() <= largest_text_bytes)
            return open_trace(path, text);
        auto whole = read_file(path);
        if (auto const* trouble = std::get_if<FileTrouble>(&whole))
            return trouble_ = trouble->words;
        return open_trace(path, std::get<std::string>(whole));
    }
    begin_with(ScenarioFile{path, text}, text);
    if (diagnostics_.empty()) // nobody looks for what cannot be shown
        remember_file(config_, path);
    return {};
}

std::string Workbench::open_trace(std::string const& path, std::string const& bytes) {
    auto read = read_saved_trace(bytes);
    if (auto const* trouble = std::get_if<std::string>(&read))
        return trouble_ = fmt::format("{}: cannot open this saved trace: {}", path, *trouble);
    SavedTrace& saved = std::get<SavedTrace>(read);
    leave_scenario();
    ++edition_;
    diagnostics_.clear();
    shown_before_.reset();
    scenario_.reset();
    file_ = {};
    trace_path_ = path;
    now_ = {{}, std::make_shared<Shown const>(std::move(saved.world), std::move(saved.trace))};
    run_is_new_ = true;
    ++shown_number_;
    remember_file(config_, path);
    return {};
}

void Workbench::start_new() {
    begin_with({}, empty_scenario("A new world"));
}

/// Nothing of it is worked on any more.
void Workbench::leave_scenario() {
    made_from_.reset();
    disk_text_.reset();
    trouble_.clear();
    rerun_.forget();
    compare_with_nothing();
}

/// Another scenario is waited for: what is shown and what is worked on are never of two different ones.
void Workbench::begin_with(ScenarioFile file, std::string text) {
    shown_before_ = shown_path();
    file_ = std::move(file);
    scenario_.emplace(std::move(text));
    trace_path_.clear();
    leave_scenario();
    follow_text();
    fetch_run(std::nullopt);
}

/// Reads what the text says now. What is wrong is told; the run of the last good text stays.
void Workbench::follow_text() {
    ++edition_;
    auto loaded = load_scenario(scenario_->text());
    if (auto* wrong = std::get_if<std::vector<Diagnostic>>(&loaded)) {
        diagnostics_ = std::move(*wrong);
        return;
    }
    diagnostics_.clear();
    std::optional<Played> before;
    if (is_compared()) {
        std::string const& with = compared_text();
        before = before_.text == with ? before_ : now_.text == with ? now_ : Played{with, nullptr};
    }
    rerun_.ask({scenario_->text(), std::get<World>(std::move(loaded)), std::move(before)});
}

void Workbench::fetch_run(std::optional<std::chrono::milliseconds> patience) {
    auto result = rerun_.fetch(patience);
    if (!result)
        return;
    now_ = std::move(result->now);
    run_is_new_ = true;
    if (std::exchange(shown_before_, std::nullopt))
        ++shown_number_;
    compare_with_nothing();
    // It may be compared with another text than when this began to play.
    if (is_compared() && result->before && result->before->text == compared_text()) {
        before_ = std::move(*result->before);
        difference_ = std::move(result->difference);
        outcomes_ = std::move(result->outcomes);
    }
}

void Workbench::compare_with_nothing() {
    before_ = {};
    difference_.reset();
    outcomes_ = {};
}

std::shared_ptr<Shown const> Workbench::take_run() {
    fetch_run(patience_);
    return std::exchange(run_is_new_, false) ? now_.shown : nullptr;
}

void Workbench::make(MakeEdits const& edits) {
    if (!is_open())
        return;
    std::uint64_t const version = scenario_->version();
    trouble_ = scenario_->apply(edits.edits, edits.strand);
    if (scenario_->version() != version)
        follow_text();
}

void Workbench::undo() {
    if (!is_open())
        return;
    trouble_.clear();
    scenario_->undo();
    follow_text();
}

void Workbench::redo() {
    if (!is_open())
        return;
    trouble_.clear();
    scenario_->redo();
    follow_text();
}

void Workbench::back_to_saved() {
    if (!is_open())
        return;
    trouble_.clear();
    scenario_->replace(scenario_->saved_text());
    follow_text();
}

bool Workbench::save() {
    if (!is_open())
        return true;
    trouble_ = file_.save(scenario_->text());
    if (!trouble_.empty())
        return false;
    scenario_->mark_saved();
    disk_text_.reset();
    if (!is_compared())
        compare_with_nothing();
    remember_file(config_, file_.path());
    return true;
}

bool Workbench::save_as(std::string const& path) {
    if (!is_open())
        return true;
    ScenarioFile const before = file_;
    std::optional<std::string> const made_from = made_from_;
    bool const is_copy = !before.path().empty() && path != before.path();
    if (is_copy)
        made_from_ = compared_text();
    file_ = ScenarioFile{path, {}};
    if (save())
        return true;
    file_ = before;
    made_from_ = made_from;
    return false;
}

void Workbench::list_files(WorkView const& view) {
    std::string const& file = is_open() ? path() : trace_path_;
    std::string const beside = std::filesystem::path{file}.parent_path().string();
    folder_ = list_folder(view.folder.empty() ? beside : view.folder);
    recent_.clear();
    for (std::string const& recent : recent_files(config_))
        if (std::optional<RecentFile> one = described(recent))
            recent_.push_back(std::move(*one));
    gallery_.look(library());
}

void Workbench::take_from_disk() {
    if (!is_open() || !disk_differs())
        return;
    scenario_->mark_saved(*disk_text_);
    scenario_->replace(*std::exchange(disk_text_, std::nullopt));
    follow_text();
}

void Workbench::keep_mine() {
    if (!is_open() || !disk_differs())
        return;
    scenario_->mark_saved(*std::exchange(disk_text_, std::nullopt));
    follow_text(); // to compare with that
}

bool Workbench::look_at_disk(float seconds) {
    since_look_s_ += seconds;
    if (!is_open() || since_look_s_ < seconds_between_looks)
        return false;
    since_look_s_ = 0;
    bool const was_gone = file_.is_gone();
    auto text = file_.look();
    if (!text)
        return file_.is_gone() != was_gone;
    bool const mine = scenario_->is_changed() && scenario_->text() != *text;
    disk_text_ = std::move(text);
    if (mine)
        disk_diagnostics_ = mistakes_in(*disk_text_);
    else
        take_from_disk();
    return true;
}

} // namespace mailflow::viz
