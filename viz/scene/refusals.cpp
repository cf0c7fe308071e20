// The marks of what servers decided: a frame around the server, and where it refused, a box that stays and
// says so in the words of the field with the reply's code.
#include "report/words.hpp"
#include "viz/draw/icons.hpp"
#include "viz/scene/scene.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace mailflow::viz {

namespace {

std::string capitalised(std::string_view words) {
    std::string result{words};
    if (!result.empty() && result[0] >= 'a' && result[0] <= 'z')
        result[0] = static_cast<char>(result[0] - 'a' + 'A');
    return result;
}

Reply reply_behind(Frame const& frame, Refusal const& refusal) {
    if (refusal.session.valid())
        return reply_of(frame.world, frame.trace,
                        ReplySent{refusal.session, refusal.recipient, {}, refusal.saying}, refusal.at);
    for (SettledRecipient const& settled : frame.state.settled) {
        auto const* const event = std::get_if<RecipientSettled>(&frame.trace.events[settled.event].happening);
        Recipient const& recipient = frame.trace.recipients[settled.recipient];
        if (event != nullptr && recipient.message == refusal.message &&
            recipient.address == refusal.recipient && event->saying == refusal.saying)
            return reply_of(frame.world, frame.trace, *event);
    }
    return {};
}

void draw_decided(Brush& brush, Spot const& spot, std::string const& name, Verdict verdict) {
    bool const refused = verdict == Verdict::refuse;
    Colour const colour = refused ? brush.colours.refused : brush.colours.accepted;
    Rect const around_icon = spot.icon.inset(-brush.px(spot.beside ? 3 : 9));
    brush.outline(around_icon, colour, brush.px(3), brush.px(spot.beside ? 7 : 11));
    Point const corner{around_icon.right(), spot.beside ? around_icon.bottom() : around_icon.y};
    brush.disc(corner, brush.px(spot.beside ? 9 : 11), colour);
    if (refused)
        draw_cross(brush, corner, brush.px(4.5F), brush.colours.on_accent, brush.px(2.6F));
    else
        draw_tick(brush, corner, brush.px(5), brush.colours.on_accent, brush.px(2.6F));
    brush.drawn.shapes.insert_or_assign((refused ? "refused:" : "accepted:") + name, around_icon);
}

/// Whether the stem from there to the server would run across another machine.
bool crosses_a_machine(CanvasLayout const& layout, Spot const& spot, Rect const& box) {
    std::vector<Point> const stem{{held_between(spot.icon.centre().x, box.x, box.right()), box.centre().y},
                                  spot.icon.centre()};
    for (Spot const& other : layout.spots)
        for (int part = 0; part <= 20; ++part) {
            Point const at = along(stem, part / 20.0);
            bool const hit = other.icon.contains(at) || other.name.contains(at) || other.note.contains(at);
            if (hit && other.host != spot.host)
                return true;
        }
    return false;
}

/// Where the callout may stand: above its server, then moved aside, then below.
std::vector<Rect> places_for(Brush const& brush, Frame const& frame, Spot const& spot, float w, float h) {
    float const above = spot.icon.y - brush.px(20) - h;
    float const below = spot.note.bottom() + brush.px(8);
    float const x = spot.icon.centre().x - w / 2;
    std::vector<Rect> places{{x, above, w, h}};
    for (float const aside : {-0.25F, 0.25F, -0.5F, 0.5F, -0.7F, 0.7F, -0.8F, 0.8F, -1.0F, 1.0F, -1.2F, 1.2F})
        places.push_back({x + aside * w, above, w, h});
    for (float const aside : {0.0F, -0.5F, 0.5F})
        places.push_back({x + aside * w, below, w, h});
    if (spot.mailbox)
        places.push_back({x, spot.mailbox->bottom() + brush.px(6), w, h});
    // Where it is crowded, anywhere that is free, the nearest first.
    std::vector<Rect> grid;
    Rect const area = frame.layout.area;
    for (float gy = area.y; gy + h <= area.bottom(); gy += h / 2)
        for (float gx = area.x; gx + w <= area.right(); gx += w / 4)
            if (Rect const box{gx, gy, w, h}; !crosses_a_machine(frame.layout, spot, box))
                grid.push_back(box);
    auto const distance = [&](Rect const& rect) {
        Point const way = rect.centre() - spot.icon.centre();
        return way.x * way.x + way.y * way.y;
    };
    std::stable_sort(grid.begin(), grid.end(),
                     [&](Rect const& a, Rect const& b) { return distance(a) < distance(b); });
    places.insert(places.end(), grid.begin(), grid.end());
    return places;
}

void mark_in_place(Brush& brush, Rect rect, std::string const& server, Refusal const& refusal,
                   Intents& intents) {
    brush.drawn.shapes.insert_or_assign("callout:" + server, rect);
    if (press_area(brush.drawn, "callout:" + server, rect).clicked)
        intents.push_back(
            Choose{refusal.session.valid() ? Subject{refusal.session} : Subject{refusal.message}});
}

/// One mark for each server, however many it refused.
std::vector<Refusal> marks_of(std::vector<Refusal> const& refusals) {
    std::vector<Refusal> marks;
    for (Refusal const& refusal : refusals) {
        auto const mark = std::find_if(marks.begin(), marks.end(),
                                       [&](Refusal const& other) { return other.by == refusal.by; });
        if (mark == marks.end())
            marks.push_back(refusal);
        else
            *mark = merged(*mark, refusal);
    }
    return marks;
}

} // namespace

RefusalWords words_of(Frame const& frame, Refusal const& refusal) {
    RefusalWords words;
    words.title = capitalised(plain_words(reason_of(refusal.saying)));
    Reply const reply = reply_behind(frame, refusal);
    if (reply.code != 0)
        words.code = std::to_string(reply.code);
    if (reply.enhanced)
        words.code += (words.code.empty() ? "" : " ") + to_text(*reply.enhanced);
    if (refusal.count > 1)
        words.code += fmt::format("{}{} times", words.code.empty() ? "" : " · ", refusal.count);
    if (refusal.others > 0)
        words.code += fmt::format("{}+{} other", words.code.empty() ? "" : " · ", refusal.others);
    return words;
}

std::pair<float, float> callout_size(Brush const& brush, std::string_view title, std::string_view code) {
    float const text = std::max(width_of(brush.fonts.head, title), width_of(brush.fonts.small_bold, code));
    float const most = brush.px(300);
    return {std::min(text + brush.px(54), most), code.empty() ? brush.px(32) : brush.px(52)};
}

void draw_callout(Brush& brush, Rect box, Point points_at, std::string_view title, std::string_view code) {
    Point const foot{held_between(points_at.x, box.x + brush.px(14), box.right() - brush.px(14)),
                     points_at.y > box.centre().y ? box.bottom() : box.y};
    brush.line(foot, points_at, brush.colours.refused, brush.px(3));
    brush.fill(box, brush.colours.surface, brush.px(10));
    brush.outline(box, brush.colours.refused, brush.px(3), brush.px(10));
    draw_cross(brush, {box.x + brush.px(24), box.centre().y}, brush.px(10), brush.colours.refused,
               brush.px(5));
    Rect const texts{box.x + brush.px(44), box.y + brush.px(4), box.w - brush.px(52), box.h - brush.px(8)};
    float const half = code.empty() ? texts.h : texts.h * 0.54F;
    brush.text({texts.x, texts.y, texts.w, half}, brush.fonts.head, brush.colours.refused, title);
    if (!code.empty())
        brush.text({texts.x, texts.y + half, texts.w, texts.h - half}, brush.fonts.small_bold,
                   brush.colours.refused, code);
    brush.drawn.labels.push_back({std::string{title}, box});
}

void draw_refusals(Brush& brush, Frame const& frame, Intents& intents) {
    if (frame.state.last_decision.valid()) {
        DecisionRecord const& record = frame.trace.decisions[frame.state.last_decision];
        Session const& session = frame.trace.sessions[record.session];
        if (record.decision.verdict == Verdict::accept && frame.state.conversation(record.session) != nullptr)
            draw_decided(brush, frame.layout.spot(session.server), frame.world.hosts[session.server].name,
                         Verdict::accept);
    }
    std::vector<Rect> obstacles = obstacles_of(frame.layout);
    obstacles.push_back(frame.layout.dns);
    for (Refusal const& refusal : marks_of(frame.state.refusals)) {
        Spot const& spot = frame.layout.spot(refusal.by);
        std::string const& name = frame.world.hosts[refusal.by].name;
        draw_decided(brush, spot, name, Verdict::refuse);
        RefusalWords const words = words_of(frame, refusal);
        if (spot.cramped) { // no room for a box: the words have taken the place of the machine's note
            mark_in_place(brush, spot.note, name, refusal, intents);
            continue;
        }
        auto const [w, h] = callout_size(brush, words.title, words.code);
        Rect const place =
            free_place(brush.drawn, frame.layout.area, places_for(brush, frame, spot, w, h), obstacles);
        Point const top{spot.icon.centre().x, spot.icon.y - brush.px(9)};
        Point const bottom{spot.icon.centre().x, spot.icon.bottom() + brush.px(9)};
        draw_callout(brush, place, place.centre().y < spot.icon.centre().y ? top : bottom, words.title,
                     words.code);
        mark_in_place(brush, place, name, refusal, intents);
    }
}

} // namespace mailflow::viz
