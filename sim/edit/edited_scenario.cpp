#include "edit/edited_scenario.hpp"

#include "scenario/complaints.hpp"
#include "scenario/places.hpp"

#include <fmt/format.h>

#include <utility>

namespace mailflow {

EditedScenario::EditedScenario(std::string text) : now_{snapshot(std::move(text))}, saved_{now_} {}

EditedScenario::Shared EditedScenario::snapshot(std::string text) {
    auto made = std::make_shared<Snapshot>(Snapshot{std::move(text), std::nullopt});
    Complaints complaints;
    made->document = parse_document(made->text, complaints);
    return made;
}

std::optional<Value> EditedScenario::root() const {
    return now_->document ? std::optional{Value{*now_->document, 0}} : std::nullopt;
}

std::optional<Value> EditedScenario::find(std::string_view pointer) const {
    return now_->document ? find_value(*now_->document, pointer) : std::nullopt;
}

void EditedScenario::forget_oldest() {
    std::size_t bytes = 0;
    std::size_t kept = 0;
    while (kept < before_.size() && kept < most_undo_steps) {
        bytes += before_[before_.size() - 1 - kept]->text.size();
        if (bytes > most_undo_bytes)
            break;
        ++kept;
    }
    while (before_.size() > kept)
        before_.pop_front();
}

void EditedScenario::step_to(Shared next) {
    before_.push_back(std::exchange(now_, std::move(next)));
    after_.clear();
    ++version_;
    forget_oldest();
}

std::string EditedScenario::apply(std::vector<Edit> const& edits, std::string const& strand) {
    // What goes on is made anew from where it began, so that letters typed one by one leave what the whole
    // word would have left.
    bool const goes_on = !strand.empty() && strand == strand_ && can_undo();
    auto changed = edited(goes_on ? before_.back()->text : now_->text, edits);
    if (auto const* trouble = std::get_if<EditTrouble>(&changed))
        return trouble->words;
    std::string& text = std::get<std::string>(changed);
    strand_ = strand;
    if (text == now_->text)
        return {};
    if (goes_on) {
        now_ = snapshot(std::move(text));
        after_.clear();
        ++version_;
    } else {
        step_to(snapshot(std::move(text)));
    }
    return {};
}

void EditedScenario::replace(std::string text) {
    strand_.clear();
    if (text != now_->text)
        step_to(snapshot(std::move(text)));
}

void EditedScenario::undo() {
    strand_.clear();
    if (before_.empty())
        return;
    after_.push_back(std::exchange(now_, before_.back()));
    before_.pop_back();
    ++version_;
}

void EditedScenario::redo() {
    strand_.clear();
    if (after_.empty())
        return;
    before_.push_back(std::exchange(now_, after_.back()));
    after_.pop_back();
    ++version_;
}

void EditedScenario::mark_saved(std::string text) {
    saved_ = text == now_->text ? now_ : snapshot(std::move(text));
}

std::string empty_scenario(std::string_view title) {
    return fmt::format("{{\n  \"format\": 1,\n  \"title\": {}\n}}\n", json_string(title));
}

} // namespace mailflow
