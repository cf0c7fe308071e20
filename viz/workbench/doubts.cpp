#include "viz/workbench/doubts.hpp"

#include "base/files.hpp"
#include "edit/newcomers.hpp"
#include "scenario/places.hpp"
#include "viz/workbench/place_words.hpp"
#include "viz/workbench/workbench.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <span>

namespace mailflow::viz {

namespace {

constexpr std::size_t most_named = 5;

/// "maya, outgoing server: there is no server ...".
std::string words_of_doubt(Diagnostic const& one) {
    std::string const where = place_words(one.pointer);
    return where.empty() ? one.what : fmt::format("{}: {}.", where, one.what);
}

} // namespace

std::optional<Doubt> doubt_about_saving(Workbench const& work, std::string const& path) {
    auto const there = read_file(path);
    auto const* const text = std::get_if<std::string>(&there);
    bool const is_of_others = text != nullptr && path == work.path() &&
                              *text != work.scenario().saved_text() && *text != work.scenario().text();
    std::size_t const wrong = work.diagnostics().size();
    bool const adds_mistakes =
        wrong > 0 && mistakes_in(text == nullptr ? work.scenario().saved_text() : *text).empty();
    if (!is_of_others && !adds_mistakes)
        return std::nullopt;
    std::string const file = std::filesystem::path{path}.filename().string();
    std::string const mistakes = wrong == 1 ? "a mistake" : fmt::format("{} mistakes", wrong);
    Doubt doubt{fmt::format("Save it with {}?", mistakes),
                {},
                fmt::format("Save with {}", mistakes),
                "Go on editing",
                SaveSurely{path}};
    if (is_of_others) {
        doubt.title = "Write over what was changed outside?";
        doubt.words.push_back(fmt::format(
            "{} was changed by somebody else, too. What they have written there would be lost.", file));
        doubt.yes = "Write over it";
    }
    if (adds_mistakes)
        doubt.words.push_back(fmt::format(
            "{}With {} in it nobody can play it, check it or run it until {} mended.",
            text == nullptr || is_of_others ? "" : fmt::format("{} holds a good world now. ", file), mistakes,
            wrong == 1 ? "it is" : "they are"));
    return doubt;
}

std::optional<Doubt> doubt_about_removing(Workbench const& work, std::string const& pointer) {
    auto const without = edited(work.scenario().text(), {RemoveValue{pointer}});
    auto const* const text = std::get_if<std::string>(&without);
    if (text == nullptr)
        return std::nullopt; // why it cannot be done is said when it is tried
    std::vector<Diagnostic> left = mistakes_in(*text);
    std::erase_if(left, [&](Diagnostic const& one) {
        return std::any_of(work.diagnostics().begin(), work.diagnostics().end(), [&](Diagnostic const& now) {
            return now.pointer == one.pointer && now.what == one.what;
        });
    });
    if (left.empty())
        return std::nullopt;
    std::string const thing = thing_words(*tokens_of(pointer));
    Doubt doubt{fmt::format("Remove {}?", thing),
                {"Others speak of it. Without it there would be mistakes in them:"},
                "Remove it",
                "Leave it there",
                RemoveSurely{pointer}};
    for (Diagnostic const& one : std::span{left}.first(std::min(left.size(), most_named)))
        doubt.words.push_back(words_of_doubt(one));
    if (left.size() > most_named)
        doubt.words.push_back(fmt::format("And {} more.", left.size() - most_named));
    return doubt;
}

Doubt doubt_about_film() {
    return {"Give up the film?",
            {"It is still being made. Nothing is kept of a film that is given up."},
            "Give it up",
            "Go on making it",
            AnswerQuestion{Answer::give_up_film}};
}

bool is_about_film(WorkView const& view) {
    auto const* const answer = std::get_if<AnswerQuestion>(&view.doubt.then);
    return view.sheet == Sheet::doubt && answer != nullptr && answer->answer == Answer::give_up_film;
}

} // namespace mailflow::viz
