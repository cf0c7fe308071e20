#include "viz/scene/tags.hpp"

#include "viz/layout/detour.hpp"
#include "viz/reply_words.hpp"
#include "viz/scene/signs.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

namespace mailflow::viz {

namespace {

constexpr float tag_distance = 47; // from the road: clear of the machines' pictures
constexpr float beside_words = 4;  // what other words keep free around them
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

/// How far the box is from there, up or down: of its line that is nearest to it, the middle.
float distance_of(Brush const& brush, Rect const& box, Tag const& tag) {
    float const half = brush.px(tag_height) / 2;
    return tag.at.y > box.centre().y ? std::abs(box.bottom() - half - tag.at.y)
                                     : std::abs(box.y + half - tag.at.y);
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

/// Where the words of a reply begin, after their enhanced code: "5.7.1 ".
std::size_t after_enhanced_code(std::string_view words) {
    std::size_t const end = words.find_first_not_of("0123456789.");
    bool const is_code = end != std::string_view::npos && end >= 5 && words[end] == ' ';
    return is_code ? end + 1 : 0;
}

/// What can be told of the words, from the whole of them to as few as say it. Of a reply the enhanced code
/// can go, then the address, which is said elsewhere, then all but what is said of it: that matters more. Of
/// a command the parameters, of a question to the DNS all but the name, of its answer what is in brackets.
std::vector<std::string> shorter_words(Tag const& tag) {
    std::vector<std::string> said{tag.words};
    auto const from = [&](std::size_t begin) { return tag.words.substr(begin); };
    if (tag.mark == Mark::dns) {
        for (std::string_view const asks : {"who takes ", "address of "})
            if (tag.words.starts_with(asks))
                said.push_back(from(asks.size())); // "mail for shop.example?"
        std::string without = tag.words;           // of the exchangers the preferences
        for (std::size_t begin = 0; (begin = without.find(" (")) != std::string::npos;)
            without.erase(begin, without.find(')', begin) + 1 - begin);
        if (without != tag.words) {
            std::string const first = without.substr(0, without.find_first_of(", "));
            said.push_back(std::move(without));
            said.push_back(first + " and more");
        }
        return said;
    }
    if (tag.code.empty()) {
        if (std::size_t const parameters = tag.words.find("> "); parameters != std::string::npos)
            said.push_back(tag.words.substr(0, parameters + 1));
        return said;
    }
    if (std::size_t const words = after_enhanced_code(tag.words); words > 0)
        said.push_back(from(words));
    if (std::size_t const of_it = said_of_address(tag.words); of_it != std::string::npos) {
        std::size_t const address = tag.words.find('<') + 1;
        std::string without = tag.words;
        without.replace(address, tag.words.find('>', address) - address, "…");
        said.push_back(std::move(without));
        said.push_back(from(of_it));
    }
    return said;
}

/// What a tag can look like, and where it would stand then.
struct TagForm {
    std::vector<std::string> lines; // up to three
    std::string words;              // of which they are made
    bool is_whole = true;           // else they end in an ellipsis
    Rect box{};
};

/// As many of the words as have room in so many lines of a box that is at most so wide, which is no wider
/// than they are.
TagForm form_of(Brush const& brush, Tag const& tag, float most, std::size_t lines) {
    float const code = tag.code.empty() ? 0 : width_of(tag.font, tag.code) + brush.px(16);
    float const around_words = code + brush.px(tag_arrow) + brush.px(10) + 1;
    float const room = std::max(most - around_words, 1.0F);
    TagForm form;
    for (std::string& words : shorter_words(tag)) {
        form.words = std::move(words);
        form.lines = wrapped(tag.font, form.words, room, lines + 1);
        form.is_whole = form.lines.size() <= lines &&
                        std::all_of(form.lines.begin(), form.lines.end(), [&](std::string const& line) {
                            return width_of(tag.font, line) <= room;
                        });
        if (form.is_whole)
            break;
    }
    if (!form.is_whole)
        form.lines = wrapped(tag.font, form.words, room, lines);
    float widest = 0;
    for (std::string const& line : form.lines)
        widest = std::max(widest, width_of(tag.font, line));
    float const more = brush.px(tag_more_height) * static_cast<float>(form.lines.size() - 1);
    form.box = {0, 0, std::min(widest, room) + around_words, brush.px(tag_height) + more};
    return form;
}

Rect place_tag(Brush const& brush, Talks const& talks, Tag const& tag, Rect const& size) {
    float const up = brush.px(tag_distance);
    std::vector<Rect> candidates;
    auto const add = [&](float y, float aside) {
        Point const middle{tag.at.x + aside * size.w, tag.at.y + y * up};
        Rect box = around(middle, size.w, brush.px(tag_height));
        if (y < 0)
            box.y = box.bottom() - size.h;
        box.h = size.h;
        candidates.push_back(box);
    };
    for (float const y : {-1.0F, 1.0F, -1.6F, 1.6F, -2.2F, 2.2F, -0.6F, 0.6F})
        for (float const aside : {0.0F, -0.25F, 0.25F, -0.5F, 0.5F, -0.68F, 0.68F, -0.9F, 0.9F})
            add(y, aside);
    for (float const y : {-0.8F, 0.8F, -1.3F, 1.3F, -1.9F, 1.9F, -2.5F, 2.5F}) // where none of these is free
        for (float const aside : {0.0F, -0.15F, 0.15F, -0.38F, 0.38F, -0.6F, 0.6F, -0.8F, 0.8F, -1.1F, 1.1F})
            add(y, aside);
    std::stable_partition(candidates.begin(), candidates.end(), [&](Rect const& box) {
        return box.y > tag.at.y || !stem_crosses(brush, talks, box, tag);
    });
    std::vector<Rect> obstacles = talks.obstacles;
    Rect const mark = around(tag.at, brush.px(own_mark), brush.px(own_mark));
    obstacles.insert(obstacles.end(), 4, mark); // as bad to cover as a label
    for (Label const& label : brush.drawn.labels)
        obstacles.push_back(label.rect.inset(-brush.px(beside_words)));
    return free_place(brush.drawn, talks.frame.picture, candidates, obstacles);
}

/// Whether a stem can lead from there to what it names: neither long nor across anything.
bool can_be_led(Brush const& brush, Talks const& talks, Rect const& box, Tag const& tag) {
    return distance_of(brush, box, tag) < brush.px(tag_distance * 2.3F) &&
           !stem_crosses(brush, talks, box, tag) && !stem_crosses_words(brush, box, tag);
}

/// Just above what it names.
bool is_near(Brush const& brush, Rect const& box, Tag const& tag) {
    return distance_of(brush, box, tag) < brush.px(tag_distance * 1.1F) && box.y < tag.at.y;
}

/// Of what has to be seen; words count for more.
float covered_by(Brush const& brush, Talks const& talks, Rect const& box) {
    float covered = 0;
    for (Label const& label : brush.drawn.labels)
        covered += 4 * area_shared(box, label.rect);
    for (Rect const& obstacle : talks.obstacles)
        covered += area_shared(box, obstacle);
    return covered;
}

/// How bad it is to stand there, in such words: 0 to 1 where all is well.
float badness(Brush const& brush, Talks const& talks, TagForm const& form, Tag const& tag) {
    float bad = 0.4F * distance_of(brush, form.box, tag) / brush.px(tag_distance);
    if (!is_free(brush.drawn, form.box, talks.obstacles))
        bad += 100 + covered_by(brush, talks, form.box) / (brush.px(10) * brush.px(10));
    if (!form.is_whole)
        bad += 10;
    if (!can_be_led(brush, talks, form.box, tag))
        bad += 3;
    if (!is_near(brush, form.box, tag))
        bad += 1;
    return bad;
}

/// The best of several forms at the best of several places, the widest in one line first.
TagForm best_form(Brush const& brush, Talks const& talks, Tag const& tag) {
    TagForm best;
    float least = std::numeric_limits<float>::max();
    std::vector<std::vector<std::string>> tried;
    float const widest = std::min(brush.px(300), talks.frame.picture.w * 0.46F);
    for (auto const& [most, lines] :
         {std::pair{300.0F, 1U}, std::pair{300.0F, 2U}, std::pair{265.0F, 1U}, std::pair{230.0F, 1U},
          std::pair{230.0F, 2U}, std::pair{170.0F, 2U}, std::pair{170.0F, 1U}}) {
        TagForm form = form_of(brush, tag, std::min(brush.px(most), widest), lines);
        if (std::find(tried.begin(), tried.end(), form.lines) != tried.end())
            continue;
        tried.push_back(form.lines);
        form.box = place_tag(brush, talks, tag, form.box);
        if (float const bad = badness(brush, talks, form, tag); bad < least) {
            least = bad;
            best = std::move(form);
        }
        if (least < 1)
            break;
    }
    return best;
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
    TagForm form = best_form(brush, talks, tag);
    bool const in_way = !is_free(brush.drawn, form.box, talks.obstacles);
    if (tag.mark == Mark::none && (in_way || !form.is_whole)) {
        Tag brief = whole;
        shorten(brief);
        TagForm least = form_of(brush, brief, brush.px(170), 1);
        least.box = place_tag(brush, talks, brief, least.box);
        if (!in_way && !is_free(brush.drawn, least.box, talks.obstacles)) // in the place of the others
            least.box = {held_between(tag.at.x - least.box.w / 2, form.box.x, form.box.right() - least.box.w),
                         form.box.y, least.box.w, least.box.h};
        if (badness(brush, talks, least, brief) < badness(brush, talks, form, tag)) {
            tag = brief;
            form = std::move(least);
        }
    }
    Rect const& box = form.box;
    bool const has_room =
        talks.frame.state.conversations.size() <= 1 || is_free(brush.drawn, box, talks.machines);
    if (has_room && can_be_led(brush, talks, box, tag)) {
        std::vector<Point> const stem = stem_of(brush, box, tag);
        brush.line(stem.front(), stem.back(), tag.colour, brush.px(1.8F));
    }
    if (tag.mark == Mark::dns)
        draw_diamond(brush, tag.at, brush.px(10), tag.colour);
    else
        brush.disc(tag.at, brush.px(6), tag.colour);
    if (!has_room)
        return;
    draw_tag_box(brush, box,
                 {tag.code,
                  form.lines.front(),
                  tag.colour,
                  tag.font,
                  tag.direction,
                  {form.lines.begin() + 1, form.lines.end()}});
    brush.drawn.labels.push_back(
        {tag.code.empty() ? form.words : tag.code + " " + form.words, box, !form.is_whole});
    brush.drawn.shapes.insert_or_assign(name, box);
    brush.drawn.shapes.insert_or_assign("at:" + name, around(tag.at, brush.px(20), brush.px(20)));
    hits.add(name, box, Choose{tag.subject});
}

void add_decided(std::vector<Rect>& obstacles, Brush const& brush, Frame const& frame) {
    for (Spot const& spot : frame.layout.spots) {
        if (!spot.host.valid() || spot.standing != Standing::upright)
            continue;
        std::string const& name = frame.world.hosts[spot.host].name;
        if (auto const told = brush.drawn.shapes.find("callout:" + name); told != brush.drawn.shapes.end())
            obstacles.push_back(told->second);
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
