#include "report/words/words.hpp"
#include "viz/draw/icons.hpp"
#include "viz/panels/panels.hpp"

namespace mailflow::viz {

namespace {

constexpr std::size_t most_lines_said = 4;

float step_of(Brush const& brush) {
    return brush.px(21);
}

bool is_no(SaidLine const& said) {
    return said.says_no != Mark::none;
}

struct Measured {
    SaidLine said;
    std::vector<std::string> lines;
};

std::vector<Measured> measure(Brush const& brush, float width, Frame const& frame, SessionId session) {
    std::vector<Measured> measured;
    for (SaidLine const& said : said_in(frame, session)) {
        Face const font = is_no(said) ? brush.fonts.mono_bold : brush.fonts.mono;
        measured.push_back({said, wrapped(font, said.words, width - brush.px(28), most_lines_said)});
    }
    return measured;
}

float height_of(Brush const& brush, Measured const& measured) {
    return step_of(brush) * static_cast<float>(measured.lines.size()) + brush.px(3);
}

void draw_said(Brush& brush, Rect rect, Measured const& measured, EventNumber chosen, Intents& intents) {
    SaidLine const& said = measured.said;
    bool const forth = said.direction == Direction::to_server;
    Colour const colour = is_no(said) ? colour_of(brush.colours, said.says_no)
                          : forth     ? brush.colours.accent
                                      : brush.colours.accepted;
    Rect const ground{rect.x - brush.px(4), rect.y - brush.px(1), rect.w + brush.px(8), rect.h};
    Press const press = press_area(brush.drawn, "line:" + std::to_string(said.event), rect);
    if (press.hovered || said.event == chosen)
        brush.fill(ground, brush.colours.accent_fill, brush.px(5));
    if (press.clicked)
        intents.push_back(Choose{EventSubject{said.event}});
    Point const sign{rect.x + brush.px(10), rect.y + step_of(brush) / 2};
    if (said.says_no == Mark::refused)
        draw_cross(brush, sign, brush.px(5), colour, brush.px(3));
    else if (is_no(said))
        draw_clock(brush, sign, brush.px(7), colour);
    else
        draw_arrow(brush, sign, brush.px(14), forth ? 1.0F : -1.0F, colour, brush.px(2.2F));
    float y = rect.y;
    for (std::string const& line : measured.lines) {
        brush.text({rect.x + brush.px(28), y, rect.w - brush.px(28), step_of(brush)},
                   is_no(said) ? brush.fonts.mono_bold : brush.fonts.mono,
                   is_no(said) ? colour : brush.colours.ink, line);
        y += step_of(brush);
    }
}

/// The first of the lines before `last` that fit into the height together with all between.
std::size_t first_that_fits(Brush const& brush, std::vector<Measured> const& all, std::size_t last,
                            float height) {
    std::size_t first = last;
    for (float used = 0; first > 0 && used + height_of(brush, all[first - 1]) <= height; --first)
        used += height_of(brush, all[first - 1]);
    return first;
}

} // namespace

std::vector<SaidLine> said_in(Frame const& frame, SessionId session) {
    std::vector<SaidLine> said;
    auto const say = [&](EventNumber number, std::string words, Direction direction, Mark says_no) {
        said.push_back({std::move(words), direction, says_no, number});
    };
    for (EventNumber const number : happened(frame.lists.of(session), frame.state.applied)) {
        Event const& event = frame.trace.events[number];
        if (auto const* sent = std::get_if<CommandSent>(&event.happening)) {
            say(number, command_line(frame.world, frame.trace, *sent), Direction::to_server, Mark::none);
        } else if (auto const* reply = std::get_if<ReplySent>(&event.happening)) {
            Reply const words = reply_of(frame.world, frame.trace, *reply, event.at);
            say(number, to_line(words), Direction::to_client,
                words.permanent()   ? Mark::refused
                : words.transient() ? Mark::deferred
                                    : Mark::none);
        } else if (auto const* asked = std::get_if<AccessCommandSent>(&event.happening)) {
            say(number, command_line(frame.world, frame.trace, *asked), Direction::to_server, Mark::none);
        } else if (auto const* answered = std::get_if<AccessReplySent>(&event.happening)) {
            say(number, reply_lines(frame.trace, *answered).front(), Direction::to_client,
                is_refusal(answered->answer) ? Mark::refused : Mark::none);
        }
    }
    return said;
}

void draw_dialogue(Brush& brush, Rect rect, Frame const& frame, Focus const& focus, Intents& intents) {
    std::vector<Measured> const all = measure(brush, rect.w, frame, focus.session);
    // The end of what was said; but the line that matters is not pushed out by the farewells after it.
    std::size_t last = all.size();
    std::size_t first = first_that_fits(brush, all, last, rect.h);
    for (std::size_t i = 0; i < first; ++i)
        if (all[i].said.event == focus.line) {
            last = i + 1;
            first = first_that_fits(brush, all, last, rect.h);
            break;
        }
    float y = rect.y;
    for (std::size_t i = first; i < last; ++i) {
        Rect const room{rect.x, y, rect.w, height_of(brush, all[i])};
        draw_said(brush, room, all[i], focus.line, intents);
        y += height_of(brush, all[i]);
    }
}

float draw_whole_dialogue(Brush& brush, Rect rect, Frame const& frame, Focus const& focus, Intents& intents) {
    float y = rect.y;
    for (Measured const& measured : measure(brush, rect.w, frame, focus.session)) {
        draw_said(brush, {rect.x, y, rect.w, height_of(brush, measured)}, measured, focus.line, intents);
        y += height_of(brush, measured);
    }
    return y - rect.y;
}

float least_dialogue_height(Brush const& brush, float width, Frame const& frame, Focus const& focus) {
    std::vector<Measured> const all = measure(brush, width, frame, focus.session);
    if (all.empty())
        return 0;
    std::size_t last = all.size() - 1;
    for (std::size_t i = 0; i < all.size(); ++i)
        if (all[i].said.event == focus.line)
            last = i;
    return height_of(brush, all[last]) + (last > 0 ? height_of(brush, all[last - 1]) : 0.0F);
}

float dialogue_height(Brush const& brush, float width, Frame const& frame, SessionId session) {
    float height = 0;
    for (Measured const& measured : measure(brush, width, frame, session))
        height += height_of(brush, measured);
    return height;
}

} // namespace mailflow::viz
