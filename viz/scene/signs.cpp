#include "viz/scene/signs.hpp"

#include <algorithm>

namespace mailflow::viz {

void draw_road(Brush& brush, std::vector<Point> const& path, RoadState state, float width) {
    Palette const& colours = brush.colours;
    switch (state) {
    case RoadState::at_rest: brush.dashes(path, colours.road, width, brush.px(2), brush.px(8)); return;
    case RoadState::to_dns_at_rest:
        brush.dashes(path, colours.road, width * 0.84F, brush.px(2), brush.px(8));
        return;
    case RoadState::anonymous: brush.dashes(path, colours.accent, width, brush.px(9), brush.px(6)); return;
    case RoadState::logged_in: brush.path(path, colours.accent, width); return;
    case RoadState::refused_logged_in: brush.path(path, colours.refused, width * 1.15F); return;
    case RoadState::refused:
        brush.dashes(path, colours.refused, width * 1.15F, brush.px(9), brush.px(8));
        return;
    }
}

Rect draw_padlock_on(Brush& brush, Point at) {
    brush.disc(at, brush.px(10), brush.colours.surface);
    brush.ring(at, brush.px(10), brush.colours.accepted, brush.px(1.6F));
    Rect const icon = around(at, brush.px(9), brush.px(11.5F));
    draw_padlock(brush, icon, brush.colours.accepted);
    return icon;
}

void draw_tag_box(Brush& brush, Rect box, TagLook const& tag) {
    brush.fill(box, brush.colours.surface, brush.px(7));
    brush.outline(box, tag.colour, brush.px(1.8F), brush.px(7));
    draw_arrow(brush, {box.x + brush.px(15), box.centre().y}, brush.px(13), tag.direction, tag.colour,
               brush.px(2.2F));
    float x = box.x + brush.px(tag_arrow);
    if (!tag.code.empty()) {
        float const w = width_of(tag.font, tag.code) + brush.px(10);
        brush.fill({x, box.y + brush.px(4), w, box.h - brush.px(8)}, tag.colour, brush.px(4));
        brush.text({x, box.y, w, box.h}, tag.font, brush.colours.on_accent, tag.code, Align::centre);
        x += w + brush.px(6);
    }
    float const apart = brush.px(tag_more_height);
    float const more = apart * static_cast<float>(tag.below.size());
    Rect line{x, box.y, box.right() - x - brush.px(8), box.h - more};
    brush.text(line, tag.font, brush.colours.ink, tag.words);
    for (std::string const& words : tag.below) {
        line.y += apart;
        brush.text(line, tag.font, brush.colours.ink, words);
    }
}

Colour colour_of(Palette const& colours, Decided decided) {
    switch (decided) {
    case Decided::accepted: return colours.accepted;
    case Decided::put_off: return colours.deferred;
    case Decided::refused: break;
    }
    return colours.refused;
}

Rect draw_decided(Brush& brush, Rect icon, Decided decided, float size, std::optional<Rect> const& row) {
    bool const small = size < 1;
    Colour const colour = colour_of(brush.colours, decided);
    Rect frame = icon.inset(-brush.px(small ? 3 : 9));
    if (row)
        frame = cut_to(frame, row->inset(brush.px(1)));
    brush.outline(frame, colour, brush.px(small ? 2.0F : 3.0F), brush.px(small ? 7 : 11));
    float const radius = brush.px(11) * size;
    Point const corner{frame.right() - (small ? radius * 0.8F : 0), // beside small pictures there are words
                       row     ? frame.bottom() - radius
                       : small ? frame.bottom()
                               : frame.y};
    brush.disc(corner, radius, colour);
    Colour const sign = brush.colours.on_accent;
    switch (decided) {
    case Decided::refused:
        draw_cross(brush, corner, brush.px(4.5F) * size, sign, brush.px(2.6F) * size);
        break;
    case Decided::put_off: draw_clock(brush, corner, brush.px(6.5F) * size, sign); break;
    case Decided::accepted: draw_tick(brush, corner, brush.px(5) * size, sign, brush.px(2.6F) * size); break;
    }
    return frame;
}

void draw_stack(Brush& brush, Rect front, std::size_t count) {
    for (std::size_t behind = std::min<std::size_t>(count, 4); behind-- > 1;) {
        float const step = front.h * 0.14F * static_cast<float>(behind);
        Rect const back{front.x + step, front.y - step, front.w, front.h};
        draw_envelope(brush, back, brush.colours.deferred, EnvelopeKind::message);
    }
    draw_envelope(brush, front, brush.colours.deferred, EnvelopeKind::message);
}

void draw_mailbox_of(Brush& brush, Rect icon, std::uint32_t count) {
    draw_mailbox(brush, icon, count > 0 ? brush.colours.accepted : brush.colours.road);
    if (count == 0)
        return;
    Point const badge{icon.right() - brush.px(2), icon.y + brush.px(6)}; // clear of the line above
    brush.disc(badge, brush.px(13), brush.colours.accepted);
    std::string const words = count > 99 ? "99+" : std::to_string(count);
    brush.text(around(badge, brush.px(26), brush.px(26)), brush.fonts.small_bold, brush.colours.on_accent,
               words, Align::centre);
}

void draw_down(Brush& brush, Rect icon) {
    draw_cross(brush, icon.centre(), icon.w * 0.3F, brush.colours.ink, std::max(2.0F, icon.w * 0.07F));
}

void draw_chosen(Brush& brush, Rect icon) {
    brush.outline(icon.inset(-brush.px(4)), brush.colours.accent, brush.px(2), brush.px(6));
}

void draw_unheard(Brush& brush, Point at, Unheard how) {
    brush.disc(at, brush.px(how == Unheard::in_a_crowd ? 4.0F : 6.0F), brush.colours.accent);
}

} // namespace mailflow::viz
