#include "viz/layout/paths.hpp"

#include "viz/layout/layout.hpp"

#include <algorithm>
#include <cmath>

namespace mailflow::viz {

namespace {

constexpr int curve_steps = 16;

} // namespace

void curve_to(std::vector<Point>& path, Point bend_a, Point bend_b, Point end) {
    Point const start = path.back();
    for (int i = 1; i <= curve_steps; ++i) {
        float const t = static_cast<float>(i) / curve_steps;
        float const u = 1 - t;
        path.push_back(start * (u * u * u) + bend_a * (3 * u * u * t) + bend_b * (3 * u * t * t) +
                       end * (t * t * t));
    }
}

void corner_to(std::vector<Point>& path, Point corner, Point end, float radius) {
    auto const towards = [&](Point from) {
        Point const way = from - corner;
        float const length = std::hypot(way.x, way.y);
        return length < 1 ? corner : corner + way * (std::min(radius, length / 2) / length);
    };
    path.push_back(towards(path.back()));
    curve_to(path, corner, corner, towards(end));
}

float length_of(std::vector<Point> const& path) {
    float length = 0;
    for (std::size_t i = 1; i < path.size(); ++i)
        length += std::hypot(path[i].x - path[i - 1].x, path[i].y - path[i - 1].y);
    return length;
}

Point along(std::vector<Point> const& path, double part) {
    float left = length_of(path) * static_cast<float>(std::clamp(part, 0.0, 1.0));
    for (std::size_t i = 1; i < path.size(); ++i) {
        float const step = std::hypot(path[i].x - path[i - 1].x, path[i].y - path[i - 1].y);
        if (left <= step && step > 0)
            return path[i - 1] + (path[i] - path[i - 1]) * (left / step);
        left -= step;
    }
    return path.back();
}

} // namespace mailflow::viz
