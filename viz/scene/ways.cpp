// The roads between machines: dotted where nobody talks, solid while a connection stands, broken where the
// envelope was stopped; and the DNS with its questions and answers.
#include "report/words.hpp"
#include "viz/draw/icons.hpp"
#include "viz/scene/envelopes.hpp"
#include "viz/scene/scene.hpp"

#include <fmt/format.h>

namespace mailflow::viz {

namespace {

/// Whether the client has told who it is: the difference that this program is about.
void draw_login_note(Brush& brush, Frame const& frame, Conversation const& conversation) {
    Session const& session = frame.trace.sessions[conversation.session];
    if (is_server(frame.world, session.client) || !(conversation.authenticated || conversation.mail_sent))
        return;
    std::vector<Point> const road = road_of(frame, conversation.session);
    if (road.empty())
        return;
    std::string const words = conversation.authenticated ? "logged in" : "not logged in";
    Colour const colour = conversation.authenticated ? brush.colours.accepted
                          : conversation.refused     ? brush.colours.refused
                                                     : brush.colours.quiet;
    float const w = width_of(brush.fonts.small_bold, words) + brush.px(4);
    float const h = brush.px(20);
    Point const middle = along(road, 0.5);
    std::vector<Rect> const candidates{around({middle.x, middle.y + brush.px(28)}, w, h),
                                       around({middle.x, middle.y - brush.px(28)}, w, h)};
    Rect const place = free_place(brush.drawn, frame.layout.area, candidates, obstacles_of(frame.layout));
    brush.fill(place, brush.colours.canvas, brush.px(6));
    brush.label(place, brush.fonts.small_bold, colour, words);
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

} // namespace

void draw_roads(Brush& brush, Frame const& frame, ViewState const&) {
    for (Road const& road : frame.layout.roads)
        brush.dashes(road.path, brush.colours.road, brush.px(3), brush.px(2), brush.px(8));
    for (DnsRoad const& road : frame.layout.dns_roads)
        brush.dashes(road.path, brush.colours.place_line, brush.px(2.5F), brush.px(2), brush.px(8));
    for (Conversation const& conversation : frame.state.conversations) {
        std::vector<Point> const road = road_of(frame, conversation.session);
        if (road.empty())
            continue;
        if (conversation.refused)
            brush.dashes(road, brush.colours.refused, brush.px(3.5F), brush.px(9), brush.px(8));
        else if (conversation.stage == ConversationStage::open)
            brush.path(road, brush.colours.accent, brush.px(3));
        else
            brush.dashes(road, brush.colours.accent, brush.px(3), brush.px(9), brush.px(8));
    }
}

void draw_dns(Brush& brush, Frame const& frame, ViewState const&) {
    Rect const cloud = frame.layout.dns;
    draw_cloud(brush, cloud, brush.colours.place, brush.colours.place_line);
    float const line = brush.px(20);
    bool const answered = frame.state.last_answer.valid();
    float const y = cloud.y + cloud.h * (answered ? 0.30F : 0.44F);
    brush.label({cloud.x, y, cloud.w, line}, brush.fonts.head, brush.colours.ink, "DNS");
    if (answered) {
        Lookup const& lookup = frame.trace.lookups[frame.state.last_answer];
        float const pad = brush.px(16);
        Rect const first{cloud.x + pad, y + line + brush.px(2), cloud.w - 2 * pad, line};
        brush.label(first, brush.fonts.small, brush.colours.quiet, frame.world.book.name(lookup.name));
        brush.label({first.x, first.bottom(), first.w, line}, brush.fonts.small, brush.colours.quiet,
                    short_answer(frame.world, lookup));
    }
    for (Conversation const& conversation : frame.state.conversations)
        draw_login_note(brush, frame, conversation);
}

} // namespace mailflow::viz
