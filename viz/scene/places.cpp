// Networks as places, the machines in them, and the mailboxes.
#include "base/text.hpp"
#include "viz/columns.hpp"
#include "viz/draw/icons.hpp"
#include "viz/packing.hpp"
#include "viz/panels/message.hpp"
#include "viz/scene/scene.hpp"
#include "viz/scene/signs.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace mailflow::viz {

namespace {

/// Whether the place has the name of the only machine in it, which then says it better.
bool is_only_machine(Frame const& frame, Place const& place) {
    Spot const* only = nullptr;
    for (Spot const& spot : frame.layout.spots)
        if (spot.host.valid() && frame.present.host(spot.host).network == place.network) {
            if (only != nullptr)
                return false;
            only = &spot;
        }
    return only != nullptr && frame.world.networks[place.network].label == only->called;
}

void draw_place(Brush& brush, Frame const& frame, Place const& place) {
    Network const& network = frame.world.networks[place.network];
    brush.fill(place.box, brush.colours.place, brush.px(16));
    brush.outline(place.box, brush.colours.place_line, brush.px(1.2F), brush.px(16));
    float const pad = brush.px(14);
    brush.drawn.shapes.insert_or_assign("place:" + network.name, place.box);
    if (!is_only_machine(frame, place))
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
    bool fetched = false; // a mail program has a copy of the newest of each
    std::string owner;    // the one whose mailbox it is; empty when there are several
};

/// What lies in the server's mailboxes, of those that the run's mail is for.
Fill fill_of(Frame const& frame, HostId host) {
    Fill fill;
    for (MailboxFill const& mailbox : frame.state.mailboxes)
        if (mailbox.server == host && mailbox.count > 0) {
            bool const fetched = frame.lists.fetching(mailbox.newest) < frame.state.applied;
            fill.fetched = fetched && (fill.fetched || fill.count == 0);
            fill.count += mailbox.count;
        }
    ServerPolicy const& policy = frame.present.server_on(host).policy;
    std::vector<LocalPartId> owners;
    constexpr std::size_t most_looked_at = 200; // with that many it is nobody's alone
    for (std::size_t i = 0; i < std::min(frame.trace.recipients.size(), most_looked_at); ++i) {
        Recipient const& recipient = frame.trace.recipients[frame.trace.recipients.id_at(i)];
        AddressBook::Address const& address = frame.world.book[recipient.address];
        bool const is_known =
            policy.any_mailbox ||
            std::binary_search(policy.mailboxes.begin(), policy.mailboxes.end(), address.local_part);
        if (is_known && handled_at(policy, address.domain) &&
            std::find(owners.begin(), owners.end(), address.local_part) == owners.end())
            owners.push_back(address.local_part);
    }
    if (owners.size() == 1)
        fill.owner = frame.world.book.name(owners.front());
    return fill;
}

std::string caption_of(Fill const& fill) {
    std::string const whose = fill.owner.empty() ? "" : fill.owner + ": ";
    if (fill.count == 0)
        return fill.owner.empty() ? "mailboxes: empty" : whose + "empty";
    if (fill.fetched)
        return fmt::format("{}{}, fetched", whose, fill.count);
    return fill.owner.empty() ? count_of(fill.count, "message", "messages")
                              : fmt::format("{}{} new", whose, fill.count);
}

void draw_filled_mailbox(Brush& brush, Frame const& frame, Spot const& spot) {
    Fill const fill = fill_of(frame, spot.host);
    float const caption = brush.px(21);
    float const height = std::min(spot.mailbox->h - caption, brush.px(50));
    Rect const icon =
        around({spot.mailbox->centre().x, spot.mailbox->y + height / 2}, height * 1.36F, height);
    draw_mailbox_of(brush, icon, fill.count);
    brush.drawn.shapes.insert_or_assign("mailbox:" + frame.world.hosts[spot.host].name, icon);
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
    if (!spot.mailbox && spot.keeps_mail)
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

/// Whether mail only passes through it: it files nothing, and others send through it.
bool is_relay(Frame const& frame, HostId host) {
    ServerPolicy const& policy = frame.present.server_on(host).policy;
    bool const files = policy.any_mailbox || !policy.mailboxes.empty();
    return policy.open_relay || !policy.relays_for.empty() || (!files && policy.handles.empty());
}

void draw_face(Brush& brush, Frame const& frame, Spot const& spot, bool down) {
    Colour const colour = down ? brush.colours.road : brush.colours.accent;
    if (is_server(frame.world, spot.host)) {
        if (is_relay(frame, spot.host))
            draw_relay(brush, spot.icon, colour);
        else
            draw_server(brush, spot.icon, colour);
    } else if (frame.world.hosts[spot.host].spammer.valid()) {
        draw_spammer(brush, spot.icon);
    } else {
        draw_person(brush, spot.icon);
    }
    if (down)
        draw_down(brush, spot.icon);
}

/// At the end of a row there is room for a number.
std::string tail_of(Frame const& frame, Spot const& spot) {
    if (!spot.keeps_mail)
        return {};
    std::uint32_t const count = fill_of(frame, spot.host).count;
    return count == 0 ? "" : count > 999 ? "999+" : std::to_string(count);
}

/// The code, and below it the words; where they take more lines than there are, the code stands before them.
void say_refusal_beside(Brush& brush, Spot const& spot, RefusalWords const& words) {
    constexpr std::size_t most_lines = 3;
    Face const font = brush.fonts.small;
    float const w = spot.note.w;
    bool const below = wrapped(font, words.title, w, most_lines + 1).size() < most_lines;
    Rect line = spot.note;
    std::size_t const lines = wrapped(font, words.title, w, most_lines - 1).size() + (below ? 1 : 0);
    float const height = brush.px(21) + brush.paragraph_height(w, font, "x") * static_cast<float>(lines - 1);
    line.y = held_between(line.y, spot.name.bottom() - brush.px(2), spot.cell.bottom() - height);
    std::string said = words.title;
    if (!words.code.empty() && below) {
        std::string code = words.code;
        for (std::size_t cut;
             width_of(brush.fonts.small_bold, code) > w && (cut = code.rfind(" · ")) != std::string::npos;)
            code.resize(cut); // the numbers go first
        brush.label(line, brush.fonts.small_bold, brush.colours.refused, code, Align::left);
        line.y = line.bottom() - brush.px(2);
    } else if (!words.code.empty()) {
        said = words.code.substr(0, words.code.find(' ')) + " " + said;
    }
    float const used = brush.paragraph({line.x, line.y}, w, font, brush.colours.refused, said,
                                       below ? most_lines - 1 : most_lines);
    brush.drawn.labels.push_back({said, {line.x, line.y, w, used}});
}

void draw_note(Brush& brush, Frame const& frame, Spot const& spot, bool down) {
    bool const in_line = spot.standing == Standing::line;
    Align const align = spot.standing == Standing::upright ? Align::centre : Align::left;
    Refusal const* const refusal = spot.cramped && !down ? refusal_by(frame, spot.host) : nullptr;
    if (refusal != nullptr) {
        RefusalWords const words = words_of(frame, *refusal);
        if (spot.standing == Standing::beside) {
            say_refusal_beside(brush, spot, words);
            return;
        }
        std::string const code = words.code.substr(0, words.code.find(' '));
        std::string const both = code.empty() ? words.title : code + " " + words.title;
        bool const fits = width_of(brush.fonts.small_bold, both) <= spot.note.w;
        std::string const& said = in_line ? code : fits ? both : words.title;
        brush.label(spot.note, brush.fonts.small_bold, brush.colours.refused, said,
                    in_line ? Align::right : align);
        return;
    }
    if (!in_line) {
        brush.label(spot.note, down ? brush.fonts.small_bold : brush.fonts.small,
                    down ? brush.colours.ink : brush.colours.quiet, note_of(frame, spot), align);
        return;
    }
    std::string const tail = down ? "down" : tail_of(frame, spot);
    if (tail.empty())
        return;
    if (!down) {
        float const w = width_of(brush.fonts.small_bold, tail);
        Rect const icon{spot.note.right() - w - brush.px(20), spot.note.centre().y - brush.px(5),
                        brush.px(15), brush.px(11)};
        draw_mailbox(brush, icon, brush.colours.accepted);
    }
    brush.label(spot.note, brush.fonts.small_bold, down ? brush.colours.ink : brush.colours.accepted, tail,
                Align::right);
}

void draw_machine(Brush& brush, Frame const& frame, ViewState const& view, Spot const& spot, Hits& hits) {
    std::string const& name = frame.world.hosts[spot.host].name;
    bool const in_line = spot.standing == Standing::line;
    Rect const whole =
        in_line ? spot.cell.inset(brush.px(2)) : united(united(spot.icon, spot.name), spot.note);
    bool const chosen = view.subject == Subject{spot.host};
    hits.add("machine:" + name, whole, Choose{chosen ? Subject{} : Subject{spot.host}});
    if (hits.is_over(whole) || chosen) {
        Rect const ground = in_line ? whole : whole.inset(-brush.px(4));
        brush.fill(ground, brush.colours.accent_fill, brush.px(10));
        if (chosen)
            brush.outline(ground, brush.colours.accent, brush.px(2), brush.px(10));
    }
    if (std::optional<Lit> const lit = lit_by(frame, view); lit && lit->machine == spot.host) {
        Rect const ring = whole.inset(-brush.px(6));
        brush.outline(ring, brush.colours.accent, brush.px(4), brush.px(12));
        brush.drawn.shapes.insert_or_assign("lit:" + name, ring);
    }
    brush.drawn.shapes.insert_or_assign("icon:" + name, spot.icon);
    bool const down = is_down(frame, spot.host);
    if (down)
        brush.drawn.shapes.insert_or_assign("down:" + name, spot.note);
    draw_face(brush, frame, spot, down);
    brush.label(spot.name, in_line ? brush.fonts.small_bold : brush.fonts.bold, brush.colours.ink,
                spot.called, spot.standing == Standing::upright ? Align::centre : Align::left);
    draw_note(brush, frame, spot, down);
    if (spot.mailbox)
        draw_filled_mailbox(brush, frame, spot);
}

} // namespace

void draw_places(Brush& brush, Frame const& frame, Hits&) {
    for (Place const& place : frame.layout.places)
        draw_place(brush, frame, place);
}

void draw_machines(Brush& brush, Frame const& frame, ViewState const& view, Hits& hits) {
    for (Spot const& spot : frame.layout.spots)
        if (spot.host.valid())
            draw_machine(brush, frame, view, spot, hits);
}

} // namespace mailflow::viz
