#include "viz/draw/icons.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace mailflow::viz {

namespace {

/// Around the middle of the shoulders' lower edge; `grown` makes all edges stand out so far.
void draw_head_and_shoulders(Brush& brush, Point foot, float w, Colour colour, float grown = 0) {
    brush.disc({foot.x, foot.y - 0.55F * w}, 0.135F * w + grown, colour);
    std::vector<Point> shoulders;
    for (int i = 0; i <= 20; ++i) {
        float const angle = 3.14159265F * (1 + static_cast<float>(i) / 20);
        shoulders.push_back(
            {foot.x + (0.24F * w + grown) * std::cos(angle), foot.y + (0.36F * w + grown) * std::sin(angle)});
    }
    brush.polygon(shoulders, colour);
}

} // namespace

void draw_people(Brush& brush, Rect icon) {
    float const w = icon.w;
    Point const foot{icon.centre().x, icon.y + 0.86F * w};
    for (float const side : {-1.0F, 1.0F})
        draw_head_and_shoulders(brush, {foot.x + side * 0.3F * w, foot.y - 0.1F * w}, w * 0.9F,
                                brush.colours.quiet);
    draw_head_and_shoulders(brush, foot, w, brush.colours.place, 0.04F * w); // stands before the others
    draw_head_and_shoulders(brush, foot, w, brush.colours.ink);
}

void draw_person(Brush& brush, Rect icon, Device device) {
    float const w = icon.w;
    auto const at = [&](float x, float y) { return Point{icon.x + x * w, icon.y + y * w}; };
    Colour const ink = brush.colours.ink;
    draw_head_and_shoulders(brush, at(0.15F, 0.82F), w, ink);
    if (device == Device::phone) {
        Rect const phone{icon.x + 0.52F * w, icon.y + 0.22F * w, 0.36F * w, 0.62F * w};
        brush.fill(phone, ink, 0.07F * w);
        brush.fill({phone.x + 0.04F * w, phone.y + 0.07F * w, phone.w - 0.08F * w, 0.44F * w},
                   brush.colours.surface, 0.02F * w);
        brush.disc({phone.centre().x, phone.bottom() - 0.055F * w}, 0.028F * w, brush.colours.surface);
        return;
    }
    // laptop
    Rect const screen{icon.x + 0.42F * w, icon.y + 0.28F * w, 0.58F * w, 0.42F * w};
    brush.fill(screen, brush.colours.surface, 0.06F * w);
    brush.outline(screen, ink, std::max(2.0F, 0.045F * w), 0.06F * w);
    brush.polygon({at(0.37F, 0.75F), at(1.05F, 0.75F), at(1.12F, 0.84F), at(0.30F, 0.84F)}, ink);
}

void draw_spammer(Brush& brush, Rect icon) {
    draw_person(brush, icon);
    float const w = icon.w;
    // a mask over the eyes, with its knot
    Rect const mask{icon.x + 0.01F * w, icon.y + 0.20F * w, 0.28F * w, 0.10F * w};
    brush.fill(mask, brush.colours.deferred, 0.03F * w);
    for (float const eye : {0.09F, 0.21F})
        brush.disc({icon.x + eye * w, mask.centre().y}, 0.028F * w, brush.colours.on_accent);
    brush.line({mask.x, mask.centre().y}, {mask.x - 0.07F * w, mask.bottom() + 0.03F * w},
               brush.colours.deferred, std::max(1.5F, 0.03F * w));
}

void draw_server(Brush& brush, Rect icon, Colour colour) {
    float const unit = icon.h / 3;
    for (int i = 0; i < 3; ++i) {
        Rect const box{icon.x, icon.y + static_cast<float>(i) * unit + unit * 0.06F, icon.w, unit * 0.88F};
        float const width = std::max(1.5F, icon.h * 0.035F);
        brush.fill(box, brush.colours.surface, unit * 0.2F);
        brush.outline(box, colour, width, unit * 0.2F);
        brush.disc({box.x + icon.w * 0.2F, box.centre().y}, unit * 0.16F, colour);
        brush.line({box.x + icon.w * 0.38F, box.centre().y}, {box.right() - icon.w * 0.15F, box.centre().y},
                   colour, width);
    }
}

void draw_relay(Brush& brush, Rect icon, Colour colour) {
    draw_server(brush, icon, colour);
    float const r = icon.h * 0.2F;
    Point const badge{icon.centre().x, icon.bottom() - r * 0.7F};
    Rect const pill = around(badge, r * 4, r * 1.7F);
    brush.fill(pill, colour, r);
    draw_arrow(brush, badge, r * 2.6F, 1, brush.colours.on_accent, std::max(1.5F, r * 0.28F));
}

void draw_padlock(Brush& brush, Rect icon, Colour colour) {
    Rect const body{icon.x, icon.y + icon.h * 0.44F, icon.w, icon.h * 0.56F};
    float const r = icon.w * 0.3F;
    std::vector<Point> shackle;
    for (int i = 0; i <= 12; ++i) {
        float const angle = 3.14159265F * (1 + static_cast<float>(i) / 12);
        shackle.push_back({icon.centre().x + r * std::cos(angle), icon.y + r * 1.2F + r * std::sin(angle)});
    }
    shackle.insert(shackle.begin(), {icon.centre().x - r, body.y + 1});
    shackle.push_back({icon.centre().x + r, body.y + 1});
    brush.path(shackle, colour, std::max(1.5F, icon.w * 0.15F));
    brush.fill(body, colour, icon.w * 0.14F);
}

void draw_countdown(Brush& brush, Point centre, float radius, float left, Colour colour) {
    brush.disc(centre, radius, brush.colours.surface);
    brush.ring(centre, radius, brush.colours.line, std::max(1.5F, radius * 0.22F));
    float const whole = std::clamp(left, 0.0F, 1.0F);
    int const steps = 1 + static_cast<int>(whole * 24);
    std::vector<Point> arc;
    for (int i = 0; i <= steps; ++i) {
        float const angle =
            -3.14159265F / 2 + 2 * 3.14159265F * whole * static_cast<float>(i) / static_cast<float>(steps);
        arc.push_back({centre.x + radius * std::cos(angle), centre.y + radius * std::sin(angle)});
    }
    brush.path(arc, colour, std::max(2.0F, radius * 0.34F));
}

void draw_envelope(Brush& brush, Rect icon, Colour colour, EnvelopeKind kind) {
    float const width = std::max(2.0F, icon.h * 0.085F);
    float const rounding = icon.h * 0.12F;
    brush.fill(icon, brush.colours.surface, rounding);
    float const fold = icon.h * 0.56F;
    brush.path({{icon.x + width * 0.4F, icon.y + width * 0.7F},
                {icon.centre().x, icon.y + fold},
                {icon.right() - width * 0.4F, icon.y + width * 0.7F}},
               colour, width);
    brush.outline(icon, colour, width, rounding);
    if (kind == EnvelopeKind::spam) {
        Point const badge{icon.right() - icon.h * 0.08F, icon.bottom() - icon.h * 0.08F};
        brush.disc(badge, icon.h * 0.32F, colour);
        brush.line({badge.x, badge.y - icon.h * 0.17F}, {badge.x, badge.y + icon.h * 0.03F},
                   brush.colours.on_accent, std::max(2.0F, icon.h * 0.08F));
        brush.disc({badge.x, badge.y + icon.h * 0.15F}, std::max(1.0F, icon.h * 0.045F),
                   brush.colours.on_accent);
    }
    if (kind == EnvelopeKind::bounce) {
        Point const badge{icon.right() - icon.h * 0.08F, icon.bottom() - icon.h * 0.08F};
        brush.disc(badge, icon.h * 0.32F, colour);
        draw_arrow(brush, badge, icon.h * 0.36F, -1, brush.colours.on_accent, std::max(2.0F, icon.h * 0.08F));
    }
}

void draw_letter(Brush& brush, Rect icon, Colour colour) {
    float const width = std::max(1.5F, icon.h * 0.07F);
    brush.fill(icon, brush.colours.surface, icon.h * 0.1F);
    brush.outline(icon, colour, width, icon.h * 0.1F);
    for (float const y : {0.3F, 0.5F, 0.7F})
        brush.line({icon.x + icon.w * 0.22F, icon.y + icon.h * y},
                   {icon.right() - icon.w * (y > 0.6F ? 0.45F : 0.22F), icon.y + icon.h * y}, colour, width);
}

void draw_mailbox(Brush& brush, Rect icon, Colour colour) {
    float const width = std::max(2.0F, icon.h * 0.055F);
    float const rounding = icon.h * 0.14F;
    brush.fill(icon, brush.colours.surface, rounding);
    brush.outline(icon, colour, width, rounding);
    float const y = icon.y + icon.h * 0.42F;
    std::vector<Point> slot{{icon.x, y}};
    for (int i = 0; i <= 12; ++i) {
        float const t = static_cast<float>(i) / 12;
        slot.push_back(
            {icon.x + icon.w * (0.34F + 0.32F * t), y + icon.h * 0.2F * std::sin(3.14159265F * t)});
    }
    slot.push_back({icon.right(), y});
    brush.path(slot, colour, width);
}

void draw_full_mailbox(Brush& brush, Rect icon, Colour colour) {
    float const width = std::max(1.5F, icon.h * 0.055F);
    Rect const tray{icon.x, icon.y + icon.h * 0.4F, icon.w, icon.h * 0.6F};
    struct Letter {
        float x, y; // its corner, in parts of the icon
    };
    constexpr std::array<Letter, 3> letters{{{0.06F, 0.1F}, {0.60F, 0.14F}, {0.32F, 0.0F}}};
    for (Letter const& letter : letters) {
        Rect const sheet{icon.x + icon.w * letter.x, icon.y + icon.h * letter.y, icon.w * 0.34F,
                         icon.h * 0.7F};
        brush.fill(sheet, brush.colours.surface, icon.h * 0.06F);
        brush.outline(sheet, colour, width, icon.h * 0.06F);
        brush.path({{sheet.x, sheet.y + width / 2},
                    {sheet.centre().x, sheet.y + icon.h * 0.22F},
                    {sheet.right(), sheet.y + width / 2}},
                   colour, width);
    }
    brush.fill(tray, colour, icon.h * 0.14F);
    float const y = tray.y + tray.h * 0.45F;
    brush.line({tray.x + tray.w * 0.3F, y}, {tray.right() - tray.w * 0.3F, y}, brush.colours.surface,
               std::max(1.5F, icon.h * 0.07F));
}

void draw_cloud(Brush& brush, Rect icon, Colour fill, Colour edge, float apart) {
    struct Puff {
        float x, y, r; // parts of the width, the height and the height
    };
    constexpr std::array<Puff, 6> puffs{{{0.16F, 0.68F, 0.32F},
                                         {0.36F, 0.40F, 0.36F},
                                         {0.60F, 0.38F, 0.38F},
                                         {0.84F, 0.66F, 0.34F},
                                         {0.50F, 0.66F, 0.34F},
                                         {0.68F, 0.66F, 0.34F}}};
    float const width = std::clamp(icon.h * 0.016F, 1.5F, std::max(brush.px(2), 1.5F));
    for (bool const inside : {false, true}) {
        float const more = inside ? -width : 0;
        Colour const colour = inside ? fill : edge;
        for (Puff const& puff : puffs) {
            float const whole = puff.r * icon.h;
            float const r = whole * (1 - apart);
            Point at{held_between(icon.x + puff.x * icon.w, icon.x + whole, icon.right() - whole),
                     std::min(icon.y + puff.y * icon.h, icon.bottom() - whole)};
            at = at + (at - icon.centre()) * (apart * 0.9F);
            if (r > -more)
                brush.disc(at, r + more, colour);
        }
        Rect const base{icon.x + icon.h * 0.3F, icon.y + icon.h * 0.5F, icon.w - icon.h * 0.6F,
                        icon.h * 0.5F};
        if (apart <= 0)
            brush.fill(base.inset(-more), colour, icon.h * 0.1F);
        else // a puff like the others
            brush.disc(base.centre(), std::max(icon.w * 0.3F * (1 - apart) + more, 0.0F), colour);
    }
}

void draw_diamond(Brush& brush, Point centre, float radius, Colour colour) {
    brush.polygon({{centre.x, centre.y - radius},
                   {centre.x + radius, centre.y},
                   {centre.x, centre.y + radius},
                   {centre.x - radius, centre.y}},
                  colour);
}

void draw_cross(Brush& brush, Point centre, float radius, Colour colour, float width) {
    brush.line({centre.x - radius, centre.y - radius}, {centre.x + radius, centre.y + radius}, colour, width);
    brush.line({centre.x - radius, centre.y + radius}, {centre.x + radius, centre.y - radius}, colour, width);
}

void draw_tick(Brush& brush, Point centre, float radius, Colour colour, float width) {
    brush.path({{centre.x - radius, centre.y + radius * 0.1F},
                {centre.x - radius * 0.25F, centre.y + radius * 0.8F},
                {centre.x + radius, centre.y - radius * 0.7F}},
               colour, width);
}

void draw_arrow(Brush& brush, Point centre, float length, float direction, Colour colour, float width) {
    float const half = length / 2 * direction;
    float const barb = length * 0.36F;
    brush.line({centre.x - half, centre.y}, {centre.x + half, centre.y}, colour, width);
    brush.path({{centre.x + half - barb * direction, centre.y - barb},
                {centre.x + half, centre.y},
                {centre.x + half - barb * direction, centre.y + barb}},
               colour, width);
}

void draw_clock(Brush& brush, Point centre, float radius, Colour colour) {
    brush.ring(centre, radius, colour, radius * 0.32F);
    brush.path({{centre.x, centre.y - radius * 0.6F}, centre, {centre.x + radius * 0.5F, centre.y}}, colour,
               radius * 0.3F);
}

Colour colour_of(Palette const& colours, Mark mark) {
    switch (mark) {
    case Mark::none: return colours.road;
    case Mark::accepted: return colours.accepted;
    case Mark::dns: return colours.dns;
    case Mark::refused: return colours.refused;
    case Mark::bounce: return colours.bounce;
    case Mark::deferred: return colours.deferred;
    case Mark::changed: return colours.ink;
    }
    return colours.road;
}

std::string_view word_of(Mark mark) {
    switch (mark) {
    case Mark::none: return "";
    case Mark::accepted: return "accepted";
    case Mark::dns: return "DNS";
    case Mark::refused: return "refused";
    case Mark::bounce: return "bounce";
    case Mark::deferred: return "put off";
    case Mark::changed: return "change";
    }
    return "";
}

void draw_mark(Brush& brush, Point centre, float radius, Mark mark) {
    Colour const colour = colour_of(brush.colours, mark);
    switch (mark) {
    case Mark::none: brush.disc(centre, radius * 0.45F, colour); return;
    case Mark::accepted: brush.disc(centre, radius, colour); return;
    case Mark::dns: draw_diamond(brush, centre, radius * 1.2F, colour); return;
    case Mark::refused: draw_cross(brush, centre, radius * 0.9F, colour, radius * 0.6F); return;
    case Mark::bounce:
        draw_envelope(brush, around(centre, radius * 2.5F, radius * 1.8F), colour, EnvelopeKind::message);
        return;
    case Mark::deferred: draw_clock(brush, centre, radius, colour); return;
    case Mark::changed:
        brush.polygon({{centre.x, centre.y - radius},
                       {centre.x + radius * 1.1F, centre.y + radius * 0.9F},
                       {centre.x - radius * 1.1F, centre.y + radius * 0.9F}},
                      colour);
        return;
    }
}

} // namespace mailflow::viz
