#include "viz/workbench/place_words.hpp"

#include "edit/newcomers.hpp"
#include "scenario/document.hpp"
#include "scenario/places.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace mailflow::viz {

std::string say_key(std::string_view key) {
    std::string said{key};
    std::replace(said.begin(), said.end(), '_', ' ');
    if (!said.empty() && said.front() >= 'a' && said.front() <= 'z')
        said.front() = static_cast<char>(said.front() - 'a' + 'A');
    return said == "Dns" ? "DNS" : said == "Id" ? "Name" : said;
}

namespace {

/// Labels begin with a capital letter, but for abbreviations.
std::string with_small_letter(std::string label) {
    bool const is_word = label.size() > 1 && label[1] >= 'a' && label[1] <= 'z';
    if (is_word && label[0] >= 'A' && label[0] <= 'Z')
        label[0] = static_cast<char>(label[0] - 'A' + 'a');
    return label;
}

} // namespace

std::string place_words(std::string_view pointer) {
    auto const tokens = tokens_of(pointer);
    if (!tokens || tokens->empty())
        return {};
    if (tokens->size() == 1)
        return section_words(tokens->front());
    std::string words = thing_words({(*tokens)[0], (*tokens)[1]});
    for (std::size_t n = 2; n < tokens->size(); ++n) {
        std::string const& token = (*tokens)[n];
        auto const item = list_place(token);
        words +=
            item ? fmt::format(" {}", *item + 1) : (n == 2 ? ", " : " ") + with_small_letter(say_key(token));
    }
    return words;
}

} // namespace mailflow::viz
