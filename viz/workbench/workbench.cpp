#include "viz/workbench/workbench.hpp"

#include "base/files.hpp"
#include "run/run.hpp"
#include "scenario/library.hpp"
#include "viz/workbench/recent.hpp"

#include <utility>

namespace mailflow::viz {

namespace {

std::shared_ptr<Shown const> run_of(World world) {
    Trace trace = run(world);
    return std::make_shared<Shown const>(std::move(world), std::move(trace));
}

} // namespace

std::string Workbench::open(std::string const& path) {
    auto read = read_file(path);
    if (auto const* trouble = std::get_if<FileTrouble>(&read))
        return trouble_ = trouble->words;
    std::string& text = std::get<std::string>(read);
    file_ = ScenarioFile{path, text};
    scenario_.emplace(std::move(text));
    disk_text_.reset();
    trouble_.clear();
    remember_file(config_, path);
    follow_text();
    return {};
}

void Workbench::start_new() {
    file_ = {};
    scenario_.emplace(empty_scenario("A new world"));
    disk_text_.reset();
    trouble_.clear();
    follow_text();
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
    now_ = run_of(std::get<World>(std::move(loaded)));
    run_is_new_ = true;
    compare();
}

void Workbench::compare() {
    difference_.reset();
    if (!scenario_->is_changed()) {
        before_.reset();
        before_text_.clear();
        return;
    }
    if (before_ == nullptr || before_text_ != scenario_->saved_text()) {
        before_text_ = scenario_->saved_text();
        auto loaded = load_scenario(before_text_);
        auto* world = std::get_if<World>(&loaded);
        before_ = world == nullptr ? nullptr : run_of(std::move(*world));
    }
    if (before_ != nullptr)
        difference_ = first_difference({before_->world, before_->trace}, {now_->world, now_->trace});
}

std::shared_ptr<Shown const> Workbench::take_run() {
    return std::exchange(run_is_new_, false) ? now_ : nullptr;
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
    if (diagnostics_.empty())
        compare();
    remember_file(config_, file_.path());
    return true;
}

bool Workbench::save_as(std::string const& path) {
    ScenarioFile const before = file_;
    file_ = ScenarioFile{path, {}};
    if (save())
        return true;
    file_ = before;
    return false;
}

void Workbench::list_files(WorkView const& view) {
    std::string const beside = std::filesystem::path{path()}.parent_path().string();
    folder_ = list_folder(view.folder.empty() ? beside : view.folder);
    recent_ = recent_files(config_);
    gallery_.look(library());
}

void Workbench::take_from_disk() {
    if (!is_open() || !disk_text_)
        return;
    scenario_->mark_saved(*disk_text_);
    scenario_->replace(*std::exchange(disk_text_, std::nullopt));
    follow_text();
}

void Workbench::keep_mine() {
    if (is_open() && disk_text_)
        scenario_->mark_saved(*std::exchange(disk_text_, std::nullopt));
}

bool Workbench::look_at_disk(float seconds) {
    since_look_s_ += seconds;
    if (!is_open() || since_look_s_ < seconds_between_looks)
        return false;
    since_look_s_ = 0;
    auto text = file_.look();
    if (!text)
        return false;
    bool const mine = scenario_->is_changed() && scenario_->text() != *text;
    disk_text_ = std::move(text);
    if (!mine)
        take_from_disk();
    return true;
}

} // namespace mailflow::viz
