// Networks as places: their ground and their titles.
#include "viz/draw/parted.hpp"
#include "viz/layout/packing.hpp"
#include "viz/scene/scene.hpp"

#include <algorithm>

namespace mailflow::viz {

namespace {

/// Whether the only machine in the place says its name better: it has the same one; or the place is called by
/// it ("Maya's network") and has no room to say so.
bool is_only_machine(Frame const& frame, Place const& place, bool has_room) {
    Spot const* only = nullptr;
    for (Spot const& spot : frame.layout.spots)
        if (spot.host.valid() && frame.present.host(spot.host).network == place.network) {
            if (only != nullptr)
                return false;
            only = &spot;
        }
    if (only == nullptr)
        return false;
    std::string const& label = frame.world.networks[place.network].label;
    return label == only->called || (!has_room && label == only->called + "'s network");
}

/// What is above this has room for a title: the machines of the place begin below it.
float foot_of_title(Brush const& brush, Frame const& frame, Place const& place) {
    float foot = place.box.bottom();
    for (Spot const& spot : frame.layout.spots)
        if (spot.host.valid() && place.box.contains(spot.cell.centre()))
            foot = std::min({foot, spot.icon.y - brush.px(12), spot.name.y});
    return foot;
}

/// The name of the place in a line; or in two, where it is too long for one and they are above `foot`. Where
/// the last of them ends.
float write_title(Brush& brush, Rect line, float foot, std::string const& name) {
    Face const font = brush.fonts.small_bold;
    float const step = brush.px(18);
    bool const may_part = width_of(font, name) > line.w && line.centre().y + step + brush.px(8) <= foot;
    std::size_t parting = may_part ? parting_of(font, name, line.w) : 0;
    if (may_part && parting == 0) { // closer to the sides
        Rect const wider{line.x - brush.px(7), line.y, line.w + brush.px(13), line.h};
        parting = parting_of(font, name, wider.w);
        line = parting > 0 ? wider : line;
    }
    if (may_part && parting == 0 && line.centre().y + 2 * step + brush.px(8) <= foot) {
        std::vector<std::string> const lines = wrapped(font, name, line.w, 3);
        bool const has_room = std::all_of(lines.begin(), lines.end(), [&](std::string const& one) {
            return width_of(font, one) <= line.w && !one.ends_with("…");
        });
        if (has_room) {
            Rect whole = line;
            for (std::string const& one : lines) {
                whole = united(whole, brush.text(line, font, brush.colours.quiet, one));
                line.y += step;
            }
            brush.drawn.labels.push_back({name, whole});
            return whole.bottom();
        }
    }
    if (parting == 0) {
        brush.label(line, font, brush.colours.quiet, name, Align::left);
        return line.bottom();
    }
    write_parted(brush, line, step, font, brush.colours.quiet, name, parting);
    return line.bottom() + step;
}

void draw_outposts(Brush& brush, Frame const& frame, Place const& place) {
    Network const& network = frame.world.networks[place.network];
    float const pad = brush.px(14);
    for (Rect const& ground : place.outposts) {
        brush.fill(ground, brush.colours.place, brush.px(12));
        brush.outline(ground, brush.colours.place_line, brush.px(1.2F), brush.px(12));
        brush.label({ground.x + pad / 2, ground.y + brush.px(2), ground.w - pad, brush.px(24)},
                    brush.fonts.small_bold, brush.colours.quiet, network.label, Align::left);
        brush.drawn.shapes.insert_or_assign("outpost:" + network.name, ground);
    }
}

void draw_place(Brush& brush, Frame const& frame, Place const& place) {
    Network const& network = frame.world.networks[place.network];
    float const pad = brush.px(14);
    brush.fill(place.box, brush.colours.place, brush.px(16));
    brush.outline(place.box, brush.colours.place_line, brush.px(1.2F), brush.px(16));
    brush.drawn.shapes.insert_or_assign("place:" + network.name, place.box);
    bool const low = place.title < brush.px(spacing::label_height - 1); // one line, close to what is below
    Rect const title{place.box.x + (low ? brush.px(8) : pad), place.box.y + brush.px(low ? 1.0F : 6.0F),
                     place.box.w - (low ? brush.px(12) : pad + brush.px(6)), brush.px(26)};
    bool const has_room = width_of(brush.fonts.small_bold, network.label) <= title.w;
    float below = title.bottom();
    if (place.titled && !is_only_machine(frame, place, has_room)) {
        float const foot = foot_of_title(brush, frame, place) - (place.trusted ? brush.px(20) : 0);
        below = write_title(brush, title, low ? title.bottom() : foot, network.label);
    }
    if (place.trusted && !low)
        brush.label({title.x, below - brush.px(4), title.w, brush.px(20)}, brush.fonts.small,
                    brush.colours.accepted, "trusted network", Align::left);
    float const line = brush.px(21);
    if (!place.empty || place.box.h < brush.px(50) + 2 * line)
        return;
    float const room = place.box.h - brush.px(54);
    float const y = place.box.y + brush.px(50) + std::max(0.0F, (room - 2 * line) / 2 - brush.px(4));
    Rect const words = place.box.inset(brush.px(6));
    brush.label({words.x, y, words.w, line}, brush.fonts.small, brush.colours.quiet, "nobody is here");
    brush.label({words.x, y + line, words.w, line}, brush.fonts.small, brush.colours.quiet,
                to_text(network.range));
}

} // namespace

bool is_held(ViewState const& view, NetworkId place) {
    auto const* const held = std::get_if<NetworkId>(&view.positions.held);
    return held != nullptr && *held == place;
}

void draw_places(Brush& brush, Frame const& frame, ViewState const& view, Lying which) {
    auto const is_meant = [&](Place const& place) {
        return is_held(view, place.network) == (which == Lying::in_the_hand);
    };
    for (Place const& place : frame.layout.places)
        if (is_meant(place))
            draw_place(brush, frame, place);
    for (Place const& place : frame.layout.places)
        if (is_meant(place))
            draw_outposts(brush, frame, place);
}

} // namespace mailflow::viz
