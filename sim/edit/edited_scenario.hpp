// The scenario that somebody works on: its text, what was changed since it was saved, and the way back. Not
// the file: reading, watching and saving are for whoever owns it.
#pragma once

#include "edit/edit_text.hpp"
#include "scenario/document.hpp"

#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace mailflow {

/// The most steps that can be taken back, and the most bytes of text that are kept for it.
inline constexpr std::size_t most_undo_steps = 500;
inline constexpr std::size_t most_undo_bytes = 256'000'000;

class EditedScenario {
public:
    /// `text` is what the file holds.
    explicit EditedScenario(std::string text);

    [[nodiscard]] std::string const& text() const { return now_->text; }
    /// The text as a tree; nothing while it is no JSON.
    [[nodiscard]] std::optional<Value> root() const;
    [[nodiscard]] std::optional<Value> find(std::string_view pointer) const;

    /// Makes the edits, as one step. Edits with the same `strand`, one right after the other, are one step
    /// together: letters typed into one field. Empty when it went well; else why not, and nothing has
    /// changed.
    [[nodiscard]] std::string apply(std::vector<Edit> const& edits, std::string const& strand = {});
    /// Another text, as one step: what an editor has written into the file.
    void replace(std::string text);

    [[nodiscard]] bool can_undo() const { return !before_.empty(); }
    [[nodiscard]] bool can_redo() const { return !after_.empty(); }
    void undo();
    void redo();

    /// Whether it differs from what was saved, or read, last.
    [[nodiscard]] bool is_changed() const { return now_->text != saved_->text; }
    [[nodiscard]] std::string const& saved_text() const { return saved_->text; }
    /// The text now stands in a file.
    void mark_saved() { saved_ = now_; }
    /// `text` stands in the file, whatever stands here.
    void mark_saved(std::string text);

    /// Another one after each change of the text.
    [[nodiscard]] std::uint64_t version() const { return version_; }

private:
    struct Snapshot {
        std::string text;
        std::optional<Document> document; // borrows the text
    };
    using Shared = std::shared_ptr<Snapshot const>;

    [[nodiscard]] static Shared snapshot(std::string text);
    void step_to(Shared next);
    void forget_oldest();

    Shared now_;
    Shared saved_;
    std::deque<Shared> before_; // the latest at the end
    std::vector<Shared> after_; // the next at the end
    std::string strand_;
    std::uint64_t version_ = 0;
};

/// The text of a world in which there is nothing yet.
[[nodiscard]] std::string empty_scenario(std::string_view title);

} // namespace mailflow
