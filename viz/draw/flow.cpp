#include "viz/draw/flow.hpp"

#include <fmt/format.h>

namespace mailflow::viz {

void Flow::say(Face font, Colour colour, std::string_view words, float indent) {
    float const width = width_ - indent;
    y_ += draws() ? brush_.paragraph({at_.x + indent, y_}, width, font, colour, words)
                  : brush_.paragraph_height(width, font, words);
}

void Flow::fact(std::string_view name, std::string_view words) {
    gap(10);
    float const before = height();
    say(brush_.fonts.small_bold, brush_.colours.quiet, name);
    say(brush_.fonts.body, brush_.colours.ink, words);
    name_since(before, fmt::format("fact:{}", name));
}

bool Flow::line(std::string const& name, Face font, Colour colour, std::string_view words, bool lit) {
    Words const line{font, colour, words};
    return block(name, {&line, 1}, lit);
}

bool Flow::block(std::string const& name, std::span<Words const> lines, bool lit) {
    float const indent = brush_.px(6);
    float h = brush_.px(4);
    for (Words const& line : lines)
        h += brush_.paragraph_height(width_ - 2 * indent, line.font, line.words);
    Rect const rect{at_.x, y_, width_, h};
    y_ += h;
    if (!draws())
        return false;
    Press const press = press_area(brush_.drawn, name, rect);
    if (lit || press.hovered)
        brush_.fill(rect, brush_.colours.accent_fill, brush_.px(5));
    if (lit)
        brush_.outline(rect, brush_.colours.accent, brush_.px(1.5F), brush_.px(5));
    Point at{rect.x + indent, rect.y + brush_.px(2)};
    for (Words const& line : lines)
        at.y += brush_.paragraph(at, width_ - 2 * indent, line.font, line.colour, line.words);
    return press.clicked;
}

Rect Flow::room(float height) {
    Rect const rect{at_.x, y_, width_, height};
    y_ += height;
    return rect;
}

void Flow::name_since(float height, std::string const& name) {
    if (draws())
        brush_.drawn.shapes.insert_or_assign(name,
                                             Rect{at_.x, at_.y + height, width_, this->height() - height});
}

} // namespace mailflow::viz
