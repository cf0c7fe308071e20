// The marks of what servers decided: a frame around the server, and where it refused, a box that stays and
// says so in the words of the field with the reply's code.
#include "report/words.hpp"
#include "viz/draw/icons.hpp"
#include "viz/scene/scene.hpp"
#include "viz/scene/signs.hpp"

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
    Message const& message = frame.trace.messages[refusal.message];
    for (std::uint32_t i = 0; i < message.recipient_count; ++i) {
        RecipientId const recipient{message.first_recipient.index + i};
        EventNumber const number = frame.lists.settling(recipient);
        if (number == never || frame.trace.recipients[recipient].address != refusal.recipient)
            continue;
        auto const& settled = std::get<RecipientSettled>(frame.trace.events[number].happening);
        if (settled.saying == refusal.saying)
            return reply_of(frame.world, frame.trace, frame.index, settled);
    }
    return {};
}

void mark_decided(Brush& brush, Spot const& spot, std::string const& name, Decided decided) {
    float const size = spot.standing == Standing::upright  ? 1.0F
                       : spot.standing == Standing::beside ? 0.82F
                                                           : 0.57F;
    bool const refused = decided == Decided::refused;
    Rect const frame = draw_decided(brush, spot.icon, decided, size);
    brush.drawn.shapes.insert_or_assign((refused ? "refused:" : "accepted:") + name, frame);
}

/// Where the callout may stand: above its server, then moved aside, then below.
std::vector<Rect> places_for(Brush const& brush, Spot const& spot, float w, float h) {
    float const above = spot.icon.y - brush.px(20) - h;
    float const below = spot.note.bottom() + brush.px(8);
    float const x = spot.icon.centre().x - w / 2;
    std::vector<Rect> places{{x, above, w, h}};
    for (float const aside : {-0.15F, 0.15F, -0.3F, 0.3F, -0.45F, 0.45F, -0.6F, 0.6F})
        places.push_back({x + aside * w, above, w, h});
    for (float const aside : {0.0F, -0.15F, 0.15F, -0.3F, 0.3F}) // closer, where a label is just in the way
        places.push_back({x + aside * w, above + brush.px(7), w, h});
    for (float const aside : {0.0F, -0.5F, 0.5F})
        places.push_back({x + aside * w, below, w, h});
    if (spot.mailbox)
        places.push_back({x, spot.mailbox->bottom() + brush.px(6), w, h});
    return places;
}

void make_pressable(Frame const& frame, Rect rect, Refusal const& refusal, Hits& hits) {
    hits.add("callout:" + frame.world.hosts[refusal.by].name, rect,
             Choose{refusal.session.valid() ? Subject{refusal.session} : Subject{refusal.message}});
}

/// Where there is no room for a box near the server: its words in the place of the machine's note.
void mark_in_place(Brush& brush, Frame const& frame, Spot const& spot, RefusalWords const& words) {
    brush.drawn.shapes.insert_or_assign("callout:" + frame.world.hosts[spot.host].name, spot.note);
    if (spot.cramped)
        return; // the note says it already
    brush.fill(spot.note, brush.colours.refused, brush.px(5));
    brush.text(spot.note, brush.fonts.small_bold, brush.colours.on_accent,
               words.title + (words.code.empty() ? "" : " " + words.code.substr(0, 3)), Align::centre);
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

Callout callout_of(Brush const& brush, RefusalWords const& words) {
    float const most = brush.px(290);
    Callout callout{
        .lines = wrapped(brush.fonts.head, words.title, most, 3), .code = words.code, .w = 0, .h = 0};
    float text = width_of(brush.fonts.small_bold, callout.code);
    for (std::string const& line : callout.lines)
        text = std::max(text, width_of(brush.fonts.head, line));
    callout.w = std::min(text, most) + brush.px(54);
    callout.h = brush.px(10) + brush.px(22) * static_cast<float>(callout.lines.size()) +
                (callout.code.empty() ? 0 : brush.px(20));
    return callout;
}

void draw_callout(Brush& brush, Point corner, Point points_at, Callout const& callout) {
    Rect const box{corner.x, corner.y, callout.w, callout.h};
    Point const foot{held_between(points_at.x, box.x + brush.px(14), box.right() - brush.px(14)),
                     points_at.y > box.centre().y ? box.bottom() : box.y};
    brush.line(foot, points_at, brush.colours.refused, brush.px(3));
    brush.fill(box, brush.colours.surface, brush.px(10));
    brush.outline(box, brush.colours.refused, brush.px(3), brush.px(10));
    draw_cross(brush, {box.x + brush.px(24), box.centre().y}, brush.px(10), brush.colours.refused,
               brush.px(5));
    Rect line{box.x + brush.px(44), box.y + brush.px(5), box.w - brush.px(52), brush.px(22)};
    std::string title;
    for (std::string const& words : callout.lines) {
        brush.text(line, brush.fonts.head, brush.colours.refused, words);
        line.y = line.bottom();
        title += (title.empty() ? "" : " ") + words;
    }
    if (!callout.code.empty())
        brush.text({line.x, line.y, line.w, brush.px(19)}, brush.fonts.small_bold, brush.colours.refused,
                   callout.code);
    brush.drawn.labels.push_back({title, box});
}

void draw_refusals(Brush& brush, Frame const& frame, ViewState const& view, Hits& hits) {
    if (frame.state.last_decision.valid()) {
        DecisionRecord const& record = frame.trace.decisions[frame.state.last_decision];
        Session const& session = frame.trace.sessions[record.session];
        if (record.decision.verdict == Verdict::accept && frame.state.conversation(record.session) != nullptr)
            mark_decided(brush, frame.layout.spot(session.server), frame.world.hosts[session.server].name,
                         Decided::accepted);
    }
    std::vector<Rect> obstacles = obstacles_of(frame.layout);
    obstacles.push_back(frame.layout.dns);
    std::vector<Refusal> shown;
    std::copy_if(frame.state.refusals.begin(), frame.state.refusals.end(), std::back_inserter(shown),
                 [&](Refusal const& refusal) { return passes(view.filter, frame.trace, refusal.message); });
    for (Refusal const& refusal : marks_of(shown)) {
        Spot const& spot = frame.layout.spot(refusal.by);
        if (!spot.host.valid())
            continue;
        mark_decided(brush, spot, frame.world.hosts[refusal.by].name, Decided::refused);
        RefusalWords const words = words_of(frame, refusal);
        Callout const callout = callout_of(brush, words);
        std::vector<Rect> const places = places_for(brush, spot, callout.w, callout.h);
        Rect const place = free_place(brush.drawn, frame.picture, places, obstacles);
        if (spot.cramped || !is_free(brush.drawn, place, obstacles)) {
            mark_in_place(brush, frame, spot, words);
            make_pressable(frame, spot.note, refusal, hits);
            continue;
        }
        Point const top{spot.icon.centre().x, spot.icon.y - brush.px(9)};
        float const below = spot.mailbox ? spot.mailbox->bottom() : spot.note.bottom();
        Point const bottom{spot.icon.centre().x, below};
        draw_callout(brush, {place.x, place.y}, place.centre().y < spot.icon.centre().y ? top : bottom,
                     callout);
        brush.drawn.shapes.insert_or_assign("callout:" + frame.world.hosts[refusal.by].name, place);
        make_pressable(frame, place, refusal, hits);
    }
}

} // namespace mailflow::viz
