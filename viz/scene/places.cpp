// Networks as places, the machines in them, and the mailboxes.
#include "base/text.hpp"
#include "viz/columns.hpp"
#include "viz/draw/icons.hpp"
#include "viz/scene/scene.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace mailflow::viz {

namespace {

void draw_place(Brush& brush, World const& world, Place const& place) {
    Network const& network = world.networks[place.network];
    brush.fill(place.box, brush.colours.place, brush.px(16));
    brush.outline(place.box, brush.colours.place_line, brush.px(1.2F), brush.px(16));
    float const pad = brush.px(14);
    brush.label({place.box.x + pad, place.box.y + brush.px(6), place.box.w - 2 * pad, brush.px(26)},
                brush.fonts.small_bold, brush.colours.quiet, network.label, Align::left);
    if (place.trusted)
        brush.label({place.box.x + pad, place.box.y + brush.px(28), place.box.w - 2 * pad, brush.px(20)},
                    brush.fonts.small, brush.colours.accepted, "trusted network", Align::left);
    float const line = brush.px(21);
    if (!place.empty || place.box.h < brush.px(50) + 2 * line)
        return;
    float const room = place.box.h - brush.px(54);
    float const y = place.box.y + brush.px(50) + std::max(0.0F, (room - 2 * line) / 2 - brush.px(4));
    brush.label({place.box.x + pad, y, place.box.w - 2 * pad, line}, brush.fonts.small, brush.colours.quiet,
                "nobody is here");
    brush.label({place.box.x + pad, y + line, place.box.w - 2 * pad, line}, brush.fonts.small,
                brush.colours.quiet, to_text(network.range));
}

struct Fill {
    std::uint32_t count = 0;
    std::string owner; // the one whose mailbox it is; empty when there are several
};

/// What lies in the server's mailboxes, of those that the run's mail is for.
Fill fill_of(Frame const& frame, HostId host) {
    Fill fill;
    for (MailboxFill const& mailbox : frame.state.mailboxes)
        if (mailbox.server == host)
            fill.count += mailbox.count;
    ServerPolicy const& policy = frame.present.server_on(host).policy;
    std::vector<LocalPartId> owners;
    for (Recipient const& recipient : frame.trace.recipients) {
        AddressBook::Address const& address = frame.world.book[recipient.address];
        if (handled_at(policy, address.domain) &&
            std::find(owners.begin(), owners.end(), address.local_part) == owners.end())
            owners.push_back(address.local_part);
    }
    if (owners.size() == 1)
        fill.owner = frame.world.book.name(owners.front());
    return fill;
}

std::string caption_of(Fill const& fill) {
    if (fill.owner.empty())
        return fill.count == 0 ? "mailboxes: empty" : count_of(fill.count, "message", "messages");
    return fill.count == 0 ? fill.owner + ": empty" : fmt::format("{}: {} new", fill.owner, fill.count);
}

void draw_filled_mailbox(Brush& brush, Frame const& frame, Spot const& spot) {
    Fill const fill = fill_of(frame, spot.host);
    float const caption = brush.px(21);
    float const height = std::min(spot.mailbox->h - caption, brush.px(50));
    Rect const icon =
        around({spot.mailbox->centre().x, spot.mailbox->y + height / 2}, height * 1.36F, height);
    draw_mailbox(brush, icon, fill.count > 0 ? brush.colours.accepted : brush.colours.road);
    brush.drawn.shapes.insert_or_assign("mailbox:" + frame.world.hosts[spot.host].name, icon);
    if (fill.count > 0) {
        Point const badge{icon.right() - brush.px(2), icon.y + brush.px(2)};
        brush.disc(badge, brush.px(13), brush.colours.accepted);
        std::string const count = fill.count > 99 ? "99+" : std::to_string(fill.count);
        brush.text(around(badge, brush.px(26), brush.px(26)), brush.fonts.small_bold, brush.colours.on_accent,
                   count, Align::centre);
    }
    brush.label({spot.mailbox->x, icon.bottom() + brush.px(1), spot.mailbox->w, caption}, brush.fonts.small,
                brush.colours.quiet, caption_of(fill));
}

bool is_down(Frame const& frame, HostId host) {
    return is_server(frame.world, host) && !frame.present.server_on(host).up;
}

/// The line below a machine's name.
std::string note_of(Frame const& frame, Spot const& spot) {
    World const& world = frame.world;
    Host const& machine = frame.present.host(spot.host);
    if (!is_server(world, spot.host))
        return to_text(machine.address);
    if (is_down(frame, spot.host))
        return "down";
    if (!spot.mailbox && shows_mailbox(world, frame.trace, spot.host))
        return caption_of(fill_of(frame, spot.host));
    ServerPolicy const& policy = frame.present.server_on(spot.host).policy;
    if (policy.open_relay)
        return "open relay";
    std::vector<std::string> names;
    for (DomainId const domain : policy.handles)
        names.push_back(world.book.name(domain));
    return names.empty() ? "handles no domain" : "handles " + join_words(names);
}

Refusal const* refusal_by(Frame const& frame, HostId host) {
    for (Refusal const& refusal : frame.state.refusals)
        if (refusal.by == host)
            return &refusal;
    return nullptr;
}

bool is_chosen(ViewState const& view, HostId host) {
    return view.subject == Subject{host};
}

void draw_machine(Brush& brush, Frame const& frame, ViewState const& view, Spot const& spot,
                  Intents& intents) {
    std::string const& name = frame.world.hosts[spot.host].name;
    float const left = std::min(spot.icon.x, spot.name.x);
    float const top = std::min(spot.icon.y, spot.name.y);
    Rect const whole{left, top, std::max(spot.icon.right(), spot.name.right()) - left,
                     std::max(spot.icon.bottom(), spot.note.bottom()) - top};
    Press const press = press_area(brush.drawn, "machine:" + name, whole);
    if (press.clicked)
        intents.push_back(Choose{is_chosen(view, spot.host) ? Subject{} : Subject{spot.host}});
    if (press.hovered || is_chosen(view, spot.host)) {
        Rect const frame_rect = whole.inset(-brush.px(4));
        brush.fill(frame_rect, brush.colours.accent_fill, brush.px(10));
        if (is_chosen(view, spot.host))
            brush.outline(frame_rect, brush.colours.dns, brush.px(2), brush.px(10));
    }
    brush.drawn.shapes.insert_or_assign("icon:" + name, spot.icon);
    bool const down = is_down(frame, spot.host);
    if (down)
        brush.drawn.shapes.insert_or_assign("down:" + name, spot.note);
    if (is_server(frame.world, spot.host))
        draw_server(brush, spot.icon, down ? brush.colours.road : brush.colours.accent);
    else if (frame.world.hosts[spot.host].spammer.valid())
        draw_spammer(brush, spot.icon);
    else
        draw_person(brush, spot.icon);
    Align const align = spot.beside ? Align::left : Align::centre;
    brush.label(spot.name, brush.fonts.bold, brush.colours.ink, label_of(frame.world, spot.host), align);
    Refusal const* const refusal = spot.cramped && !down ? refusal_by(frame, spot.host) : nullptr;
    if (refusal != nullptr)
        brush.label(spot.note, brush.fonts.small_bold, brush.colours.refused, words_of(frame, *refusal).title,
                    align);
    else
        brush.label(spot.note, down ? brush.fonts.small_bold : brush.fonts.small,
                    down ? brush.colours.ink : brush.colours.quiet, note_of(frame, spot), align);
    if (spot.mailbox)
        draw_filled_mailbox(brush, frame, spot);
}

} // namespace

void draw_places(Brush& brush, Frame const& frame) {
    for (Place const& place : frame.layout.places)
        draw_place(brush, frame.world, place);
}

void draw_machines(Brush& brush, Frame const& frame, ViewState const& view, Intents& intents) {
    for (Spot const& spot : frame.layout.spots)
        if (spot.host.valid())
            draw_machine(brush, frame, view, spot, intents);
}

} // namespace mailflow::viz
