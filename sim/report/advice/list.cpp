#include "report/advice/list.hpp"

#include "base/text.hpp"
#include "report/words/words.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace mailflow {

namespace {

void add_new(std::vector<std::string>& words, std::string const& word) {
    if (std::find(words.begin(), words.end(), word) == words.end())
        words.push_back(word);
}

/// The text with `words` in the one place of `mark`.
std::string with(std::string text, std::string_view mark, std::string const& words) {
    return text.replace(text.find(mark), mark.size(), words);
}

/// "a, b and c"; of many "a, b, c and 41 more".
std::string some_of(std::vector<std::string> words) {
    constexpr std::size_t most_named = 5;
    constexpr std::size_t named_of_many = 3;
    if (words.size() > most_named) {
        std::size_t const others = words.size() - named_of_many;
        words.resize(named_of_many);
        words.push_back(fmt::format("{} more", others));
    }
    return join_words(words);
}

/// Not somebody who keeps a server, a name or a network: their "this server" is each a different one.
bool is_person(std::string_view culprit) {
    return !culprit.starts_with("the ") && !culprit.starts_with("whoever ") && !culprit.starts_with("nobody");
}

} // namespace

void AdviceList::add(Advice const& advice) {
    auto const place = std::find_if(pieces_.begin(), pieces_.end(), [&](Piece const& piece) {
        bool const same_culprit = piece.first.culprit == advice.culprit;
        if (!advice.many.empty())
            return same_culprit && piece.first.many == advice.many;
        return piece.first.text == advice.text &&
               (same_culprit || (is_person(piece.first.culprit) && is_person(advice.culprit)));
    });
    Piece& piece = place != pieces_.end() ? *place : pieces_.emplace_back(Piece{{}, {}, advice});
    add_new(piece.culprits, advice.culprit);
    add_new(piece.names, advice.name);
}

std::vector<std::string> AdviceList::lines() const {
    std::vector<std::string> lines;
    for (Piece const& piece : pieces_) {
        std::string const text =
            piece.names.size() < 2
                ? piece.first.text
                : with(with(piece.first.many, "{count}", std::to_string(piece.names.size())), "{names}",
                       some_of(piece.names));
        std::string const line = fmt::format("{}: {}", some_of(piece.culprits), text);
        lines.push_back(is_person(piece.first.culprit) ? line : with_capital(line));
    }
    return lines;
}

} // namespace mailflow
