#include "viz/draw/parted.hpp"

namespace mailflow::viz {

std::size_t parting_of(Face font, std::string_view words, float width) {
    if (std::size_t const colon = words.find(": "); colon != std::string_view::npos)
        if (std::size_t const end = colon + 2;
            width_of(font, words.substr(0, end)) <= width && width_of(font, words.substr(end)) <= width)
            return end;
    for (char const mark : {' ', '.'})
        for (std::size_t end = words.size(); end-- > 1;)
            if (words[end - 1] == mark && width_of(font, words.substr(0, end)) <= width &&
                width_of(font, words.substr(end)) <= width)
                return end;
    return 0;
}

Rect write_parted(Brush& brush, Rect line, float step, Face font, Colour colour, std::string const& words,
                  std::size_t parting) {
    Rect const first = brush.text(line, font, colour, words.substr(0, parting));
    line.y += step;
    Rect const both = united(first, brush.text(line, font, colour, words.substr(parting)));
    brush.drawn.labels.push_back({words, both});
    return both;
}

} // namespace mailflow::viz
