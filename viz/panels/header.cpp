#include "viz/heading.hpp"
#include "viz/panels/controls.hpp"
#include "viz/workbench/workbench.hpp"

namespace mailflow::viz {

namespace {

/// Narrower than this, at scale 1, there is no title.
constexpr float least_title = 110;
/// Less than this of the summary is not worth reading.
constexpr float least_summary = 120;

/// The largest of the faces in which the words are whole.
Face face_for(Brush const& brush, std::string_view words, float room) {
    for (Face const face : {brush.fonts.title, brush.fonts.head, brush.fonts.bold})
        if (width_of(face, words) <= room)
            return face;
    return brush.fonts.small_bold;
}

/// The end of the last part that has room, where parts end with one of the marks before a blank, without
/// marks with every word; 0 where not even the first has.
std::size_t end_of_last(std::string_view marks, Face font, std::string_view words, float room) {
    std::size_t last = 0;
    for (std::size_t i = 0; i + 1 < words.size(); ++i)
        if ((marks.empty() || marks.find(words[i]) != std::string_view::npos) && words[i + 1] == ' ' &&
            width_of(font, words.substr(0, i + 1)) <= room)
            last = i + 1;
    return last;
}

/// As much of the summary as can be read as a whole: its first sentences; else a part of the first one, up to
/// where a reader draws breath.
std::string beginning_of(std::string const& summary, Face font, float room) {
    if (width_of(font, summary) <= room)
        return summary;
    if (std::size_t const end = end_of_last(".?!", font, summary, room); end > 0)
        return summary.substr(0, end);
    float const for_dots = width_of(font, " …");
    std::size_t const end = end_of_last(",;:", font, summary, room - for_dots);
    std::size_t const word = end_of_last("", font, summary, room - for_dots);
    if (2 * end > word) // else too much would be lost
        return summary.substr(0, end - 1) + " …";
    return word > 0 ? summary.substr(0, word) + " …" : summary;
}

/// The title whole; the summary, which the details have whole, as far as it goes: beside it in a line of its
/// own above the buttons, below it between them.
void draw_title(Brush& brush, Rect room, Frame const& frame, ViewState const& view) {
    Heading const heading = heading_of(frame.world, frame.trace, frame.lists, view);
    if (room.w < brush.px(least_title))
        return;
    bool const unsaved = frame.work.differs_from_file() && !frame.work.shows_another();
    std::string const words = unsaved ? "• " + heading.title : heading.title;
    Face const face = face_for(brush, words, room.w);
    bool const one_line = room.h < brush.px(40);
    Rect line = room;
    Rect rest{};
    if (!one_line && !heading.summary.empty()) {
        float const below = brush.px(19);
        float const top = room.centre().y - (brush.px(25) + below) / 2;
        line = {room.x, top, room.w, brush.px(25)};
        rest = {room.x, line.bottom(), room.w, below};
    }
    Rect const title = brush.text(line, face, brush.colours.ink, words);
    brush.drawn.shapes.insert_or_assign("title:" + elided(face, words, line.w), title);
    if (one_line)
        rest = {title.right() + brush.px(18), line.y + brush.px(1),
                line.right() - title.right() - brush.px(18), line.h};
    if (rest.w < brush.px(least_summary))
        return;
    Face const small = brush.fonts.small;
    std::string const said = elided(small, beginning_of(heading.summary, small, rest.w), rest.w);
    brush.drawn.shapes.insert_or_assign("summary:" + said,
                                        brush.text(rest, small, brush.colours.quiet, said));
}

/// The buttons from left to right; where the next one would stand.
float draw_groups(Brush& brush, Rect line, std::vector<ControlGroup> const& groups, Intents& intents) {
    float x = line.x;
    for (ControlGroup const& group : groups) {
        if (group.controls.empty())
            continue;
        for (Control const& control : group.controls) {
            if (text_button(brush, control.name, {x, line.y, control.width, line.h}, control.words,
                            control.chosen ? ButtonLook::chosen : ButtonLook::plain))
                intents.push_back(control.pressed);
            x += control.width + brush.px(header_spacing::between_buttons);
        }
        x += brush.px(header_spacing::between_groups - header_spacing::between_buttons);
    }
    return x;
}

} // namespace

void draw_header(Brush& brush, Rect rect, Frame const& frame, ViewState const& view, Intents& intents) {
    brush.fill(rect, brush.colours.surface);
    brush.line({rect.x, rect.bottom()}, {rect.right(), rect.bottom()}, brush.colours.line, brush.px(1.2F));
    HeaderPlan const plan = plan_header(brush, frame, view);
    Rect const& above = frame.screen.title;
    float const h = brush.px(32);
    float const top = above.h > 0 ? rect.bottom() - brush.px(8) - h : rect.centre().y - h / 2;
    Rect const line{rect.x + brush.px(header_spacing::sides), top, rect.w, h};
    float const left = draw_groups(brush, line, plan.left, intents);
    float const right = rect.right() - width_of(brush, plan.right);
    draw_title(brush, above.h > 0 ? above : Rect{left, rect.y, right - brush.px(10) - left, rect.h}, frame,
               view);
    draw_groups(brush, {right, line.y, rect.w, line.h}, plan.right, intents);
}

} // namespace mailflow::viz
