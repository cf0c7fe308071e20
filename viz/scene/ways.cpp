// The roads between machines: dotted where nobody talks; while a connection stands solid with a padlock where
// the client has said who it is, dashed where it is anybody; broken where the envelope was stopped. And the
// DNS with its last answer.
#include "report/words/words.hpp"
#include "viz/draw/icons.hpp"
#include "viz/layout/detour.hpp"
#include "viz/scene/scene.hpp"
#include "viz/scene/signs.hpp"

#include <algorithm>
#include <cmath>
#include <set>
#include <utility>

namespace mailflow::viz {

namespace {

/// A line between two points, as a rectangle so wide to each side.
Rect stroke(Point a, Point b, float width) {
    auto const [left, right] = std::minmax(a.x, b.x);
    auto const [top, bottom] = std::minmax(a.y, b.y);
    return Rect{left, top, right - left, bottom - top}.inset(-width);
}

void add_edges(std::vector<Rect>& obstacles, Rect const& box, float width) {
    obstacles.push_back(stroke({box.x, box.y}, {box.right(), box.y}, width));
    obstacles.push_back(stroke({box.x, box.bottom()}, {box.right(), box.bottom()}, width));
    obstacles.push_back(stroke({box.x, box.y}, {box.x, box.bottom()}, width));
    obstacles.push_back(stroke({box.right(), box.y}, {box.right(), box.bottom()}, width));
}

/// What a note beside the road has to keep off: the pieces of the road, the edges of all places, all within
/// those of others, the DNS, and what is close to names and pictures.
std::vector<Rect> kept_clear_by_notes(Brush const& brush, CanvasLayout const& layout, Road const& road,
                                      Spot const& client, std::vector<Rect> const& obstacles) {
    std::vector<Rect> kept_clear;
    for (Rect const& obstacle : obstacles)
        kept_clear.push_back(obstacle.inset(-brush.px(3)));
    for (Label const& label : brush.drawn.labels)
        kept_clear.push_back(label.rect.inset(-brush.px(3)));
    kept_clear.push_back(layout.dns);
    for (std::size_t i = 1; i < road.path.size(); ++i)
        kept_clear.push_back(stroke(road.path[i - 1], road.path[i], brush.px(3)));
    for (Place const& place : layout.places) {
        add_edges(kept_clear, place.box, brush.px(2));
        if (!place.box.contains(client.cell.centre()))
            kept_clear.push_back(place.box);
        for (Rect const& outpost : place.outposts)
            add_edges(kept_clear, outpost, brush.px(2));
    }
    return kept_clear;
}

/// Beside the road, the nearest first; then above and below who sends.
std::vector<Rect> places_for_note(Brush const& brush, Way const& way, Spot const& client, float w, float h) {
    std::vector<Rect> places;
    float const aside = w / 2 + brush.px(10); // of a piece of the road that goes up or down
    for (float const off : {28.0F, 36.0F, 50.0F})
        for (double const part : {0.5, 0.3, 0.7, 0.4, 0.6, 0.2, 0.8, 0.1, 0.9})
            for (Point const by :
                 {Point{0, brush.px(off)}, Point{0, -brush.px(off)}, Point{aside, 0}, Point{-aside, 0},
                  Point{aside, brush.px(off)}, Point{-aside, brush.px(off)}, Point{aside, -brush.px(off)},
                  Point{-aside, -brush.px(off)}})
                places.push_back(around(way.at(part) + by, w, h));
    Point const who = client.icon.centre();
    float const above = client.icon.y - h / 2;
    float const below = (client.mailbox ? client.mailbox->bottom() : client.note.bottom()) + h / 2;
    for (float const off : {10.0F, 18.0F, 26.0F})
        for (float const side : {0.0F, 0.2F, -0.2F, 0.4F, -0.4F}) {
            places.push_back(around({who.x + side * w, above - brush.px(off)}, w, h));
            places.push_back(around({who.x + side * w, below + brush.px(off)}, w, h));
        }
    return places;
}

/// From the note to the road, where that is near and nothing lies between.
void draw_stem(Brush& brush, Frame const& frame, Road const& road, Rect const& box, Colour colour) {
    std::vector<Point> stem;
    float nearest = brush.px(44);
    for (int step = 5; step <= 95; ++step) {
        Point const at = along(road.path, step / 100.0);
        Point const from{held_between(at.x, box.x, box.right()), held_between(at.y, box.y, box.bottom())};
        if (float const length = std::hypot(at.x - from.x, at.y - from.y); length < nearest) {
            nearest = length;
            stem = {from, at};
        }
    }
    auto const crosses = [&](Rect const& rect) { return runs_through(stem, rect); };
    if (!stem.empty() &&
        std::none_of(frame.layout.spots.begin(), frame.layout.spots.end(),
                     [&](Spot const& spot) { return spot.host.valid() && crosses(spot.icon); }))
        brush.line(stem.front(), stem.back(), colour, brush.px(1.6F));
}

/// Whether the client has told who it is: the difference that this program is about. Servers never do among
/// each other, so only the road of a person says it in words. Where those have no room, the road has to do:
/// it is solid with a padlock, or dashed.
bool draw_login_note(Brush& brush, Frame const& frame, Conversation const& conversation,
                     std::vector<Rect> const& obstacles) {
    Session const& session = frame.trace.sessions[conversation.session];
    if (is_server(frame.world, session.client) || !(conversation.authenticated || conversation.mail_sent))
        return false;
    Way const way = way_of(frame, conversation.session);
    if (way.road == nullptr)
        return false;
    bool const known = conversation.authenticated;
    std::string const words = known ? "logged in" : "not logged in";
    Colour const colour = known                  ? brush.colours.accepted
                          : conversation.refused ? brush.colours.refused
                                                 : brush.colours.quiet;
    float const pad = brush.px(7);
    float const lock = known ? brush.px(16) : 0;
    float const w = width_of(brush.fonts.small_bold, words) + 2 * pad + lock;
    Spot const& client = frame.layout.spot(session.client);
    std::vector<Rect> const kept_clear =
        kept_clear_by_notes(brush, frame.layout, *way.road, client, obstacles);
    Rect const box = free_place(brush.drawn, frame.picture,
                                places_for_note(brush, way, client, w, brush.px(22)), kept_clear);
    if (!is_free(brush.drawn, box, kept_clear))
        return false;
    draw_stem(brush, frame, *way.road, box, colour);
    brush.fill(box, brush.colours.surface, brush.px(6));
    brush.outline(box, colour, brush.px(1.4F), brush.px(6));
    if (known) {
        Rect const icon{box.x + pad - brush.px(1), box.centre().y - brush.px(7.5F), brush.px(11),
                        brush.px(14)};
        draw_padlock(brush, icon, colour);
        brush.drawn.shapes.insert_or_assign("padlock:" + std::to_string(conversation.session.index), icon);
    }
    brush.text({box.x + pad + lock, box.y, box.w - 2 * pad - lock + 1, box.h}, brush.fonts.small_bold, colour,
               words);
    brush.drawn.labels.push_back({words, box});
    brush.drawn.shapes.insert_or_assign("login:" + std::to_string(conversation.session.index), box);
    return true;
}

/// On the road itself: for where there is no room for words.
void draw_road_padlock(Brush& brush, Frame const& frame, Conversation const& conversation) {
    Way const way = way_of(frame, conversation.session);
    if (way.road == nullptr || !conversation.authenticated)
        return;
    Rect const icon = draw_padlock_on(brush, way.at(0.5));
    brush.drawn.shapes.insert_or_assign("padlock:" + std::to_string(conversation.session.index), icon);
}

/// The answer in as few words as the cloud has room for.
std::string short_answer(World const& world, Lookup const& lookup) {
    if (lookup.status == DnsStatus::no_such_name)
        return "does not exist";
    if (lookup.status == DnsStatus::no_data)
        return "has no such record";
    if (lookup.status == DnsStatus::server_failure)
        return "fails to answer";
    if (lookup.status == DnsStatus::no_answer)
        return "does not answer";
    if (lookup.type == RecordType::address)
        return "→ " + answer_of(world, lookup);
    DnsRecords const& records = records_of(world, lookup);
    return records.mx.empty() ? "takes no mail" : "→ " + world.book.name(records.mx.front().host);
}

/// Where it is crowded, roads at rest would be a net over everything: only those of the chosen machine show.
bool shows_at_rest(Frame const& frame, ViewState const& view, HostId a, HostId b) {
    if (!frame.layout.crowded())
        return true;
    auto const* const chosen = std::get_if<HostId>(&view.subject);
    return chosen != nullptr && (*chosen == a || *chosen == b);
}

/// In a crowd of talks that the road is solid has to do, but for the machine that was chosen.
bool is_one_of_a_crowd(Frame const& frame, ViewState const& view, Conversation const& conversation) {
    constexpr std::size_t most_with_padlocks = 5;
    if (!frame.layout.crowded() || frame.state.conversations.size() <= most_with_padlocks)
        return false;
    Session const& session = frame.trace.sessions[conversation.session];
    auto const* const chosen = std::get_if<HostId>(&view.subject);
    return chosen == nullptr || (*chosen != session.client && *chosen != session.server);
}

/// Of a conversation that is over the mark stays; how its client came is told where it has come since.
bool is_told_later(Frame const& frame, Conversation const& conversation) {
    if (conversation.stage != ConversationStage::closed)
        return false;
    HostId const client = frame.trace.sessions[conversation.session].client;
    auto const& all = frame.state.conversations;
    return std::any_of(all.begin(), all.end(), [&](Conversation const& other) {
        return other.session > conversation.session && frame.trace.sessions[other.session].client == client;
    });
}

/// Solid where the server knows who sends, whatever it then said to it.
RoadState state_of(Conversation const& conversation) {
    if (conversation.refused)
        return conversation.authenticated ? RoadState::refused_logged_in : RoadState::refused;
    bool const logged_in = conversation.stage == ConversationStage::open && conversation.authenticated;
    return logged_in ? RoadState::logged_in : RoadState::anonymous;
}

void draw_busy_road(Brush& brush, Frame const& frame, Conversation const& conversation) {
    Way const way = way_of(frame, conversation.session);
    if (way.road == nullptr)
        return;
    std::vector<Point> const& path = way.road->path;
    float const width = brush.px(frame.layout.crowded() ? 2.0F : 3.0F);
    RoadState const state = state_of(conversation);
    draw_road(brush, path, state, width);
    if (state == RoadState::logged_in || state == RoadState::refused_logged_in)
        brush.drawn.shapes.insert_or_assign("solid road:" + std::to_string(conversation.session.index),
                                            around(way.at(0.5), brush.px(40), brush.px(8)));
    brush.drawn.shapes.insert_or_assign("road:" + std::to_string(conversation.session.index),
                                        around(way.at(0.5), brush.px(40), brush.px(8)));
}

constexpr std::size_t most_roads_named = 400; // a crowd's roads are not told apart

/// Those whose roads are drawn with what became of them.
std::vector<Conversation const*> busy_now(Frame const& frame, ViewState const& view) {
    std::vector<Conversation const*> busy;
    for (Conversation const& conversation : frame.state.conversations)
        if (busy.size() < most_roads_named &&
            passes(view.filter, frame.trace, frame.trace.sessions[conversation.session]))
            busy.push_back(&conversation);
    return busy;
}

} // namespace

void draw_roads(Brush& brush, Frame const& frame, ViewState const& view) {
    std::set<Road const*> taken;           // else the dots would be seen between the dashes
    if (view.opened > opening::dns_stands) // then what is on its way is drawn
        for (Conversation const* const conversation : busy_now(frame, view))
            taken.insert(way_of(frame, conversation->session).road);
    for (Road const& road : frame.layout.roads)
        if (!taken.contains(&road) && shows_at_rest(frame, view, road.from, road.to)) {
            draw_road(brush, road.path, RoadState::at_rest, brush.px(3));
            if (!frame.layout.crowded())
                brush.drawn.shapes.insert_or_assign("at rest:" + frame.world.hosts[road.from].name + " " +
                                                        frame.world.hosts[road.to].name,
                                                    around(along(road.path, 0.5), brush.px(8), brush.px(8)));
        }
}

/// From the cloud outwards: so the dots of roads that run together fall on each other.
void draw_dns_roads(Brush& brush, Frame const& frame, ViewState const& view) {
    for (DnsRoad const& road : frame.layout.dns_roads)
        if (shows_at_rest(frame, view, road.asker, road.asker))
            draw_road(brush, {road.path.rbegin(), road.path.rend()}, RoadState::to_dns_at_rest, brush.px(3));
}

void draw_busy_roads(Brush& brush, Frame const& frame, ViewState const& view) {
    for (Conversation const* const conversation : busy_now(frame, view))
        draw_busy_road(brush, frame, *conversation);
}

void draw_dns(Brush& brush, Frame const& frame, ViewState const& view, Hits& hits) {
    Rect const cloud = frame.layout.dns;
    if (cloud.w <= 0)
        return;
    bool const chosen = view.subject == Subject{DnsSubject{}};
    hits.add("dns", cloud, Choose{chosen ? Subject{} : Subject{DnsSubject{}}}, Reach::mouse_and_keyboard);
    draw_cloud(brush, cloud, chosen || hits.is_over(cloud) ? brush.colours.accent_fill : brush.colours.place,
               chosen ? brush.colours.accent : brush.colours.place_line);
    float const line = brush.px(20);
    bool const answered = frame.state.last_answer.valid() && cloud.h > brush.px(80);
    float const y = cloud.y + cloud.h * (answered ? 0.25F : 0.44F);
    brush.label({cloud.x, y, cloud.w, line}, brush.fonts.head, brush.colours.ink, "DNS");
    if (answered) {
        Lookup const& lookup = frame.trace.lookups[frame.state.last_answer];
        float const pad = brush.px(16);
        Rect const first{cloud.x + pad, y + line + brush.px(2), cloud.w - 2 * pad, line};
        brush.label(first, brush.fonts.small, brush.colours.quiet, frame.world.book.name(lookup.name));
        brush.label({first.x, first.bottom(), first.w, line}, brush.fonts.small, brush.colours.quiet,
                    short_answer(frame.world, lookup));
    }
}

void draw_login_notes(Brush& brush, Frame const& frame, ViewState const& view, EnvelopesNow const& now) {
    std::vector<Rect> const obstacles = obstacles_of(frame.layout, now);
    std::size_t drawn = 0;
    std::set<std::pair<Road const*, bool>> noted; // many conversations on one road need it said once
    for (Conversation const& conversation : frame.state.conversations)
        if (passes(view.filter, frame.trace, frame.trace.sessions[conversation.session]) &&
            ++drawn <= most_roads_named && !is_told_later(frame, conversation) &&
            (!(conversation.authenticated || conversation.mail_sent) ||
             noted.emplace(way_of(frame, conversation.session).road, conversation.authenticated).second))
            if (!is_one_of_a_crowd(frame, view, conversation) &&
                (frame.layout.crowded() || !draw_login_note(brush, frame, conversation, obstacles)))
                draw_road_padlock(brush, frame, conversation);
}

} // namespace mailflow::viz
