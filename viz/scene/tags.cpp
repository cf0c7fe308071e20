#include "viz/scene/tags.hpp"

#include "viz/detour.hpp"
#include "viz/reply_words.hpp"
#include "viz/scene/signs.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

namespace mailflow::viz {

namespace {

constexpr float tag_distance = 47; // from the road: clear of the machines' pictures
constexpr float own_mark = 24;     // the diamond or the dot on the road, which its words leave uncovered

/// From the box to the place on the road that it speaks of.
std::vector<Point> stem_of(Brush const& brush, Rect const& box, Tag const& tag) {
    if (tag.at.y > box.y && tag.at.y < box.bottom()) // it stands aside
        return {{tag.at.x < box.x ? box.x : box.right(), tag.at.y}, tag.at};
    float const side = brush.px(6);
    return {
        {held_between(tag.at.x, box.x + side, box.right() - side), box.y < tag.at.y ? box.bottom() : box.y},
        tag.at};
}

/// How far the box is from there, up or down.
float distance_of(Rect const& box, Tag const& tag) {
    return std::abs(box.centre().y - tag.at.y);
}

/// Whether that would run across the picture of a machine.
bool stem_crosses(Brush const& brush, Talks const& talks, Rect const& box, Tag const& tag) {
    std::vector<Point> const stem = stem_of(brush, box, tag);
    return std::any_of(talks.frame.layout.spots.begin(), talks.frame.layout.spots.end(),
                       [&](Spot const& spot) { return spot.host.valid() && runs_through(stem, spot.icon); });
}

/// Whether it would run across words.
bool stem_crosses_words(Brush const& brush, Rect const& box, Tag const& tag) {
    std::vector<Point> const stem = stem_of(brush, box, tag);
    return std::any_of(brush.drawn.labels.begin(), brush.drawn.labels.end(),
                       [&](Label const& label) { return runs_through(stem, label.rect); });
}

/// With all of its words.
float width_of(Brush const& brush, Tag const& tag) {
    float const code = tag.code.empty() ? 0 : width_of(tag.font, tag.code) + brush.px(16);
    return code + width_of(tag.font, tag.words) + 1 + brush.px(tag_arrow) + brush.px(10);
}

/// Where the words of a reply are too wide, of an address only that it is one, or nothing: what is said of it
/// matters more. Of a question to the DNS the name matters most.
Tag fitted(Brush const& brush, Tag tag, float width) {
    constexpr std::string_view asks = "who takes ";
    if (tag.mark == Mark::dns && tag.words.starts_with(asks) && width_of(brush, tag) > width)
        tag.words.erase(0, asks.size()); // "mail for shop.example?"
    bool const goes_on = !tag.code.empty() && said_of_address(tag.words) != std::string::npos;
    if (!goes_on || width_of(brush, tag) <= width)
        return tag;
    std::size_t const address = tag.words.find('<') + 1;
    tag.words.replace(address, tag.words.find('>', address) - address, "…");
    if (width_of(brush, tag) > width)
        tag.words.erase(0, said_of_address(tag.words));
    return tag;
}

Rect place_tag(Brush const& brush, Talks const& talks, Tag const& tag, float most) {
    float const w = std::min(width_of(brush, fitted(brush, tag, most)), most);
    float const up = brush.px(tag_distance);
    std::vector<Rect> candidates;
    for (float const y : {-up, up, -up * 1.6F, up * 1.6F, -up * 2.2F, up * 2.2F, -up * 0.6F, up * 0.6F})
        for (float const aside : {0.0F, -0.25F, 0.25F, -0.5F, 0.5F, -0.68F, 0.68F, -0.9F, 0.9F})
            candidates.push_back(around({tag.at.x + aside * w, tag.at.y + y}, w, brush.px(tag_height)));
    std::stable_partition(candidates.begin(), candidates.end(), [&](Rect const& box) {
        return box.y > tag.at.y || !stem_crosses(brush, talks, box, tag);
    });
    std::vector<Rect> obstacles = talks.obstacles;
    Rect const mark = around(tag.at, brush.px(own_mark), brush.px(own_mark));
    obstacles.insert(obstacles.end(), 4, mark); // as bad to cover as a label
    return free_place(brush.drawn, talks.frame.picture, candidates, obstacles);
}

} // namespace

void split_code(Tag& tag) {
    if (tag.words.size() < 4 || tag.words[3] != ' ' || tag.words[0] < '2' || tag.words[0] > '5')
        return;
    tag.code = tag.words.substr(0, 3);
    tag.words.erase(0, 4);
}

void shorten(Tag& tag) {
    if (!tag.code.empty())
        tag.words = std::exchange(tag.code, {});
    else if (tag.words.starts_with("opens"))
        tag.words = "call";
    else if (tag.words.starts_with("[the message"))
        tag.words = "message";
    else if (tag.words.starts_with('['))
        tag.words = tag.words.substr(1, tag.words.find_first_of(" ]") - 1); // "TLS"
    else
        tag.words = tag.words.substr(0, tag.words.find_first_of(" :("));
}

void draw_tag(Brush& brush, Talks const& talks, std::string const& name, Tag const& whole, Hits& hits) {
    Tag tag = whole;
    auto const is_near = [&](Rect const& box) {
        return distance_of(box, tag) < brush.px(tag_distance * 1.1F) && box.y < tag.at.y;
    };
    auto const has_place = [&](Rect const& box) { return is_free(brush.drawn, box, talks.obstacles); };
    Rect box = place_tag(brush, talks, tag, std::min(brush.px(300), talks.frame.picture.w * 0.46F));
    for (float const most : {265.0F, 230.0F, 170.0F})
        if (!is_near(box) || !has_place(box))
            if (Rect const shorter = place_tag(brush, talks, tag, brush.px(most));
                has_place(shorter) ? !has_place(box) || distance_of(shorter, tag) < distance_of(box, tag)
                                   : is_near(shorter) && !has_place(box))
                box = shorter;
    if (tag.mark == Mark::none && !has_place(box)) {
        Tag brief = whole;
        shorten(brief);
        if (Rect const least = place_tag(brush, talks, brief, brush.px(170)); has_place(least)) {
            tag = brief;
            box = least;
        }
    }
    bool const has_room =
        talks.frame.state.conversations.size() <= 1 || is_free(brush.drawn, box, talks.machines);
    bool const in_reach = distance_of(box, tag) < brush.px(tag_distance * 1.7F);
    if (has_room && in_reach && !stem_crosses(brush, talks, box, tag) &&
        !stem_crosses_words(brush, box, tag)) {
        std::vector<Point> const stem = stem_of(brush, box, tag);
        brush.line(stem.front(), stem.back(), tag.colour, brush.px(1.8F));
    }
    if (tag.mark == Mark::dns)
        draw_diamond(brush, tag.at, brush.px(10), tag.colour);
    else
        brush.disc(tag.at, brush.px(6), tag.colour);
    if (!has_room)
        return;
    tag = fitted(brush, tag, box.w);
    draw_tag_box(brush, box, {tag.code, tag.words, tag.colour, tag.font, tag.direction});
    brush.drawn.labels.push_back({tag.code.empty() ? tag.words : tag.code + " " + tag.words, box});
    brush.drawn.shapes.insert_or_assign(name, box);
    brush.drawn.shapes.insert_or_assign("at:" + name, around(tag.at, brush.px(20), brush.px(20)));
    hits.add(name, box, Choose{tag.subject});
}

void add_decided(std::vector<Rect>& obstacles, Brush const& brush, Frame const& frame) {
    for (Spot const& spot : frame.layout.spots) {
        if (!spot.host.valid() || spot.standing != Standing::upright)
            continue;
        std::string const& name = frame.world.hosts[spot.host].name;
        for (char const* decided : {"refused:", "put off:", "accepted:"})
            if (auto const drawn = brush.drawn.shapes.find(decided + name);
                drawn != brush.drawn.shapes.end()) {
                obstacles.push_back(drawn->second);
                Point const badge{drawn->second.right(), drawn->second.y};
                obstacles.push_back(around(badge, brush.px(22), brush.px(22)));
            }
    }
}

} // namespace mailflow::viz
