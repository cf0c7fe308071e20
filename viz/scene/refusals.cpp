// The marks of what servers decided: a frame around the server, and where it refused, a box that stays and
// says so in the words of the field with the reply's code.
#include "report/words/words.hpp"
#include "viz/draw/icons.hpp"
#include "viz/scene/row_words.hpp"
#include "viz/scene/scene.hpp"
#include "viz/scene/signs.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

namespace mailflow::viz {

namespace {

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
    bool const in_row = spot.standing == Standing::line;
    Rect const frame =
        draw_decided(brush, spot.icon, decided, size, in_row ? std::optional{spot.cell} : std::nullopt);
    std::string const what = decided == Decided::refused   ? "refused:"
                             : decided == Decided::put_off ? "put off:"
                                                           : "accepted:";
    brush.drawn.shapes.insert_or_assign(what + name, frame);
}

/// Where the callout may stand: above its server, then moved aside, then below.
std::vector<Rect> places_near(Brush const& brush, Spot const& spot, float w, float h) {
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

/// The same, and then beside the server's place.
std::vector<Rect> places_for(Brush const& brush, Spot const& spot, float w, float h) {
    std::vector<Rect> places = places_near(brush, spot, w, h);
    for (float const down : {0.0F, 1.2F, -1.2F, 2.4F, -2.4F})
        for (float const left : {spot.cell.right() + brush.px(16), spot.cell.x - brush.px(16) - w})
            places.push_back({left, spot.icon.centre().y - h / 2 + down * h, w, h});
    return places;
}

/// Where the stem of a callout in that place ends: on the side of the server that is turned to it.
Point pointed_at(Brush const& brush, Spot const& spot, Rect place) {
    float const off = brush.px(9);
    Point const middle = spot.icon.centre();
    if (place.x >= spot.cell.right())
        return {spot.icon.right() + off, middle.y};
    if (place.right() <= spot.cell.x)
        return {spot.icon.x - off, middle.y};
    if (place.centre().y < middle.y)
        return {middle.x, spot.icon.y - off};
    return {middle.x, spot.mailbox ? spot.mailbox->bottom() : spot.note.bottom()};
}

void make_pressable(Frame const& frame, Rect rect, Refusal const& refusal, Hits& hits) {
    hits.add("callout:" + frame.world.hosts[refusal.by].name, rect,
             Choose{refusal.session.valid() ? Subject{refusal.session} : Subject{refusal.message}});
}

/// Beside a row that has no room for the words of its refusal: in one line, where that is free.
std::optional<Rect> draw_tag_near(Brush& brush, Frame const& frame, Spot const& spot,
                                  RefusalWords const& words, std::vector<Rect> obstacles) {
    for (Spot const& other : frame.layout.spots) // there it would be taken for theirs
        if (other.host.valid() && other.column != spot.column)
            obstacles.push_back(other.cell.inset(brush.px(1)));
    Face const font = brush.fonts.small_bold;
    std::string const said = words.number.empty() ? words.brief : words.number + " " + words.brief;
    float const w = width_of(font, said) + brush.px(16);
    float const h = std::round(height_of(font)) + brush.px(4);
    std::vector<Rect> places;
    for (float const y : {spot.cell.bottom() + brush.px(1), spot.cell.y - h - brush.px(1)})
        for (float const aside : {0.0F, 0.5F, 1.0F})
            places.push_back({spot.icon.x + aside * (spot.cell.right() - w - spot.icon.x), y, w, h});
    for (float const down : {0.0F, 1.0F, -1.0F, 2.0F, -2.0F})
        for (float const x : {spot.cell.right() + brush.px(20), spot.cell.x - brush.px(20) - w})
            places.push_back({x, spot.cell.centre().y - h / 2 + down * h, w, h});
    Rect const place = free_place(brush.drawn, frame.picture, places, obstacles);
    if (!is_free(brush.drawn, place, obstacles))
        return std::nullopt;
    brush.fill(place, brush.colours.surface, brush.px(6));
    Colour const colour = colour_of(brush.colours, words.decided);
    brush.outline(place, colour, brush.px(1.5F), brush.px(6));
    brush.label(place, font, colour, said);
    return place;
}

/// Where there is no room for a box near the server: its words in the place of the machine's note.
void mark_in_place(Brush& brush, Frame const& frame, Spot const& spot, RefusalWords const& words) {
    brush.drawn.shapes.insert_or_assign("callout:" + frame.world.hosts[spot.host].name, spot.note);
    if (spot.cramped)
        return; // the note says it already
    brush.fill(spot.note, colour_of(brush.colours, words.decided), brush.px(5));
    Face const font = brush.fonts.small_bold;
    std::string said = words.title + (words.number.empty() ? "" : " " + words.number);
    if (width_of(font, said) > spot.note.w)
        said = (words.number.empty() ? "" : words.number + " ") + words.brief;
    if (width_of(font, said) > spot.note.w) // the reason says more than its code
        said = words.brief;
    brush.label(spot.note, font, brush.colours.on_accent, said);
}

/// Counts all that the server has refused so far, as its details do: what was refused before it took a later
/// message leaves no mark of its own, but has happened.
void count_all(Frame const& frame, Filter const& filter, Refusal& mark) {
    auto const count = [&](std::span<EventNumber const> replies) {
        auto const is_shown = [&](EventNumber number) {
            auto const& sent = std::get<ReplySent>(frame.trace.events[number].happening);
            return passes(filter, frame.trace, frame.trace.sessions[sent.session]);
        };
        return static_cast<std::uint32_t>(filter.shows_all()
                                              ? static_cast<std::ptrdiff_t>(replies.size())
                                              : std::count_if(replies.begin(), replies.end(), is_shown));
    };
    std::uint32_t const alike = count(frame.lists.refusals_like(mark.by, mark.saying, frame.state.applied));
    if (alike == 0)
        return; // it gave up by its own insight, and no reply says so
    std::uint32_t const refused = count(frame.lists.refusals(mark.by, frame.state.applied));
    mark.count = alike;
    mark.others = class_of(mark.saying) == SayingClass::permanent ? refused - alike : 0;
}

/// One mark for each server, with the count of all.
std::vector<Refusal> marks_of(Frame const& frame, Filter const& filter, std::vector<Refusal> const& said) {
    std::vector<Refusal> marks;
    for (Refusal const& one : said) {
        if (!passes(filter, frame.trace, one.message, one.by, one.client))
            continue;
        auto const mark = std::find_if(marks.begin(), marks.end(),
                                       [&](Refusal const& other) { return other.by == one.by; });
        if (mark == marks.end())
            marks.push_back(one);
        else
            *mark = merged(*mark, one);
    }
    for (Refusal& mark : marks)
        count_all(frame, filter, mark);
    return marks;
}

} // namespace

std::vector<Refusal> refusal_marks(Frame const& frame, Filter const& filter) {
    return marks_of(frame, filter, frame.state.refusals);
}

std::vector<Refusal> put_off_marks(Frame const& frame, Filter const& filter) {
    std::vector<Refusal> marks = marks_of(frame, filter, frame.state.put_off);
    std::erase_if(marks, [&](Refusal const& mark) {
        return std::any_of(frame.state.refusals.begin(), frame.state.refusals.end(),
                           [&](Refusal const& refusal) { return refusal.by == mark.by; });
    });
    return marks;
}

namespace {

/// What the scenario has the server say, without the mailbox that it is about: "mailbox is full". Empty where
/// it says nothing else.
std::string prescribed_words(Reply const& reply) {
    if (reply.lines.empty())
        return {};
    std::string_view words = reply.lines.front();
    if (words.starts_with('<'))
        words.remove_prefix(std::min(words.find('>') + 1, words.size()));
    std::size_t const begin = words.find_first_not_of(" :");
    return begin == std::string_view::npos ? std::string{} : std::string{words.substr(begin)};
}

} // namespace

namespace {

/// The same as the words of the reason, where those are long.
std::string_view brief_words(Reason reason) {
    switch (reason) {
    case Reason::blocklisted: return "on a blocklist";
    case Reason::too_many_sessions: return "too many sessions";
    case Reason::too_many_recipients: return "too many recipients";
    case Reason::bad_address: return "address not taken";
    case Reason::greylisted: return "greylisted";
    case Reason::unreachable: return "not reached";
    default: return plain_words(reason);
    }
}

} // namespace

RefusalWords words_of(Frame const& frame, Refusal const& refusal) {
    RefusalWords words;
    Reply const reply = reply_behind(frame, refusal);
    std::string const own = is_scripted(refusal.saying) ? prescribed_words(reply) : std::string{};
    Reason const reason = reason_of(refusal.saying);
    words.decided = refusal.is_final ? Decided::refused : Decided::put_off;
    words.title = with_capital(own.empty() ? std::string{plain_words(reason)} : own);
    words.brief = own.empty() ? std::string{brief_words(reason)} : own;
    if (reply.code != 0)
        words.number = words.code = std::to_string(reply.code);
    if (reply.enhanced)
        words.code += (words.code.empty() ? "" : " ") + to_text(*reply.enhanced);
    std::string_view const between = words.code.empty() ? "" : " · ";
    if (refusal.others > 0)
        words.code +=
            fmt::format("{}{} of {} refusals", between, refusal.count, refusal.count + refusal.others);
    else if (refusal.count > 1)
        words.code += fmt::format("{}{} times", between, refusal.count);
    if (refusal.count > 1)
        words.times = fmt::format("×{}", refusal.count);
    return words;
}

Callout callout_of(Brush const& brush, RefusalWords const& words, float most_width) {
    float const most = brush.px(most_width);
    Callout callout{.lines = wrapped(brush.fonts.head, words.title, most, 3),
                    .code = words.code,
                    .decided = words.decided,
                    .w = 0,
                    .h = 0};
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
    Point foot{held_between(points_at.x, box.x + brush.px(14), box.right() - brush.px(14)),
               points_at.y > box.centre().y ? box.bottom() : box.y};
    if (points_at.y > box.y && points_at.y < box.bottom()) // it points aside
        foot = {points_at.x < box.x ? box.x : box.right(), points_at.y};
    bool const refused = callout.decided == Decided::refused;
    Colour const colour = colour_of(brush.colours, callout.decided);
    brush.line(foot, points_at, colour, brush.px(3));
    brush.fill(box, brush.colours.surface, brush.px(10));
    brush.outline(box, colour, brush.px(3), brush.px(10));
    Point const sign{box.x + brush.px(24), box.centre().y};
    if (refused)
        draw_cross(brush, sign, brush.px(10), colour, brush.px(5));
    else
        draw_clock(brush, sign, brush.px(11), colour);
    Rect line{box.x + brush.px(44), box.y + brush.px(5), box.w - brush.px(52), brush.px(22)};
    std::string title;
    for (std::string const& words : callout.lines) {
        brush.text(line, brush.fonts.head, colour, words);
        line.y = line.bottom();
        title += (title.empty() ? "" : " ") + words;
    }
    if (!callout.code.empty())
        brush.text({line.x, line.y, line.w, brush.px(19)}, brush.fonts.small_bold, colour, callout.code);
    brush.drawn.labels.push_back({callout.code.empty() ? title : title + " " + callout.code, box});
}

namespace {

/// A box with the words near the server, where there is room for one; where it is. In rows and beside small
/// pictures the note tells it all; where it has room for the code only, the box has the words.
std::optional<Rect> draw_callout_near(Brush& brush, Frame const& frame, Spot const& spot, RefusalWords words,
                                      std::vector<Rect> const& obstacles) {
    bool const note_tells = width_of(brush.fonts.small_bold, words.title) <= spot.note.w;
    if (spot.standing != Standing::upright || (spot.cramped && note_tells))
        return std::nullopt;
    bool const later = words.decided == Decided::put_off && callout_of(brush, words).w > spot.cell.w;
    if (spot.cramped)
        words.code.clear();
    if (spot.cramped || later)
        words.title = with_capital(words.brief); // the box would stand over the neighbours
    RefusalWords in_one_line = words;            // which is lower
    for (std::string const* const more : {&words.number, &words.times})
        in_one_line.title += words.code.empty() || more->empty() ? "" : " " + *more;
    in_one_line.code.clear();
    using Places = std::vector<Rect> (*)(Brush const&, Spot const&, float, float);
    struct Try {
        RefusalWords const& words;
        float most_width;
        Places places;
    };
    // Near its server it is seen whose it is, whatever form it has.
    for (auto const& [said, most_width, places] :
         {Try{words, widest_callout, places_near}, Try{words, 180, places_near},
          Try{in_one_line, widest_callout, places_near}, Try{words, widest_callout, places_for},
          Try{words, 180, places_for}}) {
        Callout const callout = callout_of(brush, said, most_width);
        Rect const place =
            free_place(brush.drawn, frame.picture, places(brush, spot, callout.w, callout.h), obstacles);
        if (!is_free(brush.drawn, place, obstacles))
            continue;
        draw_callout(brush, {place.x, place.y}, pointed_at(brush, spot, place), callout);
        return place;
    }
    return std::nullopt;
}

/// Those who said "come back later": a box where there is room near them; in rows the frame has to do.
void draw_put_off(Brush& brush, Frame const& frame, Filter const& filter, std::vector<Rect> const& obstacles,
                  Hits& hits) {
    for (Refusal const& mark : put_off_marks(frame, filter)) {
        Spot const& spot = frame.layout.spot(mark.by);
        if (!spot.host.valid())
            continue;
        std::string const& name = frame.world.hosts[mark.by].name;
        auto const box = draw_callout_near(brush, frame, spot, words_of(frame, mark), obstacles);
        mark_decided(brush, spot, name, Decided::put_off);
        if (!box)
            continue;
        brush.drawn.shapes.insert_or_assign("put off callout:" + name, *box);
        make_pressable(frame, *box, mark, hits);
    }
}

} // namespace

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
    for (Spot const& spot : frame.layout.spots) // there lies what a server has to send, what it returns, too
        if (spot.host.valid() && is_server(frame.world, spot.host))
            obstacles.push_back(stack_of(frame.layout, spot));
    std::vector<Refusal> const marks = refusal_marks(frame, view.filter);
    auto const is_wide = [&](Refusal const& refusal) { // wider than the place of its server
        Spot const& spot = frame.layout.spot(refusal.by);
        return spot.host.valid() && spot.standing == Standing::upright &&
               callout_of(brush, words_of(frame, refusal), widest_callout).w > spot.cell.w;
    };
    auto const wide = std::count_if(marks.begin(), marks.end(), is_wide);
    for (Refusal const& refusal : marks) {
        Spot const& spot = frame.layout.spot(refusal.by);
        if (!spot.host.valid())
            continue;
        RefusalWords words = words_of(frame, refusal);
        if (wide > 1 && is_wide(refusal)) // they would take each other's room
            words.title = with_capital(words.brief);
        std::optional<Rect> box;
        if (std::optional<RowWords> const in_row = words_in_row(brush, spot, words))
            box = in_row->place; // it says it already
        else if (spot.standing == Standing::line)
            box = draw_tag_near(brush, frame, spot, words, obstacles);
        else
            box = draw_callout_near(brush, frame, spot, words, obstacles);
        if (!box)
            mark_in_place(brush, frame, spot, words);
        else
            brush.drawn.shapes.insert_or_assign("callout:" + frame.world.hosts[refusal.by].name, *box);
        mark_decided(brush, spot, frame.world.hosts[refusal.by].name, words.decided); // its sign on top
        make_pressable(frame, box.value_or(spot.note), refusal, hits);
    }
    draw_put_off(brush, frame, view.filter, obstacles, hits);
}

} // namespace mailflow::viz
