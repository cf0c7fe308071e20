// Everything that is wrong with one scenario, collected while it is read. Not the wording: each reader says
// its own.
#pragma once

#include "scenario/document.hpp"
#include "scenario/load.hpp"
#include "scenario/patched_text.hpp"

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace mailflow {

/// The most errors, and the most warnings, that are told; of the others the errors are counted.
inline constexpr std::size_t most_complaints = 100;

class Complaints {
public:
    /// About a value.
    void add(Value at, std::string what, std::string hint = {});
    /// About a value's key: the place is the key's.
    void add_at_key(Value at, std::string what, std::string hint = {});
    /// About a place in the text.
    void add_at(std::size_t offset, std::string pointer, std::string what, std::string hint = {});

    /// About what can be played and yet can hardly be meant: a value, or the key of one.
    void warn(Value at, std::string what, std::string hint);
    void warn_at_key(Value at, std::string what, std::string hint);

    /// About an override that cannot be put in.
    void add_about_override(std::uint32_t number, std::string pointer, std::string what,
                            std::string hint = {});

    /// Takes over what was found wrong with something that a change has made. What is about values outside
    /// `change` is either known already or comes of the change, and is then said of the change. There are no
    /// warnings among it: they are about what is written, not about what a change makes of it.
    void add_from_change(Complaints const& found, Value change);

    /// None yet, with as much room as is left here.
    [[nodiscard]] Complaints with_same_room() const;

    /// Whether one is about a value under the key, of any object in the object of that name at the top.
    [[nodiscard]] bool are_about(std::string_view top, std::string_view key) const;
    /// Whether there is no error.
    [[nodiscard]] bool empty() const { return count_ == 0; }
    /// Whether further complaints are only counted, so that no work need go into their words.
    [[nodiscard]] bool full() const { return told_.size() >= room_; }

    /// The complaints of that gravity in the order of the text that they are about, then those about
    /// `overrides`.
    [[nodiscard]] std::vector<Diagnostic> diagnostics(Gravity gravity, PatchedText const& text,
                                                      std::span<Override const> overrides = {}) const;

private:
    struct Complaint {
        std::size_t offset;                           // in the text with the overrides in it
        std::optional<std::uint32_t> override_number; // about the override itself
        std::string pointer;
        std::string what;
        std::string hint;
    };

    std::vector<Complaint> told_;
    std::vector<Complaint> warnings_;
    std::size_t room_ = most_complaints;
    std::size_t count_ = 0;
};

/// The line (from 1) of a byte of the text.
[[nodiscard]] std::size_t line_of(std::string_view text, std::size_t offset);

} // namespace mailflow
