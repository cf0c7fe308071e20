// Saying beforehand what a server will answer: the run stops just before each server decides on a recipient,
// and goes on when somebody has said whether it will accept, refuse, or put off. Where the questions are
// follows from the trace; what was said is a value of the view.
#pragma once

#include "viz/shown/shown.hpp"
#include "viz/shown/story_rows.hpp"

#include <optional>
#include <string_view>

namespace mailflow::viz {

struct Predicting {
    bool on = false;
    std::optional<std::size_t> question{}; // of Lists::questions: asked now, or answered at this moment
    std::optional<Foretold> said{};        // none: not answered yet
    std::optional<std::size_t> left{}; // where it stopped last: on the way on it does not stop there again
    std::uint32_t answered = 0;        // since it was switched on
    std::uint32_t right = 0;

    [[nodiscard]] bool is_asking() const { return question && !said; }
};

/// "accepts it"
[[nodiscard]] std::string_view words_of(Foretold answer);

/// What the server did answer in the end.
[[nodiscard]] Foretold truth_of(Trace const& trace, RecipientQuestion const& question);

/// The last moment before the server decides.
[[nodiscard]] Instant just_before(Trace const& trace, RecipientQuestion const& question);

/// The first question at which to stop on the way from one moment to a later one, of what the filter shows
/// and besides the one that was left without an answer.
[[nodiscard]] std::optional<std::size_t> question_between(Shown const& shown, Filter const& filter,
                                                          Instant from, Instant to,
                                                          std::optional<std::size_t> left);

/// "You said: it refuses it. Right."
[[nodiscard]] std::string say_outcome(Trace const& trace, Lists const& lists, Predicting const& predicting);

} // namespace mailflow::viz
