// Points and rectangles in pixels, y downwards. Not ImGui's: the layout and its tests need no window.
#pragma once

#include <algorithm>

namespace mailflow::viz {

struct Point {
    float x = 0;
    float y = 0;

    constexpr bool operator==(Point const&) const = default;
    friend constexpr Point operator+(Point a, Point b) { return {a.x + b.x, a.y + b.y}; }
    friend constexpr Point operator-(Point a, Point b) { return {a.x - b.x, a.y - b.y}; }
    friend constexpr Point operator*(Point a, float factor) { return {a.x * factor, a.y * factor}; }
};

struct Rect {
    float x = 0;
    float y = 0;
    float w = 0;
    float h = 0;

    constexpr bool operator==(Rect const&) const = default;
    [[nodiscard]] constexpr float right() const { return x + w; }
    [[nodiscard]] constexpr float bottom() const { return y + h; }
    [[nodiscard]] constexpr Point centre() const { return {x + w / 2, y + h / 2}; }
    [[nodiscard]] constexpr Rect inset(float by) const { return {x + by, y + by, w - 2 * by, h - 2 * by}; }
    [[nodiscard]] constexpr bool overlaps(Rect const& other) const {
        return x < other.right() && other.x < right() && y < other.bottom() && other.y < bottom();
    }
    [[nodiscard]] constexpr bool contains(Rect const& other) const {
        return x <= other.x && y <= other.y && other.right() <= right() && other.bottom() <= bottom();
    }
    [[nodiscard]] constexpr bool contains(Point at) const {
        return x <= at.x && at.x < right() && y <= at.y && at.y < bottom();
    }
};

[[nodiscard]] constexpr Rect around(Point centre, float w, float h) {
    return {centre.x - w / 2, centre.y - h / 2, w, h};
}

/// The value, or the end of the range that it lies beyond. A range that is empty, because a window is tiny,
/// gives its low end; std::clamp would not stand that.
[[nodiscard]] constexpr float held_between(float value, float low, float high) {
    return std::max(low, std::min(value, high));
}

/// The rectangle moved as little as possible so that it lies within the other, where it fits.
[[nodiscard]] constexpr Rect kept_within(Rect rect, Rect const& outer) {
    rect.x = std::max(outer.x, std::min(rect.x, outer.right() - rect.w));
    rect.y = std::max(outer.y, std::min(rect.y, outer.bottom() - rect.h));
    return rect;
}

[[nodiscard]] constexpr Rect moved(Rect rect, Point by) {
    return {rect.x + by.x, rect.y + by.y, rect.w, rect.h};
}

/// The smallest rectangle around both.
[[nodiscard]] constexpr Rect united(Rect const& a, Rect const& b) {
    float const x = std::min(a.x, b.x);
    float const y = std::min(a.y, b.y);
    return {x, y, std::max(a.right(), b.right()) - x, std::max(a.bottom(), b.bottom()) - y};
}

/// The part of the rectangle that lies within the other.
[[nodiscard]] constexpr Rect cut_to(Rect const& rect, Rect const& outer) {
    float const x = std::max(rect.x, outer.x);
    float const y = std::max(rect.y, outer.y);
    return {x, y, std::max(std::min(rect.right(), outer.right()) - x, 0.0F),
            std::max(std::min(rect.bottom(), outer.bottom()) - y, 0.0F)};
}

[[nodiscard]] constexpr float area_shared(Rect const& a, Rect const& b) {
    float const w = std::min(a.right(), b.right()) - std::max(a.x, b.x);
    float const h = std::min(a.bottom(), b.bottom()) - std::max(a.y, b.y);
    return w > 0 && h > 0 ? w * h : 0;
}

} // namespace mailflow::viz
