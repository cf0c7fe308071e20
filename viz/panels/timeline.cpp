// The run as a line: how far it has come, what happened when, where hours pass without anything. It can be
// dragged, and looked at more closely: seconds and days have room in one run.
#include "report/words/spoken_time.hpp"
#include "report/words/words.hpp"
#include "viz/draw/icons.hpp"
#include "viz/panels/panels.hpp"
#include "viz/panels/time_signs.hpp"
#include "viz/workbench/workbench.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>

namespace mailflow::viz {

namespace {

constexpr double zoom_a_notch = 1.3;

/// The mark of most weight first: of those that would cover each other, the first stays; one that people look
/// for stands below it then, if it is of another kind.
constexpr std::array<Mark, 6> by_weight{Mark::changed,  Mark::refused,  Mark::bounce,
                                        Mark::deferred, Mark::accepted, Mark::dns};

bool is_looked_for(Mark mark) {
    return mark == Mark::refused || mark == Mark::bounce || mark == Mark::deferred || mark == Mark::changed;
}

class Timeline {
public:
    Timeline(Brush& brush, Rect rect, Frame const& frame, ViewState const& view)
        : brush_(brush)
        , frame_(frame)
        , view_(view)
        , rect_(rect)
        , track_{rect.x, rect.y + brush.px(27), rect.w, brush.px(12)} {}

    void draw(Intents& intents) {
        draw_overview(intents); // first, since it lies within the reach of the line
        draw_way_back(intents);
        take_mouse(intents);
        draw_track();
        draw_waits();
        draw_knob();
        draw_parting(intents);
        draw_ends();
        draw_marks(intents);
        draw_times();
    }

private:
    struct Placed {
        float x = 0;
        Mark mark = Mark::none;
        EventNumber event = 0;
        Mark mark_below = Mark::none;
        EventNumber below = never; // of another kind, where the same place is both's
    };

    [[nodiscard]] double width() const { return view_.timeline.to - view_.timeline.from; }
    [[nodiscard]] float x_of(double axis) const {
        return track_.x + track_.w * static_cast<float>((axis - view_.timeline.from) / width());
    }
    [[nodiscard]] double axis_at(float x) const {
        return view_.timeline.from + width() * static_cast<double>((x - track_.x) / std::max(track_.w, 1.0F));
    }
    [[nodiscard]] bool is_zoomed() const { return width() < 1; }

    void take_mouse(Intents& intents) {
        Press const press = press_area(brush_.drawn, "timeline", track_.inset(-brush_.px(9)), Reach::mouse);
        brush_.drawn.shapes.insert_or_assign("track", track_);
        if (press.held)
            intents.push_back(Seek{frame_.pace.at_axis(
                std::clamp(axis_at(press.at.x), view_.timeline.from, view_.timeline.to))});
        if (press.wheel != 0)
            intents.push_back(
                SetTimeWindow{zoomed(view_.timeline, std::pow(zoom_a_notch, static_cast<double>(press.wheel)),
                                     axis_at(press.at.x))});
    }

    void draw_track() {
        brush_.fill(track_, brush_.colours.track, track_.h / 2);
        float const place = held_between(x_of(frame_.pace.axis_of(view_.now)), track_.x, track_.right());
        if (place - track_.x > track_.h)
            brush_.fill({track_.x, track_.y, place - track_.x, track_.h}, brush_.colours.dns, track_.h / 2);
    }

    /// The stretches in which nothing happens: a gap in the line, and how long they are where it fits.
    void draw_waits() {
        std::vector<Stretch> const& all = frame_.pace.stretches();
        auto const by_end = [](Stretch const& stretch, double axis) { return stretch.axis_to < axis; };
        auto stretch = std::lower_bound(all.begin(), all.end(), view_.timeline.from, by_end);
        float words_from = rect_.x - brush_.px(40);
        while (stretch != all.end() && stretch->axis_from < view_.timeline.to) {
            if (view_.predicting.on && stretch->from >= view_.now)
                return; // waiting, too, tells of an answer
            if (!stretch->idle) {
                ++stretch;
                continue;
            }
            float const x = x_of((stretch->axis_from + stretch->axis_to) / 2);
            if (x > track_.x && x < track_.right()) {
                draw_gap(brush_, track_, x);
                words_from = say_wait(*stretch, x, words_from);
            }
            // The next one that is far enough away to be told apart.
            double const next = axis_at(std::max(x, track_.x) + brush_.px(18));
            auto const further = std::lower_bound(stretch, all.end(), next, by_end);
            stretch = further == stretch ? std::next(stretch) : further;
        }
    }

    float say_wait(Stretch const& stretch, float x, float free_from) {
        std::string const words = say_roughly(stretch.to - stretch.from) + " pass";
        float const w = width_of(brush_.fonts.small, words);
        Rect const room = kept_within({x - w / 2, rect_.y + brush_.px(3), w + 1, brush_.px(20)}, rect_);
        std::optional<Rect> const flag = flag_of_parting();
        if (room.x < free_from || (is_zoomed() && way_back().inset(-brush_.px(4)).overlaps(room)) ||
            (flag && flag->inset(-brush_.px(4)).overlaps(room)))
            return free_from;
        brush_.text(room, brush_.fonts.small, brush_.colours.quiet, words);
        brush_.drawn.shapes.insert_or_assign("wait:" + words, room);
        return room.right() + brush_.px(10);
    }

    /// When the stretch that is seen begins and ends, below its marks: first, so that other words give way.
    void draw_ends() {
        if (rect_.h < brush_.px(90) || frame_.trace.events.empty())
            return;
        float const y = track_.bottom() + brush_.px(26);
        auto const say = [&](double axis, bool last) {
            Duration const unit = digits_at(x_of(axis));
            Duration const here = frame_.pace.at_axis(axis).since_start;
            std::string const words = say_exactly((here + unit / 2) / unit * unit);
            float const w = width_of(brush_.fonts.small, words) + 2;
            Rect const room{last ? track_.right() - w : track_.x, y, w, brush_.px(17)};
            words_.push_back(room);
            brush_.text(room, brush_.fonts.small, brush_.colours.quiet, words);
            brush_.drawn.shapes.insert_or_assign(last ? "seen to" : "seen from", room);
        };
        say(view_.timeline.from, false);
        say(view_.timeline.to, true);
    }

    /// Round times in between, where the words of marks leave room: without them noon could not be found in a
    /// day of mail.
    void draw_times() {
        if (rect_.h < brush_.px(90) || frame_.trace.events.empty())
            return;
        float const y = track_.bottom() + brush_.px(26);
        for (float x = track_.x; x < track_.right(); x += brush_.px(24)) {
            Duration const here = frame_.pace.at_axis(axis_at(x)).since_start;
            Duration const unit = unit_at(x);
            Instant const round{(here + unit / 2) / unit * unit};
            if (view_.predicting.on && round > view_.now)
                continue; // how far apart things are tells of an answer, too
            float const place = x_of(frame_.pace.axis_of(round));
            std::string const words = say_exactly(round.since_start);
            float const w = width_of(brush_.fonts.small, words) + 2;
            Rect const room{place - w / 2, y, w, brush_.px(17)};
            Rect const wide{room.x - brush_.px(12), room.y, room.w + brush_.px(24), room.h};
            if (wide.x < track_.x || wide.right() > track_.right() ||
                std::any_of(words_.begin(), words_.end(),
                            [&](Rect const& other) { return other.overlaps(wide); }))
                continue;
            words_.push_back(room);
            brush_.line({place, track_.bottom() + 1}, {place, track_.bottom() + brush_.px(6)},
                        brush_.colours.quiet, brush_.px(1.5F));
            brush_.text(room, brush_.fonts.small, brush_.colours.quiet, words);
            brush_.drawn.shapes.insert_or_assign("time:" + words, room);
        }
    }

    /// Of what times are called round at that place of the line: of so much that two of them stand beside
    /// each other. Where little happens hours may do, and milliseconds a hand's breadth further.
    [[nodiscard]] Duration unit_at(float x) const {
        using namespace std::chrono_literals;
        constexpr std::array<Duration, 24> units{1ms,   2ms,   5ms,   10ms, 20ms, 50ms, 100ms, 200ms,
                                                 500ms, 1s,    2s,    5s,   10s,  30s,  1min,  2min,
                                                 5min,  10min, 30min, 1h,   2h,   6h,   12h,   24h};
        float const apart = std::min(brush_.px(90), track_.w);
        float const from = held_between(x - apart / 2, track_.x, track_.right() - apart);
        Duration const passes =
            frame_.pace.at_axis(axis_at(from + apart)) - frame_.pace.at_axis(axis_at(from));
        auto const found =
            std::find_if(units.begin(), units.end(), [&](Duration unit) { return unit >= passes; });
        return found == units.end() ? units.back() : *found;
    }

    /// How exactly a moment there has to be told to be told apart from those beside it.
    [[nodiscard]] Duration digits_at(float x) const {
        using namespace std::chrono_literals;
        constexpr std::array<Duration, 5> digits{1min, 1s, 100ms, 10ms, 1ms};
        static constexpr int finer = 10; // than what is round
        auto const found = std::find_if(digits.begin(), digits.end(),
                                        [unit = unit_at(x)](Duration one) { return one * finer <= unit; });
        return found == digits.end() ? digits.back() : *found;
    }

    void draw_knob() {
        float const x = x_of(frame_.pace.axis_of(view_.now));
        if (x < track_.x - 1 || x > track_.right() + 1)
            return;
        brush_.drawn.shapes.insert_or_assign("knob", draw_moment(brush_, {x, track_.centre().y}));
    }

    static constexpr std::string_view parting_words = "first difference";

    /// Where two runs that are compared go different ways; none where that is not seen.
    [[nodiscard]] std::optional<float> parting() const {
        if (!view_.work.comparing || !frame_.work.difference())
            return std::nullopt;
        float const x = x_of(frame_.pace.axis_of(std::min(frame_.work.difference()->at, frame_.pace.end())));
        return x < track_.x - 1 || x > track_.right() + 1 ? std::nullopt : std::optional{x};
    }

    [[nodiscard]] std::optional<Rect> flag_of_parting() const {
        std::optional<float> const x = parting();
        if (!x)
            return std::nullopt;
        float const w = width_of(brush_.fonts.small, parting_words) + brush_.px(12);
        float const room = is_zoomed() ? way_back().x - brush_.px(6) - rect_.x : rect_.w;
        return kept_within({*x - w / 2, rect_.y + brush_.px(1), w, brush_.px(20)},
                           {rect_.x, rect_.y, room, rect_.h});
    }

    /// A line across the track, with words.
    void draw_parting(Intents& intents) {
        std::optional<Rect> const flag = flag_of_parting();
        if (!flag)
            return;
        Instant const at = std::min(frame_.work.difference()->at, frame_.pace.end());
        float const x = *parting();
        draw_parting_line(brush_, track_, x);
        Rect const room = *flag;
        brush_.fill(room, brush_.colours.surface, brush_.px(4));
        brush_.outline(room, brush_.colours.bounce, brush_.px(2), brush_.px(4));
        brush_.text(room, brush_.fonts.small, brush_.colours.ink, parting_words, Align::centre);
        brush_.drawn.shapes.insert_or_assign("parting", around({x, track_.centre().y}, 1, 1));
        if (press_area(brush_.drawn, "first difference", room).clicked)
            intents.push_back(Seek{at});
    }

    void draw_marks(Intents& intents) {
        float const y = track_.bottom() + brush_.px(17);
        Rect const band{track_.x, y - brush_.px(8), track_.w, brush_.px(16)};
        Press const press = press_area(brush_.drawn, "marks", band, Reach::mouse);
        for (Mark const mark : by_weight)
            place_marks_of(mark, y);
        float nearest = brush_.px(14);
        for (Placed const& placed : placed_) {
            draw_placed(placed, y);
            if (press.clicked && std::abs(placed.x - press.at.x) < nearest) {
                nearest = std::abs(placed.x - press.at.x);
                EventNumber const pressed =
                    placed.below != never && press.at.y > y ? placed.below : placed.event;
                intents.push_back(Seek{frame_.trace.events[pressed].at});
            }
        }
    }

    /// Jumps from each mark to the next that does not cover it: a million of them cost what fits on the line.
    void place_marks_of(Mark mark, float y) {
        std::vector<EventNumber> const& events = frame_.rows.marked(mark);
        auto const before = [this](EventNumber event, Instant at) {
            return frame_.trace.events[event].at < at;
        };
        auto at =
            std::lower_bound(events.begin(), events.end(), frame_.pace.at_axis(view_.timeline.from), before);
        while (at != events.end()) {
            double const axis = frame_.pace.axis_of(frame_.trace.events[*at].at);
            float const x = x_of(axis);
            if (x > track_.right() + 1 || (view_.predicting.on && *at >= frame_.state.applied))
                return; // whoever predicts sees no marks of what comes
            float const room = brush_.px(20);
            float free_at = x;
            Placed* covering = nullptr;
            for (Placed& placed : placed_)
                if (std::abs(placed.x - x) < room) {
                    free_at = std::max(free_at, placed.x + room);
                    if (placed.mark != mark && placed.below == never)
                        covering = &placed;
                }
            if (free_at <= x) {
                placed_.push_back({x, mark, *at});
                say_mark(mark, x, y);
                free_at = x + room;
            } else if (covering != nullptr && is_looked_for(mark)) {
                covering->below = *at;
                covering->mark_below = mark;
            }
            Instant const next = frame_.pace.at_axis(std::min(axis_at(free_at), 1.0));
            auto const further = std::lower_bound(at, events.end(), next, before);
            at = further == at ? std::next(at) : further;
        }
    }

    void draw_placed(Placed const& placed, float y) {
        auto const name = [&](EventNumber event, Rect place) {
            brush_.drawn.shapes.insert_or_assign("mark:" + std::to_string(event), place);
        };
        if (placed.below == never) {
            name(placed.event, draw_time_mark(brush_, {placed.x, y}, placed.mark));
            return;
        }
        auto const [upper, lower] = draw_stacked_marks(brush_, {placed.x, y}, placed.mark, placed.mark_below);
        name(placed.event, upper);
        name(placed.below, lower);
    }

    /// The word below a mark that people look for, where it has room.
    void say_mark(Mark mark, float x, float y) {
        if (!is_looked_for(mark) || rect_.h < brush_.px(90))
            return;
        std::string_view const word = word_of(mark);
        float const w = width_of(brush_.fonts.small, word);
        Rect const room = kept_within({x - w / 2 - 1, y + brush_.px(9), w + 2, brush_.px(17)},
                                      {rect_.x, rect_.y, rect_.w, rect_.h});
        for (Rect const& other : words_)
            if (other.inset(-brush_.px(6)).overlaps(room))
                return;
        words_.push_back(room);
        brush_.text(room, brush_.fonts.small,
                    mark == Mark::refused ? brush_.colours.refused : brush_.colours.quiet, word);
    }

    /// Where in the whole run the part is that is seen; it can be dragged along.
    void draw_overview(Intents& intents) {
        if (!is_zoomed())
            return;
        Rect const line{track_.x, track_.y - brush_.px(5), track_.w, brush_.px(3)};
        Press const press = press_area(brush_.drawn, "overview", line.inset(-brush_.px(3)), Reach::mouse);
        brush_.fill(line, brush_.colours.track, line.h / 2);
        float const w = std::max(line.w * static_cast<float>(width()), brush_.px(8));
        float const x =
            line.x + (line.w - w) * static_cast<float>(view_.timeline.from / std::max(1 - width(), 1e-9));
        brush_.fill({x, line.y, w, line.h}, brush_.colours.accent, line.h / 2);
        brush_.drawn.shapes.insert_or_assign("overview", Rect{x, line.y, w, line.h});
        Rect const now =
            around({line.x + line.w * static_cast<float>(frame_.pace.axis_of(view_.now)), line.centre().y},
                   brush_.px(4), brush_.px(9));
        brush_.fill(now, brush_.colours.ink, now.w / 2);
        brush_.drawn.shapes.insert_or_assign("overview now", now);
        if (press.held) {
            double const middle = static_cast<double>((press.at.x - line.x) / std::max(line.w, 1.0F));
            intents.push_back(SetTimeWindow{{middle - width() / 2, middle + width() / 2}});
        }
    }

    static constexpr std::string_view way_back_words = "Whole run";

    [[nodiscard]] Rect way_back() const {
        float const w = width_of(brush_.fonts.small_bold, way_back_words) + brush_.px(14);
        return {rect_.right() - w, rect_.y + brush_.px(1), w, brush_.px(18)};
    }

    /// From a part of the run to all of it.
    void draw_way_back(Intents& intents) {
        if (is_zoomed() && chip(brush_, "whole run", way_back(), way_back_words, false))
            intents.push_back(SetTimeWindow{});
    }

    Brush& brush_;
    Frame const& frame_;
    ViewState const& view_;
    Rect rect_;
    Rect track_;
    std::vector<Placed> placed_;
    std::vector<Rect> words_;
};

} // namespace

void draw_timeline(Brush& brush, Rect rect, Frame const& frame, ViewState const& view, Intents& intents) {
    Timeline{brush, rect, frame, view}.draw(intents);
}

} // namespace mailflow::viz
