// The window's whole life between two events: takes input, advances the clock, draws the moment. It owns the
// run that it shows and what the person has chosen; it opens no window itself.
#pragma once

#include "trace/replay.hpp"
#include "viz/draw/brush.hpp"
#include "viz/glue/ui.hpp"
#include "viz/layout.hpp"
#include "viz/screen.hpp"
#include "viz/view_state.hpp"

#include <deque>
#include <memory>

namespace mailflow::viz {

class App {
public:
    App(World world, Trace trace);
    App(App const&) = delete;
    App& operator=(App const&) = delete;

    /// Queues what the user did; the next frames take it in.
    void on_event(InputEvent const& event, Ui& ui);

    /// Draws one frame of this size that lasts `seconds`, the animation's clock included.
    void frame(Ui& ui, unsigned width, unsigned height, float seconds);

    void seek(Instant to);
    void set_detail(Detail detail);

    [[nodiscard]] ViewState const& view() const { return view_; }
    [[nodiscard]] bool wants_to_close() const { return wants_to_close_; }
    /// Where things were drawn in the last frame.
    [[nodiscard]] Drawn const& drawn() const { return drawn_; }
    [[nodiscard]] CanvasLayout const& layout() const { return layout_; }
    [[nodiscard]] ReplayState const& state() const { return state_; }
    [[nodiscard]] World const& world() const { return world_; }
    [[nodiscard]] Trace const& trace() const { return trace_; }
    [[nodiscard]] Pace const& pace() const { return pace_; }
    [[nodiscard]] StoryRows const& rows() const { return rows_; }

private:
    void press_key(Key key);
    void carry_out(Intent const& intent);
    void plan(unsigned width, unsigned height, float scale, Present const& present);

    World const world_;
    Trace const trace_;
    Replay const replay_;
    Pace const pace_;
    StoryRows const rows_;
    ViewState view_;
    ReplayState state_;
    CanvasLayout layout_;
    Screen screen_;
    unsigned planned_width_ = 0;
    unsigned planned_height_ = 0;
    std::uint32_t planned_changes_ = 0;
    Drawn drawn_;
    bool wants_to_close_ = false;
};

/// Every text of people in the world, for the fonts.
[[nodiscard]] std::string texts_of(World const& world);

} // namespace mailflow::viz
