#include "base/text.hpp"
#include "viz/notice.hpp"
#include "viz/panels/panels.hpp"
#include "viz/text_of_moment.hpp"

#include <imgui.h>

#include <algorithm>
#include <functional>
#include <string_view>
#include <vector>

namespace mailflow::viz {

namespace {

// At scale 1: beside the words, and for the bar that scrolls them.
constexpr float text_sides = 18;
constexpr float text_bar = 14;

/// Which of the runs the words are of, where there are two.
std::string heading_of_text(ViewState const& view) {
    if (!view.work.comparing)
        return "This moment in words";
    return view.work.seen() == Runs::before ? "Before the changes, in words"
                                            : "Now, with the changes, in words";
}

/// The words as the command line prints them: the width of the sheet says nothing of where they go to.
std::string text_to_copy(Frame const& frame, ViewState const& view) {
    Heading const heading = heading_of(frame.world, frame.trace, frame.lists, view);
    return TextOfMoment{}.tell(frame.world, frame.trace, heading, view.detail, view.now);
}

/// The lines as the width of the panel takes them; an empty line stays one.
std::vector<std::string> lines_of(Brush const& brush, std::string_view text, float width) {
    std::vector<std::string> lines;
    while (!text.empty()) {
        auto const end = std::min(text.find('\n'), text.size());
        std::string_view const line = text.substr(0, end);
        text.remove_prefix(std::min(end + 1, text.size()));
        if (width_of(brush.fonts.mono, line) <= width) {
            lines.emplace_back(line);
            continue;
        }
        // What is broken goes on below where it began.
        std::string const indent(std::min(line.find_first_not_of(' '), line.size()), ' ');
        float const room = width - width_of(brush.fonts.mono, indent);
        for (std::string const& part : wrapped(brush.fonts.mono, line.substr(indent.size()), room, 20))
            lines.push_back(indent + part);
    }
    return lines;
}

} // namespace

std::size_t characters_of_text(Ink const& ink, Rect sheet) {
    float const room = sheet.w - (2 * text_sides + text_bar) * ink.scale;
    return static_cast<std::size_t>(std::max(room / width_of(ink.fonts.mono, "M"), 1.0F));
}

void draw_text_view(Panel& panel, Rect rect, Frame const& frame, ViewState const& view, Intents& intents) {
    Brush& brush = panel.brush;
    std::string const& text = frame.text;
    brush.fill(rect, brush.colours.surface, brush.px(9));
    brush.outline(rect, brush.colours.line, brush.px(1.2F), brush.px(9));
    brush.drawn.shapes.insert_or_assign("text sheet", rect);
    float const pad = brush.px(text_sides);
    float const bar = brush.px(54);
    float const width = brush.px(88);
    Rect const close{rect.right() - pad - width, rect.y + brush.px(10), width, brush.px(34)};
    std::string const heading = heading_of_text(view);
    Rect const head{rect.x + pad, close.y, close.x - width - brush.px(20) - rect.x - pad, close.h};
    bool const is_wide = width_of(brush.fonts.title, heading) <= head.w;
    brush.text(head, is_wide ? brush.fonts.title : brush.fonts.bold, brush.colours.ink, heading);
    brush.drawn.shapes.insert_or_assign("text of:" + heading, head);
    if (text_button(brush, "close text", close, "Close", ButtonLook::plain))
        intents.push_back(ToggleText{});
    Rect const copy{close.x - brush.px(8) - width, close.y, width, close.h};
    if (text_button(brush, "copy text", copy, "Copy", ButtonLook::plain)) {
        ImGui::SetClipboardText(text_to_copy(frame, view).c_str());
        intents.push_back(Tell{"Copied."});
    }

    Rect inside{rect.x + pad, rect.y + bar, rect.w - 2 * pad, rect.h - bar - brush.px(10)};
    if (has_notice(view.presenting)) {
        float const high = std::min(frame.screen.notice.h, inside.h);
        inside.h -= high;
        draw_notice(brush, {inside.x, inside.bottom(), inside.w, high}, view.presenting, intents);
        inside.h = std::max(inside.h - brush.px(10), 1.0F);
    }
    brush.drawn.shapes.insert_or_assign("text lines", inside);
    std::vector<std::string> const lines = lines_of(brush, text, inside.w - brush.px(text_bar));
    float const step = brush.px(21);
    float const height = step * static_cast<float>(lines.size());
    auto const version = static_cast<int>(std::hash<std::string>{}(text)&0x7FFFFFFFU);
    ScrollArea const area{brush, "text lines", inside, height, version, height};
    Brush scrolled = brush.on(area.list());
    for (std::size_t i = 0; i < lines.size(); ++i) {
        float const y = area.origin().y + step * static_cast<float>(i);
        if (y + step >= inside.y && y <= inside.bottom()) // the others are not seen
            scrolled.text({inside.x, y, inside.w, step}, brush.fonts.mono, brush.colours.ink, lines[i]);
    }
}

} // namespace mailflow::viz
