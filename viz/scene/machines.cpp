// The machines in their places: their faces, their names, and what stands below them.
#include "base/text.hpp"
#include "viz/draw/icons.hpp"
#include "viz/draw/parted.hpp"
#include "viz/layout/columns.hpp"
#include "viz/panels/facts.hpp"
#include "viz/panels/message.hpp"
#include "viz/scene/mailboxes.hpp"
#include "viz/scene/row_words.hpp"
#include "viz/scene/scene.hpp"
#include "viz/scene/signs.hpp"
#include "viz/scene/waiting.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

namespace mailflow::viz {

namespace {

/// What servers have refused or put off, and what waits there.
struct Marks {
    std::vector<Refusal> refusals;
    std::vector<Queue> queues;

    [[nodiscard]] Refusal const* refusal_by(HostId host) const {
        auto const found = std::find_if(refusals.begin(), refusals.end(),
                                        [host](Refusal const& refusal) { return refusal.by == host; });
        return found == refusals.end() ? nullptr : &*found;
    }
    [[nodiscard]] Queue const* queue_of(HostId host) const {
        auto const found = std::find_if(queues.begin(), queues.end(),
                                        [host](Queue const& queue) { return queue.server == host; });
        return found == queues.end() ? nullptr : &*found;
    }
};

bool is_down(Frame const& frame, HostId host) {
    return is_server(frame.world, host) && !frame.present.server_on(host).up;
}

constexpr float least_label = 0.9F; // so many times as large a label can be read

/// The line below a machine's name, as far as it fits.
std::string note_of(Brush const& brush, Frame const& frame, Spot const& spot) {
    World const& world = frame.world;
    Host const& machine = frame.present.host(spot.host);
    if (!is_server(world, spot.host)) {
        std::string const address = to_text(machine.address);
        bool const is_whole = width_of(brush.fonts.small, address) * least_label <= spot.note.w;
        return is_whole || spot.standing != Standing::beside ? address : std::string{}; // the details have it
    }
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
    if (names.empty())
        return "handles no domain";
    if (names.size() == 1 && spot.standing == Standing::beside &&
        width_of(brush.fonts.small, names[0]) * least_label > spot.note.w)
        return {}; // the details have it
    std::string const all = "handles " + join_words(names);
    return names.size() == 1 || width_of(brush.fonts.small, all) <= spot.note.w
               ? all
               : fmt::format("handles {} domains", names.size());
}

/// Whether mail only passes through it: it files nothing, and others send through it.
bool is_relay(Frame const& frame, HostId host) {
    ServerPolicy const& policy = frame.present.server_on(host).policy;
    bool const files = policy.any_mailbox || !policy.mailboxes.empty();
    return policy.open_relay || !policy.relays_for.empty() || (!files && policy.handles.empty());
}

/// What the person's mail program runs on, by the name that the scenario gives them: "Leo's phone".
Device device_of(Person const& person) {
    return lower_case(person.name).ends_with("phone") ? Device::phone : Device::laptop;
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
    } else if (frame.world.hosts[spot.host].population.valid()) {
        draw_people(brush, spot.icon);
        brush.drawn.shapes.insert_or_assign("people:" + frame.world.hosts[spot.host].name, spot.icon);
    } else {
        draw_user(brush, frame, spot.host, spot.icon);
    }
    if (down)
        draw_down(brush, spot.icon);
}

/// What stands at the end of a machine's row: that it is down, what it refused with, how much waits in its
/// queue, how much lies in its mailboxes.
struct Tail {
    std::string words;
    Colour colour = 0;
    bool mailbox = false; // with its picture before it
};

Tail tail_of(Brush const& brush, Frame const& frame, Spot const& spot, bool down, Marks const& marks) {
    if (down)
        return {"down", brush.colours.ink};
    if (Refusal const* const refusal = marks.refusal_by(spot.host)) {
        RefusalWords const words = words_of(frame, *refusal);
        return {words.number, colour_of(brush.colours, words.decided)};
    }
    if (Queue const* const queue = marks.queue_of(spot.host))
        return {std::to_string(queue->count), brush.colours.deferred};
    std::uint32_t const count = spot.keeps_mail ? fill_of(frame, spot.host).count : 0;
    if (count == 0)
        return {};
    return {count > 999 ? "999+" : std::to_string(count), brush.colours.accepted, true};
}

/// What the machine is called, as it fits; in the smaller type of a label where nothing else helps.
std::string called_within(Face font, Spot const& spot, float width) {
    std::string said = shortened(font, spot.called, spot.tells, width);
    return said == spot.called ? shortened(font, spot.called, spot.tells, width / Brush::least_label) : said;
}

/// The name of a machine in a row, and the end of the row, unless that would leave nothing of the name: the
/// number of messages without the picture rather than not at all.
void write_name_and_tail(Brush& brush, Spot const& spot, Rect name, Tail const& tail) {
    constexpr float least_name = 28;
    constexpr float least_name_alone = 18;
    constexpr float between = 4;
    constexpr float picture = 20;
    float const x = spot.note.right() - width_of(brush.fonts.small_bold, tail.words);
    float const room = x - name.x - brush.px(between);
    float const beside_picture = room - brush.px(picture);
    Face const font = brush.fonts.small_bold;
    bool const pictured = // what tells the name from others matters more
        tail.mailbox && beside_picture > brush.px(least_name) &&
        width_of(font, called_within(font, spot, beside_picture)) * Brush::least_label <= beside_picture;
    if (!tail.words.empty() && room > brush.px(tail.mailbox ? least_name_alone : least_name)) {
        brush.label({x, name.y, spot.note.right() - x + 1, name.h}, brush.fonts.small_bold, tail.colour,
                    tail.words, Align::right);
        if (pictured)
            draw_mailbox(brush,
                         {x - brush.px(picture), name.centre().y - brush.px(5), brush.px(15), brush.px(11)},
                         tail.colour);
        name.w = pictured ? beside_picture : room;
    }
    brush.label(name, brush.fonts.small_bold, brush.colours.ink,
                called_within(brush.fonts.small_bold, spot, name.w), Align::left);
}

void write_row(Brush& brush, Frame const& frame, Spot const& spot, bool down, Marks const& marks) {
    Tail tail = tail_of(brush, frame, spot, down, marks);
    Rect name = spot.name;
    Refusal const* const refusal = down ? nullptr : marks.refusal_by(spot.host);
    std::optional<RowWords> const said =
        refusal == nullptr ? std::nullopt : words_in_row(brush, spot, words_of(frame, *refusal));
    if (said && said->below_name) {
        name = said->name;
        brush.label(said->place, brush.fonts.small, tail.colour, said->words, Align::left);
    } else if (said) {
        tail.words = said->words;
    }
    write_name_and_tail(brush, spot, name, tail);
}

struct LinesBeside {
    std::vector<std::string> lines;
    bool below_code = false; // else the number stands in the first of them
    bool has_number = true;
};

/// The words in at most so many lines with the code: brief ones rather than without all of the code.
LinesBeside lines_beside(Face font, RefusalWords const& words, float width, std::size_t most) {
    std::array<std::string const*, 2> const both{&words.title, &words.brief};
    for (std::string const* const said : both)
        if (std::vector<std::string> lines = wrapped(font, *said, width, most + 1);
            !words.code.empty() && lines.size() < most)
            return {std::move(lines), true, true};
    for (std::string const* const said : both) {
        std::string const all = words.number.empty() ? *said : words.number + " " + *said;
        if (std::vector<std::string> lines = wrapped(font, all, width, most + 1); lines.size() <= most)
            return {std::move(lines), false, true};
    }
    return {wrapped(font, words.brief, width, most), false, words.number.empty()};
}

/// The code, and below it the words, between the name and the end of the machine's room; where that holds too
/// few lines for both, the code stands before the words.
void say_refusal_beside(Brush& brush, Spot const& spot, RefusalWords const& words, bool has_queue) {
    Face const font = brush.fonts.small;
    Colour const colour = colour_of(brush.colours, words.decided);
    float left = spot.note.x + (has_queue ? brush.px(10) : 0); // the stack stands before them
    float w = spot.note.right() - left;
    float top = spot.name.bottom() - brush.px(2);
    float const closest = std::round(font.size * 1.1F);
    auto const room = [&] { return spot.cell.bottom() - brush.px(4) - top; };
    auto const most = [&] { return std::max<std::size_t>(1, static_cast<std::size_t>(room() / closest)); };
    LinesBeside told = lines_beside(font, words, w, most());
    if (!told.has_number && !has_queue) { // up to the mark around the picture, and to the edge
        left -= brush.px(6);
        w = spot.cell.right() - brush.px(3) - left;
        top = spot.name.bottom(); // they begin below the name, no longer beside its end
        told = lines_beside(font, words, w, most());
    }
    std::vector<std::string> const& lines = told.lines;
    bool const below = told.below_code;
    std::size_t const count = std::min(lines.size(), most()) + (below ? 1 : 0);
    // Closer together where that lets all of them stand.
    float const step =
        held_between(room() / static_cast<float>(count), closest, std::round(font.size * 1.25F));
    Rect line{left, spot.note.y, w, step};
    line.y = held_between(line.y, top, top + room() - step * static_cast<float>(count));
    if (below) {
        std::string code = words.code;
        for (std::string_view const last : {" refusals", " · "}) // the numbers go first
            if (std::size_t const cut = code.rfind(last);
                width_of(brush.fonts.small_bold, code) > w && cut != std::string::npos)
                code.resize(cut);
        brush.label(line, brush.fonts.small_bold, colour, code, Align::left);
        line.y = line.bottom();
    }
    Rect said{line.x, line.y, w, 0};
    std::string all;
    for (std::string const& one : lines) {
        brush.text(line, font, colour, one);
        line.y = line.bottom();
        all += (all.empty() ? "" : " ") + one;
    }
    said.h = line.y - said.y;
    brush.drawn.labels.push_back({all, said});
}

/// The mailbox in small with its count, where there is no room for the words.
void write_small_mailbox(Brush& brush, Rect const& room, Fill const& fill) {
    Colour const colour = fill.count > 0 ? brush.colours.accepted : brush.colours.quiet;
    Rect const icon{room.x, room.centre().y - brush.px(5), brush.px(15), brush.px(11)};
    if (fill.full)
        draw_full_mailbox(brush, icon, colour);
    else
        draw_mailbox(brush, icon, colour);
    std::string const count = fill.count == 0    ? "empty"
                              : fill.count > 999 ? "999+"
                                                 : std::to_string(fill.count);
    Rect const words{icon.right() + brush.px(6), room.y, room.right() - icon.right() - brush.px(6), room.h};
    brush.label(words, brush.fonts.small_bold, colour, fill.full ? "full" : count, Align::left);
}

/// Whether the words can be read there whole, in one line or in two.
bool has_room(Spot const& spot, Face font, std::string const& words, bool has_two) {
    return width_of(font, words) <= spot.note.w || (has_two && parting_of(font, words, spot.note.w) > 0);
}

/// The line below or beside a name, in two lines where it has to and there is room for them; where that does
/// not help, without its verb.
void write_note(Brush& brush, Spot const& spot, Face font, Colour colour, std::string words, bool has_two) {
    static constexpr std::string_view verb = "handles ";
    bool const fits = width_of(font, words) <= spot.note.w;
    std::size_t const parting = fits || !has_two ? 0 : parting_of(font, words, spot.note.w);
    if (parting > 0) {
        write_parted(brush, spot.note, spot.note.h, font, colour, words, parting);
        return;
    }
    if (!fits && words.starts_with(verb))
        words.erase(0, verb.size());
    brush.label(spot.note, font, colour, words,
                spot.standing == Standing::upright ? Align::centre : Align::left);
}

/// Below or beside the name: what the machine is, or what it has refused with.
void draw_note(Brush& brush, Frame const& frame, Spot const& spot, bool down, Marks const& marks) {
    Refusal const* const mark = marks.refusal_by(spot.host);
    if (mark == nullptr || !spot.cramped || down) {
        bool const has_two = spot.standing == Standing::beside && is_server(frame.world, spot.host) &&
                             marks.queue_of(spot.host) == nullptr; // an address is not parted
        std::string const words = note_of(brush, frame, spot);
        if (!down && spot.standing == Standing::beside && spot.keeps_mail &&
            !has_room(spot, brush.fonts.small, words, has_two)) {
            write_small_mailbox(brush, spot.note, fill_of(frame, spot.host));
            return;
        }
        write_note(brush, spot, down ? brush.fonts.small_bold : brush.fonts.small,
                   down ? brush.colours.ink : brush.colours.quiet, words, has_two);
        return;
    }
    RefusalWords const words = words_of(frame, *mark);
    if (spot.standing == Standing::beside) {
        say_refusal_beside(brush, spot, words, marks.queue_of(spot.host) != nullptr);
        return;
    }
    // All of it, or what is whole of it: the words, else the codes with the count.
    Face const font = brush.fonts.small_bold;
    std::string const with_number = words.number.empty() ? words.title : words.number + " " + words.title;
    std::string const with_times = words.times.empty() ? with_number : with_number + " " + words.times;
    std::string said = words.code.empty() ? words.title : words.code;
    for (std::string const* const one : {&words.title, &with_number, &with_times})
        if (width_of(font, *one) <= spot.note.w)
            said = *one;
    brush.label(spot.note, font, colour_of(brush.colours, words.decided), said);
}

/// Whether there is mail in mailboxes for which what the server has refused leaves no room below its name.
bool tells_mailbox_behind_name(Frame const& frame, Spot const& spot, Marks const& marks) {
    return spot.standing == Standing::beside && spot.keeps_mail && marks.refusal_by(spot.host) != nullptr &&
           fill_of(frame, spot.host).count > 0;
}

void draw_machine(Brush& brush, Frame const& frame, ViewState const& view, Spot const& spot,
                  Marks const& marks, Hits& hits) {
    std::string const& name = frame.world.hosts[spot.host].name;
    bool const in_line = spot.standing == Standing::line;
    Rect const whole =
        in_line ? spot.cell.inset(brush.px(2)) : united(united(spot.icon, spot.name), spot.note);
    bool const chosen = view.subject == Subject{spot.host};
    hits.add("machine:" + name, whole, Choose{chosen ? Subject{} : Subject{spot.host}},
             Reach::mouse_and_keyboard);
    if (hits.is_over(whole) || chosen) {
        Rect const all = spot.mailbox ? united(whole, *spot.mailbox) : whole;
        Rect const ground = in_line ? whole : cut_to(all.inset(-brush.px(4)), spot.cell);
        constexpr float see_through = 0.55F; // the roads are drawn already, and so is the place
        brush.fill(ground, faded(brush.colours.accent_fill, see_through), brush.px(10));
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
    if (in_line) {
        write_row(brush, frame, spot, down, marks);
        return;
    }
    Rect called = spot.name;
    if (!down && tells_mailbox_behind_name(frame, spot, marks)) {
        Fill const fill = fill_of(frame, spot.host);
        float const room = fill.count > 99 ? 62 : 50; // for its number
        called.w = std::max(called.w - brush.px(room), 1.0F);
        write_small_mailbox(brush, {called.right() + brush.px(4), called.y, brush.px(room - 4), called.h},
                            fill);
    }
    brush.label(called, brush.fonts.bold, brush.colours.ink, called_within(brush.fonts.bold, spot, called.w),
                spot.standing == Standing::upright ? Align::centre : Align::left);
    draw_note(brush, frame, spot, down, marks);
    if (spot.mailbox) {
        draw_mailbox_at(brush, frame, spot);
        Subject const asked = subject_of_mailboxes(frame, spot.host);
        hits.add("mailbox:" + name, *spot.mailbox, Choose{view.subject == asked ? Subject{} : asked},
                 Reach::mouse_and_keyboard);
    }
}

} // namespace

void draw_user(Brush& brush, Frame const& frame, HostId machine, Rect icon) {
    PersonId const person = frame.world.hosts[machine].person;
    draw_person(brush, icon, person.valid() ? device_of(frame.world.people[person]) : Device::laptop);
}

void draw_machines(Brush& brush, Frame const& frame, ViewState const& view, Lying which, Hits& hits) {
    Marks marks{refusal_marks(frame, view.filter), {}};
    for (Refusal const& later : put_off_marks(frame, view.filter))
        marks.refusals.push_back(later);
    if (view.filter.kinds[static_cast<std::size_t>(Kind::queue)])
        marks.queues = queues_at(frame);
    for (Spot const& spot : frame.layout.spots)
        if (spot.host.valid() &&
            is_held(view, frame.present.host(spot.host).network) == (which == Lying::in_the_hand))
            draw_machine(brush, frame, view, spot, marks, hits);
}

} // namespace mailflow::viz
