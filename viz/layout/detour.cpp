#include "viz/layout/detour.hpp"

#include <cmath>
#include <cstddef>
#include <limits>

namespace mailflow::viz {

namespace {

constexpr std::size_t most_in_the_way = 12; // of blocks that one road is led round
constexpr std::size_t steps_in_a_corner = 6;

/// Whether the straight piece runs through the rectangle (Liang and Barsky: the part of it that lies within).
bool crosses(Point a, Point b, Rect rect) {
    float from = 0;
    float to = 1;
    auto const clip = [&](float start, float way, float low, float high) {
        if (std::abs(way) < 1e-6F)
            return low < start && start < high;
        float const one = (low - start) / way;
        float const other = (high - start) / way;
        from = std::max(from, std::min(one, other));
        to = std::min(to, std::max(one, other));
        return true;
    };
    return clip(a.x, b.x - a.x, rect.x, rect.right()) && clip(a.y, b.y - a.y, rect.y, rect.bottom()) &&
           to - from > 1e-4F;
}

bool is_clear(Point a, Point b, std::vector<Rect> const& blocks) {
    return std::none_of(blocks.begin(), blocks.end(),
                        [&](Rect const& block) { return crosses(a, b, block); });
}

/// The shortest way over the corners of the blocks (Dijkstra); empty where there is none.
std::vector<Point> over_corners(Point start, Point end, std::vector<Rect> const& blocks, Rect area,
                                float off) {
    std::vector<Point> corners{start, end};
    for (Rect const& block : blocks) {
        Rect const wide = block.inset(-off);
        for (Point const corner : {Point{wide.x, wide.y}, Point{wide.right(), wide.y},
                                   Point{wide.right(), wide.bottom()}, Point{wide.x, wide.bottom()}})
            if (area.contains(corner))
                corners.push_back(corner);
    }
    constexpr float far = std::numeric_limits<float>::max();
    std::vector<float> length(corners.size(), far);
    std::vector<std::size_t> before(corners.size(), 0);
    std::vector<bool> settled(corners.size(), false);
    length[0] = 0;
    for (std::size_t round = 0; round < corners.size(); ++round) {
        std::size_t here = corners.size();
        for (std::size_t n = 0; n < corners.size(); ++n)
            if (!settled[n] && length[n] < far && (here == corners.size() || length[n] < length[here]))
                here = n;
        if (here == corners.size())
            return {};
        if (here == 1)
            break;
        settled[here] = true;
        for (std::size_t next = 0; next < corners.size(); ++next) {
            float const way =
                std::hypot(corners[next].x - corners[here].x, corners[next].y - corners[here].y);
            if (settled[next] || length[here] + way >= length[next] ||
                !is_clear(corners[here], corners[next], blocks))
                continue;
            length[next] = length[here] + way;
            before[next] = here;
        }
    }
    if (length[1] >= far)
        return {};
    std::vector<Point> path;
    for (std::size_t at = 1; at != 0; at = before[at])
        path.push_back(corners[at]);
    path.push_back(start);
    std::reverse(path.begin(), path.end());
    return path;
}

/// The path with its corners rounded off.
std::vector<Point> rounded(std::vector<Point> const& path, float radius) {
    std::vector<Point> smooth{path.front()};
    auto const towards = [radius](Point corner, Point other) {
        Point const way = other - corner;
        float const length = std::hypot(way.x, way.y);
        return length < 1 ? corner : corner + way * (std::min(radius, length / 2) / length);
    };
    for (std::size_t i = 1; i + 1 < path.size(); ++i) {
        Point const in = towards(path[i], path[i - 1]);
        Point const out = towards(path[i], path[i + 1]);
        for (std::size_t step = 0; step <= steps_in_a_corner; ++step) {
            float const t = static_cast<float>(step) / steps_in_a_corner;
            float const u = 1 - t;
            smooth.push_back(in * (u * u) + path[i] * (2 * u * t) + out * (t * t));
        }
    }
    smooth.push_back(path.back());
    return smooth;
}

} // namespace

bool runs_through(std::vector<Point> const& path, Rect rect) {
    for (std::size_t i = 1; i < path.size(); ++i)
        if (crosses(path[i - 1], path[i], rect))
            return true;
    return false;
}

std::vector<Point> led_round(std::vector<Point> path, std::vector<Rect> const& blocks, Rect area, float off) {
    Point const start = path.front();
    Point const end = path.back();
    std::vector<Rect> in_the_way; // more of them come to light with each way that is tried
    for (std::vector<Point> tried = path; in_the_way.size() < most_in_the_way;) {
        auto const hit = std::find_if(blocks.begin(), blocks.end(), [&](Rect const& block) {
            return !block.contains(start) && !block.contains(end) && runs_through(tried, block);
        });
        if (hit == blocks.end())
            return tried;
        in_the_way.push_back(*hit);
        std::vector<Point> const way = over_corners(start, end, in_the_way, area, off);
        if (way.empty())
            break;
        tried = rounded(way, off);
    }
    return path;
}

} // namespace mailflow::viz
