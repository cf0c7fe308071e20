#include "viz/draw/brush.hpp"

#include <imgui.h>

#include <cfloat>
#include <cmath>

namespace mailflow::viz {

namespace {

ImVec2 vec(Point at) {
    return {at.x, at.y};
}

std::vector<ImVec2> vecs(std::vector<Point> const& points) {
    std::vector<ImVec2> result;
    result.reserve(points.size());
    for (Point const& point : points)
        result.push_back(vec(point));
    return result;
}

bool continues_character(char byte) {
    return (static_cast<unsigned char>(byte) & 0xC0U) == 0x80U;
}

std::string_view without_spaces_around(std::string_view words) {
    while (!words.empty() && (words.front() == ' ' || words.front() == '\n'))
        words.remove_prefix(1);
    while (!words.empty() && (words.back() == ' ' || words.back() == '\n'))
        words.remove_suffix(1);
    return words;
}

/// How many bytes of the words make the next line: whole words while they fit; of a word longer than a line
/// as many characters as fit, and one at least, or this would never end.
std::size_t line_length(Face font, std::string_view words, float width) {
    std::size_t fits = 0;
    for (std::size_t end = 0; end < words.size();) {
        end = std::min(words.find_first_of(" \n", end + 1), words.size());
        if (width_of(font, words.substr(0, end)) > width)
            break;
        fits = end;
        if (end < words.size() && words[end] == '\n')
            break;
    }
    if (fits > 0)
        return fits;
    std::size_t joint = 0; // of an address or a name: after an @, before a dot
    for (std::size_t next = 0; next < words.size();) {
        for (++next; next < words.size() && continues_character(words[next]);)
            ++next;
        if (fits > 0 && width_of(font, words.substr(0, next)) > width)
            break;
        fits = next;
        if (next < words.size() && (words[next - 1] == '@' || words[next] == '.'))
            joint = next;
    }
    bool const is_cut = fits < words.size() && words[fits] != ' ';
    return is_cut && 2 * joint >= fits ? joint : fits; // else the line would be left too short
}

} // namespace

float width_of(Face font, std::string_view words) {
    return font.font->CalcTextSizeA(font.size, FLT_MAX, 0, words.data(), words.data() + words.size()).x;
}

float height_of(Face font) {
    return font.size;
}

std::string elided(Face font, std::string_view words, float width) {
    if (width_of(font, words) <= width)
        return std::string{words};
    static constexpr std::string_view dots = "…";
    float const room = width - width_of(font, dots);
    std::size_t low = 0;
    std::size_t high = words.size();
    while (low < high) {
        std::size_t const middle = (low + high + 1) / 2;
        if (width_of(font, words.substr(0, middle)) <= room)
            low = middle;
        else
            high = middle - 1;
    }
    while (low > 0 && low < words.size() && continues_character(words[low]))
        --low;
    std::size_t const blank = words.substr(0, low).rfind(' ');
    if (blank != std::string_view::npos && blank > 0 && 5 * blank >= 3 * low) // else too much would be lost
        return std::string{without_spaces_around(words.substr(0, blank))}.append(" ").append(dots);
    return std::string{without_spaces_around(words.substr(0, low))}.append(dots);
}

std::vector<std::string> wrapped(Face font, std::string_view words, float width, std::size_t most_lines) {
    // Not ImGui's own wrapping: that one breaks host names at their dots.
    std::vector<std::string> lines;
    words = without_spaces_around(words);
    while (!words.empty()) {
        if (lines.size() + 1 == most_lines) {
            lines.push_back(elided(font, words, width));
            break;
        }
        std::size_t const length = line_length(font, words, width);
        lines.emplace_back(without_spaces_around(words.substr(0, length)));
        words = without_spaces_around(words.substr(length));
    }
    return lines;
}

void Brush::fill(Rect rect, Colour colour, float rounding) {
    list_.AddRectFilled({rect.x, rect.y}, {rect.right(), rect.bottom()}, colour, rounding);
}

void Brush::outline(Rect rect, Colour colour, float width, float rounding) {
    list_.AddRect({rect.x, rect.y}, {rect.right(), rect.bottom()}, colour, rounding, 0, width);
}

void Brush::disc(Point centre, float radius, Colour colour) {
    list_.AddCircleFilled(vec(centre), radius, colour, 0);
}

void Brush::ring(Point centre, float radius, Colour colour, float width) {
    list_.AddCircle(vec(centre), radius, colour, 0, width);
}

void Brush::line(Point from, Point to, Colour colour, float width) {
    list_.AddLine(vec(from), vec(to), colour, width);
}

void Brush::path(std::vector<Point> const& points, Colour colour, float width, bool closed) {
    std::vector<ImVec2> const drawn_points = vecs(points);
    list_.AddPolyline(drawn_points.data(), static_cast<int>(drawn_points.size()), colour,
                      closed ? ImDrawFlags_Closed : ImDrawFlags_None, width);
}

void Brush::polygon(std::vector<Point> const& points, Colour colour) {
    std::vector<ImVec2> const corners = vecs(points);
    list_.AddConvexPolyFilled(corners.data(), static_cast<int>(corners.size()), colour);
}

void Brush::dashes(std::vector<Point> const& points, Colour colour, float width, float dash, float gap) {
    float const period = std::max(dash + gap, 2.0F);
    float offset = 0; // how far into the period the segment begins
    for (std::size_t i = 1; i < points.size(); ++i) {
        Point const way = points[i] - points[i - 1];
        float const length = std::hypot(way.x, way.y);
        if (length <= 0)
            continue;
        Point const unit = way * (1 / length);
        for (float at = -offset; at < length; at += period) {
            float const from = std::max(at, 0.0F);
            float const to = std::min(at + dash, length);
            if (dash <= width && at >= 0)
                disc(points[i - 1] + unit * at, width / 2, colour);
            else if (dash > width && to > from)
                line(points[i - 1] + unit * from, points[i - 1] + unit * to, colour, width);
        }
        offset = std::fmod(offset + length, period);
    }
}

Rect Brush::text(Rect room, Face font, Colour colour, std::string_view words, Align align) {
    std::string const shown = elided(font, words, room.w);
    float const width = width_of(font, shown);
    float x = room.x;
    if (align == Align::centre)
        x += (room.w - width) / 2;
    if (align == Align::right)
        x += room.w - width;
    float const y = room.y + (room.h - font.size) / 2;
    list_.AddText(font.font, font.size, {std::round(x), std::round(y)}, colour, shown.c_str());
    return {x, y, width, font.size};
}

float Brush::paragraph(Point at, float width, Face font, Colour colour, std::string_view words,
                       std::size_t most_lines) {
    float const step = std::round(font.size * 1.25F);
    float y = at.y;
    for (std::string const& line_words : wrapped(font, words, width, most_lines)) {
        text({at.x, y, width, step}, font, colour, line_words);
        y += step;
    }
    return y - at.y;
}

float Brush::paragraph_height(float width, Face font, std::string_view words, std::size_t most_lines) const {
    return std::round(font.size * 1.25F) * static_cast<float>(wrapped(font, words, width, most_lines).size());
}

Rect Brush::label(Rect room, Face font, Colour colour, std::string_view words, Align align) {
    constexpr float least_height = 10.5F; // in pixels: smaller type nobody reads
    if (float const width = width_of(font, words); width > room.w) {
        float const least = std::min(std::max(font.size * least_label, least_height), font.size);
        font.size = std::max(font.size * room.w / width * 0.995F, least);
    }
    Rect const rect = text(room, font, colour, words, align);
    drawn.labels.push_back({std::string{words}, rect, width_of(font, words) > room.w});
    return rect;
}

void Brush::clip(Rect rect) {
    list_.PushClipRect({rect.x, rect.y}, {rect.right(), rect.bottom()}, true);
}

void Brush::unclip() {
    list_.PopClipRect();
}

int Brush::drawn_so_far() const {
    return list_.VtxBuffer.Size;
}

void Brush::fade_since(int drawn_before, float opacity) {
    if (opacity >= 1)
        return;
    for (int i = drawn_before; i < list_.VtxBuffer.Size; ++i) {
        ImU32& colour = list_.VtxBuffer[i].col;
        float const own = static_cast<float>(colour >> IM_COL32_A_SHIFT);
        colour = (colour & ~IM_COL32_A_MASK) | static_cast<ImU32>(own * std::max(opacity, 0.0F))
                                                   << IM_COL32_A_SHIFT;
    }
}

} // namespace mailflow::viz
