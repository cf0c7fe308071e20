// The window's whole life between two events: takes input, advances the clock, draws the moment. It owns the
// run that it shows and what the person has chosen; it opens no window itself.
#pragma once

#include "viz/frame.hpp"
#include "viz/glue/ui.hpp"
#include "viz/layout/ground_memory.hpp"
#include "viz/layout/layout.hpp"
#include "viz/row_tops.hpp"
#include "viz/screen.hpp"
#include "viz/shown/told_message.hpp"
#include "viz/text_of_moment.hpp"
#include "viz/view_state.hpp"

#include <chrono>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace mailflow::viz {

class Workbench;

class App {
public:
    App(World world, Trace trace);
    /// On the scenario that the workbench is open on, which has a run.
    explicit App(std::unique_ptr<Workbench> work);
    ~App();
    App(App const&) = delete;
    App& operator=(App const&) = delete;

    /// Shows another run from now on: of the same world changed, or of another one. What was chosen stays, as
    /// far as it means something there.
    void show(World world, Trace trace);

    /// Works on that scenario from now on, and shows its run. Empty when the file could be read; a file with
    /// mistakes is opened, too, and what was shown stays until they are mended.
    [[nodiscard]] std::string open_file(std::string const& path);
    /// Where recent files are remembered; empty: nowhere.
    void set_config(std::filesystem::path directory);
    /// Whether somebody has changed the file meanwhile, so that there is something new to draw.
    [[nodiscard]] bool look_at_disk(float seconds);

    /// Queues what the user did; the next frames take it in.
    void on_event(InputEvent const& event, Ui& ui);

    /// Draws one frame of this size that lasts `seconds`, the animation's clock included.
    void frame(Ui& ui, unsigned width, unsigned height, float seconds);

    /// Draws what the window would show of that view, without taking input: for pictures and films.
    void draw_apart(Ui& ui, unsigned width, unsigned height, ViewState const& view);

    /// What it was asked for and cannot do itself, since the last time.
    [[nodiscard]] std::vector<Order> take_orders() { return std::exchange(orders_, {}); }

    /// As if a panel had asked for it.
    void carry_out(Intent const& intent);
    void seek(Instant to) { carry_out(Seek{to}); }
    /// At once, without the cloud's opening or closing.
    void set_detail(Detail detail) {
        carry_out(SetDetail{detail});
        view_.opened = opening_end(view_);
    }

    [[nodiscard]] ViewState const& view() const { return view_; }
    /// Whether the next frame differs from the last one without anybody's doing.
    [[nodiscard]] bool is_moving() const {
        return view_.playing || view_.presenting.notice_left_s > 0 || view_.opened != opening_end(view_);
    }
    [[nodiscard]] bool wants_to_close() const { return view_.leaving; }
    /// Where things were drawn in the last frame.
    [[nodiscard]] Drawn const& drawn() const { return drawing_.drawn; }
    [[nodiscard]] CanvasLayout const& layout() const { return drawing_.layout; }
    [[nodiscard]] ReplayState const& state() const { return drawing_.state; }
    [[nodiscard]] World const& world() const { return shown_->world; }
    [[nodiscard]] Trace const& trace() const { return shown_->trace; }
    [[nodiscard]] Pace const& pace() const { return shown_->pace; }
    [[nodiscard]] Shown const& shown() const { return *shown_; }
    /// The same, to be held on to.
    [[nodiscard]] std::shared_ptr<Shown const> const& run() const { return shown_; }
    /// What the level of detail and the filter let through.
    [[nodiscard]] StoryRows const& rows() const { return drawing_.rows; }
    /// What the window is called: what it shows, from which file, and whether that is unsaved.
    [[nodiscard]] std::string title() const;
    /// What comes next, as the line above the picture says it.
    [[nodiscard]] std::string next() const;
    /// Where the picture is on the screen.
    [[nodiscard]] Rect picture() const { return drawing_.screen.picture; }
    [[nodiscard]] Workbench const& work() const { return *work_; }
    /// Whether the next frame will show more than the last one, though nobody does anything.
    [[nodiscard]] bool goes_on() const;
    /// How long a frame waits for the run of what was changed before it goes on showing the last one; without
    /// a limit, as in pictures and films, it always shows what was changed.
    void set_patience(std::optional<std::chrono::milliseconds> patience);

private:
    /// What the plan of the canvas was made for.
    struct Planned {
        Rect picture;
        float scale = 0;
        std::uint32_t changes = 0;
        Positions positions;
        Rect usual{}; // the picture in a window of that size in which a run is watched

        bool operator==(Planned const&) const = default;
    };
    /// What the rows were chosen for.
    struct Listed {
        Detail detail = Detail::protocol;
        Filter filter;

        bool operator==(Listed const&) const = default;
    };

    /// The run before the changes, while both are seen.
    struct Beside {
        std::shared_ptr<Shown const> shown;
        ReplayState state;
        StoryRows rows;
        std::optional<Detail> listed;
        CanvasLayout plan;
        CanvasLayout layout;
        std::optional<Planned> planned;
        std::optional<std::pair<Subject, Filter>> asked; // what was chosen when this was looked for:
        Chosen chosen;
    };

    /// What was made for the last frame and helps to make the next one.
    struct Drawing {
        ReplayState state;
        StoryRows rows;
        std::optional<Listed> listed;
        RowTops tops;
        CanvasLayout plan;   // the whole picture
        CanvasLayout layout; // as the camera sees it
        GroundMemory grounds;
        Screen screen;
        std::optional<Planned> planned;
        Drawn drawn;
        TextOfMoment text;
        MessageSearch search;
        Beside beside;
    };

    void begin();
    void plan(Present const& present, float scale, ViewState const& view);
    /// Where the picture would be while the same window is used to watch.
    [[nodiscard]] Rect usual_picture(ViewState const& view, float scale) const;
    void show(std::shared_ptr<Shown const> shown);
    /// Shows the run that is seen: where two are compared and the one before is seen alone, that one.
    void show_what_is_seen();
    /// What an intent means for the scenario, not for the view.
    void work_on(Intent const& intent);
    void answer(Answer answer);
    /// Puts it off until it is known what becomes of unsaved changes. Whether it has to wait.
    bool ask_before(Intent const& intent);
    void follow_work();
    /// The machine that the form is about, which the picture marks; none: it is about something else.
    [[nodiscard]] Subject machine_of(std::string const& thing) const;
    /// For the sheet where a copy is saved.
    void list_failing_checks();
    [[nodiscard]] std::string words_on_checks(WorkIntent const& saving) const;
    /// What was dropped onto something else stands beside it. Whether that could be seen to.
    bool settle_positions();
    /// Writes into the scenario what was dragged to another place.
    void keep_positions();
    /// What was dragged stays where it is in another run of things with the same names.
    void carry_positions(World const& to);
    /// In another run of the same scenario the same things are filtered for; in another scenario none.
    void carry_filter(Shown const& to, bool is_another);
    /// The moment that was chosen stays, in every run of the same scenario that lasts so long.
    void keep_moment(bool is_another);
    /// Gives the thing whose form is shown the name that was typed for it, as if its field had been left.
    void take_typed_name();
    /// The keyboard stays with the widgets of what has got another name.
    void follow_names(MakeEdits const& made);
    /// What is done a little in every frame.
    void go_on_working(Ui& ui);
    void prepare_beside(ViewState const& view, float scale);
    [[nodiscard]] Intents draw_panels(Frame const& frame, ViewState const& view, Ink const& ink);
    [[nodiscard]] Intents draw(Ui& ui, unsigned width, unsigned height, float seconds, ViewState const& view,
                               Ui::Input input);
    void list_rows(ViewState const& view);
    void advance(float seconds);
    /// Says so once when the window has no room for the size that is wished.
    void tell_held_back(unsigned width, unsigned height);

    std::shared_ptr<Shown const> now_;   // the run of the world as it is now
    std::shared_ptr<Shown const> shown_; // that, or the one before while it is seen alone
    ViewState view_;
    Drawing drawing_; // the window's
    Drawing apart_;   // that of pictures and films
    std::vector<Order> orders_;
    std::unique_ptr<Workbench> work_;
    std::uint64_t lettered_ = 0;     // the version of the text whose letters the fonts have
    std::uint64_t shown_number_ = 0; // of the scenario that is seen
    Positions settled_;              // of the view's positions, those that the hand has let go of
    Positions kept_;                 // of the view's positions, those that the scenario was told of
    std::optional<Intent> waiting_;  // for an answer about unsaved changes
    /// Tab, Shift+Tab, Enter and Space: from widget to widget. Whether the key meant that.
    bool move_focus(KeyPressed const& key, bool typing);

    /// In the gallery whatever is typed searches the library, wherever the keyboard is. Whether it was that.
    bool search_with(TextTyped const& typed);

    std::string focus_;         // the widget that the keyboard is at
    bool is_held_back_ = false; // and it was said
    bool focus_moved_ = false;
    bool focus_pressed_ = false;
    bool is_typed_ahead_ = false;    // letters were typed for the field that the keyboard is on the way to
    bool seeks_field_ = false;       // the keyboard goes to what a form was asked for
    bool gallery_moves_ = false;     // pictures of the library are still being made
    Sheet seen_sheet_ = Sheet::none; // of the last frame
};

/// Every text of people in the world, for the fonts.
[[nodiscard]] std::string texts_of(World const& world);

} // namespace mailflow::viz
