#include "viz/panels/controls.hpp"

#include "report/words/spoken_time.hpp"
#include "viz/workbench/workbench.hpp"

#include <fmt/format.h>

#include <array>
#include <utility>

namespace mailflow::viz {

namespace {

struct LevelChoice {
    Detail detail;
    char const* name;
    char const* words;
};
constexpr std::array<LevelChoice, 3> levels{{{Detail::magic, "detail:magic", "Magic"},
                                             {Detail::servers, "detail:servers", "Servers"},
                                             {Detail::protocol, "detail:protocol", "Protocol"}}};

/// The least width, at scale 1, at which the buttons of the levels are all as wide as usual.
constexpr float least_for_wide_levels = 900;

ControlGroup open_group(Brush const& brush) {
    return {"", {{"open", "Open", brush.px(66), false, WorkIntent{ShowSheet{Sheet::open}}}}};
}

ControlGroup modes_group(Brush const& brush, ViewState const& view) {
    ControlGroup group{"What the window is for", {}};
    for (ModeSpec const& mode : mode_table())
        group.controls.push_back({mode.name, mode.words,
                                  width_of(brush.fonts.bold, mode.words) + brush.px(20),
                                  view.mode == mode.mode, SetMode{mode.mode}});
    return group;
}

/// What can be brought out where it has no place.
ControlGroup parts_group(Brush const& brush, Screen const& screen, ViewState const& view) {
    ControlGroup group{"Brings out", {}};
    auto const add = [&](char const* name, std::string_view words, bool chosen, Intent const& pressed) {
        group.controls.push_back(
            {name, std::string{words}, width_of(brush.fonts.bold, words) + brush.px(20), chosen, pressed});
    };
    if (!screen.has_list_beside)
        add("list", "List", view.list_out, ToggleList{});
    if (!screen.has_panel_beside)
        add("panel",
            view.mode == Mode::watch   ? "Details"
            : view.mode == Mode::build ? "Form"
                                       : "Switches",
            wishes_of(view).front == Front::panel, TogglePanel{});
    return group;
}

ControlGroup levels_group(Brush const& brush, Screen const& screen, ViewState const& view) {
    ControlGroup group{"Level of detail", {}};
    float const width = brush.px(screen.header.w < brush.px(least_for_wide_levels) ? 74.0F : 86.0F);
    for (LevelChoice const& level : levels)
        group.controls.push_back(
            {level.name, level.words, width, view.detail == level.detail, SetDetail{level.detail}});
    return group;
}

ControlGroup cards_group(Brush const& brush) {
    return {"Cards",
            {{"present", "Present", brush.px(80), false, ShowCard{Card::present}},
             {"signs", "Signs", brush.px(64), false, ShowCard{Card::signs}},
             {"keys", "?", brush.px(34), false, ShowCard{Card::keys}, "Keys"}}};
}

ControlGroup more_group(Brush const& brush, ViewState const& view) {
    std::string_view const words = "More";
    return {"",
            {{"more", std::string{words}, width_of(brush.fonts.bold, words) + brush.px(20),
              view.card == Card::more, ShowCard{Card::more}}}};
}

} // namespace

float width_of(Brush const& brush, std::vector<ControlGroup> const& groups) {
    float width = 0;
    for (ControlGroup const& group : groups) {
        if (group.controls.empty())
            continue;
        width += brush.px(header_spacing::between_groups - header_spacing::between_buttons);
        for (Control const& control : group.controls)
            width += control.width + brush.px(header_spacing::between_buttons);
    }
    return width;
}

HeaderPlan plan_header(Brush const& brush, Frame const& frame, ViewState const& view) {
    Screen const& screen = frame.screen;
    ControlGroup open = open_group(brush);
    ControlGroup modes = modes_group(brush, view);
    ControlGroup const parts = parts_group(brush, screen, view);
    ControlGroup levels = levels_group(brush, screen, view);
    ControlGroup cards = cards_group(brush);
    ControlGroup const more = more_group(brush, view);
    float const room = screen.header.w - 2 * brush.px(header_spacing::sides);
    bool const needs_more = !plan_transport(brush, screen.transport, frame, view).left_out.empty();
    HeaderPlan plan;
    // What is missed least in the header goes first.
    for (ControlGroup* const group : {&cards, &levels, &modes, &open}) {
        float const wanted = width_of(brush, {open, modes, parts, levels, cards}) +
                             (needs_more || !plan.left_out.empty() ? width_of(brush, {more}) : 0);
        if (wanted <= room)
            break;
        plan.left_out.insert(plan.left_out.begin(), std::exchange(*group, {}));
    }
    plan.left = {open};
    plan.right = {modes, parts, levels, cards};
    if (needs_more || !plan.left_out.empty())
        plan.right.push_back(more);
    return plan;
}

namespace {

/// Where the timeline, the clock, the speed and the row of choices stand.
void divide(TransportPlan& plan, Brush const& brush, Rect rect, Instant end) {
    float const side = brush.px(16);
    float const one_line =
        width_of(brush.fonts.bold, longest_clock(end) + " of " + say_length(end.since_start));
    float const two_lines = std::max(width_of(brush.fonts.small_bold, longest_clock(end)),
                                     width_of(brush.fonts.small, "of " + say_length(end.since_start)));
    float buttons = rect.x + brush.px(plan.narrow ? 160.0F : transport_left);
    float const foot = rect.bottom() - brush.px(plan.low ? 22.0F : 37.0F);
    if (plan.low && !plan.narrow) {
        float const left = rect.right() - brush.px(24) - buttons;
        float const w = one_line < left * 0.4F ? one_line : two_lines;
        plan.clock = {buttons - brush.px(4), rect.centre().y - brush.px(17), w + 1, brush.px(34)};
        buttons = plan.clock.right() + brush.px(24);
    } else if (plan.narrow) {
        plan.clock = {rect.x + side, foot, std::min(one_line + 1, rect.w - 2 * side),
                      brush.px(plan.low ? 20.0F : 26.0F)};
    } else {
        float const w = brush.px(152);
        plan.speed = {rect.x + brush.px(transport_left - 22) - w, foot, w, brush.px(26)};
        plan.clock = {rect.x + side, foot, plan.speed.x - brush.px(8) - rect.x - side, brush.px(26)};
    }
    plan.line = {buttons, rect.y, std::max(rect.right() - brush.px(24) - buttons, 1.0F), rect.h};
    if (plan.low)
        return;
    float const h = brush.px(24);
    float const x = plan.narrow ? std::max(plan.line.x, plan.clock.right() + brush.px(14)) : plan.line.x;
    plan.choices = {x, rect.bottom() - h - brush.px(8), std::max(plan.line.right() - x, 0.0F), h};
}

} // namespace

TransportPlan plan_transport(Brush const& brush, Rect rect, Frame const& frame, ViewState const& view) {
    using namespace step_spacing;
    TransportPlan plan{.low = rect.h < brush.px(time_bar::low),
                       .narrow = rect.w < brush.px(time_bar::narrow),
                       .line = rect,
                       .clock = rect};
    divide(plan, brush, rect, frame.pace.end());
    if (plan.narrow)
        plan.left_out.push_back(
            {"Go to",
             {{"to start", "The beginning", 0, false, Seek{Instant{}}},
              {"refusal before", "The refusal before", 0, false, StepTo{Step::refusal, Towards::past}},
              {"refusal after", "The next refusal", 0, false, StepTo{Step::refusal, Towards::future}},
              {"to end", "The end", 0, false, Seek{Instant{Duration::max()}}}}});
    if (plan.low || plan.narrow)
        plan.left_out.push_back({"Speed: " + say_speed(speeds[view.speed]),
                                 {{"slower", "Slower", 0, false, ChangeSpeed{-1}, {}, true},
                                  {"faster", "Faster", 0, false, ChangeSpeed{1}, {}, true}}});
    ControlGroup steps{"Step by", {}};
    float x = plan.choices.x + width_of(brush.fonts.small, label) + brush.px(after_label);
    bool follows = true; // all before it have room
    auto const place = [&](Control control, std::vector<Control>& shown) {
        control.width = width_of(brush.fonts.small_bold, control.words) + brush.px(18);
        bool const has_room = !plan.low && follows && x + control.width <= plan.choices.right();
        follows = has_room;
        x += has_room ? control.width + brush.px(between_chips) : 0;
        (has_room ? shown : steps.controls).push_back(std::move(control));
    };
    for (Step const step : {Step::event, Step::decision, Step::hop, Step::message}) {
        std::string const words{words_of(step)};
        place({"step:" + words, words, 0, view.step == step, SetStep{step}}, plan.steps);
    }
    x += brush.px(before_predict);
    place({"predict", "Predict", 0, view.predicting.on, TogglePredicting{}, "Predict what servers say"},
          plan.predict);
    if (!steps.controls.empty())
        plan.left_out.push_back(std::move(steps));
    return plan;
}

} // namespace mailflow::viz
